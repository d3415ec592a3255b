"""How decisions act on a score: they add up, and nothing surprises."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolefit.decide.weights import NEEDS, PART_OF, part_points, weigh
from rolefit.decided import PARTS, Confirmed, Wish
from rolefit.evidence import CAP
from rolefit.features import KNOWN
from rolefit.records import (
    STATUSES,
    Contribution,
    Evidence,
    Features,
    Line,
    Match,
    Notice,
    Requirement,
)

POINTS = {"function": 20.0, "needs": 10.0, "seniority": -5.0, "credentials": 3.0}


def match(score: float, capped: bool = False) -> Match:
    notices = (Notice("capped", "held at 60"),) if capped else ()
    return Match("r", "j", score, (0.0, 100.0), Features(("cosine",), (0.5,)), notices)


def evidence(status: str, kind: str = "required", strength: float = 0.5) -> Evidence:
    asked = Requirement(Line(0, 1, 1), kind, False, None, "", ())
    return Evidence(asked, status, strength, (), "")


def wish(number: int, must: bool = False, weight: float = 1.0, by_law: bool = False) -> Wish:
    return Wish(f"r{number}", f"asked {number}", "required", must, weight, by_law)


def confirmed(*wishes: Wish, **parts: float) -> Confirmed:
    return Confirmed("j", "0", wishes, tuple(parts.get(part, 1.0) for part in PARTS))


def test_every_feature_belongs_to_a_part() -> None:
    assert set(PART_OF) == set(KNOWN)
    assert set(PART_OF.values()) == set(PARTS)


def test_the_points_of_a_part_are_those_of_its_features() -> None:
    points = part_points([Contribution("cosine", 0.4, 7.0), Contribution("title", 0.4, -2.0)])
    assert points == {"function": 5.0, "needs": 0.0, "seniority": 0.0, "credentials": 0.0}


def test_without_decisions_the_score_is_the_very_same() -> None:
    found = weigh(confirmed(wish(1)), match(51.23), 51.23, POINTS, [evidence("met")])
    assert (found.score, found.steps) == (51.23, ())


def test_a_part_that_counts_twice_adds_its_points_once_more() -> None:
    found = weigh(confirmed(needs=2.0, seniority=0.0), match(50.0), 50.0, POINTS)
    assert found.score == 65.0
    assert [(step.label, step.points) for step in found.steps] == [
        ("needs x 2", 10.0), ("seniority x 0", 5.0),
    ]  # fmt: skip


def test_a_requirement_moves_the_share_of_35_points() -> None:
    shown = [evidence("met"), evidence("not shown")]
    found = weigh(confirmed(wish(1, weight=3.0), wish(2)), match(50.0), 50.0, POINTS, shown)
    assert found.score == pytest.approx(50.0 + NEEDS * (0.75 - 0.5))


def test_a_must_that_is_not_shown_holds_the_score_and_is_said() -> None:
    shown = [evidence("not shown"), evidence("partly")]
    asked = confirmed(wish(1, must=True), wish(2, must=True))
    found = weigh(asked, match(81.0), 81.0, POINTS, shown)
    assert (found.score, found.default) == (CAP, 81.0)
    assert [w.id for w in found.lacking] == ["r1"]
    assert [w.id for w in found.partly] == ["r2"]


def test_a_licence_that_is_no_must_any_more_holds_nothing_down() -> None:
    shown = [evidence("not shown", strength=0.0)]
    held = weigh(confirmed(wish(1, True, 1.0, True)), match(CAP, True), 76.0, POINTS, shown)
    freed = weigh(confirmed(wish(1, False, 1.0, True)), match(CAP, True), 76.0, POINTS, shown)
    assert (held.score, freed.score) == (CAP, 76.0)
    assert freed.steps[0].label == "not held down"


def test_two_licences_hold_until_both_are_set_free() -> None:
    shown = [evidence("not shown", strength=0.0), evidence("not shown", strength=0.0)]
    one = confirmed(wish(1, False, 1.0, True), wish(2, True, 1.0, True))
    assert weigh(one, match(CAP, True), 76.0, POINTS, shown).score == CAP


def test_a_score_that_is_held_down_is_not_lowered_twice() -> None:
    """76 held at 60, and ten points less by weight: 66, which is held at 60 too."""
    shown = [evidence("not shown", strength=0.0)]
    asked = replace(confirmed(wish(1, True, 1.0, True)), parts=(0.5, 1.0, 1.0, 1.0))
    assert weigh(asked, match(CAP, True), 76.0, POINTS, shown).score == CAP


weights = st.floats(0.0, 100.0)
statuses = st.sampled_from(STATUSES)
PAIRS = st.lists(st.tuples(weights, statuses, st.booleans()), min_size=1, max_size=6)


@given(PAIRS, st.lists(weights, min_size=4, max_size=4), st.floats(0.0, 100.0), st.booleans())
def test_steps_always_add_up_and_a_score_stays_a_score(
    asked: list[tuple[float, str, bool]], parts: list[float], raw: float, by_law: bool
) -> None:
    wishes = [wish(i, must, w, by_law) for i, (w, _, must) in enumerate(asked, start=1)]
    capped = by_law and raw > CAP
    pair = match(CAP if capped else raw, capped)
    shown = [evidence(status, strength=0.0) for _, status, _ in asked]
    found = weigh(Confirmed("j", "0", tuple(wishes), tuple(parts)), pair, raw, POINTS, shown)
    assert found.default + sum(s.points for s in found.steps) == pytest.approx(found.score)
    assert 0.0 <= found.score <= (CAP if found.lacking else 100.0)


@given(PAIRS, weights, weights)
def test_what_is_met_never_costs_more_and_what_is_not_shown_never_gains_by_weighing_more(
    asked: list[tuple[float, str, bool]], one: float, other: float
) -> None:
    low, high = sorted((one, other))
    scores = []
    for weight in (low, high):
        wishes = [wish(i, False, w) for i, (w, _, _) in enumerate(asked, start=1)]
        wishes[0] = replace(wishes[0], weight=weight)
        shown = [evidence(status) for _, status, _ in asked]
        asks = confirmed(*wishes)
        if any(w.weight for w in wishes):
            scores.append(weigh(asks, match(50.0), 50.0, POINTS, shown).score)
    if len(scores) == 2:
        first = asked[0][1]
        assert first != "met" or scores[1] >= scores[0] - 1e-9
        assert first != "not shown" or scores[1] <= scores[0] + 1e-9
