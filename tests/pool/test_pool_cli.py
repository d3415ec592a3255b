"""`rolefit pool`: what its commands print, and the status they end with."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from adverts import NURSE
from pools import bytes_of, resume, write

from conftest import Run


@pytest.fixture
def made(run: Run, pool: Path, tmp_path: Path) -> Path:
    path = tmp_path / "p.pool"
    assert run("pool", "add", path, pool).status == 0
    return path


def test_add_counts_and_search_shows_what_rank_shows(
    run: Run, made: Path, pool: Path, job: Path
) -> None:
    again = run("pool", "add", made, pool)
    assert "0 added, 0 replaced, 3 there already" in again.out
    assert "holds 3 resumes" in again.out
    found = run("pool", "search", made, job, "--json").json
    ranked = run("rank", job, pool.absolute(), "--json").json
    assert found == ranked
    assert run("pool", "search", made, job).out == run("rank", job, pool.absolute()).out


def test_add_ends_with_3_where_something_was_not_read(run: Run, made: Path, pool: Path) -> None:
    (pool / "empty.pdf").touch()
    result = run("pool", "add", made, pool)
    assert result.status == 3
    assert "1 not read" in result.out
    assert "empty.pdf" in result.err


def test_search_says_how_many_were_not_scored(run: Run, made: Path, job: Path) -> None:
    result = run("pool", "search", made, job, "--candidates", 1)
    assert "3 could be meant; 1 of them were scored" in result.err
    assert "1 resume for" in result.out


def test_a_wrong_filter_names_the_fields(run: Run, made: Path, job: Path) -> None:
    result = run("pool", "search", made, job, "--filter", "salary > 5")
    assert result.status == 2
    assert "the fields are domain, level, years, degree, country, skill" in result.err


def test_a_filter_leaves_the_others_out(run: Run, made: Path, job: Path) -> None:
    result = run("pool", "search", made, job, "--filter", "name contains nurse", "--json")
    assert [Path(item["file"]).name for item in result.json["results"]] == ["nurse.txt"]


def test_standard_input_is_added_and_two_of_them_are_two(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "stdin.pool"
    for number in (1, 2, 2):
        data = io.TextIOWrapper(io.BytesIO(resume(number).encode()))
        monkeypatch.setattr(sys, "stdin", data)
        result = run("pool", "add", path, "-")
    assert "1 there already" in result.out
    assert "holds 2 resumes" in result.out


def test_forget_takes_names_and_numbers_and_leaves_no_byte(
    run: Run, made: Path, pool: Path
) -> None:
    assert b"nurse.txt" in bytes_of(made)
    result = run("pool", "forget", made, pool / "nurse.txt", 1)
    assert result.status == 0
    assert result.out.count("removed ") == 2
    assert b"nurse.txt" not in bytes_of(made)
    assert "holds: 1 resume" in run("pool", "verify", made).out
    missing = run("pool", "forget", made, "nobody")
    assert missing.status == 2
    assert "nobody has the name or number 'nobody'" in missing.err


def test_remove_then_compact_is_forget_in_two_steps(run: Run, made: Path, pool: Path) -> None:
    assert "removed" in run("pool", "remove", made, pool / "nurse.txt").out
    assert "MB before" in run("pool", "compact", made).out
    assert b"nurse.txt" not in bytes_of(made)


def test_stats_like_and_export_have_json(run: Run, made: Path, pool: Path) -> None:
    assert run("pool", "stats", made, "--json").json["people"] == 3
    assert "3 resumes" in run("pool", "stats", made).out
    likes = run("pool", "like", made, pool / "nurse.txt", "--json").json["results"]
    assert Path(likes[0]["file"]).name == "nurse.txt"
    assert "like" in run("pool", "like", made, pool / "nurse.txt").out
    lines = run("pool", "export", made).out.splitlines()
    assert {Path(json.loads(line)["name"]).name for line in lines} == {
        "nurse.txt", "chef.md", "coder.html",
    }  # fmt: skip


def test_export_writes_a_table_that_add_reads(run: Run, made: Path, tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    assert run("pool", "export", made, "-o", table).status == 0
    assert run("pool", "add", tmp_path / "q.pool", table).out.startswith("3 added")


def test_jobs_searches_a_pool_of_jobs(run: Run, tmp_path: Path, pool: Path) -> None:
    adverts = tmp_path / "adverts"
    adverts.mkdir()
    for trade in ("nurse", "chef"):
        (adverts / f"{trade}.txt").write_text(f"We look for a {trade}. {trade} wanted. " * 9)
    path = tmp_path / "jobs.pool"
    assert "holds 2 jobs" in run("pool", "add", path, adverts, "--as", "job").out
    result = run("pool", "jobs", path, pool / "nurse.txt")
    assert "2 jobs for" in result.out
    found = run("pool", "jobs", path, pool / "nurse.txt", "--json").json
    assert [Path(item["job"]).name for item in found["results"]] == ["nurse.txt", "chef.txt"]
    wrong = run("pool", "add", path, pool)
    assert wrong.status == 2
    assert "--as job" in wrong.err
    assert run("pool", "search", path, pool / "nurse.txt").status == 2


def test_verify_ends_with_4_where_a_pool_does_not_hold(run: Run, made: Path) -> None:
    import sqlite3

    with sqlite3.connect(made) as db:
        db.execute("DELETE FROM profiles WHERE id = 2")
    result = run("pool", "verify", made)
    assert result.status == 4
    assert "number 2 is without profiles" in result.err


def test_a_file_that_is_no_pool_is_refused(run: Run, job: Path) -> None:
    for command in (("search", job, job), ("stats", job), ("forget", job, 1)):
        result = run("pool", *command)
        assert result.status == 2
        assert "expected a pool, got a file of another kind" in result.err
    assert job.read_text().startswith("We look")


def test_renew_makes_a_pool_of_the_same_people(run: Run, made: Path, tmp_path: Path) -> None:
    result = run("pool", "renew", made, tmp_path / "new.pool")
    assert "holds 3" in result.out


def test_a_folder_with_the_pool_itself_in_it_can_be_added(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "all"
    write(folder, range(3))
    run("pool", "add", folder / "p.pool", folder)
    result = run("pool", "add", folder / "p.pool", folder)
    assert (result.status, "3 there already" in result.out) == (0, True)


def test_search_shows_files_of_one_person_as_rank_shows_them(
    run: Run, made: Path, pool: Path, job: Path
) -> None:
    (pool / "now.txt").write_text(NURSE)
    (pool / "then.txt").write_text(NURSE.replace("2023", "2019"))
    run("pool", "add", made, pool)
    found = run("pool", "search", made, job, "--json").json
    assert found == run("rank", job, pool.absolute(), "--json").json
    assert (found["ranked"], found["folded"]) == (4, 1)
    each = run("pool", "search", made, job, "--json", "--all-versions").json
    assert each == run("rank", job, pool.absolute(), "--json", "--all-versions").json
    assert each["ranked"] == 5
