"""What an evaluation found, as numbers: with intervals, and with the reason where there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from rolefit.evaluation.judged import Judged, length_names
from rolefit.evaluation.systems import Predicted
from rolefit.score import Float64Array
from rolefit.training.metrics import METRICS, IndexArray, Sheet, resample, why_blank

FORMAT = 1
COVERED = 0.95  # of a bootstrap interval
_ENOUGH = 0.95  # share of draws that must give a number for an interval to mean anything
_BIN = 10  # points of predicted score in a bin of the reliability figure
_BIN_PAIRS = 5  # a bin with fewer shows chance
# The rubric's words, by the last whole judged score of each.
JUDGED = (12, 25, 40, 55, 68, 80, 90, 100)

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Value:
    """A measure, its 95% interval, and in words why either is missing."""

    value: float | None
    low: float | None = None
    high: float | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of the pairs."""

    name: str
    pairs: int
    jobs: int
    measures: dict[str, Value]


@dataclass(frozen=True, slots=True)
class System:
    """One system, measured. `ahead` is what the evaluated system has more than it, paired."""

    name: str
    label: str
    about: str
    measures: dict[str, Value]
    ahead: dict[str, Value]
    slices: dict[str, tuple[Slice, ...]]


@dataclass(frozen=True, slots=True)
class Bin:
    """Pairs whose predicted (or judged) scores lie together."""

    low: float
    high: float
    pairs: int
    predicted: float  # means
    judged: float
    spread: tuple[float, float]  # 5% and 95% of what is not binned by
    band: tuple[float, float] | None  # mean ends of the bands
    inside: float | None  # share of judged scores in the band


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One run. `systems[0]` is the evaluated one."""

    made_by: str
    model: dict[str, str]
    data: dict[str, Any]
    systems: tuple[System, ...]
    reliability: tuple[Bin, ...]  # by predicted score
    by_judged: tuple[Bin, ...]  # by judged score
    left_out: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain lists, numbers and null; no NaN."""
        legend = {metric.key: metric.meaning for metric in METRICS}
        return {"format": FORMAT, "measures": legend, "interval": COVERED, **asdict(self)}


def measured(
    predicted: Sequence[Predicted], judged: Judged, bootstrap: int, seed: int
) -> tuple[System, ...]:
    """Every system on the same pairs and the same draws of jobs; the first is the evaluated one.

    A job that was judged in several blocks is one draw: its pairs are not independent.
    `bootstrap` 0 leaves the intervals out.
    """
    every = np.arange(len(judged.jobs))
    draws = _draws(judged, every, bootstrap, seed)
    found: list[System] = []
    first: tuple[dict[str, float], list[dict[str, float]]] | None = None
    for system in predicted:
        sheet = _sheet(system, judged, every)
        point, drawn = sheet.measure(), [sheet.measure(counts) for counts in draws]
        ahead = {} if first is None else _ahead(first, (point, drawn))
        first = first or (point, drawn)
        slices = {
            way: tuple(_slice(system, judged, names, name, bootstrap * (not found), seed)
                       for name in _ordered(names))
            for way, names in judged.slices.items()
        }  # fmt: skip
        values = _values(point, drawn, sheet, alone=judged.n_clusters == 1)
        found.append(System(system.name, system.label, system.about, values, ahead, slices))
    return tuple(found)


def bins(system: Predicted, scores: Float64Array, *, by_judged: bool) -> tuple[Bin, ...]:
    """Tens of predicted scores, or the rubric's bands of judged ones. Empty for similarities."""
    if not system.points:
        return ()
    ends = np.array(JUDGED if by_judged else range(_BIN, 101, _BIN), dtype=np.float64)
    binned, other = (scores, system.values) if by_judged else (system.values, scores)
    index = np.searchsorted(ends[:-1], binned, side="left")
    found = []
    for number, end in enumerate(ends):
        rows = index == number
        if not rows.any() or (not by_judged and rows.sum() < _BIN_PAIRS):
            continue
        low, high = np.percentile(other[rows], [5, 95])
        band, inside = None, None
        if system.band is not None:
            ends_of = system.band[rows]
            band = (float(ends_of[:, 0].mean()), float(ends_of[:, 1].mean()))
            held = (ends_of[:, 0] <= scores[rows]) & (scores[rows] <= ends_of[:, 1])
            inside = float(held.mean())
        found.append(
            Bin(
                float(ends[number - 1]) + by_judged if number else 0.0, float(end),
                int(rows.sum()), float(system.values[rows].mean()), float(scores[rows].mean()),
                (float(low), float(high)), band, inside,
            )
        )  # fmt: skip
    return tuple(found)


def _draws(judged: Judged, rows: IndexArray, bootstrap: int, seed: int) -> Sequence[Counts]:
    """How often each job of `_sheet` counts in each draw; none where there is one job alone."""
    first = np.unique(judged.jobs[rows], return_index=True)[1]
    clusters, of_job = np.unique(judged.clusters[rows][first], return_inverse=True)
    if not bootstrap or len(clusters) < 2:
        return []
    return list(resample(len(clusters), bootstrap, seed)[:, of_job])


def _sheet(system: Predicted, judged: Judged, rows: IndexArray) -> Sheet:
    return Sheet(
        system.values[rows],
        judged.pairs.scores[rows],
        np.unique(judged.jobs[rows], return_inverse=True)[1].astype(np.intp),
        None if system.band is None else system.band[rows],
        points=system.points,
    )


def _slice(
    system: Predicted, judged: Judged, names: tuple[str, ...], name: str, bootstrap: int, seed: int
) -> Slice:
    rows = np.flatnonzero(np.array(names) == name)
    sheet = _sheet(system, judged, rows)
    drawn = [sheet.measure(counts) for counts in _draws(judged, rows, bootstrap, seed)]
    alone = len(set(judged.clusters[rows].tolist())) == 1
    return Slice(name, len(rows), sheet.n_jobs, _values(sheet.measure(), drawn, sheet, alone=alone))


def _ordered(names: tuple[str, ...]) -> list[str]:
    """Lengths by length, everything else by name."""
    lengths = length_names()
    return sorted(set(names), key=lambda n: (lengths.index(n) if n in lengths else 0, n))


def _values(
    point: dict[str, float], drawn: Sequence[dict[str, float]], sheet: Sheet, *, alone: bool
) -> dict[str, Value]:
    found = {}
    for metric in METRICS:
        value = point[metric.key]
        if np.isnan(value):
            found[metric.key] = Value(None, why=why_blank(metric.key, sheet))
            continue
        low, high = _interval([draw[metric.key] for draw in drawn])
        why = "" if low is not None else "one job alone: no interval" if alone else ""
        found[metric.key] = Value(float(value), low, high, why)
    return found


def _ahead(
    ours: tuple[dict[str, float], list[dict[str, float]]],
    theirs: tuple[dict[str, float], list[dict[str, float]]],
) -> dict[str, Value]:
    """Ours less theirs, draw by draw: what chance in the choice of jobs does to both cancels."""
    found = {}
    for key, value in ours[0].items():
        gap = value - theirs[0][key]
        if np.isnan(gap):
            found[key] = Value(None, why="one of the two has no value")
            continue
        pairs = zip(ours[1], theirs[1], strict=True)
        found[key] = Value(float(gap), *_interval([a[key] - b[key] for a, b in pairs]))
    return found


def _interval(draws: Sequence[float]) -> tuple[float | None, float | None]:
    known = np.array(draws)[~np.isnan(draws)] if draws else np.empty(0)
    if not draws or len(known) < _ENOUGH * len(draws):
        return None, None
    tail = 50 * (1 - COVERED)
    low, high = np.percentile(known, [tail, 100 - tail])
    return float(low), float(high)
