"""Lines of a resume -> the positions it says were held, each with title, employer and dates.

Every date range that could head a position is an anchor. Around it are six places: before and
after it on its line, and two lines above and below. A layout says in which of them the title and
the employer stand. All layouts are scored at every anchor; a resume keeps mostly to one, so those
that do well over the whole resume are preferred at each anchor.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rolefit.language.dates import UNDATED, Span
from rolefit.language.education import find_degrees
from rolefit.language.grouped import Held, grouped
from rolefit.language.levels import level_of
from rolefit.language.resume_page import WORK, Anchor, Page, Place
from rolefit.language.roles import PLACEHOLDER, Found, both_in, employer_in, is_prose, title_in
from rolefit.language.told import told
from rolefit.language.wrapped import LENGTH
from rolefit.records import Document, Fact, Position

_STUDY = ("education", "certificates")
_CONSISTENCY = 0.6  # what a layout's average over the resume weighs beside its score here
_LEAST_AT_WORK = 0.9  # score of a heading in a section of work
_LEAST_UNKNOWN = 3.0  # where no heading stands above
_LEAST_ELSEWHERE = 4.0
_LEAST_AMONG_STUDIES = 6.0  # a list under "Training" may be part of a job's description
_SURE = 5.0  # no doubt, whatever stands around it
_KNOWN = 1.5  # score from which on a title or an employer was recognised as such
_CUSTOMARY = 2.0  # a layout's average from which on its unknown words are believed
_UNREAD = -1.2  # words on the line of the dates that a layout leaves unexplained
_STUDIED = re.compile(
    r"\b(?:b\.?s\.?c?|b\.?a|m\.?s\.?c?|m\.?a|mba|ph\.?d|bachelor\S*|master'?s?\s+(?:of|degree|in)|"
    r"diploma|degree|gpa|coursework|graduated?|ged|certificate|associates?\s+(?:of|degree|in)|honors|"
    r"minor|major(?:ed)?)\b",
    re.I,
)
_DEGREE = re.compile(
    r"\b(?:bachelor'?s?|master'?s?|associate'?s?) (?:of|in|degree)\b|\bdegree\b|\bfaculty of\b|"
    r"\bdiploma\b|^education\b",
    re.I,
)
# Held in clubs, which resumes list under other headings than work.
_OFFICE = re.compile(
    r"\b(?:member|volunteer|fellow|chair\w*|president|treasurer|secretary|captain|mentor|leader)\b",
    re.I,
)
_LASTED = re.compile(rf"\W*{LENGTH}\W*", re.I)
_WRITTEN = re.compile(r"\w{2}")
_LONGEST_HEADING = 110  # characters
_TWO_PARTS = re.compile(r"^[^.!?]*(?:,| - | – |\||\t| at )[^.!?]*$")  # noqa: RUF001
Layout = tuple[str, str]  # places of title and employer: "before after up up2 down down2", or ""
_LAYOUTS: tuple[Layout, ...] = (
    ("before", "after"), ("after", "before"), ("before", "before"), ("after", "after"),
    ("before", "down"), ("after", "down"), ("down", "down"), ("down", "before"), ("down", "after"),
    ("down", "up"), ("up", "after"), ("up", "before"), ("up", "up"), ("up", "down"), ("up", "up2"),
    ("up2", "up"), ("down", "down2"), ("down2", "down"), ("after", "up"), ("before", "up"),
    ("before", ""), ("after", ""), ("up", ""), ("down", ""),
    ("", "before"), ("", "after"), ("", "up"), ("", "down"),
)  # fmt: skip
_FAR = {"up": -0.2, "down": -0.3, "up2": -0.5, "down2": -0.6}


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a layout makes of an anchor."""

    score: float
    title: Place | None
    employer: Place | None
    named: bool  # a title or an employer was recognised, not only placed


def find(
    document: Document, ranges: Sequence[Span], singles: Sequence[Span], now: int | None
) -> tuple[Position, ...]:
    """The positions, latest first; `now` is the month that "present" stands for."""
    page = Page(document, [*ranges, *(span for span in singles if span.last is None)])
    anchors = [anchor for span in ranges if (anchor := page.anchor(span)) is not None]
    chosen = [*_choose(document.text, anchors), *_told(page, (*ranges, *singles))]
    taken = {line for anchor, _ in chosen for line in page.lines_of(anchor.places.values())}
    alone = [
        anchor
        for span in singles
        if page.line_at(span.start) not in taken and (anchor := page.anchor(span)) is not None
    ]
    chosen += [
        (anchor, reading)
        for anchor, reading in _choose(document.text, alone)
        if anchor.section == WORK and _is_certain(document.text, anchor, reading)
    ]
    taken |= {line for anchor, _ in chosen for line in page.lines_of(anchor.places.values())}
    chosen += _undated(page, taken)
    chosen = _grouped(page, chosen)
    found: dict[tuple[object, ...], Position] = {}
    for anchor, reading in chosen:
        position = _position(document.text, anchor.span, reading, now)
        title = position.title.value.lower() if position.title else None
        employer = position.employer.value.lower() if position.employer else None
        found.setdefault((title, position.first or employer, position.last), position)
    titled = {(p.first, p.last) for p in found.values() if p.title}
    held = [p for p in found.values() if p.title or (p.first, p.last) not in titled]
    return tuple(sorted(held, key=_lateness))


def _grouped(
    page: Page, chosen: Sequence[tuple[Anchor, _Reading]]
) -> list[tuple[Anchor, _Reading]]:
    """With the employers that stand above several positions."""
    held = [Held(anchor, reading.title, reading.employer) for anchor, reading in chosen]
    return [
        (anchor, replace(reading, title=after.title, employer=after.employer))
        for (anchor, reading), after in zip(chosen, grouped(page, held), strict=True)
        if after is not None
    ]


def _lateness(position: Position) -> tuple[int, int, int]:
    return -(position.last or 0), -(position.first or 0), position.start


def _choose(text: str, anchors: Sequence[Anchor]) -> list[tuple[Anchor, _Reading]]:
    """The best reading of each anchor that is a position."""
    readings = [_readings(text, anchor) for anchor in anchors]
    totals: dict[Layout, float] = defaultdict(float)
    for of_anchor in readings:
        for layout, reading in of_anchor.items():
            totals[layout] += max(0.0, reading.score) / len(anchors)
    chosen = []
    for anchor, of_anchor in zip(anchors, readings, strict=True):
        if not of_anchor:
            continue
        best = max(of_anchor, key=lambda k: of_anchor[k].score + _CONSISTENCY * totals[k])
        reading = of_anchor[best]
        if not reading.named and totals[best] < _CUSTOMARY:
            reading = _Reading(reading.score, None, None, named=False)
        if _holds(text, anchor, reading):
            chosen.append((anchor, reading))
    return chosen


def _told(page: Page, spans: Sequence[Span]) -> Iterator[tuple[Anchor, _Reading]]:
    """Positions of which a sentence tells."""
    for span in spans:
        line = page.lines[page.line_at(span.start)]
        section = page.sections.at(span.start)
        if section in _STUDY or (span.single and span.last is not None):
            continue
        if places := told(page.text, line.start, span.start):
            anchor = Anchor(span, section, {"before": (line.start, span.start)})
            yield anchor, _Reading(_SURE, *places, named=True)


def _is_certain(text: str, anchor: Anchor, reading: _Reading) -> bool:
    """Whether one date alone heads a position: beside a title, or an employer made anonymous."""
    if reading.title is not None and level_of(text[slice(*reading.title)]) is not None:
        return reading.score > _LEAST_AT_WORK
    start, end = anchor.places["before"][0], anchor.places["after"][1]
    return bool(PLACEHOLDER.search(text, start, end)) and reading.score > _LEAST_AT_WORK


def _undated(page: Page, taken: set[int]) -> list[tuple[Anchor, _Reading]]:
    """Headings without dates, where title and employer are both beyond doubt."""
    found = []
    for number, line in enumerate(page.lines):
        section = page.sections.at(line.start)
        if section != WORK or number in taken or number in page.headings:
            continue
        text = page.text[line.start : line.end]
        below = page.lines[number + 1] if number + 1 < len(page.lines) else line
        anonymous = PLACEHOLDER.search(page.text, line.start, below.end)
        if len(text) > _LONGEST_HEADING or not (anonymous or _TWO_PARTS.search(text)):
            continue
        span = Span(UNDATED, None, line.start, line.start, single=True)
        places = {"before": (line.start, line.start), "after": (line.start, line.end)}
        if below is not line and number + 1 not in taken:
            places["down"] = (below.start, below.end)
        anchor = Anchor(span, section, places)
        readings = _readings(page.text, anchor)
        both = [readings[k] for k in (("after", "after"), ("after", "down")) if k in readings]
        best = max(both, key=lambda reading: reading.score, default=None)
        if best and best.score >= _SURE:
            found.append((anchor, best))
    return found


def _holds(text: str, anchor: Anchor, reading: _Reading) -> bool:
    """Whether it is a position, in view of the section."""
    if reading.title and _DEGREE.search(text, *reading.title):
        return False
    if reading.employer and any(f.start == 0 for f in find_degrees(text[slice(*reading.employer)])):
        return False
    if anchor.section in _STUDY and reading.score < _LEAST_AMONG_STUDIES:
        return False
    after = anchor.places.get("after", (0, 0))
    if anchor.section == WORK and not anchor.span.single and _LASTED.fullmatch(text, *after):
        return True  # nobody but a profile says how long it was
    around = " ".join(text[start:end] for start, end in anchor.places.values())
    beyond_doubt = reading.score > _SURE or PLACEHOLDER.search(around)
    if anchor.section == WORK and (beyond_doubt or not anchor.span.single):
        return reading.score >= _LEAST_AT_WORK
    if _STUDIED.search(around):
        return False
    if anchor.section and reading.title and _OFFICE.search(text[slice(*reading.title)]):
        return False
    least = _LEAST_ELSEWHERE if anchor.section else _LEAST_UNKNOWN
    return reading.title is not None and reading.score >= least


def _readings(text: str, anchor: Anchor) -> dict[Layout, _Reading]:
    pieces = {name: text[start:end] for name, (start, end) in anchor.places.items()}
    titles = {name: title_in(piece) for name, piece in pieces.items()}
    employers = {name: employer_in(piece) for name, piece in pieces.items()}
    filled = {
        name
        for name in ("before", "after")
        if _WRITTEN.search(pieces[name]) and not _LASTED.fullmatch(pieces[name])
    }
    found = {}
    for layout in _LAYOUTS:
        used = {name for name in layout if name}
        if not used <= pieces.keys() or ("up2" in used and "up" not in used):
            continue
        title_at, employer_at = layout
        if title_at == employer_at:
            score, title, employer = both_in(pieces[title_at])
        else:
            title = titles[title_at] if title_at else Found(-0.5)
            employer = employers[employer_at] if employer_at else Found(0.0)
            score = title.score + employer.score
            if min(title.score, employer.score) < -1.0:
                continue
        score += sum(_FAR.get(name, 0.0) for name in used)
        score += sum(_UNREAD for name in filled - used if not _prose_after(pieces[name], name))
        if score > 0:
            found[layout] = _Reading(
                score,
                _placed(title, anchor.places.get(title_at)),
                _placed(employer, anchor.places.get(employer_at)),
                named=title.score >= _KNOWN or employer.score >= _KNOWN,
            )
    return found


def _prose_after(piece: str, name: str) -> bool:
    return name == "after" and is_prose(piece.strip())


def _placed(found: Found, place: Place | None) -> Place | None:
    if place is None or found.end <= found.start:
        return None
    return place[0] + found.start, place[0] + found.end


def _position(text: str, span: Span, reading: _Reading, now: int | None) -> Position:
    current = span.last is None
    first, last = span.first, span.last
    if last is None or (now is not None and last > now):
        last = max(now or first, first)  # nobody has worked in the future yet
    places = [place for place in (reading.title, reading.employer) if place]
    return Position(
        title=_fact(text, reading.title),
        employer=_fact(text, reading.employer),
        first=None if first == UNDATED else first,
        last=None if first == UNDATED else last,
        current=current and first != UNDATED,
        start=min([span.start, *(start for start, _ in places)]),
        end=max([span.end, *(end for _, end in places)]),
    )


def _fact(text: str, place: Place | None) -> Fact | None:
    if place is None:
        return None
    return Fact(" ".join(text[place[0] : place[1]].split()), *place)
