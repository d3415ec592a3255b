"""What text in a DOCX lies in: tables with their rows and cells, text boxes."""

from __future__ import annotations

from dataclasses import dataclass, field

from rolefit.reading.wordcolours import UNKNOWN, Colour, number, shade
from rolefit.reading.wordshapes import Shape
from rolefit.reading.wordstyles import OFF, Styles

LOW = 40  # twips (2 points): the height of a line or row, the width of a cell that shows nothing
_MERGED = "in a cell that is merged with another"


@dataclass(slots=True)
class _Ground:
    kind: str  # "tbl", "tr", "tc" or "txbxContent"
    colour: Colour | None = None  # None: that of the ground below
    hidden: str = ""  # why everything in it is not seen
    style: str = ""  # of a table
    fixed: bool = False  # whether a table's columns are as wide as they say, whatever they hold
    widths: list[float] = field(default_factory=list)  # of a table's columns
    width: float | None = None  # of a cell
    column: int = 0  # of a cell; of a row that of its next cell
    span: int = 1  # columns of a cell
    down: set[int] = field(default_factory=set)  # columns whose cell goes on in the row below
    across: bool = False  # whether a row's last cell, or this one, goes on in the next


class Grounds:
    """The open ones, outermost first."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._open: list[_Ground] = []

    def open(self, kind: str, shape: Shape | None = None) -> None:
        ground = _Ground(kind)
        if kind == "txbxContent":
            ground.colour, ground.hidden = (shape.fill, shape.unseen) if shape else (UNKNOWN, "")
        elif kind == "tc" and (row := self._last("tr")):
            ground.column = row.column
        self._open.append(ground)

    def close(self) -> None:
        if not self._open:
            return
        ground = self._open.pop()
        if ground.kind == "tc" and (row := self._last("tr")):
            row.column += ground.span
            row.across = ground.across
        elif ground.kind == "tr" and (table := self._last("tbl")):
            table.down = ground.down

    def _last(self, kind: str) -> _Ground | None:
        return next((g for g in reversed(self._open) if g.kind == kind), None)

    def say(self, parent: str, name: str, given: dict[str, str]) -> None:
        """A property of the table, row or cell that is open."""
        if not self._open:
            return
        ground = self._open[-1]
        if name == "shd":
            ground.colour = shade(given)
        elif name == "tblStyle":
            ground.style = given.get("val", "")
            if self._styles.is_filled(ground.style):
                ground.colour = UNKNOWN
        elif name == "tblLayout":
            ground.fixed = given.get("type") == "fixed"
        elif name == "gridCol":
            ground.widths.append(number(given.get("w")) or 0.0)
        elif parent == "trPr":
            self._say_of_row(ground, name, given)
        elif parent == "tcPr":
            self._say_of_cell(ground, name, given)

    def _say_of_row(self, row: _Ground, name: str, given: dict[str, str]) -> None:
        if name == "trHeight" and given.get("hRule") == "exact":
            height = number(given.get("val"))
            if height is not None and height <= LOW:
                row.hidden = "in a row without height"
        elif name == "hidden" and given.get("val", "true") not in OFF:
            row.hidden = "formatted as hidden"
        elif name == "gridBefore":
            row.column = _count(given.get("val"))

    def _say_of_cell(self, cell: _Ground, name: str, given: dict[str, str]) -> None:
        row, table = self._last("tr"), self._last("tbl")
        if not row or not table:
            return
        going_on = given.get("val", "continue") == "continue"
        if name == "tcW" and given.get("type", "dxa") == "dxa":
            cell.width = number(given.get("w"))
        elif name == "gridSpan":
            cell.span = max(1, _count(given.get("val")))
        elif name == "vMerge":
            if going_on and cell.column in table.down:
                cell.hidden = _MERGED
            row.down.add(cell.column)
        elif name == "hMerge":
            if going_on and row.across:
                cell.hidden = _MERGED
            cell.across = True

    @property
    def hidden(self) -> str:
        """Why all that is said here is not seen; "" if it is."""
        if found := next((g.hidden for g in reversed(self._open) if g.hidden), ""):
            return found
        table: _Ground | None = None
        for ground in self._open:
            if ground.kind == "tbl":
                table = ground
            elif ground.kind == "tc" and table and table.fixed:
                column = slice(ground.column, ground.column + ground.span)
                grid = sum(table.widths[column]) if table.widths[column] else None
                width = ground.width if ground.width is not None else grid
                if width is not None and width <= LOW and (grid is None or grid <= LOW):
                    return "in a cell without width"
        return ""

    @property
    def colour(self) -> Colour | None:
        return next((g.colour for g in reversed(self._open) if g.colour is not None), None)

    @property
    def table_style(self) -> str:
        table = self._last("tbl")
        return table.style if table else ""


def _count(text: str | None) -> int:
    """Of columns; Word has 63 at most."""
    return (
        min(int(text), 100) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0
    )
