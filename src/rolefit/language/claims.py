"""Whether the words around a name say that the writer did it: "built it in Java" does, "next to the
Java team" does not.

What is read is the sentence, also where it is wrapped over several lines, and the heading above it.
"""

from __future__ import annotations

import re

from rolefit.language import claim_kinds

UNSURE = 0.18  # a probability of something else, from which nothing is claimed
DENIED = 0.6  # and from which it is as good as said
_REACH = 400  # characters of a sentence that are looked at on either side
_UP = 40  # lines above, to find the heading
_ABOVE = 4_000  # characters
_WRAPPED = 60  # characters of a line that may go on in the next one

_END = re.compile(r"[.!?](?=\s)|\n[ \t]*\n|\n(?=[ \t]*(?:[-*•▪·‣●○–]|\d+[.)])\s)")  # noqa: RUF001
_BULLET = re.compile(r"^[ \t]*(?:[-*•▪·‣●○–]|\d+[.)])\s")  # noqa: RUF001
_GOES_ON = re.compile(
    r"(?:[,(/&-]|\b(?:a|an|and|as|at|by|for|from|in|no|not|of|on|or|the|to|using|with|without))$",
    re.I,
)


def claimed(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]`, a skill or title, is plainly said of the writer's own doing."""
    return _doubt(text, start, end) < UNSURE


def disclaimed(text: str, start: int, end: int, least: float = DENIED) -> bool:
    """Whether the words around `text[start:end]` take it back: "no Kubernetes", "eager to learn
    SAP", "read about Go". `least` is the probability of that from which they do.

    Not the opposite of `claimed`: of what lies between, both are False.
    """
    return _doubt(text, start, end) >= least


def denies(passage: str, heading: str = "") -> bool:
    """Whether a passage, below `heading`, says as a whole that its writer lacks, wishes for or has
    lost something, or that others have it."""
    return 1.0 - claim_kinds.shares_of_all(heading, passage)[0] >= DENIED


def _doubt(text: str, start: int, end: int) -> float:
    first, last = _sentence(text, start, end)
    shares = claim_kinds.shares(heading(text, first), text[first:start], text[end:last])
    return 1.0 - shares[0]


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of the sentence around a name, also where it is wrapped over several lines."""
    low = max(0, start - _REACH)
    first = max((match.end() for match in _END.finditer(text, low, start)), default=low)
    high = min(len(text), end + _REACH)
    ending = _END.search(text, end, high)
    last = ending.start() if ending else high
    breaks = [i for i in range(first, start) if text[i] == "\n" and not _wraps(text, i)]
    first = breaks[-1] + 1 if breaks else first
    later = [i for i in range(end, last) if text[i] == "\n" and not _wraps(text, i)]
    return first, (later[0] if later else last)


def _wraps(text: str, at: int) -> bool:
    """Whether the sentence before the line break at `at` goes on after it."""
    line = text[text.rfind("\n", 0, at) + 1 : at].strip()
    following = text[at + 1 : at + 80].lstrip(" \t")
    if not line or not following.strip() or line[0] == "|" or following[0] == "|":
        return False  # the rows of a table stand alone
    return following[0].islower() or len(line) >= _WRAPPED or bool(_GOES_ON.search(line))


def heading(text: str, at: int) -> str:
    """The nearest line above `at` that is a heading: short and bare, or ending in a colon."""
    above = text[max(0, at - _ABOVE) : at].split("\n")[:-1]
    for line in reversed(above[-_UP:]):
        bare = line.strip().strip("#*_=|").strip()
        if not bare:
            continue
        if bare.endswith(":"):
            return bare
        words = bare.split()
        ends = bare[-1] in ".,;!?"
        if not _BULLET.match(line) and len(words) <= 6 and not ends and "," not in bare:
            return bare
    return ""
