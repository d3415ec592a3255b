"""Reports say what the matches say, to people and to programs, whatever files are called."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from rolefit import __version__
from rolefit.bundle import Bundle
from rolefit.errors import DamagedFileError, ImageOnlyError
from rolefit.records import Features, Match, Notice
from rolefit.report import VERDICTS, Report, verdict, whole
from rolefit.report.as_csv import COLUMNS, to_csv
from rolefit.report.as_json import to_json
from rolefit.report.names import printable, shorten, without_folder
from rolefit.report.terminal import bar, print_ranking, print_score

LONG = "helen-marchetti-senior-accountant-updated-{}-final.docx"
NAMES = ("a.pdf", "résumé 李.docx", LONG.format(2025), LONG.format(2026))


def match(name: str, score: float, *notices: Notice) -> Match:
    band = (max(0.0, score - 10), min(100.0, score + 10))
    return Match(name, "job.txt", score, band, Features(("cosine",), (0.123456,)), notices)


@pytest.fixture
def report(tiny_bundle: Bundle) -> Report:
    about_job = Notice("job-short", "only 9 tokens of text; low confidence")
    matches = [
        match(f"pool/{name}", score, about_job)
        for name, score in zip(NAMES, (91.23456, 68.5, 40.4, 0.0), strict=True)
    ]
    copy = Notice("duplicate", "same text as pool/a.pdf")
    matches[1] = replace(matches[1], notices=(about_job, copy))
    unread = (
        ImageOnlyError("pool/scan.pdf", "its pages are pictures", "Run it through OCR."),
        DamagedFileError("pool/=1+1.pdf", "it breaks off", "Fetch it again."),
    )
    return Report("adverts/job.txt", tuple(matches), unread, tiny_bundle, ranked=6)


def shown(report: Report, width: int = 80, terminal: bool = True, score: bool = False) -> str:
    console = Console(width=width, file=io.StringIO(), force_terminal=terminal, color_system=None)
    (print_score if score else print_ranking)(report, console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize(
    ("score", "word"),
    [(0, "no sensible link"), (12.49, "no sensible link"), (12.5, "another profession"),
     (25, "another profession"), (26, "some overlap"), (55.4, "a long shot"), (68, "plausible"),
     (68.5, "good"), (80, "good"), (90.49, "very good"), (90.5, "exceptional"),
     (100, "exceptional")],
)  # fmt: skip
def test_the_word_is_that_of_the_whole_number_shown(score: float, word: str) -> None:
    assert verdict(score) == word


@given(st.floats(0, 100))
def test_every_score_has_a_word_and_a_bar(score: float) -> None:
    assert verdict(score) in {word for _, word in VERDICTS}
    assert len(bar(score, 10)) == len(bar(score, 10, ascii_only=True)) == 10
    assert 0 <= whole(score) <= 100


def test_the_screen_shows_place_name_score_word_and_range(report: Report) -> None:
    lines = shown(report).splitlines()
    assert lines[1] == "6 resumes for job.txt"
    assert lines[2] == "The job: only 9 tokens of text; low confidence"
    first, second = lines[5], lines[6]
    assert first.split() == ["1", "a.pdf", "91", "━━━━━━━━━", "exceptional", "81-100"]
    assert second.split()[:4] == ["2", "résumé", "李.docx", "69"]
    assert lines[7] == "     same text as pool/a.pdf"
    assert "     and 2 more" in lines


def test_the_screen_names_cause_and_remedy_of_what_was_not_read(report: Report) -> None:
    text = shown(report)
    assert "Not read: 2 files" in text
    assert "pool/scan.pdf\n      Its pages are pictures. Run it through OCR.\n" in text


def test_the_screen_says_that_a_score_is_no_decision(report: Report) -> None:
    for text in (shown(report), shown(replace(report, matches=report.matches[:1]), score=True)):
        assert "is not a decision" in " ".join(text.split())


@pytest.mark.parametrize("width", [40, 60, 64, 79, 80, 81, 100, 200])
def test_no_line_is_wider_than_the_screen(report: Report, width: int) -> None:
    for text in (
        shown(report, width),
        shown(replace(report, matches=report.matches[:1]), width, score=True),
    ):
        assert max(map(cell_len, text.splitlines())) <= width


def test_nothing_is_cut_where_the_output_is_no_screen(report: Report) -> None:
    text = shown(report, terminal=False)
    assert all(name in text for name in NAMES)


def test_a_screen_without_unicode_gets_ascii_marks(tiny_bundle: Bundle) -> None:
    matches = tuple(match(LONG.format(i) * 2, 50.0) for i in range(3))
    output = io.TextIOWrapper(io.BytesIO(), encoding="cp1252", errors="strict")
    console = Console(width=80, file=output, force_terminal=True, color_system=None)
    print_ranking(Report("job.txt", matches, (), tiny_bundle, 3), console)
    output.seek(0)
    assert "=====" in output.read()


def test_a_report_without_a_single_resume_read_still_names_them(report: Report) -> None:
    text = shown(replace(report, matches=(), ranked=0))
    assert text.startswith("\n0 resumes for job.txt\n")
    assert "scan.pdf" in text


def test_markup_and_escapes_in_file_names_do_nothing(tiny_bundle: Bundle) -> None:
    evil = match("[red]a[bold]\x1b[31m\r\n\u202efdp.exe\udcff.pdf", 50.0)
    report = Report("[bold]job.txt", (evil,), (), tiny_bundle, 1)
    for text in (shown(report), shown(report, score=True)):
        assert "[red]a[bold]\ufffd[31m" in text
        assert "[bold]job.txt" in text
        assert not set(text) & {"\x1b", "\r", "\u202e", "\udcff"}


def test_json_holds_everything_under_a_schema_number(report: Report) -> None:
    content = json.loads(to_json(report))
    assert list(content) == [
        "schema", "rolefit", "bundle", "job", "job_notices", "ranked", "left_out", "job_domains",
        "results", "not_read",
    ]  # fmt: skip
    assert (content["schema"], content["rolefit"]) == (1, __version__)
    assert content["bundle"] == {
        "name": "tiny", "version": "0", "sha256": report.bundle.sha256,
    }  # fmt: skip
    assert content["job"] == "adverts/job.txt"
    assert content["job_notices"][0]["code"] == "job-short"
    assert content["ranked"] == 6
    assert content["results"][0] == {
        "place": 1,
        "file": "pool/a.pdf",
        "score": 91.2346,
        "band": [81.2346, 100.0],
        "verdict": "exceptional",
        "features": {"cosine": 0.1235},
        "domains": [],
        "notices": [],
    }
    assert content["results"][1]["notices"][0]["code"] == "duplicate"
    assert content["not_read"][0] == {
        "file": "pool/scan.pdf",
        "error": "ImageOnlyError",
        "cause": "its pages are pictures",
        "remedy": "Run it through OCR.",
    }


def test_csv_has_one_row_a_resume_and_the_unread_at_the_end(report: Report) -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(report), newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert [row["place"] for row in rows] == ["1", "2", "3", "4", "", ""]
    assert [row["score"] for row in rows] == ["91", "69", "40", "0", "", ""]
    assert rows[0]["not_read"] == ""
    assert rows[4]["not_read"] == "its pages are pictures. Run it through OCR."


@pytest.mark.parametrize(
    "name", ["=cmd|' /C calc'!A0.pdf", "+1.pdf", "-1.pdf", "@SUM(A1).pdf", "\t=1.pdf", " =1.pdf",
             "\uff1d1.pdf"],
)  # fmt: skip
def test_a_file_name_is_never_a_formula_in_a_spreadsheet(tiny_bundle: Bundle, name: str) -> None:
    unread = (DamagedFileError(name, "-it breaks", "Fetch it."),)
    text = to_csv(Report("job.txt", (match(name, 50.0),), unread, tiny_bundle, 1))
    first, second = csv.DictReader(io.StringIO(text, newline=""))
    assert first["file"] == second["file"] == f"'{name}"
    assert second["not_read"].startswith("'-")


def test_long_names_keep_their_extension() -> None:
    (short,) = shorten(["amara-osei-senior-backend-engineer.pdf"], 20)
    assert short == "amara-ose…gineer.pdf"


def test_names_that_differ_in_the_middle_stay_different() -> None:
    names = [f"application-{i}-of-somebody-with-a-very-long-family-name.docx" for i in range(9)]
    assert len(set(shorten(names, 24))) == 9


@given(st.lists(st.text(min_size=1, max_size=60)), st.integers(10, 60))
def test_shortened_names_fit(names: list[str], width: int) -> None:
    names = [printable(name) for name in names]
    short = shorten(names, width)
    assert all(cell_len(text) <= width for text in short)
    assert all(a == b for a, b in zip(names, short, strict=True) if cell_len(a) <= width)


@given(st.text())
def test_a_printable_name_moves_no_cursor(name: str) -> None:
    assert printable(name).isprintable()


def test_the_folder_that_all_share_is_left_out() -> None:
    assert without_folder(["p/a/x.pdf", "p/b/x.pdf"]) == ["a/x.pdf", "b/x.pdf"]
    assert without_folder(["p/x.pdf", "y.pdf"]) == ["p/x.pdf", "y.pdf"]
    assert without_folder(["/p/x.pdf", "q/y.pdf"]) == ["/p/x.pdf", "q/y.pdf"]
    assert without_folder([]) == []
