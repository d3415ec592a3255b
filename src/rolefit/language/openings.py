"""Several openings in one advert: each under a title of its own, one after the other."""

from __future__ import annotations

import re

from rolefit.language.levels import level_of

_LONGEST = 9  # words of a title
_MOST = 100  # titles that are looked at
_NUMBERED = re.compile(
    r"^[ \t]*(?:\(?(?:opening|position|role|vacancy|job)?\s?#?(?P<number>\d{1,2})[.):]\)?)[ \t]+"
    r"(?P<title>[A-Z][^\n]{2,80}?)[ \t]*$",
    re.M | re.I,
)
_LABELLED = re.compile(
    r"^\W{0,3}(?:job\s?title|position(?:\s?title)?|role|vacancy|opening)\s?:[ \t]*"
    r"(?P<title>[^\n|;]{3,80}?)[ \t]*$",
    re.M | re.I,
)
_SENTENCE = re.compile(r"[.;?!:,]$|\.\s")


def openings(text: str) -> list[str]:
    """The titles of an advert that holds several openings; none where it holds one.

    They are numbered from 1 on, or each named by a label; all are short, name an occupation, and
    have lines of their own below. A list of duties has no such lines, or no occupations.
    """
    for found in (_numbered(text), list(_LABELLED.finditer(text))[:_MOST]):
        titles = [match["title"] for match in found]
        starts = [*(match.start() for match in found), len(text)][1:]
        bodies = (text[m.end() : start] for m, start in zip(found, starts, strict=False))
        spoken = all(len(body.split()) > 2 for body in bodies)
        if len({title.lower() for title in titles}) > 1 and spoken and all(map(_is_title, titles)):
            return titles
    return []


def _numbered(text: str) -> list[re.Match[str]]:
    """The lines numbered 1, 2, 3 and so on, if there is one such row alone."""
    found = list(_NUMBERED.finditer(text))[:_MOST]
    numbers = [int(match["number"]) for match in found]
    return found if numbers == list(range(1, len(numbers) + 1)) else []


def _is_title(line: str) -> bool:
    short = len(line.split()) <= _LONGEST and not _SENTENCE.search(line)
    return short and level_of(line) is not None
