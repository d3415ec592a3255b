"""Scored pairs for what is fitted after the encoder: those that fine-tuning reads, by names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rolefit.errors import InputError
from rolefit.score import Float64Array
from rolefit.training.pairs import PairFormat, Pairs, read_pairs, read_texts_by_id, text_key


@dataclass(frozen=True, eq=False)
class Labels:
    """Scored pairs, row by row."""

    resumes: tuple[str, ...]
    jobs: tuple[str, ...]
    scores: Float64Array  # (n,) 0-100
    reserved: int = 0  # rows that were left out because they are marked so
    skipped: tuple[str, ...] = ()  # bad rows that the caller chose to leave out


class Texts:
    """The texts of both sides by name: by the ids of two files, or, where the rows of pairs hold
    the texts themselves, by the place where each was first read."""

    def __init__(self, resumes: Path | None, jobs: Path | None) -> None:
        """Raises InputError where one file is given, DataError for rows that are no texts."""
        if (resumes is None) != (jobs is None):
            raise InputError("ids need both --resumes and --adverts")
        self.by_id = read_texts_by_id(resumes, jobs) if resumes and jobs else None
        found = self.by_id or ({}, {})
        self.resume, self.job = dict(found[0]), dict(found[1])
        self._names: tuple[dict[str, str], dict[str, str]] = ({}, {})  # key of a text -> its name

    def side(self, name: str) -> dict[str, str]:
        """ "resume" or "job": texts by name."""
        return self.resume if name == "resume" else self.job

    def named(self, pairs: Pairs) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """(n,) names of the resume and of the job of each row; texts that rows hold are kept."""
        sides = []
        for side, (names, texts) in enumerate(
            ((pairs.resume_names, pairs.resumes), (pairs.job_names, pairs.jobs))
        ):
            if self.by_id is None:
                names = tuple(
                    self._names[side].setdefault(text_key(text), name)
                    for name, text in zip(names, texts, strict=True)
                )
                for name, text in zip(names, texts, strict=True):
                    (self.resume, self.job)[side].setdefault(name, text)
            sides.append(tuple(names[number] for number in pairs.rows[:, side]))
        return sides[0], sides[1]


def read_labels(
    paths: Sequence[Path],
    texts: Texts,
    layout: PairFormat | None = None,
    *,
    min_pairs: int = 2,
    skip_bad_rows: bool = False,
) -> Labels:
    """Rows of all files in order, read as `read_pairs` reads them and refused for the same reasons.

    No files are no labels. Rows marked `reserved` are never read.
    """
    if not paths:
        return Labels((), (), np.empty(0))
    pairs = read_pairs(
        paths, layout, texts=texts.by_id, min_pairs=min_pairs, skip_bad_rows=skip_bad_rows
    )
    return Labels(*texts.named(pairs), pairs.scores, pairs.reserved, pairs.skipped)
