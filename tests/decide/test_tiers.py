"""Tiers: who cannot be told apart, how that is fitted, and where it is shown."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from adverts import CHEF, NURSE, NURSE_JOB
from hypothesis import given
from hypothesis import strategies as st

from conftest import Run, make_tiny_bundle
from rolefit.bundle import FILES, Bundle, rewrite_manifest
from rolefit.decide.tiering import by_evidence, tiering
from rolefit.decided import Tiering
from rolefit.errors import BundleError, DataError
from rolefit.records import Evidence, Features, Line, Match, Requirement
from rolefit.report.tiers_view import headings, meaning
from rolefit.tiers import LEVEL, Held, Tiers

HELD = Held(3, 300, 0.93, 0.88, 0.7, 0.05, 4.0, 3.0)
ALL = "--all-versions"  # the nurses here differ by a word
EVEN = Tiers((0.0, 100.0), (10.0, 10.0), LEVEL, HELD)  # told apart at 12.8 points


def of_bundle(folder: Path, tiers: Tiers = EVEN, **changes: Any) -> Bundle:
    folder.mkdir(exist_ok=True)
    bundle = make_tiny_bundle(folder)
    content = {**tiers.content(bundle), **changes}
    (folder / FILES.tiers).write_text(json.dumps(content))
    return rewrite_manifest(folder)


def match(name: str, score: float) -> Match:
    return Match(name, "j", score, (0.0, 100.0), Features(("cosine",), (score,)))


def test_a_tier_holds_whoever_cannot_be_told_from_its_best() -> None:
    assert EVEN.of([80.0, 75.0, 68.0, 67.0, 60.0, 54.0]) == [1, 1, 1, 2, 2, 3]


def test_the_gap_that_tells_two_apart_depends_on_where_they_stand() -> None:
    tiers = Tiers((0.0, 50.0), (2.0, 10.0), LEVEL, HELD)
    assert tiers.gap(0.0, 0.0) == pytest.approx(2.563, abs=0.001)
    assert tiers.gap(20.0, 30.0) == pytest.approx(6.0 * 1.2816, abs=0.001)
    assert tiers.gap(90.0, 100.0) == tiers.gap(50.0, 50.0)


@given(st.lists(st.floats(0.0, 100.0), max_size=30))
def test_tiers_never_fall_and_no_two_of_one_can_be_told_from_its_best(scores: list[float]) -> None:
    falling = sorted(scores, reverse=True)
    found = EVEN.of(falling)
    assert found == sorted(found)
    for tier in set(found):
        own = [s for s, t in zip(falling, found, strict=True) if t == tier]
        assert not EVEN.apart(own[0], own[-1])


def test_a_bundle_gives_back_the_tiers_it_was_given(tmp_path: Path) -> None:
    assert Tiers.open(of_bundle(tmp_path / "b")) == EVEN


def test_a_bundle_without_tiers_has_none(tiny_bundle: Bundle) -> None:
    assert Tiers.open(tiny_bundle) is None
    assert tiering(tiny_bundle, [match("a", 50.0)]) is None


def test_tiers_of_another_mapper_are_not_used(tmp_path: Path) -> None:
    bundle = of_bundle(tmp_path / "b")
    mapper = json.loads(bundle.path(FILES.mapper).read_text())
    bundle.path(FILES.mapper).write_text(json.dumps({**mapper, "ensemble_weight": 0.4}))
    assert Tiers.open(rewrite_manifest(bundle.folder)) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"format": 2},
        {"scores": [100.0, 0.0]},
        {"spread": [10.0]},
        {"spread": [10.0, -1.0]},
        {"spread": [10.0, float("nan")]},
        {"level": 0.3},
        {"held": {}},
        {"scores": "x"},
    ],
)
def test_spoilt_tiers_are_refused_by_name(tmp_path: Path, changes: dict[str, Any]) -> None:
    with pytest.raises(BundleError, match=r"tiers\.json.*rolefit train tiers"):
        Tiers.open(of_bundle(tmp_path / "b", **changes))


def test_the_screen_says_how_many_cannot_be_told_apart() -> None:
    found = Tiering((1, 2, 2, 2, 3), 0.9, 60, 0.93, 0.88, 0.08)
    assert headings(found, 5) == {1: "these three cannot be told apart", 4: ""}
    assert headings(Tiering((1, 2, 3), 0.9, 60, 0.93, 0.88, 0.08), 3) == {}
    assert "93% of pairs in different groups" in meaning(found)
    assert headings(Tiering((1,) * 40, 0.9, 60, 0.9, 0.9, 0.1), 3) == {
        0: "these 40 cannot be told apart"
    }


def shown(status: str, kind: str = "required", must: bool = False) -> Evidence:
    asked = Requirement(Line(0, 1, 1), kind, must, None, "", ())
    return Evidence(asked, status, 0.5, (), "")


def test_inside_a_tier_who_shows_most_stands_first_and_musts_come_before_all() -> None:
    people = [match("a", 60.0), match("b", 58.0), match("c", 55.0), match("d", 20.0)]
    evidence = {
        "a": (shown("not shown", must=True), shown("met")),
        "b": (shown("met", must=True), shown("not shown")),
        "c": (shown("met", must=True), shown("partly")),
        "d": (shown("met", must=True), shown("met")),
    }
    tiers = Tiering((1, 1, 1, 2), 0.9, 60, 0.93, 0.88, 0.08)
    ordered, _ = by_evidence(tiers, people, (), None, lambda m: evidence[m.resume])
    assert [m.resume for m in ordered] == ["c", "b", "a", "d"]


def test_tiers_below_the_first_few_are_not_read() -> None:
    people = [match(name, score) for name, score in (("a", 60.0), ("b", 20.0), ("c", 19.0))]
    tiers = Tiering((1, 2, 2), 0.9, 60, 0.93, 0.88, 0.08)

    def unread(_: Match) -> tuple[Evidence, ...]:
        raise AssertionError("not asked for")

    assert by_evidence(tiers, people, (), None, unread, top=1)[0] == people


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "job.txt").write_text(NURSE_JOB)
    (tmp_path / "people").mkdir()
    for i in range(3):
        (tmp_path / "people" / f"nurse{i}.txt").write_text(NURSE.replace("thirty", f"thirty{i}"))
    (tmp_path / "people" / "chef.txt").write_text(CHEF)
    return tmp_path


def test_every_report_shows_the_tiers(run: Run, folder: Path, tmp_path: Path) -> None:
    bundle = of_bundle(tmp_path / "b", Tiers((0.0,), (60.0,), LEVEL, HELD))
    asked = ("rank", folder / "job.txt", folder / "people", "--model", bundle.folder, ALL)
    found = run(*asked, "--json", model=False).json
    assert [r["tier"] for r in found["results"]] == [1, 1, 1, 1]
    assert found["tiers"]["people"] == [4]
    assert found["tiers"]["measured"]["across"] == 0.93
    rows = list(csv.DictReader(io.StringIO(run(*asked, "--csv", model=False).out)))
    assert {row["tier"] for row in rows} == {"1"}
    screen = run(*asked, model=False).out
    assert "these four cannot be told apart" in screen
    assert "93% of pairs" in " ".join(screen.split())
    run(*asked, "--html", tmp_path / "out.html", model=False)
    assert "one of 4" in (tmp_path / "out.html").read_text()


def test_a_bundle_without_tiers_reports_as_before(run: Run, folder: Path) -> None:
    found = run("rank", folder / "job.txt", folder / "people", "--json").json
    assert "tiers" not in found
    assert all("tier" not in result for result in found["results"])


def test_an_order_inside_tiers_needs_tiers(run: Run, folder: Path) -> None:
    found = run("rank", folder / "job.txt", folder / "people", "--order", "evidence")
    assert found.status == 2
    assert "rolefit train tiers" in found.err


def test_by_evidence_changes_no_tier_and_no_score(run: Run, folder: Path, tmp_path: Path) -> None:
    bundle = of_bundle(tmp_path / "b", Tiers((0.0,), (60.0,), LEVEL, HELD))
    asked = ("rank", folder / "job.txt", folder / "people", "--model", bundle.folder, "--json", ALL)
    plain, ordered = (run(*asked, *o, model=False).json for o in ((), ("--order", "evidence")))
    assert ordered["tiers"]["order"] == "evidence"
    scores = ({r["file"]: (r["score"], r["tier"]) for r in x["results"]} for x in (plain, ordered))
    assert next(scores) == next(scores)
    last = ordered["results"][-1]["file"]
    assert last.endswith("chef.txt")


def test_who_lacks_a_must_shares_no_tier_with_who_shows_it(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    bundle = of_bundle(tmp_path / "b", Tiers((0.0,), (60.0,), LEVEL, HELD))
    asked = ("rank", folder / "job.txt", folder / "people", "--model", bundle.folder, "--json", ALL)
    found = run(*asked, "--must", "RN licence", model=False).json["results"]
    assert [r["tier"] for r in found] == [1, 1, 1, 2]


def simulated(noise: float, jobs: int = 60, people: int = 25) -> tuple[Any, Any]:
    from rolefit.training.labels import Labels

    random = np.random.default_rng(5)
    true = random.uniform(0, 100, size=(jobs, people))
    lift = random.normal(scale=30, size=(jobs, 1))  # of all of a job alike: tells nobody apart
    predicted = true + lift + random.normal(scale=noise, size=true.shape)
    names = [(f"r{j}-{i}", f"j{j}") for j in range(jobs) for i in range(people)]
    left, right = ([pair[side] for pair in names] for side in (0, 1))
    return predicted.ravel(), Labels(left, right, true.ravel(), 0)


@pytest.mark.slow
@pytest.mark.parametrize("noise", [4.0, 12.0])
def test_the_spread_is_that_of_the_errors_within_a_job(noise: float) -> None:
    from rolefit.training.tiers import fit_tiers

    predicted, labels = simulated(noise)
    found = fit_tiers(predicted, labels)
    middle = [s for s, k in zip(found.spread, found.scores, strict=True) if 30 <= k <= 70]
    assert np.mean(middle) == pytest.approx(noise * 2**0.5, rel=0.2)
    assert found.held.across > 0.9 > found.held.inside
    assert found.held.next > 0.8


@pytest.mark.slow
def test_too_few_pairs_are_refused() -> None:
    from rolefit.training.tiers import fit_tiers

    with pytest.raises(DataError, match="expected at least 200 pairs"):
        fit_tiers(*simulated(5.0, jobs=3, people=5))
