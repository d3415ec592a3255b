"""How many years a line asks for, and what is counted in years but asks for none."""

from __future__ import annotations

import pytest

from rolefit.language.levels import level_of
from rolefit.language.years_asked import years_in


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("5 years of experience", 5.0),
        ("5+ years experience", 5.0),
        ("3-5 years of experience", 3.0),
        ("3 to 5 years of experience", 3.0),
        ("five (5) years of experience", 5.0),
        ("(5) five years of experience", 5.0),
        ("at least two years' experience", 2.0),
        ("minimum of ten years in sales", 10.0),
        ("2.5 yrs exp", 2.5),
        ("8+ YOE", 8.0),
        ("6 months of experience", 0.5),
        ("0-2 years experience", 0.0),
        ("a bachelor's and 4 years, or a master's and 2 years of experience", 2.0),
        ("5 years of sales, with at least 3 years as a lead", 5.0),
        ("no less than 3 years", 3.0),
        ("our 50 years of history", None),
        ("at least 18 years of age", None),
        ("must be 21 years old", None),
        ("for over 20 years we have built gates", None),
        ("a 2 year contract", None),
        ("a 4-year degree", None),
        ("the past 3 years", None),
        ("six years instead, for those who do not hold a degree", None),
        ("call 555-2134 years", None),
        ("no number", None),
    ],
)
def test_years_are_the_least_that_is_asked(text: str, years: float | None) -> None:
    found = years_in(text)
    assert (found.least if found else None) == years
    if found:
        assert text[found.start : found.end].strip()


@pytest.mark.parametrize(
    "line",
    [
        "With 40 years of dairy experience, we know our farmers.",
        "Marlow Dairies has 40 years of experience in cheese",
        "Contract length 3 years with 2 year extension",
        "Maximum 6 years of experience",
        "No more than 2 years of experience",
        "Stock options vest over 4 years",
        "Clean record: no more than 2 moving violations in 3 years, no DUI in 7 years",
        "No accidents within the past 5 years",
    ],
)
def test_what_a_firm_a_contract_or_a_limit_counts_is_not_asked_for(line: str) -> None:
    assert years_in(line) is None


@pytest.mark.parametrize(
    "line", ["The ideal candidate has 3 years of experience", "More than 3 years of experience"]
)
def test_what_a_person_has_is_asked_for(line: str) -> None:
    found = years_in(line)
    assert found is not None
    assert found.least == 3


@pytest.mark.parametrize("title", ["1. Registered Nurse - ICU", "2) Cook", "3. Welder"])
def test_the_number_of_a_list_makes_no_beginner(title: str) -> None:
    assert level_of(title) == "mid"
