"""A report as JSON. Fields are only ever added under one `schema` number:

    {"schema": 1, "rolefit": version, "bundle": {name, version, sha256}, "job": file,
     "job_notices": [{code, message}], "ranked": how many resumes have a score,
     "left_out": how many more are of another profession than --domain asks for,
     "job_domains": [{name, probability}]: professions that the job reads like, likely ones only,
     "results": [{place, file, score, band, verdict, features: {name: value},
                  domains: [{name, probability}], notices: [{code, message}]}],
     "not_read": [{file, error, cause, remedy}]}

Files are named as they were given. Numbers have four decimals.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from rolefit import __version__
from rolefit.records import Domain, Match, Notice, likely
from rolefit.report import Report, about_resume, verdict

SCHEMA = 1
DECIMALS = 4


def to_json(report: Report) -> str:
    content = {
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
        "results": [_result(place, match) for place, match in enumerate(report.matches, start=1)],
        "not_read": [
            {
                "file": error.file,
                "error": type(error).__name__,
                "cause": error.cause,
                "remedy": error.remedy,
            }
            for error in report.unread
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


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


def _domains(domains: tuple[Domain, ...]) -> list[dict[str, Any]]:
    return [
        {"name": d.name, "probability": round(d.probability, DECIMALS)} for d in likely(domains)
    ]


def _notices(notices: Iterable[Notice]) -> list[dict[str, str]]:
    return [{"code": notice.code, "message": notice.message} for notice in notices]
