"""Whether a text is English, told from its commonest words."""

from __future__ import annotations

import re

LEAST = 0.03  # share of words; English prose has 0.08 and more, other languages under 0.01
ENOUGH = 40  # words below which nothing is said
_WORD = re.compile(r"[^\W\d_]+")
# Without those that are common in another language too: in, an, as, was, on, or, all.
_COMMON = frozenset(
    "the and of to for with from by are were been has have had will this that which who our we you"
    " your they their his her its it any other than experience work skills years including using"
    " managed responsible".split()
)


def share(text: str) -> float | None:
    """Share of the words that are among English's commonest; None for a text of few words."""
    words = [word.lower() for word in _WORD.findall(text)]
    if len(words) < ENOUGH:
        return None
    return sum(word in _COMMON for word in words) / len(words)
