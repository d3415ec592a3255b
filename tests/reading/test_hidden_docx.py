"""Words that a Word document does not show are left out; those that are hard to see are named."""

from __future__ import annotations

import pytest
from hiding_docx import (
    DOUBTFUL,
    HIDDEN,
    HONEST,
    SECRET,
    SHOWN,
    STYLED,
    WHITE,
    cell,
    code,
    document,
    either,
    picture,
    rows,
    run,
    table_style,
)

from rolefit.reading import read


def notices(data: bytes) -> dict[str, str]:
    return {notice.code: notice.message for notice in read(data, name="x.docx").notices}


@pytest.mark.parametrize("name", HIDDEN)
def test_what_a_document_does_not_show_is_left_out(name: str) -> None:
    reason, body = HIDDEN[name]
    data = document(body)
    found = read(data, name="x.docx")
    assert not set(SECRET.split()) & set(found.text.split())
    assert set(SHOWN) <= set(found.text.splitlines())
    assert reason in notices(data)["hidden-text"]
    whole = read(data, name="x.docx", with_hidden=True)
    assert (SECRET in whole.text, whole.notices) == (True, ())


@pytest.mark.parametrize("name", DOUBTFUL)
def test_what_is_hard_to_see_is_read_and_named(name: str) -> None:
    reason, body = DOUBTFUL[name]
    data = document(body)
    assert SECRET in read(data, name="x.docx").text
    said = notices(data)
    assert set(said) == {"hard-to-see"}
    assert said["hard-to-see"] == f"3 words are hard to see ({reason}); they were read."


@pytest.mark.parametrize("name", HONEST)
def test_what_a_document_shows_is_read_without_a_word(name: str) -> None:
    data = document(HONEST[name])
    assert SECRET in read(data, name="x.docx").text
    assert notices(data) == {}


def test_a_table_style_colours_the_letters_of_its_cells() -> None:
    body = rows(cell("", run("")), of_table=STYLED)
    assert SECRET not in read(document(body, table_style(WHITE)), name="x").text
    assert SECRET in read(document(body, table_style('<w:color w:val="333333"/>')), name="x").text


def test_of_two_versions_the_one_that_word_knows_is_read() -> None:
    assert read(document(either("bogus")), name="x").text.splitlines()[0] == "plain"
    bogus = 'xmlns:wps="urn:somewhere"'
    assert read(document(either("wps", bogus)), name="x").text.splitlines()[0] == "plain"


def test_a_field_without_an_end_hides_nothing_of_what_follows() -> None:
    body = code("IF 1 = 1", inside="x", result="", ends=False).replace('"separate"', '"begin"')
    assert set(SHOWN) <= set(read(document(body), name="x").text.splitlines())


def test_a_large_picture_in_front_of_the_text_is_named() -> None:
    assert set(notices(document(run("") + picture(9_000_000)))) == {"covered"}
