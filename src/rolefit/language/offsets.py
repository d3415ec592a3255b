"""Edits of a text, and how edits of edits add up. All linear in the number of edits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rolefit.records import Edit

Change = tuple[int, int, str]  # start and end in the old text, what stands there in the new


def rewrite(text: str, changes: Iterable[Change]) -> tuple[str, list[Edit]]:
    """Apply `changes`, which are in order and do not overlap. What changes nothing is no edit."""
    parts: list[str] = []
    edits: list[Edit] = []
    done = shift = 0
    for start, end, new in changes:
        if text[start:end] == new:
            continue
        edits.append((start, end, start + shift, start + shift + len(new)))
        parts += (text[done:start], new)
        shift += len(new) - (end - start)
        done = end
    if not edits:
        return text, edits
    parts.append(text[done:])
    return "".join(parts), edits


def compose(first: Sequence[Edit], second: Sequence[Edit]) -> list[Edit]:
    """The edits from the oldest text to the newest, through a text in the middle.

    Edits that overlap in the middle text become one; all others stay as they are.
    """
    if not first or not second:
        return list(first or second)
    # (start, end in the middle, growth towards the old text, growth towards the new)
    spans = [(e[2], e[3], (e[1] - e[0]) - (e[3] - e[2]), 0) for e in first]
    spans += [(e[0], e[1], 0, (e[3] - e[2]) - (e[1] - e[0])) for e in second]
    spans.sort(key=lambda span: span[:2])
    composed: list[Edit] = []
    old = new = 0  # how far the texts have drifted from the middle one
    i = 0
    while i < len(spans):
        start, end, grow_old, grow_new = spans[i]
        i += 1
        while i < len(spans) and spans[i][0] < end:
            end = max(end, spans[i][1])
            grow_old += spans[i][2]
            grow_new += spans[i][3]
            i += 1
        composed.append((start + old, end + old + grow_old, start + new, end + new + grow_new))
        old += grow_old
        new += grow_new
    return composed


def trimmed(start: int, old: str, new: str) -> Change:
    """The change from `old`, which stands at `start`, to `new`, without what they share."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return start + head, start + len(old) - tail, new[head : len(new) - tail]
