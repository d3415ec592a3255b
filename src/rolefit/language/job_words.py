"""The words by which adverts ask, wish and speak of themselves: data/job_words.txt."""

from __future__ import annotations

from pathlib import Path

from rolefit.language.phrases import Phrases

_FILE = Path(__file__).parent / "data" / "job_words.txt"


def _lists() -> dict[str, str]:
    """The lists of the file by their names in brackets."""
    lists: dict[str, str] = {}
    name = ""
    for line in _FILE.read_text("utf-8").splitlines():
        if line.startswith("["):
            name = line.strip("[]")
            lists[name] = ""
        elif not line.startswith("#"):
            lists[name] = f"{lists.get(name, '')} {line}"
    return lists


def _forms(verb: str) -> tuple[str, str, str]:
    third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "o")) else "s")
    if verb.endswith("y") and verb[-2] not in "aeiou":
        third = verb[:-1] + "ies"
    stem = verb[:-1] if verb.endswith("e") and not verb.endswith(("ee", "be")) else verb
    return verb, third, stem + "ing"


_LISTS = _lists()
_VERBS, _OPENERS = (_LISTS.pop(name).replace(",", " ").split() for name in ("verbs", "openers"))
PHRASES = Phrases(**_LISTS)
# The words that open a duty: "Manage", "Manages", "Managing".
OPENERS = frozenset(form for verb in _VERBS for form in _forms(verb)) | frozenset(_OPENERS)
