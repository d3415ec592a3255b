"""Layouts of real resumes: dates beside what they date, floats, marks of direction, charts."""

from __future__ import annotations

import io
import zipfile

import pytest
from makers import docx, paragraph
from reportlab.pdfgen.canvas import Canvas

from rolefit.language.personal import find_masks
from rolefit.reading import from_text, read

Cell = tuple[float, float, str]


def drawn(cells: list[Cell]) -> str:
    """The text of a page with these pieces, drawn in this order."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for x, y, text in cells:
        canvas.drawString(x, y, text)
    canvas.save()
    return read(buffer.getvalue(), name="a.pdf").text


def test_dates_in_a_column_are_read_with_what_they_date() -> None:
    cells: list[Cell] = [
        (60, 780, "Ada Byron"),
        (60, 750, "Work Experience in four bakeries of the town"),
    ]
    for number, (first, last) in enumerate([("May 2019 -", "Present"), ("Mar 2015 -", "Apr 2019")]):
        y = 700.0 - 80 * number
        cells += [(60, y, first), (60, y - 14, last)]
        cells += [(150, y, f"Baker {number}"), (150, y - 14, "Northwind Foods, Dayton")]
        cells += [(150, y - 28, "Kneaded dough and baked bread for the shop")]
    lines = drawn(cells).splitlines()
    assert lines[2:6] == [
        "May 2019 - Present", "Baker 0", "Northwind Foods, Dayton",
        "Kneaded dough and baked bread for the shop",
    ]  # fmt: skip
    assert lines[6] == "Mar 2015 - Apr 2019"


def test_wrapped_cells_of_a_row_are_read_whole() -> None:
    cells: list[Cell] = []
    columns = (60.0, 130.0, 200.0, 330.0)
    rows = [
        ["From", "To", "Position", "Employer"],
        ["05/2019", "Present", "Head Baker|and Miller", "Northwind|Foods"],
        ["03/2015", "04/2019", "Baker", "Contoso Ltd"],
        ["01/2012", "02/2015", "Trainee", "Contoso Ltd"],
    ]
    for number, row in enumerate(rows):
        for x, cell in zip(columns, row, strict=True):
            for place, part in enumerate(cell.split("|")):
                cells.append((x, 700.0 - 40 * number - 14 * place, part))
    text = drawn(cells)
    assert "05/2019\tPresent\tHead Baker and Miller\tNorthwind Foods" in text


def test_columns_drawn_row_by_row_are_columns_where_both_have_headings() -> None:
    left = ["Contact", "a@b.org", "Dayton", "Skills", "Bread", "Rolls", "Languages", "Spanish"]
    right = [
        "Ada Byron",
        "Baker",
        "Experience",
        "Baker, Northwind",
        "2015 - 2019",
        "Baked",
        "Sold",
        "Ran",
    ]
    cells = [
        cell
        for number, (one, other) in enumerate(zip(left, right, strict=True))
        for cell in ((60.0, 700.0 - 14 * number, one), (160.0, 700.0 - 14 * number, other))
    ]
    text = drawn(cells)
    assert "\n".join(right) in text
    assert "\n".join(left) in text


@pytest.mark.parametrize("side", ["left", "right"])
def test_what_floats_does_not_stick_to_its_neighbour(side: str) -> None:
    page = f"<style>.d{{float:{side}}}</style><p><b>Baker</b><span class=d>May 2019</span></p>"
    assert read(page.encode(), name="a.html").text == "Baker\tMay 2019"


@pytest.mark.parametrize("position", ["absolute", "fixed"])
def test_what_is_placed_elsewhere_does_not_stick_to_its_neighbour(position: str) -> None:
    date = f"<span style='position:{position};right:0'>May 2019</span>"
    for page, text in (
        (f"<p><b>Baker</b>{date}</p>", "Baker\tMay 2019"),
        (f"<p>{date}<b>Baker</b></p>", "May 2019\tBaker"),
    ):
        assert read(page.encode(), name="a.html").text == text


def test_marks_of_direction_are_left_out() -> None:
    assert (
        from_text("\u202aMay 2019\u202c \u2013 \u202bnow\u202c", "t").text == "May 2019 \u2013 now"
    )


def test_a_link_that_goes_on_in_the_next_line_is_masked_whole() -> None:
    text = "Ada Byron\nwww.example.org/in/ada-\nbyron-01 (page)\n\nExperience\nBaker\n"
    contacts = [
        text[m.start : m.end] for m in find_masks(from_text(text, "t")) if m.kind == "contact"
    ]
    assert contacts == ["www.example.org/in/ada-\nbyron-01"]


def test_charts_of_a_word_file_are_named_in_a_notice() -> None:
    whole = io.BytesIO(docx(paragraph("Ada Byron")))
    with zipfile.ZipFile(whole, "a") as archive:
        archive.writestr("word/diagrams/data1.xml", "<d/>")
    codes = [notice.code for notice in read(whole.getvalue(), name="a.docx").notices]
    assert codes == ["charts"]
