"""What stands in the margins of a PDF: turned text, and heads and feet that every page repeats."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from makers import both, lines_at, pdf
from reportlab.pdfgen.canvas import Canvas

from rolefit.reading import read

Draw = Callable[[Canvas], None]
BODY = [
    "Ines Calvo",
    "Experience",
    "Harbour pilot, Northwind Shipping",
    "May 2019 - Present",
    "Brings ships of every size into the port, by day and by night",
    "Mate, Contoso Ferries",
    "March 2015 - April 2019",
]


def lines(*pages: Draw) -> list[str]:
    document = read(pdf(*pages), name="x.pdf")
    return [document.line_text(line) for line in document.lines]


def turned(text: str, x: float, y: float, degrees: float, size: float = 10) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.setFont("Helvetica", size)
        canvas.translate(x, y)
        canvas.rotate(degrees)
        canvas.drawString(0, 0, text)
        canvas.restoreState()

    return draw


@pytest.mark.parametrize(("degrees", "x", "y"), [(90, 56, 640), (270, 52, 770), (90, 500, 620)])
def test_a_turned_line_in_the_margin_is_read_by_itself(degrees: float, x: float, y: float) -> None:
    note = turned("Curriculum vitae of Ines, 2026", x, y, degrees)
    assert lines(both(note, lines_at(BODY, 60))) == [*BODY, "Curriculum vitae of Ines, 2026"]


def test_turned_lines_side_by_side_are_read_in_their_own_order() -> None:
    notes = both(turned("first line", 20, 500, 90), turned("second line", 34, 500, 90))
    assert lines(both(notes, lines_at(BODY, 60)))[-2:] == ["first line", "second line"]


@pytest.mark.parametrize("degrees", [30, 45, 60, 200])
def test_letters_across_the_page_leave_the_text_below_them_whole(degrees: float) -> None:
    x, y = (120, 450) if degrees < 90 else (500, 760)
    stamp = turned("CONFIDENTIAL DRAFT COPY", x, y, degrees, 24)
    found = lines(both(lines_at(BODY, 60), stamp))
    assert found[: len(BODY)] == BODY
    assert found[len(BODY) :] == ["CONFIDENTIAL DRAFT COPY"]


def test_a_line_upside_down_is_not_read_backwards() -> None:
    found = lines(both(lines_at(BODY, 60), turned("See the other side", 400, 702, 180)))
    assert found == [*BODY, "See the other side"]


def test_a_heading_turned_into_the_margin_comes_before_what_it_heads() -> None:
    work = turned("EXPERIENCE", 40, 680, 90, 14)
    school = turned("EDUCATION", 40, 540, 90, 14)
    studies = ["Nautical college of Bergen", "Diploma, 2014"]
    page = both(work, lines_at(BODY[2:], 60), school, lines_at(studies, 60, 620))
    assert lines(page) == ["EXPERIENCE", *BODY[2:], "EDUCATION", *studies]


@pytest.mark.parametrize("degrees", [90, 270])
def test_a_page_whose_text_is_all_turned_is_read_as_it_runs(degrees: float) -> None:
    def page(canvas: Canvas) -> None:
        canvas.translate(297, 421)
        canvas.rotate(degrees)
        lines_at(BODY, -150, 100)(canvas)

    assert lines(page) == BODY


def test_type_of_a_negative_size_is_read_upright() -> None:
    def page(canvas: Canvas) -> None:
        text = canvas.beginText()
        for row, line in enumerate(BODY):
            text._code.append(f"-1 0 0 -1 60 {760 - 14 * row} Tm /F1 -10 Tf ({line}) Tj")
        canvas.drawText(text)

    assert lines(page) == BODY


def leaf(number: int, head: str = "", foot: str = "", body: tuple[str, ...] = ()) -> Draw:
    """A page of its own text between two lines."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 812, head)
        canvas.drawCentredString(297, 25, foot)
        lines_at(body or work(number), 60)(canvas)

    return draw


def work(number: int) -> tuple[str, ...]:
    return f"Firm number {number}", f"Brought in the ship {number * 7}", "Wrote the log"


def test_heads_and_feet_of_all_pages_are_kept_once() -> None:
    pages = [
        leaf(n, "Curriculum Vitae \u2013 Ines Calvo", f"Ines Calvo \u2013 Page {n} of 3")
        for n in (1, 2, 3)
    ]
    body = [line for n in (1, 2, 3) for line in work(n)]
    head, foot = "Curriculum Vitae \u2013 Ines Calvo", "Ines Calvo \u2013 Page 3 of 3"
    assert lines(*pages) == [head, *body, foot]


@pytest.mark.parametrize(
    "mark", ["{}", "- {} -", "{} / 2", "Page {}", "Seite {} von 2", "Ines Calvo | {}", "p. {}"]
)
def test_numbers_of_pages_do_not_part_what_runs_on_over_the_page(mark: str) -> None:
    found = lines(*(leaf(n, foot=mark.format(n)) for n in (1, 2)))
    assert found == [*work(1), *work(2), mark.format(2)]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Project 1", "Project 2"),
        ("Responsibilities:", "Responsibilities:"),
        ("Experience", "Experience"),
        ("2019 - 2021", "2019 - 2021"),
        ("\u2022 Wrote the log", "\u2022 Wrote the log"),
        ("2019", "2020"),
        ("Page 1 of 2", "Page 1 of 2"),
    ],
)
def test_lines_of_the_text_are_kept_wherever_they_stand(one: str, two: str) -> None:
    found = lines(leaf(1, one), leaf(2, two))
    assert found == [one, *work(1), two, *work(2)]


def test_the_first_line_of_the_text_is_no_head_though_pages_begin_alike() -> None:
    bodies = [("Harbour pilot", f"Northwind {n}", "Wrote the log") for n in (1, 2)]
    pages = [leaf(n + 1, body=body) for n, body in enumerate(bodies)]
    assert lines(*pages) == [line for body in bodies for line in body]


def test_a_name_in_large_letters_is_not_repeated_by_the_heads_of_later_pages() -> None:
    def first(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 20)
        canvas.drawString(60, 780, "Ines Calvo")
        canvas.setFont("Helvetica", 10)
        lines_at(work(1), 60, 740)(canvas)

    pages = [leaf(n, "Ines Calvo") for n in (2, 3)]
    assert lines(first, *pages) == ["Ines Calvo", *work(1), *work(2), *work(3)]


def test_a_page_that_is_nothing_but_its_head_keeps_it() -> None:
    heads = [lines_at([f"Page {n}"], 60) for n in (1, 2, 3)]
    assert lines(*heads) == ["Page 1", "Page 2", "Page 3"]


def test_a_stamp_on_every_page_is_kept_once() -> None:
    stamp = turned("Copy for Northwind", 30, 400, 90)
    found = lines(*(both(leaf(n), stamp) for n in (1, 2)))
    assert found == [*work(1), "Copy for Northwind", *work(2)]
