"""What the browser's reports take from Python's about explanations, as JSON."""

from __future__ import annotations

from typing import Any

from rolefit.report import explain_view as view
from rolefit.report.explain_words import FEATURES


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
        "nearest": view.NEAREST,
        "statuses": list(view.STATUSES),
        "kinds": [list(entry) for entry in view.KINDS.items()],
        "compared": view.COMPARED,
        "no_requirements": view.NO_REQUIREMENTS,
        "no_skills": view.NO_SKILLS,
        "bullet": view._BULLET.pattern,
    }
