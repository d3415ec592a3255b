"""What a document says, kept apart: {"document_text": "..."} for strings that are not our own.

Marked is every string but those under names that are listed here, so that a field that is added one
day is marked until somebody says that it never repeats a document.
"""

from __future__ import annotations

import unicodedata
from typing import Any

TEXT = "document_text"
OWN = frozenset(
    "rolefit name version sha256 verdict status kind as group id code error meaning feature label "
    "side from to section file folder gained command time hash what".split()
)
LONGEST = 2_000  # characters of a marked string
MOST = 200  # elements of a list


def marked(value: Any, name: str = "", longest: int = LONGEST) -> Any:
    """`value` with every string marked that is not under a name of OWN; long ones are cut."""
    if isinstance(value, str):
        return value if name in OWN else text(value, longest)
    if isinstance(value, dict):
        return {key: marked(item, key, longest) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [marked(item, name, longest) for item in value[:MOST]]
    return value


def text(value: str, longest: int = LONGEST) -> dict[str, Any]:
    """One marked string, without letters that nobody sees: they may hold words for a model."""
    seen = "".join(map(_seen, value))
    found: dict[str, Any] = {TEXT: seen[:longest]}
    return {**found, "cut_at": longest} if len(seen) > longest else found


def _seen(letter: str) -> str:
    if letter in "\n\t":
        return letter
    kind = unicodedata.category(letter)
    if kind == "Cf" or kind in ("Co", "Cn", "Cs"):  # joiners, marks of direction, tags, no letters
        return ""
    return " " if kind in ("Cc", "Zl", "Zp") else letter
