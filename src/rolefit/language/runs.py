"""No run without end, which a room's patterns would search anew from each of its characters."""

from __future__ import annotations

import re
from dataclasses import replace

from rolefit.records import Document

PIECE = 120  # characters
RUN = re.compile(r"\S{240,}|\s{240,}")  # longer than any word, address or gap
BREAK, JOINT = "\n", "\u200b"  # in a run of signs; in white space, where a break is more of it


def calm(document: Document) -> Document:
    """The document with its text cut."""
    text = cut(document.text)
    return document if text == document.text else replace(document, text=text)


def cut(text: str) -> str:
    """The text with every 120th character of an overlong run replaced; offsets stay.

    A line of ten thousand dashes would take most patterns its square or worse. What a break falls
    on is lost, which matters to nobody: such runs are rules, filler and data, or made to do harm.
    """
    return RUN.sub(_pieces, text)


def _pieces(match: re.Match[str]) -> str:
    run = list(match.group())
    between = JOINT if run[0].isspace() else BREAK
    run[PIECE - 1 :: PIECE] = [between] * (len(run) // PIECE)
    return "".join(run)
