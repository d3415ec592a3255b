"""What features are called and mean in plain words, in one table keyed by the feature's name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """A feature as a person reads it."""

    label: str
    meaning: str  # one sentence
    show: Callable[[float], str]  # the value in words


def _share(value: float) -> str:
    return f"{100 * value:.0f}%"


def _near(value: float) -> str:
    return f"{value:.2f} of 1"


def _years(value: float) -> str:
    if abs(value) < 0.05:
        return "as asked"
    return f"{abs(value):.1f} {'more' if value > 0 else 'fewer'}"


def _steps(value: float) -> str:
    if abs(value) < 0.5:
        return "as asked"
    count = f"{abs(value):.0f} step{'s' if abs(value) >= 1.5 else ''}"
    return f"{count} {'above' if value > 0 else 'below'}"


def _plain(value: float) -> str:
    return f"{value:.2f}"


FEATURES = {
    "function": Words(
        "Function", "Whether this kind of work was done, what is done now counting most.", _plain
    ),
    "needs": Words(
        "Needs", "How much of what the job asks for the resume shows, line by line below.", _plain
    ),
    "seniority": Words("Seniority", "Level, and years in work of this kind.", _plain),
    "credentials": Words(
        "Credentials", "Degrees, licences and certificates that are asked for.", _plain
    ),
    "cosine": Words(
        "Overall likeness", "How near the two texts are in meaning, each read as a whole.", _near
    ),
    "title": Words(
        "Job title",
        "How near the nearest title in the resume is to the title of the job.",
        _near,
    ),
    "title_in_text": Words(
        "Job title in the text",
        "How near the whole resume is to the title of the job.",
        _near,
    ),
    "coverage": Words(
        "Likeness to all that is asked",
        "How near its lines and named skills are to what the job asks for; must-haves count most.",
        _near,
    ),
    "coverage_required": Words(
        "Likeness to what is required",
        "How near its lines and named skills are to what the job requires.",
        _near,
    ),
    "skills": Words(
        "Skills in common", "How many of the skills that the job names the resume names.", _share
    ),
    "years_gap": Words(
        "Years of work", "Years that the resume shows, beside the least the job asks for.", _years
    ),
    "level_gap": Words(
        "Level", "The level of the latest positions, beside that of the job.", _steps
    ),
    "education_gap": Words(
        "Education", "The highest degree shown, beside the least the job asks for.", _steps
    ),
    "licence": Words(
        "Licences", "How many of the licences that the job requires are shown.", _share
    ),
}


def words(feature: str) -> Words:
    """The table's row; a feature that is not in it goes by its name."""
    return FEATURES.get(feature) or Words(feature.replace("_", " "), "", _plain)
