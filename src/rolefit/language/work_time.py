# ruff: noqa: E501  (patterns read better whole)
"""Which dates of a resume are time at work, whatever stands around them and in whatever order.

A position wants a title or an employer; time at work wants neither: "2015 to now, own van". One
logistic regression reads the words beside a range of dates, the heading above it, its shape, and
whether it heads a position. Fitted by recipes/work_time.py on dates that were read one by one.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from rolefit.language import learned, sections
from rolefit.language.dates import UNDATED, Span
from rolefit.language.education import find_degrees
from rolefit.language.learned import STEP
from rolefit.language.levels import level_of
from rolefit.records import Position

MODEL = learned.load("work_time.json")
_TOKEN = re.compile(r"[^\W\d_]+|[^\w\s]")
_WORD = re.compile(r"[^\W\d_]+")
_LINE = re.compile(r"[^\n]+")
_DIGIT = re.compile(r"\d")
_PIECE = re.compile(r"[|•·;:,()/\t]|\s[-–—]\s|[–—]|\s{2,}")  # noqa: RUF001
_SENTENCE = re.compile(r"[.;:•·|]\s+|\s[-–—]\s|[()]")  # noqa: RUF001
_BEFORE, _AFTER, _BESIDE = 6, 8, 8  # words that are read
# Kinds of words that are each too rare to learn from alone; what a kind says is learned.
_KINDS = {
    "away": re.compile(
        r"\b(?:maternity|paternity|parental|elternzeit|karenz|leave|break|gap|unemployed|not employed|"
        r"no employment|arbeitslos|redundant|sabbatical|incarcerated|prison sentence|carer for|"
        r"(?:full[ -]time|family|caring|cared|care) (?:family )?(?:carer|for|of) (?:my|a|family|"
        r"mother|father|mum|dad)|carer|at home|in the home|housewife|homemaker|returner|"
        r"did not work|no work|nothing|travel(?:l?ing|led)|job ?centre?|illness|recover\w+)\b",
        re.I,
    ),
    "unpaid": re.compile(
        r"\b(?:volunt\w*|unpaid|honorary|treasurer|committee|trustee|governor|member(?:ship)?|"
        r"society|association|ambassador|charity|scouts?|church|parish|club|no pay|free of charge|"
        r"ehrenamt\w*|pto|pta)\b",
        re.I,
    ),
    "study": re.compile(
        r"\b(?:school|college|universit\w+|academy|polytechnic|institute|faculty|campus|bachelor\w*|"
        r"master(?:'?s)?(?= of| in| degree|\b.{0,3}$)|degree|diploma|b\.?sc|m\.?sc|b\.?a|b\.?eng|m\.?eng|"
        r"b\.?com|b\.?ed|ll\.?b|mba|pgce|ph\.?d|nvq|hn[dc]|gcses?|a[ -]levels?|kcse|wass?ce|ssce|"
        r"matric|semesters?|thesis|studies|student|studied|courses?|modules?|credits|ausbildung|"
        r"lehre|umschulung|studium|hochschule|fachhochschule|berufsschule|gymnasium|htl|"
        r"yrkesskole|skolan?|seminary|conservatoire|bootcamp|gpa|cgpa|honours?|hons|placements?|"
        r"internship|externship|attachment|practicum|ojt|trainee)\b",
        re.I,
    ),
    "paper": re.compile(
        r"\b(?:expire[sd]?|expir\w+|valid|until|renew\w*|regist\w+|licen[cs]\w*|certif\w*|badge|"
        r"cards?|permit|visa|resident|citizen|settled|authoris\w+|authoriz\w+|accredit\w*|"
        r"clearance|lapsed?|inactive|pin|pass(?:ed)?)\b",
        re.I,
    ),
    "tool": re.compile(r"\b(?:used|using|version|daily|expert|basic|exchang\w+)\b", re.I),
    "paid": re.compile(
        r"\b(?:work(?:ed|ing)?|employ\w+|contract(?:or)?|agency|freelance|self[ -]emp\w*|own (?:company|"
        r"business|van|firm|account)|gmbh|ltd|limited|inc|llc|plc|ag|ab|as|company|co|group|services|"
        r"bank|hospital|hotel|restaurant|army|navy|force|bundeswehr|bundesheer|military|regiment|"
        r"(?:national|youth) (?:youth )?service|nysc|period|full[ -]time|part[ -]time|casual|temp)\b",
        re.I,
    ),
}
_FEW = 2  # words on its line, below which the lines around a date are read
_HEADING = 5  # words of a heading
_NEAR = 60  # characters
_REACH = 1_000  # characters of a text in which the lines around a date are looked for
_STEM = 5  # letters of a word that tell its kin: "register", "registered"
_LENGTHS = (3, 12, 36, 72, 144)  # months


def candidates(ranges: Sequence[Span], singles: Sequence[Span]) -> list[Span]:
    """Those that can be time at work: from one month to another, or to the present."""
    found = [span for span in ranges if span.first != UNDATED]
    found += [span for span in singles if span.last is None]
    return sorted(found, key=lambda span: span.start)


def at_work(
    text: str, ranges: Sequence[Span], singles: Sequence[Span], held: Sequence[Position]
) -> list[Span]:
    """Those of the dates that are time at work, in text order, and single dates of positions."""
    spans = candidates(ranges, singles)
    found = [
        span
        for span, features in zip(spans, features_of(text, spans, held), strict=True)
        if probability(features) >= MODEL["least"]
    ]
    alone = [span for span in singles if span.last is not None and _heads(span, held)]
    return sorted((*found, *alone), key=lambda span: span.start)


def probability(features: dict[str, float]) -> float:
    """That a range is time at work."""
    total = MODEL["bias"]
    for name, value in features.items():
        total += STEP * MODEL["weights"].get(name, 0) * value
    return 1 / (1 + math.exp(-total))


def features_of(
    text: str, spans: Sequence[Span], held: Sequence[Position]
) -> Iterator[dict[str, float]]:
    """{feature: value} of each of the spans, which are in text order; `held` are the positions."""
    starts, lines = _headings(text) if spans else ([], [])
    for at, span in enumerate(spans):
        start = text.rfind("\n", 0, span.start) + 1
        end = _end_of_line(text, span.end)
        if at and spans[at - 1].end > start:
            start = min(spans[at - 1].end, span.start)
        if at + 1 < len(spans) and spans[at + 1].start < end:
            end = max(spans[at + 1].start, span.end)
        before, after = text[start : span.start], text[span.end : end]
        found = _words(before, after) | _shape(span, before, after, len(spans), at)
        if _heads(span, held):
            found["position"] = 1.0
        heading = bisect_right(starts, span.start) - 1
        found |= _under(lines[heading] if heading >= 0 else "")
        if len(_WORD.findall(before + after)) <= _FEW:
            found["bare"] = 1.0
            found |= _around(text, start, end)
        yield found


def _heads(span: Span, held: Sequence[Position]) -> bool:
    """Whether it stands in the heading of a position of the same beginning."""
    return any(
        position.start <= span.start < position.end and position.first == span.first
        for position in held
    )


def _end_of_line(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _words(before: str, after: str) -> dict[str, float]:
    left = [token.lower() for token in _TOKEN.findall(before)]
    right = [token.lower() for token in _TOKEN.findall(after)]
    found = {f"b={token}": 0.5 for token in left[-_BEFORE:] if token.isalpha()}
    found |= {f"a={token}": 0.5 for token in right[:_AFTER] if token.isalpha()}
    found |= {f"w={token[:_STEM]}": 0.5 for token in left + right if token.isalpha()}
    found |= _kinds("b", before[-_NEAR:]) | _kinds("a", after[:_NEAR])
    found[f"b1={left[-1] if left else ''}"] = 1.0
    found[f"a1={right[0] if right else ''}"] = 0.7
    return found


def _kinds(place: str, text: str) -> dict[str, float]:
    return {f"{place}:{kind}": 1.0 for kind, words in _KINDS.items() if words.search(text)}


def _shape(span: Span, before: str, after: str, of: int, at: int) -> dict[str, float]:
    length = 0 if span.last is None else span.last - span.first
    line = before + after
    shape = {
        "open": span.last is None, "single": span.single, "starts": not before.strip(" \t-•*"),
        "ends": not after.strip(" \t.)"), "bracket": before.rstrip().endswith("("),
        "title:before": _titled(before), "title:after": _titled(after),
        "degree": bool(find_degrees(line)), "few": of < 3, "last": at == of - 1, "first": at == 0,
        "stop": line.rstrip().endswith("."), "long": len(line) > 120,
    }  # fmt: skip
    shape |= {f"months<{top}": span.last is not None and length < top for top in _LENGTHS}
    if span.single:
        said = _SENTENCE.split(before)[-1]
        words = [word.lower() for word in _WORD.findall(said)]
        shape |= {f"since:{min(len(words), 4)}": True, f"since:title={_titled(said)}": True}
        shape |= {f"since:{word[:_STEM]}": True for word in words[-4:]}
    return {name: 1.0 for name, holds in shape.items() if holds}


def _titled(piece: str) -> bool:
    return any(level_of(part) is not None for part in _PIECE.split(piece) if part.strip())


def _around(text: str, start: int, end: int) -> dict[str, float]:
    """The lines above and below a date that stands alone."""
    above = text[max(0, start - _REACH) : start].rstrip("\n").rpartition("\n")[2]
    below = text[end : end + _REACH].lstrip("\n").partition("\n")[0]
    found = {f"u={word.lower()}": 0.5 for word in _WORD.findall(above)[:_BESIDE]}
    found |= {f"d={word.lower()}": 0.5 for word in _WORD.findall(below)[:_BESIDE]}
    found |= _kinds("u", above) | _kinds("d", below)
    if _titled(above):
        found["title:up"] = 1.0
    if _titled(below):
        found["title:down"] = 1.0
    return found


def _headings(text: str) -> tuple[list[int], list[str]]:
    """Starts and words of the lines that look like headings; the first of all is a name."""
    starts, lines = [], []
    for match in list(_LINE.finditer(text))[1:]:
        line = match.group().strip()
        if not 0 < len(_WORD.findall(line)) <= _HEADING or _DIGIT.search(line):
            continue
        if line.isupper() or line.endswith(":") or sections.find(line).names:
            starts.append(match.start())
            lines.append(line)
    return starts, lines


def _under(heading: str) -> dict[str, float]:
    """What the heading says, "" for none."""
    known = sections.find(heading).names
    name = known[0] if known else "other" if heading else ""
    found = {f"h={word[:_STEM]}": 0.7 for word in _WORD.findall(heading.lower())}
    return found | {f"under={name}": 1.0} | _kinds("h", heading)
