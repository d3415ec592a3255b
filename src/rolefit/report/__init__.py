"""A ranking as people and programs read it. A new form of report is one file here.

terminal.py is for the screen, as_json.py for programs (its schema has a version), as_csv.py for
spreadsheets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rolefit.bundle import Bundle
from rolefit.decided import Confirmed, Tiering, Version, Weighted
from rolefit.errors import ReadError
from rolefit.records import Domain, Match, Notice, likely

# What a score is called, by the last whole score of its band.
VERDICTS = (
    (12, "no sensible link"),
    (25, "another profession"),
    (40, "some overlap"),
    (55, "a long shot"),
    (68, "plausible"),
    (80, "good"),
    (90, "very good"),
    (100, "exceptional"),
)
MEANING = (
    "A score estimates, from 0 to 100, how a judge (a language model that reads both texts) "
    "would rate the fit. It can be wrong and is not a decision."
)


@dataclass(frozen=True, slots=True)
class Report:
    """One job, the matches to show (best first), and what could not be read."""

    job: str
    matches: tuple[Match, ...]
    unread: tuple[ReadError, ...]
    bundle: Bundle
    ranked: int  # matches there are; more than `matches` if only the top is shown
    left_out: int = 0  # resumes with a score that are of another profession than was asked for
    confirmed: Confirmed | None = None  # what a person decided; then `matches` are in its order
    weighted: tuple[Weighted, ...] = ()  # one for each match, where something was decided
    tiering: Tiering | None = None  # of all matches there are, in their order
    versions: Mapping[str, tuple[Version, ...]] = field(default_factory=dict)  # by the file shown

    @property
    def folded(self) -> int:
        """Files that are shown with another file of the same person."""
        return sum(map(len, self.versions.values()))

    @property
    def about_job(self) -> tuple[Notice, ...]:
        """Notices of the job, which every match repeats."""
        return tuple(n for n in self.matches[0].notices if _of_job(n)) if self.matches else ()


def about_resume(match: Match) -> tuple[Notice, ...]:
    """Notices of the resume alone."""
    return tuple(notice for notice in match.notices if not _of_job(notice))


def reads_like(domains: tuple[Domain, ...]) -> str:
    """ "healthcare (83%), education (9%)": the likely ones; "" of none."""
    return ", ".join(f"{d.name} ({100 * d.probability:.0f}%)" for d in likely(domains))


def whole(score: float) -> int:
    """The score as people see it: halves are rounded up, as browsers do."""
    return int(score + 0.5)


def verdict(score: float) -> str:
    """The word for the score that people see, so that the two never disagree."""
    return next(word for last, word in VERDICTS if whole(score) <= last)


def _of_job(notice: Notice) -> bool:
    return notice.code.startswith("job-")
