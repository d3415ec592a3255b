"""rank, score, inspect and verify with what a person decided."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from adverts import CHEF, NURSE, NURSE_JOB

from conftest import Run
from rolefit import Matcher, decide, receipts
from rolefit.bundle import Bundle
from rolefit.errors import InputError
from rolefit.reading import read


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "job.txt").write_text(NURSE_JOB)
    people = tmp_path / "people"
    people.mkdir()
    (people / "nurse.txt").write_text(NURSE)
    (people / "chef.txt").write_text(CHEF)
    return tmp_path


def test_without_decisions_nothing_is_said_of_them(run: Run, folder: Path) -> None:
    found = run("rank", folder / "job.txt", folder / "people", "--json").json
    assert "confirmed" not in found
    assert all("weighted" not in result for result in found["results"])


def test_a_must_that_is_not_shown_is_said_and_nobody_is_dropped(run: Run, folder: Path) -> None:
    found = run("rank", folder / "job.txt", folder / "people", "--json", "--must", "RN licence")
    nurse, chef = found.json["results"]
    assert nurse["file"].endswith("nurse.txt")
    assert nurse["weighted"]["must_not_shown"] == []
    assert chef["weighted"]["must_not_shown"] == ["r1"]
    assert chef["weighted"]["statuses"]["r1"] == "not shown"
    assert found.json["confirmed"]["requirements"][0]["must"] is True


def test_the_screen_says_what_counts_and_what_is_not_shown(run: Run, folder: Path) -> None:
    found = run("rank", folder / "job.txt", folder / "people", "--must", "r1", "--weight", "r4=2")
    assert "must: You must hold a current RN license." in found.out
    assert "counts 2 times: Experience with Epic charting." in found.out
    assert "must, not shown in the resume: You must hold" in " ".join(found.out.split())
    assert found.out.index("nurse.txt  ") < found.out.index("These do not show a must")


def test_a_must_of_ones_own_is_looked_for_like_the_adverts(run: Run, folder: Path) -> None:
    found = run(
        "rank", folder / "job.txt", folder / "people", "--json", "--must", "driver's licence"
    )
    assert "added as a1" in found.err
    assert all("a1" in r["weighted"]["must_not_shown"] for r in found.json["results"])


def test_a_must_of_ones_own_that_is_shown_is_found(run: Run, folder: Path) -> None:
    (folder / "people" / "chef.txt").write_text(CHEF + "\nLicenses\nDriver's license\n")
    found = run(
        "rank", folder / "job.txt", folder / "people", "--json", "--must", "driver's licence"
    )
    lacking = {Path(r["file"]).name: r["weighted"]["must_not_shown"] for r in found.json["results"]}
    assert "a1" not in lacking["chef.txt"]
    assert "a1" in lacking["nurse.txt"]


def test_whoever_lacks_a_must_stands_after_those_who_show_it_whatever_the_score(
    run: Run, folder: Path
) -> None:
    arguments = ("rank", folder / "job.txt", folder / "people", "--json")
    first = run(*arguments).json["results"][0]["file"]
    must = "kitchen of six" if first.endswith("nurse.txt") else "RN licence"
    found = run(*arguments, "--must", must).json["results"]
    assert len(found) == 2
    assert [bool(r["weighted"]["must_not_shown"]) for r in found] == sorted(
        bool(r["weighted"]["must_not_shown"]) for r in found
    )


def test_every_report_has_both_scores_and_the_steps_add_up(run: Run, folder: Path) -> None:
    asked = ("rank", folder / "job.txt", folder / "people", "--weight", "r4=3", "--weight", "r1=0")
    for result in run(*asked, "--json").json["results"]:
        weighted = result["weighted"]
        steps = sum(step["points"] for step in weighted["steps"])
        assert result["score"] + steps == pytest.approx(weighted["score"], abs=0.001)
    rows = list(csv.DictReader(io.StringIO(run(*asked, "--csv").out)))
    assert all(row["yours"] and row["score"] for row in rows)
    run(*asked, "--html", folder / "out.html")
    page = (folder / "out.html").read_text()
    assert "What counts" in page
    assert "counts 3 times" in page
    assert ">yours<" in page


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--weight", "needs=-1"), "expected a number from 0"),
        (("--weight", "needs=nan"), "expected a number from 0"),
        (("--weight", "needs"), "expected NAME=NUMBER"),
        (("--weight", "=2"), "expected NAME=NUMBER"),
        (("--weight", "needs=2", "--weight", "needs=3"), "given twice"),
        (("--weight", "juggling=2"), "is no requirement of this advert"),
        (("--not-must", "juggling"), "is no requirement of this advert"),
        (("--requirements", "nowhere.json"), "cannot be read"),
    ],
)
def test_a_decision_that_cannot_be_used_is_refused(
    run: Run, folder: Path, arguments: tuple[str, ...], complaint: str
) -> None:
    found = run("rank", folder / "job.txt", folder / "people", *arguments)
    assert found.status == 2
    assert complaint in found.err
    assert found.out == ""


def test_requirements_are_shown_confirmed_and_used(run: Run, folder: Path) -> None:
    shown = run("inspect", folder / "job.txt", "--as", "job", model=False)
    assert "r1 must" in shown.out
    file = folder / "asked.json"
    assert run("inspect", folder / "job.txt", "--requirements", file, model=False).status == 0
    content = json.loads(file.read_text())
    content["requirements"][3]["weight"] = 4
    file.write_text(json.dumps(content))
    asked = ("rank", folder / "job.txt", folder / "people", "--json")
    by_file = run(*asked, "--requirements", file).json
    by_option = run(*asked, "--weight", "r4=4").json
    assert by_file["confirmed"] == by_option["confirmed"]
    assert by_file["results"] == by_option["results"]


def test_a_resume_has_no_requirements_to_confirm(run: Run, folder: Path) -> None:
    found = run(
        "inspect", folder / "people" / "nurse.txt", "--requirements", folder / "x.json", model=False
    )
    assert found.status == 2
    assert "reads like a resume" in found.err


def test_a_receipt_holds_what_was_confirmed_and_verifies(run: Run, folder: Path) -> None:
    receipt = folder / "receipt.json"
    pair = (folder / "people" / "chef.txt", folder / "job.txt")
    run("score", *pair, "--must", "RN licence", "--weight", "r4=2", "--receipt", receipt)
    content = json.loads(receipt.read_text())
    assert content["confirmed"]["requirements"][3]["weight"] == 2
    assert content["weighted"]["must_not_shown"] == ["r1"]
    assert run("verify", receipt, *pair).status == 0
    for field, value in (("score", 99.0), ("must_not_shown", [])):
        changed = {**content, "weighted": {**content["weighted"], field: value}}
        receipt.write_text(receipts.to_json({**changed, "digest": receipts.digest(changed)}))
        assert run("verify", receipt, *pair).status == 4


def test_python_ranks_as_the_command_does(run: Run, folder: Path, tiny_bundle: Bundle) -> None:
    job, people = folder / "job.txt", sorted((folder / "people").iterdir())
    confirmed = decide.choose(decide.requirements(read(job)), ["Epic"], (), {"r2": 2.0})
    found = decide.rank(Matcher(tiny_bundle), job, people, confirmed)
    told = run("rank", job, *people, "--must", "Epic", "--weight", "r2=2", "--json").json
    assert told["confirmed"]["sha256"] == confirmed.sha256
    assert [(m.resume, round(w.score, 4)) for m, w in found] == [
        (r["file"], r["weighted"]["score"]) for r in told["results"]
    ]


def test_what_was_confirmed_for_another_advert_is_refused(
    folder: Path, tiny_bundle: Bundle
) -> None:
    other = decide.requirements(read(folder / "job.txt"))
    chosen = decide.choose(other, ["RN licence"])
    with pytest.raises(InputError, match="confirm those of it"):
        decide.rank(Matcher(tiny_bundle), "Chef\n\nRequirements\n- Cooks.\n", [CHEF], chosen)


def test_a_pool_is_searched_by_what_was_confirmed_as_its_files_are_ranked(
    run: Run, folder: Path
) -> None:
    pool = folder / "people.pool"
    assert run("pool", "add", pool, folder / "people").status == 0
    decided = ("--must", "RN licence", "--weight", "r4=3", "--json")
    by_files = run("rank", folder / "job.txt", folder / "people", *decided).json
    by_pool = run("pool", "search", pool, folder / "job.txt", *decided).json
    assert by_pool["confirmed"] == by_files["confirmed"]
    found = ([(r["score"], r["weighted"]) for r in x["results"]] for x in (by_pool, by_files))
    assert next(found) == next(found)
    (best,) = run("pool", "search", pool, folder / "job.txt", *decided, "--top", "1").json[
        "results"
    ]
    assert best["weighted"]["must_not_shown"] == []
