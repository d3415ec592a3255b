"""Several openings in one advert: each under a title of its own, one after the other."""

from __future__ import annotations

import re

from rolefit.language.job_headings import REQUIRED, kind_of
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
_LINE = 200  # characters of a line that may be a heading
_HEADS = 200  # headings that are looked at
_ABOVE = 4  # lines above an opening's first heading among which its title stands
_BARE = re.compile(r"[\W_]+")
_SENTENCE = re.compile(r"[.;?!:,]$|\.\s")


def openings(text: str) -> list[str]:
    """The titles of an advert that holds several openings; none where it holds one.

    They are numbered from 1 on, or each named by a label; all are short, name an occupation, and
    have lines of their own below. A list of duties has no such lines, or no occupations. Or two
    whole adverts stand one below the other: the headings of the first come again, in their order.
    """
    for found in (_numbered(text), list(_LABELLED.finditer(text))[:_MOST]):
        titles = [match["title"] for match in found]
        starts = [*(match.start() for match in found), len(text)][1:]
        bodies = (text[m.end() : start] for m, start in zip(found, starts, strict=False))
        spoken = all(len(body.split()) > 2 for body in bodies)
        if len({title.lower() for title in titles}) > 1 and spoken and all(map(_is_title, titles)):
            return titles
    return _pasted(text.splitlines())


def _numbered(text: str) -> list[re.Match[str]]:
    """The lines numbered 1, 2, 3 and so on, if there is one such row alone."""
    found = list(_NUMBERED.finditer(text))[:_MOST]
    numbers = [int(match["number"]) for match in found]
    return found if numbers == list(range(1, len(numbers) + 1)) else []


def _pasted(lines: list[str]) -> list[str]:
    """The titles above headings that come again and again in one order, [] if none do."""
    kinds = [kind_of(line) if len(line) <= _LINE else None for line in lines]
    found = [at for at, kind in enumerate(kinds) if kind][:_HEADS]
    heads = [(at, _BARE.sub(" ", lines[at].lower()).strip()) for at in found]
    if not heads:
        return []
    starts = [place for place, (_, name) in enumerate(heads) if name == heads[0][1]][:_MOST]
    rows = [heads[a:b] for a, b in zip(starts, [*starts[1:], len(heads)], strict=True)]
    shared = [name for _, name in rows[0] if all(name in [n for _, n in row] for row in rows)]
    alike = all([name for _, name in row if name in shared] == shared for row in rows)
    asks = any(kinds[at] == REQUIRED for at, name in rows[0] if name in shared)
    if len(rows) < 2 or len(shared) < 2 or not alike or not asks:
        return []
    titles = [_title_above(lines, row[0][0]) for row in rows]
    return titles if all(titles) and len({title.lower() for title in titles}) > 1 else []


def _title_above(lines: list[str], at: int) -> str:
    """Of the lines above `at` the last that is a title and begins something: below a blank."""
    above = [n for n in range(at - 1, -1, -1) if lines[n].strip()][:_ABOVE]
    for n in above:
        if (n == 0 or not lines[n - 1].strip()) and _is_title(lines[n].strip(" \t#*")):
            return lines[n].strip(" \t#*")
    return ""


def _is_title(line: str) -> bool:
    short = len(line.split()) <= _LONGEST and not _SENTENCE.search(line)
    return short and level_of(line) is not None
