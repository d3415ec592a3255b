"""Which characters BERT's tokenizer leaves out, takes for blanks, or parts words at.

Read from characters.txt: the tables of the library that made the vocabularies, which are older than
those of any Python, so that a text has the same ids everywhere.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Ranges:
    """A set of characters, as ranges of code points."""

    def __init__(self, ranges: list[tuple[int, int]]) -> None:
        self._ranges = ranges
        self._firsts = [first for first, _ in ranges]

    def __contains__(self, code: int) -> bool:
        place = bisect_right(self._firsts, code) - 1
        return place >= 0 and code <= self._ranges[place][1]

    def __str__(self) -> str:
        """As in characters.txt."""
        return " ".join(f"{a:x}" if a == b else f"{a:x}-{b:x}" for a, b in self._ranges)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return iter(self._ranges)


class Characters(NamedTuple):
    removed: Ranges  # control characters and what else is never seen
    white: Ranges
    chinese: Ranges  # each a word by itself
    punctuation: Ranges  # each a word by itself
    marks: Ranges  # accents and the like, once they are parted from their letters


@cache
def characters() -> Characters:
    text = files("rolefit.tokens").joinpath("characters.txt").read_text(encoding="utf-8")
    parts = [part.partition("]\n") for part in text.split("\n[")[1:]]
    return Characters(**{name: _ranges(lines) for name, _, lines in parts})


def _ranges(lines: str) -> Ranges:
    pairs = (word.partition("-") for word in lines.split())
    return Ranges([(int(first, 16), int(last or first, 16)) for first, _, last in pairs])
