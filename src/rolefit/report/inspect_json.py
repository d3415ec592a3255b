"""What a machine reads of one document, as JSON. Fields are only ever added under one `schema`:

    {"schema": 1, "rolefit": version, "file", "kind", "pages", "as": "resume" or "job",
     "text": in reading order, "lines": [[start, end, page]], "columns": [side by side, by page],
     "notices": [{code, message}], "hidden": [words that a person would not see],
     "sections": [{name, heading, start, end}],
     "resume": null or {"headline": FACT, "positions": [{"title": FACT, "employer": FACT,
         "from": "2018-03", "to": "2021-09", "current", start, end}], "years", "claimed_years",
         "level": FACT, "education": [FACT], "licences": [FACT], "languages": [FACT],
         "slips": [FACT]},
     "job": null or {"title": FACT, "requirements": [{id, kind, must, years, education, licences,
         start, end}], "years": FACT, "level": FACT, "education": FACT, "licences": [FACT],
         "languages": [FACT]},
     "personal": [{kind, start, end}], masked before a resume is scored,
     "skills": [{id, label, group, kind, "mentions": [{start, end, section, manner, years}]}],
     "risks": [{code, message, "spans": [[start, end]]}]}

A FACT is {value, detail, start, end}, or null. Spans count code points of `text`, end exclusive.
Positions come latest first; the month of a current one's "to" is the one read as "present".
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from rolefit import __version__
from rolefit.records import Fact, Inspection, JobFacts, Position, ResumeFacts

SCHEMA = 1


def to_json(found: Inspection) -> str:
    return json.dumps(content(found), ensure_ascii=False, indent=2) + "\n"


def content(found: Inspection) -> dict[str, Any]:
    """What `to_json` writes, as Python values."""
    document = found.document
    return {
        "schema": SCHEMA,
        "rolefit": __version__,
        "file": document.name,
        "kind": document.kind,
        "pages": document.pages,
        "as": found.side,
        "text": document.text,
        "lines": [[line.start, line.end, line.page] for line in document.lines],
        "columns": list(document.columns),
        "notices": [asdict(notice) for notice in document.notices],
        "hidden": list(found.hidden),
        "sections": [asdict(section) for section in found.sections],
        "resume": _resume(found.resume) if found.resume else None,
        "job": _job(found.job) if found.job else None,
        "personal": [asdict(span) for span in found.personal],
        "skills": [asdict(skill) for skill in found.skills],
        "risks": [
            {"code": risk.code, "message": risk.message, "spans": [list(s) for s in risk.spans]}
            for risk in found.risks
        ],
    }


def month(number: int | None) -> str | None:
    return None if number is None else f"{number // 12}-{number % 12 + 1:02}"


def _resume(facts: ResumeFacts) -> dict[str, Any]:
    return {
        "headline": _fact(facts.headline),
        "positions": [_position(position) for position in facts.positions],
        "years": facts.years,
        "claimed_years": facts.claimed_years,
        "level": _fact(facts.level),
        "education": _facts(facts.education),
        "licences": _facts(facts.licences),
        "languages": _facts(facts.languages),
        "slips": _facts(facts.slips),
    }


def _position(position: Position) -> dict[str, Any]:
    return {
        "title": _fact(position.title),
        "employer": _fact(position.employer),
        "from": month(position.first),
        "to": month(position.last),
        "current": position.current,
        "start": position.start,
        "end": position.end,
    }


def _job(facts: JobFacts) -> dict[str, Any]:
    return {
        "title": _fact(facts.title),
        "requirements": [
            {
                "id": f"r{number}",
                "kind": requirement.kind,
                "must": requirement.must,
                "years": requirement.years,
                "education": requirement.education,
                "licences": list(requirement.licences),
                "start": requirement.line.start,
                "end": requirement.line.end,
            }
            for number, requirement in enumerate(facts.requirements, start=1)
        ],
        "years": _fact(facts.years),
        "level": _fact(facts.level),
        "education": _fact(facts.education),
        "licences": _facts(facts.licences),
        "languages": _facts(facts.languages),
    }


def _fact(fact: Fact | None) -> dict[str, Any] | None:
    return None if fact is None else asdict(fact)


def _facts(facts: Iterable[Fact]) -> list[dict[str, Any]]:
    return [asdict(fact) for fact in facts]
