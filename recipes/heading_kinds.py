"""Fits src/rolefit/language/heading_kinds.json: which short lines of a resume head a section.

    python recipes/heading_kinds.py RESUMES.jsonl.gz

RESUMES holds the corpus's resumes, a JSON object a line with "id" and "text".
recipes/judged/headings.jsonl.gz has lines of them and of the bench's that were read one by one, and
lines written for this. Those of the last writer and of a fifth of the resumes are not fitted on;
what is printed was measured on them. Needs scikit-learn.
"""

from __future__ import annotations

import random
import re
import sys
import zlib
from pathlib import Path
from typing import NamedTuple

import learned
import numpy as np

from rolefit.language import heading_kinds, sections
from rolefit.language.heading_kinds import HEADINGS, KINDS
from rolefit.language.resume_facts import resume_facts
from rolefit.reading import from_text

WRITERS = 3
TITLED = 600  # resumes whose titles join, unread
TITLE_COUNTS = 0.3
WORD_COUNTS = 1.0
PLAIN = 8  # short lines of such a resume that are plainly no heading
PLAIN_COUNTS = 0.3
_PLAIN = re.compile(r"[0-9@]|://|[.]$|^[-*\u2022\u00b7a-z(]")
KNOWN_COUNTS = 0.3  # of a heading that everybody writes


class Example(NamedTuple):
    before: str
    line: str
    after: str
    kind: int
    counts: float
    held: bool


def main(resumes: str) -> None:
    texts = learned.resumes(resumes)
    read = _read(texts)
    fit_on = [row for row in (*read, *_known(), *_titles(texts), *_lines(texts)) if not row.held]
    model = learned.fit(
        [heading_kinds.features(row.before, row.line, row.after) for row in fit_on],
        [row.kind for row in fit_on],
        [row.counts for row in fit_on],
        strength=3,
        seen=2,
        kept=3000,
    )
    heading_kinds.MODEL.clear()
    heading_kinds.MODEL.update(model)
    learned.write(model, Path(heading_kinds.__file__).with_name("heading_kinds.json"))
    for what, counts in (("resumes", 1.0), ("lines written for this", 0.99)):
        _measure(what, [row for row in read if row.held and row.counts == counts])


def _read(texts: dict[str, str]) -> list[Example]:
    found = []
    for row in learned.judged("headings.jsonl.gz"):
        kind = KINDS.index(row["kind"])
        if "writer" in row:
            lines = row["before"], row["line"], row["after"]
            found.append(Example(*lines, kind, 0.99, row["writer"] == WRITERS))
        elif row["resume"] in texts:
            held = zlib.crc32(row["resume"].encode()) % 5 == 0
            beside = _beside(texts[row["resume"]].split("\n"), row["line"])
            found.append(Example(*beside, kind, 1.0, held))
    return found


def _beside(lines: list[str], at: int) -> tuple[str, str, str]:
    """A line with the one before it and the next that says something."""
    after = next((line for line in lines[at + 1 :] if line.strip()), "")
    return lines[at - 1], lines[at], after


def _known() -> list[Example]:
    """The headings that everybody writes."""
    return [
        Example("", line, "", KINDS.index(kind), KNOWN_COUNTS, held=False)
        for name, kind in sections.KNOWN.items()
        if kind in KINDS
        for line in (name.upper(), name.title(), name.title() + ":")
    ]


def _titles(texts: dict[str, str]) -> list[Example]:
    """Lines of job titles above or below dates, and the last words of titles in lines of their own:
    most people head their jobs with nothing else."""
    chance = random.Random(3)
    entry = KINDS.index("entry")
    found, words = [], set()
    for key in chance.sample(sorted(texts), min(TITLED, len(texts))):
        lines = texts[key].split("\n")
        for position in resume_facts(from_text(texts[key], key)).positions:
            if position.title is None or not position.title.value:
                continue
            words.add(position.title.value.split()[-1].strip(",.;:()"))
            at = texts[key].count("\n", 0, position.title.start)
            if at and not sections.everyday(lines[at]):
                found.append(Example(*_beside(lines, at), entry, TITLE_COUNTS, held=False))
    beside = [(row.before, row.after) for row in found]
    for word in sorted(word for word in words if word.isalpha() and not sections.everyday(word)):
        for line in (word.title(), word.upper()):
            before, after = (
                chance.choice(beside) if chance.random() < 0.4 else ("", chance.choice(beside)[1])
            )
            found.append(Example(before, line, after, entry, WORD_COUNTS, held=False))
    return found


def _lines(texts: dict[str, str]) -> list[Example]:
    """Lines with a figure, an address or a full stop, and items of lists."""
    chance = random.Random(5)
    found = []
    for key in chance.sample(sorted(texts), min(TITLED, len(texts))):
        lines = texts[key].split("\n")
        short = [
            at
            for at, line in enumerate(lines)
            if at and 0 < len(line.strip()) <= 50 and _PLAIN.search(line.strip())
            and not sections.everyday(line)
        ]  # fmt: skip
        for at in chance.sample(short, min(PLAIN, len(short))):
            row = Example(*_beside(lines, at), KINDS.index("text"), PLAIN_COUNTS, held=False)
            found.append(row)
    return found


def _measure(what: str, rows: list[Example]) -> None:
    if not rows:
        return
    said = [heading_kinds.kind_of(row.before, row.line, row.after) for row in rows]
    heads = np.array([row.kind < HEADINGS for row in rows])
    found = np.array([bool(kind) for kind in said])
    right = np.array([kind == KINDS[row.kind] for kind, row in zip(said, rows, strict=True)])
    print(
        f"{what}: of {heads.sum()} headings {found[heads].mean():.1%} are found, "
        f"{right[heads & found].mean():.1%} of these of the right kind; of {(~heads).sum()} other "
        f"short lines {found[~heads].mean():.1%} are taken for one"
    )


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
