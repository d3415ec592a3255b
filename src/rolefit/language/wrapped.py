"""Lines that a page was too narrow for: how wide it is where they stand, and what goes on below.

Shared by units, which are whatever a document says, and positions, whose titles and employers stand
in lines that no full stop ends.
"""

# ruff: noqa: RUF001  (dashes are what is read)
from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from rolefit.language import sections
from rolefit.language.dates import Span
from rolefit.language.roles import is_prose
from rolefit.records import Document, Line

NARROW = 35  # a page whose fullest lines are shorter than this is not wrapped
WIDE = 220  # a line longer than this was never wrapped
FULL = 0.8  # share of a column from which on a line with its next word is full
BRIM = 0.9  # the same where nothing else says that the line goes on
BULLET = r"[•▪●◦■□➢➤►▶✓✔✦★⁃∙\uf0b7\uf0a7\uf0d8\ufffd]|â€¢"
MARKED = re.compile(rf"\s*(?:{BULLET}|[-–—*·>|]|o\s|\d{{1,2}}[.)]\s|[A-Za-z]\)\s)")
OPEN = re.compile(
    r"(?:[,&(/\u2010-\u2014-]|\b(?:and|or|of|the|a|an|to|for|in|on|with|by|from|at|as|their|our|its"
    r"|including|is|are|that|which|who))$",
    re.I,
)
# How long a position was held, as profiles count it.
_YEARS = "[0-9]{1,2} (?:years?|yrs?|jahre?|a\u00f1os?|anos?|ans?|ann[io]|jaar|\u00e5r)"
_MONTHS = "[0-9]{1,2} (?:months?|mos?|monate?|mes(?:es|[ei])?|mois|maand(?:en)?|m\u00e5n\\w*)"
LENGTH = rf"(?:{_YEARS}(?:[ ,]+{_MONTHS})?|{_MONTHS}|less than a (?:year|month))"
_LASTED = re.compile(rf"{LENGTH}\.?\)?$", re.I)
ENDED = re.compile(r"[.!?:;]['\")\]]*$")
_COLUMN = 25  # a column whose fullest line is shorter than this is a list, not wrapped
_AROUND = 7  # lines before and after one, by which the width of its column is known


def columns(lines: Sequence[Line]) -> list[int]:
    """Of each line: characters of a full one in its column; 0 where the text was not wrapped.

    A page may have a wide column and a narrow one, read one after the other; so the fullest line
    counts among those around, on the side where it is shorter.
    """
    if not lines:
        return []
    lengths = [line.end - line.start for line in lines]
    full = sorted(lengths)[int(0.95 * (len(lengths) - 1))]
    if not NARROW <= full <= WIDE:
        return [0] * len(lines)
    around = [
        min(
            max(lengths[max(0, number - _AROUND) : number + 1]),
            max(lengths[number : number + _AROUND + 1]),
        )
        for number in range(len(lines))
    ]
    return [min(full, width) if width >= _COLUMN else full for width in around]


def needed(head: str, tail: str) -> int:
    """Characters that `head` would have with the first word of the line below."""
    return len(head) + 1 + len(tail.partition(" ")[0])


def unbroken(document: Document, ranges: Sequence[Span]) -> Document:
    """The document with the headings of its positions in one line each, all offsets unchanged.

    Such a heading has a date range, or ends in a comma or an "and", in a line that is full.
    """
    lines, text = document.lines, document.text
    widths = columns(lines)
    if not any(widths):
        return document
    headings = set(sections.find(text).starts)
    starts = [line.start for line in lines]
    dated = {bisect_right(starts, span.start) - 1 for span in ranges}
    letters = list(text)
    whole = [lines[0]]
    for number, (before, line) in enumerate(pairwise(lines)):
        if (
            {before.start, line.start}.isdisjoint(headings)
            and number + 1 not in dated
            and _heading_goes_on(text, before, line, widths[number], number in dated)
        ):
            letters[before.end : line.start] = " " * (line.start - before.end)
            whole[-1] = Line(whole[-1].start, line.end, whole[-1].page)
        else:
            whole.append(line)
    return replace(document, text="".join(letters), lines=tuple(whole))


def _heading_goes_on(text: str, before: Line, line: Line, column: int, dated: bool) -> bool:
    head, tail = text[before.start : before.end], text[line.start : line.end]
    opens = OPEN.search(head) is not None
    return (
        0 < (FULL if opens else BRIM) * column < needed(head, tail)
        and len(head) < WIDE
        and before.page == line.page
        and text.count("\n", before.end, line.start) == 1
        and not MARKED.match(text, line.start, line.end)
        and not ENDED.search(head)
        and not (dated and _LASTED.search(head))
        and not is_prose(tail)
        and (dated or (opens and not is_prose(head)))
    )
