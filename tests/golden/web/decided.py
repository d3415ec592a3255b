"""What Python's `rolefit.decide` makes of adverts, musts and findings.

    PYTHONPATH=tests python tests/golden/web/decided.py

Writes decided.json: web/tests/decide.test.ts must find the same requirements, hashes and scores.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from rolefit.bundle import Bundle
from rolefit.decide import requirements, weigh
from rolefit.decide.requirements import facts_of
from rolefit.decided import PARTS, Confirmed
from rolefit.evidence import status
from rolefit.reading import from_text
from rolefit.records import Evidence, Features, Match
from rolefit.report.as_json import confirmed_json
from rolefit.tiers import Tiers

FILE = Path(__file__).with_name("decided.json")
ADVERTS = (
    (
        "Ward Nurse\nRequirements\n- Current RN license required\n- At least 2 years on a ward\n"
        "- Must speak Spanish \u2013 daily\nNice to have\n- BLS certification \U0001f3e5\n"
        "Responsibilities\n- Train new staff and check that medicines are given on time\n",
        ["r1", "r3"],
    ),
    ("Baker\nRequirements\n\u2022 Two years of work as a baker\n| Excel |\n", ["r1"]),
    ("Dear all,\nthe meeting is on Monday.\n", []),
)
# score, before it was held, musts, strength of each requirement
CASES = (
    (76.25, 76.25, ["r1"], (1.0, 1.0, 1.0, 1.0, 1.0)),
    (76.25, 76.25, ["r1", "r2"], (1.0, 0.5, 1.0, 0.0, 1.0)),
    (76.25, 76.25, ["r1", "r3"], (1.0, 1.0, 0.0, 0.0, 1.0)),
    (40.0, 40.0, ["r3"], (1.0, 1.0, 0.0, 0.0, 1.0)),
    (60.0, 83.5, ["r1"], (0.0, 1.0, 1.0, 1.0, 1.0)),
    (60.0, 83.5, [], (0.0, 1.0, 1.0, 1.0, 1.0)),
    (60.0, 83.5, ["r2"], (0.0, 1.0, 1.0, 1.0, 1.0)),
    (60.0, 83.5, ["r2"], (0.0, 0.0, 1.0, 1.0, 1.0)),
    (55.0, 55.0, [], (1.0, 1.0, 1.0, 1.0, 1.0)),
)


def chosen(confirmed: Confirmed, musts: list[str]) -> Confirmed:
    wishes = tuple(replace(wish, must=wish.id in musts) for wish in confirmed.wishes)
    return replace(confirmed, wishes=wishes)


def _advert(text: str, musts: list[str]) -> dict[str, Any]:
    confirmed = requirements(from_text(text, name="text"))
    return {
        "text": text,
        "confirmed": confirmed_json(confirmed)["confirmed"],
        "musts": musts,
        "chosen": confirmed_json(chosen(confirmed, musts))["confirmed"],
    }


def _weighed(
    score: float, uncapped: float, musts: list[str], strengths: tuple[float, ...]
) -> dict[str, Any]:
    document = from_text(ADVERTS[0][0], name="text")
    asked = facts_of(document).requirements
    evidence = [
        Evidence(requirement, status(strength), strength, (), "")
        for requirement, strength in zip(asked, strengths, strict=True)
    ]
    match = Match("resume", "job", score, (0.0, 100.0), Features(("cosine",), (0.5,)), ())
    points = dict.fromkeys(PARTS, 0.0)
    found = weigh(chosen(requirements(document), musts), match, uncapped, points, evidence)
    return {
        "musts": musts,
        "score": score,
        "uncapped": uncapped,
        "strengths": strengths,
        "weighted": {
            "score": found.score,
            "default": found.default,
            "steps": [{"label": step.label, "points": step.points} for step in found.steps],
            "statuses": dict(found.statuses),
            "lacking": [wish.id for wish in found.lacking],
            "partly": [wish.id for wish in found.partly],
        },
    }


def _tiers(scores: list[float]) -> dict[str, Any]:
    known = Tiers.open(Bundle.open())
    assert known is not None
    return {"scores": scores, "tiers": known.of(scores)}


if __name__ == "__main__":
    falling = [100 - 0.37 * n for n in range(271)]
    content = {
        "tiers": [_tiers(falling), _tiers([98.0, 61.5, 61.5, 44.0, 43.9, 20.0]), _tiers([7.0])],
        "adverts": [_advert(text, musts) for text, musts in ADVERTS],
        "weighed": [_weighed(*case) for case in CASES],
    }
    FILE.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
