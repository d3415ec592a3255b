"""Words as skills are written: C++, C#, .NET, Node.js and R&D keep what makes them that.

Texts and taxonomy labels go through the same two functions, so that they meet.
"""

from __future__ import annotations

import re

# A word, or a mark that no name reaches across (a comma, a bracket, the end of a sentence).
# Hyphens, slashes, inner dots and single blanks are neither: "Node.js", "node js" and "Node-JS"
# are the same two words.
TOKEN = re.compile(
    r"[^\W_]+(?:\+\+|#(?!\w)|\+(?!\w)|'[^\W_]+|&[^\W_]{1,2}(?!\w))?"
    r"|[,;:|()\[\]{}!?\n\t•\"<>=~—]|\.(?=\s|\Z)"
    r"|(?<![^\W_])\.[a-z][^\W_]*|(?<=\s)[-–](?=\s)"  # noqa: RUF001
)
MARKS = frozenset(',;:|()[]{}!?\n\t•"<>=~—.-–')  # noqa: RUF001


def lowered(text: str) -> str:
    """`text` in lower case, character by character, so that offsets stay."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def words(text: str) -> list[str]:
    return TOKEN.findall(lowered(text))


def _stem(word: str) -> str:
    """What "manage", "manages", "managed" and "managing" share; only for names of several words."""
    word = word.removesuffix("'s")
    if len(word) < 4 or not word.isalpha():
        return word
    for ending, kept in (("ies", "i"), ("ied", "i"), ("sses", "ss")):
        if word.endswith(ending):
            return word[: -len(ending)] + kept
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if (
            rest != word
            and len(rest) > 2
            and not rest.endswith("eer")
            and any(c in "aeiouy" for c in rest)
        ):
            doubled = rest[-1] == rest[-2] and rest[-1] not in "lsz"
            word = rest[:-1] if doubled else rest
            break
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    return word[:-1] + "i" if len(word) > 3 and word.endswith("y") else word


class _Stems(dict[str, str]):
    """word -> its stem, remembered: a resume has few words that the last one had not."""

    def __missing__(self, word: str) -> str:
        if len(self) > _REMEMBERED:
            self.clear()
        found = self[word] = _stem(word)
        return found


_REMEMBERED = 100_000
stem = _Stems().__getitem__


def stemmed(tokens: list[str]) -> str:
    return " ".join(map(stem, tokens))
