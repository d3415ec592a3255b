"""A resume without what it says is not there: "No Spark or Kafka yet", "PALS: expired 2022".

The encoder reads such words as words about Spark; left in, a denial would speak for its writer.
A unit goes whole if it denies as a whole; of one that names several things only the clauses go that
deny theirs. Wishes and other people's work stay: they tell what kind of work somebody is in.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from rolefit.language import claim_kinds, sections
from rolefit.language.claims import heading
from rolefit.language.personal import Mask, covered
from rolefit.language.skills import find_skills
from rolefit.language.units import units
from rolefit.records import Document, Line

GONE = tuple(claim_kinds.KINDS.index(kind) for kind in ("denied", "little", "lapsed"))
SURE = 0.7  # a probability from which words are taken out
KEPT = 0.95  # that something in a denial is the writer's own all the same
_MARK = re.compile(r"[,;:()|/\n]|[.!?](?=\s)|\s[-–—]\s")  # noqa: RUF001


def undenied(document: Document) -> Document:
    """The document with denials made blank; all that is left keeps its place."""
    text = document.text
    names = sorted(
        (mention.start, mention.end) for skill in find_skills(text) for mention in skill.mentions
    )
    headed = set(sections.find(text).starts)
    said = [unit for unit in units(document) if unit.start not in headed]
    spans = [span for unit in said for span in _denied(text, unit, names)]
    if not spans:
        return document
    text = covered(text, [Mask(start, end, "denial") for start, end in spans], " ")
    lines = tuple(line for line in document.lines if text[line.start : line.end].strip())
    return replace(document, text=text, lines=lines)


def _denied(text: str, unit: Line, names: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans of a unit that deny what they name."""
    above = heading(text, unit.start)
    inside = names[bisect_left(names, (unit.start, 0)) : bisect_left(names, (unit.end, 0))]
    said = [
        claim_kinds.shares(above, text[unit.start : start], text[end : unit.end])
        for start, end in inside
    ]
    whole = claim_kinds.shares_of_all(above, text[unit.start : unit.end])
    if _gone(whole) >= SURE and all(shares[0] < KEPT for shares in said):
        return [(unit.start, unit.end)]
    return [
        _clause(text, unit, *name)
        for name, shares in zip(inside, said, strict=True)
        if _gone(shares) >= SURE
    ]


def _gone(shares: list[float]) -> float:
    return sum(shares[kind] for kind in GONE)


def _clause(text: str, unit: Line, start: int, end: int) -> tuple[int, int]:
    ends = [mark.end() for mark in _MARK.finditer(text, unit.start, start)]
    after = _MARK.search(text, end, unit.end)
    return ends[-1] if ends else unit.start, after.start() if after else unit.end
