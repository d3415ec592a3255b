"""What the browser's reports take from Python's about explanations and advice, as JSON."""

from __future__ import annotations

from typing import Any

from rolefit.decide.requirements import _BULLET
from rolefit.decided import PARTS
from rolefit.export.web_language import javascript
from rolefit.records import NEAREST
from rolefit.report import explain_view as view
from rolefit.report import html_inspect, inspect_json, inspect_view, tiers_view
from rolefit.report import improve_terminal as advice
from rolefit.report.explain_words import FEATURES
from rolefit.tiers import FORMAT


def explained() -> dict[str, Any]:
    return {
        "words": {
            name: {
                "label": words.label,
                "meaning": words.meaning,
                "show": words.show.__name__.removeprefix("_"),
            }
            for name, words in FEATURES.items()
        },
        "nearest": NEAREST,
        "statuses": list(view.STATUSES),
        "kinds": [list(entry) for entry in view.KINDS.items()],
        "compared": view.COMPARED,
        "no_requirements": view.NO_REQUIREMENTS,
        "no_skills": view.NO_SKILLS,
        "bullet": view._BULLET.pattern,
    }


def improved() -> dict[str, Any]:
    """The words of `rolefit improve`."""
    return {
        "rewordings": advice.REWORDINGS,
        "no_rewording": advice.NO_REWORDING,
        "no_gain": advice.NO_GAIN,
        "gaps": advice.GAPS,
        "no_gaps": advice.NO_GAPS,
        "not_shown": advice.NOT_SHOWN,
        "in_part": advice.IN_PART,
        "no_skill": advice.NO_SKILL,
        "only_named": advice.ONLY_NAMED,
        "only_if_true": advice.ONLY_IF_TRUE,
        "not_suggested": advice.NOT_SUGGESTED,
    }


def decided() -> dict[str, Any]:
    """What a person may decide, and how it is written."""
    return {"parts": list(PARTS), "bullet": javascript(_BULLET)}


def tiered() -> dict[str, Any]:
    """Who cannot be told apart."""
    return {"format": FORMAT, "numbers": tiers_view._NUMBERS}


def inspected() -> dict[str, Any]:
    """What `rolefit inspect` writes and shows."""
    return {
        "schema": inspect_json.SCHEMA,
        "months": inspect_view._MONTHS,
        "kinds": list(html_inspect._KINDS),
        "budget": html_inspect._BUDGET,
    }
