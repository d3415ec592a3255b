"""A document as a page shows it: its lines, with those marked that carry a requirement."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rolefit.records import Document, Line
from rolefit.report.explain_view import STATUSES
from rolefit.report.html_markup import Html, el, join, text

LONGEST_LINE = 4_000  # characters; some files have no line breaks at all
AROUND = 2  # lines kept on either side of a marked one where a text is shortened


@dataclass(frozen=True, slots=True)
class Mark:
    """A span that speaks for a requirement, or is one."""

    start: int
    end: int
    number: int  # of the requirement
    status: str
    faint: bool = False  # can be linked to, but does not stand out


def text_html(document: Document, marks: Sequence[Mark], prefix: str, budget: int) -> Html:
    """The lines of `document`. Line i has the id "{prefix}i" if a mark touches it.

    The number after a mark links to its requirement. A faint mark is only there to be linked to.
    A text of more than `budget` characters is shown from its beginning as far as that goes, and
    beyond it only where it is marked; what is left out is counted.
    """
    by_line = marks_by_line(document, marks)
    kept = _kept(document, by_line, budget)
    parts: list[Html] = []
    left_out = 0
    before: Line | None = None
    for index, line in enumerate(document.lines):
        if index not in kept:
            left_out += 1
            continue
        if left_out:
            parts.append(_omitted(left_out))
            left_out, before = 0, None
        if document.pages > 1 and (before is None or before.page != line.page):
            parts.append(el("p", f"page {line.page}", class_="page"))
        gap = before is not None and document.text.count("\n", before.end, line.start) > 1
        touching = by_line.get(index, ())
        seen = [mark for mark in touching if not mark.faint]
        id_ = f"{prefix}{index}" if touching else None
        parts.append(_line(document, line, seen, prefix, id_, gap))
        before = line
    if left_out:
        parts.append(_omitted(left_out))
    return join(*parts)


def marks_by_line(document: Document, marks: Sequence[Mark]) -> dict[int, tuple[Mark, ...]]:
    """{number of a line: the marks that touch it}."""
    found: dict[int, list[Mark]] = {}
    for mark in marks:
        for index in lines_of(document, mark.start, mark.end):
            found.setdefault(index, []).append(mark)
    return {index: tuple(sorted(m, key=lambda mark: mark.number)) for index, m in found.items()}


def lines_of(document: Document, start: int, end: int) -> range:
    """Numbers of the lines that a span touches."""
    lines = document.lines
    first = bisect_right(lines, start, key=lambda line: line.end)
    return range(first, max(first, bisect_left(lines, end, key=lambda line: line.start)))


def _kept(document: Document, marked: dict[int, tuple[Mark, ...]], budget: int) -> set[int]:
    lines = document.lines
    kept = {
        near
        for index in marked
        for near in range(max(0, index - AROUND), min(len(lines), index + AROUND + 1))
    }
    room = budget - sum(min(lines[i].end - lines[i].start, LONGEST_LINE) for i in kept)
    for index, line in enumerate(lines):
        if index not in kept:
            room -= min(line.end - line.start, LONGEST_LINE)
            if room < 0:
                break
            kept.add(index)
    return kept


def _line(
    document: Document, line: Line, marks: Sequence[Mark], prefix: str, id_: str | None, gap: bool
) -> Html:
    end = min(line.end, line.start + LONGEST_LINE)
    edges = {line.start, end}
    edges |= {edge for m in marks for edge in (m.start, m.end) if line.start < edge < end}
    cuts = sorted(edges)
    parts: list[Html] = []
    for first, last in pairwise(cuts):
        over = [mark for mark in marks if mark.start < last and first < mark.end]
        parts.append(_piece(document.text[first:last], over))
        # A mark may go on in the next line; its number stands where it ends.
        ending = [m for m in over if m.end == last or (last == end and m.end <= line.end)]
        parts += [_reference(mark, prefix) for mark in ending]
    if hidden := line.end - end:
        parts.append(el("span", f" … ({hidden:,} characters of this line left out)"))
    return el(
        "p", *parts, id=id_, class_="gap" if gap else None, tabindex=None if id_ is None else -1
    )


def _piece(words: str, marks: Sequence[Mark]) -> Html:
    if not marks or not words.strip():
        return text(words)
    best = min((mark.status for mark in marks), key=STATUSES.index)
    return el("mark", words, class_=best.replace(" ", "-"))


def _reference(mark: Mark, prefix: str) -> Html:
    return el("a", str(mark.number), href=f"#{prefix[:-1]}q{mark.number}", class_="ref",
              aria_label=f"requirement {mark.number}: {mark.status}")  # fmt: skip


def _omitted(count: int) -> Html:
    lines = "1 line" if count == 1 else f"{count:,} lines"
    return el("p", f"… {lines} left out here; none of them is marked …", class_="omitted")
