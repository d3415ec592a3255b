"""What each feature did to a score: exact Shapley values against a background of ordinary pairs.

    v(S) = mean over the background rows b of score(x where S, b elsewhere)
    points[i] = sum over S without i of |S|! (f - |S| - 1)! / f! * (v(S + i) - v(S))

Shapley (1953); v is the interventional value function of Lundberg and Lee (2017) and Janzing et al.
(2020). All 2^f coalitions are evaluated, so nothing is sampled and the points add up:
base + points.sum() == score(x), with base = v(nothing), the score of an average pair.
"""

from __future__ import annotations

from collections.abc import Callable
from math import factorial

import numpy as np
import numpy.typing as npt

from rolefit.errors import InputError

Float64Array = npt.NDArray[np.float64]

MAX_FEATURES = 12  # 4,096 coalitions; each feature more doubles the work
_ROWS = 2_048  # rows that are scored at a time, as many as a mapper takes in one go


def shapley(
    score: Callable[[Float64Array], Float64Array],
    x: npt.ArrayLike,
    background: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
) -> tuple[float, Float64Array]:
    """(base, points (f,)) of `score`, float64 (n, f) -> (n,), at `x` (f,).

    `background` (b, f) holds ordinary pairs; `weights` (b,), at least 0, says how many each row
    stands for (default: all alike). `score` is called with 2^f * b rows in all. Raises InputError
    on other shapes, more than MAX_FEATURES features, an empty background or unusable weights.
    """
    point = np.asarray(x, dtype=np.float64)
    rows = np.asarray(background, dtype=np.float64)
    if point.ndim != 1 or not 1 <= len(point) <= MAX_FEATURES:
        raise InputError(f"x: expected 1 to {MAX_FEATURES} feature values, got shape {point.shape}")
    if rows.ndim != 2 or rows.shape[1] != len(point) or not len(rows):
        raise InputError(
            f"background: expected shape (rows, {len(point)}) with a row or more, got {rows.shape}"
        )
    values = _coalition_values(score, point, rows, _shares(weights, len(rows)))
    return float(values[0]), _points(values, len(point))


def _shares(weights: npt.ArrayLike | None, n_rows: int) -> Float64Array:
    """`weights` as shares (b,) that add up to 1."""
    given = np.ones(n_rows) if weights is None else np.asarray(weights, dtype=np.float64)
    usable = given.shape == (n_rows,) and bool(np.isfinite(given).all()) and (given >= 0).all()
    if not usable or given.sum() <= 0:
        raise InputError(f"weights: expected {n_rows} numbers from 0, not all 0, got {weights!r}")
    shares: Float64Array = given / given.sum()
    return shares


def _coalition_values(
    score: Callable[[Float64Array], Float64Array],
    x: Float64Array,
    background: Float64Array,
    shares: Float64Array,
) -> Float64Array:
    """v of every coalition (2^f,); bit i of a coalition's number says whether feature i is in."""
    count, n_rows = 2 ** len(x), len(background)
    inside = (np.arange(count)[:, None] >> np.arange(len(x))) & 1 == 1  # (2^f, f)
    values = np.empty(count)
    step = max(1, _ROWS // n_rows)
    for start in range(0, count - 1, step):
        masks = inside[start : start + step, None, :]
        mixed = np.where(masks, x, background).reshape(-1, len(x))
        values[start : start + len(masks)] = score(mixed).reshape(-1, n_rows) @ shares
    # With every feature in, all rows are x. Scored alone it is the very score that is explained.
    values[-1] = score(x[None, :])[0]
    return values


def _points(values: Float64Array, n_features: int) -> Float64Array:
    """Coalition values (2^f,) -> Shapley values (f,)."""
    coalitions = np.arange(len(values))
    sizes = ((coalitions[:, None] >> np.arange(n_features)) & 1).sum(axis=1)
    total = factorial(n_features)
    by_size = np.array(
        [factorial(s) * factorial(n_features - s - 1) / total for s in range(n_features)]
    )
    points = np.empty(n_features)
    for i in range(n_features):
        without = coalitions[(coalitions >> i) & 1 == 0]
        gains = values[without | (1 << i)] - values[without]
        points[i] = gains @ by_size[sizes[without]]
    return points
