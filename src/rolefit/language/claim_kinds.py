"""What the words around a name say of it: that the writer has or does it, or something else.

"No Kubernetes yet", "eager to learn SAP", "forklift: expired 2022" and "hired Java developers" name
things that the writer does not have. Learned by recipes/claim_kinds.py from lines that were read
one by one; docs/log.md has the figures on others. English words only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rolefit.language import learned

KINDS = ("own", "denied", "little", "wished", "learning", "lapsed", "other")
MODEL = learned.load("claim_kinds.json")
_WORD = re.compile(r"n't|\w+(?:'\w+)?|[^\w\s]")
_NOT = re.compile(r"n't\b")
_MARKS = {".": 2, ";": 2, "!": 2, "?": 2} | dict.fromkeys(":,()–—-|/", 1)  # noqa: RUF001
_FAR = 3  # marks between a word and the name, from which it stands far away
_REACH = 40  # words on either side
_PAIRS = 25
_STEM = 5


def shares(heading: str, before: str, after: str) -> list[float]:
    """The probability of each of KINDS for what stands between `before` and `after` in a sentence
    below `heading`."""
    return learned.shares(MODEL, features(heading, before, after))


def shares_of_all(heading: str, sentence: str) -> list[float]:
    """The same for a sentence as a whole."""
    return learned.shares(MODEL, features_of_all(heading, sentence))


def features(heading: str, before: str, after: str) -> dict[str, float]:
    """{feature: value} of a name in a sentence; no value is zero."""
    found = _headed(heading)
    for side, words in (("b", words_of(before)[::-1]), ("a", words_of(after))):
        found |= _beside(side, words)
        if not words:
            found[f"{side}end"] = 1.0
    return found


def _beside(side: str, words: Sequence[str]) -> dict[str, float]:
    """Of the words on one side of the name, nearest first."""
    found: dict[str, float] = {}
    for place, (word, where) in enumerate(zip(words[:_REACH], _places(words), strict=False)):
        found |= {f"{side}{where}={word}": 0.7, f"{side}x={word}": 0.4, f"s={word}": 0.35}
        if place < 3:
            found[f"{side}{place}={word}"] = 0.7
        if len(word) > _STEM:
            found |= {f"sp={word[:_STEM]}": 0.35, f"{side}p={word[:_STEM]}": 0.5}
    near = words[: _PAIRS + 1]
    for pair in pairwise(near):
        text = " ".join(pair[::-1] if side == "b" else pair)
        found |= {f"s2={text}": 0.35, f"{side}2={text}": 0.5}
    for three in zip(near, near[1:], near[2:], strict=False):
        found[f"s3={' '.join(three[::-1] if side == 'b' else three)}"] = 0.35
    if len(near) > 1:
        found[f"{side}02={' '.join(near[1::-1] if side == 'b' else near[:2])}"] = 0.7
    return found


def _places(words: Sequence[str]) -> Iterator[str]:
    """How far each word stands from the name: in its clause, in its sentence, or farther."""
    marks = 0
    for word in words:
        marks += _MARKS.get(word, 0)
        yield "n" if marks == 0 else "m" if marks < _FAR else "f"


def features_of_all(heading: str, sentence: str) -> dict[str, float]:
    """{feature: value} of a sentence as a whole; no value is zero."""
    words = words_of(sentence)
    found = _headed(heading) | {"all": 1.0}
    found |= {f"w={word}": 0.6 for word in words}
    found |= {f"wp={word[:_STEM]}": 0.5 for word in words}
    found |= {f"w2={left} {right}": 0.6 for left, right in pairwise(words)}
    found |= {
        f"w3={' '.join(three)}": 0.5 for three in zip(words, words[1:], words[2:], strict=False)
    }
    if words:
        found |= {f"first={words[0]}": 0.7, f"last={words[-1]}": 0.7}
    return found


def _headed(heading: str) -> dict[str, float]:
    words = words_of(heading)
    found = {f"h={word}": 0.7 for word in words}
    return found | ({f"hh={' '.join(words[:2])}": 0.7} if words else {})


def words_of(text: str) -> list[str]:
    lower = text.lower().replace("\u2019", "'").replace("\u2018", "'")
    return _WORD.findall(_NOT.sub(" n't", lower))
