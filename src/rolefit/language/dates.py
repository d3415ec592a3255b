"""Dates as resumes write them: "Jan 2012 - Present", "03/09 to 5/11", "Summer 2014".

A month is a number, 12 * year + month - 1, so that differences are plain. No clock is read: what
"present" means is for the caller to say.
"""

# ruff: noqa: RUF001  (curly quotes and dashes are what is read)
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rolefit.language import date_forms
from rolefit.language.date_forms import DASH, YEAR, Date
from rolefit.language.months import MONTH, MONTHS, NOW, NOW_ABROAD, SINCE, TO, TO_BRIEF

_LONGEST = 60 * 12  # months; longer ranges are something else
UNDATED = -1  # the month of what has no dates, or dates that cannot be


@dataclass(frozen=True, slots=True)
class Span:
    """From month `first` to month `last`, both included; `last` is None of one that goes on.

    Of a slip, "March 2017 to January 2017", both are UNDATED.
    """

    first: int
    last: int | None
    start: int  # place in the text
    end: int
    single: bool = False  # one date, not two


_GAP = r"[ \t\xa0]{0,6}\n?[ \t\xa0]{0,6}"
_TO = re.compile(
    rf"{_GAP}(?:{DASH}|â€“|â€”|{TO}|(?P<brief>{TO_BRIEF}))"
    rf"(?:[ \t\xa0]{{0,6}}(?:to\b|till\b|{DASH})){{0,4}}{_GAP}",
    re.I,
)
_AND = re.compile(r"[ \t]+(?:and|und|et|y|e)[ \t]+", re.I)
_BETWEEN = re.compile(r"\b(?:between|zwischen|entre|tra)[ \t]+$", re.I)
_SIGN = re.compile(rf"[ \t\xa0]{{0,6}}(?:(?:{DASH}|â€“|â€”)+|\+|onwards?\b)")
# Where a dash got lost, "2017  2021", or the two stand in cells of their own.
_WIDE = re.compile(r"[ \t]{2,4}|[ ]?[\t|][ ]?")
_NOW = re.compile(rf"[\[(]?{NOW}", re.I)
_NOW_ABROAD = re.compile(NOW_ABROAD, re.I)
# "Present - 03/2018": as those write who count from today back.
_FROM_NOW = re.compile(
    rf"(?<!\w)(?P<now>{NOW})[ \t\xa0]{{0,6}}(?:{DASH}|to\b)[ \t\xa0]{{0,6}}$", re.I
)
_SHORT_YEAR = re.compile(r"['’]?(\d\d)\b(?![/:.,%]?\d|[ \t]*(?:%|years|yrs))")
_END_OF_FIELD = re.compile(r"[ \t]*(?:\)|\n|$)|[ ]{3,}|[ ]*\t")
_HALF = re.compile(
    rf"\b(?:\d{{1,2}}[. ]{{1,2}})?(?P<month>{MONTH})\.?(?:[ \t]\d{{1,2}})?[ \t]*"
    rf"(?:{DASH}|to|bis)[ \t]*$",
    re.I,
)
SINCE_BEFORE = re.compile(rf"\b{SINCE}[ \t]+(?:in[ \t]+)?$", re.I)
_GLUED = re.compile(rf"(?m)^[^\w\n]*({YEAR})({YEAR})(?!\d)")
_SCHOOL_YEAR = re.compile(rf"(?<![\w/.-])({YEAR})/({YEAR}|\d\d)(?![\d/.])")  # "2012/13"
_ISO = re.compile(r"\d{4}-\d\d(?!\d)")


def find(text: str) -> tuple[list[Span], list[Span]]:
    """The ranges of a text ("from - to"), and the dates that stand alone, each in text order."""
    dates = list(date_forms.find(text))
    newest_first = _is_newest_first(text, dates)
    ranges: list[Span] = []
    lone: list[Date] = []
    number, free = 0, 0
    while number < len(dates):
        date = dates[number]
        following = dates[number + 1] if number + 1 < len(dates) else None
        span, used = _range(text, date, following, free, newest_first)
        if span is not None:
            ranges.append(span)
            free = span.end
        elif date.form != "short":
            lone.append(date)
        number += used
    ranges += _of_years(text, lone, ranges)
    ranges.sort(key=lambda span: span.start)
    singles = [_single(text, date) for date in lone if date.form != "odd"]
    return ranges, singles


def latest(text: str, ranges: Iterable[Span], singles: Iterable[Span]) -> int | None:
    """The latest month that the text names; a bare year says no more than its January."""
    months = [span.first if span.last is None else span.last for span in ranges]
    for single in singles:
        bare = text[single.start : single.end].isdigit()
        months.append(single.first if bare or single.last is None else single.last)
    return max((month for month in months if month != UNDATED), default=None)


def _of_years(text: str, lone: list[Date], ranges: Sequence[Span]) -> list[Span]:
    """Ranges that look like one date: "20172021", "2012/13", and "2005-09" where no month is so
    written; those are taken out of `lone`."""
    found = []
    for glued in _GLUED.finditer(text):
        first, last = 12 * int(glued[1]), 12 * int(glued[2])
        if first <= last:
            found.append(Span(first, last, glued.start(1), glued.end(2)))
    for school in _SCHOOL_YEAR.finditer(text):
        year = int(school[1])
        if (int(school[2]) - year - 1) % 100 == 0:
            found.append(Span(12 * year, 12 * year + 12, school.start(1), school.end(2)))
    months = any(_ISO.match(text, span.start) for span in ranges)
    for date in [date for date in lone if date.form == "iso" and not months]:
        year, ending = date.first // 12, date.first % 12 + 1
        if text[date.start + 4] == "-" and year % 100 < ending and date.end - date.start == 7:
            lone.remove(date)
            last = 12 * (year // 100 * 100 + ending)
            found.append(Span(12 * year, last, date.start, date.end))
    covered = {span.start for span in found}
    lone[:] = [date for date in lone if date.start not in covered]
    return found


def _is_newest_first(text: str, dates: Sequence[Date]) -> bool:
    """Whether the text writes its ranges from the end back: "Present - 03/2018"."""
    back = 0
    for date, following in pairwise((*dates, None)):
        assert date is not None
        if date.form != "short" and _from_now(text, date, 0) is not None:
            return True
        if following and (to := _TO.match(text, date.end)) and to.end() == following.start:
            back += (date.first > following.last) - (date.first < following.first)
    return back > 1


def _from_now(text: str, date: Date, free: int) -> int | None:
    """Where "Present - " before a date begins."""
    match = _FROM_NOW.search(text, max(free, date.start - 30), date.start)
    return match.start("now") if match else None


def _range(
    text: str, date: Date, following: Date | None, free: int, newest_first: bool
) -> tuple[Span | None, int]:
    """The range that begins with `date`, and how many dates it takes up. `free` is where the range
    before it ends."""
    half = _HALF.search(text, max(free, date.start - 24), date.start)
    if half and date.form == "month":  # "Jan - Mar 2012"
        first = date.first // 12 * 12 + MONTHS[half["month"].lower()] - 1
        if first <= date.last:
            return Span(first, date.last, half.start(), date.end), 1
    now_at = _from_now(text, date, free) if date.form not in ("short", "odd") else None
    if now_at is not None:
        return Span(date.first, None, now_at, date.end), 1
    to = _TO.match(text, date.end)
    if to is None and _BETWEEN.search(text, max(0, date.start - 12), date.start):
        to = _AND.match(text, date.end)
    gap = to or _WIDE.match(text, date.end)
    if following is not None and gap and gap.end() == following.start:
        span = _between(date, following, newest_first, to is not None)
        if span is not None:
            return span, 2
    return _open(text, date, to), 1


def _between(date: Date, following: Date, newest_first: bool, said: bool) -> Span | None:
    """The range of two dates; a slip where it cannot be and `said` to be one."""
    last = following.last
    if date.form == following.form == "year" and date.first == last:
        last += 11  # "2012 - 2012"
    odd = "odd" in (date.form, following.form)
    if not odd and _sound(date.first, last):
        return Span(date.first, last, date.start, following.end)
    if newest_first and not odd and _sound(following.first, date.last):
        return Span(following.first, date.last, date.start, following.end)
    whole = "short" not in (date.form, following.form)
    if said and whole and (odd or date.first > last):
        return Span(UNDATED, UNDATED, date.start, following.end)
    return None


def _open(text: str, date: Date, to: re.Match[str] | None) -> Span | None:
    """A range whose end is no whole date: "2012 - now", "1998-99", "2015 -"."""
    if date.form == "odd" or (to is not None and to.re is _AND):
        return None
    if to is None:
        wide = _WIDE.match(text, date.end)  # "2020  Present"
        lost = _NOW.match(text, wide.end()) if wide and date.form != "short" else None
        return Span(date.first, None, date.start, lost.end()) if lost else _signed(text, date)
    brief = to["brief"] is not None
    if now := (_NOW_ABROAD if brief else _NOW).match(text, to.end()):
        return Span(date.first, None, date.start, now.end())
    if brief:
        return None
    if date.form == "year" and (year := _SHORT_YEAR.match(text, to.end())):
        last = date.first // 1200 * 1200 + 12 * int(year[1])  # "1998-99"
        last += 1200 if last < date.first else 0
        if _sound(date.first, last):
            return Span(date.first, last, date.start, year.end())
    return _signed(text, date)


def _signed(text: str, date: Date) -> Span | None:
    """ "2015 -", "2015 onwards" """
    sign = _SIGN.match(text, date.end)
    if sign and date.form != "short" and _END_OF_FIELD.match(text, sign.end()):
        return Span(date.first, None, date.start, sign.end())
    return None


def _sound(first: int, last: int) -> bool:
    return first <= last <= first + _LONGEST


def _single(text: str, date: Date) -> Span:
    since = SINCE_BEFORE.search(text, max(0, date.start - 14), date.start)
    last = None if since else date.first + 11 if date.form == "year" else date.last
    return Span(date.first, last, date.start, date.end, single=True)
