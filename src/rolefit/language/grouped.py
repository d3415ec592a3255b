"""One employer above several positions with dates of their own: all of them were held there.

Profiles name the employer once, with how long it was in all, and under it each title with its
dates. Resumes do the same with the dates of all of it, or with nothing but the order of the lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rolefit.language import places
from rolefit.language.levels import level_of
from rolefit.language.resume_page import WORK, Anchor, Page, Place
from rolefit.language.roles import employer_in, is_prose, title_in
from rolefit.language.wrapped import LENGTH

_KIND = (
    "(?:full[- ]time|part[- ]time|self[- ]employed|freelance|contract|temporary|permanent|"
    "internship|apprenticeship|seasonal|vollzeit|teilzeit|remote|hybrid|on[- ]site)"
)
_HOW_LONG = re.compile(rf"(?:{_KIND}[ ]*[\u00b7\u2022|,-][ ]*)?{LENGTH}\.?", re.I)
_ONLY_KIND = re.compile(rf"{_KIND}(?:[ ]*[\u00b7\u2022|,-][ ]*{_KIND})?", re.I)
_WITH_KIND = re.compile(
    rf"(?P<employer>\S.*?)[ ]*[\u00b7\u2022|][ ]*{_KIND}(?:[ ]*[\u00b7\u2022|].*)?", re.I
)
_AREA = re.compile(r"\b(?:area|region|metropolitan|remote)\b", re.I)
_SAME = re.compile(
    r"\bsame (?:firm|company|employer|organi[sz]ation|place|ward|institute|cent(?:re|er)|school|"
    r"hospital|office|site|team|store|shop|bank)\b",
    re.I,
)
_PARTED = re.compile(r"[,|@(\u2013\u2014]| - | at | in | for ")
_MEASURED = re.compile(rf"[ ]*[(\u00b7\u2022][ ]*{LENGTH}\)?[ ]*", re.I)
_LETTERS = re.compile(r"[^\W\d_]{2}")
_LASTED = re.compile(LENGTH, re.I)
_OWN = re.compile(r"\b(?:free-?lanc\w*|self[- ]employed|independent|volunteer\w*)\b", re.I)
_LONGEST = 6  # words of an employer above a title
_SURE = 2.0  # score of an employer that is one without doubt
_OVERLAP = 11  # months by which years alone may overlap: "2021 - 2023" above "2019 - 2021"
_APART = 2  # months between two positions that follow each other


@dataclass(frozen=True, slots=True)
class Held:
    """A position as far as its lines go."""

    anchor: Anchor
    title: Place | None
    employer: Place | None


@dataclass(frozen=True, slots=True)
class _Head:
    employer: Place
    line: int  # the last one that speaks of the employer


def grouped(page: Page, held: Sequence[Held]) -> list[Held | None]:
    """The same, each with the employer that stands above several; None for what heads others."""
    order = sorted(range(len(held)), key=lambda i: held[i].anchor.span.start)
    found: list[Held | None] = list(held)
    heads = list(_heads(page))
    open_: _Head | None = None
    for i in order:
        anchor = held[i].anchor
        line = page.line_at(anchor.span.start)
        while heads and heads[0].line < line:
            open_ = heads.pop(0)
        if open_ and any(open_.line < n <= line for n in page.headings):
            open_ = None
        if open_ and not anchor.span.single:
            found[i], open_ = _under(page, held[i], line, open_)
        elif _is_measured(page, anchor, line) and (above := _employer(page, line - 2)):
            employer = held[i].employer  # below such dates is a place, not an employer
            if employer is None or employer[0] > anchor.span.end:
                title = held[i].title or _title(page, line - 1)
                found[i] = Held(anchor, title, above)
    _covered(page, order, found)
    _carried(page, order, found)
    return found


def _heads(page: Page) -> Sequence[_Head]:
    """Employers with how long it was in all on the line below."""
    heads = []
    for number in range(1, len(page.lines)):
        above = page.lines[number - 1]
        employer = employer_in(_text(page, number - 1))
        if (
            number - 1 not in page.headings
            and page.sections.at(above.start) == WORK
            and _HOW_LONG.fullmatch(_text(page, number))
            and employer.score > 0
        ):
            place = above.start + employer.start, above.start + employer.end
            heads.append(_Head(place, number))
    return heads


def _under(page: Page, held: Held, line: int, head: _Head) -> tuple[Held, _Head | None]:
    """A position below a head, and the head that is open then."""
    title_at = line
    if not _LETTERS.search(page.text, *held.anchor.places["before"]):
        title_at = line - 1
        if title_at > head.line and (named := _WITH_KIND.fullmatch(_text(page, title_at))):
            start = page.lines[title_at].start
            place = start + named.start("employer"), start + named.end("employer")
            return Held(held.anchor, _title(page, title_at - 1) or held.title, place), None
        if _ONLY_KIND.fullmatch(_text(page, title_at)):
            title_at -= 1
    if title_at <= head.line:
        return held, head
    title = held.title if title_at == line else _title(page, title_at) or held.title
    above = title_at - 1
    if above > head.line and (other := _employer(page, above)):
        return Held(held.anchor, title, other), None
    return Held(held.anchor, title, head.employer), head


def _is_measured(page: Page, anchor: Anchor, line: int) -> bool:
    """Whether nothing but how long it was stands beside the dates, as in profiles."""
    before, after = anchor.places["before"], anchor.places.get("after")
    if anchor.section != WORK or line < 2 or after is None:
        return False
    beside = page.text[slice(*before)].strip()
    return not beside and _MEASURED.fullmatch(page.text[slice(*after)]) is not None


def _title(page: Page, number: int) -> Place | None:
    start = page.lines[number].start
    found = title_in(_text(page, number))
    return (start + found.start, start + found.end) if found.score > 0 else None


def _employer(page: Page, number: int) -> Place | None:
    """The line as an employer of its own: no place, no prose, no dates."""
    text, found = _text(page, number), employer_in(_text(page, number))
    if number in page.dated or is_prose(text) or level_of(text) is not None or found.score <= 0:
        return None
    unsure = "," in text or _AREA.search(text) or len(text.split()) > _LONGEST
    unsure = unsure or not _begins(page, number)
    if places.only(text) or (found.score < _SURE and unsure):
        return None
    start = page.lines[number].start
    return start + found.start, start + found.end


def _begins(page: Page, number: int) -> bool:
    """Whether what stands above a line has come to its end."""
    if number == 0 or number - 1 in page.headings or number - 1 in page.dated:
        return True
    above, end = _text(page, number - 1), page.lines[number - 1].end
    ended = above.rstrip().endswith(".") or places.only(above) or _AREA.search(above)
    if number - 2 in page.dated and "," in above and len(above.split()) <= _LONGEST:
        return True  # a place below dates
    return bool(ended) or page.text.count("\n", end, page.lines[number].start) > 1


def _covered(page: Page, order: Sequence[int], found: list[Held | None]) -> None:
    """Dates of all of it beside the employer: "Northwind Foods (2010 - 2020)", then each title."""
    for place, i in enumerate(order):
        head = found[i]
        if head is None or (head.title and level_of(page.text[slice(*head.title)]) is not None):
            continue
        start, end = head.anchor.places["before"]
        employer = employer_in(page.text[start:end])
        if employer.score < _SURE or head.anchor.span.single:
            continue
        inside = []
        for j in order[place + 1 :]:
            below = found[j]
            if below is None or below.employer or not _is_within(below.anchor, head.anchor):
                break
            inside.append(j)
        if len(inside) < 2:
            continue
        spans = [held.anchor.span for j in inside if (held := found[j])]
        first, last = min(s.first for s in spans), [s.last for s in spans]
        if first != head.anchor.span.first or head.anchor.span.last not in last:
            continue
        found[i] = None
        for j in inside:
            if held := found[j]:
                named = start + employer.start, start + employer.end
                found[j] = replace(held, employer=named)


def _is_within(anchor: Anchor, around: Anchor) -> bool:
    one, other = anchor.span, around.span
    ends = other.last is None or (one.last is not None and one.last <= other.last)
    return anchor.section == around.section and one.first >= other.first and ends


def _carried(page: Page, order: Sequence[int], found: list[Held | None]) -> None:
    """A bare title goes on at the employer above that of the title before, where times meet."""
    before: Held | None = None
    for i in order:
        held = found[i]
        if held is None or held.anchor.section != WORK:
            before = None
            continue
        if held.title and held.employer is None and before and before.employer and before.title:
            title = page.text[slice(*held.title)]
            above = page.line_at(before.employer[0]) < page.line_at(before.title[0])
            above = above and level_of(page.text[slice(*before.title)]) is not None
            goes_on = above and _meet(held.anchor, before.anchor) and _is_bare(page, held)
            if _SAME.search(title) or (goes_on and not _OWN.search(title)):
                held = found[i] = replace(held, employer=before.employer)
        before = held


def _meet(earlier: Anchor, later: Anchor) -> bool:
    ended, began = earlier.span.last, later.span.first
    return ended is not None and -_APART <= ended - began <= _OVERLAP


def _is_bare(page: Page, held: Held) -> bool:
    """Whether the title is one and no more, and nothing else stands on its line."""
    if held.title is None:
        return False
    start, end = held.title
    title = page.text[start:end]
    line = page.lines[page.line_at(start)]
    span = held.anchor.span
    rest = [(line.start, start), (end, line.end)]
    if line.start <= span.start < line.end:
        rest = [(line.start, min(start, span.start)), (min(end, span.end), max(start, span.start))]
        rest.append((max(end, span.end), line.end))
    return (
        level_of(title) is not None
        and not _PARTED.search(title)
        and not any(_LETTERS.search(_LASTED.sub("", page.text[a:b])) for a, b in rest)
    )


def _text(page: Page, number: int) -> str:
    line = page.lines[number]
    return page.text[line.start : line.end]
