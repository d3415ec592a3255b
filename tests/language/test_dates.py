"""Dates as people write them in resumes: which months they mean, and where they stand."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolefit.language.dates import UNDATED, Span, find, latest
from rolefit.language.months import MONTHS

NAMES = "January February March April May June July August September October November December"


def month(year: int, of_year: int = 1) -> int:
    return 12 * year + of_year - 1


def only(text: str) -> Span:
    ranges, singles = find(text)
    (span,) = ranges or singles
    return span


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Jan 2012 - Mar 2015", (2012, 1), (2015, 3)),
        ("January 2012 to March 2015", (2012, 1), (2015, 3)),
        ("01/2012 to 03/2015", (2012, 1), (2015, 3)),
        ("1/2012–3/2015", (2012, 1), (2015, 3)),  # noqa: RUF001
        ("01/15/2012 - 03/01/2015", (2012, 1), (2015, 3)),
        ("2012-01 - 2015-03", (2012, 1), (2015, 3)),
        ("2012/01 - 2015/03", (2012, 1), (2015, 3)),
        ("01.2012 - 03.2015", (2012, 1), (2015, 3)),
        ("Jan. 5, 2012 through March 2nd, 2015", (2012, 1), (2015, 3)),
        ("5 January 2012 until 2 March 2015", (2012, 1), (2015, 3)),
        ("March '09 – June '11", (2009, 3), (2011, 6)),  # noqa: RUF001
        ("Mar-09 to Jun-11", (2009, 3), (2011, 6)),
        ("03/09 - 6/11", (2009, 3), (2011, 6)),
        ("11/98 - 6/03", (1998, 11), (2003, 6)),
        ("2012-2015", (2012, 1), (2015, 1)),
        ("2012 - 2012", (2012, 1), (2012, 12)),
        ("1998-99", (1998, 1), (1999, 1)),
        ("2012–15", (2012, 1), (2015, 1)),  # noqa: RUF001
        ("Jan - Mar 2012", (2012, 1), (2012, 3)),
        ("Fall 2012 - Spring 2014", (2012, 9), (2014, 5)),
        ("Summer 2014", (2014, 6), (2014, 8)),
        ("2014", (2014, 1), (2014, 12)),
        ("May 2010\nto\nJune 2011", (2010, 5), (2011, 6)),
        ("May 2010 to - June 2011", (2010, 5), (2011, 6)),
        ("May 2010 â€“ June 2011", (2010, 5), (2011, 6)),
        ("2017  2021", (2017, 1), (2021, 1)),
        ("20172021 Firm", (2017, 1), (2021, 1)),
        ("Mai 2012 - Dez 2015", (2012, 5), (2015, 12)),
        ("1. März 2012 bis 30. Juni 2015", (2012, 3), (2015, 6)),
        ("janv. 2012 à déc. 2015", (2012, 1), (2015, 12)),
        ("1er fevrier 2012 au 2 aout 2015", (2012, 2), (2015, 8)),
        ("marzo de 2012 a agosto de 2015", (2012, 3), (2015, 8)),
        ("set/2012 - out/2015", (2012, 9), (2015, 10)),
        ("gennaio 2012 - ott. 2015", (2012, 1), (2015, 10)),
        ("września 2012 - maja 2015", (2012, 9), (2015, 5)),
        ("maart 2012 t/m mei 2015", (2012, 3), (2015, 5)),
        ("01.02.2012 - 03.04.2015", (2012, 2), (2015, 4)),
        ("01.02.12 - 30.04.15", (2012, 2), (2015, 4)),
        ("2012.02.01 - 2015.04.30", (2012, 2), (2015, 4)),
        ("Jan2012-Mar2015", (2012, 1), (2015, 3)),
        ("Q1 2012 - Q3 2015", (2012, 1), (2015, 9)),
        ("Q4'12 to Q1'15", (2012, 10), (2015, 3)),
        ("2012 Q2 - 2nd quarter 2015", (2012, 4), (2015, 6)),
        ("H1 2012 - H2 2015", (2012, 1), (2015, 12)),
        ("Herbst 2012 - verano 2015", (2012, 9), (2015, 8)),
        ("2012/13", (2012, 1), (2013, 1)),
        ("2012/2013", (2012, 1), (2013, 1)),
        ("2005-09", (2005, 1), (2009, 1)),
        ("1 Jan - 31 Mar 2012", (2012, 1), (2012, 3)),
        ("between 2012 and 2015", (2012, 1), (2015, 1)),
        ("10/2012\t03/2015", (2012, 10), (2015, 3)),
        ("10/2012 | 03/2015", (2012, 10), (2015, 3)),
    ],
)
def test_a_range_means_its_months(text: str, first: tuple[int, int], last: tuple[int, int]) -> None:
    span = only(text)
    assert (span.first, span.last) == (month(*first), month(*last))


@pytest.mark.parametrize(
    "text",
    [
        "Aug. 2011 to Current", "Aug 2011 - Present", "08/2011 – till date", "08/2011 - now",  # noqa: RUF001
        "August 2011 to date", "Aug 2011 -", "Aug 2011 – ongoing", "since Aug 2011",  # noqa: RUF001
        "(08/2011-present)", "Aug 2011  Present", "Aug 2011 - PRESENT", "August 2011 - heute",
        "août 2011 - aujourd'hui", "août 2011 à ce jour", "agosto 2011 - actualidad",
        "ago 2011 a la fecha",
        "08.2011 bis dato", "sierpień 2011 - obecnie", "08/2011 - nu", "seit August 2011",
        "Present - 08/2011", "08/2011\tPresent", "Aug 2011 onwards", "Aug 2011 - to-date",
    ],
)  # fmt: skip
def test_what_goes_on_has_no_end(text: str) -> None:
    span = only(text)
    assert (span.first, span.last) == (month(2011, 8), None)


@pytest.mark.parametrize(
    "text",
    [
        "call 555-2012", "20 to 30 people", "open 24/7", "12-15 cashiers", "$2012 - 2,015",
        "In 2018 a 20 person team", "In 2019 a current team", "open 10.15 - 12.30",
        "Windows 2000/2003",
        "a 1/2 to 3/4 inch pipe", "may 12 people", "version 2.2012.4", "grew 15-20%",
    ],
)  # fmt: skip
def test_other_numbers_are_no_range(text: str) -> None:
    assert find(text)[0] == []


@pytest.mark.parametrize("text", ["March 2017 to January 2017", "Jan 2211 - Dec 2017"])
def test_a_range_that_cannot_be_has_no_months(text: str) -> None:
    assert find(text) == ([Span(UNDATED, UNDATED, 0, len(text))], [])


def test_a_text_that_counts_back_from_today_is_read_so_throughout() -> None:
    back = "Present - 03/2018 Clerk\n02/2018 - 09/2012 Clerk\n"
    assert [(span.first, span.last) for span in find(back)[0]] == [
        (month(2018, 3), None),
        (month(2012, 9), month(2018, 2)),
    ]


def test_a_year_and_a_month_stay_a_month_where_the_text_writes_months_so() -> None:
    ranges, singles = find("2005-09 - 2007-10 Clerk\nCertified 2005-09\n")
    assert [(span.first, span.last) for span in ranges] == [(month(2005, 9), month(2007, 10))]
    assert [(span.first, span.last) for span in singles] == [(month(2005, 9), month(2005, 9))]


@pytest.mark.parametrize("name", sorted(MONTHS))
def test_every_name_of_a_month_in_every_language_is_read(name: str) -> None:
    span = only(f"Clerk, {name.title()} 2012 - {name} 2013, Firm")
    assert (span.first, span.last) == (month(2012, MONTHS[name]), month(2013, MONTHS[name]))


def test_the_latest_date_counts_a_bare_year_as_its_january() -> None:
    text = "May 2014 to Current, degree 2016, moved in March 2015"
    assert latest(text, *find(text)) == month(2016)


def test_without_dates_there_is_no_latest() -> None:
    assert latest("none", *find("none")) is None


@given(
    st.integers(1960, 2035),
    st.integers(1, 12),
    st.integers(0, 400),
    st.sampled_from(["{m:02}/{y}", "{n} {y}", "{s}. {y}", "{s} {y}", "{y}-{m:02}"]),
    st.sampled_from([" - ", " to ", " – ", "-", " until "]),  # noqa: RUF001
)
def test_every_form_of_every_month_is_read_back(
    year: int, of_year: int, length: int, form: str, dash: str
) -> None:
    first = month(year, of_year)
    last = min(first + length, month(2049, 12))

    def written(number: int) -> str:
        name = NAMES.split()[number % 12]
        return form.format(y=number // 12, m=number % 12 + 1, n=name, s=name[:3])

    text = f"Clerk, {written(first)}{dash}{written(last)}, Firm"
    (span,), _ = find(text)
    assert (span.first, span.last) == (first, last)
    assert text[span.start : span.end] == text[7:-6]


@given(st.text(alphabet="0123456789 -–/'.,\nJanMyto", max_size=80))  # noqa: RUF001
def test_any_text_is_read_and_spans_lie_within_it(text: str) -> None:
    ranges, singles = find(text)
    for span in (*ranges, *singles):
        assert 0 <= span.start < span.end <= len(text)
        assert span.last is None or span.first <= span.last


@pytest.mark.parametrize("piece", ["2012 " * 9, " " * 50, "'12 - ", "Jan ", "1/1/1/", "- to - "])
def test_long_texts_take_time_in_proportion(piece: str) -> None:
    start = time.process_time()
    find(piece * (60_000 // len(piece)))
    assert time.process_time() - start < 3
