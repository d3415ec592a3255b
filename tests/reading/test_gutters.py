"""Columns of a PDF with hardly a gap between them, drawn column by column and row by row."""

from __future__ import annotations

import pytest
from makers import both, lines_at, pdf
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from rolefit.reading import read

LEFT = [
    "Contact", "ines@calvo.example", "+1 555 010 9999", "Bergen, Norway", "Skills",
    "Night passages", "Ferries and tugs", "Radar by hand", "Languages", "Spanish (fluent)",
]  # fmt: skip
RIGHT = [
    "Ines Calvo", "Experience", "Harbour pilot, Northwind Shipping", "May 2019 - Present",
    "Brings ships of every size into the port", "Mate, Contoso Ferries",
    "March 2015 - April 2019", "Stood watch on the night ferry", "Education", "Diploma, 2014",
]  # fmt: skip


def columns(gutter: float, by_rows: bool) -> object:
    def draw(canvas: Canvas) -> None:
        widest = max(canvas.stringWidth(text, "Helvetica", 10) for text in LEFT)
        cells = [
            (x, 760 - 14 * row, text)
            for x, texts in ((50.0, LEFT), (50 + widest + gutter, RIGHT))
            for row, text in enumerate(texts)
        ]
        for x, y, text in sorted(cells, key=lambda cell: -cell[1]) if by_rows else cells:
            canvas.drawString(x, y, text)

    return draw


@pytest.mark.parametrize("by_rows", [False, True])
@pytest.mark.parametrize("gutter", [4, 6, 8, 10, 14, 30])
def test_a_narrow_gutter_parts_columns(gutter: float, by_rows: bool) -> None:
    document = read(pdf(columns(gutter, by_rows)), name="a.pdf")  # type: ignore[arg-type]
    assert document.text.splitlines() == [*RIGHT, *LEFT]
    assert document.columns == (2,)


def test_columns_are_told_page_by_page() -> None:
    more = ["Further training", "Course on tugs, Bergen, 2018", "Talk on radar in Oslo, 2019"]
    document = read(pdf(columns(8, True), lines_at(more, 50)), name="a.pdf")  # type: ignore[arg-type]
    assert document.columns == (2, 1)
    assert document.text.splitlines() == [*RIGHT, *more, *LEFT]


ROWS = [f"{word} the ships of the old port, row {n} of nine" for n, word in enumerate(
    "Brings Takes Leads Moves Stops Turns Loads Clears Counts".split())]  # fmt: skip


@pytest.mark.parametrize("font", ["Courier", "Helvetica"])
def test_words_below_each_other_make_no_columns(font: str) -> None:
    same = ["Brought the ships of the port in", "Brought the ferry of the town in"] * 5

    def page(canvas: Canvas) -> None:
        canvas.setFont(font, 10)
        lines_at([*same, *ROWS], 60)(canvas)

    document = read(pdf(page), name="a.pdf")
    assert document.text.splitlines() == [*same, *ROWS]
    assert document.columns == (1,)


def test_justified_text_makes_no_columns() -> None:
    text = " ".join(ROWS * 4)
    style = ParagraphStyle("x", alignment=4, fontSize=10, leading=13)

    def page(canvas: Canvas) -> None:
        paragraph = Paragraph(text, style)
        paragraph.wrapOn(canvas, 240, 800)
        paragraph.drawOn(canvas, 60, 300)

    document = read(pdf(page), name="a.pdf")
    assert " ".join(document.text.split()) == text
    assert document.columns == (1,)


@pytest.mark.parametrize("sign", ["-", "\u2022", "(step)", "No. 1 of"])
def test_signs_before_lines_make_no_column(sign: str) -> None:
    def page(canvas: Canvas) -> None:
        for row, text in enumerate(ROWS):
            canvas.drawString(60, 760 - 14 * row, sign)
            canvas.drawString(66 + canvas.stringWidth(sign, "Helvetica", 10), 760 - 14 * row, text)

    document = read(pdf(both(page)), name="a.pdf")
    assert document.text.splitlines() == [f"{sign} {text}" for text in ROWS]
