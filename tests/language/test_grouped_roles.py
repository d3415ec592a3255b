"""One employer above several positions: profiles that say how long it was, resumes that do not."""

from __future__ import annotations

import gold
import pytest

from rolefit.language.resume_facts import resume_facts

Rows = list[tuple[str, str, str]]


def held(text: str) -> Rows:
    """Title, employer and the month of the beginning, latest first."""
    return [
        (
            position.title.value if position.title else "",
            position.employer.value if position.employer else "",
            gold.month(position.first),
        )
        for position in resume_facts(gold.document(text)).positions
    ]


PROFILE = """Experience
Northwind Foods
7 years 2 months
Head Baker
May 2022 - Present (4 years 7 months)
Dayton, Ohio
Runs four bakeries.
Senior Baker
March 2020 - May 2022 (2 years 3 months)
Baker
October 2019 - March 2020 (6 months)
Springfield, Ohio
Contoso
Miller
January 2015 - September 2019 (4 years 9 months)
Bergen, Norway
Fabrikam
Trainee
January 2014 - December 2014 (1 year)
"""
COPIED = """Experience
Northwind Foods
Full-time \u00b7 4 yrs
Dayton, Ohio, United States \u00b7 On-site

Head Baker
May 2022 - Present \u00b7 2 yrs

Baker
May 2020 - May 2022 \u00b7 2 yrs 1 mo

Miller
Contoso \u00b7 Part-time
Jan 2018 - Apr 2020 \u00b7 2 yrs 4 mos
"""
LISTED = """EXPERIENCE

Northwind Foods, Dayton, Ohio
Head Baker, May 2022 - Present
- Runs four bakeries
Senior Baker, Mar 2020 - May 2022
- Ran the night shift
Baker, Oct 2019 - Mar 2020
- Baked bread

Contoso Ltd, Springfield, Ohio
Trainee Baker, Jan 2015 - Sep 2019
- Learned to bake
"""
BRACKETED = """EXPERIENCE

Northwind Foods, Dayton, Ohio (Oct 2019 - Present)
Head Baker (May 2022 - Present)
- Runs four bakeries
Senior Baker (Mar 2020 - May 2022)
Baker (Oct 2019 - Mar 2020)

Contoso Ltd, Springfield, Ohio (Jan 2015 - Sep 2019)
Trainee Baker
- Learned to bake
"""
THREE: Rows = [
    ("Head Baker", "Northwind Foods", "2022-05"),
    ("Senior Baker", "Northwind Foods", "2020-03"),
    ("Baker", "Northwind Foods", "2019-10"),
]


def test_titles_below_an_employer_with_how_long_it_was_were_held_there() -> None:
    others = [("Miller", "Contoso", "2015-01"), ("Trainee", "Fabrikam", "2014-01")]
    assert held(PROFILE) == [*THREE, *others]


def test_the_years_of_grouped_positions_are_counted_once() -> None:
    assert resume_facts(gold.document(PROFILE), 12 * 2026 + 10).years == 12.9


def test_a_profile_copied_from_a_page_is_read_alike() -> None:
    assert held(COPIED) == [
        ("Head Baker", "Northwind Foods", "2022-05"),
        ("Baker", "Northwind Foods", "2020-05"),
        ("Miller", "Contoso", "2018-01"),
    ]


@pytest.mark.parametrize("text", [LISTED, BRACKETED])
def test_titles_below_an_employer_without_dates_or_with_those_of_all(text: str) -> None:
    assert held(text) == [*THREE, ("Trainee Baker", "Contoso Ltd", "2015-01")]


def test_a_title_that_says_the_same_company_has_the_employer_above() -> None:
    text = (
        "Experience\nHead Baker, Northwind Foods, 2019 - 2024\nBaker, same company, 2010 - 2016\n"
    )
    assert [employer for _, employer, _ in held(text)] == ["Northwind Foods"] * 2


@pytest.mark.parametrize(
    "line",
    [
        "Freelance Cook, Jan 2017 - Apr 2019",  # works for nobody
        "Cook, Jan 2010 - Apr 2012",  # years apart
        "Kitchen hand, Indian restaurant, Jan 2017 - Apr 2019",  # names a place of its own
    ],
)
def test_a_title_of_its_own_is_given_no_employer(line: str) -> None:
    text = f"Experience\nNorthwind Foods, Dayton, OH\nHead Baker, May 2019 - Present\n{line}\n"
    first, second = (employer for _, employer, _ in held(text))
    assert first == "Northwind Foods" != second


def test_an_employer_on_the_line_of_its_title_heads_nothing_else() -> None:
    text = "Experience\nHead Baker, Northwind Foods, 2019 - 2024\nCook, 2016 - 2019\n"
    assert [employer for _, employer, _ in held(text)] == ["Northwind Foods", ""]
