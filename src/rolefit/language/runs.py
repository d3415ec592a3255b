"""What every room reads instead of the text as it stands: no run without end, some capitals."""

from __future__ import annotations

import re
from dataclasses import replace

from rolefit.records import Document

_LOWER = re.compile(r"[a-z]+")  # other letters may grow longer, and few texts hold them
PIECE = 120  # characters
RUN = re.compile(r"\S{240,}|\s{240,}")  # longer than any word, address or gap
BREAK, JOINT = "\n", "\u200b"  # in a run of signs; in white space, where a break is more of it


def calm(document: Document) -> Document:
    """The document with its text cut, and in capitals if it has none. Offsets stay."""
    text = cut(capitals(document.text))
    return document if text == document.text else replace(document, text=text)


def capitals(text: str) -> str:
    """A text without capital letters in nothing but capitals.

    The rooms know names and titles by their capitals, and can read a text that has no others; one
    that has none at all would show them nobody. The encoder does not tell the two apart.
    """
    if any(char.isupper() for char in text):
        return text
    return _LOWER.sub(lambda match: match.group().upper(), text)


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
