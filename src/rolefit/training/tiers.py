"""Fitting how far apart two scores of one job must lie to be told apart (`rolefit.tiers`).

For each score of about s the spread is the one under which the orders that a judge gave to pairs of
resumes of one job, whose scores lie about s, are likeliest. A pair that the judge scores alike
counts half for either order. How well tiers hold is measured on documents they were not fitted to.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.special import log_ndtr  # type: ignore[import-untyped]

from rolefit.bundle import FILES, Bundle, rewrite_manifest
from rolefit.errors import DataError
from rolefit.files import write_files
from rolefit.matcher import Matcher
from rolefit.score import Float64Array
from rolefit.tiers import LEVEL, Held, Tiers
from rolefit.training.labels import Labels, Texts, read_labels
from rolefit.training.pairs import PairFormat

KNOTS = (0.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 85.0, 100.0)
_SPREADS = np.geomspace(0.5, 80.0, 100)  # points that are tried
_WIDTH = 4.0  # points: standard deviation of the kernel that says which pairs are near a knot
_NEAR = 300  # pairs' worth of weight at a knot; the kernel widens until it has them
_LEAST = 200  # pairs of two resumes of one job
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Two resumes of one job, the one with the higher score first."""

    gap: Float64Array  # (n,) of their scores
    middle: Float64Array  # (n,)
    same: Float64Array  # (n,) 1 where the judge orders them so, 0 the other way, 1/2 for neither


def train_tiers(
    folder: Path,
    labels: Sequence[Path],
    resumes: Path | None = None,
    jobs_file: Path | None = None,
    *,
    layout: PairFormat | None = None,
    skip_bad_rows: bool = False,
    jobs: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> str:
    """Fit on `labels`, which the model has not seen, and write the file; says what was measured.

    Raises DataError.
    """
    texts = Texts(resumes, jobs_file)
    found = read_labels(labels, texts, layout, skip_bad_rows=skip_bad_rows)
    bundle = Bundle.open(folder)
    tiers = fit_tiers(_scores(bundle, found, texts, jobs, progress), found)
    text = json.dumps(tiers.content(bundle), indent=1) + "\n"
    write_files({folder / FILES.tiers: text.encode()})
    rewrite_manifest(folder)
    return "\n".join((described(tiers), *(f"left out: {row}" for row in found.skipped)))


def fit_tiers(predicted: Float64Array, labels: Labels) -> Tiers:
    """Of `predicted` (n,) scores of the labelled pairs. Raises DataError where they are too few."""
    groups = _groups(labels)
    by_job = list(_by_job(labels.jobs))
    counted = sum(len(rows) * (len(rows) - 1) // 2 for rows in by_job)
    if counted < _LEAST or len(set(groups)) < 2:
        raise DataError(
            f"expected at least {_LEAST} pairs of two resumes of one job, of two groups of "
            f"documents or more; got {counted:,} of {len(set(groups))}"
        )
    held = _measure(predicted, labels.scores, by_job, groups)
    spread = _spread(_pairs(predicted, labels.scores, by_job))
    return Tiers(KNOTS, tuple(round(float(s), 2) for s in spread), LEVEL, held)


def described(tiers: Tiers) -> str:
    held = tiers.held
    gaps = ", ".join(f"{tiers.gap(s, s):.0f} at {s:.0f}" for s in tiers.scores)
    return (
        f"told apart at {tiers.level:.0%} by a gap of {gaps}\n"
        f"on {held.jobs} jobs that it was not fitted to: the judge orders {held.across:.1%} of "
        f"pairs in different tiers the same way, {held.next:.1%} of those in neighbouring ones, "
        f"{held.inside:.1%} of those in one; {held.tiers:.1f} tiers of a job, {held.people:.1f} "
        f"people in a tier"
    )


def _scores(
    bundle: Bundle,
    labels: Labels,
    texts: Texts,
    jobs: int | None,
    progress: Callable[[int, int], None] | None,
) -> Float64Array:
    """As `Matcher` gives them; "present" is the latest date that a resume names."""
    matcher = Matcher(bundle, jobs=jobs, as_of="document", reads=False)
    found = np.empty(len(labels.scores))
    rows: dict[str, list[int]] = {}
    for row, group in enumerate(_groups(labels)):
        rows.setdefault(group, []).append(row)
    for done, own in enumerate(rows.values(), start=1):
        left, right = (
            list(dict.fromkeys(names[row] for row in own))
            for names in (labels.resumes, labels.jobs)
        )
        scores = matcher.score_matrix(
            [texts.resume[name] for name in left], [texts.job[name] for name in right]
        )
        for row in own:
            place = left.index(labels.resumes[row]), right.index(labels.jobs[row])
            found[row] = scores[place]
        if progress:
            progress(done, len(rows))
    return found


def _by_job(jobs: Sequence[str]) -> Iterator[list[int]]:
    rows: dict[str, list[int]] = {}
    for row, job in enumerate(jobs):
        rows.setdefault(job, []).append(row)
    yield from rows.values()


def _groups(labels: Labels) -> list[str]:
    """For each pair a name of its group: pairs that share a document, or a chain of them, are one.

    Where all are one group, each job is its own.
    """
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    for resume, job in zip(labels.resumes, labels.jobs, strict=True):
        parent[root(f"resume {resume}")] = root(f"job {job}")
    groups = [root(f"job {job}") for job in labels.jobs]
    return groups if len(set(groups)) > 1 else list(labels.jobs)


def _pairs(predicted: Float64Array, judged: Float64Array, by_job: Sequence[list[int]]) -> Pairs:
    first, second = (
        np.concatenate([np.array(rows)[places[side]] for rows, places in _both(by_job)])
        for side in (0, 1)
    )
    gap, order = predicted[first] - predicted[second], judged[first] - judged[second]
    same = np.where(gap * order > 0, 1.0, np.where(gap * order < 0, 0.0, 0.5))
    return Pairs(np.abs(gap), (predicted[first] + predicted[second]) / 2, same)


def _both(
    by_job: Sequence[list[int]],
) -> list[tuple[list[int], tuple[npt.NDArray[np.intp], ...]]]:
    return [(rows, np.triu_indices(len(rows), 1)) for rows in by_job]


def _spread(pairs: Pairs) -> Float64Array:
    """(knots,) the likeliest spread near each knot."""
    near = min(_NEAR, len(pairs.gap) / 4)
    found = np.empty(len(KNOTS))
    for knot, score in enumerate(KNOTS):
        width = _WIDTH
        while True:
            weight = np.exp(-0.5 * ((pairs.middle - score) / width) ** 2)
            if weight.sum() >= near or width > 200:
                break
            width *= 1.25
        used = weight > 1e-3
        gap, same, heavy = pairs.gap[used], pairs.same[used], weight[used]
        likely = [
            float(heavy @ (same * log_ndtr(gap / s) + (1 - same) * log_ndtr(-gap / s)))
            for s in _SPREADS
        ]
        found[knot] = _SPREADS[int(np.argmax(likely))]
    return found


def _measure(
    predicted: Float64Array, judged: Float64Array, by_job: list[list[int]], groups: list[str]
) -> Held:
    """On each group of documents with spreads of the others."""
    counts = np.zeros((3, 3))  # (one tier, next tiers, tiers further apart) x (same, other, alike)
    tiers = 0
    for group in sorted(set(groups)):
        own = [rows for rows in by_job if groups[rows[0]] == group]
        others = [rows for rows in by_job if groups[rows[0]] != group]
        spread = _spread(_pairs(predicted, judged, others))
        fitted = Tiers(KNOTS, tuple(map(float, spread)), LEVEL, Held(0, 0, 0, 0, 0, 0, 0, 0))
        for rows in own:
            order = sorted(rows, key=lambda row: -predicted[row])
            tier = np.array(fitted.of([float(predicted[row]) for row in order]))
            tiers += int(tier[-1])
            first, second = np.triu_indices(len(order), 1)
            apart = np.minimum(tier[second] - tier[first], 2)
            sign = np.sign(judged[order][first] - judged[order][second]).astype(int)
            np.add.at(counts, (apart, np.array([2, 0, 1])[sign]), 1)
    total = counts.sum()
    return Held(
        jobs=len(by_job),
        pairs=int(total),
        across=_share(counts[1] + counts[2]),
        next=_share(counts[1]),
        inside=_share(counts[0]),
        alike=round(float(counts[:, 2].sum() / total), 4),
        people=round(len(judged) / tiers, 2),
        tiers=round(tiers / len(by_job), 2),
    )


def _share(counts: Float64Array) -> float:
    """Of pairs that the judge orders at all."""
    ordered = counts[0] + counts[1]
    return round(float(counts[0] / ordered), 4) if ordered else 1.0
