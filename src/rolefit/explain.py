"""Why a match has its score: what each feature did, what the resume shows for each requirement."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from rolefit import parts
from rolefit.bundle import FILES, Bundle
from rolefit.errors import BundleError
from rolefit.evidence import CAP, MET, SHARE, SUPPORT, missing_licences, status
from rolefit.language.education import DEGREES
from rolefit.prepare import Job, Resume
from rolefit.records import (
    NEAREST,
    STATUSES,
    Comparison,
    Contribution,
    Earned,
    Evidence,
    Explanation,
    Fact,
    Finding,
    Match,
    Reading,
    Requirement,
    Skill,
    Support,
)
from rolefit.score import Float64Array, Mapper
from rolefit.shapley import shapley

Background = tuple[Float64Array, Float64Array]  # (rows, features), (rows,) what each row counts


def explain(
    match: Match,
    resume: Resume,
    job: Job,
    mapper: Mapper,
    background: Background,
    findings: Sequence[Finding],
    readings: Sequence[Reading] = (),
) -> Explanation:
    """`background` are features of ordinary pairs: contributions say what differs from them.

    `findings` are `evidence.assess`'s; `readings`, one for each of them, say what is met and by
    which passage. Without them the nearest line and the facts do.
    """
    base, points = shapley(mapper.score, np.array(match.features.values), *background)
    contributions = [
        Contribution(name, value, float(point))
        for name, value, point in zip(
            match.features.names, match.features.values, points, strict=True
        )
    ]
    lacking = missing_licences(findings)
    uncapped = base + float(points.sum())
    matched, missing, extra = _skills(resume.skills, job.skills)
    earned = _parts(match, mapper)
    shown, elsewhere = _with_points(evidence(resume, job, findings, readings), findings, earned)
    return Explanation(
        match, resume.document, job.document, base,
        tuple(sorted(contributions, key=lambda c: -abs(c.points))),
        _capped(lacking) if lacking and uncapped > CAP else "",
        shown, matched, missing, extra, _comparisons(resume, job), earned, elsewhere,
    )  # fmt: skip


def _parts(match: Match, mapper: Mapper) -> tuple[Earned, ...]:
    """The four parts; they add up to the mapper's score. Empty if the mapper reads no parts."""
    of = dict(zip(match.features.names, match.features.values, strict=True))
    if not set(parts.NAMES) <= set(of):
        return ()
    score = float(mapper.score([match.features.values])[0])
    points = parts.adding_up(score, [of[name] for name in parts.NAMES])
    return tuple(map(Earned, parts.NAMES, points, parts.MOST))


def _with_points(
    shown: tuple[Evidence, ...], findings: Sequence[Finding], earned: Sequence[Earned]
) -> tuple[tuple[Evidence, ...], float]:
    """The evidence with the points of needs that each requirement earns, and the points of needs
    that none of them carries; all of them together are the needs."""
    if not earned:
        return shown, 0.0
    needs = earned[parts.NAMES.index("needs")]
    total = sum(finding.ask.weight for finding in findings)
    if not total:
        return shown, needs.points
    most = [needs.most * finding.ask.weight / total for finding in findings]
    full = sum(m * SHARE[item.status] for m, item in zip(most, shown, strict=True))
    kept = min(1.0, needs.points / full) if full else 0.0
    given = tuple(
        replace(item, points=m * SHARE[item.status] * kept, most=m)
        for m, item in zip(most, shown, strict=True)
    )
    return given, needs.points - sum(item.points for item in given)


def evidence(
    resume: Resume, job: Job, findings: Sequence[Finding], readings: Sequence[Reading] = ()
) -> tuple[Evidence, ...]:
    """What the resume shows for each requirement of the job, in the job's order."""
    return tuple(
        _evidence(finding, requirement, resume, job, reading)
        for finding, requirement, reading in zip(
            findings, job.facts.requirements, readings or (None,) * len(findings), strict=True
        )
    )


def read_background(bundle: Bundle, mapper: Mapper) -> Background:
    """The bundle's, or the middle of what its mapper knows. Raises BundleError if it is spoilt."""
    path = bundle.path(FILES.background)
    if mapper.feature_names == ("cosine",) or FILES.background not in bundle.files:
        middle = np.clip(mapper.mean, mapper.low, mapper.high)
        return middle[None, :], np.ones(1)
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        rows = np.array(content["rows"], dtype=np.float64)
        weights = np.array(content["weights"], dtype=np.float64)
        names = tuple(content["features"])
        sound = np.isfinite(rows).all() and np.isfinite(weights).all() and len(weights) > 0
    except (OSError, ValueError, OverflowError, RecursionError, KeyError, TypeError) as error:
        raise BundleError(f"{path}: expected features, rows and weights: {error}") from error
    shape = (*weights.shape, len(names))
    if names != mapper.feature_names or rows.shape != shape or rows.ndim != 2 or not sound:
        raise BundleError(
            f"{path}: expected a finite row of {', '.join(mapper.feature_names)} for each weight, "
            f"got {rows.shape} of {', '.join(map(str, names))}; fit the bundle again: "
            f"rolefit train mapper"
        )
    return rows, weights


def _capped(licences: Sequence[str]) -> str:
    names = "; ".join(dict.fromkeys(licences))
    return f"not shown in the resume, and the job must have it: {names}"


def _evidence(
    finding: Finding, requirement: Requirement, resume: Resume, job: Job, reading: Reading | None
) -> Evidence:
    if reading is None:
        shown, probability, settled = status(finding.strength), None, _settled_by(finding, resume)
        lines, settles = finding.units, True
    else:
        shown, lines = reading.status, reading.units
        probability = reading.chances[STATUSES.index(shown)] if reading.chances else None
        settled = _settled_by(finding, resume) if _agrees(finding, shown, resume) else NEAREST
        by_fact = finding.cause in ("licence", "education") and settled != NEAREST
        settles = by_fact and shown != "not shown"
    first = _settling_units(finding, resume) if settles else []
    lines = (*first, *(unit for unit in lines if unit not in first))[:SUPPORT]
    asked = job.profile.encoding.lines[finding.ask.unit].astype(np.float64)
    support = tuple(
        Support(resume.units[unit], round(float(resume.profile.encoding.lines[unit] @ asked), 5))
        for unit in lines
    )
    return Evidence(requirement, shown, finding.strength, support, settled, probability)


def _agrees(finding: Finding, shown: str, resume: Resume) -> bool:
    """Whether the fact that rules found says the same as the status beside which it would stand."""
    if finding.cause == "years":
        enough = (resume.profile.years or 0.0) >= (finding.ask.years or 0.0)
        return enough == (shown == "met")
    if finding.cause in ("licence", "education"):
        return status(finding.strength) == shown
    return shown == "met" or (shown == "partly" and finding.strength < MET)


def _settling_units(finding: Finding, resume: Resume) -> list[int]:
    """The units that hold the skill, degree or licence which settled it, in text order."""
    places: list[int] = []
    if finding.cause == "education" and resume.facts.education:
        places = [resume.facts.education[0].start]
    elif finding.cause == "licence":
        places = [f.start for f in resume.facts.licences if f.value in finding.shown]
    elif finding.shown:
        places = [
            mention.start
            for skill in resume.skills
            if skill.id in finding.shown
            for mention in skill.mentions[:1]
        ]
    order = sorted(range(len(resume.units)), key=lambda unit: resume.units[unit].start)
    starts = [resume.units[unit].start for unit in order]
    found = sorted({max(0, bisect_right(starts, place) - 1) for place in places})
    return [order[at] for at in found]


def _settled_by(finding: Finding, resume: Resume) -> str:
    ask, profile = finding.ask, resume.profile
    if finding.cause == "licence":
        return ", ".join(finding.shown) or f"no {' or '.join(ask.licences)} shown"
    if finding.cause == "education":
        shown = DEGREES[profile.education] if profile.education >= 0 else "no degree"
        return f"{shown} shown, {DEGREES[ask.education]} asked"
    labels = {skill.id: skill.label for skill in resume.skills}
    named = ", ".join(labels[i] for i in finding.shown)
    if finding.cause == "years":
        shown = "none" if profile.years is None else f"{profile.years:.0f}"
        years = f"{shown} of {ask.years:.0f} years"
        return f"{years}; {named}" if named else years
    if named:
        return f"skill: {named}" if len(finding.shown) == 1 else f"skills: {named}"
    return NEAREST


def _skills(
    shown: Sequence[Skill], asked: Sequence[Skill]
) -> tuple[tuple[tuple[Skill, Skill], ...], tuple[Skill, ...], tuple[Skill, ...]]:
    """(matched pairs (job's, resume's), missing, extra), each in text order."""
    held = {skill.id: skill for skill in shown}
    wanted = {skill.id for skill in asked}
    return (
        tuple((skill, held[skill.id]) for skill in asked if skill.id in held),
        tuple(skill for skill in asked if skill.id not in held),
        tuple(skill for skill in shown if skill.id not in wanted),
    )


def _comparisons(resume: Resume, job: Job) -> tuple[Comparison, ...]:
    """What the job asks for in facts, beside what the resume shows; only what is asked for."""
    asked, shown = job.facts, resume.facts
    found = []
    if asked.years:
        years = resume.profile.years
        gap = (years or 0.0) - float(asked.years.value)
        verdict = "met" if gap >= 0 else "partly" if years and gap >= -2 else "not shown"
        text = "" if years is None else f"{years:.0f} years"
        found.append(_comparison("years", f"{asked.years.value} years", text, verdict, asked.years))
    if asked.level:
        gap = resume.profile.level - job.profile.level
        verdict = "not shown" if not shown.level else "met" if gap >= 0 else "partly"
        found.append(_of_facts("level", asked.level, shown.level, verdict))
    if asked.education:
        best = max(shown.education, key=lambda fact: DEGREES.index(fact.value), default=None)
        gap = resume.profile.education - job.profile.education
        verdict = "met" if gap >= 0 else "partly" if best and gap == -1 else "not shown"
        found.append(_of_facts("education", asked.education, best, verdict))
    for name, wants, has in (
        ("licence", asked.licences, shown.licences),
        ("language", asked.languages, shown.languages),
    ):
        held = {fact.value: fact for fact in reversed(has)}
        for want in {fact.value: fact for fact in reversed(wants)}.values():
            fact = held.get(want.value)
            found.append(_of_facts(name, want, fact, "met" if fact else "not shown"))
    return tuple(found)


def _of_facts(name: str, asked: Fact, shown: Fact | None, verdict: str) -> Comparison:
    text = (
        "" if shown is None else f"{shown.value} ({shown.detail})" if shown.detail else shown.value
    )
    return _comparison(name, asked.value, text, verdict, asked, shown)


def _comparison(
    name: str,
    asked: str,
    shown: str,
    verdict: str,
    asked_fact: Fact,
    shown_fact: Fact | None = None,
) -> Comparison:
    span = (shown_fact.start, shown_fact.end) if shown_fact else None
    return Comparison(name, asked, shown, verdict, (asked_fact.start, asked_fact.end), span)
