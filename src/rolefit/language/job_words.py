"""The words by which adverts wish, and speak of languages: data/job_words.txt."""

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


_LISTS = _lists()
PHRASES = Phrases(**_LISTS)
