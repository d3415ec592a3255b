"""A score does not depend on where the sections of a resume stand."""

from __future__ import annotations

import itertools

import pytest

from rolefit.language.section_order import in_order
from rolefit.prepare import resume_as_read
from rolefit.reading import from_text

TOP = "Ana Example\nNetwork technician\nana@example.com\n\n"
SECTIONS = (
    "SUMMARY\nKeeps three offices online.\n\n",
    "WORK EXPERIENCE\nNetwork technician, Northwind, Dayton\n2016 - 2021\n- Ran the cabling.\n\n",
    "EDUCATION\nBSc Computer Science, 2015\n\n",
    "SKILLS\nCisco switches, Linux\n\n",
    "TICKETS AND LICENCES\nForklift licence, 2019\n\n",
)


def read(text: str) -> str:
    return in_order(from_text(text, "resume"))[0].text


@pytest.mark.parametrize("order", list(itertools.permutations(SECTIONS))[::11])
def test_sections_are_read_in_one_order(order: tuple[str, ...]) -> None:
    assert read(TOP + "".join(order)).split() == read(TOP + "".join(SECTIONS)).split()


def test_what_stands_on_top_stays_on_top_and_no_word_is_lost() -> None:
    text = TOP + "".join(reversed(SECTIONS))
    assert read(text).startswith(TOP)
    assert sorted(read(text).split()) == sorted(text.split())


def test_a_text_in_order_is_left_as_it_is() -> None:
    once = read(TOP + "".join(SECTIONS))
    document = from_text(once, "resume")
    ordered, moved = in_order(document)
    assert ordered is document
    assert moved.back("nothing with a span") == "nothing with a span"


def test_facts_lie_where_they_stand_in_the_original() -> None:
    text = TOP + "".join(SECTIONS)
    read_as = resume_as_read(from_text(text, "resume"))
    facts = read_as.moved.back(read_as.facts)
    (position,) = facts.positions
    assert position.title is not None
    assert text[position.title.start : position.title.end] == "Network technician"
    assert text[position.start : position.end].startswith("Network technician, Northwind")
    (degree,) = facts.education
    assert text[degree.start : degree.end].startswith("BSc")
    for skill in read_as.moved.back(read_as.skills):
        for mention in skill.mentions:
            assert text[mention.start : mention.end].strip()


def test_the_last_section_without_a_line_break_moves_whole() -> None:
    text = TOP + SECTIONS[2] + SECTIONS[1].rstrip()
    ordered = read(text)
    assert ordered.index("WORK EXPERIENCE") < ordered.index("EDUCATION")
    assert "- Ran the cabling.\nEDUCATION" in ordered


def test_a_heading_before_a_colon_moves_nothing() -> None:
    text = "Ana Example\n\nSkills: Linux, Cisco\nWrote scripts.\n\nEXPERIENCE\nTechnician, 2019\n"
    assert read(text) == text


def test_parts_of_a_position_stay_in_it() -> None:
    position = (
        "EXPERIENCE\nTechnician, Northwind\n2016 - 2021\nKey duties: cabling\nTools: Linux\n\n"
    )
    ordered = read(TOP + SECTIONS[2] + position)
    assert position.rstrip() in ordered
