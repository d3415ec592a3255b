"""Judged pairs with what a report groups them by, and no reserved ones unless asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from rolefit.errors import DataError
from rolefit.training.corpus import check_document, is_reserved, text_of
from rolefit.training.metrics import IndexArray
from rolefit.training.pairs import PairFormat, Pairs, first_of_text, read_pairs
from rolefit.training.tables import read_rows
from rolefit.training.texts import text_rows

WORDS = (250, 500, 1_000, 2_000)  # lengths that the report tells apart, in words
_MIN_PAIRS = 2
_NO_DOMAIN = "not stated"


@dataclass(frozen=True, slots=True)
class Documents:
    """One side's texts by id, their domains where they are stated, and which are reserved."""

    texts: dict[str, str]
    domains: dict[str, str]  # the field `category`
    reserved: frozenset[str]


@dataclass(frozen=True, eq=False)
class Judged:
    """Pairs with judged scores. A job is told apart by block: it may be judged in several."""

    pairs: Pairs
    jobs: IndexArray  # (n,) number of the job within its block, from 0
    clusters: IndexArray  # (n,) number of the job itself, whatever its block: it is drawn as one
    slices: dict[str, tuple[str, ...]]  # way of grouping -> (n,) name of each pair's group

    @property
    def n_jobs(self) -> int:
        return int(self.jobs.max()) + 1

    @property
    def n_clusters(self) -> int:
        return len(np.unique(self.clusters))


def read_documents(path: Path) -> Documents:
    """A table with `id`, `text` and perhaps `title`, `category`, `reserved`; or files, which are
    called by their names.

    Raises DataError for a row without id or text, and for an id that stands for two texts.
    """
    texts: dict[str, str] = {}
    domains: dict[str, str] = {}
    reserved = set()
    for where, row in text_rows(path):
        if isinstance(row, str):
            raise DataError(f"{path}, {where}: {row}")
        check_document(row, f"{path}, {where}")
        name, text = str(row["id"]), text_of(row)
        if texts.setdefault(name, text) != text:
            raise DataError(f"{path}, {where}: id {name} stood for another text before")
        if isinstance(row.get("category"), str):
            domains[name] = row["category"]
        if is_reserved(row):
            reserved.add(name)
    return Documents(texts, domains, frozenset(reserved))


def read_judged(
    paths: Sequence[Path],
    layout: PairFormat,
    documents: tuple[Documents, Documents] | None,
    *,
    reserved: bool = False,
    skip_bad_rows: bool = False,
) -> Judged:
    """`documents` are the resumes and the jobs that the rows name by id; None: texts in the rows.

    Raises DataError for rows that cannot be used, and, unless `reserved`, for reserved ones.
    """
    if not reserved:
        _refuse_reserved(paths, layout, documents)
    texts = (documents[0].texts, documents[1].texts) if documents else None
    pairs = read_pairs(
        paths, layout, texts=texts, skip_bad_rows=skip_bad_rows, reserved=reserved,
        min_pairs=_MIN_PAIRS,
    )  # fmt: skip
    keys = [
        (block, job) for block, job in zip(pairs.blocks, pairs.rows[:, 1].tolist(), strict=True)
    ]
    numbers = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    jobs = np.array([numbers[key] for key in keys], dtype=np.intp)
    clusters = first_of_text(pairs.jobs)[pairs.rows[:, 1]]
    return Judged(pairs, jobs, clusters, _slices(pairs, documents))


def _slices(
    pairs: Pairs, documents: tuple[Documents, Documents] | None
) -> dict[str, tuple[str, ...]]:
    domains = documents[0].domains if documents else {}
    of_resume = [domains.get(name, _NO_DOMAIN) for name in pairs.resume_names]
    lengths = [[_length(text) for text in side] for side in (pairs.resumes, pairs.jobs)]
    ways = {
        "domain of the resume": [of_resume[resume] for resume in pairs.rows[:, 0]],
        "block": list(pairs.blocks),
        "words in the resume": [lengths[0][resume] for resume in pairs.rows[:, 0]],
        "words in the job": [lengths[1][job] for job in pairs.rows[:, 1]],
    }
    # A way that puts all pairs into one group says nothing that the whole does not.
    return {way: tuple(names) for way, names in ways.items() if len(set(names)) > 1}


def length_names() -> list[str]:
    """The groups of lengths in order."""
    ends = [f"{low:,}-{high - 1:,}" for low, high in pairwise(WORDS)]
    return [f"under {WORDS[0]:,}", *ends, f"{WORDS[-1]:,} and more"]


def _length(text: str) -> str:
    return length_names()[int(np.searchsorted(WORDS, len(text.split()), side="right"))]


def _refuse_reserved(
    paths: Sequence[Path], layout: PairFormat, documents: tuple[Documents, Documents] | None
) -> None:
    found = []
    for path in paths:
        for where, row in read_rows(path):
            if isinstance(row, dict) and _is_reserved(row, layout, documents):
                found.append(f"{path}, {where}")
    if found:
        raise DataError(
            f"{len(found):,} pairs are reserved, the first is {found[0]}: they are kept for the "
            f"final test of a finished system. Leave them out, or, for that test, give --reserved"
        )


def _is_reserved(
    row: dict[str, Any], layout: PairFormat, documents: tuple[Documents, Documents] | None
) -> bool:
    if is_reserved(row):
        return True
    if documents is None:
        return False
    resumes, jobs = documents
    return (
        str(row.get(layout.resume)) in resumes.reserved or str(row.get(layout.job)) in jobs.reserved
    )
