"""What a resume shows for each thing that a job asks for.

    cosines (asks, units)  ->  nearest lines of the resume
    named skills, years, degrees, licences                     what can be counted
    both                   ->  strength 0-1, "met" / "partly" / "not shown"

A requirement that names a licence or a degree is settled by that fact, however near the words of
some line are. One that names skills is settled half by them, half by its nearest line; any other by
its nearest line alone. Years that are asked for scale what was found.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from rolefit.records import Ask, Finding, Line, Profile, Requirement

MET, PARTLY = 0.66, 0.33  # least strength to be called so
WEIGHTS = {"required": 1.0, "duty": 0.8, "preferred": 0.5}
MUST_WEIGHT = 1.5
SHARE = {"met": 1.0, "partly": 0.5, "not shown": 0.0}  # of what a requirement can earn
SUPPORT = 3  # lines shown for a requirement at most
CAP = 60.0  # highest score without a licence that the job must have, as the rubric says


def status(strength: float) -> str:
    """ "met", "partly" or "not shown"."""
    return "met" if strength >= MET else "partly" if strength >= PARTLY else "not shown"


def weight(requirement: Requirement) -> float:
    """How much a requirement counts in coverage."""
    return MUST_WEIGHT if requirement.must else WEIGHTS[requirement.kind]


def requirement_weights(
    units: Sequence[Line], requirements: Sequence[Requirement]
) -> npt.NDArray[np.float64]:
    """(units,) weight of each unit of a job in coverage; all 1 where nothing is asked for."""
    by_start = {requirement.line.start: weight(requirement) for requirement in requirements}
    weights = np.array([by_start.get(unit.start, 0.0) for unit in units])
    return weights if weights.any() else np.ones(len(units))


def assess(resume: Profile, job: Profile, scale: tuple[float, float]) -> tuple[Finding, ...]:
    """A Finding for every ask of the job, in order.

    `scale` are the cosines of a nearest line that shows nothing and of one that shows it all; they
    belong to the encoder (`Bundle.line_scale`).
    """
    if not job.asks:
        return ()
    asked = job.encoding.lines[[ask.unit for ask in job.asks]].astype(np.float32)
    table = asked @ resume.encoding.lines.astype(np.float32).T
    skills = frozenset(resume.skills)
    return tuple(
        _finding(ask, row, resume, skills, scale) for ask, row in zip(job.asks, table, strict=True)
    )


def missing_licences(findings: Sequence[Finding]) -> tuple[str, ...]:
    """Licences that the job must have and the resume does not show, one for each such line."""
    return tuple(
        " or ".join(f.ask.licences)
        for f in findings
        if f.ask.must and f.ask.licences and f.strength == 0.0
    )


def _finding(
    ask: Ask,
    row: npt.NDArray[np.float32],
    resume: Profile,
    skills: frozenset[str],
    scale: tuple[float, float],
) -> Finding:
    order = np.argsort(-row, kind="stable")[:SUPPORT]
    # Rounded where float32 sums may differ with the number of rows summed side by side.
    cosines = tuple(round(float(row[i]), 5) for i in order)
    best = cosines[0] if cosines else 0.0
    far, all_there = scale
    near = float(np.clip((best - far) / (all_there - far), 0.0, 1.0))
    strength, cause, shown = _settle(ask, near, resume, skills)
    return Finding(ask, strength, best, tuple(map(int, order)), cosines, cause, shown)


def _settle(
    ask: Ask, near: float, resume: Profile, skills: frozenset[str]
) -> tuple[float, str, tuple[str, ...]]:
    """(strength, what settled it, what was found)."""
    if ask.licences:
        held = tuple(name for name in ask.licences if name in resume.licences)
        return (1.0 if held else 0.0), "licence", held
    if ask.education >= 0:
        gap = resume.education - ask.education
        near_miss = gap == -1 and resume.education >= 0
        return (1.0 if gap >= 0 else 0.5 if near_miss else 0.0), "education", ()
    named = tuple(name for name in ask.skills if name in skills)
    strength, cause = near, "line"
    if ask.skills:
        share = len(named) / len(ask.skills)
        strength = (near + share) / 2
        cause = "skills" if share >= near else "line"
    if ask.years:
        return strength * min(1.0, (resume.years or 0.0) / ask.years), "years", named
    return strength, cause, named
