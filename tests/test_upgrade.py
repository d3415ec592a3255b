"""rolefit diff: what another model changes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import Run, make_tiny_bundle
from rolefit.bundle import FILES, Bundle, rewrite_manifest
from rolefit.matcher import Matcher
from rolefit.records import Features, Match
from rolefit.upgrade import Change, JobDiff, as_dict, compare

PEOPLE = {
    "nurse.txt": "Registered nurse. Ten years of patient care on a hospital ward. " * 8,
    "chef.txt": "Chef. Kitchen, food, staff and menus for two hundred guests. " * 8,
    "clerk.txt": "Accountant. Ledger, audit, monthly close and cost reports. " * 8,
}
JOB = "Nurse\n\nRequirements\n- Years of patient care on a hospital ward.\n- Calm with families.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "people").mkdir()
    for name, text in PEOPLE.items():
        (tmp_path / "people" / name).write_text(text)
    (tmp_path / "job.txt").write_text(JOB)
    return tmp_path


@pytest.fixture
def other(tmp_path: Path) -> Bundle:
    """The tiny bundle with scores turned around: what was high is low."""
    folder = tmp_path / "other"
    folder.mkdir()
    bundle = make_tiny_bundle(folder)
    for name, changes in (
        (FILES.ridge, {"coefficients": [-50.0]}),
        (FILES.neural, {"coefs": [[[1.0, -1.0]], [[-50.0], [50.0]]]}),
    ):
        content = json.loads(bundle.path(name).read_text())
        bundle.path(name).write_text(json.dumps({**content, **changes}))
    return rewrite_manifest(folder)


def match(score: float) -> Match:
    return Match("a", "j", score, (0.0, 100.0), Features(("cosine",), (0.5,)))


def test_the_same_model_changes_nothing(tiny_bundle: Bundle, folder: Path) -> None:
    people = sorted((folder / "people").iterdir())
    found = compare(Matcher(tiny_bundle), Matcher(tiny_bundle), folder / "job.txt", people)
    assert (found.mean, found.order) == (0.0, pytest.approx(1.0))
    assert not any(change.told for change in found.changes)


def test_another_model_is_compared_resume_by_resume(
    tiny_bundle: Bundle, other: Bundle, folder: Path
) -> None:
    people = sorted((folder / "people").iterdir())
    old, new = Matcher(tiny_bundle), Matcher(other)
    found = compare(old, new, folder / "job.txt", people, top=1)
    assert found.order == pytest.approx(-1.0)
    for change in found.changes:
        assert change.old.resume == change.new.resume
        assert change.new.score == pytest.approx(100.0 - change.old.score)
        assert change.old_place + change.new_place == 4
    assert sorted(c.top for c in found.changes) == ["", "in", "out"]
    sizes = [abs(c.points) for c in found.changes]
    assert sizes == sorted(sizes, reverse=True)


def test_a_line_is_crossed_by_whoever_stands_on_its_other_side_afterwards(
    tiny_bundle: Bundle, other: Bundle, folder: Path
) -> None:
    people = sorted((folder / "people").iterdir())
    job = folder / "job.txt"
    found = compare(Matcher(tiny_bundle), Matcher(other), job, people, lines=(50.0,), top=3)
    for change in found.changes:
        sides = (change.old.score >= 50.0, change.new.score >= 50.0)
        assert bool(change.crossed) == (sides[0] != sides[1])


def test_what_cannot_be_read_is_told_once_and_left_out_of_both(
    run: Run, tiny_bundle: Bundle, folder: Path
) -> None:
    (folder / "people" / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing else")
    (folder / "jobs").mkdir()
    for i in range(2):
        (folder / "jobs" / f"{i}.txt").write_text(JOB)
    model = tiny_bundle.folder
    found = run(
        "diff", model, model, "--jobs", folder / "jobs", "--resumes", folder / "people", "--json",
        model=False,
    )  # fmt: skip
    assert found.status == 3
    assert found.err.count("broken.pdf") == 1
    assert [job["resumes"] for job in found.json["jobs"]] == [3, 3]


def test_the_command_tells_who_crosses_and_why_and_writes_both_receipts(
    run: Run, tiny_bundle: Bundle, other: Bundle, folder: Path
) -> None:
    asked = (
        "diff", tiny_bundle.folder, other.folder, "--jobs", folder / "job.txt", "--resumes",
        folder / "people", "--top", "1",
    )  # fmt: skip
    receipts = folder / "receipts"
    found = run(*asked, "--json", "--receipts", receipts, model=False).json
    assert found["old"]["sha256"] == tiny_bundle.sha256
    assert found["new"]["sha256"] == other.sha256
    told = [c for c in found["jobs"][0]["changes"] if c["crossed"] or c["top"]]
    assert told
    assert all(c["reasons"] is not None for c in told)
    assert len(list(receipts.iterdir())) == 2 * len(told)
    for which, bundle in (("old", tiny_bundle), ("new", other)):
        file = receipts / f"job1-1-{which}.json"
        resume = told[0]["file"]
        verified = run(
            "verify", file, resume, folder / "job.txt", "--model", bundle.folder, model=False
        )
        assert verified.status == 0
    screen = run(*asked, model=False).out
    assert "enters the best 1" in screen
    assert "leaves the best 1" in screen


def test_a_pool_can_be_compared_too(
    run: Run, tiny_bundle: Bundle, other: Bundle, folder: Path
) -> None:
    pool = folder / "people.pool"
    assert run("pool", "add", pool, folder / "people").status == 0
    asked = ("diff", tiny_bundle.folder, other.folder, "--jobs", folder / "job.txt", "--json")
    by_pool = run(*asked, "--pool", pool, model=False).json
    by_files = run(*asked, "--resumes", folder / "people", model=False).json

    def scores(found: dict[str, list[dict[str, list[dict[str, dict[str, float]]]]]]) -> object:
        return sorted((c["old"]["score"], c["new"]["score"]) for c in found["jobs"][0]["changes"])

    assert scores(by_pool) == scores(by_files)


def test_people_are_named_in_one_way(run: Run, tiny_bundle: Bundle, folder: Path) -> None:
    model = tiny_bundle.folder
    found = run("diff", model, model, "--jobs", folder / "job.txt", model=False)
    assert found.status == 2
    assert "either --resumes FILES or --pool POOL" in found.err


def test_reasons_that_were_not_looked_at_are_null() -> None:
    change = Change(match(50.0), match(60.0), 1, 1, (55.0,), "")
    content = as_dict(JobDiff("j", (change, replace(change, reasons=()))))
    assert [c["reasons"] for c in content["changes"]] == [None, []]
