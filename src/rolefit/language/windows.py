"""Places worth a closer look: slow patterns are tried around a hint instead of everywhere."""

from __future__ import annotations

import re


def windows(text: str, hint: re.Pattern[str], reach: int) -> list[tuple[int, int]]:
    """Spans of `text` that reach `reach` characters beyond each hint; those that meet are one.

    They begin and end between words.
    """
    found: list[tuple[int, int]] = []
    for match in hint.finditer(text):
        start = text.rfind(" ", 0, max(0, match.start() - reach)) + 1
        end = text.find(" ", match.end() + reach)
        end = len(text) if end < 0 else end
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found
