"""The lines of a resume around its dates: where a position's title and employer may stand."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rolefit.language import sections
from rolefit.language.dates import SINCE_BEFORE, Span
from rolefit.language.roles import PLACEHOLDER, SHORTENED, both_in, employer_in, is_prose
from rolefit.language.sections import Sections
from rolefit.records import Document

Place = tuple[int, int]  # a span of the text
_BESIDE = ("before", "after")

WORK = "experience"
_PARTS = ("duties", "benefits", "company", "requirements", "preferred")  # of a position
_BETWEEN = ("skills", "accomplishments", "summary")  # may belong to a position, or end them all
_UNPAID = re.compile(r"volunteer|community service|extracurricular|activities", re.I)
_GOES_ON = re.compile(r":\s*\S")
_SENTENCES = re.compile(r"[a-z]{3,}\.\s+[A-Z]")
_STOPPED = re.compile(r"(?<=[^\W\d_]{3})\.[ \t\xa0]*\(?$")
_BARE = re.compile(r"[\W_]*")
_MARK = re.compile(r"\s*(?:[•▪●■◦➢*·\uf0b7\uf0a7]|â€¢|[-–—>])\s*")  # noqa: RUF001
_ROLE = 3.0  # score from which on the first item below bare dates is the position they are of
_REACH = 200  # characters of a line on either side of a date that are looked at
_SIGNS = " \t\xa0,;:|-–—•·*#>([Â"  # noqa: RUF001
_PREPOSITION = re.compile(
    r"\b(?:from|between|during|in|since|of|and|by|the|for|fy|year|years|on|at)$", re.I
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A date that may head a position, and the places around it."""

    span: Span
    section: str  # "" where no heading stands above
    places: dict[str, Place]  # "before", "after" on its line; "up", "up2", "down", "down2"


class Page:
    """The lines of a document around its dates."""

    def __init__(self, document: Document, ranges: Sequence[Span]) -> None:
        self.text = document.text
        self.lines = document.lines
        self._starts = [line.start for line in document.lines]
        known = sections.find(document.text)
        self.headings = {self.line_at(start) for start in known.starts}
        self.sections = self._of_resume([*zip(known.starts, known.names, strict=True)])
        self.dated = {self.line_at(span.start) for span in ranges}
        self._unpaid = [
            (start, after)
            for start, after in pairwise([*self.sections.starts, len(self.text)])
            if _UNPAID.search(self.text, start, min(start + 40, self._end(start)))
        ]

    def line_at(self, offset: int) -> int:
        """The number of the line that holds the offset, or of the last line before it."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def lines_of(self, places: Iterable[Place]) -> list[int]:
        return [self.line_at(start) for start, _ in places]

    def anchor(self, span: Span) -> Anchor | None:
        """The span with the places around it; None if it stands within a sentence."""
        first = self.line_at(span.start)
        last = self.line_at(max(span.start, span.end - 1))
        before = self._before(max(self.lines[first].start, span.start - _REACH), span)
        after = span.end, max(span.end, min(self.lines[last].end, span.end + _REACH))
        if _within_sentence(self.text[slice(*before)], self.text[slice(*after)]):
            return None
        if any(start <= span.start < end for start, end in self._unpaid):
            return None
        places = {"before": before, "after": after}
        places |= self._neighbours(("up", "up2"), (first - 1, first - 2), below=False)
        places |= self._neighbours(("down", "down2"), (last + 1, last + 2), below=True)
        if "down" not in places and all(_BARE.fullmatch(self.text, *places[k]) for k in _BESIDE):
            places |= self._item(last + 1)
        return Anchor(span, self.sections.at(span.start), places)

    def _before(self, start: int, span: Span) -> Place:
        """Without "since", and the full stop of "Baker, Northwind Foods, Dayton." before a date."""
        end = span.start
        if span.single and (since := SINCE_BEFORE.search(self.text, start, end)):
            end = since.start()
        match = _STOPPED.search(self.text, start, end)
        if match is None or SHORTENED.search(self.text, start, match.start() + 1):
            return start, end
        return start, match.start()

    def _neighbours(
        self, names: Sequence[str], numbers: Sequence[int], below: bool
    ) -> dict[str, Place]:
        found: dict[str, Place] = {}
        for name, number in zip(names, numbers, strict=True):
            outside = not 0 <= number < len(self.lines)
            if outside or number in self.dated or number in self.headings:
                break
            line = self.lines[number]
            text = self.text[line.start : line.end]
            # Below an employer prose may go on in the same line, as extraction joins them.
            if is_prose(text) and not (below and employer_in(text[:80]).score >= 2.5):
                break
            found[name] = (line.start, min(line.end, line.start + _REACH))
        return found

    def _item(self, number: int) -> dict[str, Place]:
        """The first item of a list below dates that stand alone, if it names a position."""
        if number >= len(self.lines) or number in self.dated:
            return {}
        line = self.lines[number]
        mark = _MARK.match(self.text, line.start, line.end)
        if mark is None or both_in(self.text[mark.end() : line.end])[0] < _ROLE:
            return {}
        return {"down": (mark.end(), min(line.end, line.start + _REACH))}

    def _of_resume(self, found: Sequence[tuple[int, str]]) -> Sections:
        """Without what heads a part of a position only: "Duties", "Salary: 50,000", "Tools"."""
        starts: list[int] = []
        names: list[str] = []
        at_work = False
        for start, name in found:
            goes_on = _GOES_ON.search(self.text[start : self._end(start)])
            if name in _PARTS or (at_work and goes_on):
                continue
            at_work = name == WORK or (at_work and name in _BETWEEN)
            starts.append(start)
            names.append("" if at_work and name != WORK else name)
        return Sections(tuple(starts), tuple(names))

    def _end(self, offset: int) -> int:
        return self.lines[self.line_at(offset)].end


def _within_sentence(before: str, after: str) -> bool:
    plain = before.strip(_SIGNS)
    if not plain or PLACEHOLDER.search(plain):
        return False
    words = len(plain.split())
    if _PREPOSITION.search(plain):
        return words > 6 or plain[0].islower() or is_prose(plain)
    if _SENTENCES.search(plain) or plain[0].islower():
        return True
    return words > 14 or (is_prose(plain) and (words > 4 or bool(after.strip(" .)|"))))
