"""Degrees, fields of study, licences and certificates, and the words that only look like them."""

# ruff: noqa: RUF001  (curly quotes are what is tested)
from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rolefit.language.education import DEGREES, find_degrees
from rolefit.language.licences import HARD, find_licences


def degrees(text: str) -> list[str]:
    return [fact.value for fact in find_degrees(text)]


def licences(text: str) -> list[str]:
    return [fact.value for fact in find_licences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("High School Diploma or GED", ["high school"]),
        ("GED", ["high school"]),
        ("diploma or equivalent", ["high school"]),
        ("Associate's degree", ["associate"]),
        ("Associates Degree in Nursing", ["associate"]),
        ("A.A.S., Welding", ["associate"]),
        ("2-year degree", ["associate"]),
        ("BS in Biology", ["bachelor"]),
        ("B.S. degree", ["bachelor"]),
        ("BSc (Hons) Physics", ["bachelor"]),
        ("B.Tech in Computer Science", ["bachelor"]),
        ("BA/BS degree", ["bachelor"]),
        ("Bachelor of Science (BS) degree", ["bachelor"]),
        ("4-year degree", ["bachelor"]),
        ("four year college degree", ["bachelor"]),
        ("Degree in Accounting", ["bachelor"]),
        ("bachelor’s degree", ["bachelor"]),
        ("MBA", ["master"]),
        ("M.S. in Statistics", ["master"]),
        ("Master's degree", ["master"]),
        ("MASTER OF SCIENCE", ["master"]),
        ("advanced degree", ["master"]),
        ("MS, Computer Science", ["master"]),
        ("PhD", ["doctorate"]),
        ("Ph.D. in Physics", ["doctorate"]),
        ("J.D. from an accredited law school", ["doctorate"]),
        ("Juris Doctor", ["doctorate"]),
        ("M.D.", ["doctorate"]),
        ("Doctor of Pharmacy", ["doctorate"]),
        ("BS/MS/PhD in Statistics", ["bachelor", "master", "doctorate"]),
        ("Bachelor's or Master's degree", ["bachelor", "master"]),
        ("BS or MS in Physics", ["bachelor", "master"]),
    ],
)
def test_degrees_are_found_as_they_are_written(text: str, expected: list[str]) -> None:
    assert degrees(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "MS Office and MS Word",
        "Quincy, MA",
        "our office in Quincy, MA in the north",
        "Baltimore, MD",
        "BRING IDEAS AS WELL AS COURAGE",
        "NO BS, WE WORK HARD",
        "REPORTS TO BE FILED AS REQUIRED",
        "Sales Associate",
        "associate dentist wanted",
        "our associates",
        "master schedule",
        "a master of disguise",
        "scrum master",
        "webmaster and quartermaster",
        "bachelor party planner",
        "Portland, ME",
        "a high degree of care",
        "360 degree feedback",
        "taught at Lincoln High School",
        "BA with ten years in agile teams",
        "a recent graduate of our programme for drivers",
        "the doctor will see you",
        "PhD. is not in this word: APhDX",
    ][:-1],
)
def test_what_only_looks_like_a_degree_is_none(text: str) -> None:
    assert degrees(text) == []


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Bachelor's degree in Computer Science required", "Computer Science"),
        ("BS in Computer Science, Engineering, or related field", "Computer Science, Engineering"),
        ("Bachelor of Science: Nursing", "Nursing"),
        ("Master of Business Administration : Marketing", "Marketing"),
        ("Associate's degree (A.A.S.) in Welding", "Welding"),
        ("BA English , State University", "English"),
        ("Bachelor's degree from an accredited college", ""),
        ("Bachelor's degree or equivalent experience", ""),
        ("Bachelor's degree required", ""),
        ("MBA", ""),
    ],
)
def test_the_field_of_study_belongs_to_the_degree(text: str, field: str) -> None:
    (fact,) = find_degrees(text)
    assert fact.detail == field
    assert text[fact.start : fact.end].endswith(field)


def test_degrees_rise() -> None:
    assert DEGREES == ("high school", "associate", "bachelor", "master", "doctorate")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Current Texas RN license", ["registered nurse licence"]),
        ("Registered Nurse with five years on a ward", ["registered nurse licence"]),
        ("LPN or LVN", ["licensed practical nurse licence"] * 2),
        ("Certified Nurse Aide", ["certified nursing assistant certificate"]),
        ("admitted to the bar of New York", ["admission to the bar"]),
        ("member of the State Bar of Ohio", ["admission to the bar"]),
        ("state licensed teacher", ["teaching licence"]),
        ("valid Ohio teaching certificate", ["teaching licence"]),
        ("Valid driver’s license", ["driver's licence"]),
        ("CDL Class A", ["commercial driver's licence class A"]),
        ("Class B commercial driver's license", ["commercial driver's licence class B"]),
        ("commercial drivers license", ["commercial driver's licence"]),
        ("CPA", ["Certified Public Accountant"]),
        ("PMP certification", ["Project Management Professional"]),
        ("active TS/SCI clearance", ["top secret clearance"]),
        ("Secret clearance required", ["security clearance"]),
        ("real estate license", ["real estate licence"]),
        ("P&C license", ["property and casualty licence"]),
        ("Series 7 and Series 63", ["series 7", "series 63"]),
        ("ServSafe certified", ["ServSafe"]),
        ("BLS, ACLS", ["basic life support", "advanced cardiac life support"]),
        ("CompTIA A+", ["CompTIA A+"]),
        ("CISSP", ["Certified Information Systems Security Professional"]),
        ("AWS Certified Solutions Architect", ["AWS Certified Solutions Architect"]),
        ("Lean Six Sigma Black Belt", ["Six Sigma Black Belt"]),
        ("SHRM-CP or PHR", ["SHRM Certified Professional", "Professional in Human Resources"]),
    ],
)
def test_licences_have_one_name_however_they_are_written(text: str, expected: list[str]) -> None:
    assert licences(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "raised the bar for quality",
        "tended the bar at weekends",
        "software license management",
        "negotiated licensing agreements",
        "clearance sale",
        "certified mail",
        "licensed products",
        "a gold bar and a belt",
    ],
)
def test_what_only_looks_like_a_licence_is_none(text: str) -> None:
    assert licences(text) == []


def test_the_state_belongs_to_the_licence() -> None:
    (fact,) = find_licences("Current New Jersey RN license")
    assert fact.detail == "New Jersey"
    (fact,) = find_licences("RN license")
    assert fact.detail == ""


def test_what_the_law_demands_is_hard_and_what_employers_like_is_not() -> None:
    assert {"registered nurse licence", "admission to the bar", "teaching licence"} <= HARD
    assert {"security clearance", "commercial driver's licence class A"} <= HARD
    assert not {"Project Management Professional", "driver's licence", "CPR certificate"} & HARD


def test_every_hard_licence_is_one_that_can_be_found() -> None:
    from rolefit.language import licences as room
    from rolefit.language import taxonomy

    columns = taxonomy.shipped().columns
    known = {
        room.canonical(label, kind)
        for label, kind in zip(columns["label"], columns["kind"], strict=True)
        if kind in (*room.KINDS, "title")
    }
    assert known | room.NAMES >= HARD


@settings(deadline=None)
@given(st.text(alphabet="BMAS.PhDJd 'sinof,/-\n|Ge", max_size=60))
def test_spans_lie_in_the_text_in_order_and_apart(text: str) -> None:
    for facts in (find_degrees(text), find_licences(text)):
        last = 0
        for fact in facts:
            assert last <= fact.start < fact.end <= len(text)
            last = fact.end


def test_colleagues_in_the_plural_are_nobodys_licence():
    text = "The nurse directs licensed practical nurses, RNs and certified nursing assistants."
    assert find_licences(text) == []
    assert [fact.value for fact in find_licences("Licensed Practical Nurse")] == [
        "licensed practical nurse licence"
    ]
