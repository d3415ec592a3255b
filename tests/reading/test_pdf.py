"""PDF: columns, gaps, ligatures, hyphens, turned pages. Every page is drawn for its test."""

from __future__ import annotations

import pytest
from makers import both, lines_at, pdf
from reportlab.pdfgen.canvas import Canvas

from rolefit.reading import read

LEFT = [f"left {i} about building good software" for i in range(12)]
RIGHT = [f"right {i} about leading large teams" for i in range(12)]
TITLE = "Jane Doe, Senior Engineer of Distributed Systems and Data Platforms in Berlin"


def lines(*pages: object) -> list[str]:
    document = read(pdf(*pages), name="x.pdf")  # type: ignore[arg-type]
    return [document.line_text(line) for line in document.lines]


def title(canvas: Canvas) -> None:
    canvas.drawString(60, 800, TITLE)


def row_by_row(canvas: Canvas) -> None:
    for index, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
        canvas.drawString(60, 760 - 14 * index, left)
        canvas.drawString(320, 760 - 14 * index, right)


@pytest.mark.parametrize("offset", [0, 3, 7])
def test_two_columns_are_read_one_after_the_other(offset: int) -> None:
    page = both(title, lines_at(LEFT, 60), lines_at(RIGHT, 320, 760 + offset))
    assert lines(page) == [TITLE, *LEFT, *RIGHT]


def test_two_columns_are_found_even_if_drawn_row_by_row() -> None:
    assert lines(both(title, row_by_row)) == [TITLE, *LEFT, *RIGHT]


def test_the_right_column_may_be_drawn_first() -> None:
    assert lines(both(lines_at(RIGHT, 320), lines_at(LEFT, 60), title)) == [TITLE, *LEFT, *RIGHT]


def test_a_footer_below_two_columns_comes_last() -> None:
    footer = "References are available on request, together with certificates and transcripts"
    page = both(lines_at([footer], 60, 300), title, lines_at(LEFT, 60), lines_at(RIGHT, 320))
    assert lines(page) == [TITLE, *LEFT, *RIGHT, footer]


SIDEBAR = ["SKILLS", "Python", "Go", "SQL", "Docker", "LANGUAGES", "English", "German"]
BODY = [f"body {i} with a lot of running text about the work done there" for i in range(15)]


def test_a_sidebar_on_the_left_is_read_after_the_main_column() -> None:
    page = both(title, lines_at(SIDEBAR, 40, step=13), lines_at(BODY, 180))
    assert lines(page) == [TITLE, *BODY, *SIDEBAR]


def test_a_sidebar_on_the_right_is_read_after_the_main_column() -> None:
    page = both(title, lines_at(SIDEBAR, 440, step=13), lines_at(BODY, 60))
    assert lines(page) == [TITLE, *BODY, *SIDEBAR]


def test_what_stands_below_a_sidebar_and_the_main_column_comes_last() -> None:
    footer = "References are available on request, together with certificates and transcripts"
    page = both(lines_at([footer], 60, 300), lines_at(SIDEBAR, 40), lines_at(BODY, 180))
    assert lines(page) == [*BODY, *SIDEBAR, footer]


def named(canvas: Canvas) -> None:
    canvas.setFont("Helvetica-Bold", 16)
    canvas.drawString(40, 770, "Jane Doe")
    canvas.setFont("Helvetica", 10)
    lines_at(["Senior Engineer", "jane@doe.example"], 40, 752)(canvas)


def test_a_name_at_the_top_of_a_sidebar_comes_first_with_the_lines_under_it() -> None:
    page = both(named, lines_at(SIDEBAR, 40, 710), lines_at(BODY, 180, 770))
    assert lines(page) == ["Jane Doe", "Senior Engineer", "jane@doe.example", *BODY, *SIDEBAR]


def test_two_lists_within_a_page_are_read_from_left_to_right_however_unequal() -> None:
    wide = [f"Microsoft Office, Salesforce, Quickbooks and number {i}" for i in range(8)]
    text = [
        f"line {i} of the positions, which go from one margin to the other {i}" for i in range(9)
    ]
    page = both(title, lines_at(SIDEBAR, 60), lines_at(wide, 200), lines_at(text, 60, 600))
    assert lines(page) == [TITLE, *SIDEBAR, *wide, *text]


def test_three_equal_columns_are_read_from_left_to_right() -> None:
    columns = [[f"column {n} line {i} of the text" for i in range(9)] for n in range(3)]
    page = both(*(lines_at(column, 40 + 180 * n) for n, column in enumerate(columns)))
    assert lines(page) == [line for column in columns for line in column]


def test_a_sidebar_does_not_part_a_main_column_that_runs_on_over_the_page() -> None:
    document = read(
        pdf(both(lines_at(SIDEBAR, 40), lines_at(BODY, 180)), lines_at(BODY, 180)), name="x.pdf"
    )
    found = [(document.line_text(line), line.page) for line in document.lines]
    pages = [(BODY, 1), (BODY, 2), (SIDEBAR, 1)]
    assert found == [(line, page) for lines, page in pages for line in lines]
    assert document.pages == 2


def test_dates_at_the_right_margin_stay_with_their_jobs() -> None:
    rows = [(f"Company {i} Ltd", f"201{i} to 201{i + 2}") for i in range(6)]

    def page(canvas: Canvas) -> None:
        for index, (company, dates) in enumerate(rows):
            canvas.drawString(60, 760 - 14 * index, company)
            canvas.drawRightString(540, 760 - 14 * index, dates)

    assert lines(page) == [f"{company} {dates}" for company, dates in rows]


def test_headings_in_the_margin_stay_with_their_sections() -> None:
    def page(canvas: Canvas) -> None:
        for block, heading in enumerate(["EXPERIENCE", "EDUCATION", "SKILLS", "HOBBIES"]):
            top = 760 - 80 * block
            canvas.drawString(60, top, heading)
            for row in range(4):
                canvas.drawString(170, top - 14 * row, f"{heading.lower()} {row} running text here")

    found = lines(page)
    assert found[0] == "EXPERIENCE experience 0 running text here"
    assert found[4] == "EDUCATION education 0 running text here"
    assert len(found) == 16


def test_words_parted_only_by_moving_the_pen_are_parted() -> None:
    def page(canvas: Canvas) -> None:
        x = 60.0
        for word in ["Professional", "of", "the", "staff", "journal"]:
            canvas.drawString(x, 700, word)
            x += canvas.stringWidth(word, "Helvetica", 10) + 1.8

    assert lines(page) == ["Professional of the staff journal"]


def test_letters_set_one_by_one_and_kerned_stay_one_word() -> None:
    def page(canvas: Canvas) -> None:
        x = 60.0
        for letter in "AVATAR Table":
            canvas.drawString(x, 700, letter)
            x += canvas.stringWidth(letter, "Helvetica", 10) - 0.6

    assert lines(page) == ["AVATAR Table"]


def test_tracked_capitals_are_read_as_words() -> None:
    def page(canvas: Canvas) -> None:
        text = canvas.beginText(60, 700)
        text.setCharSpace(3)
        text.textLine("WORK EXPERIENCE")
        canvas.drawText(text)

    assert lines(page) == ["WORK EXPERIENCE"]


def test_ligatures_and_accents_are_read_as_letters() -> None:
    text = "Zürich caf\u00e9 naïve office efficient"
    assert lines(lines_at([text], 60)) == [text]


def test_a_hyphen_at_the_end_of_a_line_stays_a_hyphen() -> None:
    found = lines(
        lines_at(["responsible for the develop-", "ment of full-stack soft\u00ad", "ware"], 60)
    )
    assert found == ["responsible for the develop-", "ment of full-stack soft-", "ware"]


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_that_is_shown_turned_is_read_as_it_is_shown(degrees: int) -> None:
    def page(canvas: Canvas) -> None:
        canvas.setPageRotation(degrees)
        canvas.translate(297, 421)
        canvas.rotate(degrees)
        for index, line in enumerate(LEFT):
            canvas.drawString(-150, 100 - 14 * index, line)

    assert lines(page) == LEFT


def test_every_line_knows_its_page() -> None:
    document = read(pdf(*(lines_at([f"page {n}"], 60) for n in (1, 2, 3))), name="x.pdf")
    assert [(document.line_text(line), line.page) for line in document.lines] == [
        ("page 1", 1),
        ("page 2", 2),
        ("page 3", 3),
    ]
    assert document.pages == 3


def test_a_hundred_rows_of_many_columns_take_no_long_time() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 4)
        for row in range(150):
            for column in range(20):
                canvas.drawString(20 + 28 * column, 830 - 5 * row, f"{row}.{column}")

    assert len(lines(page)) >= 150
