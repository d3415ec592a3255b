"""Reads gold_jobs.txt and counts how often rolefit agrees with it."""

from __future__ import annotations

import re
import shlex
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from rolefit.language.job_facts import job_facts
from rolefit.reading import from_text
from rolefit.records import Fact, Requirement

_FILE = Path(__file__).with_name("gold_jobs.txt")
_MARK = re.compile(r"\[\[([RPD])(!?)([^|\]]*)\||\]\]")
_KINDS = {"R": "required", "P": "preferred", "D": "duty"}
_WHOLE = ("title", "years", "level", "education", "licences", "languages")


@dataclass
class Asked:
    """A marked line."""

    start: int
    end: int
    kind: str
    must: bool
    asks: dict[str, str]


@dataclass
class Gold:
    name: str
    says: dict[str, str] = field(default_factory=dict)
    text: str = ""
    asked: list[Asked] = field(default_factory=list)


@dataclass
class Tally:
    """`right[fact]` of `all[fact]`; `misses` says which were not."""

    right: Counter[str] = field(default_factory=Counter)
    all: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def count(self, fact: str, good: bool, miss: str = "") -> None:
        self.all[fact] += 1
        self.right[fact] += good
        if not good:
            self.misses.append(f"{fact}: {miss}")

    def share(self, fact: str) -> float:
        return self.right[fact] / max(1, self.all[fact])

    def table(self) -> str:
        return "\n".join(
            f"{fact:24}{self.right[fact]:4} of {self.all[fact]:3}  {self.share(fact):6.1%}"
            for fact in self.all
        )


def load(path: Path = _FILE) -> list[Gold]:
    golds = []
    for block in re.split(r"^=== ", path.read_text("utf-8"), flags=re.M)[1:]:
        head, _, marked = block.partition("\n---\n")
        name, *says = head.split("\n")
        gold = Gold(name.strip(), dict(line.split(": ", 1) for line in says if line))
        _unmark(marked.strip("\n"), gold)
        golds.append(gold)
    return golds


def held(golds: list[Gold]) -> list[Gold]:
    """Those that src/rolefit/language/line_kinds.json was not fitted on; recipes/line_kinds.py."""
    return golds[1::2]


def _unmark(marked: str, gold: Gold) -> None:
    pieces: list[str] = []
    length = last = 0
    for mark in _MARK.finditer(marked):
        piece = marked[last : mark.start()]
        pieces.append(piece)
        length += len(piece)
        last = mark.end()
        if mark[1]:
            asks = dict(item.split("=", 1) for item in shlex.split(mark[3]))
            gold.asked.append(Asked(length, length, _KINDS[mark[1]], bool(mark[2]), asks))
        else:
            gold.asked[-1].end = length
    gold.text = "".join(pieces) + marked[last:]


def measure(golds: list[Gold]) -> Tally:
    tally = Tally()
    for gold in golds:
        facts = job_facts(from_text(gold.text, gold.name))
        found = {
            "title": _one(facts.title),
            "years": _one(facts.years),
            "level": _one(facts.level),
            "education": _one(facts.education),
            "licences": "; ".join(fact.value for fact in facts.licences),
            "languages": "; ".join(
                fact.value + (f" ({fact.detail})" if fact.detail else "")
                for fact in facts.languages
            ),
        }
        for fact in _WHOLE:
            right = gold.says.get(fact, "")
            miss = f"{gold.name}: {right!r}, got {found[fact]!r}"
            same = _same_job if fact == "title" else str.__eq__
            tally.count(fact, same(found[fact], right), miss)
        _lines(gold, facts.requirements, tally)
    return tally


def _same_job(found: str, right: str) -> bool:
    """Whether one holds all words of the other, and that has half of its words at least."""
    less, more = sorted((set(re.findall(r"\w+", t.lower())) for t in (found, right)), key=len)
    return less <= more and 2 * len(less) >= len(more)


def _one(fact: Fact | None) -> str:
    return fact.value if fact else ""


def _lines(gold: Gold, found: tuple[Requirement, ...], tally: Tally) -> None:
    for asked in gold.asked:
        text = gold.text[asked.start : asked.end]
        near = [(_shared(asked, one), one) for one in found]
        overlap, best = max(near, key=lambda pair: pair[0], default=(0, None))
        total = sum(shared for shared, _ in near)
        good = best is not None and 2 * total >= asked.end - asked.start
        tally.count("lines found", good, f"{gold.name}: {text!r}")
        if not good or best is None or not overlap:
            continue
        tally.count("kind", best.kind == asked.kind, f"{asked.kind}, got {best.kind}: {text!r}")
        tally.count("must", best.must == asked.must, f"{asked.must}: {text!r}")
        years = f"{best.years:g}" if best.years is not None else ""
        for fact, value in (
            ("years of a line", years),
            ("education of a line", best.education),
            ("licences of a line", ";".join(best.licences)),
        ):
            right = asked.asks.get(fact.partition(" ")[0], "")
            if value or right:
                tally.count(fact, value == right, f"{right!r}, got {value!r}: {text!r}")
    for one in found:
        inside = sum(_shared(asked, one) for asked in gold.asked)
        line = gold.text[one.line.start : one.line.end]
        tally.count("found lines that ask", 2 * inside >= len(line), f"{one.kind}: {line!r}")


def _shared(asked: Asked, one: Requirement) -> int:
    return max(0, min(asked.end, one.line.end) - max(asked.start, one.line.start))


if __name__ == "__main__":
    result = measure(held(load()))
    print("\n".join(result.misses), result.table(), sep="\n\n")
