# ruff: noqa: E501  (texts read better whole)
"""Which dates are time at work, and how high somebody stands by all that the text says."""

from __future__ import annotations

import pytest

from rolefit.language import dates
from rolefit.language.levels import LEVELS
from rolefit.language.resume_facts import resume_facts
from rolefit.reading import from_text
from rolefit.records import ResumeFacts

JANUARY_2025 = 12 * 2025


def read(text: str, as_of: int | None = JANUARY_2025) -> ResumeFacts:
    return resume_facts(from_text(text, "text"), as_of)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Roy Tallis\nVan driver\nJobs\n2015 - now, own van, parcels\n2009-15 Dock Bakery", 16),
        ("Ana Perle\nWORK\nStaff nurse 2014 Aug to 2018 Dec. Ward 4\nEDUCATION\n2010 - 2014 BSc", 4.4),
        ("Jo Kern\nWork\n01/2024-         Agency, machine operator\n03/2022-12/2023  Helper, Kern AG", 2.9),
        ("Per Lund\nCareer\n2010 - 2016 Fitter, Lund Works\n2016 - 2020 parental leave, at home\n"
         "2020 - 2024 Fitter, Aker Yard", 10.2),
        ("Ida Roe\nExperience\n2016 - 2020 Cook, Harbour Inn\nPUBLICATIONS\nRoe I (2019) Tides, 1985-2010.\n"
         "GRANTS\n2001-2006 Sea board", 4.1),
    ],
)  # fmt: skip
def test_years_are_those_of_work_whatever_stands_around_the_dates(text: str, years: float) -> None:
    assert read(text).years == pytest.approx(years, abs=0.3)


def test_nobody_has_worked_beyond_the_month_that_is_now() -> None:
    text = "Lea Sund\nWork\nClerk, Sund Ltd, 2020 - 2031\n"
    assert read(text).years == pytest.approx(5.1, abs=0.1)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Mechanic 2014 Aug - 2018 Dec", 12 * 2014 + 7), ("1. 2023 Feb - 2024 Dec. Site", 12 * 2023 + 1),
        ("2014 - 2018 Aug 2018 left", 12 * 2014),
    ],
)  # fmt: skip
def test_a_year_may_stand_before_its_month(text: str, first: int) -> None:
    ranges, _ = dates.find(text)
    assert ranges[0].first == first


def test_an_apprentice_and_a_manager_of_forty_are_told_apart() -> None:
    low = read(
        "Kim Aas\nApprentice electrician\nWork\nApprentice, Aas Electric\n2023 - now\nLearning the trade."
    )
    high = read(
        "Pat Moor\nOperations Manager\nWork\nOperations Manager, Moor Foods\n2012 - now\n"
        "Team of 40, budget, appraisals, hired and trained 9 supervisors.\nShift Manager, Moor Foods\n2004 - 2012"
    )
    assert low.level
    assert high.level
    assert low.level.value == "entry"
    assert LEVELS.index(high.level.value) >= LEVELS.index("manager")


def test_a_text_without_titles_and_dates_has_no_level() -> None:
    assert read("I like to walk in the hills.").level is None
