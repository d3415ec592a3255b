"""Columns that are none by themselves: dates beside what they date, and sides that have headings.

A resume set as a table has its dates in a narrow column. Read down, they lose what they date; read
across, "Oct 2021 -" is parted from "Present" by the title that stands beside. So each date, whole,
is read before the rows beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rolefit.reading.headed import is_heading
from rolefit.reading.pieces import Piece

_DATE = re.compile(
    r"(?:19[5-9]|20[0-4])\d|\b\d{1,2}/\d{2}\b"
    r"|^\W*(?:present|current|now|today|ongoing|to date)\W*$",
    re.I,
)
_GOES_ON = re.compile(r"(?:[-–—]|\b(?:to|bis))\s*$", re.I)  # noqa: RUF001
_WENT_ON = re.compile(r"\s*(?:[-–—]|(?:to|bis)\b)", re.I)  # noqa: RUF001
_HEAD = re.compile(r"\W*(?:from|to|start|end|dates?|period|years?|duration)\W*", re.I)  # of a table
_LONGEST = 26  # characters of dates on one row
_SHARE = 0.7  # of the pieces of a column, from which on it is one of dates
_LEAST = 3  # dates of such a column
_ALIGNED = 3.0  # points; pieces of one column of cells begin nearer to each other
_CELL_ROWS = 4  # rows of wrapped cells at most
Row = list[Piece]


def is_date(text: str) -> bool:
    """Whether it says hardly more than a date."""
    return len(text) <= _LONGEST and _DATE.search(text) is not None


def has_own_headings(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Whether both sides hold headings, as cells of rows do not: two columns, however drawn."""
    few, many = sorted(sum(is_heading(p.text) for p in side) for side in (left, right))
    return few >= 1 and many >= 2


def are_dates(column: Sequence[Piece], beside: Sequence[Piece]) -> bool:
    """Whether `column` holds hardly anything but dates, and what is `beside` it does not."""
    dates = [piece for piece in column if _is_date(piece)]
    others = [p for p in column if not (_is_date(p) or _is_heading(p))]
    return (
        len(dates) >= _LEAST
        and len(dates) >= _SHARE * (len(dates) + len(others))
        and sum(map(_is_date, beside)) < _SHARE * len(beside)
    )


def _is_heading(piece: Piece) -> bool:
    return is_heading(piece.text) or _HEAD.fullmatch(piece.text) is not None


def _is_date(piece: Piece) -> bool:
    return is_date(piece.text)


def lines_of(dates: list[Row], rows: list[Row]) -> list[str]:
    """Each date, whole, before the rows beside and below it."""
    lines: list[str] = []
    at = 0
    blocks = _blocks(dates)
    for number, block in enumerate(blocks):
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        first = block[0][0]
        while at < len(rows) and _is_above(rows[at], first):
            lines.append(" ".join(p.text for p in rows[at]))
            at += 1
        date = " ".join("\t".join(p.text for p in row) for row in block)
        start = at
        while at < len(rows) and (following is None or _is_above(rows[at], following[0][0])):
            at += 1
        beside = _beside(rows[start:at])
        # One row is the row of a table; of several the date is the head.
        one = len(beside) == 1 and "\t" in beside[0]
        lines += [f"{date}\t{beside[0]}"] if one and not is_heading(first.text) else [date, *beside]
    return lines


def _blocks(dates: list[Row]) -> list[list[Row]]:
    """Rows of one date together: "Oct 2021 -" and, below it, "Present"."""
    blocks: list[list[Row]] = []
    for row in dates:
        last = blocks[-1][-1][-1] if blocks else None
        if (
            last is not None
            and not (_is_heading(last) or _is_heading(row[0]))
            and (_GOES_ON.search(last.text) or _WENT_ON.match(row[0].text))
        ):
            blocks[-1].append(row)
        else:
            blocks.append([row])
    return blocks


def _is_above(row: Row, date: Piece) -> bool:
    return row[0].middle > date.top


def _beside(rows: list[Row]) -> list[str]:
    """Rows of text as they are; of cells that are wrapped, each cell whole."""
    if not rows:
        return []
    starts = [piece.left for piece in rows[0]]
    wrapped = 1 < len(rows) <= _CELL_ROWS and len(starts) > 1
    cells = [[piece.text] for piece in rows[0]]
    for row in rows[1:] if wrapped else ():
        for piece in row:
            near = [i for i, x in enumerate(starts) if abs(piece.left - x) <= _ALIGNED]
            if not near:
                wrapped = False
                break
            cells[near[0]].append(piece.text)
    if wrapped:
        return ["\t".join(" ".join(cell) for cell in cells)]
    return ["\t".join(p.text for p in row) for row in rows]
