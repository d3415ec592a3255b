"""Whether a rule under a condition (@media, @supports, @container) applies on a usual desktop."""

from __future__ import annotations

import re

SCREEN = {"width": 1280.0, "height": 800.0}  # pixels
_UNITS = {"px": 1.0, "em": 16.0, "rem": 16.0, "": 1.0, "pt": 4 / 3, "cm": 37.8, "in": 96.0}
# What a desktop's browser says of itself; every other feature is taken not to be there.
_FEATURES = frozenset(
    "hover|hover:hover|any-hover|any-hover:hover|pointer|pointer:fine|any-pointer|any-pointer:fine"
    "|orientation:landscape|color|prefers-color-scheme:light|scripting:enabled|update:fast"
    "|prefers-reduced-motion:no-preference|display-mode:browser|grid:0".split("|")
)
_SHOWN = frozenset({"", "all", "screen"})  # kinds of media
_LENGTH = r"(\d{1,9}(?:\.\d{1,9})?)(px|em|rem|pt|cm|in|)"
_PLAIN = re.compile(r"(min|max)-(?:device-)?(width|height|inline-size|block-size):" + _LENGTH)
_RANGE = re.compile(
    rf"(?:{_LENGTH}([<>]=?))?(width|height|inline-size|block-size)(?:([<>]=?){_LENGTH})?"
)
_SIDES = {"inline-size": "width", "block-size": "height"}
_BRACKET = re.compile(r"\(([^()]*)\)")
_WORDS = re.compile(r"\b(not|only|and|or)\b")
_LONGEST = 400  # characters of a condition that is looked at


def applies(condition: str) -> bool:
    """Of @media and @container. What is not understood does not apply."""
    return len(condition) <= _LONGEST and any(map(_query, condition.lower().split(",")))


def is_supported(condition: str) -> bool:
    """Of @supports: today's browsers know what sheets ask for."""
    return not condition.strip().lower().startswith("not")


def _query(query: str) -> bool:
    found: list[bool] = []

    def note(bracket: re.Match[str]) -> str:
        found.append(_feature(re.sub(r"\s+", "", bracket[1])))
        return f" #{len(found) - 1} "

    flat = _BRACKET.sub(note, query).strip()
    while "(" in flat:  # brackets in brackets
        inner = _BRACKET.search(flat)
        if inner is None:
            return False
        found.append(_all(inner[1], found))
        flat = flat.replace(inner[0], f" #{len(found) - 1} ")
    return _all(flat, found)


def _all(flat: str, found: list[bool]) -> bool:
    """Terms with "and", "or" and "not" between them; `#3` is the fourth that was found."""
    if re.search(r"\bor\b", flat):
        return any(_all(part, found) for part in re.split(r"\bor\b", flat))
    words = flat.split()
    if words[:1] == ["not"]:
        return not _all(" ".join(words[1:]), found)
    return all(
        found[int(word[1:])] if word.startswith("#") else word in _SHOWN
        for word in words
        if not _WORDS.fullmatch(word)
    )


def _feature(said: str) -> bool:
    if match := _PLAIN.fullmatch(said):
        bound, side, number, unit = match.groups()
        length, size = float(number) * _UNITS[unit], SCREEN[_SIDES.get(side, side)]
        return size >= length if bound == "min" else size <= length
    match = _RANGE.fullmatch(said)
    if match and (match[3] or match[5]):
        size = SCREEN[_SIDES.get(match[4], match[4])]
        low = _compare(float(match[1]) * _UNITS[match[2]], match[3], size) if match[3] else True
        high = _compare(size, match[5], float(match[6]) * _UNITS[match[7]]) if match[5] else True
        return low and high
    return said in _FEATURES


def _compare(one: float, sign: str, other: float) -> bool:
    return {"<": one < other, "<=": one <= other, ">": one > other, ">=": one >= other}[sign]
