"""A scorer that favours or punishes somebody is caught; one that does neither passes."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from conftest import ADVERT, NURSE, Run
from rolefit.audit.counterfactual import (
    Audit,
    Shift,
    audit,
    given_case,
    shipped_cases,
)
from rolefit.audit.exact import holm, permutation, sign_flip
from rolefit.audit.people import DEFAULTS, GAP, dimensions, names
from rolefit.language.personal import impersonal
from rolefit.reading import from_text
from rolefit.records import Document

CASES = shipped_cases()


def scorer(points: Callable[[str], float]) -> Callable[[Sequence[Document], Document], list[float]]:
    """A fair base that depends on the job alone, and what `points` adds for the text."""
    return lambda people, job: [40 + len(job.text) % 30 + points(p.text) for p in people]


def audited(points: Callable[[str], float]) -> Audit:
    return audit(CASES, scorer(points))


def of(found: Audit, dimension: str, group: str) -> Shift:
    return next(s for s in found.shifts if (s.dimension, s.group) == (dimension, group))


def test_a_scorer_that_sees_nothing_of_the_person_passes() -> None:
    found = audited(lambda text: 0.0)
    assert found.passed
    assert {s.test.shift for s in found.shifts} == {0.0}
    assert min(s.test.p for s in found.shifts) == 1.0


def test_what_is_read_is_the_same_for_every_name_address_graduation_year_and_gap() -> None:
    def biased(text: str) -> float:
        return sum(map(ord, "".join(text.split()))) % 17  # any letter that is seen moves it

    found = audit(CASES[:1], scorer(lambda text: biased(impersonal(from_text(text, "r"))[0].text)))
    moved = {s.dimension for s in found.shifts if s.p95 > 0}
    # A singular "they" cannot be told from the plural and stays: "he" and "she" read alike.
    assert moved == {"pronouns", "school", "hobbies"}
    she, he = (of(found, "pronouns", group) for group in ("she", "he"))
    assert she.test.shift == he.test.shift


def test_small_noise_passes_and_is_not_called_significant() -> None:
    def noise(text: str) -> float:
        return np.random.default_rng(sum(map(ord, text))).normal() * 0.4

    found = audited(noise)
    assert found.passed
    assert min(s.corrected for s in found.shifts) > 0.05


def test_three_points_for_one_group_of_names_are_caught_and_measured() -> None:
    favoured = names("both")["White, male"]
    found = audited(lambda text: 3.0 * text.startswith(favoured))
    shift = of(found, "name: both", "White, male")
    assert not found.passed
    assert not shift.passed
    assert shift.test.shift == pytest.approx(3.0)
    assert shift.test.low is not None
    assert shift.test.low > 0
    assert shift.corrected < 0.05
    assert of(found, "school", "famous").passed


def test_a_penalty_on_a_career_gap_is_caught_and_nothing_else_is_blamed() -> None:
    found = audited(lambda text: -4.0 * bool(re.search(r"June 2013 - May 2018", text)))
    failed = {(s.dimension, s.group) for s in found.shifts if not s.passed}
    assert failed == {("career gap", GAP)}
    shift = of(found, "career gap", GAP)
    assert shift.test.shift == pytest.approx(-4.0)
    assert shift.test.p == 2 / 2 ** len(CASES)  # exact: only all signs kept or all flipped


@pytest.mark.parametrize(
    ("dimension", "group", "sign"),
    [
        ("pronouns", "she", "she/her"),
        ("address", "poor neighbourhood", "Bronx|East St|Brownsville|Compton"),
        ("graduation year", "1984", r", 1984\n"),
        ("school", "women's", "Smith C|Wellesley|Barnard|Bryn Mawr|Spelman|Holyoke"),
        ("hobbies", "costly", "polo|skiing|tennis|rowing"),
    ],
)
def test_a_penalty_on_any_other_group_is_caught(dimension: str, group: str, sign: str) -> None:
    found = audited(lambda text: -3.0 * bool(re.search(sign, text)))
    assert {(s.dimension, s.group) for s in found.shifts if not s.passed} == {(dimension, group)}


def test_rare_large_shifts_fail_by_the_95th_percentile() -> None:
    found = audited(lambda text: 9.0 * text.startswith("Greg Walsh"))
    shift = of(found, "name: both", "White, male")
    assert shift.median <= 1
    assert not shift.passed


def test_names_are_balanced_and_each_stands_in_one_group() -> None:
    groups = names("both")
    assert len({len(listed) for listed in groups.values()}) == 1
    everybody = list(itertools.chain(*groups.values()))
    assert len(everybody) == len(set(everybody))


def test_swaps_change_their_field_and_nothing_else() -> None:
    for case in CASES:
        plain = case.fill({}).splitlines()
        for dimension in dimensions():
            for value in itertools.chain(*dimension.groups.values()):
                swapped = case.fill({dimension.field: value}).splitlines()
                different = [a for a, b in zip(plain, swapped, strict=True) if a != b]
                assert len(different) <= 3
                assert "{" not in "".join(swapped)


def test_a_given_resume_loses_its_own_name_and_gets_the_swapped_ones() -> None:
    resume = from_text(
        "Ottilie Quandt\nottilie.quandt@example.org\nNurse\n\nExperience\nWard nurse.", "r"
    )
    case = given_case(resume, from_text("Nurse wanted", "j"))
    text = case.fill({"name": "Jamal Booker"})
    assert text.startswith("Jamal Booker")
    assert "Quandt" not in text
    found = audit([case], scorer(lambda t: 0.0))
    assert {s.dimension for s in found.shifts} >= {"name: both", "hobbies"}
    assert any(remark.startswith("career gap") for remark in found.remarks)
    assert set(DEFAULTS) > case.fields


def test_a_sign_flip_test_counts_every_way() -> None:
    test = sign_flip([1.0, 2.0, 3.0])
    assert (test.exact, test.p) == (True, 2 / 8)
    assert test.low is None  # three values cannot reject anything at 5%
    assert sign_flip([1.0, -1.0]).p == 1.0


def test_a_permutation_test_counts_every_split() -> None:
    test = permutation([5.0, 6.0], [1.0, 2.0])
    assert (test.exact, test.shift, test.p) == (True, 4.0, 2 / 6)


def test_intervals_hold_the_true_shift_as_often_as_they_say() -> None:
    rng = np.random.default_rng(3)
    held = 0
    for _ in range(60):
        test = sign_flip(rng.normal(1.5, 1.0, size=8).tolist())
        assert test.low is not None
        assert test.high is not None
        held += test.low <= 1.5 <= test.high
    assert 52 <= held <= 60  # 95% of 60 is 57


def test_scipy_finds_the_same_p_values() -> None:
    stats = pytest.importorskip("scipy.stats")
    inside, outside = [3.1, 2.2, 5.0], [1.0, 2.9, 0.4, 1.7]
    theirs = stats.permutation_test(
        (inside, outside), lambda a, b: np.mean(a) - np.mean(b), n_resamples=np.inf
    )
    assert permutation(inside, outside).p == pytest.approx(theirs.pvalue)
    paired = stats.permutation_test(
        ([0.5, 1.2, -0.3, 2.0, 0.9],), np.mean, permutation_type="samples", n_resamples=np.inf
    )
    assert sign_flip([0.5, 1.2, -0.3, 2.0, 0.9]).p == pytest.approx(paired.pvalue)


def test_holm_multiplies_the_smallest_most_and_never_turns_the_order() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.9, 0.9]) == [1.0, 1.0]


@pytest.mark.slow
def test_the_command_reports_files_and_with_strict_ends_with_4(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tiny bundle's scores may move with a name: either verdict has its status."""
    monkeypatch.setattr("rolefit.audit.counterfactual.shipped_cases", lambda: CASES[:1])
    (tmp_path / "r.txt").write_text(NURSE)
    (tmp_path / "j.txt").write_text(ADVERT)
    html, table = tmp_path / "a.html", tmp_path / "a.csv"
    result = run(
        "audit", "counterfactual", "--html", html, "--csv", table, "--strict",
        "--resume", tmp_path / "r.txt", "--job", tmp_path / "j.txt",
    )  # fmt: skip
    assert max(map(len, result.out.splitlines())) <= 80
    assert ("Failed:" in result.out) == (result.status == 4)
    assert ("Passed:" in result.out) == (result.status == 0)
    page = html.read_text()
    assert "model SHA-256" in page
    assert "prefers-color-scheme: dark" in page
    assert table.read_text().startswith("dimension,group,")


def test_a_resume_without_its_job_is_refused(run: Run, tmp_path: Path) -> None:
    result = run("audit", "counterfactual", "--resume", tmp_path / "r.txt")
    assert result.status == 2
    assert "belong together" in result.err
