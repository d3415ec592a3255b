"""The gold file of resumes: reading it, and how much of it `resume_facts` gets right.

python tests/language/gold.py      prints the table, and what was missed
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from rolefit.language.resume_facts import resume_facts
from rolefit.records import Document, Line, ResumeFacts

GOLD = Path(__file__).with_name("gold_resumes.txt")
NOW = "now"


@dataclass
class Case:
    name: str
    text: str
    facts: dict[str, str] = field(default_factory=dict)
    positions: list[tuple[str, str, str, str]] = field(default_factory=list)


def document(text: str) -> Document:
    lines = tuple(
        Line(match.start(), match.end(), 1) for match in re.finditer(r"[^\n]*\S[^\n]*", text)
    )
    return Document("gold", text, lines, "text", 1, "0" * 64)


def cases(path: Path = GOLD) -> list[Case]:
    """Blocks of "=== name", the text, "--- facts", and lines of "fact: value"."""
    found = []
    for block in path.read_text(encoding="utf-8").split("\n=== ")[1:]:
        name, _, rest = block.partition("\n")
        text, _, facts = rest.partition("\n--- facts\n")
        case = Case(name, text + "\n")
        for line in facts.strip().splitlines():
            fact, _, value = line.partition(":")
            if fact == "position":
                title, employer, first, last = (part.strip() for part in value.split("|"))
                case.positions.append((title, employer, first, last))
            else:
                case.facts[fact] = value.strip()
        found.append(case)
    return found


def month(written: int | None) -> str:
    return "" if written is None else f"{written // 12}-{written % 12 + 1:02}"


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def _list(text: str) -> list[str]:
    return sorted(_plain(part) for part in text.split(",") if part.strip())


def _found_positions(facts: ResumeFacts) -> list[tuple[str, str, str, str]]:
    return [
        (
            position.title.value if position.title else "",
            position.employer.value if position.employer else "",
            month(position.first),
            NOW if position.current else month(position.last),
        )
        for position in facts.positions
    ]


@dataclass
class Tally:
    right: float = 0
    of: float = 0
    wrong: list[str] = field(default_factory=list)

    def count(self, case: Case, found: Iterable[Hashable], gold: Iterable[Hashable]) -> None:
        """Things found that are right, of all that are found or should be, whichever is more."""
        ours, theirs = Counter(found), Counter(gold)
        self.right += (ours & theirs).total()
        self.of += max(ours.total(), theirs.total())
        if ours != theirs:
            self.wrong.append(f"{case.name}: found {list(ours - theirs)} not {list(theirs - ours)}")

    @property
    def share(self) -> float:
        return self.right / self.of if self.of else 1.0


def accuracy(gold: Iterable[Case]) -> dict[str, Tally]:
    tallies = {
        fact: Tally()
        for fact in (
            "titles, employers, ranges, headline, total years within 0.5, claimed years, level, "
            "education, licences, languages"
        ).split(", ")
    }
    for case in gold:
        facts = resume_facts(document(case.text))
        found, held = _found_positions(facts), case.positions
        for column, fact in ((slice(0, 1), "titles"), (slice(1, 2), "employers"),
                             (slice(2, 4), "ranges")):  # fmt: skip
            tallies[fact].count(
                case,
                [tuple(map(_plain, position[column])) for position in found],
                [tuple(map(_plain, position[column])) for position in held],
            )
        years = float(case.facts["years"])
        near = facts.years is not None and abs(facts.years - years) <= 0.5
        singles = {
            "headline": (facts.headline.value if facts.headline else "", "headline"),
            "claimed years": (f"{facts.claimed_years or 0:g}", "claimed"),
            "level": (facts.level.value if facts.level else "", "level"),
        }
        tallies["total years within 0.5"].count(case, [years if near else facts.years], [years])
        for fact, (value, name) in singles.items():
            default = "0" if name == "claimed" else ""
            tallies[fact].count(case, [_plain(value)], [_plain(case.facts.get(name, default))])
        for fact in ("education", "licences", "languages"):
            values = sorted({_plain(one.value) for one in getattr(facts, fact)})
            tallies[fact].count(case, [tuple(values)], [tuple(_list(case.facts.get(fact, "")))])
    return tallies


if __name__ == "__main__":
    table = accuracy(cases())
    for fact, tally in table.items():
        print(f"{fact:24} {tally.right:4.0f} of {tally.of:4.0f}  {tally.share:.2f}")
    for fact, tally in table.items():
        for line in tally.wrong:
            print(f"  {fact}: {line}")
