"""How many years of work a line asks for."""

# ruff: noqa: RUF001  (curly quotes and dashes are what is read)
from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

_NUMBERS = dict(
    zip(
        "zero one two three four five six seven eight nine ten eleven twelve fifteen".split(),
        (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15),
        strict=True,
    )
)
_N = (
    r"(?:\(\s?\d{1,2}\s?\+?\s?\)\s?)?(?:\d{1,2}(?:\.\d)?|"
    + "|".join(_NUMBERS)
    + r")(?:\s?\(\s?\d{1,2}\s?\+?\s?\))?"
)
_YEARS = re.compile(
    rf"""(?<![\w$.,-])(?P<least>{_N})\s?(?:(?:\+|\splus|\sor\smore|\sto\s|\s?[-–—/]\s?
    |\sor\s)\s?(?:{_N}\s?\+?)?)?
    \s?(?:or\smore\s|plus\s|\+\s?)?(?:full\s|consecutive\s|continuous\s
    |calendar\s)?(?P<unit>years?|yrs?\.?|months?|yoe)\b['’]?""",
    re.I | re.X,
)
_PLAIN = re.compile(r"\d{1,2}(?:\.\d)?|[a-z]+", re.I)
_HINT = re.compile(r"year|yr|month|yoe", re.I)
# Years that stand in for a degree are asked only of those who have none.
_INSTEAD = re.compile(r"in\slieu|(?:do|does)\snot\s(?:have|possess|hold)|substitut", re.I)
_PLUS = re.compile(r"[,;]\s(?:plus|and)\s")
_MOST = 30
# What is counted in years and is no experience: ages, terms, a company's history.
_AFTER = re.compile(
    r"""['’]?[-\s]*(?:old|of\sage|ago|in\s(?:business|a\srow)|(?:and|or)\s(?:older|over|above|up)|contract|term
    |fixed[-\s]term|maternity|checkable
    |extension|vest(?:s|ing)?|of\s[\w\s-]{0,30}experience,\s(?:we|our)
    |anniversary|warranty|history|program|degree|college
    |school|university|period|assignment|project|plan|commitment|probation|of\scollege
    |of\s(?:high\s)?school|of\suniversity|of\s(?:study|education|excellence|service|growth|success
    |history)|later)\b""",
    re.I | re.X,
)
_BEFORE = re.compile(
    r"""(?:(?:lived|resid\w+|held|licen[cs]e).{0,25}|past|last|next|first|every|over\sthe|within|for\s(?:over|more\sthan|nearly|almost|the)
    |contract\s(?:length|term|period|runs\sfor|of)|duration:?|term\sof|vest(?:s|ing)?\s(?:after|over|in)
    |maximum(?:\sof)?|max\.?|up\sto|at\smost
    |\b(?:no|zero|without(?:\sany)?)\s(?:[\w/-]+\s){1,6}(?:in|within)
    |^(?!.*(?:candidate|applicant|person|\bwho\b|\byou\b|someone|individual|must|hire)).*\bhas
    |our|aged?|celebrating|than|(?:company|firm|team|founders?|recruiters?).{0,20}
    |\bwe\b(?!\s(?:require|need|are\slooking|look|ask|seek)).{0,14})\s(?:the\s)?$""",
    re.I | re.X,
)
_AT_LEAST = re.compile(r"(?:no\sless|not\sless|fewer|(?<!no\s)(?<!not\s)more)\sthan\s$", re.I)
_OR = re.compile(r"\bor\b|/", re.I)


class Years(NamedTuple):
    """`least` years of work, as text[start:end] asks for them."""

    least: float
    start: int
    end: int


def years_in(text: str, optional: Callable[[int, int], bool] = lambda *_: False) -> Years | None:
    """The least number of years that `text` asks for; months are parts of a year.

    `optional(start, end)` says which spans are mere wishes: of "5 years, ideally 8" those stay out.

    Of a range the lower end, of alternatives ("a degree and 3 years, or 7 years") the least one,
    of several demands the greatest.
    """
    if _HINT.search(text) is None:
        return None
    if instead := _INSTEAD.search(text):  # behind a "plus" years are asked of everybody again
        more = _PLUS.search(text, instead.end())
        if more is None:
            return None
        after = years_in(text[more.end() :], lambda a, b: optional(a + more.end(), b + more.end()))
        return after and Years(after.least, after.start + more.end(), after.end + more.end())
    found: list[Years] = []
    for match in _YEARS.finditer(text):
        before = text[max(0, match.start() - 50) : match.start()]
        if _AFTER.match(text, match.end()):
            continue
        if _BEFORE.search(before) and not _AT_LEAST.search(before):
            continue
        plain = _PLAIN.search(match["least"])
        said = plain.group().lower() if plain else "0"
        number = float(_NUMBERS[said]) if said in _NUMBERS else float(said)
        if match["unit"].lower().startswith("month"):
            number = round(number / 12, 2)
        if number <= _MOST and not optional(match.start(), match.end()):
            found.append(Years(number, match.start(), match.end()))
    if not found:
        return None
    best = found[0]
    for one, next_ in pairwise(found):
        choose = min if _OR.search(text, one.end, next_.start) else max
        best = choose(best, next_, key=lambda years: years.least)
    return best
