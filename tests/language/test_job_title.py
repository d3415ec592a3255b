"""What a job is called, and at what level it stands."""

from __future__ import annotations

import pytest

from rolefit.language.job_facts import job_facts
from rolefit.language.title_words import spelt
from rolefit.prepare import job_titles
from rolefit.reading import from_text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Senior Nurse\nWork with us", "Senior Nurse"),
        ("Job title: Clerk\nDuties", "Clerk"),
        ("Welcome to Oakline, a shop that welds.\nPosition: Welder II\nDuties", "Welder II"),
        (
            "We are looking for a Data Analyst to join our team of nine in the hills of Ohio.",
            "Data Analyst",
        ),
        (
            "Oakline, a maker of gates and doors, seeks an experienced Welder who likes hills.",
            "Welder",
        ),
        ("Sales Clerk (Part-Time)\nDuties", "Sales Clerk"),
        ("Paralegal - Up to $30/hr\nDuties", "Paralegal"),
        ("Nurse with verification\nAbout the job", "Nurse"),
        ("Cook - Boise, ID\nDuties", "Cook"),
        ("$2K + Recruiter - Growing Firm\nYou find people for our clients.", "Recruiter"),
        ("Registered Nurse - Nights - $45/hr - Dublin\nDuties", "Registered Nurse"),
        ("Halden Foods\nOslo\n\nWe are hiring a Sous Chef for our new canteen.", "Sous Chef"),
        (
            "Job Purpose:\nThe Warehouse Operative unloads lorries and picks orders by scanner.",
            "Warehouse Operative",
        ),
        ("Job title: Zymurgist\nYou look after our yeast.", "Zymurgist"),
    ],
)  # fmt: skip
def test_the_title_is_what_the_job_is_called(text: str, title: str) -> None:
    found = job_facts(from_text(text, "job")).title
    assert found is not None
    assert found.value == title
    assert " ".join(text[found.start : found.end].split()) == title


def test_a_text_that_names_no_job_has_no_title_and_the_text_stands_for_it() -> None:
    text = "Our lake is deep and cold.\nYou swim well, know the tides, and are never in a hurry."
    facts = job_facts(from_text(text, "job"))
    assert facts.title is None
    assert job_titles(facts) == ()


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("UX researcher", "user experience researcher"),
        ("FLT Driver", "forklift Driver"),
        ("RN / LPN", "registered nurse / licensed practical nurse"),
        ("Unregistered barn owner", "Unregistered barn owner"),
    ],
)
def test_a_short_name_is_spelt_out_for_the_vector_of_a_title(short: str, long: str) -> None:
    assert spelt(short) == long


def test_the_level_is_the_title_s_or_what_the_text_calls_it() -> None:
    assert (level := job_facts(from_text("Senior Welder\nWeld", "job")).level)
    assert level.value == "senior"
    assert (level := job_facts(from_text("Welding\nAn entry level job.", "job")).level)
    assert level.value == "entry"
