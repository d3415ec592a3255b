"""Gutters that are hardly wider than a blank, given away by row after row that begins there.

Words of a single column begin at one place in two rows by chance, not in five that follow each
other with nothing before them; so the gap may be much narrower there than between two pieces.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

NARROW = 0.3  # em; the least width of such a gutter
WIDER = 1.3  # times the usual gap between words, as letters of one width stand in columns too
ROWS = 5  # that begin at one place
FAR = 1e6  # points; nothing that is seen stands further away
LEFT = 2.5  # em; the least width of what stands left of it, no bullet

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


def beyond(boxes: Floats, gap: Floats, together: Bools, spaced: Bools) -> Bools:
    """(n,) which characters begin a piece beyond a narrow gutter.

    `boxes` (n, 4) left, bottom, right, top in the order drawn; (n-1,) each of the rest: `gap` in
    em, whether two stand in one piece, and whether a word ends between them.
    """
    n = len(boxes)
    found = np.zeros(n, bool)
    words = gap[together & spaced]
    least = max(NARROW, WIDER * float(np.median(words))) if len(words) else NARROW
    inside = np.concatenate(([False], together & spaced & (gap >= least)))
    begins = inside | np.concatenate(([True], ~together))
    places = np.flatnonzero(begins)
    left, bottom, right, top = boxes.T
    whole = np.round(np.clip(left[places], -FAR, FAR)).astype(np.int64)
    middle = (bottom + top) / 2
    values, counts = np.unique(whole, return_counts=True)
    for value in values[counts >= ROWS].tolist():
        at = places[np.abs(left[places] - value) <= 0.5]
        if len(at) < ROWS:
            continue
        em = float(np.median(top[at] - bottom[at]))
        crossing = (left < value - 0.6) & (right > value - NARROW * em + 0.1)
        rows = middle[at]
        crossing &= (middle > rows.min() - em / 2) & (middle < rows.max() + em / 2)
        edges = np.unique(np.round(middle[crossing], 1))
        band = np.searchsorted(edges, rows)  # between which rows that cross it
        for number in np.unique(band).tolist():
            held = at[band == number]
            if len(np.unique(np.round(middle[held]))) >= ROWS:
                found[held] = True
    return found
