"""Exact tests by counting, and the intervals that belong to them. numpy only.

Where there are too many ways to count them all, DRAWS of them are drawn with a fixed seed, and the
observed one is counted among them: p = (1 + as extreme) / (1 + DRAWS). Two-sided throughout.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
ALL = 20_000  # ways that are counted one by one
DRAWS = 10_000
_CLOSE = 1e-9  # points; differences below are rounding


@dataclass(frozen=True, slots=True)
class Test:
    """A mean shift, its p value, and the shifts that the test would not reject at 5%."""

    shift: float
    p: float
    low: float | None  # None if there are too few values for any interval
    high: float | None
    exact: bool  # all ways were counted


def sign_flip(differences: Sequence[float]) -> Test:
    """Are paired differences centred on 0? Under the null each sign is as likely as the other."""
    values = np.asarray(differences, dtype=np.float64)
    n = len(values)
    exact = 2**n <= ALL
    if exact:
        bits = (np.arange(2**n)[:, None] >> np.arange(n)) & 1
        signs = 1.0 - 2.0 * bits
    else:
        rng = np.random.default_rng(0)
        signs = rng.choice((-1.0, 1.0), size=(DRAWS, n))

    def p(shift: float) -> float:
        moved = values - shift
        return _share(np.abs(signs @ moved) / n, abs(float(moved.mean())), exact)

    return _tested(float(values.mean()), p, 2.0 / 2**n, float(np.ptp(values)), exact)


def permutation(inside: Sequence[float], outside: Sequence[float]) -> Test:
    """Do the means of two groups differ? Under the null every split into them is as likely."""
    values = np.asarray([*inside, *outside], dtype=np.float64)
    n, total = len(inside), len(values)
    ways = math.comb(total, n)
    exact = ways <= ALL
    if exact:
        member = np.zeros((ways, total))
        for row, chosen in enumerate(combinations(range(total), n)):
            member[row, chosen] = 1.0
    else:
        rng = np.random.default_rng(0)
        member = (rng.random((DRAWS, total)).argsort(axis=1) < n).astype(np.float64)
    weights = member / n - (1.0 - member) / (total - n)  # a split's difference of means
    first = np.r_[np.ones(n), np.zeros(total - n)]

    def p(shift: float) -> float:
        moved = values - shift * first
        seen = float(moved[:n].mean() - moved[n:].mean())
        return _share(np.abs(weights @ moved), abs(seen), exact)

    shift = float(values[:n].mean() - values[n:].mean())
    return _tested(shift, p, 1.0 / ways, float(np.ptp(values)), exact)


def holm(ps: Sequence[float]) -> list[float]:
    """p values corrected for how many tests there are (Holm 1979), in the order given."""
    adjusted = [0.0] * len(ps)
    running = 0.0
    for rank, i in enumerate(sorted(range(len(ps)), key=lambda i: ps[i])):
        running = max(running, min(1.0, (len(ps) - rank) * ps[i]))
        adjusted[i] = running
    return adjusted


def _share(ways: Floats, seen: float, exact: bool) -> float:
    extreme = int(np.count_nonzero(ways >= seen - _CLOSE))
    return extreme / len(ways) if exact else (1 + extreme) / (1 + len(ways))


def _tested(
    shift: float, p: Callable[[float], float], least: float, spread: float, exact: bool
) -> Test:
    if least > 0.05:
        return Test(shift, p(0.0), None, None, exact)
    reach = 2 * spread + 1e-6
    low = _edge(shift, shift - reach, p)
    high = _edge(shift, shift + reach, p)
    return Test(shift, p(0.0), low, high, exact)


def _edge(inside: float, outside: float, p: Callable[[float], float]) -> float:
    """Between a shift that the test keeps and one that it rejects, the last that it keeps."""
    for _ in range(24):
        middle = (inside + outside) / 2
        if p(middle) > 0.05:
            inside = middle
        else:
            outside = middle
    return inside
