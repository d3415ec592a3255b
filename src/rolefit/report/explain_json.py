"""An explanation as JSON. Fields are only ever added under one `schema` number:

    {"schema": 1, "rolefit": version, "bundle": {name, version, sha256},
     "resume": file, "job": file, "score", "band": [low, high], "verdict",
     "parts": [{name, points, most}],     function, needs, seniority, credentials: they add up to
     "elsewhere": points of needs that    before_cap; points of the requirements and elsewhere add
                  no requirement carries, up to those of needs; [] of a bundle without parts
     "base": the score of an average pair,
     "contributions": [{feature, label, meaning, value, points}],    base + points = the score,
     "before_cap": score before a cap, "capped_by": why, or ""       unless it was capped
     "requirements": [{number, text, start, end, page, kind, must, years, education, licences,
                       status, probability (of the status; null where no reader read it),
                       strength, points, most, settled_by,
                       support: [{text, start, end, page, cosine}]}],
     "must_haves": "2 of 3 met" or "",
     "skills": {"matched": [{id, label, group, kind, years, in_job: [words], in_resume: [words]}],
                "missing": [{id, label, group, kind, in_job}],
                "extra": [{id, label, group, kind, years, in_resume}]},
     "domains": {"resume": [{name, probability}], "job": [...]}: likely professions, or [],
     "facts": [{name, asked, shown, verdict, asked_span, shown_span}],
     "notices": [{code, message}], "job_notices": [{code, message}]}

Offsets count characters of the text that `rolefit` read. Scores, values and points are not rounded
beyond ten decimals, so that they add up.
"""

from __future__ import annotations

import json
from typing import Any

from rolefit import __version__
from rolefit.bundle import Bundle
from rolefit.records import (
    Document,
    Domain,
    Evidence,
    Explanation,
    Line,
    Notice,
    Skill,
    likely,
)
from rolefit.report import about_resume, verdict
from rolefit.report.explain_view import must_haves, surfaces
from rolefit.report.explain_words import words

SCHEMA = 1
DECIMALS = 4  # of what is not added up
EXACT = 10


def to_json(explanation: Explanation, bundle: Bundle) -> str:
    return json.dumps(content(explanation, bundle), ensure_ascii=False, indent=2) + "\n"


def content(explanation: Explanation, bundle: Bundle) -> dict[str, Any]:
    """What `to_json` writes, as Python values."""
    match = explanation.match
    total = explanation.base + sum(c.points for c in explanation.contributions)
    about = about_resume(match)
    return {
        "schema": SCHEMA,
        "rolefit": __version__,
        "bundle": {"name": bundle.name, "version": bundle.version, "sha256": bundle.sha256},
        "resume": match.resume,
        "job": match.job,
        "score": round(match.score, EXACT),
        "band": [round(end, DECIMALS) for end in match.band],
        "verdict": verdict(match.score),
        "parts": [
            {"name": p.name, "points": round(p.points, EXACT), "most": p.most}
            for p in explanation.parts
        ],
        "elsewhere": round(explanation.elsewhere, EXACT),
        "base": round(explanation.base, EXACT),
        "contributions": _contributions(explanation),
        "before_cap": round(total, EXACT),
        "capped_by": explanation.capped_by,
        "requirements": [
            _requirement(number, item, explanation)
            for number, item in enumerate(explanation.evidence, start=1)
        ],
        "must_haves": must_haves(explanation),
        "skills": _skills(explanation),
        "domains": {
            "resume": _domains(match.resume_domains),
            "job": _domains(match.job_domains),
        },
        "facts": [
            {
                "name": fact.name,
                "asked": fact.asked,
                "shown": fact.shown,
                "verdict": fact.verdict,
                "asked_span": fact.asked_span,
                "shown_span": fact.shown_span,
            }
            for fact in explanation.comparisons
        ],
        "notices": [_notice(notice) for notice in about],
        "job_notices": [_notice(notice) for notice in match.notices if notice not in about],
    }


def _contributions(explanation: Explanation) -> list[dict[str, Any]]:
    return [
        {
            "feature": item.feature,
            "label": words(item.feature).label,
            "meaning": words(item.feature).meaning,
            "value": round(item.value, EXACT),
            "points": round(item.points, EXACT),
        }
        for item in explanation.contributions
    ]


def _requirement(number: int, item: Evidence, explanation: Explanation) -> dict[str, Any]:
    asked = item.requirement
    return {
        "number": number,
        **_line(explanation.job, asked.line),
        "kind": asked.kind,
        "must": asked.must,
        "years": asked.years,
        "education": asked.education,
        "licences": list(asked.licences),
        "status": item.status,
        "probability": None if item.probability is None else round(item.probability, DECIMALS),
        "strength": round(item.strength, DECIMALS),
        "points": round(item.points, EXACT),
        "most": round(item.most, EXACT),
        "settled_by": item.settled_by,
        "support": [
            {**_line(explanation.resume, s.line), "cosine": round(s.cosine, DECIMALS)}
            for s in item.support
        ],
    }


def _line(document: Document, line: Line) -> dict[str, Any]:
    text = document.line_text(line)
    return {"text": text, "start": line.start, "end": line.end, "page": line.page}


def _skills(explanation: Explanation) -> dict[str, list[dict[str, Any]]]:
    resume, job = explanation.resume, explanation.job
    return {
        "matched": [
            {
                **_skill(asked),
                "years": shown.years,
                "in_job": surfaces(job, asked),
                "in_resume": surfaces(resume, shown),
            }
            for asked, shown in explanation.matched
        ],
        "missing": [{**_skill(s), "in_job": surfaces(job, s)} for s in explanation.missing],
        "extra": [
            {**_skill(s), "years": s.years, "in_resume": surfaces(resume, s)}
            for s in explanation.extra
        ],
    }


def _skill(skill: Skill) -> dict[str, Any]:
    return {"id": skill.id, "label": skill.label, "group": skill.group, "kind": skill.kind}


def _domains(domains: tuple[Domain, ...]) -> list[dict[str, Any]]:
    return [
        {"name": d.name, "probability": round(d.probability, DECIMALS)} for d in likely(domains)
    ]


def _notice(notice: Notice) -> dict[str, str]:
    return {"code": notice.code, "message": notice.message}
