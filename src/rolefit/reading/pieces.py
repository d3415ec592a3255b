"""A page's characters -> pieces: what stands together on one row, before columns are looked for.

A *piece* is a run of characters on one baseline without a gap wide enough for a gutter. The
drawing order is cut wherever the next character is not the neighbour of the last one; then pieces
that stand side by side, but were drawn at different times, are joined. Gaps above `WORD_GAP` become
spaces: the blanks stored in a PDF are not trusted to be complete.

Lengths are in points, y grows upwards as in PDF, `em` is the height of a character's box.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from rolefit.reading.gutters import LEFT, NARROW, beyond
from rolefit.reading.spaced import joined

WORD_GAP = 0.1  # em; poppler and pdfminer use the same tenth
PIECE_GAP = 1.0  # em; wider than a justified line's spaces, narrower than a gutter
BACKSTEP = 0.6  # em; how far kerning and overstriking may step back inside a word
SAME_ROW = 0.5  # of the smaller height that two boxes on one row share at least
BUCKET = 12.0  # points; the grid in which neighbours are looked up
SINGLE = 0.7  # of a piece's characters that stand apart, where it is set letter by letter
SPREAD = 6.0  # em; letters wider apart are no word
NEAR = 0.25  # by which the letters of the next word of such a line may stand nearer or wider
MAX_REACH = 1000  # points; no type is larger, and every bucket within reach is looked into

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
    apart: bool = False  # whether a gutter may be before it, however narrow

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def pieces_of(characters: Characters, tick: Callable[[], None]) -> list[Piece]:
    """The pieces of a page, by where they begin: from left to right; `tick` is called for each."""
    return _mend(_gathered(_cut(characters)), tick)


def same_row(one: Piece, other: Piece) -> bool:
    """Whether two pieces share enough height to stand on one row."""
    shared = min(one.top, other.top) - max(one.bottom, other.bottom)
    return shared >= SAME_ROW * min(one.height, other.height)


@dataclass(frozen=True, slots=True)
class _Links:
    """How each character stands to the one drawn before it; (n-1,) each."""

    gap: Floats  # em
    spaced: Bools  # a word seems to end
    stored: npt.NDArray[np.int64]  # blanks that the PDF stores between them


def _cut(characters: Characters) -> list[Piece]:
    """Cut the drawing order wherever the next character is not the neighbour of the last one."""
    ink = np.flatnonzero(characters.codes != 32)
    codes, boxes = characters.codes[ink], characters.boxes[ink]
    if not len(codes):
        return []
    left, bottom, right, top = boxes.T
    height = np.maximum(top - bottom, 0.1)
    em = np.maximum(height[:-1], height[1:])
    shared = np.minimum(top[:-1], top[1:]) - np.maximum(bottom[:-1], bottom[1:])
    level = shared >= SAME_ROW * np.minimum(height[:-1], height[1:])
    gap = left[1:] - right[:-1]
    # A ligature's letters share one box, so a repeated box is no step back.
    same_box = np.all(np.abs(boxes[1:] - boxes[:-1]) < 0.01, axis=1)
    together = level & (gap < PIECE_GAP * em) & (gap > -BACKSTEP * em) | same_box
    stored = np.diff(ink) - 1
    spaced = (gap > WORD_GAP * em) | (stored > 0) & (gap > -WORD_GAP * em) & ~same_box
    apart = beyond(boxes, gap / em, together, spaced)
    before = np.concatenate(([0], np.flatnonzero(~together) + 1))
    before = before[np.searchsorted(before, np.arange(1, len(codes)), side="right") - 1]
    wide = right[:-1] - left[before] > LEFT * em  # what stands left of it is more than a bullet
    together &= ~(apart[1:] & wide & (gap >= NARROW * em))
    starts = np.concatenate(([0], np.flatnonzero(~together) + 1))
    counts = np.diff(starts, append=len(codes))
    sides = np.column_stack(
        (
            np.minimum.reduceat(left, starts),
            np.add.reduceat(bottom, starts) / counts,
            np.maximum.reduceat(right, starts),
            np.add.reduceat(top, starts) / counts,
        )
    ).tolist()
    page = codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
    pieces = _spell(page, starts, counts, sides, _Links(gap / em, spaced, stored))
    return [replace(p, apart=True) if apart[p.order] else p for p in pieces]


def _spell(
    page: str,
    starts: npt.NDArray[np.int64],
    counts: npt.NDArray[np.int64],
    sides: list[list[float]],
    links: _Links,
) -> list[Piece]:
    """The pieces with their words, `sides` of each given."""
    marks = np.flatnonzero(links.spaced) + 1
    edges = np.searchsorted(marks, np.column_stack((starts + 1, starts + counts))).tolist()
    cuts = marks.tolist()
    invented = np.concatenate(([0], np.cumsum(links.spaced & (links.stored == 0))))
    shares = invented[starts + counts - 1] - invented[starts]
    tracked = (counts > 3) & (shares > 0.6 * (counts - 1))
    pieces: list[Piece] = []
    pitch = 0.0  # em; between the letters of the piece before, if it is tracked
    rows = zip(starts.tolist(), counts.tolist(), sides, edges, tracked.tolist(), strict=True)
    for a, n, (x0, y0, x1, y1), (first, last), is_tracked in rows:
        piece = Piece("", x0, y0, x1, y1, a)
        inside, inner = cuts[first:last], slice(a, a + n - 1)
        if not is_tracked and 1 < n <= 3 and pitch and _shares_pitch(links, inner, pitch):
            is_tracked = same_row(pieces[-1], piece)
        pitch = float(np.median(links.gap[inner])) if is_tracked else 0.0
        if is_tracked:
            inside = _word_ends(links.gap[inner], links.stored[inner] > 0, a)
        text = " ".join([page[i:j] for i, j in pairwise([a, *inside, a + n])])
        if n > 3 and len(inside) > SINGLE * n:  # letter by letter, with blanks that are stored
            # Two blanks, of which pdfium gives one, are hardly wider than twice one.
            ends = _word_ends(links.gap[inner], links.stored[inner] > 1, a, WORD_GAP / 2)
            text = _spelled(page, a, n, inside, ends) or text
        pieces.append(replace(piece, text=text))
    return pieces


def _shares_pitch(links: _Links, inner: slice, pitch: float) -> bool:
    """Whether these few letters stand apart as those of the word before do."""
    near = np.abs(links.gap[inner] - pitch) < NEAR * pitch
    return bool((near & links.spaced[inner] & (links.stored[inner] == 0)).all())


def _spelled(page: str, start: int, count: int, inside: list[int], ends: list[int]) -> str:
    """The words of a piece that is set letter by letter; "" if it is none."""
    edges = pairwise([start, *inside, start + count])
    wide = set(ends)
    letters = "".join(f"{'  ' if i in wide else ' '}{page[i:j]}" for i, j in edges)
    text, found = joined(letters.strip())
    return text if found else ""


def _word_ends(gap: Floats, blank: Bools, start: int, more: float = WORD_GAP) -> list[int]:
    """Of tracked capitals ("E X P E R I E N C E"): a word ends only at a gap that stands out.

    `gap` (n-1,) in em, `blank` (n-1,) where the PDF stores a blank; `start` is added.
    """
    spaced = blank | (gap > 1.6 * np.median(gap) + more)
    return [start + 1 + i for i in np.flatnonzero(spaced).tolist()]


def _gathered(pieces: list[Piece]) -> list[Piece]:
    """Letters that stand wider apart than pieces do, but evenly: a line of words after all."""
    found: list[Piece] = []
    run: list[Piece] = []
    for piece in [*pieces, None]:
        if piece is not None and run and _follows(run[-1], piece):
            run.append(piece)
            continue
        found += _one_line(run)
        run = [] if piece is None else [piece]
    return found


def _follows(letter: Piece, piece: Piece) -> bool:
    gap = piece.left - letter.right
    single = len(letter.text) == len(piece.text) == 1
    return single and 0 < gap < SPREAD * piece.height and same_row(letter, piece)


def _one_line(run: list[Piece]) -> list[Piece]:
    if len(run) < 4:
        return run
    gap = np.array([b.left - a.right for a, b in pairwise(run)])
    usual = float(np.median(gap))
    if float((np.abs(gap - usual) < NEAR * usual).mean()) < SINGLE:
        return run
    wide = [*(gap > 1.6 * usual + WORD_GAP * run[0].height).tolist(), False]
    text, count = joined(
        "".join(p.text + ("  " if ends else " ") for p, ends in zip(run, wide, strict=True)).strip()
    )
    if not count:
        return run
    whole = run[0]
    for piece in run[1:]:
        whole = _join(whole, piece, "")
    return [replace(whole, text=text)]


def _mend(pieces: list[Piece], tick: Callable[[], None]) -> list[Piece]:
    """Join pieces that stand side by side although they were drawn at different times."""
    mended: list[Piece] = []
    ends: dict[tuple[int, int], list[int]] = {}  # right end -> places
    reach = min(max((p.height for p in pieces), default=0.0), MAX_REACH)
    for piece in sorted(pieces, key=lambda p: p.left):
        tick()
        y = int(piece.middle // BUCKET)
        first = int((piece.left - PIECE_GAP * reach) // BUCKET)
        last = int((piece.left + BACKSTEP * reach) // BUCKET)
        grid = ((x, y + dy) for x in range(first, last + 1) for dy in (-1, 0, 1))
        near = [index for bucket in grid for index in ends.get(bucket, ())]
        for index in sorted(near, reverse=True):
            other = mended[index]
            em = max(other.height, piece.height)
            gap = piece.left - other.right
            parted = piece.apart and gap >= NARROW * em and other.right - other.left > LEFT * em
            near_by = -BACKSTEP * em < gap < PIECE_GAP * em and not parted
            if near_by and same_row(other, piece):
                ends[int(other.right // BUCKET), int(other.middle // BUCKET)].remove(index)
                mended[index] = _join(other, piece, " " if gap > WORD_GAP * em else "")
                break
        else:
            index = len(mended)
            mended.append(piece)
        other = mended[index]
        bucket = int(other.right // BUCKET), int(other.middle // BUCKET)
        ends.setdefault(bucket, []).append(index)
    return mended


def _join(first: Piece, second: Piece, between: str) -> Piece:
    return Piece(
        first.text + between + second.text,
        first.left,
        min(first.bottom, second.bottom),
        max(first.right, second.right),
        max(first.top, second.top),
        min(first.order, second.order),
        first.apart,
    )
