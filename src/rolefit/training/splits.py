"""Splits by document: what is measured shares no resume and no job with what is trained on."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from rolefit.errors import DataError
from rolefit.training.corpus import IntArray
from rolefit.training.pairs import Pairs, first_of_text, text_key


def check_apart(train: Pairs, validation: Pairs) -> None:
    """Raises DataError naming a document that both hold, be it under another id."""
    for side, ours, theirs in (
        (
            "resume",
            dict(zip(train.resume_names, train.resumes, strict=True)),
            dict(zip(validation.resume_names, validation.resumes, strict=True)),
        ),
        (
            "job",
            dict(zip(train.job_names, train.jobs, strict=True)),
            dict(zip(validation.job_names, validation.jobs, strict=True)),
        ),
    ):
        if shared := in_both(ours, theirs):
            raise DataError(
                f"{len(shared):,} {side}s are in the training and in the validation pairs, "
                f"{shared[0]} among them; what is measured must be unseen, so split by document"
            )


def in_both(ours: Mapping[str, str], theirs: Mapping[str, str]) -> list[str]:
    """Of two sets of texts by name: those of `theirs` that are in `ours`, by name or by text."""
    by_text = {text_key(text): name for name, text in ours.items()}
    return [
        name if name in ours else f"{name} (the text of {by_text[text_key(text)]})"
        for name, text in theirs.items()
        if name in ours or text_key(text) in by_text
    ]


def split(pairs: Pairs, share: float, seed: int) -> tuple[Pairs, Pairs, str]:
    """(train, validation, how): no document of one is in the other.

    Where the pairs fall into groups that share no document, whole groups are held out until they
    hold `share` of the pairs. Where documents are too entangled for that, sqrt(`share`) of the
    resumes and of the jobs are held out, and pairs of a held-out with a kept document are used for
    neither. Which ones follows from texts and `seed`, not from the order of rows or from ids: two
    ids of one text are one document.
    """
    group = components(_by_text(pairs))
    draws = [_draw(text, seed) for text in pairs.resumes]
    first: dict[int, str] = {}  # of each group the lowest draw, whatever the order of its rows
    for resume, of in zip(pairs.rows[:, 0].tolist(), group.tolist(), strict=True):
        first[of] = min(first.get(of, "z"), draws[resume])
    order = sorted(first, key=first.__getitem__)
    counts = np.bincount(group)
    held: list[int] = []
    for candidate in order:
        size = sum(int(counts[g]) for g in [*held, candidate])
        if size <= 1.5 * share * len(group):
            held.append(candidate)
        if size >= share * len(group) and held:
            break
    inside = np.isin(group, held)
    if inside.sum() >= 0.5 * share * len(group):
        how = f"{len(held):,} of {len(order):,} groups of documents held out"
        return pairs.subset(np.flatnonzero(~inside)), pairs.subset(np.flatnonzero(inside)), how
    left, right = (
        np.array([int(_draw(text, seed)[:8], 16) / 16**8 < math.sqrt(share) for text in texts])
        for texts in (pairs.resumes, pairs.jobs)
    )
    both = left[pairs.rows[:, 0]] & right[pairs.rows[:, 1]]
    neither = ~left[pairs.rows[:, 0]] & ~right[pairs.rows[:, 1]]
    crossing = int((~both & ~neither).sum())
    how = (
        f"{left.sum():,} resumes and {right.sum():,} jobs held out; {crossing:,} pairs of a "
        f"held-out with a kept document are used for neither"
    )
    if not both.any() or not neither.any():
        raise DataError(
            f"{len(pairs.resumes)} resumes and {len(pairs.jobs)} jobs are too few to hold some "
            f"out; give a validation file of other documents"
        )
    return pairs.subset(np.flatnonzero(neither)), pairs.subset(np.flatnonzero(both)), how


def components(pairs: Pairs) -> IntArray:
    """(n,) for each pair the lowest resume number among all it is linked with by documents."""
    resume_group = np.arange(len(pairs.resumes))
    while True:
        job_group = np.full(len(pairs.jobs), len(pairs.resumes))
        np.minimum.at(job_group, pairs.rows[:, 1], resume_group[pairs.rows[:, 0]])
        before = resume_group.copy()
        np.minimum.at(resume_group, pairs.rows[:, 0], job_group[pairs.rows[:, 1]])
        if np.array_equal(before, resume_group):
            return resume_group[pairs.rows[:, 0]]


def _by_text(pairs: Pairs) -> Pairs:
    """The same pairs, each of the first documents that have its texts."""
    rows = pairs.rows.copy()
    for side, texts in ((0, pairs.resumes), (1, pairs.jobs)):
        rows[:, side] = first_of_text(texts)[rows[:, side]]
    return replace(pairs, rows=rows)


def _draw(text: str, seed: int) -> str:
    return hashlib.sha256(f"{seed} {text_key(text)}".encode()).hexdigest()
