"""What a job asks for: its requirements, one by one, and what they add up to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from rolefit.language import job_lines, job_title, line_kinds
from rolefit.language.education import DEGREES, find_degrees
from rolefit.language.job_headings import DUTY, PREFERRED, REQUIRED
from rolefit.language.job_lines import Said
from rolefit.language.job_title import SHORT
from rolefit.language.levels import level_of
from rolefit.language.licences import HARD, find_licences
from rolefit.language.line_kinds import LineKind
from rolefit.language.runs import calm
from rolefit.language.skills import find_skills
from rolefit.language.units import units
from rolefit.language.years_asked import Years, years_in
from rolefit.records import Document, Fact, JobFacts, Line, Requirement

_start = attrgetter("start")
_ENTRY = re.compile(
    r"\bentry[-\s]level\b|\bno\s(?:prior\s)?experience\s(?:is\s)?(?:required|necessary|needed)",
    re.I,
)
_LANGUAGE = re.compile(
    r"(?:understand (?:spoken|written) |write |interact verbally in )?"
    r"([A-Z]\w+(?: [A-Z]\w+){0,2})(?: language)?"
)
# "Must be able to obtain a Secret clearance", "Series 7 within 120 days": not asked for now.
_OBTAIN = re.compile(
    r"\b(?:obtain|acquire|get|gain|pass|pursue|eligib\w+|willing\w*(?: and able)? to|"
    r"work(?:ing)? towards?|stud(?:y|ying) (?:for|towards?)|train(?:ing)? (?:towards?|for)|"
    r"(?:we|company)(?:'ll| will| can)? (?:pay|fund|sponsor|provide|help|support|train))\b",
    re.I,
)
# "... or ability to obtain one", "(or eligible to register)", "training is provided".
_OR_OBTAIN = re.compile(
    r"^[^.;]{0,40}(?:\bor\b|/)[^.;]{0,30}\b(?:able|abilit\w+|willing\w*|eligib\w+|prepared|obtain|get|"
    r"gain|acquire|working towards?|stud(?:y|ying) (?:for|towards?)|trainee|in training)\b"
    r"|^[^.;]{0,30}\b(?:(?:is |will be )?(?:provided|paid for|funded|sponsored)|can be obtained|"
    r"training (?:is |will be )?(?:provided|given|offered|available)|we will train)\b",
    re.I,
)
# "No CDL required", "you do not need a CDL", "CDL not needed".
_NOT_ASKED = re.compile(
    r"(?:\b(?:no|without)|\b(?:do|does|would|will|wo|need) ?n[o']t (?:need|require|have to)(?: to)?"
    r"(?: have| hold| possess)?|\bneedn't (?:have|hold)|\bneed not (?:have|hold))[ ]+"
    r"(?:(?:an?|any|the|prior|current|valid|existing|formal|special)[ ]+)*"
    r"(?:[\w&/+-]+(?: [\w-]+)?(?:, | or | and |/)(?:an? )?){0,3}$",
    re.I,
)
_NOT_NEEDED = re.compile(
    # Behind a bracket that is still open, and over others that are not.
    r"(?:[^.;\n()]{0,30}\))?(?:[^.;,\n(]|\([^)]*\)){0,60}?\b(?:(?:is|are|isn't|aren't) )?"
    r"(?:not|isn't|aren't)(?: \w+ly)? "
    r"(?:required|needed|necessary|essential|mandatory|compulsory|expected|asked for)\b"
    r"|[ ](?:is |are )?(?:unnecessary|optional)\b"
    r"|[ ]?[:\u2013\u2014-]?[ ]?(?:no|none)\b(?=[.,;)]|$)",
    re.I,
)
_IN_TIME = re.compile(
    r"\bwithin (?:the first )?\w+(?:[ -]\w+)?(?: \(\d+\))? (?:days?|weeks?|months?)\b", re.I
)
# "LPN or one certified medical assistant": somebody without the licence will do.
_ALTERNATIVE = re.compile(
    r"[^.;,\n]{0,30}?\bor (?:an? |one |two |other )?(?:[\w-]+ ){0,3}"
    r"(?:certifi\w+|licen[cs]\w+|regist\w+|qualif\w+|diploma|degree|equivalent|experience)\b",
    re.I,
)


def job_facts(document: Document, found: Sequence[Line] | None = None) -> JobFacts:
    """Facts of a job advert; spans are offsets in `document.text`, requirements in text order.

    `found` are its `units`, where the caller has them already.

    A unit of the text is "required", "preferred", a "duty", or none of these (what the company
    says of itself, benefits, how to apply), as `line_kinds` has learned to tell.
    """
    document = calm(document)
    parts = _parts(document, units(document) if found is None else found)
    title = job_title.find(
        document, [part.line for part in parts], [part.read.kind for part in parts]
    )
    return JobFacts(
        title=title,
        requirements=tuple(_requirement(part) for part in parts if part.kind),
        years=_years(parts),
        level=_level(document, parts, title),
        education=_education(parts),
        licences=_licences(parts, title),
        languages=_languages(parts),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """A unit and what it asks for; `kind` is "" where that is nothing."""

    line: Line
    said: Said
    read: LineKind
    kind: str
    must: bool  # whoever lacks it is out, if it is required
    years: Years | None
    degrees: tuple[Fact, ...]  # without those that a required line only prefers
    licences: tuple[Fact, ...]  # the same


def _parts(document: Document, spans: Sequence[Line]) -> list[_Part]:
    texts = [document.line_text(span) for span in spans]
    read = line_kinds.read(texts)
    licences = find_licences(document.text)
    return [
        _part(span, said, line, kind, licences)
        for span, said, line, kind in zip(
            spans, job_lines.read(texts), read, line_kinds.asking(read), strict=True
        )
    ]


def _part(line: Line, said: Said, read: LineKind, kind: str, licences: list[Fact]) -> _Part:
    if not kind:
        return _Part(line, said, read, kind, False, None, (), ())
    first, last = (bisect_left(licences, at, key=_start) for at in (line.start, line.end))
    here = licences[first:last]
    degrees = [
        Fact(fact.value, fact.start + line.start, fact.end + line.start, fact.detail)
        for fact in find_degrees(said.text)
    ]
    years = None
    if kind == REQUIRED:
        years = years_in(said.text, said.optional)
    elif kind == PREFERRED:
        years = years_in(said.text)
    places = [(fact.start - line.start, fact.end - line.start) for fact in here]
    here = [
        fact
        for fact, place in zip(here, places, strict=True)
        if not _waived(said, *place) and not _replaceable(said, place[1], places)
    ]
    if kind == REQUIRED:  # "Bachelor's required; Master's a plus" requires only the former
        here = [fact for fact in here if not _optional(line, said, fact)]
        degrees = [fact for fact in degrees if not _optional(line, said, fact)]
    must = read.must >= line_kinds.MUST
    return _Part(line, said, read, kind, must, years, tuple(degrees), tuple(here))


def _waived(said: Said, start: int, end: int) -> bool:
    """Whether the line does without the licence at text[start:end], or lets it come later."""
    before, after = said.text[:start].rpartition(";")[2], said.text[end:]
    return bool(
        _OBTAIN.search(before)
        or _OR_OBTAIN.search(after)
        or _IN_TIME.search(said.text)
        or _NOT_ASKED.search(before)
        or _NOT_NEEDED.match(after)
    )


def _replaceable(said: Said, end: int, licences: Sequence[tuple[int, int]]) -> bool:
    """Whether something that is none of the `licences` found would do instead of the one there."""
    other = _ALTERNATIVE.match(said.text, end)
    return other is not None and not any(end <= start < other.end() for start, _ in licences)


def _optional(line: Line, said: Said, fact: Fact) -> bool:
    return said.optional(fact.start - line.start, fact.end - line.start)


def _requirement(part: _Part) -> Requirement:
    asks = part.kind != DUTY
    degree = min((DEGREES.index(fact.value) for fact in part.degrees), default=None)
    licences = tuple(dict.fromkeys(fact.value for fact in part.licences)) if asks else ()
    return Requirement(
        line=part.line,
        kind=part.kind,
        must=part.kind == REQUIRED and (any(value in HARD for value in licences) or part.must),
        years=part.years.least if part.years else None,
        education=DEGREES[degree] if degree is not None and asks else "",
        licences=licences,
    )


def _years(parts: Sequence[_Part]) -> Fact | None:
    """The most that a required line asks for: each of them has to be met."""
    asked = [
        (part.years, part.line.start) for part in parts if part.kind == REQUIRED and part.years
    ]
    if not asked:
        return None
    years, offset = max(asked, key=lambda item: (item[0].least, -item[1]))
    return Fact(f"{years.least:g}", offset + years.start, offset + years.end)


def _education(parts: Sequence[_Part]) -> Fact | None:
    """Of each required line the least degree; of all lines the highest of these."""
    least = [
        min(part.degrees, key=lambda fact: DEGREES.index(fact.value))
        for part in parts
        if part.kind == REQUIRED and part.degrees
    ]
    return max(least, key=lambda fact: DEGREES.index(fact.value)) if least else None


def _licences(parts: Sequence[_Part], title: Fact | None) -> tuple[Fact, ...]:
    """The required ones, each once; first those that the title itself names by law."""
    found: dict[str, Fact] = {}
    if title:
        for fact in find_licences(title.value):
            if fact.value in HARD:
                found[fact.value] = Fact(fact.value, title.start, title.end, fact.detail)
    for part in parts:
        if part.kind == REQUIRED:
            for fact in part.licences:
                found.setdefault(fact.value, fact)
    return tuple(found.values())


def _level(document: Document, parts: Sequence[_Part], title: Fact | None) -> Fact | None:
    """What the title says, or the rest of its line; else "entry level" in the text."""
    if title:
        start, end = title.start, title.end
        for part in parts:
            line = part.line
            if line.start <= start < line.end and len(document.line_text(line).split()) <= SHORT:
                end = max(end, line.end)
        said = document.text[start:end]
        if not _ENTRY.search(said) and (level := level_of(said) or level_of(title.value)):
            return Fact(level, title.start, title.end)
    match = _ENTRY.search(document.text)
    return Fact("entry", match.start(), match.end()) if match else None


def _languages(parts: Sequence[_Part]) -> tuple[Fact, ...]:
    """Languages asked for; `detail` is "preferred" where that is all the line says."""
    found: dict[str, Fact] = {}
    for part in parts:
        if part.kind not in (REQUIRED, PREFERRED) or not part.said.speaks_of_languages:
            continue
        for skill in find_skills(part.said.text, kinds=("language",)):
            name = _LANGUAGE.fullmatch(skill.label)
            if name is None:
                continue
            start, end = skill.mentions[0].start, skill.mentions[0].end
            wish = part.kind == PREFERRED or part.said.optional(start, end)
            if name[1] not in found or (found[name[1]].detail and not wish):
                detail = "preferred" if wish else ""
                offset = part.line.start
                found[name[1]] = Fact(name[1], offset + start, offset + end, detail)
    return tuple(found.values())
