"""What crosses a wall: every value that one room hands to the next, frozen.

    bytes -> Document -> tokens -> Encoding -> Features -> Match

Units: character offsets count Unicode code points of `Document.text`, end exclusive;
pages count from 1; scores run from 0 to 100; cosines from -1 to 1.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
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


Edit = tuple[int, int, int, int]  # original start and end, canonical start and end


@dataclass(frozen=True, slots=True)
class Replacement:
    """A name that was written in its one canonical form."""

    start: int  # in the canonical text
    end: int
    before: str  # as the original has it
    after: str


@dataclass(frozen=True, slots=True)
class Canonical:
    """A text as the encoder may read it, and the way back to the original."""

    text: str
    edits: tuple[Edit, ...]  # in order; whatever lies between two edits is unchanged
    replacements: tuple[Replacement, ...]
    notices: tuple[Notice, ...]
    taxonomy: str  # the hash of the taxonomy that named the forms

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that `text[start:end]` was made from.

        A span that cuts through an edit grows to the whole of it; deletions at its edges stay out.
        """
        i = bisect_right(self.edits, start, key=_canonical_start) - 1
        first = start
        if i >= 0:
            old_start, old_end, _, new_end = self.edits[i]
            first = old_start if start < new_end else old_end + start - new_end
        i = bisect_left(self.edits, end, key=_canonical_start) - 1
        last = end
        if i >= 0:
            _, old_end, _, new_end = self.edits[i]
            last = old_end + max(0, end - new_end)
        return first, max(first, last)


def _canonical_start(edit: Edit) -> int:
    return edit[2]


@dataclass(frozen=True, slots=True)
class Mention:
    """One place of the original text that names a skill."""

    start: int
    end: int
    section: str  # "skills", "experience", ...; "" where no heading stands above
    manner: str  # "listed" in an enumeration, or "used" in a sentence
    years: float | None  # only if the same line says so


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill that a document names, with every place that names it."""

    id: str  # the ESCO URI, or "rolefit:..." for skills that ESCO does not have
    label: str  # the preferred label
    group: str  # of the ESCO hierarchy, or of the alias file
    kind: str  # "skill", or what else was named: "degree", "licence", "title", ...
    mentions: tuple[Mention, ...]

    @property
    def years(self) -> float | None:
        """The most that any mention claims; None where none does."""
        return max((m.years for m in self.mentions if m.years is not None), default=None)
