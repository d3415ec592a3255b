"""Which words are skills, where they stand, and which words only look like skills."""

from __future__ import annotations

import time

import pytest
from sentences import ORDINARY

from rolefit.language import canonical, find_skills
from rolefit.records import Skill

KINDS = ("skill", "language", "certificate", "licence", "degree", "title")


def labels(text: str, kinds: tuple[str, ...] = KINDS) -> list[str]:
    return [skill.label for skill in find_skills(text, kinds=kinds)]


def only(text: str, label: str) -> Skill:
    (skill,) = [skill for skill in find_skills(text) if skill.label == label]
    return skill


def test_there_are_forty_ordinary_sentences() -> None:
    assert len(set(ORDINARY)) == 40


@pytest.mark.parametrize("sentence", ORDINARY)
def test_an_ordinary_sentence_names_no_skill_in_any_case(sentence: str) -> None:
    for text in (sentence, sentence.upper(), sentence.lower(), sentence.title()):
        assert labels(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C++, C#, F# and .NET", ["C++", "C#", "F#", "Visual Studio .NET"]),
        ("Node.js/Vue.js", ["Node.js", "Vue"]),
        ("node js", ["Node.js"]),
        ("R, Go, Swift and SQL", ["R", "Go", "Swift (computer programming)", "SQL"]),
        ("R&D budget", []),
        ("HTML5/CSS3", ["HTML/CSS"]),
        ("JS, ML", ["JavaScript", "machine learning"]),
        ("driver's license", ["drive vehicles"]),
        ("CPA; RN", ["Certified Public Accountant", "Registered Nurse"]),
        ("CDL", ["Commercial Driver's Licence"]),
        ("B. Tech. and M.A.", ["Bachelor of Technology", "Master of Arts"]),
        ("Security+ and A+ certification", ["CompTIA Security+", "CompTIA A+"]),
        ("Managed musical staff", ["manage musical staff"]),
        ("Polish the floor", []),
        ("Fluent in Polish", ["Polish"]),
        ("pandas, numpy", ["pandas", "NumPy"]),
        ("Skills\nGo\nR", ["Go", "R"]),
    ],
)  # fmt: skip
def test_names_survive_their_signs_and_their_case(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AWS cloud", "Amazon Web Services"),
        ("btech", "Bachelor of Technology"),
        ("B.Tech", "Bachelor of Technology"),
        ("I know JS and ML", "I know JavaScript and Machine Learning"),
        ("it is R or IT", "it is R or IT"),
        ("the ml of a dose", "the ml of a dose"),
        ("python", "python"),
    ],
)
def test_aliases_become_one_form_and_ordinary_words_stay(text: str, expected: str) -> None:
    assert canonical(text).text == expected


def test_esco_alternatives_are_rewritten_only_on_demand() -> None:
    text = "direct musical staff"
    assert canonical(text).text == text
    assert canonical(text, esco=True).text == "manage musical staff"


def test_a_skill_has_id_group_and_every_place() -> None:
    text = "Skills\nPython, SQL\n\nExperience\nWrote Python services for a bank."
    skill = only(text, "Python (computer programming)")
    assert skill.id.startswith("http://data.europa.eu/esco/skill/")
    assert skill.group
    assert [text[m.start : m.end] for m in skill.mentions] == ["Python", "Python"]
    assert [(m.section, m.manner) for m in skill.mentions] == [
        ("skills", "listed"),
        ("experience", "used"),
    ]


def test_a_skill_that_esco_does_not_have_has_an_id_of_ours() -> None:
    assert only("Kubernetes", "Kubernetes").id == "rolefit:kubernetes"


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("5 years of Python", 5.0),
        ("3+ years experience with Python", 3.0),
        ("Python (2.5 yrs)", 2.5),
        ("Python - 4 years", 4.0),
        ("2-4 years of hands-on Python", 2.0),
        ("Python", None),
        ("10 years old company. Python", None),
        ("7 years of sales and Python", None),
    ],
)
def test_years_are_given_only_where_the_line_says_them(text: str, years: float | None) -> None:
    assert only(text, "Python (computer programming)").years == years


def test_spans_are_those_of_the_text_as_it_was_given() -> None:
    text = "•\u00a0Py\u200bthon\r\n\r\n\r\n\ufb01nancial forecasting"
    found = {text[s.mentions[0].start : s.mentions[0].end] for s in find_skills(text)}
    assert found == {"Py\u200bthon", "\ufb01nancial forecasting"}


def test_an_empty_text_names_nothing() -> None:
    assert find_skills("") == ()
    assert canonical(" \n ").text == ""


def test_time_grows_with_length_and_not_faster() -> None:
    def once(text: str) -> float:
        started = time.process_time()
        canonical(text)
        find_skills(text)
        return time.process_time() - started

    def seconds(text: str) -> float:
        # The least of three: a collection of everybody else's garbage may fall into one of them.
        return min(once(text) for _ in range(3))

    seconds("Python")
    for part in (
        "manage ",
        "R, ",
        "Go Go ",
        "\u200bx",
        "c",
        ". ",
        "( ",
        "Excel\t",
        "-\na",
        "\u043e",
    ):
        short, long = part * 2_000, part * 20_000
        assert seconds(long) < 40 * max(seconds(short), 0.005)


def test_a_name_that_a_line_breaks_in_two_is_one_name():
    text = "Bachelor of Arts in History with a minor in Computer\nScience, then a year of teaching"
    found = {skill.label: skill for skill in find_skills(text)}
    assert "computer science" in found
    mention = found["computer science"].mentions[0]
    assert text[mention.start : mention.end] == "Computer\nScience"


def test_names_one_below_the_other_are_not_read_as_one():
    assert "computer science" not in labels("Skills\nMarketing\nManagement\nComputer\nScience")
