"""Head and foot lines that every page repeats: kept once, so that a text runs on over the page.

A line is one where it stands in the margin of two pages at least, at the same height and with the
same words, and parted from what follows. Only the number of the page may differ, and must count as
the pages do: "Project 1" and "Project 2" at the top of two pages are two projects.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, takewhile

from rolefit.reading import dated
from rolefit.reading.headed import is_heading
from rolefit.reading.layout import rows_of
from rolefit.reading.pieces import Piece

BAND = 0.15  # of the height of a page, at its top and bottom
ROWS = 4  # of a head or foot at most
SHIFT = 3.0  # points by which it may move from page to page
CLEAR = 0.8  # em; the gap between it and the text of most pages
_WORDS = (
    "page|pages|pg|p|seite|blatt|p\u00e1gina|pagina|p\u00e1g|pag|strona|str|sida|side|sivu|strana|"
    "\u0441\u0442\u0440|\u0441\u0442\u0440\u0430\u043d\u0438\u0446\u0430|\u7b2c|\u9875"
)
_NUMBER = re.compile(
    rf"(?<!\w)(?:{_WORDS})[ .:#\u2116]{{0,3}}(?P<word>[0-9]{{1,3}})(?![0-9])"
    r"|^\W{0,4}(?P<alone>[0-9]{1,3})\W{0,4}$"
    r"|(?<![0-9/.])(?P<of>[0-9]{1,3})(?= ?/ ?[0-9]{1,3}\W*$"
    r"| (?:of|von|de|di|av|af|van|sur|z|ze) [0-9]{1,3}\b)"
    r"|[|\u00b7\u2022\u2013\u2014-] ?(?P<end>[0-9]{1,3})\W{0,3}$",
    re.I,
)
_ITEM = re.compile(r"\W{0,2}[\u2022\u25aa\u25cf\u25a0\u25e6*\uf0b7\uf0a7\u2013-]\s")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Margined:
    """The pieces of a page, and where it ends."""

    pieces: Sequence[Piece]
    bottom: float
    top: float


@dataclass(slots=True)
class _Line:
    """A row in the margin of a page."""

    page: int
    row: list[Piece]
    text: str  # with a mark where the number of the page stands
    numbers: tuple[int, ...]
    at: float  # points from the edge
    clear: bool  # parted from the next row
    again: bool = False  # whether another page has it


def without_repeats(pages: Sequence[Margined]) -> list[list[Piece]]:
    """The pieces of each page; a head stays where it first stands, a foot where it stands last."""
    gone: set[int] = set()
    if len(pages) > 1:
        rows = [rows_of(page.pieces) for page in pages]
        for foot in (False, True):
            for line in _repeated(pages, rows, foot):
                gone |= {id(piece) for piece in line.row}
    return [[piece for piece in page.pieces if id(piece) not in gone] for page in pages]


def _repeated(
    pages: Sequence[Margined], rows: Sequence[list[list[Piece]]], foot: bool
) -> list[_Line]:
    """What is to be dropped of the heads or feet."""
    edges = [
        _edge(number, page, rows[number], foot) for number, page in enumerate(pages) if page.pieces
    ]
    same: dict[str, list[_Line]] = defaultdict(list)
    for line in chain(*edges):
        same[line.text].append(line)
    for line in chain(*edges):
        line.again = any(_are_one(line, other) for other in same[line.text])
    held: dict[str, list[_Line]] = defaultdict(list)
    for edge in edges:
        # A row within the text is none, whatever stands beyond it.
        block = list(takewhile(lambda line: line.again, edge))
        if block and len(block) == len(rows[block[0].page]):
            continue  # nothing else stands on that page
        for line in block:
            line.clear = bool(line.numbers) or block[-1].clear
            held[line.text].append(line)
    gone: list[_Line] = []
    for text, lines in held.items():
        if 2 * sum(line.clear for line in lines) < len(lines):
            continue
        if foot:
            gone += lines[:-1]
        else:  # the name of the first page, in larger type, heads the others
            named = lines[0].page > 0 and any(_text(row) == text for row in rows[0])
            gone += lines if named else lines[1:]
    return gone


def _edge(number: int, page: Margined, rows: list[list[Piece]], foot: bool) -> list[_Line]:
    """The outermost rows of a page in its margin, from the edge on."""
    inwards = rows[::-1] if foot else rows
    found = []
    for place, row in enumerate(inwards[:ROWS]):
        at = _low(row) - page.bottom if foot else page.top - _high(row)
        text, numbers = _masked(row)
        if at > BAND * (page.top - page.bottom) or not (numbers or _may_repeat(text)):
            break
        following = inwards[place + 1] if place + 1 < len(inwards) else None
        clear = following is not None and _gap(row, following, foot) > CLEAR * row[0].height
        found.append(_Line(number, row, text, numbers, at, clear))
    return found


def _are_one(line: _Line, other: _Line) -> bool:
    apart = other.page - line.page
    return (
        apart != 0
        and abs(line.at - other.at) <= SHIFT
        and all(b - a == apart for a, b in zip(line.numbers, other.numbers, strict=True))
    )


def _may_repeat(text: str) -> bool:
    """Whether a line of this text may be a head or foot: no heading, item, date or opening."""
    return not (
        text.rstrip().endswith(":")
        or _ITEM.match(text)
        or is_heading(text)
        or dated.is_date(text)
        or not _LETTER.search(text)
    )


def _masked(row: list[Piece]) -> tuple[str, tuple[int, ...]]:
    """The text of a row with a mark where the number of the page stands, and those numbers."""
    texts, numbers = [], []
    for piece in row:
        text = piece.text
        if (found := _NUMBER.search(text)) and found.lastgroup:
            start, end = found.span(found.lastgroup)
            numbers.append(int(text[start:end]))
            text = f"{text[:start]}\0{text[end:]}"
        texts.append(text)
    return "\t".join(texts), tuple(numbers)


def _text(row: list[Piece]) -> str:
    return "\t".join(piece.text for piece in row)


def _low(row: list[Piece]) -> float:
    return min(piece.bottom for piece in row)


def _high(row: list[Piece]) -> float:
    return max(piece.top for piece in row)


def _gap(row: list[Piece], following: list[Piece], foot: bool) -> float:
    return _low(following) - _high(row) if foot else _low(row) - _high(following)
