"""What a job is called, and at what level it stands."""

from __future__ import annotations

import pytest

from rolefit.language.job_facts import job_facts
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
    ],
)  # fmt: skip
def test_the_title_is_what_the_job_is_called(text: str, title: str) -> None:
    found = job_facts(from_text(text, "job")).title
    assert found is not None
    assert found.value == title
    assert " ".join(text[found.start : found.end].split()) == title


def test_the_level_is_the_title_s_or_what_the_text_calls_it() -> None:
    assert (level := job_facts(from_text("Senior Welder\nWeld", "job")).level)
    assert level.value == "senior"
    assert (level := job_facts(from_text("Welding\nAn entry level job.", "job")).level)
    assert level.value == "entry"
