"""Small files that would cost a parser out of all proportion are refused before it sees them."""

from __future__ import annotations

import re

import makers
import pytest

from rolefit.errors import DamagedFileError, LimitError
from rolefit.reading import Limits, read

MANY_ATTRIBUTES = "<p " + " ".join(f"a{i}=1" for i in range(5_000)) + ">text</p>"
OPEN_FORMATTING = "<b><i><u>" * 400 + "<p>text" * 20_000


@pytest.mark.parametrize(
    ("page", "says"),
    [
        (MANY_ATTRIBUTES, "attributes"),
        (OPEN_FORMATTING, "formatting open"),
        ("<p>x" * 250_000, "tags"),
        ("<div>" * 5_000 + "x", "nest|inside"),
    ],
)
def test_mark_up_that_a_parser_would_choke_on_is_refused_by_its_cause(page: str, says: str) -> None:
    with pytest.raises(LimitError, match=re.compile(says)):
        read(f"<!doctype html><title>t</title>{page}".encode(), name="page.html")


def test_an_honest_page_with_much_of_each_is_read() -> None:
    row = "<tr><td class='a' id=b data-c=d><b>Nurse</b> <i>ward</i></td></tr>"
    document = read(f"<!doctype html><table>{row * 3_000}</table>".encode(), name="page.html")
    assert document.text.count("Nurse ward") == 3_000


def test_word_files_nested_beyond_the_limit_are_refused() -> None:
    deep = "<w:p>" * 5_000 + "</w:p>" * 5_000
    with pytest.raises((LimitError, DamagedFileError)):
        read(makers.docx(deep), name="deep.docx")


def test_the_limit_on_attributes_can_be_raised() -> None:
    document = read(
        f"<!doctype html>{MANY_ATTRIBUTES}".encode(),
        name="page.html",
        limits=Limits(attributes=6_000),
    )
    assert document.text.strip() == "text"


def test_a_style_sheet_made_to_fool_its_pattern_is_passed_in_time() -> None:
    sheet = "@media" * 20_000 + "{" * 10_000
    document = read(
        f"<!doctype html><style>{sheet}</style><p>Nurse".encode(),
        name="page.html",
        limits=Limits(seconds=20),
    )
    assert "Nurse" in document.text
