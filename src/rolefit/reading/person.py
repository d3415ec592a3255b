"""What files of data say about a person, written as a resume: headings, entries, dates.

JSON Resume, HR Open and LinkedIn's export say the same things under other names. Each has a file
here that fills a `Person`; this file writes it, so that it is understood as a text would be.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_MONTHS = "January February March April May June July August September October November December"
_MONTH = _MONTHS.split()
_ISO = re.compile(r"(\d{4})(?:-(\d\d?)(?:-\d\d?(?:[T ][\d:.,Z+-]*)?)?)?")
_SLASHED = re.compile(r"(?:(\d\d?)[/.])?(\d\d?)[/.](\d{4})")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?:\s[^<>]*)?/?>")
_ITEM = frozenset(("li",))
_LINES = frozenset("p li br ul ol div tr h1 h2 h3 h4 h5 h6".split())
_BREAK = re.compile(r"[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """A position, a school, a project; or lines alone."""

    head: tuple[str, ...] = ()  # title, employer, place: what stands in its first line
    first: str = ""  # dates as they were given
    last: str = ""
    open: bool = False  # without an end it goes on
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    label: str  # the title that the person goes by
    contacts: tuple[str, ...]
    sections: tuple[Section, ...]

    @property
    def says_something(self) -> bool:
        return any(any(_lines(entry)) for section in self.sections for entry in section.entries)


def write(person: Person) -> str:
    """The resume as text, a blank line between entries."""
    head = [*lines(person.name), *lines(person.label)]
    if contacts := " | ".join(flat for item in person.contacts if (flat := line(item))):
        head.append(contacts)
    blocks = ["\n".join(head)]
    for section in person.sections:
        entries = ["\n".join(_lines(entry)) for entry in section.entries]
        if any(entries):
            blocks += [section.heading, *(entry for entry in entries if entry)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _lines(entry: Entry) -> Iterator[str]:
    if head := ", ".join(flat for item in entry.head if (flat := line(item))):
        yield head
    if dates := period(entry.first, entry.last, entry.open):
        yield dates
    for text in entry.lines:
        yield from lines(text)


def line(text: str) -> str:
    return " ".join(" ".join(lines(text)).split())


def lines(text: str) -> list[str]:
    """The lines of a field, which may hold a page's tags."""
    if _TAG.search(text):
        text = html.unescape(_TAG.sub(_untagged, text))
    return [flat for one in _BREAK.split(text) if (flat := one.strip())]


def _untagged(tag: re.Match[str]) -> str:
    name = tag[2].lower()
    if name in _ITEM and not tag[1]:
        return "\n- "
    return "\n" if name in _LINES else ""


def bullets(items: Iterable[str]) -> tuple[str, ...]:
    """Each item as a line of its own behind a hyphen."""
    return tuple(f"- {flat.lstrip('-•* ')}" for item in items for flat in lines(item))


def period(first: str, last: str, goes_on: bool = False) -> str:
    start, end = date(first), date(last)
    if not end and goes_on and start:
        end = "Present"
    return f"{start} - {end}" if start and end else start or end


def date(text: str) -> str:
    """ "2019-05-01" as "May 2019"; what is no date of the kind stays as it is."""
    text = line(text)
    if found := _ISO.fullmatch(text):
        return _written(found[1], found[2])
    if found := _SLASHED.fullmatch(text):
        day, month = (found[1], found[2])
        return text if day and int(day) <= 12 else _written(found[3], month)
    return text


def _written(year: str, month: str | None) -> str:
    if month is None or not 1 <= int(month) <= 12:
        return year
    return f"{_MONTH[int(month) - 1]} {year}"
