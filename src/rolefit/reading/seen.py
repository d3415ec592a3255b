"""Which characters of a PDF page a person does not see, told from the picture of the page.

White on white, covered, cut off, beside the page, transparent, in a layer that is switched off:
all of it comes down to one thing, that the page looks the same without it. So the page is drawn,
and nothing is guessed from the dozens of ways in which a PDF can hide a word.

    first look    The page is drawn once, small and grey. A character whose box has contrast is
                  seen, unless something else than text may have made the contrast.
    second look   Only for pages where that leaves a doubt: the page is drawn with and without its
                  text, larger and in colour. What makes no difference is not seen.

Two things are no attempt to hide: the layer of recognised text on a scanned page, which stands for
what the picture shows and is kept; and single characters without ink, which fonts have by accident.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rolefit.reading import drawing
from rolefit.reading.drawing import Page
from rolefit.reading.limits import Allowance

FIRST_SCALE, SECOND_SCALE = 0.5, 2.0  # pixels a point
FIRST_CONTRAST = 24  # of 255, between neighbouring pixels
BARE_CONTRAST = 12  # the same for what is drawn beside text, veiled
SECOND_CONTRAST = 20  # of 255, in any colour: #ebebeb on white is not seen, #e8e8e8 is
FAINT_CONTRAST = 32  # of 255: less is seen, but hard to see
TINY = 2.3  # points; the line height of a font of 2 points
SMALL = 4.7  # points; the same of 4 points, which is hard to read
SQUEEZED = 0.04  # of its height that a letter is wide; an "i" has five times as much
SMALL_PAGE = 400.0  # points; on a page whose longer side is less, "tiny" shrinks with it
SCAN_SHARE = 0.5  # of the page that pictures cover, if it is a scan
SCAN_VISIBLE = 0.2  # of the characters that may be seen on a scan: a stamp, a page number
OVERPRINTED = 4  # characters on top of others; a shadow or an accent is fewer
GROUPS = 8  # colours of overprinted text that are told apart
_LATIN = 0x250  # fonts that are not embedded may lack the letters above

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Unseen:
    """What the looks found, for the characters asked about."""

    hidden: Bools  # (n,)
    why: tuple[str, ...]  # reasons in words, the most frequent first
    recognised: bool  # whether the page is a scan whose text layer was kept
    doubtful: Bools  # (n,) seen, but hard to see
    doubts: tuple[str, ...] = ()  # why, in words


def unseen(
    page: Page, codes: Ints, boxes: Floats, places: Ints, allowance: Allowance, heavy: bool
) -> Unseen:
    """Look at the characters `codes` (n,) in `boxes` (n, 4: left, bottom, right, top, in points).

    `places` (n,) are their numbers in pdfium's text page; pictures that are `heavy` are not drawn.
    Raises LimitError.
    """
    ink = np.flatnonzero(codes != 32)
    hidden, doubtful = np.zeros((2, len(codes)), np.bool_)
    if not len(ink):
        return Unseen(hidden, (), False, doubtful)
    boxes, places, codes = boxes[ink], places[ink], codes[ink]
    tiny, small = _sizes(page, codes, boxes)
    too_large = [item for p in drawing.pictures(page) for item in p.items] if heavy else []
    faint = np.zeros(len(ink), np.bool_)
    with drawing.switched_off([*too_large, *drawing.endless(page, False)]):
        gone, kept, reasons = _first_look(page, boxes, allowance) & ~tiny, False, list[str]()
        if gone.any():
            gone = ~tiny  # what hides a word may reach the next, in a way that deceives one look
            second = _SecondLook(page, codes, boxes, places, allowance)
            gone, kept, reasons = second.judge(gone, tiny)
            faint = second.faint
    found = _in_runs(gone | tiny)
    hidden[ink] = found
    if (found & tiny).any():
        reasons = [*reasons, "tiny"]
    small, faint = _in_runs(small & ~found) & (not kept), _in_runs(faint & ~found) & (not kept)
    doubtful[ink] = small | faint
    doubts = [why for why, which in (("very small", small), ("very faint", faint)) if which.any()]
    return Unseen(hidden, tuple(reasons) if found.any() else (), kept, doubtful, tuple(doubts))


def _sizes(page: Page, codes: Ints, boxes: Floats) -> tuple[Bools, Bools]:
    """(n,) which characters are too small to be seen, and which to be read at ease."""
    scale = min(1.0, max(page.width, page.height) / SMALL_PAGE)
    low = TINY * scale
    width, height = (boxes[:, 2:] - boxes[:, :2]).T
    extent = np.maximum(width, height)  # turned text is wide, not high
    squeezed = (width < SQUEEZED * height) & (height < 40) & (codes < _LATIN)
    small = (height < SMALL * scale) & (extent < 2 * SMALL * scale)
    return (height < low) & (extent < 2 * low) | _in_runs(squeezed), small


def _first_look(page: Page, boxes: Floats, allowance: Allowance) -> Bools:
    """(n,) which characters need the second look."""
    drawn = drawing.render(page, FIRST_SCALE, allowance)[..., 0]
    with drawing.switched_off(drawing.endless(page, True)):
        bare = drawing.render(page, FIRST_SCALE, allowance, bare=True)[..., 0]
    pixels = page.pixels(_core(boxes), FIRST_SCALE, drawn.shape)
    doubt = _in_runs(~_touched(_edges(drawn, FIRST_CONTRAST), pixels))
    if (borders := _edges(bare, BARE_CONTRAST)).any():
        doubt |= _touched(borders, pixels)
    return doubt | _overprinted(boxes)


def _edges(grey: npt.NDArray[np.uint8], contrast: int) -> Bools:
    """(height, width) where a pixel differs from its left or upper neighbour."""
    grey = grey.astype(np.int16)
    edges = np.zeros(grey.shape, np.bool_)
    edges[:, 1:] = np.abs(np.diff(grey, axis=1)) >= contrast
    edges[1:] |= np.abs(np.diff(grey, axis=0)) >= contrast
    return edges


def _core(boxes: Floats) -> Floats:
    """The middle of each box: where letters have ink, and underlines and neighbours have not."""
    left, bottom, right, top = boxes.T
    width, height = right - left, top - bottom
    sides = (left + 0.1 * width, bottom + 0.28 * height, right - 0.1 * width, top - 0.15 * height)
    return np.column_stack(sides)


def _touched(mask: Bools, pixels: Ints) -> Bools:
    """(n,) whether any pixel of `mask` lies in the boxes `pixels` (n, 4: x0, y0, x1, y1)."""
    sums = np.zeros((mask.shape[0] + 1, mask.shape[1] + 1), np.int32)
    np.cumsum(mask, axis=0, dtype=np.int32, out=sums[1:, 1:])
    np.cumsum(sums[1:, 1:], axis=1, out=sums[1:, 1:])
    x0, y0, x1, y1 = pixels.T
    inside = (x1 > x0) & (y1 > y0)
    return np.asarray((sums[y1, x1] - sums[y0, x1] - sums[y1, x0] + sums[y0, x0] > 0) & inside)


def _overprinted(boxes: Floats) -> bool:
    """Whether text stands on other text, with their middles closer than letters in a word."""
    twin = np.zeros(len(boxes), np.bool_)  # the letters of a ligature share one box
    twin[1:] = np.all(np.abs(np.diff(boxes, axis=0)) < 0.01, axis=1)
    left, bottom, right, top = boxes[~twin].T
    x, y, width = (left + right) / 2, (bottom + top) / 2, right - left
    height = float(np.median(top - bottom))
    for shift in (0.0, 0.5):  # rows whose middles fall on two sides of a border meet in one of them
        row = np.floor(y / max(height, 0.1) * 2 + shift)
        order = np.argsort(row * 1e5 + x)  # a page is never so wide
        near = np.diff(x[order]) < 0.3 * np.minimum(width[order][1:], width[order][:-1])
        if int((near & (np.diff(row[order]) == 0)).sum()) >= OVERPRINTED:
            return True
    return False


def _in_runs(mask: Bools) -> Bools:
    """Without members that stand alone."""
    beside = np.zeros(len(mask), np.bool_)
    beside[1:] |= mask[:-1]
    beside[:-1] |= mask[1:]
    return mask & beside


def _word_starts(boxes: Floats) -> Bools:
    starts = np.ones(len(boxes), np.bool_)
    height = boxes[1:, 3] - boxes[1:, 1]
    gap = boxes[1:, 0] - boxes[:-1, 2]
    starts[1:] = (gap > 0.15 * height) | (gap < -height)
    return starts


class _SecondLook:
    """The page with and without its text, and what is to be known about the text objects."""

    def __init__(
        self,
        page: Page,
        codes: Ints,
        boxes: Floats,
        places: Ints,
        allowance: Allowance,
    ) -> None:
        self._page, self._codes, self._boxes, self._places = page, codes, boxes, places
        self._allowance = allowance
        self._objects = drawing.text_objects(page, places)
        self._with_text = self._draw()
        self._shape = self._with_text.shape
        self.faint = np.zeros(len(codes), np.bool_)  # of the characters judged, those hardly seen
        self._without = self._draw_without(self._objects)

    def judge(self, doubt: Bools, tiny: Bools) -> tuple[Bools, bool, list[str]]:
        """(which of `doubt` are hidden, whether a scan's text was kept, the reasons)."""
        asked = np.flatnonzero(doubt)
        glyphs = drawing.glyph_boxes(self._page, self._places[asked], self._boxes[asked])
        pixels = self._page.pixels(glyphs, SECOND_SCALE, self._shape)
        # A box may be thinner than a pixel.
        pixels[:, 2:] = np.minimum(
            np.maximum(pixels[:, 2:], pixels[:, :2] + 1), (self._shape[1], self._shape[0])
        )
        seen = plain = _touched(self._differs(self._without), pixels)
        if not seen.all() or _overprinted(self._boxes):
            seen = seen.copy()
            self._judge_by_colour(asked, pixels, seen)
        clear = _touched(self._differs(self._without, FAINT_CONTRAST), pixels)
        self.faint[asked] = seen & ~clear & plain
        seen |= self._lacks_glyph(asked)
        hidden = np.zeros(len(doubt), np.bool_)
        hidden[asked] = ~seen
        hidden = _in_runs(hidden)
        kept = self._recognised(hidden, tiny)
        hidden &= ~kept
        return hidden, bool(kept.any()), self._reasons(np.flatnonzero(hidden))

    def _draw(self) -> npt.NDArray[np.uint8]:
        return drawing.render(self._page, SECOND_SCALE, self._allowance, colour=True)

    def _draw_without(self, objects: Iterable[int]) -> npt.NDArray[np.uint8]:
        with drawing.switched_off(set(objects) - {0}):
            return self._draw()

    def _differs(self, other: npt.NDArray[np.uint8], by: int = SECOND_CONTRAST) -> Bools:
        change = np.maximum(self._with_text, other) - np.minimum(self._with_text, other)
        return np.asarray(change.max(axis=2) >= by)

    def _judge_by_colour(self, asked: Ints, pixels: Ints, seen: Bools) -> None:
        """Judge text that may stand on other text colour by colour, in place."""
        looks = {item: drawing.look(item) for item in set(self._objects)}
        colours: dict[object, list[int]] = {}
        for index, item in enumerate(self._objects):
            colours.setdefault(looks[item], []).append(index)
        rare_first = sorted(colours.values(), key=len)
        for group in rare_first[:GROUPS] if len(rare_first) > 1 else []:
            members = np.isin(asked, group)
            without = self._draw_without(self._objects[i] for i in group)
            seen[members] &= _touched(self._differs(without), pixels[members])

    def _lacks_glyph(self, asked: Ints) -> Bools:
        """(n,) of a font that is not in the file, and so perhaps not on this computer either."""
        exempt = np.zeros(len(asked), np.bool_)
        for index in np.flatnonzero(self._codes[asked] >= _LATIN).tolist():
            exempt[index] = not drawing.is_embedded(self._objects[asked[index]])
        return exempt

    def _recognised(self, hidden: Bools, tiny: Bools) -> Bools:
        """(n,) the hidden characters that name what a scanned picture shows at their place."""
        none = np.zeros(len(hidden), np.bool_)
        if not hidden.any() or (~hidden & ~tiny).mean() > SCAN_VISIBLE:
            return none
        shots = drawing.pictures(self._page)
        if self._page.share(shots) < SCAN_SHARE:
            return none
        places = np.flatnonzero(hidden)
        edges = _edges(self._without[..., :3].max(axis=2), FIRST_CONTRAST)
        pixels = self._page.pixels(self._boxes[places], SECOND_SCALE, self._shape)
        shown = _touched(edges, pixels)
        layer = np.array([drawing.is_unpainted(self._objects[i]) for i in places.tolist()])
        layer |= self._under(shots, pixels)
        # Word by word: a letter may lie beside its ink.
        starts = np.flatnonzero(
            _word_starts(self._boxes[places]) | (np.diff(places, prepend=-9) > 1)
        )
        any_ink = np.logical_or.reduceat(shown, starts)
        none[places] = np.repeat(any_ink, np.diff(starts, append=len(places))) & layer
        return none

    def _under(self, shots: Sequence[drawing.Picture], pixels: Ints) -> Bools:
        """(n,) what comes to light without the pictures."""
        with drawing.switched_off([item for shot in shots for item in shot.items]):
            bare, printed = self._draw_without(self._objects), self._draw()
        change = np.maximum(bare, printed) - np.minimum(bare, printed)
        return _touched(np.asarray(change.max(axis=2) >= SECOND_CONTRAST), pixels)

    def _reasons(self, hidden: Ints) -> list[str]:
        """Why, in words, for a sample of what was hidden; the most frequent first."""
        sample = hidden[:: max(1, len(hidden) // 200)]
        counts: dict[str, int] = {}
        for index in sample.tolist():
            reason = self._reason(index)
            counts[reason] = counts.get(reason, 0) + 1
        return sorted(counts, key=lambda reason: -counts[reason])

    def _reason(self, index: int) -> str:
        height, width = self._shape[:2]
        box = self._page.pixels(self._boxes[index : index + 1], SECOND_SCALE, self._shape)[0]
        if box[0] >= box[2] or box[1] >= box[3]:
            return "outside the page"
        found = drawing.look(self._objects[index])
        if found is None:
            return "covered or cut off"
        *colour, alpha, mode = found
        if mode in drawing.UNPAINTED or alpha < 16:
            return "drawn invisibly"
        y, x = min((box[1] + box[3]) // 2, height - 1), min((box[0] + box[2]) // 2, width - 1)
        beneath = self._without[y, x, ::-1][-3:].astype(int)  # as RGB
        if max(abs(beneath - np.array(colour))) <= 2 * SECOND_CONTRAST:
            return "in the colour of its background"
        return "covered or cut off"
