"""Which degrees a resume says its writer has."""

from __future__ import annotations

import pytest

from rolefit.language.education import find_degrees
from rolefit.language.own_degrees import held_degrees

NOW = 12 * 2026


@pytest.mark.parametrize(
    ("text", "degree"),
    [
        ("Engineer's Degree, Larkspur University", "master"),
        ("Diplom-Ingenieur Maschinenbau", "master"),
        ("Dipl.-Ing. Elektrotechnik", "master"),
        ("Licenciatura en Química", "bachelor"),
        ("Laurea Magistrale in Ingegneria", "master"),
        ("MPharm, University of Tarn", "master"),
        ("B.Pharm, Tarn", "bachelor"),
        ("MS, 2012", "master"),
        ("MS, Larkspur University", "master"),
        ("Law degree, Tarn", "bachelor"),
        ("High School, diploma, 2018", "high school"),
        ("International Baccalaureate Diploma", "high school"),
        ("A-levels: Maths, Physics", "high school"),
        ("XII (HSC) 2010", "high school"),
        ("Associate of Occupational Studies, Baking", "associate"),
        ("HND Building", "associate"),
        ("Dr.-Ing. Maschinenbau", "doctorate"),
        ("MBA, expected 2019", "master"),
        ("MBA Program, Larkspur College, 2012", "master"),
        ("Diploma in Baking plus classes in law", "associate"),
    ],
)
def test_a_degree_is_held(text: str, degree: str) -> None:
    assert [fact.value for fact in held_degrees(text, NOW)] == [degree]


@pytest.mark.parametrize(
    "text",
    [
        "Mentored PhD students", "PhD candidate, Tarn", "Taught Master's level classes",
        "Reports to the MBA office", "Liaison to the doctoral committee",
        "Interviewed MBA applicants",
        "Supervised Bachelor's theses", "Coursework toward a Bachelor's degree", "MBA in progress",
        "60 credits towards an Associate's degree", "pursuing a Master's degree in Baking",
        "Bachelor of Science (not completed)", "PhD (ABD)", "MBA, expected 2030",
    ],
)  # fmt: skip
def test_a_degree_of_somebody_else_or_to_come_is_not_held(text: str) -> None:
    assert find_degrees(text)
    assert held_degrees(text, NOW) == []


def test_a_degree_below_an_unfinished_one_is_held() -> None:
    text = "Course work toward a degree in Law\nBachelor of Arts, Tarn 2003\n"
    assert [fact.value for fact in held_degrees(text, NOW)] == ["bachelor"]


@pytest.mark.parametrize(
    "text", ["March 2012", "a level headed cook", "DSC, TGA and XRD", "diplomat", "MS Office"]
)
def test_other_words_are_no_degree(text: str) -> None:
    assert held_degrees(text, NOW) == []
