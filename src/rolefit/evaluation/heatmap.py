"""A table of scores as a picture: HTML cells for the page, PNG for documents.

The PNG is drawn with Pillow, which reportlab, of the same extra, brings along. The standard library
could write the file as well, but not the names of rows and columns, without which it says nothing.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from rolefit.records import FloatArray

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont, ImageFont

MIDDLE, HIGH = 50, 62  # from here on the number is turned: on the dark page, on both
_LOW, _TOP = (244, 242, 238), (20, 73, 143)  # as proof.css has them
_INK, _PAPER, _MISS = (29, 33, 38), (255, 255, 255), (163, 38, 27)
_LEFT, _ABOVE, _WIDE, _HIGH = 180, 150, 46, 26  # pixels: names at the side and above, a cell


@dataclass(frozen=True, slots=True, eq=False)
class Heatmap:
    """Scores 0-100, a row a resume and a column a job; `own` cells are framed."""

    title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: FloatArray  # (rows, columns)
    own: npt.NDArray[np.bool_]
    false: npt.NDArray[np.bool_]  # cells that should not be so high
    every: int  # rows that belong together

    def html(self) -> str:
        """A table that reads as numbers where colours are not seen."""
        head = "".join(
            f"<th scope=col><span class=turned>{escape(name)}</span></th>" for name in self.columns
        )
        body = ""
        for index, (name, values) in enumerate(zip(self.rows, self.values, strict=True)):
            cells = "".join(self._cell(index, column, v) for column, v in enumerate(values))
            first = " class=first" if index % self.every == 0 and index else ""
            body += f"<tr{first}><th scope=row>{escape(name)}</th>{cells}</tr>"
        return (
            f"<h2>{escape(self.title)}</h2><p class=soft>Framed: resume and job of one profession. "
            "Dashed: across professions, and too high.</p>"
            "<div class=scroll tabindex=0><table class=heat>"
            f"<thead><tr><th></th>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        )

    def _cell(self, row: int, column: int, value: float) -> str:
        marks = ["own"] * bool(self.own[row, column]) + ["false"] * bool(self.false[row, column])
        marks += ["high" if value >= HIGH else "middle"] * bool(value >= MIDDLE)
        named = f' class="{" ".join(marks)}"' if marks else ""
        return f'<td{named} style="--s:{value:.0f}">{value:.0f}</td>'

    def png(self) -> bytes:
        """The same on white. Needs Pillow."""
        from PIL import Image, ImageDraw, ImageFont

        width = _LEFT + _WIDE * len(self.columns) + 20
        height = _ABOVE + _HIGH * len(self.rows) + 20
        image = Image.new("RGB", (width, height), _PAPER)
        draw, font = ImageDraw.Draw(image), ImageFont.load_default(14)
        for row, name in enumerate(self.rows):
            draw.text((_LEFT - 10, self._top(row) + _HIGH / 2), name, _INK, font, anchor="rm")
            for column in range(len(self.columns)):
                self._draw(draw, font, row, column)
        for column, name in enumerate(self.columns):
            strip = Image.new("RGB", (_ABOVE - 16, _WIDE), _PAPER)
            ImageDraw.Draw(strip).text((0, _WIDE / 2), name, _INK, font, anchor="lm")
            image.paste(strip.rotate(90, expand=True), (_LEFT + column * _WIDE, 8))
        file = io.BytesIO()
        image.save(file, "PNG", optimize=True)
        return file.getvalue()

    def _top(self, row: int) -> int:
        return _ABOVE + row * _HIGH + 2 * (row // self.every)

    def _draw(self, draw: ImageDraw, font: FreeTypeFont | ImageFont, row: int, column: int) -> None:
        value = float(self.values[row, column])
        left, top = _LEFT + column * _WIDE, self._top(row)
        box = (left, top, left + _WIDE - 2, top + _HIGH - 2)
        ground = tuple(round(a + (b - a) * value / 100) for a, b in zip(_LOW, _TOP, strict=True))
        edge = _MISS if self.false[row, column] else _INK if self.own[row, column] else None
        draw.rectangle(box, fill=ground, outline=edge, width=2 if edge else 0)
        middle = (left + _WIDE / 2 - 1, top + _HIGH / 2 - 1)
        draw.text(middle, f"{value:.0f}", _PAPER if value >= HIGH else _INK, font, anchor="mm")
