"""Single dates in a text: "Jan 2012", "03/09", "Summer 2014", "Q3 2018", "1. März 2015"."""

# ruff: noqa: RUF001  (curly quotes and dashes are what is read)
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rolefit.language.months import INITIALS, MONTH, MONTHS, SEASON, SEASONS

_LATEST_SHORT = 40  # '41 and above are of the last century
_EARLIEST, _END = 12 * 1940, 12 * 2050  # months in which somebody who writes a resume can work
_YEAR_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Date:
    first: int  # month
    last: int
    start: int  # place in the text
    end: int
    # "month", "season", "year", "iso" for "2009-12", or "short" for what is a date only beside
    # another, "odd" for a year in which nobody worked
    form: str


YEAR = r"(?:19[4-9]\d|20[0-4]\d)"
_QUOTE = r"['’‘`´]"
DASH = r"[-–—‐‑−~\x96\x97\uf0e0→]"
_OF = r"(?:(?:of|del?|do)[ \t]+)?"
# One alternative a form; the number at the end of a group's name is the form's.
_FORMS = (
    rf"(?P<m1>{MONTH})\.?[ \t\xa0,/_-]{{0,3}}(?:\d{{1,2}}(?:st|nd|rd|th)?,?[ \t]+)?"
    rf"{_OF}(?P<y1>[12]\d{{3}})\b",
    rf"\d{{1,2}}(?:st|nd|rd|th|er|[.ºª])?[ \t-]+{_OF}(?P<m2>{MONTH})\.?[ \t,-]{{1,2}}{_OF}"
    rf"(?P<y2>[12]\d{{3}})\b",
    rf"(?P<m3>{MONTH})\.?[ \t,-]{{0,2}}{_QUOTE}[ \t]?(?P<y3>\d\d)\b",
    rf"(?P<m4>{MONTH})\.?[/ \t-]{{0,2}}(?P<y4>\d\d)\b(?![/:,.]?\d)",
    rf"(?P<s5>{SEASON})[ \t,]+(?:of[ \t]+)?(?P<y5>{YEAR}|{_QUOTE}\d\d)\b",
    r"(?:Q|[TK](?=\d[ \t/-]))(?P<q12>[1-4])[ \t/,-]{0,3}(?:(?:of|de)[ \t]+)?"
    rf"(?P<y12>{YEAR}|{_QUOTE}?\d\d)\b",
    rf"(?P<y13>{YEAR})[ \t/-]{{0,3}}Q(?P<q13>[1-4])\b",
    r"(?P<q14>[1-4])(?:st|nd|rd|th|er|[.º])?[ \t]?(?:q|qtr|quarter|quartal|kvartal|trimestre)\.?"
    rf"[ \t,/]{{0,2}}{_OF}(?P<y14>{YEAR})\b",
    rf"H(?P<h15>[12])[ \t/,-]{{0,3}}(?P<y15>{YEAR})\b",
    r"(?P<d17>3[01]|[12]\d|0?[1-9])\.(?P<n17>1[0-2]|0?[1-9])\.(?P<y17>\d\d)\b(?![.\d])",
    rf"(?:1[3-9]|2\d|3[01])[/.-](?P<n11>1[0-2]|0?[1-9])[/.-](?P<y11>{YEAR})\b",
    r"(?P<n6>1[0-2]|0?[1-9])[ \t]?(?P<by6>[/-]|\.(?![ \t]))[ \t]?(?:(?P<d6>\d{1,2})[/.-])?"
    rf"(?P<y6>{YEAR})\b",
    rf"(?P<y7>{YEAR})[/.-](?P<n7>1[0-2]|0?[1-9])(?P<d7>[/.-]\d{{1,2}}(?!\d))?(?!\d)",
    r"(?P<n8>1[0-2]|0?[1-9])/(?:[0-3]?\d/)?(?P<y8>\d\d)\b(?![/\d])",
    # "2014 Aug to 2018 Dec", but not the month of a date behind: "2014 - 2018 Aug 2018"
    rf"(?P<y18>{YEAR})[ \t]+(?P<m18>{MONTH})\.?"
    rf"(?=[ \t]*(?:{DASH}|(?:to|till?|until)\b|[.,;)|\n]|\Z))",
    rf"(?P<y9>{YEAR})(?![\w%])",
    rf"{_QUOTE}(?P<y10>\d\d)(?![\w%])",
)
# The look-ahead spares the search most places of a text; the look-behinds keep out prices, parts
# of longer numbers and telephone numbers.
_DATE = re.compile(
    rf"(?<![\w$£€#/.,])(?<!\D\d{{3}}-)(?=[0-9'’‘`´{INITIALS}])(?:{'|'.join(_FORMS)})",
    re.I,
)
# "31/08/2020" says that all dates of a text have the day first, "08/31/2020" that none has.
_DAY_FIRST = re.compile(rf"(?<![\d/.-])(?:1[3-9]|2\d|3[01])([/.-])(?:1[0-2]|0?[1-9])\1{YEAR}\b")
_MONTH_FIRST = re.compile(rf"(?<![\d/.-])(?:1[0-2]|0?[1-9])([/.-])(?:1[3-9]|2\d|3[01])\1{YEAR}\b")
_DIGITS = re.compile(r"\d\d")
_BEFORE, _AFTER = 24, 12  # characters around two digits that a date can reach


def find(text: str) -> Iterator[Date]:
    """Every date. Only the surroundings of digits are searched, most of a text has none."""
    month_first = bool(_MONTH_FIRST.search(text))
    day_first = bool(_DAY_FIRST.search(text)) and not month_first
    end = 0
    for digits in _DIGITS.finditer(text):
        start = max(end, digits.start() - _BEFORE)
        while digits.start() >= end and (match := _DATE.search(text, start, _stop(text, digits))):
            start = end = match.end()
            yield _date(match, day_first, month_first)


def _stop(text: str, digits: re.Match[str]) -> int:
    """Where to stop searching: behind the digits, and not within a word."""
    stop = min(len(text), digits.end() + _AFTER)
    while stop < len(text) and text[stop].isalnum():
        stop += 1
    return stop


def _date(match: re.Match[str], day_first: bool, month_first: bool) -> Date:
    assert match.lastgroup is not None
    number = match.lastgroup[1:]
    written = match[f"y{number}"]
    year = 12 * _year(written)
    if number in "1 2 3 4 18".split():
        month = MONTHS[match[f"m{number}"].lower()] - 1
        kind = "short" if number == "4" else "month"
        if not _EARLIEST <= year < _END:
            kind = "odd"
        return Date(year + month, year + month, *match.span(), kind)
    if number in "5 12 13 14 15".split():
        first, last = _part_of_year(match, number)
        short = number == "12" and len(written) == 2  # "Q3 18"
        kind = "short" if short else "season"
        return Date(year + first - 1, year + last - 1, *match.span(), kind)
    if number in "6 7 8 11 17".split():
        month = int(match[f"n{number}"]) - 1
        other = int(match["d6"] or 0) if number == "6" else 0
        dotted = number == "6" and match["by6"] == "." and not month_first  # "01.03.2016" is German
        if 1 <= other <= _YEAR_MONTHS and (day_first or dotted):
            month = other - 1
        kind = "short" if number in ("8", "17") else "month"
        if number == "7" and not match["d7"]:
            kind = "iso"
        return Date(year + month, year + month, *match.span(), kind)
    return Date(year, year, *match.span(), "year" if number == "9" else "short")


def _part_of_year(match: re.Match[str], number: str) -> tuple[int, int]:
    """First and last month, from 1, of a season, a quarter or a half."""
    if number == "5":
        return SEASONS[match["s5"].lower()]
    if number == "15":
        return (1, 6) if match["h15"] == "1" else (7, 12)
    quarter = int(match[f"q{number}"])
    return 3 * quarter - 2, 3 * quarter


def _year(written: str) -> int:
    digits = int(written[-4:] if len(written) > 3 else written[-2:])
    if digits > 99:
        return digits
    return digits + (2000 if digits <= _LATEST_SHORT else 1900)
