"""Document -> units: the smallest things that it says, each a span of the text.

A unit is a heading, a bullet with its wrapped lines, a sentence, or a line of a list; about 3 to 40
words. Adverts are often one line of thousands of characters, resumes are pages of wrapped lines;
so lines are joined first, and what they make is cut after.
"""

# ruff: noqa: RUF001  (curly quotes and dashes are what is read)
from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import pairwise

from rolefit.language import glue, job_headings
from rolefit.language.runs import calm
from rolefit.language.wrapped import (
    BRIM,
    BULLET,
    ENDED,
    FULL,
    MARKED,
    NARROW,
    OPEN,
    WIDE,
    columns,
    needed,
)
from rolefit.records import Document, Line

_LIST = 300  # characters up to which a list stays in one unit
_WORDS = 40  # of a sentence; a longer one is cut at its semicolons and commas
_APART = 25  # characters between the dashes of a list
_TOLD = re.compile(r"[,;]|[a-z][.!?]$|(?:^|\s)[a-z]{4}")  # more than a heading or a title says
_INNER_BULLET = re.compile(
    rf"(?<=\S)\s*(?=(?:{BULLET}))|(?<=[.;:)!])\s*(?=[-–·*]\s*[A-Z0-9])|(?<=[a-z])(?=·\s?[A-Z0-9])|(?<=[.;:])(?=o\s[A-Z])"
)
_DOTS = re.compile(r"\s(?=·\s)|(?=\*\s?[A-Z])|\s(?=o\s[A-Z])")
_DASHES = re.compile(r"\s(?=[-–]\s([A-Z]\w*))")
_GLUED_DASHES = re.compile(r"(?<=[a-z)])(?=-\s[A-Z])")
_BARS = re.compile(r"(?<=\|)(?=[^|])")
_SENTENCE = re.compile(r"[.!?]+['\")\]’”]*(\s*)(?=['\"(\[‘“]?[A-Z0-9$•])")
_SHORTENED = re.compile(
    r"(?:^|[\s(/,])(?:e\.?g|i\.?e|etc|inc|ltd|co|corp|llc|dr|mr|mrs|ms|prof|st|no|nos|vs|approx|dept|jr"
    r"|sr|ph|est|min|max|hrs|yrs|ave|fig|a\.?k\.?a|u\.?s|u\.?k|[A-Za-z]|[A-Za-z]\.[A-Za-z]|\d{1,2})$",
    re.I,
)
_GLUED = re.compile(  # what stands before the full stop of a sentence that the next one touches
    r"[a-z)]{3}$|\s[A-Za-z][a-z]$|\d{4}$|\w\)$|\w\.[a-z]{2,3}$|[a-z)][’'”\"]$|%$"
)
_OPENS = re.compile(r"[A-Z](?:[a-z]|\s)|['\"(]|[A-Z]{3}")  # what touches it from behind
_LAST_WORD = re.compile(r"\S*$")
_NO_END = re.compile(r"www|://|@|^(?:Mr|Ms|Dr|St|Jr|Sr|No|Vs)$")
_SEMICOLON = re.compile(r"(?<=;)\s+")
_COMMA = re.compile(
    r"(?<=[,;|/])\s+|\s+(?=(?:and|or|as well as|while|by|including|such as)\s)|(?<=[:–])\s+"
)
_BLANK = re.compile(r"\s+")
_SAID = re.compile(r"\w")


def units(document: Document) -> tuple[Line, ...]:
    """In text order, without overlap; together they hold every visible character once.

    A unit may span line breaks; `page` is that of its first character.
    """
    document = calm(document)
    starts = [line.start for line in document.lines]
    found: list[Line] = []
    for start, end in _blocks(document):
        for first, last in _spans(document.text, start, end):
            line = document.lines[max(0, bisect_right(starts, first) - 1)]
            found.append(Line(first, last, line.page))
    return tuple(found)


def _blocks(document: Document) -> list[tuple[int, int]]:
    """Lines with their wrapped continuations."""
    lines, text = document.lines, document.text
    if not lines:
        return []
    widths = columns(lines)
    joined = [(lines[0].start, lines[0].end)]
    for number, (before, line) in enumerate(pairwise(lines)):
        start = joined[-1][0]
        if _continues(text, start, before, line, widths[number]):
            joined[-1] = (start, line.end)
        else:
            joined.append((line.start, line.end))
    return joined


def _continues(text: str, start: int, before: Line, line: Line, column: int) -> bool:
    """Whether `line` goes on with what began at `start` and reaches to the end of `before`."""
    gap = text[before.end : line.start]
    if gap.replace("\r\n", "\n").count("\n") > 1 or MARKED.match(text, line.start, line.end):
        return False
    head, tail = text[before.start : before.end], text[line.start : line.end]
    if len(head) > WIDE:
        return False
    wanted = needed(head, tail)
    full = 0 < FULL * column < wanted
    lower = tail[0].islower() or tail[0] in "($&"
    # A list item or a paragraph goes on while its lines are full, whatever letter comes next.
    running = (
        0 < BRIM * column < wanted
        and (start < before.start or MARKED.match(text, start, before.end) is not None)
        and _TOLD.search(tail) is not None
    )
    if ENDED.search(head):
        return head[-1] in ":;" and (running or (full and lower))
    opens = OPEN.search(head) is not None
    if lower:
        return full or opens or len(head) >= 2 * NARROW
    return running or (opens and (full or len(head) >= 2 * NARROW))


def _spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    cuts = {m.end() for m in _INNER_BULLET.finditer(text, start, end)}
    cuts.update(glue.seams(text, start, end))
    cuts.update(_sentences(text, start, end))
    if end - start > _LIST or cuts:
        cuts.update(job_headings.inline(text, start, end))
    if end - start > _LIST:
        for marks in (_DOTS, _GLUED_DASHES, _BARS):
            found = [m.end() for m in marks.finditer(text, start, end)]
            if len(found) > 1:
                cuts.update(found)
        cuts.update(_dashes(text, start, end))
    pieces = _pieces(text, start, end, cuts)
    return [span for piece in pieces for span in _short(text, *piece)]


def _dashes(text: str, start: int, end: int) -> list[int]:
    """Where dashes begin the items of a list, not the halves of "Manager - Telecommunications"."""
    found = list(_DASHES.finditer(text, start, end))
    names = len({match[1] for match in found}) < 0.6 * len(found)
    if len(found) < 3 or names or found[-1].end() - found[0].end() < _APART * len(found):
        return []
    return [match.end() for match in found]


def _sentences(text: str, start: int, end: int) -> Iterable[int]:
    for match in _SENTENCE.finditer(text, start, end):
        before = text[max(start, match.start() - 12) : match.start()]
        after = text[match.end() : match.end() + 3]
        if match.group(1):
            if text[match.start()] != "." or not _SHORTENED.search(before):
                yield match.end()
        elif _GLUED.search(before) and (
            (after[:1].isdigit() and text[match.start()] == ".") or _OPENS.match(after)
        ):
            word = _LAST_WORD.search(before)
            if not word or not _NO_END.search(word.group()):
                yield match.end()


def _pieces(text: str, start: int, end: int, cuts: Iterable[int]) -> list[tuple[int, int]]:
    """The trimmed spans between the cuts; what says nothing (a bullet alone) joins its follower."""
    pieces: list[tuple[int, int]] = []
    first = silent = start  # between the two nothing is said, so nobody looks there again
    for cut in [*sorted(c for c in cuts if start < c < end), end]:
        span = _trim(text, first, cut)
        if span is None:
            continue
        says = _SAID.search(text, max(silent, span[0]), span[1])
        if not says and cut < end:
            first, silent = span
            continue
        if not says and pieces:
            span = (pieces.pop()[0], span[1])
        pieces.append(span)
        first = silent = cut
    return pieces


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def _short(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut what is too long at its semicolons, then commas, as evenly as they allow."""
    words = len(_BLANK.findall(text, start, end)) + 1
    if words <= _WORDS and end - start <= _LIST:
        return [(start, end)]
    for marks in (_SEMICOLON, _COMMA, _BLANK):
        places = [m.end() for m in marks.finditer(text, start, end)]
        places = [p for p in places if min(p - start, end - p) > 20]
        if not places:
            continue
        middle = min(places, key=lambda p: abs(2 * p - start - end))
        if marks is not _BLANK and min(middle - start, end - middle) * 5 < end - start:
            continue
        if marks is _BLANK and end - start <= 2 * _LIST and words <= 2 * _WORDS:
            break
        return [*_short(text, *_or(text, start, middle)), *_short(text, *_or(text, middle, end))]
    return [(start, end)]


def _or(text: str, start: int, end: int) -> tuple[int, int]:
    return _trim(text, start, end) or (start, end)
