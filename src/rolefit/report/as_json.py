"""A report as JSON. Fields are only ever added under one `schema` number:

    {"schema": 1, "rolefit": version, "bundle": {name, version, sha256}, "job": file,
     "job_notices": [{code, message}], "ranked": how many resumes have a score,
     "left_out": how many more are of another profession than --domain asks for,
     "job_domains": [{name, probability}]: professions that the job reads like, likely ones only,
     "results": [{place, file, score, band, verdict, features: {name: value},
                  domains: [{name, probability}], notices: [{code, message}]}],
     "not_read": [{file, error, cause, remedy}]}

Where something was decided ("What counts", docs/decide.md) there are more:

    "confirmed": {job: {name, sha256}, parts: {name: weight}, sha256,
                  requirements: [{id, text, kind, must, weight}]},
    and of each result "weighted": {score, steps: [{label, points}], statuses: {id: status},
                                    must_not_shown: [id], must_partly_shown: [id]}

Where the model says which scores cannot be told apart (docs/decide.md): "tier" of each result, from
1, and "tiers": {level, people: [how many in each], order, measured: {jobs, across, next, alike}}.

Where several files are of one person: "folded", how many are not shown for themselves, and of a
result "versions": [{file, score, shared: share of the shorter file's word runs that both have}].

Files are named as they were given. Numbers have four decimals.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from rolefit import __version__
from rolefit.decided import Confirmed, Tiering, Version, Weighted
from rolefit.errors import ReadError
from rolefit.records import Domain, Match, Notice, likely
from rolefit.report import Report, about_resume, verdict

SCHEMA = 1
DECIMALS = 4


def to_json(report: Report) -> str:
    return json.dumps(content(report), ensure_ascii=False, indent=2) + "\n"


def content(report: Report) -> dict[str, Any]:
    """What `to_json` writes, as Python values."""
    weights = report.weighted or (None,) * len(report.matches)
    return {
        "schema": SCHEMA,
        "rolefit": __version__,
        "bundle": {
            "name": report.bundle.name,
            "version": report.bundle.version,
            "sha256": report.bundle.sha256,
        },
        "job": report.job,
        "job_notices": _notices(report.about_job),
        "ranked": report.ranked,
        "left_out": report.left_out,
        "job_domains": _domains(report.matches[0].job_domains) if report.matches else [],
        **({"folded": report.folded} if report.folded else {}),
        **confirmed_json(report.confirmed),
        **({"tiers": _tiers(report.tiering)} if report.tiering else {}),
        "results": [
            {
                **_result(place, match),
                **_versions(report.versions.get(match.resume, ())),
                **({"tier": report.tiering.tiers[place - 1]} if report.tiering else {}),
                **(weighted_json(weighted) if weighted else {}),
            }
            for place, (match, weighted) in enumerate(
                zip(report.matches, weights, strict=True), start=1
            )
        ],
        "not_read": not_read(report.unread),
    }


def not_read(errors: Iterable[ReadError]) -> list[dict[str, str]]:
    return [
        {
            "file": error.file,
            "error": type(error).__name__,
            "cause": error.cause,
            "remedy": error.remedy,
        }
        for error in errors
    ]


def _result(place: int, match: Match) -> dict[str, Any]:
    values = (round(value, DECIMALS) for value in match.features.values)
    return {
        "place": place,
        "file": match.resume,
        "score": round(match.score, DECIMALS),
        "band": [round(end, DECIMALS) for end in match.band],
        "verdict": verdict(match.score),
        "features": dict(zip(match.features.names, values, strict=True)),
        "domains": _domains(match.resume_domains),
        "notices": _notices(about_resume(match)),
    }


def _versions(versions: tuple[Version, ...]) -> dict[str, Any]:
    if not versions:
        return {}
    rows = [
        {"file": v.file, "score": round(v.score, DECIMALS), "shared": round(v.shared, DECIMALS)}
        for v in versions
    ]
    return {"versions": rows}


def _tiers(tiering: Tiering) -> dict[str, Any]:
    return {
        "level": tiering.level,
        "people": [tiering.people(t) for t in range(1, max(tiering.tiers) + 1)],
        "order": tiering.order,
        "measured": {
            "jobs": tiering.jobs,
            "across": tiering.across,
            "next": tiering.next,
            "alike": tiering.alike,
        },
    }


def confirmed_json(confirmed: Confirmed | None) -> dict[str, Any]:
    if confirmed is None:
        return {}
    return {"confirmed": {**confirmed.as_dict(), "sha256": confirmed.sha256}}


def weighted_json(weighted: Weighted) -> dict[str, Any]:
    """The steps and `score` of the result add up to the score by what was confirmed."""
    return {
        "weighted": {
            "score": round(weighted.score, DECIMALS),
            "steps": [
                {"label": s.label, "points": round(s.points, DECIMALS)} for s in weighted.steps
            ],
            "statuses": dict(weighted.statuses),
            "must_not_shown": [wish.id for wish in weighted.lacking],
            "must_partly_shown": [wish.id for wish in weighted.partly],
        }
    }


def _domains(domains: tuple[Domain, ...]) -> list[dict[str, Any]]:
    return [
        {"name": d.name, "probability": round(d.probability, DECIMALS)} for d in likely(domains)
    ]


def _notices(notices: Iterable[Notice]) -> list[dict[str, str]]:
    return [{"code": notice.code, "message": notice.message} for notice in notices]
