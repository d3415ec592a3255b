"""How decisions act on a score: points that add up, and hold what a reader would expect.

    score = default, before a missing licence holds it down
          + (weight - 1) x points          of each part whose weight is not 1
          + weight of needs x 35 x (share by your weights - share by the advert's)
          then within 0 and 100, and at most 60 where a must is not shown

The points of a part are the sum of the points that `explain` gives its features: what the part adds
to, or takes from, the score of an average pair. 35 is what the rubric of the scores gives to needs;
a share counts 1 for met, 1/2 for partly. So a requirement that a resume meets never costs it points
when it weighs more, one that it does not show never gains any, and weights of 1 change nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rolefit.decided import PARTS, Confirmed, Step, Weighted
from rolefit.evidence import CAP, SHARE, WEIGHTS
from rolefit.parts import MOST, NAMES
from rolefit.records import Contribution, Evidence, Match

NEEDS = MOST[
    NAMES.index("needs")
]  # points of 100 that the rubric gives to the share of requirements that is shown
PART_OF = {
    **{part: part for part in PARTS},
    "cosine": "function", "title": "function", "title_in_text": "function",
    "coverage": "needs", "coverage_required": "needs", "skills": "needs",
    "years_gap": "seniority", "level_gap": "seniority",
    "education_gap": "credentials", "licence": "credentials",
}  # fmt: skip


def part_points(contributions: Sequence[Contribution]) -> dict[str, float]:
    """Points of each of PARTS: the sum of those of its features."""
    points = dict.fromkeys(PARTS, 0.0)
    for contribution in contributions:
        points[PART_OF[contribution.feature]] += contribution.points
    return points


def weigh(
    confirmed: Confirmed,
    match: Match,
    uncapped: float,
    points: Mapping[str, float],
    evidence: Sequence[Evidence] = (),
    added: Sequence[Evidence] = (),
) -> Weighted:
    """`uncapped` is the mapper's score, before a missing licence holds it down.

    `evidence` is for the advert's requirements in its order, `added` for those added, in theirs;
    both are needed where `confirmed.reads`.
    """
    statuses = _statuses(confirmed, evidence, added) if confirmed.reads else {}
    lacking = tuple(w for w in confirmed.musts if statuses[w.id] == "not shown")
    steps = [
        Step(f"{part} x {weight:g}", (weight - 1.0) * points[part])
        for part, weight in zip(PARTS, confirmed.parts, strict=True)
        if weight != 1.0
    ]
    gain = _by_share(confirmed, statuses, evidence)
    if gain:
        steps.append(Step("requirements by weight", gain))
    held = bool(lacking) or (match.score < uncapped and not _freed(confirmed, evidence))
    if match.score < uncapped and (steps or not held):
        steps.insert(0, Step("not held down", uncapped - match.score))
    score = _end(match.score, steps, held)
    return Weighted(
        score,
        match.score,
        tuple(step for step in steps if step.points),
        tuple(statuses.items()),
        lacking,
        tuple(w for w in confirmed.musts if statuses[w.id] == "partly"),
    )


def _end(default: float, steps: list[Step], held: bool) -> float:
    """The score that `steps` lead to, with one more step where that leaves what a score can be."""
    reached = default + sum(step.points for step in steps)
    end = min(max(reached, 0.0), 100.0)
    if held and end > CAP:
        steps.append(Step(f"held at {CAP:.0f}", CAP - reached))
        return CAP
    if end != reached:
        steps.append(Step("ends at 0" if reached < 0 else "ends at 100", end - reached))
    return end


def _statuses(
    confirmed: Confirmed, evidence: Sequence[Evidence], added: Sequence[Evidence]
) -> dict[str, str]:
    of_advert = [wish for wish in confirmed.wishes if not wish.added]
    own = [wish for wish in confirmed.wishes if wish.added]
    pairs = [*zip(of_advert, evidence, strict=True), *zip(own, added, strict=True)]
    return {wish.id: item.status for wish, item in pairs}


def _by_share(
    confirmed: Confirmed, statuses: Mapping[str, str], evidence: Sequence[Evidence]
) -> float:
    """Points between the share of requirements by the person's weights and by the advert's."""
    if not statuses or all(w.weight == 1.0 and not w.added for w in confirmed.wishes):
        return 0.0
    own = [(WEIGHTS[w.kind] * w.weight, SHARE[statuses[w.id]]) for w in confirmed.wishes]
    default = [(WEIGHTS[e.requirement.kind], SHARE[e.status]) for e in evidence]
    if not any(weight for weight, _ in own):
        return 0.0
    before = _mean(default) if default else _mean(own)
    return confirmed.parts[PARTS.index("needs")] * NEEDS * (_mean(own) - before)


def _mean(pairs: Sequence[tuple[float, float]]) -> float:
    return sum(weight * share for weight, share in pairs) / sum(weight for weight, _ in pairs)


def _freed(confirmed: Confirmed, evidence: Sequence[Evidence]) -> bool:
    """Whether each licence for want of which a score was held down is no must any more."""
    of_advert = (wish for wish in confirmed.wishes if not wish.added)
    wanted = [w for w, e in zip(of_advert, evidence, strict=False) if w.by_law and not e.strength]
    return bool(wanted) and not any(wish.must for wish in wanted)
