"""Layouts for hidden.py that hide nothing: dates beside what they date, floats, charts, marks."""

from __future__ import annotations

import io
import zipfile

from makers import docx, paragraph, pdf
from reportlab.pdfgen.canvas import Canvas

Cells = list[tuple[float, float, str]]
TABLE = [
    ["From", "To", "Position", "Employer"],
    ["05/2019", "Present", "Head Gardener|and Florist", "Northwind|Parks"],
    ["03/2015", "04/2019", "Gardener", "Contoso Ltd"],
    ["01/2012", "02/2015", "Trainee", "Contoso Ltd"],
]
LEFT = ["Contact", "a@b.org", "Dayton", "Skills", "Hedges", "Lawns", "Languages", "Spanish"]
RIGHT = ["Ada Byron", "Gardener", "Experience", "Northwind Parks", "2015 - 2019", "Dug", "Sowed"]


def layouts() -> dict[str, bytes]:
    page = "<style>.r{float:right}.l{float:left}</style><h1>Ada Byron</h1>"
    rows = "<p><b>Gardener</b><span class=r>May 2019</span><p><i class=l>Apr 2015</i>Florist</p>"
    marked = "\u202aGardener\u202c\n\u202bMay 2019\u202c \u2013 \u2067now\u2069"
    link = "Ada Byron\nwww.example.org/in/ada-\nbyron-01 (page)\n"
    return {
        "beside.pdf": _drawn(_beside()),
        "table.pdf": _drawn(_table()),
        "row-by-row.pdf": _drawn(_row_by_row()),
        "floats.html": (page + rows).encode(),
        "marks.txt": f"{marked}\n{link}".encode(),
        "chart.docx": _with_parts("word/charts/chart1.xml", "word/charts/style1.xml"),
        "diagrams.docx": _with_parts("word/diagrams/data.xml", "word/charts/chart2.xml"),
    }


def _drawn(cells: Cells) -> bytes:
    def draw(canvas: Canvas) -> None:
        for x, y, text in cells:
            canvas.drawString(x, y, text)

    return pdf(draw)


def _beside() -> Cells:
    """Dates of two rows each, beside what they date."""
    cells: Cells = [(60, 780, "Ada Byron"), (60, 750, "Work in four gardens of the old town")]
    for number, (first, last) in enumerate([("May 2019 -", "Present"), ("Mar 2015 -", "Apr 2019")]):
        y = 700.0 - 80 * number
        cells += [(60, y, first), (60, y - 14, last)]
        cells += [(150, y, f"Gardener {number}"), (150, y - 14, "Northwind Parks, Dayton")]
        cells += [(150, y - 28, "Planted hedges and cut the lawns of the park")]
    return cells


def _table() -> Cells:
    return [
        (x, 700.0 - 40 * number - 14 * place, part)
        for number, row in enumerate(TABLE)
        for x, cell in zip((60.0, 130.0, 200.0, 330.0), row, strict=True)
        for place, part in enumerate(cell.split("|"))
    ]


def _row_by_row() -> Cells:
    return [
        cell
        for number, (one, other) in enumerate(zip(LEFT, [*RIGHT, "Mowed"], strict=True))
        for cell in ((60.0, 700.0 - 14 * number, one), (160.0, 700.0 - 14 * number, other))
    ]


def _with_parts(*parts: str) -> bytes:
    whole = io.BytesIO(docx(paragraph("Ada Byron") + paragraph("Gardener, 2015 - 2019")))
    with zipfile.ZipFile(whole, "a") as archive:
        for part in parts:
            archive.writestr(zipfile.ZipInfo(part), "<d/>")
    return whole.getvalue()
