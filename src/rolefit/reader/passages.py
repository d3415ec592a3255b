"""A resume as the reader sees it: passages, what each stands under, and a card of dated facts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rolefit.language import sections
from rolefit.prepare import Resume
from rolefit.records import Position

# What a passage may stand under, in the order that the trained weights know. "card" is a fact that
# was worked out, "position" a line below a dated heading.
PLACES = (
    "", "summary", "skills", "experience", "education", "certificates", "languages",
    "accomplishments", "interests", "requirements", "position", "card",
)  # fmt: skip
MOST = 200  # passages of a resume that are looked at
POSITIONS, DEGREES, LICENCES = 6, 2, 4  # on the card at most
RECENT = 0.5  # years: what ended so lately goes on, as far as a reader is concerned


@dataclass(frozen=True, slots=True)
class Passages:
    """The units of a resume, one row each, and its card."""

    texts: tuple[str, ...]
    under: tuple[str, ...]  # the title of the position that it stands under, or ""
    traits: npt.NDArray[np.float32]  # (n, 7) place, years, years ago, heads, words, where, digits
    card: str  # "Nurse, 4 years, now; work in all 9 years; degree bachelor Nursing; holds ..."


def passages(resume: Resume, as_of: int | None) -> Passages:
    """`as_of` is the month that "present" stands for: 12 * year + month - 1; None for the latest
    month that the resume names."""
    if as_of is None:
        as_of = max((p.last for p in resume.facts.positions if p.last is not None), default=0)
    text = resume.document.text
    known = sections.find(text)
    positions = sorted(resume.facts.positions, key=lambda position: position.start)
    starts = [position.start for position in positions]
    texts, under, rows = [], [], []
    for number, unit in enumerate(resume.units[:MOST]):
        words = " ".join(text[unit.start : unit.end].split())
        place, title, years, ago = known.at(unit.start), "", 0.0, 0.0
        at = bisect_right(starts, unit.start) - 1
        if at >= 0 and not _ended(known, positions[at].start, unit.start):
            position = positions[at]
            place = "position"
            title = position.title.value if position.title else ""
            years = _years(position, as_of) or 0.0
            ago = _ago(position, as_of) if position.first is not None else 0.0
        texts.append(words)
        under.append(title)
        rows.append(
            (
                PLACES.index(place) if place in PLACES else 0,
                min(years, 30.0) / 10,
                min(ago, 30.0) / 10,
                float(unit.start in starts),
                min(len(words.split()), 40) / 20,
                number / len(resume.units),
                float(any(char.isdigit() for char in words)),
            )
        )
    traits = np.array(rows, dtype=np.float32).reshape(-1, 7)
    return Passages(tuple(texts), tuple(under), traits, _card(resume, as_of))


def _ended(known: sections.Sections, start: int, here: int) -> bool:
    """Whether another part of the resume has begun since the position that starts at `start`."""
    first = bisect_right(known.starts, start)
    return any(
        name not in ("experience", "duties", "")
        for at, name in zip(known.starts[first:], known.names[first:], strict=True)
        if at <= here
    )


def _years(position: Position, as_of: int) -> float | None:
    if position.first is None:
        return None
    last = position.last if position.last is not None else as_of
    return max(0.1, (last - position.first + 1) / 12)


def _ago(position: Position, as_of: int) -> float:
    return (as_of - (position.last or as_of)) / 12


def _card(resume: Resume, as_of: int) -> str:
    facts = resume.facts
    parts = [_held(position, as_of) for position in facts.positions[:POSITIONS]]
    if years := facts.years or facts.claimed_years:
        parts.append(f"work in all {years:.0f} years")
    parts += [f"degree {fact.value} {fact.detail}".strip() for fact in facts.education[:DEGREES]]
    if facts.licences:
        parts.append("holds " + ", ".join(_each(facts.licences[:LICENCES])))
    return "; ".join(parts) or "nothing dated"


def _each(facts: Sequence[object]) -> list[str]:
    return list(dict.fromkeys(fact.value for fact in facts))  # type: ignore[attr-defined]


def _held(position: Position, as_of: int) -> str:
    title = position.title.value if position.title else "work"
    years, ago = _years(position, as_of), _ago(position, as_of)
    if years is None:
        return title
    when = "now" if position.current or ago < RECENT else f"until {ago:.0f} years ago"
    return f"{title}, {years:.0f} years, {when}"
