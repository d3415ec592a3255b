"""What each line of an advert is: something asked for, a duty, a benefit, the law, furniture.

Two logistic regressions. The first reads the words of a line, of the heading above it and of the
lines beside it, its shape and its place. The second reads what the first makes of the line, of its
neighbours and of all that stands below the same heading: a list is seldom of several kinds. Fitted
by recipes/line_kinds.py on adverts whose lines were read one by one; docs/log.md has the figures on
others. English words only.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from rolefit.language import job_headings, learned
from rolefit.language.learned import STEP, softmax

KINDS = (
    "title", "required", "preferred", "duty", "negated", "company", "benefit", "legal", "furniture",
)  # fmt: skip
ASKED = (1, 2, 3)  # places of the kinds that ask for something
# Weights in steps of STEP: one for each kind, and last one for "whoever lacks it is out".
MODEL = learned.load("line_kinds.json")
ASKS = 0.6  # a probability from which a line is taken to ask for something
MUST = 0.3  # a probability from which whoever lacks it is out
LEAST = 0.001  # of a share, before its logarithm
BULLETS = tuple("-*•·–▪●○■◦➢✓")  # noqa: RUF001
HEADING = 8  # words of a heading at most
_WORD = re.compile(r"[a-z']+|[0-9]+|[$£€!?:]")
_ENDS = (".", ";", ",")
_TITLED = 0.7  # share of words with a capital in a heading without a colon


class LineKind(NamedTuple):
    """What a line is, and how sure that is."""

    kind: str  # one of KINDS
    asks: float  # probability that it asks for something
    asked: str  # what it would be if it does: "required", "preferred" or "duty"
    must: float  # probability that whoever lacks it is out, if it is required


def read(texts: Sequence[str]) -> list[LineKind]:
    """The kind of each line of one advert, in the order given."""
    lines = [" ".join(text.split()) for text in texts]
    first = [_first_look(features) for features in features_of(lines)]
    alone = [softmax(sums) for sums, _ in first]
    return [
        _line_kind(_sums(values, MODEL["beside"], MODEL["beside_bias"]), must)
        for values, (_, must) in zip(beside(lines, alone), first, strict=True)
    ]


def asking(lines: Sequence[LineKind]) -> list[str]:
    """ "required", "preferred" or "duty" for each line; "" for one that asks for nothing.

    In an advert of which no line surely asks, those count that more likely ask than anything else.
    """
    if any(line.asks >= ASKS for line in lines):
        return [line.asked if line.asks >= ASKS else "" for line in lines]
    return [line.kind if line.kind == line.asked else "" for line in lines]


def _line_kind(sums: list[float], must: float) -> LineKind:
    shares = softmax(sums)
    asks = sum(shares[place] for place in ASKED)
    asked = max(ASKED, key=lambda place: shares[place])
    most = max(range(len(KINDS)), key=lambda place: shares[place])
    return LineKind(KINDS[most], asks, KINDS[asked], 1 / (1 + math.exp(-must)))


def _first_look(features: dict[str, float]) -> tuple[list[float], float]:
    """(9,) sums of the kinds, and the sum of "whoever lacks it is out"."""
    weights, sums, must = MODEL["weights"], list(MODEL["bias"]), MODEL["must"]
    for name, value in features.items():
        row = weights.get(name)
        if row is not None:
            for place in range(len(KINDS)):
                sums[place] += STEP * row[place] * value
            must += STEP * row[-1] * value
    return sums, must


def beside(lines: Sequence[str], alone: Sequence[Sequence[float]]) -> Iterator[list[float]]:
    """What the second look reads of each line: (45,), from the shares (9,) of the first look.

    Logarithms of the shares of the line, of the one before and of the one after, the mean shares
    of all lines below the same heading, and the shares of that heading.
    """
    headings = [at > 0 and is_heading(line) for at, line in enumerate(lines)]
    starts = [at for at, heading in enumerate(headings) if heading or at == 0]
    ends = [*starts[1:], len(lines)]
    nothing = [1 / len(KINDS)] * len(KINDS)
    for start, end in zip(starts, ends, strict=True):
        below = range(start + headings[start], end)
        mean = [sum(alone[at][k] for at in below) / max(1, len(below)) for k in range(len(KINDS))]
        heading = list(alone[start]) if headings[start] else nothing
        for at in range(start, end):
            rows = [alone[to] if 0 <= to < len(lines) else nothing for to in (at, at - 1, at + 1)]
            logs = [math.log(max(share, LEAST)) / 4 for row in rows for share in row]
            yield [*logs, *mean, *heading]


def _sums(values: Sequence[float], weights: Any, bias: Sequence[float]) -> list[float]:
    return [
        start + sum(weight * value for weight, value in zip(row, values, strict=True))
        for row, start in zip(weights, bias, strict=True)
    ]


def features_of(lines: Sequence[str]) -> Iterator[dict[str, float]]:
    """{feature: value} of each line of an advert, its blanks made single; no value is zero."""
    words = [_WORD.findall(line.lower().replace("\u2019", "'")) for line in lines]
    headings = [at > 0 and is_heading(line) for at, line in enumerate(lines)]
    said = [job_headings.kind_of(line) if at else None for at, line in enumerate(lines)]
    bullets = [line[:1] in BULLETS for line in lines]
    above: list[str] = []
    under = "nothing"
    since, n = 0, len(lines)
    for at, line in enumerate(lines):
        found = _words(words[at], above, words[at - 1] if at else [], words[at + 1 : at + 2])
        length = len(line.split())
        shape = {
            "short:4": length < 4, "short:8": length < 8, "long:14": length > 14,
            "long:25": length > 25, "colon": line.endswith(":"), "upper": line.isupper(),
            "stop": line.endswith("."), "heading": headings[at], "lower": line[:1].islower(),
            "line:0": at == 0, "line:3": at < 3, "late": 4 * at > 3 * n, "end:3": at > n - 4,
            "headless": not above, "below": at > 0 and headings[at - 1], "few": n < 4,
            f"says={said[at]}": said[at] is not None, f"under={under}": True,
            f"under={under},short:4": length < 4, f"under={under},short:8": length < 8,
            "bullet": bullets[at], f"under={under},bullet": bullets[at],
        }  # fmt: skip
        found |= {name: 1.0 for name, holds in shape.items() if holds}
        if at:
            found["place"] = at / n
        if since:
            found["since"] = min(since, 12) / 12
        yield found
        since = 0 if headings[at] else since + 1
        if headings[at]:
            above, under = words[at], said[at] or "other words"


def _words(
    own: list[str], above: list[str], before: list[str], after: list[list[str]]
) -> dict[str, float]:
    found = {f"w={word}": 0.7 for word in own}
    found |= {f"b={left} {right}": 0.5 for left, right in pairwise(own)}
    if own:
        found |= {f"first={own[0]}": 1.0, f"end={own[-1]}": 0.7}
    if len(own) > 1:
        found[f"first2={own[0]} {own[1]}"] = 1.0
    found |= {f"h={word}": 1.0 for word in above}
    found |= {f"p={word}": 0.4 for word in before}
    return found | {f"n={word}": 0.3 for line in after for word in line}


def is_heading(line: str) -> bool:
    """Whether a line looks like one that says what follows, or is known to."""
    if job_headings.kind_of(line) is not None:
        return True
    words = line.split()
    if not 0 < len(words) <= HEADING or line.endswith(_ENDS):
        return False
    capitals = sum(word[0].isupper() for word in words)
    return line.endswith(":") or line.isupper() or capitals >= _TITLED * len(words)
