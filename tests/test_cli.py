"""The command line: what it prints where, and the status it ends with."""

from __future__ import annotations

import csv
import io
import os
import re
import sys
from pathlib import Path

import pytest

from conftest import ADVERT, CHEF, NURSE, Result, Run


def names(result: Result) -> list[str]:
    return [Path(item["file"]).name for item in result.json["results"]]


def test_rank_shows_the_best_first_and_ends_with_0(run: Run, job: Path, pool: Path) -> None:
    result = run("rank", job, pool)
    places = re.findall(r"^ +(\d)  (\S+) +(\d+) ", result.out, re.MULTILINE)
    assert [place for place, _, _ in places] == ["1", "2", "3"]
    assert places[0][1] == "nurse.txt"
    scores = [int(score) for _, _, score in places]
    assert scores == sorted(scores, reverse=True)
    assert (result.status, result.err) == (0, "")


def test_a_folder_is_walked_and_hidden_files_are_not_seen(run: Run, job: Path, pool: Path) -> None:
    (pool / ".hidden.txt").write_text(NURSE)
    (pool / "~$nurse.docx").write_text("a lock file of Word")
    (pool / ".git").mkdir()
    (pool / ".git" / "a.txt").write_text(NURSE)
    assert sorted(names(run("rank", job, pool, "--json"))) == ["chef.md", "coder.html", "nurse.txt"]


def test_the_job_is_not_ranked_when_it_lies_in_the_folder(run: Run, job: Path, pool: Path) -> None:
    assert "job.txt" not in names(run("rank", job, pool.parent, "--json"))
    named = run("rank", job, job, "--json")  # on purpose: tried, and found to be an advert
    assert "it reads like a job advert" in named.out


def test_a_file_given_twice_is_ranked_twice_and_marked(run: Run, job: Path, pool: Path) -> None:
    results = run("rank", job, pool / "chef.md", pool / "chef.md", "--json").json["results"]
    codes = [[notice["code"] for notice in item["notices"]] for item in results]
    assert codes == [[], ["duplicate"]]


def test_files_of_one_name_are_told_apart_by_their_folder(run: Run, job: Path, pool: Path) -> None:
    (pool / "more" / "nurse.txt").write_text(CHEF)
    result = run("rank", job, pool, "--json")
    files = {item["file"] for item in result.json["results"]}
    assert {str(pool / "nurse.txt"), str(pool / "more" / "nurse.txt")} <= files
    assert "more/nurse.txt" in run("rank", job, pool).out.replace("\\", "/")


def test_top_shows_the_best_and_counts_the_rest(run: Run, job: Path, pool: Path) -> None:
    result = run("rank", job, pool, "--top", 1)
    assert "and 2 more" in result.out
    content = run("rank", job, pool, "--top", 1, "--json").json
    assert (len(content["results"]), content["ranked"]) == (1, 3)


def test_what_cannot_be_read_is_listed_and_the_rest_ranked(run: Run, job: Path, pool: Path) -> None:
    (pool / "empty.pdf").touch()
    result = run("rank", job, pool, pool / "missing.pdf")
    assert result.status == 3
    assert "Not read: 2 files" in result.out
    assert "nurse.txt" in result.out
    content = run("rank", job, pool, pool / "missing.pdf", "--json").json
    errors = {Path(item["file"]).name: item["error"] for item in content["not_read"]}
    assert errors == {"empty.pdf": "EmptyDocumentError", "missing.pdf": "FileAccessError"}
    assert len(content["results"]) == 3


def test_if_nothing_can_be_read_all_are_still_listed(run: Run, job: Path, pool: Path) -> None:
    result = run("rank", job, pool / "x.pdf", pool / "y.pdf")
    assert result.status == 3
    assert "Not read: 2 files" in result.out


@pytest.mark.parametrize("content", [None, b""])
def test_a_job_that_cannot_be_read_ends_with_2(
    run: Run, job: Path, pool: Path, content: bytes | None
) -> None:
    job.unlink()
    if content is not None:
        job.write_bytes(content)
    result = run("rank", job, pool)
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("rolefit: the job cannot be read: ")
    assert result.err.count("\n") == 1


def test_score_shows_one_pair(run: Run, job: Path, pool: Path) -> None:
    result = run("score", pool / "nurse.txt", job)
    assert result.status == 0
    assert re.search(r"^nurse\.txt\nfor job\.txt\n\n\d+  ━", result.out, re.MULTILINE)


def test_score_and_rank_agree(run: Run, job: Path, pool: Path) -> None:
    ranked = {
        item["file"]: item["score"] for item in run("rank", job, pool, "--json").json["results"]
    }
    for file, score in ranked.items():
        assert run("score", file, job, "--json").json["results"][0]["score"] == score


def test_score_tells_a_missing_file_from_an_unreadable_one(
    run: Run, job: Path, tmp_path: Path
) -> None:
    assert run("score", tmp_path / "missing.pdf", job).status == 2
    (tmp_path / "empty.pdf").touch()
    result = run("score", tmp_path / "empty.pdf", job)
    assert (result.status, result.out) == (3, "")
    assert re.match(r"rolefit: .*empty\.pdf: .*\n$", result.err)


def test_machine_output_is_alone_on_stdout(run: Run, job: Path, pool: Path) -> None:
    (pool / "empty.pdf").touch()
    result = run("rank", job, pool, "--csv")
    rows = list(csv.DictReader(io.StringIO(result.out)))
    assert [row["place"] for row in rows] == ["1", "2", "3", ""]
    assert result.err == "rolefit: 1 of 4 not read\n"
    assert result.status == 3


def test_output_goes_to_a_file_in_the_form_of_its_name(run: Run, job: Path, pool: Path) -> None:
    for name, start in (("x.json", b"{"), ("x.csv", b"\xef\xbb\xbfplace,")):
        result = run("rank", job, pool, "-o", pool.parent / name)
        assert (result.status, result.out) == (0, "")
        assert (pool.parent / name).read_bytes().startswith(start)
    assert sorted(os.listdir(pool.parent)) == ["job.txt", "pool", "x.csv", "x.json"]


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--json", "--csv"], "exclude each other"),
        (["-o", "x.html"], "expected a name in .json or .csv"),
        (["-o", "no/such/folder/x.json"], "make it first"),
        (["-o", "."], "got a folder"),
    ],
)
def test_output_that_cannot_be_is_refused_before_any_work(
    run: Run, job: Path, pool: Path, arguments: list[str], word: str
) -> None:
    result = run("rank", "/no/job", "/no/resume", *arguments)
    assert result.status == 2
    assert word in result.err


def test_an_empty_folder_is_a_usage_error(run: Run, job: Path, tmp_path: Path) -> None:
    (tmp_path / "void").mkdir()
    result = run("rank", job, tmp_path / "void")
    assert result.status == 2
    assert "no files in" in result.err


def stdin(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


def test_a_dash_reads_standard_input(
    run: Run, job: Path, pool: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = run("score", pool / "nurse.txt", job, "--json").json["results"][0]["score"]
    stdin(monkeypatch, ADVERT)
    content = run("rank", "-", pool / "nurse.txt", "--json").json
    assert (content["job"], content["results"][0]["score"]) == ("standard input", expected)
    stdin(monkeypatch, NURSE)
    content = run("rank", job, pool, "-", "--json").json
    assert "standard input" in {item["file"] for item in content["results"]}
    stdin(monkeypatch, NURSE)
    assert run("score", "-", job, "--json").json["results"][0]["score"] == expected


def test_an_empty_standard_input_is_not_read(
    run: Run, job: Path, pool: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stdin(monkeypatch, "")
    result = run("rank", job, pool, "-", "--json")
    assert result.status == 3
    assert result.json["not_read"][0]["file"] == "standard input"
    stdin(monkeypatch, "")
    assert run("rank", "-", pool).status == 2


def test_standard_input_can_be_given_only_once(run: Run) -> None:
    for arguments in (("score", "-", "-"), ("rank", "-", "-"), ("rank", "job", "-", "-")):
        result = run(*arguments)
        assert result.status == 2
        assert "only once" in result.err
