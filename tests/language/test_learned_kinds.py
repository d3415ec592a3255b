"""What is learned of a resume's lines: which head a section, and what is said not to be there."""

from __future__ import annotations

import pytest

from rolefit.language import sections
from rolefit.language.claim_kinds import KINDS, MODEL, shares, shares_of_all
from rolefit.language.denied import undenied
from rolefit.language.heading_kinds import kind_of
from rolefit.reading import from_text


def test_headings_in_peoples_own_words_open_their_section() -> None:
    lines = {
        "WHERE I HAVE WORKED": "experience", "Clinical experience": "experience",
        "Tickets and licences": "certificates", "SCHOOLING": "education",
        "What I am good at": "skills", "TOOLS I USE": "skills", "About me": "summary",
        "Languages spoken": "languages",
    }  # fmt: skip
    found = {line: kind_of("", line, "Northwind Foods, Dayton, 2016 - 2021") for line in lines}
    right = sum(found[line] == kind for line, kind in lines.items())
    assert right >= len(lines) - 1, found


@pytest.mark.parametrize(
    "line",
    ["SENIOR CARE ASSISTANT", "Northwind Foods Ltd", "Head Baker", "2016 - 2021", "- Excel, Word",
     "Dayton, Ohio", "Led a team of five.", "jo@example.com", "555 0100"],
)  # fmt: skip
def test_titles_employers_and_items_head_nothing(line: str) -> None:
    assert kind_of("", line, "2016 - 2021") == ""


def test_what_stands_on_top_heads_nothing() -> None:
    assert sections.find("PASTRY CHEF\nBerlin\n").names == ()


def test_of_what_is_named_in_one_sentence_one_may_be_held_and_the_other_not() -> None:
    held = shares("LICENCES", "", " held since 2012, no forklift ticket")
    denied = shares("LICENCES", "HGV held since 2012, no ", "")
    assert held[0] > 0.5 > denied[0]


def test_shares_are_probabilities_whatever_is_read() -> None:
    for text in ("", " ", "n't", "\u2019\u2018", "no " * 2000, "\U0001f600 no SAP"):
        for found in (shares_of_all("", text), shares(text, text, text)):
            assert len(found) == len(KINDS) == len(MODEL["bias"])
            assert sum(found) == pytest.approx(1.0)
            assert min(found) >= 0.0


def test_denials_are_not_read_and_claims_beside_them_are() -> None:
    text = (
        "Cook, Leeds\n\n"
        "EXPERIENCE\nRan the grill for four years without a complaint.\n"
        "I have no experience with pastry or baking.\n"
        "I have never used a sous-vide bath or a smoker.\n\n"
        "CERTIFICATES\nLevel 2 food hygiene, 2022\nFirst aid: expired 2018\n"
    )
    read = undenied(from_text(text, "cook")).text
    assert len(read) == len(text)
    for kept in ("grill for four years without a complaint", "Level 2 food hygiene, 2022"):
        assert kept in read
    for gone in ("pastry", "smoker", "First aid"):
        assert gone not in read


def test_a_resume_that_denies_nothing_is_left_as_it_is() -> None:
    document = from_text("Driver, Cork\n\nNo accidents in ten years.\nFull licence.\n", "driver")
    assert undenied(document) is document
