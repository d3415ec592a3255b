"""What every room reads instead of the text as it stands."""

from rolefit.language.personal import find_masks, impersonal
from rolefit.language.runs import calm, capitals
from rolefit.prepare import resume_titles
from rolefit.reading import from_text

RESUME = """jordan whitfield
jordan.whitfield@example.com

data engineer

experience
senior data engineer, harbor freight systems, january 2018 - march 2022
- built pipelines in python and airflow for forty teams
"""


def test_a_text_without_capitals_is_read_in_capitals_and_any_other_as_it_is():
    assert capitals("senior nurse, 2 years") == "SENIOR NURSE, 2 YEARS"
    assert capitals("senior Nurse") == "senior Nurse"
    assert capitals("straße, école") == "STRAßE, éCOLE"  # no letter may grow longer
    assert calm(from_text("senior Nurse", "t")).text == "senior Nurse"


def test_a_resume_in_small_letters_shows_the_same_titles_years_and_names():
    seen, facts = impersonal(from_text(RESUME, "t"))
    _, known = impersonal(from_text(RESUME.title(), "t"))
    titles = [title.casefold() for title in resume_titles(facts)]
    assert titles == [title.casefold() for title in resume_titles(known)]
    assert "senior data engineer" in titles
    assert facts.years == known.years
    assert facts.years > 4
    assert "whitfield" not in seen.text.casefold()
    assert {mask.kind for mask in find_masks(from_text(RESUME, "t"))} >= {"name", "contact"}
