"""What `inspect` says of one document: everything has its place in the text."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from conftest import Run
from rolefit import inspect
from rolefit.errors import InputError
from rolefit.reading.shape import shape_of
from rolefit.report.html_inspect import marks, to_html
from rolefit.report.inspect_json import to_json

EXAMPLES = Path(__file__).parents[1] / "examples"
RESUME = """Ada Byron
Head Baker
ada.byron@example.org

EXPERIENCE
Head Baker, Northwind Foods
May 2019 - Present
- Kneaded dough and trained four bakers in the use of Excel.
Baker, Contoso Ltd
Mar 2044 - Feb 2015
- Ran three ovens.

THINGS I LEARNED
Bachelor of Arts in History, University of Tarn, 2012
Spanish (fluent)
"""
JOB = """Head Baker
Northwind Foods
Requirements
- At least 3 years of experience as a baker
- Must hold a food handler card
Nice to have
- Spanish is a plus
"""


def test_a_resume_is_told_from_a_job() -> None:
    assert inspect(RESUME).side == "resume"
    assert inspect(JOB).side == "job"
    assert inspect(RESUME, "job").job is not None


@pytest.mark.parametrize("folder", ["resumes", "jobs"])
def test_every_example_is_taken_for_what_it_is(folder: str) -> None:
    for path in sorted((EXAMPLES / folder).iterdir()):
        assert f"{inspect(path).side}s" == folder, path.name


def test_another_side_is_refused() -> None:
    with pytest.raises(InputError, match="resume or job"):
        inspect(RESUME, "cv")


def test_the_json_has_every_fact_at_its_place() -> None:
    content = json.loads(to_json(inspect(RESUME, as_of="2020-04")))
    text = content["text"]
    assert content["schema"] == 1
    first = content["resume"]["positions"][0]
    assert (first["from"], first["to"], first["current"]) == ("2019-05", "2020-04", True)
    assert text[first["title"]["start"] : first["title"]["end"]] == "Head Baker"
    assert text[first["employer"]["start"] : first["employer"]["end"]] == "Northwind Foods"
    (degree,) = content["resume"]["education"]
    assert text[degree["start"] : degree["end"]] == "Bachelor of Arts in History"
    assert [text[m["start"] : m["end"]] for m in content["personal"]][:1] == ["Ada Byron"]
    for skill in content["skills"]:
        for mention in skill["mentions"]:
            assert text[mention["start"] : mention["end"]].strip()
    assert content["job"] is None


def test_a_job_says_what_it_asks_for() -> None:
    content = json.loads(to_json(inspect(JOB)))
    asked = content["job"]["requirements"]
    lines = [content["text"][one["start"] : one["end"]] for one in asked]
    assert any("3 years" in line for line in lines)
    assert {one["kind"] for one in asked} == {"required", "preferred"}
    assert content["job"]["years"]["value"] == "3"


def test_risks_name_what_other_programs_misread() -> None:
    risks = {risk.code: risk for risk in inspect(RESUME).risks}
    assert '"THINGS I LEARNED"' in risks["odd-headings"].message
    assert "education" in risks["no-heading"].message
    assert "dates" in risks
    assert "letter-spacing" not in risks
    spaced = inspect(RESUME.replace("EXPERIENCE", "E X P E R I E N C E"))
    assert "letter-spacing" in {risk.code for risk in spaced.risks}
    without = inspect(RESUME.replace("ada.byron@example.org", ""), "resume")
    assert "no-contact" in {risk.code for risk in without.risks}


def test_columns_are_counted_page_by_page() -> None:
    found = inspect(EXAMPLES / "resumes" / "ingrid-vasko-graphic-designer.pdf")
    assert len(found.document.columns) == found.document.pages


def test_the_build_of_a_word_file_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        body = b'<w:tbl ><w:tbl><w:sectPr><w:cols w:space="9" w:num="2"/></w:sectPr><pic:pic >'
        archive.writestr("word/document.xml", body)
        archive.writestr("word/header1.xml", b"<w:p><w:t>a&amp;b@example.org</w:t></w:p>")
        archive.writestr("word/charts/chart1.xml", b"<c/>")
    shape = shape_of("docx", path.read_bytes())
    assert (shape.tables, shape.columns, shape.pictures, shape.charts) == (2, 2, 1, 1)
    assert shape.margins == "a&b@example.org"
    assert shape_of("docx", b"no archive").tables == 0


def test_the_page_marks_what_was_found_and_escapes_the_rest() -> None:
    found = inspect(RESUME.replace("History", "<b>History</b>"))
    html = to_html(found)
    assert '<mark class="k-title" title="title">Head Baker</mark>' in html
    assert "<b>History" not in html
    assert {"title", "employer", "degree", "heading"} <= {mark.kind for mark in marks(found)}


def test_the_screen_fits_eighty_columns(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "resume.txt"
    path.write_text(RESUME, encoding="utf-8")
    done = run("inspect", path, model=False)
    assert done.status == 0
    assert max(map(len, done.out.splitlines())) <= 80
    assert "May 2019 - now" in done.out
    assert "Northwind Foods" in done.out
