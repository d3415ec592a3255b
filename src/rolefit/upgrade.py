"""What another model changes: scores, places, who crosses a line, whose reasons differ.

old, new: one job, the same resumes  ->  two rankings  ->  a Change for each resume
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from rolefit.decide.requirements import words
from rolefit.errors import ReadError
from rolefit.intake import Source
from rolefit.matcher import Matcher
from rolefit.records import Evidence, Match

LINES = (55.0,)  # "a long shot" ends there, "plausible" begins
TOP = 10
DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Reason:
    """A requirement whose status is another one; "" where a model does not take it for one."""

    text: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """One resume under both models."""

    old: Match
    new: Match
    old_place: int  # from 1
    new_place: int
    crossed: tuple[float, ...]  # lines that lie between the two scores
    top: str  # "in" or "out" of the first few; "" if neither
    reasons: tuple[Reason, ...] | None = None  # None where they were not looked at

    @property
    def points(self) -> float:
        return self.new.score - self.old.score

    @property
    def told(self) -> bool:
        """Whether somebody should look at it."""
        return bool(self.crossed or self.top)


@dataclass(frozen=True, slots=True)
class JobDiff:
    job: str
    changes: tuple[Change, ...]  # largest change of the score first

    @property
    def mean(self) -> float:
        """Of the sizes of the changes, in points."""
        return float(np.mean([abs(change.points) for change in self.changes] or [0.0]))

    @property
    def order(self) -> float:
        """Spearman's rank correlation of the two orders; 1 for fewer than two resumes."""
        count = len(self.changes)
        if count < 2:
            return 1.0
        apart = sum((c.old_place - c.new_place) ** 2 for c in self.changes)
        return 1.0 - 6.0 * apart / (count * (count * count - 1))


def compare(
    old: Matcher,
    new: Matcher,
    job: Source,
    resumes: Sequence[Source],
    *,
    lines: Sequence[float] = LINES,
    top: int = TOP,
    unread: list[ReadError] | None = None,
) -> JobDiff:
    """Both models on one job. What cannot be read is left out of both, and added to `unread`."""
    mine: list[ReadError] = [] if unread is None else unread
    before = old.rank(job, resumes, unread=mine)
    after = new.rank(job, resumes, unread=[])
    places = {_key(match): place for place, match in enumerate(after, start=1)}
    found = {_key(match): match for match in after}
    changes = [
        _change(match, found[_key(match)], place, places[_key(match)], lines, top)
        for place, match in enumerate(before, start=1)
        if _key(match) in found
    ]
    return JobDiff(
        before[0].job if before else "",
        tuple(sorted(changes, key=lambda c: (-abs(c.points), c.old_place))),
    )


def with_reasons(
    diff: JobDiff,
    old: Matcher,
    new: Matcher,
    job: Source,
    source: Callable[[Match], Source],
    most: int = 20,
) -> JobDiff:
    """With the requirements whose status changed, of the first `most` changes that are told."""
    chosen = [change for change in diff.changes if change.told][:most]
    if not chosen:
        return diff
    shown = [matcher.evidence([job]) for matcher in (old, new)]
    text = [_words(matcher, job) for matcher in (old, new)]
    reasons: dict[tuple[str, str], tuple[Reason, ...]] = {}
    for change in chosen:
        resume = source(change.old)
        by_text = [
            {say(item): item.status for item in evidence(resume)[0]}
            for evidence, say in zip(shown, text, strict=True)
        ]
        reasons[_key(change.old)] = tuple(
            Reason(asked, by_text[0].get(asked, ""), by_text[1].get(asked, ""))
            for asked in dict.fromkeys([*by_text[0], *by_text[1]])
            if by_text[0].get(asked, "") != by_text[1].get(asked, "")
        )
    return replace(
        diff,
        changes=tuple(replace(c, reasons=reasons.get(_key(c.old))) for c in diff.changes),
    )


def _words(matcher: Matcher, job: Source) -> Callable[[Evidence], str]:
    document = matcher.intake.job(job).document
    return lambda item: words(document, item.requirement.line)


def _key(match: Match) -> tuple[str, str]:
    return match.resume, match.resume_sha256


def _change(
    old: Match, new: Match, old_place: int, new_place: int, lines: Sequence[float], top: int
) -> Change:
    low, high = sorted((old.score, new.score))
    was, comes = old_place <= top, new_place <= top
    return Change(
        old, new, old_place, new_place,
        tuple(line for line in lines if low < line <= high),
        "" if was == comes else "in" if comes else "out",
    )  # fmt: skip


def as_dict(diff: JobDiff) -> dict[str, Any]:
    """Ready for JSON."""
    return {
        "job": diff.job,
        "resumes": len(diff.changes),
        "mean_change": round(diff.mean, DECIMALS),
        "order": round(diff.order, DECIMALS),
        "changes": [
            {
                "file": change.old.resume,
                "sha256": change.old.resume_sha256,
                "old": {"score": round(change.old.score, DECIMALS), "place": change.old_place},
                "new": {"score": round(change.new.score, DECIMALS), "place": change.new_place},
                "crossed": list(change.crossed),
                "top": change.top,
                "reasons": None
                if change.reasons is None
                else [{"text": r.text, "old": r.old, "new": r.new} for r in change.reasons],
            }
            for change in diff.changes
        ],
    }
