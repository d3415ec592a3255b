"""What crosses a wall: every value that one room hands to the next, frozen.

    bytes -> Document -> tokens -> Encoding -> Features -> Match

Units: character offsets count Unicode code points of `Document.text`, end exclusive;
pages count from 1; scores run from 0 to 100; cosines from -1 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a reader of a score should know; `code` is stable, `message` is for people."""

    code: str  # e.g. "truncated", "short", "duplicate", "encoding-guessed", "hidden-text"
    message: str


@dataclass(frozen=True, slots=True)
class Line:
    """One visible line: `document.text[line.start:line.end]`, without its line break."""

    start: int
    end: int
    page: int  # from 1; always 1 where the format has no pages


@dataclass(frozen=True, slots=True)
class Document:
    """A document as text. Made by `rolefit.read`, never edited."""

    name: str  # file name, or what the caller called the text
    text: str
    lines: tuple[Line, ...]  # in reading order; blank lines are left out
    kind: str  # "pdf", "docx", "html", "rtf", "text"
    pages: int
    sha256: str  # of the bytes that were read
    notices: tuple[Notice, ...] = ()

    def line_text(self, line: Line) -> str:
        return self.text[line.start : line.end]


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text as the encoder reads it, special tokens included."""

    ids: IntArray  # (n_tokens,)
    spans: IntArray  # (n_tokens, 2) character offsets; special tokens are (0, 0)
    dropped: int  # tokens beyond the encoder's limit that were cut off; 0 if none


@dataclass(frozen=True, slots=True, eq=False)
class Encoding:
    """A document as vectors. All rows have unit length."""

    vector: FloatArray  # (512,)
    lines: FloatArray  # (n_lines, 512); zero rows for lines cut off by the limit
    n_tokens: int  # tokens encoded, special tokens included
    dropped: int  # tokens cut off


@dataclass(frozen=True, slots=True)
class Features:
    """Named numbers of one resume-job pair, in the order the mapper was fitted on."""

    names: tuple[str, ...]
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """How well one resume fits one job."""

    resume: str  # Document.name
    job: str
    score: float  # 0-100
    band: tuple[float, float]  # where the judge's score lies 9 times in 10
    features: Features
    notices: tuple[Notice, ...] = ()
