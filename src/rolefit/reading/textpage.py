"""One page's characters with their boxes, as pdfium tells them.

A box is as high as its line and as wide as advance and ink together, until `take_advance_widths`
narrows it to the advance; `turned` lays the boxes out as a turned page is shown.
"""

from __future__ import annotations

import ctypes
from collections import deque
from itertools import repeat
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from rolefit.reading import drawing
from rolefit.reading.limits import Allowance

Codes = npt.NDArray[np.int64]
Boxes = npt.NDArray[np.float64]

_HYPHENS = (0x02, 0xAD, 0xFFFE)  # what pdfium makes of a hyphen at a line's end; it is drawn as "-"
_CHUNK = 2000  # characters between two looks at the clock


def characters_of(
    textpage: pypdfium2.PdfTextPage, allowance: Allowance
) -> tuple[Codes, Boxes, Codes]:
    """What is drawn: (n,) code points, (n, 4) left, bottom, right, top, (n,) numbers in pdfium."""
    count = textpage.count_chars()
    codes = _codes(textpage, count)
    raw = np.zeros((count, 4), np.float32)  # as in FS_RECTF: left, top, right, bottom
    handle, address = drawing.address(textpage), raw.ctypes.data
    for start in range(0, count, _CHUNK):
        allowance.check_clock()
        chunk = range(start, min(start + _CHUNK, count))
        addresses = range(address + 16 * start, address + 16 * chunk.stop, 16)
        deque(map(drawing.box_at, repeat(handle), chunk, addresses), 0)
    boxes = raw[:, [0, 3, 2, 1]].astype(np.float64)
    # Blanks that pdfium invents have no height; layout finds the gaps by itself.
    # What has no place at all, not even a number, is drawn nowhere.
    placed = np.isfinite(boxes).all(axis=1)
    drawn = np.flatnonzero(placed & (boxes[:, 3] - boxes[:, 1] > 0.01))
    return _plain_codes(codes[drawn]), boxes[drawn], drawn


def _codes(textpage: pypdfium2.PdfTextPage, count: int) -> Codes:
    """(count,) code points, asked for at once where that gives one unit for each character."""
    units = np.zeros(count + 1, np.uint16)
    pointer = units.ctypes.data_as(ctypes.POINTER(ctypes.c_ushort))
    given = pdfium.FPDFText_GetText(textpage, 0, count, pointer) if count else 0
    if given == count + 1 and not ((units >= 0xD800) & (units < 0xE000)).any():
        return units[:count].astype(np.int64)
    handle = drawing.address(textpage)
    return np.fromiter(map(drawing.code_at, repeat(handle), range(count)), np.int64, count)


def _plain_codes(codes: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Hyphens as hyphens; control characters, noncharacters and odd blanks as a blank."""
    codes = np.where(np.isin(codes, _HYPHENS), ord("-"), codes)
    blank = (codes <= 32) | (codes == 0xA0) | (codes == 0xFFFF) | ((codes >= 127) & (codes < 160))
    return np.where(blank, 32, codes)


def take_advance_widths(
    textpage: pypdfium2.PdfTextPage,
    drawn: npt.NDArray[np.int64],
    codes: npt.NDArray[np.int64],
    boxes: npt.NDArray[np.float64],
) -> None:
    """Narrow the boxes, in place, from "advance and ink" to the advance alone.

    The tip of an "f" or the tail of a "j" sticks out of its advance and would hide a word's gap.
    What sticks out is the same for every character of one code and box size, so one is asked.
    """
    # (n, 2) in 1/20 point; cut in time: a box may be larger than any integer
    size = np.clip(np.round((boxes[:, 2:] - boxes[:, :2]) * 20), 0, 0xFFFFF).astype(np.int64)
    # One number for the three is sorted ten times faster than rows are.
    key = codes << 40 | size[:, 0] << 20 | size[:, 1]
    kinds, first, members = np.unique(key, return_index=True, return_inverse=True)
    shift = np.zeros((len(kinds), 2))  # of the left edge, of the right edge
    width, matrix = ctypes.c_float(), pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    for kind, index in enumerate(first.tolist()):
        place = int(drawn[index])
        textobject = pdfium.FPDFText_GetTextObject(textpage, place)
        font = pdfium.FPDFTextObj_GetFont(textobject) if textobject else None
        if not font or not pdfium.FPDFText_GetMatrix(textpage, place, matrix):
            continue
        if matrix.a <= 0 or abs(matrix.b) > 0.01 * matrix.a:  # turned or mirrored text
            continue
        em = pdfium.FPDFText_GetFontSize(textpage, place)
        pdfium.FPDFFont_GetGlyphWidth(font, int(codes[index]), em, width)
        pdfium.FPDFText_GetCharOrigin(textpage, place, x, y)
        left, right = float(boxes[index, 0]), float(boxes[index, 2])
        advance = width.value * matrix.a
        if left <= x.value < right and 0.3 * (right - left) < advance <= right - left + 0.01:
            shift[kind] = x.value - left, min(0.0, x.value + advance - right)
    shifts = shift[members.reshape(-1)]
    # The letters of a ligature share one box, which is the advance of none of them.
    shared = np.all(np.abs(np.diff(boxes, axis=0)) < 0.01, axis=1)
    shifts[1:][shared] = 0
    shifts[:-1][shared] = 0
    boxes[:, [0, 2]] += shifts


def turned(boxes: npt.NDArray[np.float64], rotation: int) -> npt.NDArray[np.float64]:
    """The boxes as they lie on a page that is shown turned clockwise by `rotation` degrees."""
    left, bottom, right, top = boxes.T
    sides: dict[int, tuple[Any, ...]] = {
        90: (bottom, -right, top, -left),
        180: (-right, -top, -left, -bottom),
        270: (-top, left, -bottom, right),
    }
    return np.column_stack(sides[rotation]) if rotation in sides else boxes
