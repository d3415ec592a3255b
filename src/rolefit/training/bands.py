"""Bands that hold nine scores in ten, whether the true score is low, middling or high.

A band that is calibrated by predicted score alone misses most strong matches: a model that is
unsure predicts less for them than they have, and among the many weak matches predicted alike they
do not count. So coverage is asked for within each group of TRUE scores (label-conditional conformal
prediction: Vovk 2012, arXiv:1209.2673; Löfström et al. 2015).

For a predicted score s the band [low, high] is the interval with the largest

    sum over groups g of weight_g * P(g and low <= score <= high | s)  -  (high - low) / 100,

the shortest for what it holds, with P from out-of-fold errors of pairs predicted near s. The three
weights are the least at which each group is covered as asked. As everywhere, it is cross-fitted:
P comes from pairs that share no document with those that coverage is counted on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from rolefit.score import Float64Array
from rolefit.training.crossfit import Cells, MapperSettings

KNOTS = np.arange(0.0, 101.0, 5.0)  # predicted scores that a band is written for
_POINTS = np.arange(101.0)  # bands end at whole points
_WIDTH = 2.5  # points: standard deviation of the kernel that says which predictions are near
_NEAR = 250  # pairs' worth of weight at a knot; the kernel widens until it has them
_MOST = 50.0  # a weight beyond this would pay for the whole scale to hold 2% of a group
_SWEEPS, _HALVINGS = 4, 10

IndexArray = npt.NDArray[np.intp]


def fit_bands(
    predicted: Float64Array, scores: Float64Array, cells: Cells, settings: MapperSettings
) -> dict[str, Any]:
    """The field `bands` of mapper.json, of out-of-fold `predicted` (n,) and true `scores` (n,).

    `scores`, `low` and `high` are the knots and the band at each; between them it runs straight.
    `covered` is the cross-fitted coverage of each group of true scores that ends with `groups`.
    """
    upper = merged(scores, settings.band_groups, settings.min_band_pairs)
    group = np.searchsorted(upper[:-1], scores, side="left")
    halves = [
        (held_out, _profiles(predicted[fit_on], scores[fit_on], group[fit_on], len(upper)))
        for fit_on, held_out in cells
    ]

    def coverage(weights: Float64Array) -> Float64Array:
        inside = np.empty(len(scores), dtype=bool)
        for held_out, profiles in halves:
            low, high = _shortest(profiles, weights)
            middle = predicted[held_out]
            inside[held_out] = (np.interp(middle, KNOTS, low) <= scores[held_out]) & (
                scores[held_out] <= np.interp(middle, KNOTS, high)
            )
        return np.bincount(group, inside, len(upper)) / np.bincount(group, minlength=len(upper))

    weights = np.ones(len(upper))
    for _ in range(_SWEEPS):
        for g in range(len(upper)):
            weights[g] = _least(weights, g, coverage, settings.coverage)
    low, high = _shortest(_profiles(predicted, scores, group, len(upper)), weights)
    return {
        "coverage": settings.coverage,
        "scores": KNOTS.tolist(),
        "low": low.tolist(),
        "high": high.tolist(),
        "groups": upper,
        "pairs": np.bincount(group, minlength=len(upper)).tolist(),
        "covered": [round(float(share), 4) for share in coverage(weights)],
    }


def described(bands: Mapping[str, Any], settings: MapperSettings) -> str:
    """In one line: groups of true scores, their pairs and coverage, and which were merged."""
    ends = [int(end) for end in bands["groups"]]
    parts = [
        f"{share:.1%} of {pairs:,} judged {name}"
        for share, pairs, name in zip(bands["covered"], bands["pairs"], _names(ends), strict=True)
    ]
    line = f"{bands['coverage']:.0%} band, cross-fitted, covers {', '.join(parts)}"
    if lost := sorted({int(end) for end in settings.band_groups} - set(ends)):
        line += (
            f"; the groups on both sides of {' and of '.join(map(str, lost))} were merged, one has "
            f"fewer than {settings.min_band_pairs} pairs"
        )
    return line


def _names(ends: Sequence[int]) -> list[str]:
    starts = [0, *(end + 1 for end in ends[:-1])]
    return [f"{start}-{end}" for start, end in zip(starts, ends, strict=True)]


def merged(scores: Float64Array, upper: tuple[float, ...], least: int) -> list[float]:
    """`upper` ends of groups of `scores`; a group of fewer than `least` joins its neighbour."""
    ends = list(upper)
    while len(ends) > 1:
        counts = np.bincount(np.searchsorted(ends[:-1], scores, side="left"), minlength=len(ends))
        smallest = int(np.argmin(counts))
        if counts[smallest] >= least:
            break
        del ends[min(smallest, len(ends) - 2)]  # the edge to the next, or of the last, falls
    return ends


def _profiles(
    predicted: Float64Array, scores: Float64Array, group: IndexArray, groups: int
) -> Float64Array:
    """(knots, groups, 101): how likely each group and whole score is, for each knot's prediction.

    Errors of nearby predictions are moved to the knot, so that a wide kernel, where few pairs are
    predicted so high, does not drag the knot's scores towards its neighbours'.
    """
    found = np.zeros((len(KNOTS), groups, len(_POINTS)))
    near = min(_NEAR, len(predicted) / 4)
    for knot, middle in enumerate(KNOTS):
        width = _WIDTH
        while True:
            weight = np.exp(-0.5 * ((predicted - middle) / width) ** 2)
            if weight.sum() >= near or width > 200:
                break
            width *= 1.25
        moved = np.clip(np.rint(middle + scores - predicted), 0, 100).astype(np.intp)
        flat = np.bincount(
            group * len(_POINTS) + moved, weight / weight.sum(), groups * len(_POINTS)
        )
        found[knot] = flat.reshape(groups, -1)
    return found


def _shortest(profiles: Float64Array, weights: Float64Array) -> tuple[Float64Array, Float64Array]:
    """(knots,) low and high ends that rise with the knots and hold the knot between them."""
    worth = np.cumsum(np.einsum("g,kgs->ks", weights, profiles), axis=1)
    before = np.concatenate([np.zeros((len(worth), 1)), worth[:, :-1]], axis=1)
    ending, starting = worth - _POINTS / 100, before - _POINTS / 100
    high = np.argmax(ending - np.minimum.accumulate(starting, axis=1), axis=1)
    allowed = np.where(_POINTS[None, :] <= high[:, None], starting, np.inf)
    low = np.minimum(_POINTS[np.argmin(allowed, axis=1)], KNOTS)
    top = np.maximum(_POINTS[high], KNOTS)
    return np.minimum.accumulate(low[::-1])[::-1], np.maximum.accumulate(top)


def _least(weights: Float64Array, g: int, coverage: Any, asked: float) -> float:
    """The least weight of group `g`, the others as they are, that covers it as asked."""
    low, high = 0.0, _MOST
    for _ in range(_HALVINGS + 4):
        middle = (low + high) / 2
        changed = weights.copy()
        changed[g] = middle
        if coverage(changed)[g] < asked:
            low = middle
        else:
            high = middle
    return high
