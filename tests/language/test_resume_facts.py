"""What a resume says of a person: positions, years, level, languages, each with its place."""

from __future__ import annotations

import time

import gold
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rolefit.language.levels import LEVELS, level_of
from rolefit.language.resume_facts import resume_facts, slip_notice
from rolefit.records import Fact, ResumeFacts

# What the gold file gave when this was written; the names of the facts are those of the table.
LEAST = {
    "titles": 0.96, "employers": 0.97, "ranges": 0.97, "headline": 1.0,
    "total years within 0.5": 1.0, "claimed years": 1.0, "level": 0.95, "languages": 1.0,
    "education": 0.8, "licences": 0.65,
}  # fmt: skip


def read(text: str, as_of: int | None = None) -> ResumeFacts:
    return resume_facts(gold.document(text), as_of)


def held(text: str) -> list[tuple[str, str, str, str]]:
    return [
        (
            position.title.value if position.title else "",
            position.employer.value if position.employer else "",
            gold.month(position.first),
            "now" if position.current else gold.month(position.last),
        )
        for position in read(text).positions
    ]


def languages(text: str) -> list[str]:
    return [fact.value for fact in read(text).languages]


def test_there_are_twenty_extracts_in_the_gold_file() -> None:
    assert len(gold.cases()) == 20


def test_the_gold_file_is_read_as_well_as_it_was() -> None:
    table = gold.accuracy(gold.cases())
    for fact, tally in table.items():
        print(f"{fact:24} {tally.right:4.0f} of {tally.of:4.0f}  {tally.share:.2f}")
    assert {fact for fact, tally in table.items() if tally.share < LEAST[fact]} == set()


@pytest.mark.parametrize("case", gold.cases(), ids=lambda case: case.name[:40])
def test_every_fact_stands_where_its_span_says(case: gold.Case) -> None:
    facts = read(case.text)
    titles = [f for p in facts.positions for f in (p.title, p.employer) if f]
    singles = [f for f in (facts.headline,) if f]
    for fact in (*titles, *singles):
        assert " ".join(case.text[fact.start : fact.end].split()) == fact.value
    for fact in (*facts.education, *facts.licences, *facts.languages):
        assert case.text[fact.start : fact.end].strip()
    for position in facts.positions:
        for inner in (position.title, position.employer):
            assert inner is None or position.start <= inner.start < inner.end <= position.end


@pytest.mark.parametrize(
    "text",
    [
        "Experience\nBaker, Northwind Foods, 2010 - 2012\n",
        "Experience\n2010 - 2012: Baker, Northwind Foods\n",
        "Experience\nBaker at Northwind Foods (2010-2012)\n",
        "Experience\nNorthwind Foods - Dayton, OH\nBaker\n2010 - 2012\n",
        "Experience\nBaker\nNorthwind Foods, Dayton, OH\n2010 - 2012\n",
        "Experience\nBaker | Northwind Foods | Dayton, OH | 2010 - 2012\n",
        "Experience\nNorthwind Foods\t2010 - 2012\nBaker\n",
        "Experience\n2010 - 2012\nBaker\nNorthwind Foods\n",
        "Experience\nBaker 2010 - 2012\nNorthwind Foods – Dayton, OH\nKneaded and shaped.\n",  # noqa: RUF001
        "Work history\n• Baker – Northwind Foods, 2010 - 2012\n",  # noqa: RUF001
    ],
)
def test_a_heading_is_read_whichever_way_it_is_laid_out(text: str) -> None:
    assert held(text) == [("Baker", "Northwind Foods", "2010-01", "2012-01")]


@pytest.mark.parametrize(
    "heading",
    [
        "POSITIONS HELD", "JOB HISTORY", "APPOINTMENTS", "Academic Appointments",
        "1. Work Experience",
        "II. Employment", "(3) Employment Record", "Section 2: Work History", "» Experience «",
        "PROFESSIONAL EXPERIENCE (continued)", "Work History, cont'd", "Experience - cont.",
        "Teaching Experience", "Military Service", "Career",
    ],
)  # fmt: skip
def test_what_stands_under_any_heading_of_work_is_a_position(heading: str) -> None:
    text = f"{heading}\nNorthwind Foods 2010 - 2012\nBaker of bread\n"
    assert held(text)[0][2:] == ("2010-01", "2012-01")


def test_a_wrapped_word_is_no_heading() -> None:
    text = (
        "Experience\nBaker, Northwind Foods, 2010 - 2012\nWrote slides for\npresentations.\n"
        "2007 - 2009\nNorthwind Foods\nCleaner of ovens\n"
    )
    assert [position[2] for position in held(text)] == ["2010-01", "2007-01"]


def test_grants_are_not_positions() -> None:
    text = (
        "Experience\nProfessor, University of Tarn\n2010 - 2015\n"
        "Grants\n2011-2014 National Lake Board, principal investigator\n"
    )
    assert [position[0] for position in held(text)] == ["Professor"]


def test_the_first_item_of_a_list_below_bare_dates_is_the_position_held() -> None:
    text = (
        "Experience\n2013 - 2015\n• Head Baker, Northwind Foods\n• Ran three ovens\n"
        "2010 - 2012\n• Baker, Contoso Ltd\n• Kneaded dough\n"
    )
    assert held(text) == [
        ("Head Baker", "Northwind Foods", "2013-01", "2015-01"),
        ("Baker", "Contoso Ltd", "2010-01", "2012-01"),
    ]


def test_the_first_duty_below_bare_dates_is_not_the_position_held() -> None:
    text = "Experience\nBaker\nNorthwind Foods\n2013 - 2015\n• Baked bread, rolls, at night\n"
    assert held(text) == [("Baker", "Northwind Foods", "2013-01", "2015-01")]


@pytest.mark.parametrize(
    "text",
    [
        "Experience\nBaker, Northwind Foods, Dayton. May 2010 - June 2012\nKneaded dough.\n",
        "Experience\nFrom\tTo\tPosition\tEmployer\n05/2010\t06/2012\tBaker\tNorthwind Foods\n",
        "Experience\nRole | Employer | From | To\nBaker | Northwind Foods | 05/2010 | 06/2012\n",
        "Experience\nWorked as Baker at Northwind Foods from May 2010 to June 2012.\n",
        "Experience\nI was employed by Northwind Foods as a Baker between 05/2010 and 06/2012\n",
    ],
)
def test_a_position_is_read_from_a_line_a_row_or_a_sentence(text: str) -> None:
    assert held(text) == [("Baker", "Northwind Foods", "2010-05", "2012-06")]


def test_since_heads_a_position_that_goes_on() -> None:
    text = "Experience\nSince 2012 Head Baker, Northwind Foods\n2010 - 2012 Baker, Contoso Ltd\n"
    assert held(text)[0] == ("Head Baker", "Northwind Foods", "2012-01", "now")


SLIPS = (
    "Experience\nHead Baker, Northwind Foods\nJan 2012 - Mar 2044\n"
    "Baker, Contoso Ltd\nMay 2011 - Jan 2011\n"
)


def test_years_do_not_count_into_the_future() -> None:
    facts = read(SLIPS, as_of=12 * 2014 + 11)
    assert facts.years == pytest.approx(3.0)
    assert [slip.value for slip in facts.slips] == ["ends in the future", "ends before it begins"]


def test_a_notice_names_the_dates_that_cannot_be() -> None:
    notice = slip_notice(read(SLIPS, as_of=12 * 2014 + 11))
    assert notice is not None
    assert '"Jan 2012 - Mar 2044" ends in the future' in notice.message
    assert slip_notice(read("Experience\nBaker, Contoso Ltd, 2010 - 2012\n")) is None


def test_a_resume_is_as_young_as_the_latest_thing_that_it_says_to_have_begun() -> None:
    text = (
        "Experience\nHead Baker, Northwind Foods\nJan 2012 - Present\n"
        "Baker, Contoso Ltd\nMay 2015 - June 2015\n"
    )
    facts = read(text, as_of=12 * 2014)
    assert facts.positions[0].last == 12 * 2015 + 4


def test_a_bar_parts_a_title_from_an_employer_whose_name_goes_on_in_the_next_line() -> None:
    text = (
        "EXPERIENCE\n2018 - 2021 | Ward Manager | Hartwell Community\n"
        "Hospital | Dunmore, Virginia\n"
        "2015 - 2018 | Nurse | Lakeside Clinic | Dunmore, Virginia\n"
        "2012 - 2015 | Nurse | Contoso Clinic | Dunmore, Virginia\n"
    )
    position = read(text).positions[0]
    assert position.title
    assert position.title.value == "Ward Manager"


NARROW_PAGE = (
    "EXPERIENCE\n"
    "2017 to date: Mathematics Teacher and Chair of Studies,\n"
    "Dunmore Area High School, Dunmore PA\n"
    "- Taught five classes a day and phoned parents with good\n"
    "news first, and planned the year with four colleagues.\n"
    "2013 to 2017: Mathematics Teacher, Lower Creek Middle\n"
    "School, Dunmore PA\n"
    "- Taught mixed groups of sixth and seventh grade pupils.\n"
    "2012 to 2013: Student Teacher, Dunmore School\n"
    "- Took over two classes when the teacher was away for a\n"
    "term.\n"
)


def test_a_heading_that_a_narrow_page_breaks_is_read_as_one_line() -> None:
    assert [(title, employer) for title, employer, *_ in held(NARROW_PAGE)] == [
        ("Mathematics Teacher and Chair of Studies", "Dunmore Area High School"),
        ("Mathematics Teacher", "Lower Creek Middle School"),
        ("Student Teacher", "Dunmore School"),
    ]


def test_a_dated_line_with_room_for_more_keeps_to_itself() -> None:
    text = NARROW_PAGE.replace("Student Teacher, Dunmore School", "Student Teacher\nDunmore School")
    assert held(text)[2][:2] == ("Student Teacher", "Dunmore School")


def test_months_that_two_positions_share_count_once() -> None:
    text = "Experience\nBaker, Northwind Foods, 2010 - 2014\nDriver, Contoso Ltd, 2012 - 2016\n"
    assert read(text).years == pytest.approx(6.1)


def test_years_of_study_are_not_years_of_work() -> None:
    text = (
        "Experience\nBaker, Northwind Foods, 2010 - 2012\n"
        "Education\nBachelor of Arts, Lakeland University, 2005 - 2009\n"
    )
    assert read(text).years == pytest.approx(2.1)


def test_volunteering_is_not_a_position() -> None:
    text = "Volunteer Experience\nCook, Harbor Food Bank Inc., 2010 - 2012\n"
    assert read(text).positions == ()


def test_present_is_the_latest_date_of_the_text_unless_the_caller_knows_better() -> None:
    text = "Experience\nBaker, Northwind Foods, January 2010 - Present\nCertified in March 2012\n"
    assert read(text).positions[0].last == 12 * 2012 + 2
    assert read(text, as_of=12 * 2020).positions[0].last == 12 * 2020


def test_dates_within_sentences_head_nothing() -> None:
    text = (
        "Experience\nBaker, Northwind Foods, 2010 - 2012\n"
        "Rebuilt the ovens from 2010 to 2011 with the manager of the plant.\n"
    )
    assert len(read(text).positions) == 1


def test_positions_come_latest_first_whatever_the_order_of_the_text() -> None:
    text = "Experience\nBaker, Northwind Foods, 2001 - 2004\nDriver, Contoso Ltd, 2010 - 2014\n"
    assert [p.title.value for p in read(text).positions if p.title] == ["Driver", "Baker"]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("15+ years of experience in baking", 15),
        ("over 12 years' experience", 12),
        ("more than fifteen years of progressive experience", 15),
        ("ten (10) years of bakery experience", 10),
        ("5-7 years experience", 5),
        ("two decades of experience", 20),
        ("17-year background in sales", 17),
        ("Total 10+ years of exp in baking", 10),
        ("Experience: 8 yrs", 8),
        ("Total Experience (in years): 10 years", 10),
        ("Overall exp - 5.5 yrs", 5.5),
        ("3 years 6 months of experience", 3.5),
        ("18 years old, eager to learn", None),
        ("a 3 year warranty", None),
    ],
)
def test_claimed_years_are_read_from_words(text: str, years: float | None) -> None:
    assert read(text + "\n").claimed_years == years


def test_the_headline_stands_above_everything_else() -> None:
    assert read("PASTRY CHEF\nSummary\nBaker of bread.\n").headline == Fact("PASTRY CHEF", 0, 11)
    assert read("Summary\nPASTRY CHEF\n").headline is None
    broken = read("Ada Byron\nSenior Pastry Chef,\nwedding cakes\nSummary\nBaker of bread.\n")
    assert broken.headline == Fact("Senior Pastry Chef, wedding cakes", 10, 43)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Languages\nSpanish, basic French\n", ["Spanish", "French"]),
        ("Fluent in English, Farsi and Dari\n", ["English", "Persian", "Dari"]),
        ("bilingual English/Spanish\n", ["English", "Spanish"]),
        ("Russian native, English advanced\n", ["Russian", "English"]),
        ("Languages: English, Hebrew\n", ["English", "Hebrew"]),
        ("American Sign Language (fluent)\n", ["American Sign Language"]),
        ("Line cook at an Italian restaurant\n", []),
        ("Installed a French drain\n", []),
        ("Programming languages: Python, C\n", []),
        ("Polish the floors and serve Turkish coffee\n", []),
        ("Assisted Spanish speaking customers\n", []),
        ("Bachelor of Arts in English\n", []),
        ("Skills\nFluent in SQL and Danish pastry\n", []),
    ],
)
def test_languages_are_those_that_somebody_speaks(text: str, expected: list[str]) -> None:
    assert languages(text) == expected


def test_how_well_a_language_is_spoken_is_kept() -> None:
    facts = read("Languages\nnative Russian, English (intermediate)\n").languages
    assert [(fact.value, fact.detail) for fact in facts] == [
        ("Russian", "native"),
        ("English", "intermediate"),
    ]


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Marketing Intern", "intern"), ("Internal Auditor", "mid"), ("Student Teacher", "intern"),
        ("Junior C++ Developer", "entry"), ("Accountant I", "entry"), ("Accountant II", "mid"),
        ("Manager Trainee", "entry"), ("Assistant Accountant", "entry"),
        ("Administrative Assistant", "mid"), ("Executive Assistant", "mid"),
        ("Assistant to the Director", "mid"), ("Staff Accountant", "mid"),
        ("Account Executive", "mid"), ("Sales Executive", "mid"), ("Account Manager", "mid"),
        ("Project Manager", "mid"), ("Case Manager", "mid"), ("Product Manager", "mid"),
        ("Lead Generation Specialist", "mid"), ("Data Entry Clerk", "mid"),
        ("Senior Living Advisor", "mid"), ("HR Business Partner", "mid"),
        ("Sr.Designer", "senior"), ("Software Engineer, Senior", "senior"),
        ("Senior Project Manager", "senior"), ("Lead Teacher", "senior"),
        ("Assistant Manager", "senior"), ("Technician III", "senior"),
        ("Office Manager", "manager"), ("General Manager", "manager"),
        ("Nurse Manager", "manager"), ("Shift Supervisor", "manager"), ("Team Lead", "manager"),
        ("Bookkeeper / Office Manager", "manager"), ("Executive Chef", "manager"),
        ("Assistant Director", "manager"), ("School Principal", "manager"),
        ("Head of Sales", "director"), ("Director, Quality", "director"),
        ("VP of Sales", "executive"), ("Chief Executive Officer", "executive"),
        ("Vice-President", "executive"), ("President/CEO", "executive"),
    ],
)  # fmt: skip
def test_a_title_has_its_level(title: str, level: str) -> None:
    assert level in LEVELS
    assert {level_of(form) for form in (title, title.upper(), f" {title} ")} == {level}


@pytest.mark.parametrize(
    "line",
    [
        "", "Education", "Company Name", "Dayton, OH", "Managed a team of cashiers",
        "Sales Department", "responsible for all new managers", "2010 - 2012", "Customer service",
    ],
)  # fmt: skip
def test_what_is_no_title_has_no_level(line: str) -> None:
    assert level_of(line) is None


def test_the_level_is_read_at_the_latest_position() -> None:
    text = "Experience\nBaker, Northwind Foods, 2012 - 2014\nPresident, Contoso Ltd, 2001 - 2004\n"
    level = read(text).level
    assert level is not None
    assert level.detail == "Baker"
    assert LEVELS.index(level.value) <= LEVELS.index("mid")


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            "Experience|Education|Baker|Contoso Ltd|2010 - 2012|May 2009|Company Name|, | - |\n|"
            "City , State|fluent in French|(|)|Bachelor of Arts|x|•|:|10 years of experience".split(
                "|"
            )
        ),
        max_size=40,
    )
)
def test_any_mixture_is_read_with_spans_within_the_text(pieces: list[str]) -> None:
    text = " ".join(pieces)
    facts = read(text)
    spans = [(p.start, p.end) for p in facts.positions]
    spans += [(f.start, f.end) for f in (*facts.languages, *facts.education, *facts.licences)]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert facts.years is None or facts.years >= 0


def test_an_empty_document_says_nothing() -> None:
    facts = read("")
    assert (facts.headline, facts.positions, facts.years, facts.level) == (None, (), None, None)


@pytest.mark.parametrize(
    "text",
    [
        "Baker, Contoso Ltd, 2010 - 2012. " * 3000,
        "Experience\n" + "Baker, Contoso Ltd, 2010 - 2012\n" * 1500,
        "fluent in English and " * 8000,
        "Company Name City , State " * 8000,
    ],
    ids=["one line", "many positions", "languages", "placeholders"],
)
def test_a_text_of_two_hundred_pages_takes_seconds_at_most(text: str) -> None:
    start = time.process_time()
    read(text)
    assert time.process_time() - start < 20
