"""Resumes as data are read as a text that says the same."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import datas
import makers
import pytest

from rolefit.errors import DamagedFileError, LimitError, ReadError, UnknownFormatError
from rolefit.language.resume_facts import resume_facts
from rolefit.reading import from_text, read
from rolefit.records import Document

AS_OF = 12 * 2026 + 10
yaml = pytest.mark.skipif(
    not __import__("importlib").util.find_spec("yaml"), reason="the extra is not installed"
)


def facts(document: Document) -> dict[str, Any]:
    found = resume_facts(document, AS_OF)
    return {
        "positions": [
            (p.title and p.title.value, p.employer and p.employer.value, p.first, p.last, p.current)
            for p in found.positions
        ],
        "years": found.years,
        "education": found.education[0].value,
    }


@pytest.mark.parametrize("name", datas.FILES)
def test_data_says_what_the_same_resume_says_as_text(name: str) -> None:
    document = read(datas.FILES[name], name=name)
    assert facts(document) == facts(from_text(datas.TEXT, name="text"))
    assert "aemodialysis" in document.text


def test_yaml_says_what_the_same_resume_says_as_text() -> None:
    pytest.importorskip("yaml")
    document = read(datas.YAML_RESUME.encode(), name="resume.yaml")
    assert facts(document) == facts(from_text(datas.TEXT, name="text"))


def test_everything_in_a_json_resume_is_written_under_its_heading() -> None:
    text = read(datas.FILES["resume.json"], name="resume.json").text
    assert text.startswith(
        "Ines Calvo\nDialysis Nurse\nines@example.org | Varnport | ines\n\nSUMMARY"
    )
    assert "Dialysis Nurse, Harbour Clinic\nMarch 2018 - Present\n- Runs twelve stations.\n" in text
    assert "\nCared for 24 patients on a surgical ward.\n" in text
    assert "\nBachelor of Science in Nursing, Northgate College\n2009 - 2013\n" in text
    assert "\nCERTIFICATIONS\n\nBasic Life Support, Heart Board\nJanuary 2024\n" in text
    assert "\nSKILLS\n\nRenal: Haemodialysis, phlebotomy\nFirst aid\n" in text
    assert "\nLANGUAGES\n\nSpanish: Native speaker\n" in text
    assert "\nLICENCES\n\nRegistered Nurse, Varnland\n" in text
    assert "v1.0.0" not in text
    assert "1 Quay" not in text


def test_linkedin_is_read_without_what_is_no_resume() -> None:
    text = read(datas.linkedin(), name="export.zip").text
    assert "Native or bilingual" in text
    for private in ("Somebody", "Hello there", "Mar 3"):
        assert private not in text


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2019-05-01", "May 2019"),
        ("2019-5", "May 2019"),
        ("2019-05-01T00:00:00Z", "May 2019"),
        ("2019", "2019"),
        ("2019-13", "2019"),
        ("05/2019", "May 2019"),
        ("31/05/2019", "May 2019"),
        ("04/05/2019", "04/05/2019"),
        ("Spring 2019", "Spring 2019"),
    ],
)
def test_dates_are_written_as_resumes_write_them(written: str, shown: str) -> None:
    resume = {"basics": {"name": "A"}, "work": [{"position": "Cook", "startDate": written}]}
    text = read(json.dumps(resume).encode(), name="x").text
    assert f"\n{shown} - Present\n" in text


@pytest.mark.parametrize(
    "odd",
    [
        {"basics": None, "work": [{"position": ["Cook"], "startDate": {"a": 1}}, None, 7, "Baker"],
         "skills": ["Pastry"]},
        {"basics": {"name": {"first": "A"}, "location": "here", "profiles": "x"},
         "work": [{"position": "Cook", "highlights": "one text"}]},
        {"basics": {}, "education": [[]], "skills": [{"name": 7, "keywords": {"a": ["b"]}}]},
    ],
)  # fmt: skip
def test_values_of_an_unexpected_form_are_read_as_far_as_they_say_something(odd: object) -> None:
    assert read(json.dumps(odd).encode(), name="x").text


@pytest.mark.parametrize(
    "other",
    [
        {"name": "a package", "version": "1.0.0", "dependencies": {}},
        {"basics": "of cooking"},
        {"title": "Cook", "skills": ["pastry"]},
        ["basics", "work"],
    ],
)
def test_other_json_is_no_resume(other: object) -> None:
    assert read(json.dumps(other).encode(), name="x").kind == "text"


def test_data_without_anything_in_it_is_refused() -> None:
    empty: dict[str, Any] = {"basics": {"name": "Ines"}, "work": [], "skills": []}
    with pytest.raises(UnknownFormatError, match="says nothing"):
        read(json.dumps(empty).encode(), name="x")
    with pytest.raises(UnknownFormatError, match="without positions"):
        read(b"<Candidate><CandidatePerson/></Candidate>", name="x")


def test_a_record_that_holds_only_the_full_text_is_read_as_that() -> None:
    data = (
        "<Resume><NonXMLResume><TextResume>Ines Calvo\nNurse</TextResume></NonXMLResume></Resume>"
    )
    assert read(data.encode(), name="x").text == "Ines Calvo\nNurse"


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (datas.HR_XML.encode()[:900], DamagedFileError),
        (b'<!DOCTYPE Resume [<!ENTITY a "b">]><Resume>&a;</Resume>', ReadError),
        (b'<Resume><!DOCTYPE x [<!ENTITY a "b">]>', DamagedFileError),
        (b'<?xml version="1.0" encoding="x-none"?><Resume/>', DamagedFileError),
        (b"<Resume>" + b"<a>" * 9000, LimitError),
        (b'{"basics": {}, "work": [' + b'"x",' * 300_000 + b'"x"]}', LimitError),
    ],
)
def test_hostile_data_is_refused(data: bytes, error: type[ReadError]) -> None:
    with pytest.raises(error):
        read(data, name="x")


def test_json_nested_beyond_measure_is_no_resume() -> None:
    data = b'{"basics": {}, "work": [' + b"[" * 100_000
    assert read(data, name="x").kind == "text"


@pytest.mark.parametrize("depth", [300, 900, 980, 3000])
def test_a_record_nested_beyond_measure_breaks_nothing(depth: int) -> None:
    record = '{"person": {}, "profiles": ' + '{"position": ' * depth + "1" + "}" * depth + "}"
    with contextlib.suppress(UnknownFormatError):  # else, too deep for the parser, it is a text
        assert read(record.encode(), name="x").kind == "text"


def test_yaml_that_multiplies_itself_is_refused() -> None:
    pytest.importorskip("yaml")
    laughs = "basics:\n  name: A\nwork:\n- &a [x, x, x, x, x, x, x, x, x, x]\n"
    for one, other in zip("abcdefgh", "bcdefghi", strict=True):
        laughs += f"- &{other} [*{one}, *{one}, *{one}, *{one}, *{one}, *{one}, *{one}, *{one}]\n"
    with pytest.raises(LimitError):
        read(laughs.encode(), name="x")
    with pytest.raises(LimitError):
        read(b"basics:\nwork:\n" + b"- x\n" * 300_000, name="x")
    with pytest.raises(DamagedFileError):
        read(b"basics:\nwork:\n - {a", name="x")


def test_without_what_reads_yaml_the_message_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "yaml", None)
    with pytest.raises(UnknownFormatError, match=r"\[files\]"):
        read(datas.YAML_RESUME.encode(), name="resume.yaml")


def test_a_damaged_export_of_linkedin_is_named() -> None:
    data = bytearray(datas.linkedin())
    place = data.index(b"Positions.csv") + len("Positions.csv") + 4
    data[place : place + 8] = bytes(8)
    with pytest.raises(DamagedFileError, match="LinkedIn"):
        read(bytes(data), name="export.zip")


def test_an_archive_of_spreadsheets_is_no_export_of_linkedin() -> None:
    pile = makers.archive({"skills.csv": b"x", "profile.csv": b"y"})
    with pytest.raises(ReadError, match="more than one document"):
        read(pile, name="pile.zip")
