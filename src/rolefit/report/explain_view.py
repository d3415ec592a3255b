"""An Explanation made ready to be shown: what terminal, JSON and HTML have in common."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rolefit.records import NEAREST, Document, Evidence, Explanation, Line, Skill
from rolefit.report import reads_like, whole
from rolefit.report.explain_words import words

STATUSES = ("met", "partly", "not shown")
# Kinds of requirement in the order they matter, and what they are called.
KINDS = {
    "must have": "Must have",
    "required": "Required",
    "preferred": "Nice to have",
    "duty": "Duties",
}
COMPARED = {
    "years": "Years of work",
    "level": "Level",
    "education": "Education",
    "licence": "Licence or certificate",
    "language": "Language",
}
NO_REQUIREMENTS = (
    "No line of this advert could be read as asking for something, so there is nothing to show "
    "evidence for. The score rests on the texts as a whole."
)
LEAST_ELSEWHERE = 0.5  # points that are worth a word
_BULLET = re.compile(r"^(?:[-*•▪·‣●○–]|\d+[.)]) ")  # noqa: RUF001
NO_SKILLS = "No skill that the taxonomy knows was found in either text."


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way from an average pair's score to this one, in whole points."""

    feature: str  # "" for what is no feature: the cap
    label: str
    meaning: str
    value: str  # in words; "" where there is none
    points: int
    before: int  # the score before the step; may leave 0-100 on the way
    after: int


def base_and_steps(explanation: Explanation) -> tuple[int, tuple[Step, ...]]:
    """Where the score starts and the steps that end at the score shown.

    From 0 the four parts; from an average pair's score what each feature did, largest first, where
    the mapper does not read the parts. Each number is rounded up or down so that they add up to the
    whole score that people see.
    """
    score = whole(explanation.match.score)
    if explanation.parts:
        return 0, _parts(explanation, score)
    parts = [explanation.base, *(c.points for c in explanation.contributions)]
    reached = whole(min(100.0, max(0.0, sum(parts)))) if explanation.capped_by else score
    base, *points = _rounded(parts, reached)
    steps: list[Step] = []
    at = base
    for contribution, change in zip(explanation.contributions, points, strict=True):
        told = words(contribution.feature)
        value = told.show(contribution.value)
        steps.append(
            Step(contribution.feature, told.label, told.meaning, value, change, at, at + change)
        )
        at += change
    return base, (*steps, *_cap(explanation, at, score))


def _parts(explanation: Explanation, score: int) -> tuple[Step, ...]:
    points = [part.points for part in explanation.parts]
    reached = whole(sum(points)) if explanation.capped_by else score
    steps: list[Step] = []
    at = 0
    for part, change in zip(explanation.parts, _rounded(points, reached), strict=True):
        told = words(part.name)
        value = f"of {part.most:.0f}"
        steps.append(Step(part.name, told.label, told.meaning, value, change, at, at + change))
        at += change
    return *steps, *_cap(explanation, at, score)


def _cap(explanation: Explanation, reached: int, score: int) -> tuple[Step, ...]:
    if not explanation.capped_by or reached <= score:
        return ()
    meaning = f"The score is held down: {explanation.capped_by}."
    return (Step("", "Held down", meaning, "", score - reached, reached, score),)


def earned(explanation: Explanation) -> tuple[list[str], str]:
    """What each requirement earns, "2.1 of 3.0", and what of the needs none carries, "+1.4".

    Empty texts where there is nothing to say. The tenths add up to the whole points of the needs.
    """
    nothing = [""] * len(explanation.evidence)
    needs = [step for step in base_and_steps(explanation)[1] if step.feature == "needs"]
    if not needs:
        return nothing, ""
    most = [math.floor(10 * item.most + 0.5) for item in explanation.evidence]
    tenths = _tenths(explanation, needs[0].points, most)
    elsewhere = 10 * needs[0].points - sum(tenths)
    told = [
        f"{value / 10:.1f} of {full / 10:.1f}" if full else ""
        for value, full in zip(tenths, most, strict=True)
    ]
    return told, f"+{elsewhere / 10:.1f}" if elsewhere >= 10 * LEAST_ELSEWHERE and tenths else ""


def _tenths(explanation: Explanation, total: int, most: Sequence[int]) -> list[int]:
    """The tenths of a point that each requirement earns of `total`: none beyond its `most`, none of
    what is not shown. Where no more than they carry is left, they add up to the whole of `total`.
    """
    points = [item.points for item in explanation.evidence]
    has = sum(points)
    room = sum(item.most for item in explanation.evidence if item.points > 0)
    told = min(explanation.elsewhere, total - has) >= LEAST_ELSEWHERE  # beside them
    target = min(float(total), has if told else room)
    exact = [10 * value * target / has if has else 0.0 for value in points]
    tenths = [min(full, math.floor(value)) for full, value in zip(most, exact, strict=True)]
    left = math.floor(10 * target + 0.5) - sum(tenths)
    for i in sorted(range(len(exact)), key=lambda i: tenths[i] - exact[i]):
        if left > 0 and exact[i] > 0 and tenths[i] < most[i]:
            tenths[i] += 1
            left -= 1
    return tenths


def _rounded(parts: Sequence[float], total: int) -> list[int]:
    """`parts` as whole numbers that add up to `total`, each as near as that allows."""
    whole_parts = [math.floor(part) for part in parts]
    nearest = sorted(range(len(parts)), key=lambda i: whole_parts[i] - parts[i])
    left = total - sum(whole_parts)
    for i in range(abs(left)):
        whole_parts[nearest[i % len(parts)]] += 1 if left > 0 else -1
    return whole_parts


def signed(points: int) -> str:
    return f"+{points}" if points > 0 else f"\N{MINUS SIGN}{-points}" if points else "0"


def professions(explanation: Explanation) -> list[tuple[str, str]]:
    """[("The resume", "healthcare (83%), education (9%)"), ("The job", ...)]; [] where unknown."""
    match = explanation.match
    both = (("The resume", match.resume_domains), ("The job", match.job_domains))
    return [(whose, reads_like(domains)) for whose, domains in both if domains]


def counts(evidence: Sequence[Evidence]) -> str:
    """ "3 met, 1 partly, 2 not shown"."""
    tally = Counter(item.status for item in evidence)
    return ", ".join(f"{tally[status]} {status}" for status in STATUSES if tally[status])


def must_haves(explanation: Explanation) -> str:
    """ "2 of 3 met", or "" where the job has no must-have."""
    musts = [item for item in explanation.evidence if item.requirement.must]
    met = sum(item.status == "met" for item in musts)
    return f"{met} of {len(musts)} met" if musts else ""


def kind(evidence: Evidence) -> str:
    return "must have" if evidence.requirement.must else evidence.requirement.kind


def settled(evidence: Evidence) -> str:
    """What decided, in words; "" where it was the line that is quoted beside it."""
    return "" if evidence.settled_by == NEAREST else evidence.settled_by


def grouped(
    evidence: Sequence[Evidence],
) -> list[tuple[str, list[tuple[int, Evidence]]]]:
    """(heading, [(number, evidence)]) of each kind there is; what must be met comes first.

    Numbers are places in the job's order, from 1.
    """
    numbered = list(enumerate(evidence, start=1))
    groups = [
        (title, [(number, item) for number, item in numbered if kind(item) == key])
        for key, title in KINDS.items()
    ]
    return [(title, items) for title, items in groups if items]


def met_of(explanation: Explanation) -> list[str]:
    """["must have 1 of 2", "required 4 of 7", ...]: how many of each kind are met."""
    tallies = []
    for title, items in grouped(explanation.evidence):
        met = sum(item.status == "met" for _, item in items)
        tallies.append(f"{title.lower()} {met} of {len(items)}")
    return tallies


def quote(document: Document, line: Line, most: int = 300) -> str:
    """The words of `line` on one line, without its bullet, cut after `most` characters."""
    return tidy(document.line_text(line), most)


def tidy(text: str, most: int) -> str:
    """`text` on one line, without the bullet it begins with, cut after `most` characters."""
    # The edges of a table written in signs, and the comma after a name that was covered.
    flat = " ".join(text.split()).strip("| ").lstrip("|,; ")
    return cut(_BULLET.sub("", flat) or flat, most)


def cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def page(document: Document, line: Line) -> str:
    """ "page 2", or "" in a document that has no more than one."""
    return f"page {line.page}" if document.pages > 1 else ""


def verified(evidence: Evidence) -> bool:
    """Whether the lines beside it are evidence, or only the nearest that there are."""
    return evidence.status != "not shown"


def pair_label(pair: tuple[Skill, Skill], explanation: Explanation) -> str:
    """A skill of both texts: its name, the resume's word where that differs, its years."""
    asked, shown = pair
    words_used = surfaces(explanation.resume, shown)
    remarks = []
    label = name(asked)
    if not any(_plain(word) == _plain(label) for word in words_used):
        remarks.append(f"“{words_used[0]}”")
    if shown.years is not None:
        remarks.append(f"{shown.years:g} years")
    return label + (f" ({', '.join(remarks)})" if remarks else "")


def name(skill: Skill) -> str:
    """The label without ESCO's bracket: "Python (computer programming)" is Python."""
    return skill.label.split(" (")[0]


def surfaces(document: Document, skill: Skill) -> list[str]:
    """The words a document uses for a skill, each once, in order."""
    written = (document.text[m.start : m.end] for m in skill.mentions)
    return list(dict.fromkeys(" ".join(word.split()) for word in written)) or [skill.label]


def _plain(word: str) -> str:
    return "".join(char for char in word.casefold() if char.isalnum())
