"""A resume with its sections in one order, so that no score depends on where they stand.

The encoder reads each word beside its neighbours, and headlines and careers are found from what
stands above and below. Whether skills stand before or after the work says nothing about a person.

A section begins at a line that is a heading and nothing else. What stands above the first one stays
on top; a part below a heading that is not recognised stays with the section before it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass, replace
from itertools import pairwise
from typing import Any, TypeVar

from rolefit.language import sections
from rolefit.records import Document, Line

ORDER = (
    "experience", "education", "certificates", "skills", "languages", "accomplishments", "grants",
    "summary", "interests",
)  # fmt: skip
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Moved:
    """Where each stretch of an ordered text stands in the one that it was made from."""

    starts: tuple[int, ...]  # rising, in the ordered text; the first is 0
    was: tuple[int, ...]  # the same places in the original

    def back(self, record: T) -> T:
        """`record` with every span in it moved to the original's places.

        Records are dataclasses with `start` and `end`, and tuples of them.
        """
        return record if len(self.starts) == 1 else self._back(record)

    def _back(self, record: Any) -> Any:
        if isinstance(record, tuple):
            return tuple(self._back(each) for each in record)
        if not is_dataclass(record) or isinstance(record, type):
            return record
        changed = {field.name: self._back(getattr(record, field.name)) for field in fields(record)}
        if "start" in changed:
            at = bisect_right(self.starts, changed["start"]) - 1
            # No fact spans two sections; where one did, it ends with its own.
            end = min([changed["end"], *self.starts[at + 1 : at + 2]])
            shift = self.was[at] - self.starts[at]
            changed |= {"start": changed["start"] + shift, "end": end + shift}
        return replace(record, **changed)


def in_order(document: Document) -> tuple[Document, Moved]:
    """The document with its sections in ORDER, those of one kind by their headings; and the way
    back."""
    text = document.text
    headings = [
        (start, name, text[start : start + sections.LONGEST].partition("\n")[0].strip().lower())
        for start, name in sections.alone(text)
        if name in ORDER
    ]
    ends = [*(start for start, _, _ in headings), len(text)]
    keys = [(ORDER.index(name), heading) for _, name, heading in headings]
    order = sorted(range(len(keys)), key=keys.__getitem__)
    if order == list(range(len(keys))):
        return document, Moved((0,), (0,))
    spans = [*pairwise(ends)]
    blocks = [(0, ends[0]), *(spans[at] for at in order)]
    parts: list[str] = []
    lines: list[Line] = []
    places = [line.start for line in document.lines]
    starts, at = [], 0
    for start, end in blocks:
        part = text[start:end]
        starts.append(at)
        own = document.lines[bisect_left(places, start) : bisect_left(places, end)]
        lines += _shifted(own, at - start)
        parts.append(part if part.endswith("\n") or not part else part + "\n")
        at += len(parts[-1])
    ordered = replace(document, text="".join(parts), lines=tuple(lines))
    kept = [n for n, part in enumerate(parts) if part]
    return ordered, Moved(tuple(starts[n] for n in kept), tuple(blocks[n][0] for n in kept))


def _shifted(lines: Iterable[Line], shift: int) -> list[Line]:
    return [Line(line.start + shift, line.end + shift, line.page) for line in lines]
