"""Lists of phrases, found in one walk over the words of a text.

A phrase is written as people write it, with a few signs: `*` ends a word in any way ("licen*"),
`)*` the longer words of a choice, `#` is a number, `~` up to four words, `(a|b)` either, `(a )?`
may be missing. Commas and line breaks part phrases. Hyphens, slashes, brackets and line breaks of
the text read as blanks.

One regular expression of seven hundred alternatives tries them all at every letter, and takes a
quarter of a second to compile; a look-up by the first letters of each word tries two or three at a
word, and only phrases with signs become expressions, when a text first comes near them.
"""

# ruff: noqa: RUF001  (curly quotes and dashes are what is read)
from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+")
_KEY = 4  # letters that a phrase is looked up by
_PART = re.compile(r"[,\n]+")
_FIRST = re.compile(r"([a-z0-9]+)(.?)")
_PLAIN = re.compile(r"[a-z0-9' ]+\*?")
_SIGNS = {"~": r"(?:[\w&']+,? ){0,4}", "*": r"\w*", "#": r"\d+", " ": " +", "'": "'?", ".": r"\.?"}
_CHOICE = re.compile(r"\(([^()]*)\)\*")
_LONG = 5  # letters of a word that may go on: "(for|eligib)*" is not "(forty|eligible)"
_READ_AS = str.maketrans("\n\r\t\xa0-–/()’", "         '")


class Hit(NamedTuple):
    """text[start:end] is a phrase of the list `group`."""

    start: int
    end: int
    group: str


class Phrases:
    """Made once from the lists; `find` reads a text in time that grows with its words."""

    def __init__(self, **groups: str) -> None:
        self._by_key: dict[str, list[tuple[str, str]]] = {}
        for group, text in groups.items():
            for phrase in filter(None, (part.strip() for part in _PART.split(text))):
                self._by_key.setdefault(_key(phrase), []).append((phrase, group))

    def check(self) -> int:
        """The number of phrases. Raises re.error if one of them is malformed."""
        phrases = [phrase for known in self._by_key.values() for phrase, _ in known]
        for phrase in phrases:
            _compiled(phrase)
        return len(phrases)

    def find(self, lowered: str) -> list[Hit]:
        """Every phrase in a text of small letters, by its start; phrases may overlap."""
        text = lowered.translate(_READ_AS)
        hits = []
        by_key = self._by_key
        for word in _WORD.finditer(text):
            known = by_key.get(word.group()[:_KEY])
            if known is not None:
                start = word.start()
                for phrase, group in known:
                    end = _end(phrase, text, start)
                    if end:
                        hits.append(Hit(start, end, group))
        return hits


def _key(phrase: str) -> str:
    first = _FIRST.match(phrase)
    if first is None or (len(first[1]) < _KEY and first[2] not in " '.&\\"):
        raise ValueError(
            f"expected a phrase whose first word is whole or begins with {_KEY} letters, "
            f"got {phrase!r}: write its forms as phrases of their own"
        )
    return first[1][:_KEY]


def _end(phrase: str, text: str, start: int) -> int:
    """Where the phrase that stands at `start` ends; 0 if it does not stand there."""
    literal, pattern = _compiled(phrase)
    if pattern is not None:
        match = pattern.match(text, start)
        return match.end() if match else 0
    if not text.startswith(literal, start):
        return 0
    end = start + len(literal)
    follows = text[end : end + 1]
    return end if phrase[-1] == "*" or not (follows.isalnum() or follows == "_") else 0


@cache
def _compiled(phrase: str) -> tuple[str, re.Pattern[str] | None]:
    if _PLAIN.fullmatch(phrase):
        return phrase.removesuffix("*"), None
    phrase = _CHOICE.sub(_open_ended, phrase)
    body = "".join(_SIGNS.get(sign, sign) for sign in " ".join(phrase.split()))
    return "", re.compile(body + ("" if phrase.endswith("*") else r"\b"))


def _open_ended(choice: re.Match[str]) -> str:
    words = choice[1].split("|")
    return "(" + "|".join(word + "*" if len(word) >= _LONG else word for word in words) + ")"
