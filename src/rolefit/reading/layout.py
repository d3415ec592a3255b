"""Characters with boxes -> lines in reading order. Pure geometry, no PDF library.

A page goes through four steps:

    characters -> pieces -> regions -> rows

1. `pieces` puts together what stands together on one row.
2. A page is cut into columns where a gutter (a strip of x that no piece crosses) runs down several
   rows and what stands on its two sides reads downwards, not across. The rows above and below such
   a pair of columns are read before and after it; each column may hold columns again.
3. Columns are read from left to right, but a narrow one on the left of a page's main column
   (contacts and skills beside the positions) is read after it.
4. What has no columns is read row by row, left to right.

Lengths are in points, y grows upwards as in PDF, `em` is the height of a character's box.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from rolefit.reading import dated
from rolefit.reading.gutters import NARROW, ROWS
from rolefit.reading.pieces import SAME_ROW, Characters, Piece, pieces_of, same_row

GUTTER = 0.8  # em; the least width of the strip between two columns
COLUMN_ROWS = 3  # rows that each side of a gutter needs, else it is a row with a wide gap
MAIN_WIDTH = 1.3  # times the longest line of the narrow column beside it
NAME_HEIGHT = 1.2  # times the largest letters of the main column
PARTED = 0.5  # em; the gap between two rows that do not belong together
MAX_DEPTH = 8  # columns inside columns; real pages need 2 or 3
MAX_PIECES = 500  # above, a page is read by rows: the search for gutters is quadratic

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Page:
    letters: int
    tick: Callable[[], None]
    beside: list[str] | None  # None where a narrow column is read behind the main one
    columns: list[int]  # side by side, wherever the page was cut


def reading_order(
    characters: Characters,
    tick: Callable[[], None],
    beside: list[str] | None = None,
    columns: list[int] | None = None,
) -> list[str]:
    """The page's lines from top to bottom, column by column; `tick` is called now and then.

    With `beside`, the lines of a narrow column left of the main one go there; with `columns`, how
    many stand side by side wherever the page is cut.
    """
    return order_of(pieces_of(characters, tick), tick, beside, columns)


def order_of(
    pieces: list[Piece],
    tick: Callable[[], None],
    beside: list[str] | None = None,
    columns: list[int] | None = None,
) -> list[str]:
    """`reading_order` of pieces."""
    return _read(
        pieces, MAX_DEPTH, _Page(_letters(pieces), tick, beside, [] if columns is None else columns)
    )


def _read(pieces: list[Piece], depth: int, page: _Page) -> list[str]:
    found = _columns(pieces, page.tick) if depth else None
    if found is None:
        return [" ".join(p.text for p in row) for row in rows_of(pieces)]
    above, left, right, below = found
    page.columns.append(MAX_DEPTH - depth + 2)
    if dated.are_dates(left, right):
        lines = dated.lines_of(rows_of(left), rows_of(right))
        return [*_read(above, depth - 1, page), *lines, *_read(below, depth - 1, page)]
    head, side = _beside_main(left, right, page.letters)
    if page.beside is not None:
        page.beside.extend(_read(side, depth - 1, page))
        side = []
    parts = (above, head, right, side, below)
    return [line for part in parts for line in _read(part, depth - 1, page)]


def _beside_main(
    left: list[Piece], right: list[Piece], page: int
) -> tuple[list[Piece], list[Piece]]:
    """Of the left column, what a person reads before the right one, and what after it.

    The right one is the main column where it holds most of the page's text, in longer lines: two
    lists of skills side by side are none. The eye goes to the largest letters first, so a name at
    the top of the narrow column comes before it, with what stands under it without a gap.
    """
    narrow, wide = (max(p.right - p.left for p in side) for side in (left, right))
    if 2 * _letters(right) <= page or wide < MAIN_WIDTH * narrow:
        return left, []
    rows = rows_of(left)
    if _tallest(rows[0]) < NAME_HEIGHT * _tallest(right):
        return [], left
    parted = (i for i, pair in enumerate(pairwise(rows), 1) if _are_parted(*pair))
    end = next(parted, len(rows))
    return [p for row in rows[:end] for p in row], [p for row in rows[end:] for p in row]


def _letters(pieces: list[Piece]) -> int:
    return sum(len(p.text) for p in pieces)


def _tallest(pieces: list[Piece]) -> float:
    return max(p.height for p in pieces)


def _are_parted(above: list[Piece], below: list[Piece]) -> bool:
    """Whether two rows stand wider apart than the lines of a paragraph."""
    gap = min(p.bottom for p in above) - max(p.top for p in below)
    return gap > PARTED * _tallest(below)


def rows_of(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Rows from top to bottom, each from left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: -p.middle):
        if rows and same_row(piece, rows[-1][0]):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    for row in rows:
        row.sort(key=lambda p: p.left)
    return rows


def _columns(pieces: list[Piece], tick: Callable[[], None]) -> tuple[list[Piece], ...] | None:
    """(above, left, right, below) at the gutter that parts most rows, or None if there is none."""
    if not 2 * COLUMN_ROWS <= len(pieces) <= MAX_PIECES:
        return None
    ordered = sorted(pieces, key=lambda p: -p.middle)
    starts = np.array([p.left for p in ordered])
    ends = np.array([p.right for p in ordered])
    gutter = GUTTER * float(np.median([p.height for p in ordered]))
    narrow = NARROW / GUTTER * gutter - 0.1
    apart = np.array([p.apart for p in ordered])
    beside = _beside(ordered)
    most = COLUMN_ROWS - 1  # pieces on the sparser side of the best gutter so far
    best: tuple[list[Piece], ...] | None = None
    for x in np.unique(np.round(starts)):  # whole points: pieces of one column start together
        tick()
        is_right = starts >= x - 0.5
        aligned = (np.abs(starts - x) <= 0.5) & apart
        strip = narrow if int(aligned.sum()) >= ROWS else gutter
        crossing = ~is_right & (ends > x - strip)
        crossing |= beside[crossing].any(axis=0)  # a row is never cut in two
        for first, last in pairwise([-1, *np.flatnonzero(crossing).tolist(), len(ordered)]):
            if last - first <= 2 * most:
                continue
            band = slice(first + 1, last)
            n_right = int(is_right[band].sum())
            fewer = min(n_right, last - first - 1 - n_right)
            if fewer <= most:
                continue
            left = first + 1 + np.flatnonzero(~is_right[band])
            right = first + 1 + np.flatnonzero(is_right[band])
            sides = [ordered[i] for i in left.tolist()], [ordered[i] for i in right.tolist()]
            if dated.are_dates(*sides) or _reads_down(*sides, beside[np.ix_(left, right)]):
                most, best = fewer, (ordered[: first + 1], *sides, ordered[last:])
    return best


def _beside(pieces: list[Piece]) -> Bools:
    """(n, n): which pieces stand on one row."""
    bottom = np.array([p.bottom for p in pieces])
    top = np.array([p.top for p in pieces])
    shared = np.minimum.outer(top, top) - np.maximum.outer(bottom, bottom)
    height = top - bottom
    return np.asarray(shared >= SAME_ROW * np.minimum.outer(height, height))


def _reads_down(left: list[Piece], right: list[Piece], beside: Bools) -> bool:
    """Whether two sides of a gutter are columns, not the cells of rows.

    `beside` (left, right) says which pieces stand on one row. Rows of cells ("Acme Ltd ... 2019")
    pair every piece of the sparser side with one on the other side, and are drawn pair by pair.
    Columns are drawn one after the other, or their rows do not meet, or both hold running text.
    """
    if len(rows_of(left)) < COLUMN_ROWS or len(rows_of(right)) < COLUMN_ROWS:
        return False
    if any(len({p.text for p in side}) == 1 for side in (left, right)):
        return False  # one sign before each line
    if dated.has_own_headings(left, right):
        return True
    drawn = sorted([(p.order, 0) for p in left] + [(p.order, 1) for p in right])
    switches = sum(a[1] != b[1] for a, b in pairwise(drawn))
    few, many = sorted((len(left), len(right)))
    if switches <= 1 + few // 4:
        return True
    alone = int((~beside.any(axis=1 if len(left) <= len(right) else 0)).sum())
    blanks = min(float(np.median([p.text.count(" ") for p in side])) for side in (left, right))
    return alone >= max(2, few / 4) or (blanks >= 3 and few > 0.6 * many)
