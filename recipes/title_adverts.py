"""Adverts whose title is known, for recipes/job_title.py: which of their words name the job.

Labels of the corpus are titles that may not stand in the text; what has most of their words there,
without the place, the pay and the praise, is taken to name the job.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from rolefit.language import job_title, line_kinds
from rolefit.language.job_title import SHORT, Candidate
from rolefit.language.levels import level_of
from rolefit.language.roles import ORGANISATIONS
from rolefit.language.units import units
from rolefit.prepare import as_seen
from rolefit.reading import from_text
from rolefit.records import Line

HERE = Path(__file__).parent
HELD = 10  # one advert of so many is held out
UNSURE = 0.15  # weight of an advert in which nothing has the words of its title
ALIKE = 0.5  # F1 of the words of a title and of what was found, from which both name the same job
CUT = re.compile(r"\s+[-\u2013\u2014|]+\s*|\s*[(),:!*]\s*|\s*[-\u2013\u2014]\s+")
_NOISE = re.compile(
    r"[$\u00a3\u20ac]|\d{3}|\b(?:remote|hybrid|on-?site|(?:full|part)[- ]time|[ft]/t|days?|nights?"
    r"|shifts?|evenings?|weekends?|verification|contract|temp\w*|perm\w*|urgent\w*|immediate\w*"
    r"|needed|wanted|hiring|hours?|hrs?|pay|bonus|benefits|training|sign|up to|no"
    r"|great|growing|opportunit\w+|prn|20\d\d|m/f.*)\b|\b[A-Z]{2}$",
    re.I,
)
ABOUT = re.compile(r"\s+(?:in|at|for|needed|wanted|with)\s.*|^(?:now hiring|hiring)\W+", re.I)
_WORD = re.compile(r"[a-z0-9+#]+")
_NAME = re.compile(r"\b[A-Z][a-z]{3,}\b")
_PLACES = (
    "Dayton, OH", "Leeds", "Cork / Limerick", "Pune - Hinjewadi", "Location: Graz", "Full-time",
    "Lagos (on-site)", "Perth WA", "Manila \u00b7 Hybrid",
)  # fmt: skip
_SAME = {"rn": "registered nurse", "lpn": "practical nurse", "lvn": "vocational nurse",
         "sr": "senior", "jr": "junior", "cna": "nursing assistant", "asst": "assistant",
         "mgr": "manager", "hr": "human resources", "rep": "representative", "tech": "technician",
         "dev": "developer"}  # fmt: skip


class Advert(NamedTuple):
    text: str
    title: str  # as labelled
    found: list[Candidate]
    right: frozenset[int]  # of `found`; empty where none is
    weight: float
    held: bool
    cut: bool = False  # read without the line that is its title


def rows(path: str | Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def words_of(text: str) -> list[str]:
    text = " ".join(_SAME.get(word, word) for word in _WORD.findall(text.lower()))
    return [word.removesuffix("s") if len(word) > 3 else word for word in text.split()]


def core(title: str) -> str:
    """Without the place, the pay and the praise."""
    parts = [part for part in CUT.split(title) if part]
    parts = [part for part in parts if not _NOISE.search(part)] or parts[:1]
    named = next((n for n, part in enumerate(parts) if level_of(part)), 0)
    return " ".join(ABOUT.sub("", part) for part in parts[: named + 2])


def alike(left: str, right: str) -> float:
    """F1 of the words of two titles."""
    a, b = set(words_of(left)) - job_title._FUNCTION, set(words_of(right)) - job_title._FUNCTION
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def corpus(jobs: str, left_out: set[str]) -> Iterator[Advert]:
    for row in rows(jobs):
        if not row["reserved"] and row["id"] not in left_out:
            held = crc32(row["id"].encode()) % HELD == 0
            yield from _both(row["text"], row["title"], None, 1.0, held)


def bench() -> Iterator[Advert]:
    folder = HERE.parent / "bench"
    documents, adverts = (
        [json.loads(line) for line in (folder / f"{name}.jsonl").open(encoding="utf-8")]
        for name in ("documents", "adverts")
    )
    train = {row["id"]: row["text"] for row in documents if row["split"] == "train"}
    for row in adverts:
        if row["job"] in train:
            title = row["title"] or {"text": "", "span": None}
            yield from _both(train[row["job"]], title["text"], title["span"], 5.0)


def gold() -> Iterator[Advert]:
    """The adverts of the language tests but those that measure."""
    sys.path.insert(0, str(HERE.parent / "tests" / "language"))
    from gold_jobs import held, load

    golds = load()
    kept = {gold.name for gold in held(golds)}
    for gold in golds:
        title = gold.says.get("title", "")
        if gold.name not in kept and title in gold.text:
            start = gold.text.index(title)
            yield from _both(gold.text, title, (start, start + len(title)), 2.0)


def _both(
    text: str, title: str, span: Sequence[int] | None, weight: float, held: bool = False
) -> Iterator[Advert]:
    """The advert, and the same without the short line, one of the first, that is its title."""
    whole, lines = _advert(text, title, span, weight, held, cut=False)
    if whole.weight:
        yield whole
    starts = [whole.found[n].start for n in whole.right]
    short = [line for line in lines[:4] if len(text[line.start : line.end].split()) <= SHORT]
    named = [line for line in short if any(line.start <= at < line.end for at in starts)]
    if named and whole.text == text:
        rest = text[: named[0].start] + text[named[0].end :]
        chance = random.Random(title)
        if weight == 1 and chance.random() < 0.6:
            rest = _letterhead(chance, text) + rest
        less, _ = _advert(rest, title, None, 0.7 * weight, held, cut=True)
        if less.weight:
            yield less


def _advert(
    text: str, title: str, span: Sequence[int] | None, weight: float, held: bool, cut: bool
) -> tuple[Advert, Sequence[Line]]:
    document = as_seen(from_text(text, "advert"))
    lines = units(document)
    kinds = [line.kind for line in line_kinds.read([document.line_text(line) for line in lines])]
    found = job_title.candidates(document.text, lines, kinds)
    right, sure = _right(document.text, found, title, span)
    return Advert(document.text, title, found, right, weight * sure, held, cut), lines


def _letterhead(chance: random.Random, text: str) -> str:
    """A firm and a place, as they stand above many adverts."""
    names = _NAME.findall(text)[:200] or ["Norvale"]
    firm = chance.sample(names, min(len(names), chance.randint(1, 2)))
    firm.append(chance.choice(sorted(ORGANISATIONS)).title())
    rows = [" ".join(firm), chance.choice(_PLACES), ""]
    if chance.random() < 0.3:
        rows[0] = rows[0].upper()
    return "\n".join(rows[: chance.randint(1, 3)]) + "\n"


def _right(
    text: str, found: Sequence[Candidate], title: str, span: Sequence[int] | None
) -> tuple[frozenset[int], float]:
    """The candidates that name the job, and how sure that is."""
    if not title:
        return frozenset(), 1.0  # read by a person, who found none
    if span:
        shares = [_shared(one, span) for one in found]
        best = max(shares, default=0)
        same = [words_of(text[one.start : one.end]) == words_of(title) for one in found]
        right = [n for n, share in enumerate(shares) if share >= 0.95 * best or same[n]]
        return (frozenset(right), 1.0) if best >= ALIKE else (frozenset(), 0.0)
    rates = [_same_job(text[one.start : one.end], core(title)) for one in found]
    best = max(rates, default=0)
    if best < ALIKE:
        return frozenset(), UNSURE
    return frozenset(n for n, rate in enumerate(rates) if rate >= best - 1e-9), best


def _shared(one: Candidate, span: Sequence[int]) -> float:
    over = min(one.end, span[1]) - max(one.start, span[0])
    return max(over, 0) / max(one.end - one.start, span[1] - span[0])


def _same_job(said: str, title: str) -> float:
    """`alike`, less what joins words that the title does not join, or ends in another noun."""
    joined = set(said.lower().split()) & job_title._FUNCTION - set(title.lower().split())
    words = words_of(said)
    ends = words and (words[-1] in words_of(title) and job_title.is_end(words[-1]))
    return alike(said, title) * (1 if ends else 0.8) - 0.15 * len(joined)
