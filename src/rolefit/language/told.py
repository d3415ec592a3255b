"""Positions told in a sentence: "Working with Northwind Ltd. as Engineer since June 2016"."""

from __future__ import annotations

import re

from rolefit.language.levels import level_of
from rolefit.language.roles import trimmed

_WORDS = 8  # of an employer
_SENTENCES = re.compile(r"[a-z]{3}\. ")
_REACH = 160  # characters before a date in which its sentence begins
_WORKED = (
    r"(?:(?:have|had|has)[ ]been[ ]|am[ ]|was[ ])?(?:currently[ ]|presently[ ]|previously[ ])?"
    r"(?:work(?:ing|ed)|employed|serv(?:ing|ed)|associated|engaged|intern(?:ed|ing)|joined)"
)
_AT = r"(?:with|at|for|in|by)"
_END = r"[ ]*[,(]?[ ]*(?:\b(?:from|since|between|during|in|w\.?e\.?f\.?)\b[ ]*)?[:(]?[ ]*$"
_EMPLOYER_FIRST = re.compile(
    rf"\b{_WORKED}[ ]+{_AT}?[ ]*(?P<employer>\S[^\n;]{{1,70}}?),?[ ]+as[ ]+(?:an?[ ]+|the[ ]+)?"
    rf"(?P<title>\S[^\n;]{{1,60}}?){_END}",
    re.I,
)
_TITLE_FIRST = re.compile(
    rf"\b{_WORKED}[ ]+as[ ]+(?:an?[ ]+|the[ ]+)?(?P<title>\S[^\n;]{{1,60}}?),?[ ]+{_AT}[ ]+"
    rf"(?P<employer>\S[^\n;]{{1,70}}?){_END}",
    re.I,
)
Place = tuple[int, int]


def told(text: str, line_start: int, date_start: int) -> tuple[Place, Place] | None:
    """The places of title and employer in the sentence that the date ends, or None."""
    start = max(line_start, date_start - _REACH)
    for pattern in (_EMPLOYER_FIRST, _TITLE_FIRST):
        match = pattern.search(text, start, date_start)
        if match is None:
            continue
        title, employer = (trimmed(text, *match.span(name)) for name in ("title", "employer"))
        firm = text[slice(*employer)]
        named = firm[:1].isupper() or firm[:1].isdigit()
        if (
            named
            and len(firm.split()) <= _WORDS
            and not _SENTENCES.search(firm)
            and level_of(text[slice(*title)]) is not None
        ):
            return title, employer
    return None
