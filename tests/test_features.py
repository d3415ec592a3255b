"""Features of a pair: what each says, and what it says where a document says nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rolefit.evidence import MET, PARTLY, assess, missing_licences, status
from rolefit.features import FEATURES, KNOWN, lacking, pair_features
from rolefit.records import Ask, Encoding, Profile

DOCS = Path(__file__).parents[1] / "docs" / "features.md"
AXES = np.eye(8, dtype=np.float32)
SCALE = (0.35, 0.75)


def profile(
    vector: int = 0, lines: tuple[int, ...] = (), titles: tuple[int, ...] = (), **fields: object
) -> Profile:
    """Vectors are axes of a small space: equal numbers have cosine 1, others 0."""
    encoding = Encoding(AXES[vector], AXES[list(lines)].astype(np.float16), 100, 0)
    known = Profile(encoding, AXES[list(titles)].astype(np.float16), (), None, -1, -1, ())
    return replace(known, **fields)  # type: ignore[arg-type]


def ask(unit: int, **fields: object) -> Ask:
    plain = Ask(unit, 1.0, "required", False, None, -1, (), ())
    return replace(plain, **fields)  # type: ignore[arg-type]


def feature(name: str, resume: Profile, job: Profile) -> float:
    return float(pair_features([name], resume, job, assess(resume, job, SCALE))[0])


def test_what_is_not_said_counts_as_the_table_says() -> None:
    values = {name: feature(name, profile(0), profile(0)) for name in FEATURES}
    assert values == pytest.approx(
        {
            "cosine": 1, "title": 1, "title_in_text": 1, "coverage": 0.5, "coverage_required": 0.5,
            "skills": 0.3, "years_gap": 0, "level_gap": 0, "education_gap": 0, "licence": 1,
        }
    )  # fmt: skip


def test_the_table_in_the_docs_has_a_row_for_each_feature_in_order() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", DOCS.read_text("utf-8"), re.MULTILINE)
    assert rows == list(KNOWN)


def test_the_best_title_counts() -> None:
    job = profile(titles=(3,))
    assert feature("title", profile(titles=(1, 3)), job) == pytest.approx(1)
    assert feature("title", profile(titles=(1, 2)), job) == pytest.approx(0)
    assert feature("title_in_text", profile(3), job) == pytest.approx(1)


def test_the_nearest_line_speaks_for_a_requirement() -> None:
    job = profile(lines=(0, 1, 2), asks=(ask(1, weight=3.0), ask(2, kind="duty")))
    resume = profile(lines=(5, 1))
    assert feature("coverage", resume, job) == pytest.approx(0.75)
    assert feature("coverage_required", resume, job) == pytest.approx(1)
    first, second = assess(resume, job, SCALE)
    assert (first.units[0], first.cosine, status(first.strength)) == (1, 1.0, "met")
    assert (second.cosine, status(second.strength)) == (0.0, "not shown")


def test_named_skills_settle_half_and_their_share_is_a_feature() -> None:
    job = profile(lines=(1,), skills=("a", "b"), asks=(ask(0, skills=("a", "b")),))
    resume = profile(lines=(2,), skills=("b", "c"))
    (finding,) = assess(resume, job, SCALE)
    assert (finding.strength, finding.cause, finding.shown) == (0.25, "skills", ("b",))
    assert feature("skills", resume, job) == 0.5


def test_years_that_are_short_scale_what_was_found() -> None:
    job = profile(lines=(1,), years=6.0, asks=(ask(0, years=6.0),))
    (half,) = assess(profile(lines=(1,), years=3.0), job, SCALE)
    (more,) = assess(profile(lines=(1,), years=9.0), job, SCALE)
    (unsaid,) = assess(profile(lines=(1,)), job, SCALE)
    assert (half.strength, more.strength, unsaid.strength) == (0.5, 1.0, 0.0)
    assert feature("years_gap", profile(years=3.0), job) == -3
    assert feature("years_gap", profile(years=40.0), job) == 10


@pytest.mark.parametrize(("shown", "strength"), [(3, 1.0), (2, 1.0), (1, 0.5), (0, 0.0), (-1, 0.0)])
def test_a_degree_is_settled_by_the_ladder_whatever_the_lines_say(
    shown: int, strength: float
) -> None:
    job = profile(lines=(1,), education=2, asks=(ask(0, education=2),))
    (finding,) = assess(profile(lines=(1,), education=shown), job, SCALE)
    assert finding.strength == strength
    assert feature("education_gap", profile(education=shown), job) == shown - 2


def test_any_licence_that_will_do_is_enough_and_a_missing_must_is_reported() -> None:
    asked = ask(
        0, must=True, licences=("registered nurse licence", "licensed practical nurse licence")
    )
    job = profile(lines=(1,), asks=(asked,))
    holder = assess(profile(lines=(2,), licences=("licensed practical nurse licence",)), job, SCALE)
    other = assess(profile(lines=(1,)), job, SCALE)  # the very words, but no licence
    assert (holder[0].strength, missing_licences(holder)) == (1.0, ())
    assert other[0].strength == 0.0
    assert missing_licences(other) == (
        "registered nurse licence or licensed practical nurse licence",
    )
    assert feature("licence", profile(lines=(1,)), job) == 0.0


def test_levels_are_compared_only_where_both_say_one() -> None:
    assert feature("level_gap", profile(level=1), profile(level=3)) == -2
    assert feature("level_gap", profile(), profile(level=3)) == 0


def test_a_pair_has_the_same_numbers_whatever_else_is_compared() -> None:
    rng = np.random.default_rng(5)
    rows = rng.normal(size=(40, 8)).astype(np.float16)
    many = Profile(Encoding(AXES[0], rows, 100, 0), rows[:3], (), None, -1, -1, ())
    job = profile(lines=(1, 2, 3), asks=tuple(ask(i) for i in range(3)))
    alone = assess(many, replace(job, asks=job.asks[:1]), SCALE)
    assert alone[0] == assess(many, job, SCALE)[0]


def test_a_mapper_of_features_that_are_not_computed_or_without_its_head_cannot_be_used() -> None:
    assert lacking(["cosine", "coverage"], has_parts=False) == ""
    assert "charisma" in lacking(["cosine", "charisma"], has_parts=True)
    assert "parts.json" in lacking(["cosine", "needs"], has_parts=False)
    assert lacking(["cosine", "needs"], has_parts=True) == ""


def test_strength_is_put_into_words_at_the_two_marks() -> None:
    assert [status(s) for s in (0, PARTLY - 0.01, PARTLY, MET - 0.01, MET, 1)] == [
        "not shown", "not shown", "partly", "partly", "met", "met",
    ]  # fmt: skip
