"""Job postings are read alone: out of JSON and pages with furniture, however they are escaped."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest
from board_pages_more import PAGES, Page
from postings import LINKS, MANY, POSTINGS

from rolefit.errors import ManyJobsError, UnknownFormatError
from rolefit.reading import chrome, from_text, read
from rolefit.records import Document


def of(name: str) -> Document:
    return read(POSTINGS[name].encode(), name=name)


def lines(document: Document) -> list[str]:
    return [document.line_text(line) for line in document.lines]


def alone(text: str) -> list[str]:
    return lines(chrome.posting(from_text(text, "x")))


@pytest.mark.parametrize(
    "name", [name for name in POSTINGS if name.startswith("schema") and "broken" not in name]
)
def test_a_schema_org_posting_is_read_with_its_title_and_its_requirements(name: str) -> None:
    found = lines(of(name))
    assert found[0] == "Lift Engineer"
    assert {"4+ years with lifts", "R&D is no plus", "Upright Ltd", "Site safety card"} <= set(
        found
    )
    assert "4 years of experience" in found
    assert "associate degree" in found
    assert not any("{" in line or "<" in line or "Night Cook" in line for line in found)


@pytest.mark.parametrize(
    "name",
    [
        "greenhouse.json",
        "greenhouse-list.json",
        "lever.json",
        "ashby.json",
        "smart.json",
        "recruitee.json",
    ],
)
def test_the_posting_of_an_applicant_tracking_system_is_read_as_its_text(name: str) -> None:
    found = lines(of(name))
    assert found[0] == "Lift Engineer"
    assert "We fix lifts in twelve hospitals." in found
    assert "4+ years with lifts" in found
    assert found.count("We fix lifts in twelve hospitals.") == 1
    assert not any(sign in line for line in found for sign in ("{", "&lt;", "<li>", "a-b"))


def test_a_posting_pasted_as_json_is_read_like_its_file() -> None:
    assert from_text(POSTINGS["lever.json"], "pasted").text == of("lever.json").text


@pytest.mark.parametrize("name", ["resume.json", "other.json"])
def test_json_that_is_no_posting_is_read_as_it_stands(name: str) -> None:
    assert of(name).text == POSTINGS[name]


@pytest.mark.parametrize("name", MANY)
def test_several_postings_in_one_file_are_refused_by_their_titles(name: str) -> None:
    with pytest.raises(
        ManyJobsError, match=r"2 job postings .Lift Engineer; Night Cook.* of its own"
    ):
        read(MANY[name].encode(), name=name)


def test_data_of_a_page_that_is_damaged_costs_nothing_of_the_page() -> None:
    assert of("schema-broken.html").text == "Hi"


@pytest.mark.parametrize(
    "name", ["escaped.txt", "escaped-twice.txt", "escaped-in-page.html", "escaped-below.txt"]
)
def test_escaped_html_is_read_as_the_page_it_was(name: str) -> None:
    found = lines(of(name))
    assert {"We fix lifts in twelve hospitals.", "4+ years with lifts", "R&D is no plus"} <= set(
        found
    )
    assert not any("&" in line.replace("R&D", "") or "<" in line for line in found)
    if name == "escaped-below.txt":
        assert found[:2] == ["Lift Engineer", "Leeds"]
        assert found[-1] == "Apply by Friday"


def test_entities_and_strokes_of_markdown_are_undone_and_nothing_else() -> None:
    assert of("entities.txt").text == "Bachelor's degree, R&D • 3 – 5 years – café &unknown;"  # noqa: RUF001
    assert (
        of("strokes.txt").text == "4+ years of C++ and Node.js\n- **SQL**\nC:\\temp \\\\server & co"
    )
    assert of("of-tags.txt").text == "Wrote <p> and <div> by hand, and a parser for <br>"


@pytest.mark.parametrize("name", LINKS)
def test_a_link_is_no_document_and_says_what_to_do(name: str) -> None:
    with pytest.raises(UnknownFormatError, match=r"link|shortcut"):
        read(LINKS[name], name=name)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_of_a_saved_page_the_posting_is_left_with_its_title(page: Page) -> None:
    found = lines(chrome.posting(read(page.html.encode(), name="page.html")))
    text = " ".join(found)
    for line in page.posting:
        assert line in text
    for other in (
        "Boiler Engineer",
        "Payroll Officer",
        "Skip to",
        "Kafka",
        "cookies",
        "Sign in",
        "Veteran",
    ):
        assert other not in text
    extra = Counter(re.findall(r"\w+", text)) - Counter(re.findall(r"\w+", " ".join(page.posting)))
    assert extra.total() <= 50


def test_a_page_read_for_itself_keeps_all_that_it_shows() -> None:
    page = next(page for page in PAGES if page.name.startswith("network"))
    document = read(page.html.encode(), name="page.html")
    assert "Skip to main content" in document.text
    assert "Boiler Engineer" in document.text
    assert document.furniture
    assert set(document.furniture) <= set(document.lines)


_PASTED = """Skip to main content
Home
Jobs
Lift Engineer
Upright Ltd · Leeds · Over 100 people clicked apply
Easy Apply
Save
We keep the lifts of twelve hospitals running, day and night, and we are looking for a colleague.
Requirements
4+ years with lifts
Site safety card
We offer
A van and its fuel
Set alert for similar jobs
Lift Engineer, Leeds
People also viewed
Java Developer
Spring and Kafka, 6 years
"""


def test_of_a_pasted_page_the_posting_is_left() -> None:
    found = alone(_PASTED)
    assert found[0] == "Lift Engineer"
    assert found[-1] == "A van and its fuel"
    assert "4+ years with lifts" in found
    assert "Save" not in found


def test_a_heading_of_other_jobs_above_the_posting_costs_its_own_line_alone() -> None:
    text = (
        "Share this job\n"
        + _PASTED.partition("Save\n")[2].partition("Set alert")[0]
        + "You will like the cake that Ida bakes on Fridays for everybody who comes in early\n" * 2
    )
    assert alone(text) == [line for line in text.splitlines()[1:] if line]


def test_what_would_leave_too_little_is_left_as_it_is() -> None:
    text = "Home\nApply\nCook wanted, nights, start now\nSave"
    assert alone(text) == text.splitlines()


def test_offsets_stay_when_the_posting_is_left_alone() -> None:
    document = from_text(_PASTED, "x")
    posting = chrome.posting(document)
    assert len(posting.text) == len(document.text)
    assert set(posting.lines) < set(document.lines)


def test_json_nested_without_end_is_no_posting() -> None:
    text = "[" * 50_000 + "]" * 50_000
    assert read(text.encode(), name="x").text == text


def test_a_page_of_links_without_end_is_read_in_time() -> None:
    nested = "<div>" * 3000 + "".join("<p><a href=x>Similar jobs</a> y</p>" for _ in range(3000))
    assert "Similar jobs" in read(f"<!doctype html>{nested}".encode(), name="x").text


def test_a_posting_is_what_its_lines_say_whatever_the_order_of_its_keys() -> None:
    given = json.loads(POSTINGS["schema.json"])
    turned = dict(reversed(list(given.items())))
    assert read(json.dumps(turned).encode(), name="x").text == of("schema.json").text
