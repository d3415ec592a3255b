"""What a document says, cut into the smallest things that it says."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from rolefit.errors import EmptyDocumentError
from rolefit.language.runs import RUN
from rolefit.language.units import units
from rolefit.reading import from_text
from rolefit.records import Document, Line

PIECES = [
    "• ", "- ", "· ", "* ", "|", "||", "1. ", "o ", "Skills:", "Requirements", "RESPONSIBILITIES",
    "\n", "\n\n", "\r\n", "\t", " ", "  ", ". ", ".", "; ", ";", ", ", "?", "!", ":", ")", "(",
    "McDonald", "JavaScript", "iPhone", "Self-starter, able to workunder pressureAdept at",
    "skills", "Preferred2+ years", "www.a.com/TheRole", "a@b.com", "and", "Ability to lift",
    "e.g. ", "U.S. ", "\u200b", "\ufeff", "\u00a0", "é", "ß", "İ", "📧", "x" * 90, "\x00", "\x85",
    "What You'll Do ", "Must have", "3-5 years of experience", "managed a team of five and",
]  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=120), st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
)


def texts(text: str) -> list[str]:
    document = from_text(text, "text")
    return [document.line_text(unit) for unit in units(document)]


@settings(deadline=None)
@given(TEXTS)
@example("• \n•")
@example("a|" * 200)
@example("Skills: " + "x, " * 300)
@example(("Manage " * 80 + "\n") * 3)
def test_every_visible_character_belongs_to_exactly_one_unit_in_order(text: str) -> None:
    try:
        document = from_text(text, "text")
    except EmptyDocumentError:
        return
    assume(not RUN.search(document.text))  # what a break in a run without end falls on is lost
    last = 0
    said = ""
    for unit in units(document):
        assert last <= unit.start < unit.end
        last = unit.end
        piece = document.line_text(unit)
        assert piece == piece.strip()
        said += piece
    assert "".join(said.split()) == "".join(document.text.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "skills:Self-starter, able to workunder pressureAdept at multi-tasking",
            ["skills:", "Self-starter, able to workunder pressure", "Adept at multi-tasking"],
        ),
        (
            "Experience in bookkeepingMS Word and Excel requiredComputer savvy",
            ["Experience in bookkeeping", "MS Word and Excel required", "Computer savvy"],
        ),
        ("ResponsibilitiesCreate a plan", ["Responsibilities", "Create a plan"]),
        (
            "Some College Preferred2+ years' experience",
            ["Some College Preferred", "2+ years' experience"],
        ),
        ("in business since 1990Leader in tools", ["in business since 1990", "Leader in tools"]),
        ("contracts (as needed)Maintain files", ["contracts (as needed)", "Maintain files"]),
        ("Plan the day.Lead the team.", ["Plan the day.", "Lead the team."]),
        ("DALLAS, TX OR AUSTIN, TXThe analyst", ["DALLAS, TX OR AUSTIN, TX", "The analyst"]),
        (
            "Keep the kitchen clean Must have a food card",
            ["Keep the kitchen clean", "Must have a food card"],
        ),
    ],
)
def test_sentences_run_together_are_cut_apart(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "JavaScript, TypeScript, MySQL and PostgreSQL",
        "Ronald McDonald and Anna MacLeod",
        "an iPhone, an iPad and eCommerce",
        "a PhD from MIT",
        "PowerPoint, SharePoint, LinkedIn, GitHub, QuickBooks",
        "GraphQL, NoSQL, jQuery, OpenCV, macOS, VMware",
        "Node.js, ASP.NET and Vue.js",
        "see www.example.com/TheRole for more",
        "mail JoinUs@example.com",
        "Dr. Smith of St. Mary's, e.g. in the U.S. Army",
        "Smith Inc. and Jones Ltd.",
        "1. Open the shop",
        "Skills: Python, SQL, Excel, Tableau, R",
        "Excel • Word",
    ],
)
def test_names_abbreviations_and_short_lists_stay_whole(text: str) -> None:
    assert texts(text) in ([text], ["Excel", "• Word"])


def test_a_bullet_is_joined_with_its_wrapped_lines() -> None:
    text = (
        "• Managed the day to day work of nine nurses on two wards, and planned\n"
        "the rota for the whole of the winter.\n"
        "• Trained new staff.\n"
    )
    assert [" ".join(unit.split()) for unit in texts(text)] == [
        "• Managed the day to day work of nine nurses on two wards, and planned the rota for the "
        "whole of the winter.",
        "• Trained new staff.",
    ]


def test_a_blank_line_a_bullet_or_a_full_stop_ends_a_paragraph() -> None:
    wide = "Planned the rota for the whole of the long and very busy winter season"
    assert len(texts(f"{wide}\n\nand more")) == 2
    assert len(texts(f"{wide}\n• and more")) == 2
    assert len(texts(f"{wide}.\nand more")) == 2
    assert len(texts(f"{wide}\nand more")) == 1


def test_short_lines_of_a_list_are_not_joined() -> None:
    assert texts("Skills\njava\nsql\nPython") == ["Skills", "java", "sql", "Python"]


def joined(text: str) -> list[str]:
    return [" ".join(unit.split()) for unit in texts(text)]


WIDE = (
    "I have planned the rota of two wards for nine years, with the nurses who\n"
    "work there and the people who pay for it, and half of that time I taught:\n"
    "Infection control, first aid and what to say to a family, to all who came\n"
    "new to the house.\n"
    "- Led the change from paper to tablets on two wards, which was shown in\n"
    "Hartwell and at two other houses, and trained forty nurses in ten weeks.\n"
)


def test_a_narrow_column_below_a_wide_one_is_joined_by_its_own_width() -> None:
    narrow = "Wards | Medicine, surgery, two\nyears of intensive care, a little\nmaternity"
    assert joined(f"{WIDE}\nSKILLS\n{narrow}")[-1] == " ".join(narrow.split())


def test_running_text_goes_on_after_a_colon_and_before_a_capital() -> None:
    found = joined(WIDE)
    assert any("half of that time I taught: Infection control" in unit for unit in found)
    assert any("shown in Hartwell and at two other houses" in unit for unit in found)


def test_a_heading_or_title_below_a_full_line_begins_a_unit() -> None:
    item = "- Led the change from paper to tablets on two wards and in the day clinics"
    for heading in ("Education", "Personal Information", "Ward Manager"):
        assert joined(f"{WIDE}{item}\n{heading}")[-1] == heading


def test_a_heading_in_mid_text_is_a_unit_of_its_own() -> None:
    text = (
        "We make lamps for theatres and concert halls all over the country and like it. "
        "Key Responsibilities: Mount lamps in theatres. Repair what the last show broke. "
        "Minimum Qualifications Two years of work on stage. A head for heights and a steady hand. "
        "Nice To Have: A driving licence and a van that holds a ladder of four metres."
    )
    assert [unit for unit in texts(text) if len(unit.split()) < 4] == [
        "Key Responsibilities:",
        "Minimum Qualifications",
        "Nice To Have:",
    ]


def test_bars_and_dashes_part_the_items_of_a_long_line() -> None:
    items = [f"Item number {i} of the list says this and that" for i in range(12)]
    assert [unit.strip("|- ") for unit in texts("|".join(items))] == items
    assert [unit.strip("|- ") for unit in texts("- ".join(items))] == items


def test_units_are_no_longer_than_forty_words_or_three_hundred_characters() -> None:
    sentence = "We plan and build, test and mend, wash and paint " * 30
    listed = "We use " + ", ".join(f"skill number {i}" for i in range(100))
    for unit in [*texts(sentence), *texts(listed)]:
        assert len(unit.split()) <= 40
        assert 15 <= len(unit) <= 300


def test_a_unit_has_the_page_on_which_it_begins() -> None:
    first, second = "The first page says this.", "The second page says that."
    text = f"{first}\n{second}"
    lines = (Line(0, len(first), 1), Line(len(first) + 1, len(text), 2))
    document = Document("two.pdf", text, lines, "pdf", 2, "")
    assert [unit.page for unit in units(document)] == [1, 2]


def test_a_document_without_lines_has_no_units() -> None:
    assert units(Document("empty", "", (), "text", 1, "")) == ()
