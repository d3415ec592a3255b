"""Boxes of a page whose place decides whether a text is seen: columns, boxes too small for it."""

from __future__ import annotations

from dataclasses import dataclass, field

from rolefit.reading.csslook import Style, is_cut
from rolefit.reading.cssvalues import pixels

TALL = 20_000.0  # pixels; nobody looks for text below an empty box of that height
_MOST = 1000  # columns of a table


@dataclass(slots=True)
class Box:
    """An open element, as far as its place matters."""

    tag: str = ""
    unseen: str = ""  # why nothing in it is seen
    height: float = 0.0  # that it takes from the box around, pixels
    around: Box | None = None  # the nearest box that cuts off what is lower than itself
    left: float = 0.0  # of such a box: its height that is not yet used up
    cuts: bool = False

    @property
    def too_small(self) -> str:
        """Why text at this point is cut off; "" if it is not."""
        window = self if self.cuts else self.around
        while window is not None:
            if window.left <= 0:
                return "in a box too small for it"
            window = window.around
        return ""


@dataclass(slots=True)
class _Table:
    hidden: set[int] = field(default_factory=set)  # columns
    columns: int = 0  # that were named so far
    cells: int = 0  # of the open row


class Boxes:
    """Follows the elements of a page."""

    def __init__(self) -> None:
        self.doubt = ""  # why what follows is hard to see
        self._tables: list[_Table] = []

    def open(
        self, tag: str, style: Style, given: dict[str, str | None], parent: Box, flows: bool
    ) -> Box:
        """`flows` if it is a line of its own, below what came before it."""
        window = parent if parent.cuts else parent.around
        box = Box(tag, around=window)
        if flows:
            for name in ("margin-top", "padding-top"):
                _take(window, pixels(style.get(name, "")))
            box.height = pixels(style.get("height", "")) or 0.0
        height = pixels(style.get("height", "") or style.get("max-height", ""))
        if height is not None and height > 0 and is_cut(style) and "min-height" not in style:
            box.cuts, box.left = True, height
        if tag == "table":
            self._tables.append(_Table())
        elif self._tables:
            self._part(self._tables[-1], tag, style, given, box)
        return box

    def _part(
        self, table: _Table, tag: str, style: Style, given: dict[str, str | None], box: Box
    ) -> None:
        """Of a table: columns that are collapsed hide their cells."""
        if tag == "tr":
            table.cells = 0
        elif tag == "col":
            count = _count(given.get("span"))
            if style.get("visibility") == "collapse":
                table.hidden |= set(range(table.columns, table.columns + count))
            table.columns += count
        elif tag in ("td", "th"):
            if table.cells in table.hidden:
                box.unseen = "formatted as hidden"
            table.cells += _count(given.get("colspan"))

    def close(self, box: Box) -> None:
        if box.tag == "table" and self._tables:
            self._tables.pop()
        _take(box.around, box.height)
        if box.height >= TALL:
            self.doubt = "far below the rest"


def _take(window: Box | None, height: float | None) -> None:
    if window is not None and height is not None and height > 0:
        window.left -= height


def _count(text: str | None) -> int:
    text = (text or "").strip()
    return min(int(text), _MOST) or 1 if text.isascii() and text.isdigit() and len(text) < 9 else 1
