"""Dates as resumes write them: "Jan 2012 - Present", "03/09 to 5/11", "Summer 2014".

A month is a number, 12 * year + month - 1, so that differences are plain. No clock is read: what
"present" means is for the caller to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_SEASONS = {
    "spring": (3, 5),
    "summer": (6, 8),
    "fall": (9, 11),
    "autumn": (9, 11),
    "winter": (1, 2),
}
_LATEST_SHORT = 40  # '41 and above are of the last century
_LONGEST = 60 * 12  # months; longer ranges are something else


@dataclass(frozen=True, slots=True)
class Span:
    """From month `first` to month `last`, both included; `last` is None of one that goes on."""

    first: int
    last: int | None
    start: int  # place in the text
    end: int
    single: bool = False  # one date, not two


@dataclass(frozen=True, slots=True)
class _Date:
    first: int  # month
    last: int
    start: int  # place in the text
    end: int
    form: str  # "month", "season", "year", or "short" for what is a date only beside another


_MONTH = (
    r"(?:jan(?:uary)?|feb(?:r?uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_YEAR = r"(?:19[4-9]\d|20[0-4]\d)"
_QUOTE = r"['’‘`´]"  # noqa: RUF001
_DASH = r"[-–—‐‑−~\x96\x97\uf0e0→]"  # noqa: RUF001
# One alternative a form; the number at the end of a group's name is the form's.
_FORMS = (
    rf"(?P<m1>{_MONTH})\b\.?[ \t\xa0,/-]{{0,3}}(?:\d{{1,2}}(?:st|nd|rd|th)?,?[ \t]+)?"
    rf"(?:of[ \t]+)?(?P<y1>{_YEAR})\b",
    rf"\d{{1,2}}(?:st|nd|rd|th)?[ \t-]+(?P<m2>{_MONTH})\b\.?[ \t,-]{{1,2}}(?P<y2>{_YEAR})\b",
    rf"(?P<m3>{_MONTH})\b\.?[ \t,-]{{0,2}}{_QUOTE}[ \t]?(?P<y3>\d\d)\b",
    rf"(?P<m4>{_MONTH})\b\.?[/ \t-]{{1,2}}(?P<y4>\d\d)\b(?![/:,.]?\d)",
    rf"(?P<s5>spring|summer|fall|autumn|winter)[ \t,]+(?:of[ \t]+)?(?P<y5>{_YEAR}|{_QUOTE}\d\d)\b",
    rf"(?:1[3-9]|2\d|3[01])[/.-](?P<n11>1[0-2]|0?[1-9])[/.-](?P<y11>{_YEAR})\b",
    rf"(?P<n6>1[0-2]|0?[1-9])[ \t]?[/.-][ \t]?(?:(?P<d6>\d{{1,2}})[/.-])?(?P<y6>{_YEAR})\b",
    rf"(?P<y7>{_YEAR})[/.-](?P<n7>1[0-2]|0?[1-9])(?:[/.-]\d{{1,2}}(?!\d))?(?!\d)",
    r"(?P<n8>1[0-2]|0?[1-9])/(?:[0-3]?\d/)?(?P<y8>\d\d)\b(?![/\d])",
    rf"(?P<y9>{_YEAR})(?![\w%])",
    rf"{_QUOTE}(?P<y10>\d\d)(?![\w%])",
)
# The look-ahead spares the search most places of a text; the look-behinds keep out prices, parts
# of longer numbers and telephone numbers.
_DATE = re.compile(
    rf"(?<![\w$£€#/.,])(?<!\D\d{{3}}-)(?=[0-9'’‘`´jfmasondw])(?:{'|'.join(_FORMS)})",  # noqa: RUF001
    re.I,
)
# "31/08/2020" says that all dates of a text have the day first, "08/31/2020" that none has.
_DAY_FIRST = re.compile(rf"(?<![\d/.-])(?:1[3-9]|2\d|3[01])([/.-])(?:1[0-2]|0?[1-9])\1{_YEAR}\b")
_MONTH_FIRST = re.compile(rf"(?<![\d/.-])(?:1[0-2]|0?[1-9])([/.-])(?:1[3-9]|2\d|3[01])\1{_YEAR}\b")
_GAP = r"[ \t\xa0]{0,6}\n?[ \t\xa0]{0,6}"
_TO = re.compile(
    rf"{_GAP}(?:{_DASH}|â€“|â€”|to\b|thru\b|through\b|until+\b|till\b|up[ ]?to\b)"
    rf"(?:[ \t\xa0]{{0,6}}(?:to\b|till\b|{_DASH})){{0,4}}{_GAP}",
    re.I,
)
_SIGN = re.compile(rf"[ \t\xa0]{{0,6}}(?:{_DASH}|â€“|â€”)+")
_WIDE = re.compile(r"[ \t]{2,4}")  # where a dash got lost: "2017  2021"
_NOW = re.compile(
    r"[\[(]?(?:present(?:ly)?|current(?:ly)?|now|ongoing|today|date|still|continuing|"
    r"the[ \t]present)\b",
    re.I,
)
_SHORT_YEAR = re.compile(r"['’]?(\d\d)\b(?![/:.,%]?\d|[ \t]*(?:%|years|yrs))")  # noqa: RUF001
_END_OF_FIELD = re.compile(r"[ \t]*(?:\)|\n|$)")
_HALF = re.compile(rf"\b({_MONTH})\b\.?[ \t]*(?:{_DASH}|to)[ \t]*$", re.I)
_SINCE = re.compile(r"\b(?:since|from|starting|beginning|began)[ \t]+(?:in[ \t]+)?$", re.I)
_GLUED = re.compile(rf"(?m)^[^\w\n]*({_YEAR})({_YEAR})(?!\d)")
_DIGITS = re.compile(r"\d\d")
_BEFORE, _AFTER = 24, 12  # characters around two digits that a date can reach


def find(text: str) -> tuple[list[Span], list[Span]]:
    """The ranges of a text ("from - to"), and the dates that stand alone, each in text order."""
    dates = list(_dates(text))
    ranges: list[Span] = []
    singles: list[Span] = []
    number = 0
    while number < len(dates):
        date = dates[number]
        following = dates[number + 1] if number + 1 < len(dates) else None
        span, used = _range(text, date, following)
        if span is not None:
            ranges.append(span)
        elif date.form != "short":
            singles.append(_single(text, date))
        number += used
    for glued in _GLUED.finditer(text):  # a dash got lost: "20172021"
        first, last = (12 * int(year) for year in glued.groups())
        if first <= last:
            ranges.append(Span(first, last, glued.start(1), glued.end(2)))
    ranges.sort(key=lambda span: span.start)
    return ranges, singles


def latest(text: str, ranges: Iterable[Span], singles: Iterable[Span]) -> int | None:
    """The latest month that the text names; a bare year says no more than its January."""
    months = [span.first if span.last is None else span.last for span in ranges]
    for single in singles:
        bare = text[single.start : single.end].isdigit()
        months.append(single.first if bare or single.last is None else single.last)
    return max(months, default=None)


def _dates(text: str) -> Iterator[_Date]:
    """Every date. Only the surroundings of digits are searched, most of a text has none."""
    day_first = bool(_DAY_FIRST.search(text)) and not _MONTH_FIRST.search(text)
    end = 0
    for digits in _DIGITS.finditer(text):
        start = max(end, digits.start() - _BEFORE)
        while digits.start() >= end and (match := _DATE.search(text, start, _stop(text, digits))):
            start = end = match.end()
            date = _date(match, day_first)
            if date is not None:
                yield date


def _stop(text: str, digits: re.Match[str]) -> int:
    """Where to stop searching: behind the digits, and not within a word."""
    stop = min(len(text), digits.end() + _AFTER)
    while stop < len(text) and text[stop].isalnum():
        stop += 1
    return stop


def _date(match: re.Match[str], day_first: bool) -> _Date | None:
    form = match.lastgroup
    assert form is not None
    number = form[1:]
    year = 12 * _year(match[f"y{number}"])
    if number in "1 2 3 4".split():
        month = _MONTHS.index(match[f"m{number}"][:3].lower())
        kind = "short" if number == "4" else "month"
        return _Date(year + month, year + month, *match.span(), kind)
    if number == "5":
        first, last = _SEASONS[match["s5"].lower()]
        return _Date(year + first - 1, year + last - 1, *match.span(), "season")
    if number in "6 7 8 11".split():
        month = int(match[f"n{number}"]) - 1
        if day_first and number == "6" and match["d6"] and 1 <= int(match["d6"]) <= len(_MONTHS):
            month = int(match["d6"]) - 1
        kind = "short" if number == "8" else "month"
        return _Date(year + month, year + month, *match.span(), kind)
    return _Date(year, year, *match.span(), "year" if number == "9" else "short")


def _year(written: str) -> int:
    digits = int(written[-4:] if len(written) > 3 else written[-2:])
    if digits > 99:
        return digits
    return digits + (2000 if digits <= _LATEST_SHORT else 1900)


def _range(text: str, date: _Date, following: _Date | None) -> tuple[Span | None, int]:
    """The range that begins with `date`, and how many dates it takes up."""
    half = _HALF.search(text, max(0, date.start - 16), date.start)
    if half and date.form == "month":  # "Jan - Mar 2012"
        first = date.first // 12 * 12 + _MONTHS.index(half[1][:3].lower())
        if first <= date.last:
            return Span(first, date.last, half.start(), date.end), 1
    to = _TO.match(text, date.end)
    gap = to or _WIDE.match(text, date.end)
    if following is not None and gap and gap.end() == following.start:
        last = following.last
        if date.form == following.form == "year" and date.first == last:
            last += 11  # "2012 - 2012"
        if _sound(date.first, last):
            return Span(date.first, last, date.start, following.end), 2
    if to is None:
        wide = _WIDE.match(text, date.end)  # "2020  Present"
        lost = _NOW.match(text, wide.end()) if wide and date.form != "short" else None
        return (Span(date.first, None, date.start, lost.end()) if lost else None), 1
    if now := _NOW.match(text, to.end()):
        return Span(date.first, None, date.start, now.end()), 1
    if date.form == "year" and (year := _SHORT_YEAR.match(text, to.end())):
        last = date.first // 1200 * 1200 + 12 * int(year[1])  # "1998-99"
        last += 1200 if last < date.first else 0
        if _sound(date.first, last):
            return Span(date.first, last, date.start, year.end()), 1
    sign = _SIGN.match(text, date.end)
    if sign and date.form != "short" and _END_OF_FIELD.match(text, sign.end()):
        return Span(date.first, None, date.start, sign.end()), 1
    return None, 1


def _sound(first: int, last: int) -> bool:
    return first <= last <= first + _LONGEST


def _single(text: str, date: _Date) -> Span:
    since = _SINCE.search(text, max(0, date.start - 14), date.start)
    last = None if since else date.first + 11 if date.form == "year" else date.last
    return Span(date.first, last, date.start, date.end, single=True)
