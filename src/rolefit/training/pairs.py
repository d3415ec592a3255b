"""Scored pairs for fine-tuning: read from any table, checked row by row.

A row holds a resume, a job and a score. The texts stand in the row itself, or the row names texts
of two JSON-lines files by id, or one field holds `resume SEP job`. No row is dropped unless the
caller says so, and then each is reported.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from rolefit.errors import DataError, InputError
from rolefit.score import Float64Array
from rolefit.training.corpus import IntArray, check_document, is_reserved, text_of
from rolefit.training.tables import read_rows
from rolefit.training.texts import text_rows

MIN_PAIRS = 50
SHOWN = 20  # bad rows spelled out in an error


@dataclass(frozen=True, slots=True)
class PairFormat:
    """How a row says resume, job and score."""

    resume: str = "resume"
    job: str = "job"
    score: str = "score"
    block: str = "block"  # optional column: pairs that were judged together
    text: str = "text"  # the one column of the single-text form
    separator: str | None = None  # set: `text` is "resume SEPARATOR job"
    top: float = 100.0  # scores run from 0 to this; 100 or 1

    def with_columns(self, mapping: str) -> PairFormat:
        """`resume=cv,job=jd,score=label` -> the same format under other column names."""
        known = ("resume", "job", "score", "block", "text")
        parts = dict(part.partition("=")[::2] for part in mapping.split(",") if part.strip())
        names: dict[str, Any] = {ours.strip(): theirs.strip() for ours, theirs in parts.items()}
        if wrong := [ours for ours, theirs in names.items() if ours not in known or not theirs]:
            raise InputError(
                f"columns: expected NAME=COLUMN with NAME one of {', '.join(known)}, "
                f"got {wrong[0]}={names[wrong[0]]}"
            )
        return replace(self, **names)


@dataclass(frozen=True, eq=False)
class Pairs:
    """Scored pairs over numbered documents."""

    resumes: tuple[str, ...]  # texts
    jobs: tuple[str, ...]
    resume_names: tuple[str, ...]  # ids, or where the text was first read
    job_names: tuple[str, ...]
    rows: IntArray  # (n, 2) resume, job
    scores: Float64Array  # (n,) 0-100
    weights: Float64Array  # (n,) how much a pair counts in the loss
    blocks: tuple[str, ...]  # (n,) "" where the table names none
    skipped: tuple[str, ...] = field(default=())  # bad rows that the caller chose to skip
    reserved: int = field(default=0)  # rows that were left out because they are marked so

    @property
    def fingerprint(self) -> str:
        """SHA-256 of all that training reads."""
        digest = hashlib.sha256()
        for text in (*self.resumes, "\0", *self.jobs, "\0", *self.blocks):
            digest.update(text.encode("utf-8", "surrogatepass") + b"\0")
        for array in (self.rows, self.scores, self.weights):
            digest.update(np.ascontiguousarray(array).tobytes())
        return digest.hexdigest()

    def subset(self, keep: Sequence[int] | IntArray) -> Pairs:
        """The pairs `keep`, with the documents that they need, renumbered."""
        keep = np.asarray(keep, dtype=np.int64)
        sides = []
        for side, texts, names in (
            (0, self.resumes, self.resume_names),
            (1, self.jobs, self.job_names),
        ):
            used, index = np.unique(self.rows[keep, side], return_inverse=True)
            sides.append((tuple(texts[i] for i in used), tuple(names[i] for i in used), index))
        (resumes, resume_names, left), (jobs, job_names, right) = sides
        return Pairs(
            resumes, jobs, resume_names, job_names,
            np.stack([left, right], axis=1).astype(np.int64), self.scores[keep],
            self.weights[keep], tuple(self.blocks[i] for i in keep),
        )  # fmt: skip


def read_pairs(
    paths: Sequence[Path],
    layout: PairFormat | None = None,
    *,
    texts: tuple[Mapping[str, str], Mapping[str, str]] | None = None,
    extra: Sequence[Path] = (),
    extra_weight: float = 1.0,
    skip_bad_rows: bool = False,
    reserved: bool = False,
    min_pairs: int = MIN_PAIRS,
) -> Pairs:
    """Read JSONL, CSV, Parquet files and datasets folders, in order.

    `texts` (resumes, jobs) by id: then the rows hold ids. `extra` are pairs of the same layout that
    count `extra_weight` each, such as scores that other models gave. Rows marked `reserved` are
    left out and counted in `Pairs.reserved`, unless `reserved` lets them in. Raises DataError
    listing the bad rows with their line numbers (`skip_bad_rows` puts them into `Pairs.skipped`
    instead), and for fewer than `min_pairs` rows or scores that are all the same.
    """
    layout = layout or PairFormat()
    collected = _Collected(layout, texts)
    total = 0
    sources = [(path, 1.0, "") for path in paths]
    sources += [(path, extra_weight, "extra ") for path in extra]
    for path, weight, prefix in sources:
        for where, row in read_rows(path):
            total += 1
            try:
                if isinstance(row, str):
                    raise ValueError(row)
                if is_reserved(row) and not reserved:
                    collected.reserved += 1
                    continue
                collected.add(f"{path}, {where}", row, weight, prefix)
            except ValueError as error:
                collected.wrong.append(f"{path}, {where}: {error}")
    if collected.wrong and not skip_bad_rows:
        more = len(collected.wrong) - SHOWN
        raise DataError(
            f"{len(collected.wrong):,} of {total:,} rows cannot be used (mend them, or leave them "
            f"out with --skip-bad-rows):\n"
            + "\n".join(collected.wrong[:SHOWN])
            + (f"\nand {more:,} more" if more > 0 else "")
        )
    pairs = collected.pairs()
    _check(pairs, layout, min_pairs)
    return pairs


class _Collected:
    """Rows so far; `add` raises ValueError saying what is wrong with a row."""

    def __init__(
        self, layout: PairFormat, texts: tuple[Mapping[str, str], Mapping[str, str]] | None
    ) -> None:
        self.layout = layout
        self.texts = texts
        self.index: tuple[dict[str, int], dict[str, int]] = ({}, {})  # key -> number, by side
        self.documents: tuple[list[tuple[str, str]], list[tuple[str, str]]] = ([], [])
        self.seen: dict[tuple[int, int], str] = {}  # pair -> where it stands
        self.scores: list[float] = []
        self.weights: list[float] = []
        self.blocks: list[str] = []
        self.wrong: list[str] = []
        self.reserved = 0

    def add(self, where: str, row: Mapping[str, Any], weight: float, prefix: str) -> None:
        fields = self._fields(row)
        found = [self._text(side, field) for side, field in enumerate(fields)]
        score = self._score(row)
        pair = (
            self._number(0, *found[0], where),
            self._number(1, *found[1], where),
        )
        if pair in self.seen:
            raise ValueError(f"the same resume and job already stand at {self.seen[pair]}")
        self.seen[pair] = where
        self.scores.append(score)
        self.weights.append(weight)
        block = row.get(self.layout.block)
        self.blocks.append(prefix + ("" if block is None else str(block)))

    def _fields(self, row: Mapping[str, Any]) -> tuple[str, str]:
        layout = self.layout
        if layout.separator is None:
            wanted: tuple[str, ...] = (layout.resume, layout.job)
        else:
            wanted = (layout.text,)
        for name in wanted:
            if name not in row:
                raise ValueError(f"no column `{name}`; there are {', '.join(map(str, row))}")
            value = row[name]
            # An id may be a number in the table; a text may not.
            if self.texts is not None and type(value) is int:
                continue
            if not isinstance(value, str) or not value.strip():
                raise ValueError(f"expected text in `{name}`, got {_short(value)}")
        if layout.separator is None:
            return str(row[layout.resume]), str(row[layout.job])
        parts = str(row[layout.text]).split(layout.separator)
        if len(parts) != 2 or not all(part.strip() for part in parts):
            raise ValueError(
                f"expected `resume {layout.separator} job`, got {len(parts) - 1} separators"
                if len(parts) != 2
                else f"no text on one side of {layout.separator}"
            )
        return parts[0], parts[1]

    def _text(self, side: int, value: str) -> tuple[str, str]:
        """(key, text): documents with equal keys are one document."""
        if self.texts is None:
            return text_key(value), value
        if value not in self.texts[side]:
            raise ValueError(f"unknown {('resume', 'job')[side]} {_short(value)}")
        return value, self.texts[side][value]

    def _number(self, side: int, key: str, text: str, where: str) -> int:
        number = self.index[side].setdefault(key, len(self.index[side]))
        if number == len(self.documents[side]):
            name = key if self.texts is not None else f"the {('resume', 'job')[side]} of {where}"
            self.documents[side].append((text, name))
        return number

    def _score(self, row: Mapping[str, Any]) -> float:
        layout = self.layout
        if layout.score not in row:
            raise ValueError(f"no column `{layout.score}`; there are {', '.join(map(str, row))}")
        value = row[layout.score]
        try:
            if isinstance(value, bool):
                raise ValueError
            score = float(value)
        except (TypeError, ValueError, OverflowError):
            score = math.nan
        if not 0 <= score <= layout.top:
            raise ValueError(f"expected a score from 0 to {layout.top:g}, got {_short(value)}")
        return score * 100 / layout.top

    def pairs(self) -> Pairs:
        (resumes, resume_names), (jobs, job_names) = (
            tuple(zip(*side, strict=True)) if side else ((), ()) for side in self.documents
        )
        rows = np.array(list(self.seen), dtype=np.int64).reshape(-1, 2)
        return Pairs(
            resumes, jobs, resume_names, job_names, rows, np.array(self.scores, dtype=np.float64),
            np.array(self.weights), tuple(self.blocks), tuple(self.wrong), self.reserved,
        )  # fmt: skip


def _check(pairs: Pairs, layout: PairFormat, min_pairs: int) -> None:
    scores = pairs.scores
    if len(scores) < min_pairs:
        besides = f" besides {pairs.reserved:,} reserved" if pairs.reserved else ""
        raise DataError(f"expected at least {min_pairs} scored pairs, got {len(scores)}{besides}")
    if scores.min() == scores.max():
        raise DataError(f"all {len(scores):,} scores are {scores[0]:g}: nothing to learn")
    if layout.top == 100 and scores.max() <= 1:
        raise DataError(
            f"all {len(scores):,} scores lie between 0 and 1, on a scale of 0 to 100; "
            f"if 1 is a perfect match, say so: --score-range 0-1"
        )


def read_texts_by_id(resumes: Path, jobs: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Texts of tables with `id`, `text` and perhaps `title`, which is put on top; or of files,
    which are called by their names.

    Rows marked `reserved` are never read.

    Raises DataError for a row without them, and for an id that stands for two texts.
    """
    both: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for path, texts in zip((resumes, jobs), both, strict=True):
        for where, row in text_rows(path):
            if isinstance(row, str):
                raise DataError(f"{path}, {where}: {row}")
            if is_reserved(row):
                continue
            check_document(row, f"{path}, {where}")
            text = text_of(row)
            if texts.setdefault(str(row["id"]), text) != text:
                raise DataError(f"{path}, {where}: id {row['id']} stood for another text before")
    return both


def text_key(text: str) -> str:
    """Equal for texts that differ in case and white space only."""
    return hashlib.sha256(" ".join(text.split()).casefold().encode("utf-8", "replace")).hexdigest()


def first_of_text(texts: Sequence[str]) -> IntArray:
    """(n,) of each text the number of the first that equals it: two ids of it are one document."""
    first: dict[str, int] = {}
    numbers = [first.setdefault(text_key(text), number) for number, text in enumerate(texts)]
    return np.array(numbers, dtype=np.int64)


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
