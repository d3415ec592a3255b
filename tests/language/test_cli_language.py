"""rolefit normalize and rolefit skills."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Run

TEXT = "Skills\nR, Go and react js\n\nExperience\n4 years of P\u0443thon. B-Tech."


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "resume.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_normalize_prints_the_canonical_text_and_notes_on_stderr(run: Run, file: Path) -> None:
    result = run("normalize", file, model=False)
    assert result.status == 0
    assert result.out == (
        "Skills\nR, Go and React\n\nExperience\n4 years of Python. Bachelor of Technology.\n"
    )
    assert "look-alike" in result.err


def test_normalize_as_json_gives_every_replacement_with_both_places(run: Run, file: Path) -> None:
    content = run("normalize", file, "--json", model=False).json
    assert [r["before"] for r in content["replacements"]] == ["react js", "B-Tech"]
    for replacement in content["replacements"]:
        start, end = replacement["original"]
        assert TEXT[start:end] == replacement["before"]
        start, end = replacement["canonical"]
        assert content["text"][start:end] == replacement["after"]
    assert [notice["code"] for notice in content["notices"]] == ["homoglyphs"]
    assert len(content["taxonomy"]) == 64


def test_skills_are_listed_with_place_and_years(run: Run, file: Path) -> None:
    result = run("skills", file, model=False)
    assert result.status == 0
    row = next(line for line in result.out.splitlines() if line.startswith("Python"))
    assert "used" in row
    assert "4" in row


def test_skills_as_json_give_spans_ids_and_groups(run: Run, file: Path) -> None:
    content = run("skills", file, "--json", model=False).json
    found = {skill["label"]: skill for skill in content["skills"]}
    assert list(found) == ["R", "Go", "React", "Python (computer programming)"]
    mention = found["Python (computer programming)"]["mentions"][0]
    assert TEXT[mention["start"] : mention["end"]] == mention["text"]
    assert (mention["section"], mention["manner"], mention["page"]) == ("experience", "used", 1)
    assert found["Go"]["id"] == "rolefit:go"
    assert found["R"]["group"]


def test_a_document_without_skills_says_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Hello there.")
    result = run("skills", tmp_path / "a.txt", model=False)
    assert result.status == 0
    assert "no skill" in result.err
    assert run("skills", tmp_path / "a.txt", "--json", model=False).json["skills"] == []


@pytest.mark.parametrize("command", ["normalize", "skills"])
def test_a_file_that_is_not_there_ends_with_2(run: Run, tmp_path: Path, command: str) -> None:
    assert run(command, tmp_path / "none.txt", model=False).status == 2


@pytest.mark.parametrize("command", ["normalize", "skills"])
def test_help_fits_80_columns(run: Run, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    result = run(command, "--help", model=False)
    assert result.status == 0
    assert max(map(len, result.out.splitlines())) <= 80
    assert "…" not in result.out
