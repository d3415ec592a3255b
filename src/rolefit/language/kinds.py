"""Whether a text is a resume, a job advert, or neither: an invoice, source code, a letter, a log.

A logistic regression on which of 1,500 words a text holds, and on nine counts (lines of code, sums
of money, ranges of years). It was fitted by recipes/kinds.py; docs/log.md has its figures. It knows
English words only, so a text of few known words is at most doubted.
"""

from __future__ import annotations

import json
import math
import re
from pathlib import Path
from typing import Any, NamedTuple

# Weights of each word, of each count, and where they start, for resume, job and other.
MODEL: dict[str, Any] = json.loads(
    Path(__file__).with_name("kinds.json").read_text(encoding="utf-8")
)
KNOWN = 4  # words of a text, at least, that is judged
SURE = 0.85  # with fewer: the probability of neither from which it is doubted
WRITTEN = 0.4  # or the share of its lines that no person writes: code, stamps of time
REFUSED = 0.05  # a probability below which a file is not taken for what it was given as
DOUBTED = 0.5  # and one below which it is doubted
DATED = 2  # ranges of years of a text that is never refused as a resume
LENGTH = 20_000  # characters that are looked at
_WORD = re.compile(r"[a-z]{2,}")
_CODE = re.compile(
    r"[;{}]\s*$|^\s*(?:def|class|import|from|return|if|for|while|const|let|var|public|private"
    r"|static|function|echo|select|insert|create)\b|^\s*(?:#include|//|/\*|\*/|</?\w)"
    r"|=>|==|\(\)|::",
    re.M,
)
_STAMP = re.compile(
    r"^\s*(?:\[?\d{4}-\d\d-\d\d[T ]\d\d:|\d{1,3}(?:\.\d{1,3}){3}\s|\[?\w{3} \d\d? \d\d:\d\d)", re.M
)
_MONEY = re.compile(r"(?:^|\s)[-$\u20ac\u00a3]?\d[\d,]*\.\d\d(?:\s|$)", re.M)
_RANGE = re.compile(
    r"(?:19|20)\d\d\s*(?:-|\u2013|\u2014|to|until){1,3}\s*(?:(?:\d\d?[./])?(?:19|20)\d\d|present|now"
    r"|date|current|today|heute|heden|aujourd|actual|\d\d?/\d{4})",
    re.I,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_REACH = re.compile(
    r"[\w.]+@\w|linkedin|github\.com|(?:\(\d{3}\)|\+\d\d|\b\d{3}[-.])\s?\d{3}", re.I
)
_ASKED = re.compile(r"[?!]")
_SIGN = re.compile(r"[{}()\[\]<>=;_#*/\\|$&]")
_DIGIT = re.compile(r"[0-9]")
_LINE = re.compile(r"[^\n]*\S")


class Kinds(NamedTuple):
    """Probabilities, and what keeps a text from being judged by them."""

    resume: float
    job: float
    other: float
    known: int  # words
    ranges: int  # of years
    machine: float  # share of lines


def kinds(text: str) -> Kinds:
    """What the text reads like."""
    text = text[:LENGTH]
    weights, of_counts, bias = MODEL["words"], MODEL["counts"], MODEL["bias"]
    held = [weights[w] for w in sorted(set(_WORD.findall(text.lower()))) if w in weights]
    share = 1 / math.sqrt(max(4, len(held)))
    counts, ranges = _counts(text)
    sums = [
        bias[kind]
        + share * sum(weight[kind] for weight in held)
        + sum(w * count for w, count in zip(of_counts[kind], counts, strict=True))
        for kind in range(3)
    ]
    powers = [math.exp(value - max(sums)) for value in sums]
    resume, job, other = (power / sum(powers) for power in powers)
    return Kinds(resume, job, other, len(held), ranges, max(counts[:2]))


def _counts(text: str) -> tuple[list[float], int]:
    """Nine shares between 0 and 1, and how many ranges of years there are."""
    lines, length = max(1, len(_LINE.findall(text))), max(1, len(text))
    ranges = len(_RANGE.findall(text))
    shares = [
        len(_CODE.findall(text)) / lines,
        len(_STAMP.findall(text)) / lines,
        len(_MONEY.findall(text)) / lines,
        ranges / 4,
        len(_YEAR.findall(text)) / 8,
        1.0 if _REACH.search(text) else 0.0,
        4 * len(_SIGN.findall(text)) / length,
        3 * len(_DIGIT.findall(text)) / length,
        20 * len(_ASKED.findall(text)) / length,
    ]
    return [min(1.0, share) for share in shares], ranges


def verdict(text: str, side: str) -> tuple[str, str]:
    """("", "") for what may well be a "resume" or "job", as `side` says; else "refused" or
    "doubted", and what it reads like instead."""
    found = kinds(text)
    right = found.resume if side == "resume" else found.job
    wrong = found.job if side == "resume" else found.resume
    few = found.known < KNOWN and found.machine < WRITTEN
    if right >= DOUBTED or (few and (side == "job" or found.ranges or found.other < SURE)):
        return "", ""
    other = "a job advert" if side == "resume" else "a resume"
    like = other if wrong >= found.other else "neither a resume nor a job advert"
    dated = side == "resume" and found.ranges >= DATED
    # Adverts are of more kinds than were seen: only a resume in their place is sure.
    sure = right < REFUSED and not dated and (side == "resume" or wrong >= found.other)
    return ("refused" if sure and not few else "doubted"), like
