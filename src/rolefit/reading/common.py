"""What every reader hands over, and how it becomes a Document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from rolefit.errors import EmptyDocumentError, LimitError
from rolefit.reading.limits import LINES
from rolefit.reading.spaced import joined
from rolefit.records import Document, Line, Notice

# Everything that str.splitlines() takes for a line break, so that no line contains one.
_LINE = re.compile("[^\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]+")


# Marks of direction: nobody sees them, and between the words of a date they hide it. Overrides
# (letters turned round) stay: what they do to a text is for others to tell.
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202c\u2066-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Extract:
    """A document's text as one format's reader found it."""

    pages: tuple[str, ...]  # one text a page; formats without pages have one
    notices: tuple[Notice, ...] = ()
    late: tuple[tuple[int, str], ...] = ()  # number of a page, and what is read after all pages
    furniture: tuple[tuple[int, int], ...] = ()  # spans of lines of the first page: a web page's
    columns: tuple[int, ...] = ()  # side by side, of each page, where the format shows them


def words(text: str) -> int:
    """How many words there are; rules of dots and dashes are none."""
    return sum(any(map(str.isalnum, word)) for word in text.split())


def hidden_notice(count: int, why: Sequence[str], pages: Sequence[int] = ()) -> Notice:
    """`why` in words ("tiny"); `pages` where the format has pages."""
    left = (
        "1 word that a person would not see was"
        if count == 1
        else (f"{count:,} words that a person would not see were")
    )
    where = f" (page {', '.join(map(str, pages))})" if pages else ""
    return Notice("hidden-text", f"{left} left out{where}: {'; '.join(why)}.")


def doubt_notice(count: int, why: Sequence[str], pages: Sequence[int] = ()) -> Notice:
    """Of words that were read although a person may not see them; `why` in words ("very small")."""
    read = "1 word is" if count == 1 else f"{count:,} words are"
    it, was = ("it", "was") if count == 1 else ("they", "were")
    where = f" on page {', '.join(map(str, pages))}" if pages else ""
    message = f"{read} hard to see{where} ({'; '.join(why)}); {it} {was} read."
    return Notice("hard-to-see", message)


def only_hidden(name: str, count: int) -> EmptyDocumentError:
    cause = f"a person would see no text in it, {count:,} words are hidden"
    return EmptyDocumentError(name, cause, "Ask for a version that shows its text.")


def assemble(name: str, kind: str, sha256: str, extract: Extract) -> Document:
    """Join the pages with a line break and find the lines.

    Raises EmptyDocumentError if nothing but white space is left, LimitError for lines without end.
    """
    lines: list[Line] = []
    offset, letter_spaced = 0, 0
    parts: list[tuple[int, str]] = []
    for number, page in (*enumerate(extract.pages, start=1), *extract.late):
        if not extract.furniture:  # its spans count every character
            page, count = joined(_TURNING.sub("", page))
            letter_spaced += count
        parts.append((number, page))
    for number, page in parts:
        lines.extend(islice(_lines(page, offset, number), LINES + 1 - len(lines)))
        if len(lines) > LINES:
            cause = f"it has more than {LINES:,} lines"
            raise LimitError(name, cause, "Cut it to the part that matters.")
        offset += len(page) + 1
    if not lines:
        raise EmptyDocumentError(
            name,
            "there is no text in it, only white space",
            "Check that it is the right file and that it was saved with its text.",
        )
    text = "\n".join(part for _, part in parts)
    around = tuple(Line(start, end, 1) for start, end in extract.furniture)
    pages = max(1, len(extract.pages))
    notices = extract.notices
    if letter_spaced:
        notices = (*notices, _spaced_notice(letter_spaced))
    return Document(name, text, tuple(lines), kind, pages, sha256, notices, around, extract.columns)


def _spaced_notice(count: int) -> Notice:
    is_ = "1 word is" if count == 1 else f"{count:,} words are"
    it = "it was read as a word" if count == 1 else "they were read as words"
    return Notice("letter-spacing", f"{is_} written with blanks between the letters; {it}.")


def _lines(page: str, offset: int, number: int) -> Iterator[Line]:
    """The page's non-blank lines; spans leave out leading and trailing white space."""
    for match in _LINE.finditer(page):
        line = match.group()
        start = match.start() + len(line) - len(line.lstrip())
        end = match.start() + len(line.rstrip())
        if start < end:
            yield Line(offset + start, offset + end, number)
