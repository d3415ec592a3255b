"""What people are shown of a resume beside a blind score: blocks where it tells who the person is.

The score itself is always blind (`rolefit.language.personal`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from rolefit.language.personal import KINDS, Mask, covered, find_masks
from rolefit.records import Document, Explanation, Notice

BLOCK = "\u2588"  # what people see in place of a masked character


def redacted(document: Document) -> Document:
    """The resume with blocks for what was masked, and a notice "blind" with the counts of it.

    Offsets are those of `document`.
    """
    masks = find_masks(document)
    text = covered(document.text, masks, BLOCK)
    return replace(document, text=text, notices=(*document.notices, _notice(masks)))


def shown(explanation: Explanation) -> Explanation:
    """The explanation with blocks where the resume tells who the person is."""
    resume = redacted(explanation.resume)
    match = explanation.match
    notices = (*match.notices, resume.notices[-1])
    return replace(explanation, resume=resume, match=replace(match, notices=notices))


def _notice(masks: Sequence[Mask]) -> Notice:
    counts = Counter(mask.kind for mask in masks)
    told = [f"{counts[kind]} {_plural(kind, counts[kind])}" for kind in KINDS if counts[kind]]
    said = ", ".join(told) or "nothing found"
    return Notice("blind", f"masked before scoring: {said}; others may have been missed")


def _plural(kind: str, count: int) -> str:
    if count == 1:
        return kind
    irregular = {"address": "addresses", "date of birth or age": "dates of birth or ages",
                 "pronoun or title": "pronouns or titles"}  # fmt: skip
    return irregular.get(kind, f"{kind}s")
