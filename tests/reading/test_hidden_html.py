"""Words that a web page does not show are left out; those that are hard to see are named."""

from __future__ import annotations

import pytest
from hiding_html import DOUBTFUL, HIDDEN, HONEST, LINKED, PACKED, SECRET, SHOWN, page, ruled

from rolefit.errors import EmptyDocumentError
from rolefit.reading import read
from rolefit.reading.cssmedia import applies


def notices(data: bytes) -> dict[str, str]:
    return {notice.code: notice.message for notice in read(data, name="x.html").notices}


@pytest.mark.parametrize("name", HIDDEN)
def test_what_a_page_does_not_show_is_left_out(name: str) -> None:
    reason, body, style = HIDDEN[name]
    data = page(body, style)
    found = read(data, name="x.html")
    assert not set(SECRET.split()) & set(found.text.split())
    assert set(SHOWN) <= set(found.text.splitlines())
    assert reason in notices(data)["hidden-text"]
    whole = read(data, name="x.html", with_hidden=True)
    assert (SECRET in whole.text, whole.notices) == (True, ())


@pytest.mark.parametrize("name", DOUBTFUL)
def test_what_is_hard_to_see_is_read_and_named(name: str) -> None:
    reason, body = DOUBTFUL[name]
    data = page(body)
    assert SECRET in read(data, name="x.html").text
    assert f"({reason})" in notices(data)["hard-to-see"]


@pytest.mark.parametrize("name", HONEST)
def test_what_a_page_shows_is_read_without_a_word(name: str) -> None:
    data = page(*HONEST[name])
    assert SECRET in read(data, name="x.html").text
    assert notices(data) == {}


@pytest.mark.parametrize("link", [LINKED, PACKED])
def test_a_sheet_that_an_address_holds_is_followed(link: str) -> None:
    assert SECRET not in read(page(ruled(), head=link), name="x").text


def test_a_page_that_shows_nothing_says_so() -> None:
    with pytest.raises(EmptyDocumentError, match="a person would see no text in it, 11 words"):
        read(page("", style="p{color:#fff}"), name="x")


@pytest.mark.parametrize(
    ("condition", "applied"),
    [
        ("screen, print", True),
        ("print", False),
        ("not all and (hover)", False),
        ("(not (hover: none))", True),
        ("(min-width: 20em) and ((orientation: portrait) or (color))", True),
        ("(orientation: portrait)", False),
        ("(min-width: 100cm)", False),
        ("(something-new)", False),
        ("(" * 60, False),
    ],
)
def test_conditions_are_asked_of_a_usual_desktop(condition: str, applied: bool) -> None:
    assert applies(condition) is applied
