"""Advice to a job seeker as JSON. Fields are only ever added under one `schema` number:

{"schema": 1, "rolefit": version, "bundle": {name, version, sha256}, "resume": file, "job": file,
 "score": of the resume's text as it stands, "noise": points below which a gain is none,
 "rewordings": [{skill, id, before, after, start, end, line, page, requirement, score, gain,
                 counts}],             largest gain first; `counts` if the gain is no noise
 "together": score with all rewordings that count, "untried": rewordings not scored,
 "gaps": [{kind, asked, shown, cost}]} what no rewording can supply, and points that it leaves
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rolefit import __version__
from rolefit.bundle import Bundle
from rolefit.records import Explanation

if TYPE_CHECKING:
    from rolefit.improve import Advice, Rewording

SCHEMA = 1
DECIMALS = 4


def to_json(explanation: Explanation, advice: Advice, bundle: Bundle) -> str:
    return json.dumps(content(explanation, advice, bundle), ensure_ascii=False, indent=2) + "\n"


def content(explanation: Explanation, advice: Advice, bundle: Bundle) -> dict[str, Any]:
    """What `to_json` writes, as Python values."""
    return {
        "schema": SCHEMA,
        "rolefit": __version__,
        "bundle": {"name": bundle.name, "version": bundle.version, "sha256": bundle.sha256},
        "resume": explanation.match.resume,
        "job": explanation.match.job,
        "score": round(advice.score, DECIMALS),
        "noise": advice.noise,
        "rewordings": [
            {**_rewording(item, explanation), "counts": item in advice.gaining}
            for item in advice.rewordings
        ],
        "together": round(advice.together, DECIMALS),
        "untried": advice.untried,
        "gaps": [
            {
                "kind": gap.kind,
                "asked": gap.asked,
                "shown": gap.shown,
                "cost": round(gap.cost, 4),
            }
            for gap in advice.gaps
        ],
    }


def _rewording(item: Rewording, explanation: Explanation) -> dict[str, Any]:
    asked = item.requirement
    return {
        "skill": item.skill,
        "id": item.id,
        "before": item.before,
        "after": item.after,
        "start": item.start,
        "end": item.end,
        "line": explanation.resume.line_text(item.line),
        "page": item.line.page,
        "requirement": explanation.job.line_text(asked.line) if asked else None,
        "score": round(item.score, DECIMALS),
        "gain": round(item.gain, DECIMALS),
    }
