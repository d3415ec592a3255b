"""pdfium as a draughtsman: pages as pixels, what is drawn beside text, and switching objects off.

Plain integers stand for pdfium's pointers: a third of the cost of pypdfium2's typed arguments, and
a page may hold one object for every character.
"""

from __future__ import annotations

import ctypes
import math
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from rolefit.reading.limits import Allowance

MOST_PIXELS = 4_000_000  # of a page as it is drawn here
UNPAINTED = frozenset({3, 7})  # text render modes that put no ink on the page
_IMAGE, _FORM = pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM
_PATH = pdfium.FPDF_PAGEOBJ_PATH
ENDLESS = 8_000_000.0  # square points around a shape; a page has half a million
_VEIL = 0x40000000  # black at a quarter of its strength: what lies on each other still shows
_DEPTH = 4  # forms inside forms that are searched for pictures

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Box = tuple[float, float, float, float]


def _raw(function: Any, result: Any, *arguments: Any) -> Any:
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.CFUNCTYPE(result, *arguments)(address)


_P, _I = ctypes.c_void_p, ctypes.c_int
code_at = _raw(pdfium.FPDFText_GetUnicode, ctypes.c_uint, _P, _I)
angle_at = _raw(pdfium.FPDFText_GetCharAngle, ctypes.c_float, _P, _I)
box_at = _raw(pdfium.FPDFText_GetLooseCharBox, _I, _P, _I, _P)
_object_at = _raw(pdfium.FPDFPage_GetObject, _P, _P, _I)
_inner_object_at = _raw(pdfium.FPDFFormObj_GetObject, _P, _P, ctypes.c_ulong)
_kind_of = _raw(pdfium.FPDFPageObj_GetType, _I, _P)
_text_object_at = _raw(pdfium.FPDFText_GetTextObject, _P, _P, _I)
_set_active = _raw(pdfium.FPDFPageObj_SetIsActive, _I, _P, _I)
_mode_of = _raw(pdfium.FPDFTextObj_GetTextRenderMode, _I, _P)
_fill_of = _raw(pdfium.FPDFPageObj_GetFillColor, _I, _P, _P, _P, _P, _P)
_stroke_of = _raw(pdfium.FPDFPageObj_GetStrokeColor, _I, _P, _P, _P, _P, _P)
_bounds_of = _raw(pdfium.FPDFPageObj_GetBounds, _I, _P, _P, _P, _P, _P)
_font_of = _raw(pdfium.FPDFTextObj_GetFont, _P, _P)
_is_embedded = _raw(pdfium.FPDFFont_GetIsEmbedded, _I, _P)
_glyph_box_at = _raw(pdfium.FPDFText_GetCharBox, _I, _P, _I, _P, _P, _P, _P)


def address(helper: Any) -> int:
    """The pointer inside a pypdfium2 object."""
    return ctypes.cast(helper.raw, ctypes.c_void_p).value or 0


@dataclass(frozen=True, slots=True)
class Page:
    """An open page, its text page, and where its corner lies."""

    page: pypdfium2.PdfPage
    text: pypdfium2.PdfTextPage
    rotation: int  # clockwise, degrees
    box: Box  # what is shown, in the page's own coordinates: left, bottom, right, top

    @classmethod
    def of(cls, page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> Page:
        rect = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, rect)
        box = (rect.left, rect.bottom, rect.right, rect.top)
        return cls(page, text, page.get_rotation(), box)

    @property
    def width(self) -> float:
        return self.box[2] - self.box[0]

    @property
    def height(self) -> float:
        return self.box[3] - self.box[1]

    def scale(self, wanted: float) -> float:
        # A side has a pixel at least: a page as long as it is thin has more pixels than its area.
        longest, area = max(self.width, self.height), self.width * self.height
        return min(wanted, math.sqrt(MOST_PIXELS / max(area, 1.0)), MOST_PIXELS / max(longest, 1.0))

    def pixels(self, boxes: Floats, wanted: float, shape: tuple[int, ...]) -> Ints:
        """(n, 4) x0, y0, x1, y1 of `boxes` in a drawing of this shape, cut to it."""
        left, bottom, right, top = self.box
        x0, y0, x1, y1 = boxes.T
        sides = {
            0: (x0 - left, top - y1, x1 - left, top - y0),
            90: (y0 - bottom, x0 - left, y1 - bottom, x1 - left),
            180: (right - x1, y0 - bottom, right - x0, y1 - bottom),
            270: (top - y1, right - x1, top - y0, right - x0),
        }[self.rotation]
        placed = np.column_stack(sides) * self.scale(wanted)
        placed[:, :2] = np.floor(placed[:, :2])
        placed[:, 2:] = np.ceil(placed[:, 2:])
        limit = (shape[1], shape[0], shape[1], shape[0])
        return np.clip(np.nan_to_num(placed), 0, limit).astype(np.int64)

    def share(self, pictures: Iterable[Picture]) -> float:
        """Of the page that `pictures` cover."""
        grid = np.zeros((50, 50), np.bool_)
        for picture in pictures:
            left, bottom, right, top = picture.box
            x = (np.array([left, right]) - self.box[0]) / max(self.width, 1) * 50
            y = (np.array([bottom, top]) - self.box[1]) / max(self.height, 1) * 50
            (x0, x1), (y0, y1) = np.clip(np.round([x, y]), 0, 50).astype(int)
            grid[y0:y1, x0:x1] = True
        return float(grid.mean())


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture on a page, or a form that holds pictures."""

    box: Box
    items: tuple[int, ...]  # pdfium's pointers to the pictures


def pictures(page: Page) -> list[Picture]:
    handle = address(page.page)
    count = pdfium.FPDFPage_CountObjects(page.page)
    kinds = np.fromiter(
        map(_kind_of, map(_object_at, repeat(handle), range(count))), np.int8, count
    )
    found: list[Picture] = []
    sides = (ctypes.c_float * 4)()
    start = ctypes.addressof(sides)
    for index in np.flatnonzero(np.isin(kinds, (_IMAGE, _FORM))).tolist():
        item = _object_at(handle, index)
        if items := _pictures_in(item, int(kinds[index]), _DEPTH):
            _bounds_of(item, start, start + 4, start + 8, start + 12)
            left, bottom, right, top = sides
            found.append(Picture((left, bottom, right, top), tuple(items)))
    return found


def _pictures_in(item: int, kind: int, depth: int) -> list[int]:
    if kind == _IMAGE:
        return [item]
    if kind != _FORM or not depth:
        return []
    handle = ctypes.cast(item, pdfium.FPDF_PAGEOBJECT)
    inner = [_inner_object_at(item, i) for i in range(pdfium.FPDFFormObj_CountObjects(handle))]
    return [p for i in inner if i for p in _pictures_in(i, _kind_of(i), depth - 1)]


def endless(page: Page, veiled: bool) -> list[int]:
    """The shapes of damaged files that reach so far that pdfium needs too much memory to draw them.

    Of a shape that it fills and rims through a veil it keeps the whole as pixels, on the page or
    not. `veiled` if all are drawn so.
    """
    handle, count = address(page.page), pdfium.FPDFPage_CountObjects(page.page)
    return [
        item
        for index in range(count)
        for item in _paths_in(_object_at(handle, index), _DEPTH)
        if _reaches_far(item) and (veiled or _is_veiled(item))
    ]


def _paths_in(item: int, depth: int) -> list[int]:
    kind = _kind_of(item) if item else 0
    if kind == _PATH:
        return [item]
    if kind != _FORM or not depth:
        return []
    inner = range(pdfium.FPDFFormObj_CountObjects(ctypes.cast(item, pdfium.FPDF_PAGEOBJECT)))
    return [path for i in inner for path in _paths_in(_inner_object_at(item, i), depth - 1)]


def _reaches_far(item: int) -> bool:
    sides = (ctypes.c_float * 4)()
    start = ctypes.addressof(sides)
    _bounds_of(item, start, start + 4, start + 8, start + 12)
    return not (sides[2] - sides[0]) * (sides[3] - sides[1]) < ENDLESS


def _is_veiled(item: int) -> bool:
    parts = (ctypes.c_uint * 4)()
    start = ctypes.addressof(parts)
    for ask in (_fill_of, _stroke_of):
        if ask(item, start, start + 4, start + 8, start + 12) and parts[3] < 255:
            return True
    return False


@contextmanager
def switched_off(objects: Iterable[int]) -> Iterator[None]:
    """Without these objects, whatever is drawn meanwhile."""
    objects = list(objects)
    for item in objects:
        _set_active(item, 0)
    try:
        yield
    finally:
        for item in objects:
            _set_active(item, 1)


def render(
    page: Page, wanted: float, allowance: Allowance, colour: bool = False, bare: bool = False
) -> npt.NDArray[np.uint8]:
    """(height, width, 1 or 4) of the page on white paper.

    `bare` is without text and with all areas and rules as veils of grey, to see where they end.
    Raises LimitError.
    """
    scale = page.scale(wanted)
    sideways = page.rotation in (90, 270)
    w, h = (page.height, page.width) if sideways else (page.width, page.height)
    width, height = max(1, round(w * scale)), max(1, round(h * scale))
    channels = 4 if colour else 1
    pixels = np.full((height, (width + 3) // 4 * 4, channels), 255, np.uint8)
    kind = pdfium.FPDFBitmap_BGRx if colour else pdfium.FPDFBitmap_Gray
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, kind, pixels.ctypes.data, pixels.strides[0])
    flags = pdfium.FPDF_ANNOT | (0 if colour else pdfium.FPDF_GRAYSCALE)
    end = allowance.started + allowance.limits.seconds
    pause = pdfium.IFSDK_PAUSE()
    pause.version = 1
    # pdfium asks now and then; a yes ends the drawing, and the clock below says why.
    pause.NeedToPauseNow = type(pause.NeedToPauseNow)(lambda _: time.monotonic() > end)
    place = (bitmap, page.page, 0, 0, width, height, 0, flags)
    try:
        if bare:
            scheme = pdfium.FPDF_COLORSCHEME(_VEIL, _VEIL, 0, 0)
            pdfium.FPDF_RenderPageBitmapWithColorScheme_Start(*place, scheme, pause)
        else:
            pdfium.FPDF_RenderPageBitmap_Start(*place, pause)
    finally:
        pdfium.FPDF_RenderPage_Close(page.page)
        pdfium.FPDFBitmap_Destroy(bitmap)
    allowance.check_clock()
    return pixels[:, :width]


def text_objects(page: Page, places: Ints) -> list[int]:
    """The object that each character belongs to; 0 where there is none."""
    handle = address(page.text)
    return [item or 0 for item in map(_text_object_at, repeat(handle), places.tolist())]


def glyph_boxes(page: Page, places: Ints, loose: Floats) -> Floats:
    """(n, 4) boxes around the ink; those of `loose` where pdfium knows none."""
    handle = address(page.text)
    boxes = loose.copy()
    sides = (ctypes.c_double * 4)()  # left, right, bottom, top
    start = ctypes.addressof(sides)
    for index, place in enumerate(places.tolist()):
        if _glyph_box_at(handle, place, start, start + 8, start + 16, start + 24):
            left, right, bottom, top = sides
            if math.inf > right > left > -math.inf and math.inf > top > bottom > -math.inf:
                boxes[index] = left, bottom, right, top
    return boxes


def look(item: int) -> tuple[int, int, int, int, int] | None:
    """(red, green, blue, alpha, render mode) of a text object."""
    if not item:
        return None
    mode = _mode_of(item)
    parts = (ctypes.c_uint * 4)()
    start = ctypes.addressof(parts)
    ask = _stroke_of if mode in (1, 5) else _fill_of
    if not ask(item, start, start + 4, start + 8, start + 12):
        return None
    red, green, blue, alpha = parts
    return red, green, blue, alpha, mode


def is_embedded(item: int) -> bool:
    font = _font_of(item) if item else None
    return bool(font) and _is_embedded(font) == 1


def is_unpainted(item: int) -> bool:
    """Whether a text object is drawn as most programs draw recognised text: without ink."""
    found = look(item)
    return found is None or found[4] in UNPAINTED or found[3] < 16
