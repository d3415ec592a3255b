"""Characters with boxes -> lines in reading order. Pure geometry, no PDF library.

A page goes through four steps:

    characters -> pieces -> regions -> rows

1. A *piece* is a run of characters on one baseline without a gap wide enough for a gutter. Gaps
   above `WORD_GAP` become spaces: the blanks stored in a PDF are not trusted to be complete.
2. A page is cut into columns where a gutter (a strip of x that no piece crosses) runs down several
   rows and what stands on its two sides reads downwards, not across. The rows above and below such
   a pair of columns are read before and after it; each column may hold columns again.
3. Columns are read from left to right, but a narrow one on the left of a page's main column
   (contacts and skills beside the positions) is read after it.
4. What has no columns is read row by row, left to right.

Lengths are in points, y grows upwards as in PDF, `em` is the height of a character's box.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

WORD_GAP = 0.1  # em; poppler and pdfminer use the same tenth
PIECE_GAP = 1.0  # em; wider than a justified line's spaces, narrower than a gutter
GUTTER = 0.8  # em; the least width of the strip between two columns
BACKSTEP = 0.6  # em; how far kerning and overstriking may step back inside a word
SAME_ROW = 0.5  # of the smaller height that two boxes on one row share at least
COLUMN_ROWS = 3  # rows that each side of a gutter needs, else it is a row with a wide gap
MAIN_WIDTH = 1.3  # times the longest line of the narrow column beside it
NAME_HEIGHT = 1.2  # times the largest letters of the main column
PARTED = 0.5  # em; the gap between two rows that do not belong together
MAX_DEPTH = 8  # columns inside columns; real pages need 2 or 3
MAX_PIECES = 500  # above, a page is read by rows: the search for gutters is quadratic
BUCKET = 12.0  # points; the grid in which neighbours are looked up

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Characters:
    """What a page draws, in the order it is drawn."""

    codes: npt.NDArray[np.int64]  # (n,) Unicode code points; blanks are 32
    boxes: Floats  # (n, 4) left, bottom, right, top; advance width by line height


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that stand together on one row."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    order: int  # place in the drawing order

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class _Page:
    letters: int
    tick: Callable[[], None]
    beside: list[str] | None  # None where a narrow column is read behind the main one


def reading_order(
    characters: Characters, tick: Callable[[], None], beside: list[str] | None = None
) -> list[str]:
    """The page's lines from top to bottom, column by column; `tick` is called now and then.

    With `beside`, the lines of a narrow column left of the main one go there.
    """
    pieces = _mend(_pieces(characters))
    return _read(pieces, MAX_DEPTH, _Page(_letters(pieces), tick, beside))


def _pieces(characters: Characters) -> list[Piece]:
    """Cut the drawing order wherever the next character is not the neighbour of the last one."""
    ink = characters.codes != 32
    codes, boxes = characters.codes[ink], characters.boxes[ink]
    if not len(codes):
        return []
    left, bottom, right, top = boxes.T
    height = np.maximum(top - bottom, 0.1)
    em = np.maximum(height[:-1], height[1:])
    shared = np.minimum(top[:-1], top[1:]) - np.maximum(bottom[:-1], bottom[1:])
    same_row = shared >= SAME_ROW * np.minimum(height[:-1], height[1:])
    gap = left[1:] - right[:-1]
    # A ligature's letters share one box, so a repeated box is no step back.
    same_box = np.all(np.abs(boxes[1:] - boxes[:-1]) < 0.01, axis=1)
    joined = same_row & (gap < PIECE_GAP * em) & (gap > -BACKSTEP * em) | same_box
    blank_before = np.diff(np.flatnonzero(ink)) > 1
    spaced = (gap > WORD_GAP * em) | blank_before & (gap > -WORD_GAP * em) & ~same_box
    starts = np.concatenate(([0], np.flatnonzero(~joined) + 1))
    counts = np.diff(starts, append=len(codes))
    sides = np.column_stack(
        (
            np.minimum.reduceat(left, starts),
            np.add.reduceat(bottom, starts) / counts,
            np.maximum.reduceat(right, starts),
            np.add.reduceat(top, starts) / counts,
        )
    ).tolist()
    em_gap = gap / em
    page = codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
    marks = np.flatnonzero(spaced) + 1
    edges = np.searchsorted(marks, np.column_stack((starts + 1, starts + counts))).tolist()
    cuts = marks.tolist()
    invented = np.concatenate(([0], np.cumsum(spaced & ~blank_before)))
    shares = invented[starts + counts - 1] - invented[starts]
    tracked = (counts > 3) & (shares > 0.6 * (counts - 1))
    pieces: list[Piece] = []
    rows = zip(starts.tolist(), counts.tolist(), sides, edges, tracked.tolist(), strict=True)
    for a, n, (x0, y0, x1, y1), (first, last), is_tracked in rows:
        inside = cuts[first:last]
        if is_tracked:
            inner = slice(a, a + n - 1)
            inside = _word_ends(em_gap[inner], blank_before[inner], a)
        text = " ".join([page[i:j] for i, j in pairwise([a, *inside, a + n])])
        pieces.append(Piece(text, x0, y0, x1, y1, a))
    return pieces


def _word_ends(gap: Floats, blank: Bools, start: int) -> list[int]:
    """Of tracked capitals ("E X P E R I E N C E"): a word ends only at a gap that stands out.

    `gap` (n-1,) in em, `blank` (n-1,) where the PDF stores a blank; `start` is added.
    """
    spaced = blank | (gap > 1.6 * np.median(gap) + WORD_GAP)
    return [start + 1 + i for i in np.flatnonzero(spaced).tolist()]


def _mend(pieces: list[Piece]) -> list[Piece]:
    """Join pieces that stand side by side although they were drawn at different times."""
    mended: list[Piece] = []
    ends: defaultdict[tuple[int, int], list[int]] = defaultdict(list)  # right end -> places
    reach = max((p.height for p in pieces), default=0.0)
    for piece in sorted(pieces, key=lambda p: p.left):
        y = int(piece.middle // BUCKET)
        first = int((piece.left - PIECE_GAP * reach) // BUCKET)
        last = int((piece.left + BACKSTEP * reach) // BUCKET)
        near = [i for x in range(first, last + 1) for dy in (-1, 0, 1) for i in ends[x, y + dy]]
        for index in sorted(near, reverse=True):
            other = mended[index]
            em = max(other.height, piece.height)
            gap = piece.left - other.right
            if -BACKSTEP * em < gap < PIECE_GAP * em and _same_row(other, piece):
                ends[int(other.right // BUCKET), int(other.middle // BUCKET)].remove(index)
                mended[index] = _join(other, piece, " " if gap > WORD_GAP * em else "")
                break
        else:
            index = len(mended)
            mended.append(piece)
        other = mended[index]
        ends[int(other.right // BUCKET), int(other.middle // BUCKET)].append(index)
    return mended


def _join(first: Piece, second: Piece, between: str) -> Piece:
    return Piece(
        first.text + between + second.text,
        first.left,
        min(first.bottom, second.bottom),
        max(first.right, second.right),
        max(first.top, second.top),
        min(first.order, second.order),
    )


def _same_row(one: Piece, other: Piece) -> bool:
    shared = min(one.top, other.top) - max(one.bottom, other.bottom)
    return shared >= SAME_ROW * min(one.height, other.height)


def _read(pieces: list[Piece], depth: int, page: _Page) -> list[str]:
    found = _columns(pieces, page.tick) if depth else None
    if found is None:
        return [" ".join(p.text for p in row) for row in _rows(pieces)]
    above, left, right, below = found
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
    rows = _rows(left)
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


def _rows(pieces: list[Piece]) -> list[list[Piece]]:
    """Rows from top to bottom, each from left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: -p.middle):
        if rows and _same_row(piece, rows[-1][0]):
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
    beside = _beside(ordered)
    most = COLUMN_ROWS - 1  # pieces on the sparser side of the best gutter so far
    best: tuple[list[Piece], ...] | None = None
    for x in np.unique(np.round(starts)):  # whole points: pieces of one column start together
        tick()
        is_right = starts >= x - 0.5
        crossing = ~is_right & (ends > x - gutter)
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
            if _reads_down(*sides, beside[np.ix_(left, right)]):
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
    if len(_rows(left)) < COLUMN_ROWS or len(_rows(right)) < COLUMN_ROWS:
        return False
    drawn = sorted([(p.order, 0) for p in left] + [(p.order, 1) for p in right])
    switches = sum(a[1] != b[1] for a, b in pairwise(drawn))
    few, many = sorted((len(left), len(right)))
    if switches <= 1 + few // 4:
        return True
    alone = int((~beside.any(axis=1 if len(left) <= len(right) else 0)).sum())
    blanks = min(float(np.median([p.text.count(" ") for p in side])) for side in (left, right))
    return alone >= max(2, few / 4) or (blanks >= 3 and few > 0.6 * many)
