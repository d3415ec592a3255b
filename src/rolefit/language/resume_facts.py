"""A resume -> what it says of a person: positions, years, level, education, licences, languages.

A pure function of the text. "Present" is the latest date that the text names, unless the caller
says what it stands for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from rolefit.language import dates, positions, sections, seniority, work_time
from rolefit.language.education import DEGREES
from rolefit.language.levels import LEVELS, level_of
from rolefit.language.licences import held_licences
from rolefit.language.own_degrees import held_degrees
from rolefit.language.spoken import find_languages
from rolefit.language.wrapped import unbroken
from rolefit.records import Document, Fact, Notice, Position, ResumeFacts

_NAMED = 3  # slips that a notice names
_AHEAD = 36  # months after the one of "present" in which a resume may begin something
_BACKWARD = "ends before it begins"
_FUTURE = "ends in the future"
_FIRST_LINES = 6  # where a headline can stand
_LONGEST_LINE = 150  # characters of a line with a headline
_WIDE = 60  # characters of a headline that may go on below
_NUMBERS = {
    word: n
    for n, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
} | {
    "twenty-five": 25,
    "twenty five": 25,
    "thirty": 30,
    "forty": 40,
    "a decade": 10,
    "two decades": 20,
}
_CLAIM = re.compile(
    rf"(?<![\w.$,/-])(?P<n>\d{{1,2}}(?:\.\d)?|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
    r"(?:[ ]?\(\d+\))?[ ]?(?:\+|plus\b|\bor more)?"
    r"(?:[ ]?[-–][ ]?|[ ]to[ ])?(?:\d{1,2}[ ]?\+?)?\s?(?:\+\s?)?\s?"  # noqa: RUF001
    r"(?:years?['’]?|yrs?\.?|(?<=decade)|(?<=decades))(?![ -]old)"  # noqa: RUF001
    r"(?P<after>[^.\n]{0,70}\n?[^.\n]{0,30})",
    re.I,
)
# What follows a title on its line and is no part of it: "... with 7 years of experience".
_MORE = re.compile(
    r"\s+(?:with\b|having\b|[-–—])\s*(?=.*\b(?:experience|years)\b)|"  # noqa: RUF001
    r"\s+(?=[\w ]{1,12}:\s)|\.\s+(?=[A-Z])",
    re.I,
)
# "A company with 75 years of experience", "combined 60 years"; "a 5 year plan to improve ..."
_NOT_ONES_OWN = re.compile(
    r"\b(?:company|firm|agency|business|team|staff|combined|collective)\b[^.\n]{0,14}$", re.I
)
_A_PLAN = re.compile(
    r"[ -]?(?:\w+[ ]){0,3}(?:plan|roadmap|strategy|contract|project|program)\b", re.I
)
_OF_WORK = re.compile(
    r"experience|\bexp\b|expertise|background|career|in the (?:field|industry)|practice", re.I
)
_LABEL = re.compile(
    r"\bexp(?:erience|\.|)[ ]?(?:\([^)\n]*\))?[ ]?(?:[:=–-]|of)[ ]?(?:\w+[ ])?$",  # noqa: RUF001
    re.I,
)
_MONTHS = re.compile(r"[ ]?(?:,|and|&)?[ ]?(?P<n>\d{1,2})[ ]?(?:months?|mos?\b)", re.I)


def resume_facts(document: Document, as_of: int | None = None) -> ResumeFacts:
    """What the resume says, each fact with its span in `document.text`.

    `as_of` is the month (12 * year + month - 1) that "present" stands for; None: the latest month
    that the document names. Never fails: what is not found is None or empty.
    """
    read = _read(document, as_of)
    text = document.text
    return ResumeFacts(
        headline=read.headline,
        positions=read.held,
        years=read.years,
        claimed_years=read.claimed,
        level=_level(read, text),
        education=_highest_first(held_degrees(text, read.now)),
        licences=_each_once(held_licences(text)),
        languages=tuple(find_languages(text)),
        slips=tuple(_slips(text, read.ranges, read.now)),
    )


class _Read(NamedTuple):
    """What of a resume its level is read from, and dates."""

    ranges: Sequence[dates.Span]
    now: int | None
    held: tuple[Position, ...]
    worked: Sequence[dates.Span]
    headline: Fact | None
    years: float | None
    claimed: float | None
    titled: Fact | None  # the level that the latest titles say, or the headline


def _read(document: Document, as_of: int | None) -> _Read:
    text = document.text
    ranges, singles = dates.find(text)
    now = dates.latest(text, ranges, singles) if as_of is None else _written(as_of, ranges)
    held = positions.find(unbroken(document, ranges), ranges, singles, now)
    worked = work_time.at_work(text, ranges, singles, held)
    headline = _headline(document)
    return _Read(
        ranges, now, held, worked, headline, _years(worked, now), _claimed_years(text),
        _titled(held, headline),
    )  # fmt: skip


def level_features(document: Document, as_of: int | None = None) -> dict[str, float]:
    """What the level of a resume is read from, for those who teach it."""
    return seniority.features_of(*_seen(_read(document, as_of), document.text))


def _seen(read: _Read, text: str) -> tuple[Any, ...]:
    years = max((y for y in (read.years, read.claimed) if y is not None), default=None)
    titled = read.titled.value if read.titled else None
    return text, read.held, read.headline, years, titled


def _level(read: _Read, text: str) -> Fact | None:
    """At the title that says most of it, or at the latest dates of work; None without either."""
    latest = max(read.worked, key=lambda span: (span.last is None, span.last or 0), default=None)
    at = read.titled or read.headline
    if at is None and latest is not None:
        at = Fact("", latest.start, latest.end, " ".join(text[latest.start : latest.end].split()))
    return at and replace(at, value=seniority.read(*_seen(read, text)))


def _written(as_of: int, ranges: Sequence[dates.Span]) -> int:
    """The month in which it was written at the earliest: whatever it says to have begun has."""
    begun = [span.first for span in ranges if span.first <= as_of + _AHEAD]
    return max(as_of, *begun) if begun else as_of


def slip_notice(facts: ResumeFacts) -> Notice | None:
    """What a reader of a score should know of dates that cannot be; None where there are none."""
    if not facts.slips:
        return None
    said = [f'"{slip.detail}" {slip.value}' for slip in facts.slips[:_NAMED]]
    if len(facts.slips) > _NAMED:
        said.append(f"and {len(facts.slips) - _NAMED} more")
    message = f"dates that cannot be: {', '.join(said)}; such months are not counted"
    return Notice("dates", message)


def _slips(text: str, ranges: Sequence[dates.Span], now: int | None) -> Iterator[Fact]:
    """Dates that cannot be."""
    for span in ranges:
        slip = _BACKWARD if span.first == dates.UNDATED else ""
        if now is not None and span.last is not None and span.last > now:
            slip = _FUTURE
        if slip:
            written = " ".join(text[span.start : span.end].split())
            yield Fact(slip, span.start, span.end, written)


def _headline(document: Document) -> Fact | None:
    headed = set(sections.find(document.text).starts)
    for line, following in zip(
        document.lines[:_FIRST_LINES], (*document.lines[1:], None), strict=False
    ):
        text = document.line_text(line)
        if line.start in headed:
            return None
        if len(text) > _LONGEST_LINE:
            continue
        title = _MORE.split(text)[0].strip(' \t*•-–|,"')  # noqa: RUF001
        if len(title.split()) <= 10 and not title.endswith(".") and level_of(title):
            start = line.start + text.index(title)
            end = start + len(title)
            below = document.line_text(following) if following else ""
            if following and following.start not in headed and _goes_on(text, title, below):
                end = following.end
            return Fact(" ".join(document.text[start:end].split()), start, end)
    return None


def _goes_on(line: str, title: str, below: str) -> bool:
    """Whether a headline was broken into two lines: a long one in capitals, or behind a comma."""
    capitals = title.isupper() and below.isupper() and len(title) > _WIDE
    comma = line.rstrip().endswith(title + ",") and below[:1].islower()
    few = len(below.split()) <= 3
    return few and (capitals or comma)


def _years(worked: Sequence[dates.Span], now: int | None) -> float | None:
    """Of all time at work; months that two of the dates share count once."""
    spans = sorted(_months(span, now) for span in worked)
    months, covered = 0, -1
    for first, last in spans:
        months += max(0, last - max(first, covered + 1) + 1)
        covered = max(covered, last)
    return round(months / 12, 1) if spans else None


def _months(span: dates.Span, now: int | None) -> tuple[int, int]:
    """First and last; nobody has worked in the future yet."""
    latest = max(now or span.first, span.first)
    return span.first, latest if span.last is None else min(span.last, latest)


def _claimed_years(text: str) -> float | None:
    """The most years of experience that the text claims in words."""
    claims = []
    for match in _CLAIM.finditer(text):
        if _NOT_ONES_OWN.search(text, max(0, match.start() - 30), match.start()):
            continue
        label = _LABEL.search(text, max(0, match.start() - 40), match.start())
        if label or (_OF_WORK.search(match["after"]) and not _A_PLAN.match(match["after"])):
            number = match["n"].lower()
            more = _MONTHS.match(match["after"])
            months = int(more["n"]) if more else 0
            claims.append(float(_NUMBERS.get(number, number)) + round(months / 12, 1))
    return max(claims, default=None)


def _titled(held: Sequence[Position], headline: Fact | None) -> Fact | None:
    """The highest of the positions that are held now, or were held last; else the headline's."""
    known = [p for p in held if p.last is not None and p.title and level_of(p.title.value)]
    latest = max(((p.current, p.last or 0) for p in known), default=None)
    titles = [p.title for p in known if p.title and (p.current, p.last) == latest]
    found = [
        Fact(level, title.start, title.end, title.value)
        for title in titles or ([headline] if headline else [])
        if (level := level_of(title.value))
    ]
    return max(found, key=lambda fact: LEVELS.index(fact.value), default=None)


def _highest_first(degrees: Sequence[Fact]) -> tuple[Fact, ...]:
    return tuple(
        sorted(_each_once(degrees), key=lambda fact: (-DEGREES.index(fact.value), fact.start))
    )


def _each_once(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The first of those that say the same."""
    found: dict[tuple[str, str], Fact] = {}
    for fact in facts:
        found.setdefault((fact.value, fact.detail.lower()), fact)
    return tuple(found.values())
