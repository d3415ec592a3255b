"""Which way the text of a page runs: most of it one way, what is turned against that apart.

A person reads a page upright and a line that is turned (in the margin, across the page) by itself;
row by row its letters would stand among the words of the lines beside it. A heading that is turned
into the margin is read before what stands beside it.

Angles are whole degrees, clockwise, as the page is shown.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import repeat

import numpy as np
import numpy.typing as npt
import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from rolefit.reading import drawing
from rolefit.reading.headed import is_heading
from rolefit.reading.layout import order_of
from rolefit.reading.pieces import Characters, Piece, pieces_of, same_row
from rolefit.reading.textpage import Boxes, Codes, turned

SLOPE = 15.0  # degrees that a line may lean and still be read as an upright one
APART = 1.05  # sizes of type from the middle of a letter to that of the next word's first
BREAK = 3.0  # and of the next line's

Angles = npt.NDArray[np.int64]
_ODD = -1  # turned by no right angle


@dataclass(frozen=True, slots=True)
class Letters:
    """Characters of a page, in the order they are drawn."""

    codes: Codes  # (n,) code points; blanks are 32
    boxes: Boxes  # (n, 4) left, bottom, right, top, in the page's own coordinates
    places: Codes  # (n,) numbers in pdfium

    def only(self, which: npt.NDArray[np.bool_]) -> Letters:
        return Letters(self.codes[which], self.boxes[which], self.places[which])


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a page says: pieces of the direction that most of it has, and lines of the others."""

    pieces: list[Piece]
    aside: list[str]
    bottom: float  # of the page, as its pieces are laid out
    top: float

    @property
    def text(self) -> str:
        """In no order."""
        return "\n".join([*(piece.text for piece in self.pieces), *self.aside])

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()


def sheet_of(
    page: pypdfium2.PdfPage,
    textpage: pypdfium2.PdfTextPage,
    letters: Letters,
    tick: Callable[[], None],
) -> Sheet:
    """These characters of a page; `tick` is called now and then."""
    rotation = page.get_rotation()
    angles = _angles(textpage, letters, rotation)
    ink = angles[letters.codes != 32]
    counts = {way: int((ink == way).sum()) for way in (0, 90, 180, 270)}
    main = max(counts, key=lambda way: counts[way])
    turn = (rotation - main) % 360
    _, bottom, _, top = turned(np.array([drawing.Page.of(page, textpage).box]), turn)[0].tolist()
    aside: list[str] = []
    sheet = Sheet(pieces_of(_laid(letters.only(angles == main), turn), tick), aside, bottom, top)
    if (angles == main).all():
        return sheet
    for way in counts:
        if way != main and counts[way]:
            their = (rotation - way) % 360
            pieces = []
            for piece in pieces_of(_laid(letters.only(angles == way), their), tick):
                box = turned(turned(_box(piece), -their % 360), turn)[0].tolist()
                if not (is_heading(piece.text) and _set_above(sheet.pieces, piece.text, box)):
                    pieces.append(piece)
            aside += order_of(pieces, tick)
    aside += _strings(textpage, letters.only(angles == _ODD), tick)
    return sheet


def _laid(letters: Letters, turn: int) -> Characters:
    return Characters(letters.codes, turned(letters.boxes, turn))


def _angles(textpage: pypdfium2.PdfTextPage, letters: Letters, rotation: int) -> Angles:
    """(n,) 0, 90, 180, 270, or _ODD."""
    handle = drawing.address(textpage)
    asked = map(drawing.angle_at, repeat(handle), letters.places.tolist())
    radians = np.fromiter(asked, np.float64, len(letters.places))
    shown = (np.degrees(np.nan_to_num(np.maximum(radians, 0.0))) + rotation) % 360
    nearest = (np.round(shown / 90) * 90).astype(np.int64)
    angles = np.where(np.abs(shown - nearest) <= SLOPE, nearest % 360, _ODD)
    # Type of a negative size stands upright where its matrix says that it hangs.
    hanging = angles == 180
    if hanging.any() and _runs_back(_laid(letters.only(hanging), (rotation - 180) % 360)):
        angles[hanging] = 0
    return angles


def _runs_back(characters: Characters) -> bool:
    """Whether what is drawn later mostly stands further left, on its row."""
    left, bottom, _, _ = characters.boxes[characters.codes != 32].T
    on_row = np.abs(np.diff(bottom)) < 0.1
    steps = np.diff(left)[on_row]
    return bool(len(steps)) and float(np.median(steps)) < 0


def _box(piece: Piece) -> Boxes:
    return np.array([[piece.left, piece.bottom, piece.right, piece.top]])


def _set_above(pieces: list[Piece], heading: str, box: Sequence[float]) -> bool:
    """Put a heading before the first piece of the first row on its right; False if none is."""
    left, bottom, _, top = box
    beside = [p for p in pieces if p.left > left and p.bottom < top and p.top > bottom]
    if not beside:
        return False
    highest = max(beside, key=lambda p: p.middle)
    first = min((p for p in beside if same_row(p, highest)), key=lambda p: p.left)
    pieces[pieces.index(first)] = replace(first, text=f"{heading}\n{first.text}")
    return True


def _strings(
    textpage: pypdfium2.PdfTextPage, letters: Letters, tick: Callable[[], None]
) -> list[str]:
    """Lines of what leans or follows a curve, as it was drawn."""
    lines: list[str] = []
    text, before = "", (0.0, 0.0, 0.0)
    matrix = pdfium.FS_MATRIX()
    lists = letters.codes.tolist(), letters.boxes.tolist(), letters.places.tolist()
    for code, (left, bottom, right, top), place in zip(*lists, strict=True):
        tick()
        if code == 32:
            text += " "
            continue
        pdfium.FPDFText_GetMatrix(textpage, place, matrix)
        size = pdfium.FPDFText_GetFontSize(textpage, place) * math.hypot(matrix.a, matrix.b)
        x, y = (left + right) / 2, (bottom + top) / 2
        step = math.hypot(x - before[0], y - before[1]) / max(size, before[2], 0.1)
        if text.strip() and step > BREAK:
            lines.append(text)
            text = ""
        elif step > APART:
            text += " "
        text += chr(code)
        before = x, y, size
    return [" ".join(line.split()) for line in [*lines, text] if line.strip()]
