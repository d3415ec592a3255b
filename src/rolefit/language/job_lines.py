"""What the clauses of a line of an advert say of what they name: only a wish, or a language."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from rolefit.language.job_words import PHRASES
from rolefit.language.phrases import Hit
from rolefit.language.words import lowered

# Where one wish may end and the next begin: "Bachelor's required; Master's a plus". A comma may
# part two wishes, or the items of one.
_CLAUSE = re.compile(
    r"""[;.|,]\s|[;|(]|[.,](?=[A-Z])|\)\s|\s-\s|,?\sbut\s|(?<=required)\s(?=and\s)
    |\sand\s(?=\w+\s(?:preferred|a\splus))
    |\s(?:and|or|with)\s(?=(?:an?\s)?(?:master|mba|ph\.?\s?d|advanced|graduate
    |bachelor)\S*\s(?:\w+\s){0,2}(?:preferred|desired|a\splus|is\sa|strongly|highly))""",
    re.X | re.I,
)


class Said:
    """A line and the phrases in it."""

    def __init__(self, text: str, hits: Sequence[Hit]) -> None:
        self.text = text
        groups = {hit.group for hit in hits}
        self.speaks_of_languages = "tongue" in groups
        wishes = "preferred" in groups and "not_preferred" not in groups
        self._wishes = [hit.start for hit in hits if wishes and hit.group == "preferred"]
        self._bounds = [m.end() for m in _CLAUSE.finditer(text)]

    def optional(self, start: int, end: int) -> bool:
        """Whether the clause around text[start:end] says that this would only be nice to have."""
        clauses = set(range(self._clause(start), self._clause(max(start, end - 1)) + 1))
        return any(self._clause(at) in clauses for at in self._wishes)

    def _clause(self, at: int) -> int:
        return bisect_right(self._bounds, at)


def read(texts: Sequence[str]) -> list[Said]:
    """Each line with the phrases it speaks from."""
    return [Said(text, PHRASES.find(lowered(text))) for text in texts]
