"""An advert with the title that a person gives it."""

from __future__ import annotations

from dataclasses import replace

from rolefit.errors import InputError
from rolefit.records import Document, Line

MOST = 150  # characters of a title


def titled(document: Document, title: str) -> Document:
    """`document` with "Job title: ..." as its first line; offsets of all else move by that much.

    For an advert whose title stands nowhere, or is read wrongly. Raises InputError for a title that
    is empty, of several lines or longer than MOST characters.
    """
    name = " ".join(title.split())
    if not name or "\n" in title.strip() or len(name) > MOST:
        got = f"{len(name):,} characters" if len(name) > MOST else repr(title)
        raise InputError(f"a title: expected one line of 1 to {MOST} characters, got {got}")
    first = f"Job title: {name}"
    by = len(first) + 1
    return replace(
        document,
        text=f"{first}\n{document.text}",
        lines=(Line(0, len(first), 1), *(_moved(line, by) for line in document.lines)),
        furniture=tuple(_moved(line, by) for line in document.furniture),
    )


def _moved(line: Line, by: int) -> Line:
    return replace(line, start=line.start + by, end=line.end + by)
