"""Fits src/rolefit/language/claim_kinds.json: what the words around a name say of it.

    python recipes/claim_kinds.py RESUMES.jsonl.gz VALIDATION.jsonl.gz

RESUMES holds the corpus's resumes, a JSON object a line with "id" and "text"; those of VALIDATION's
pairs are left out. recipes/judged/claims.jsonl.gz has lines of the others that were read one by
one, and lines written for this by several writers; claim_templates.tsv has the plainest ways to say
it. Those of the writer HELD and of a fifth of the resumes are not fitted on; what is printed was
measured on them. Needs scikit-learn.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
import zlib
from pathlib import Path
from typing import NamedTuple

import learned
import numpy as np

from rolefit.language import claim_kinds, claims, find_skills
from rolefit.language.claim_kinds import KINDS
from rolefit.language.units import units
from rolefit.reading import from_text

HELD = 5
EACH = 6  # lines of every plain pattern
PLAIN_PATTERNS = learned.HERE / "judged" / "claim_templates.tsv"
PLAIN = 16  # lines of a resume that join as the writer's own, unread
RESUMES = 2_000
PLAIN_COUNTS, PATTERN_COUNTS, WHOLE_COUNTS = 0.3, 2.0, 0.5
# Where one of these stands, a line that nobody read is no claim. A star is any letters.
_DOUBTFUL = """
    no, not, *n't, never, none, neither, nor, without, lack*, cannot, unable, zero, except,
    excluding, other than, rather than, instead of, unfamiliar, unlike, away from, replac*,
    avoid*, hardly, barely, little experience, little knowledge, little or no, weak*, gap,
    gaps, minimal, non, eager, keen, hope, hopes, hoping, want, wants, wanted, wanting,
    would, 'd like, 'd love, wish*, willing*, plan to, plans to, planned, planning to, aim,
    aims, aiming, aspir*, goal, goals, intend*, interest, interests, interested, curious,
    looking for, looking to, looking     forward, looking into, seek*, excited, ready to,
    learn, learns, learning, to study, studying, enrol*, beginner*, someday, some day, one
    day, soon, future, upcoming, explor*, getting into, in progress, next, dream*,
    objective, read about, reading about, read up, reading up, heard, tried, trying, aware*,
    observ*, watch*, shadow*, exposure, open to, course on, courses on, unfinished, if,
    could, might, to be trained, picking up, pick up, beside, alongside, near, sat with,
    hire, hired, hires, hiring, recruit*, interview*, candidate, candidates, reference,
    references, sourced, sourcing, screened, screening, headhunt*, staffing, placed, sold,
    selling, sales of, outsourc*, subcontract*, colleague*, coworker*, peers, brother,
    sister, husband, wife, friend*, competitor*, vendor*, someone, somebody, other, others,
    they, their, his, her, partner team, partner teams, expired, lapsed, yet
"""
_OTHER = re.compile(r"\b[ABC]\b(?!\])")


class Example(NamedTuple):
    heading: str
    before: str
    name: str | None  # None for a line as a whole, which then stands in `before`
    after: str
    kind: int
    counts: float
    held: bool


def main(resumes: str, validation: str) -> None:
    texts = learned.resumes(resumes)
    with gzip.open(validation, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            texts.pop(row["resume"], None)
    read = _read(texts)
    plain = _plain(texts)
    patterns = _patterns(plain)
    named = (*read, *patterns)
    rows = [row for row in (*named, *map(_whole, named), *plain) if row is not None]
    fit_on = [row for row in rows if not row.held]
    model = learned.fit(
        [_features(row) for row in fit_on],
        [row.kind for row in fit_on],
        [row.counts for row in fit_on],
        strength=10,
        seen=3,
        kept=8000,
    )
    claim_kinds.MODEL.clear()
    claim_kinds.MODEL.update(model)
    learned.write(model, Path(claim_kinds.__file__).with_name("claim_kinds.json"))
    _measure("read in resumes", [row for row in read if row.held and row.counts == 1.0])
    _measure("written for this", [row for row in read if row.held and row.counts != 1.0])
    _measure("unread, taken for claims", [row for row in plain if row.held])


def _features(row: Example) -> dict[str, float]:
    if row.name is None:
        return claim_kinds.features_of_all(row.heading, row.before)
    return claim_kinds.features(row.heading, row.before, row.after)


def _read(texts: dict[str, str]) -> list[Example]:
    found = []
    for row in learned.judged("claims.jsonl.gz"):
        kind = KINDS.index(row["kind"])
        if "writer" in row:
            before, _, rest = row["line"].partition("[[")
            name, _, after = rest.partition("]]")
            held = row["writer"] == HELD
            found.append(Example(row["heading"], before, name, after, kind, 0.99, held))
        elif row["resume"] in texts:
            start, end = row["unit"]
            held = _is_held(row["resume"])
            text = texts[row["resume"]]
            found.append(_example(text, start, end, row["name"], kind, 1.0, held))
    return found


def _example(
    text: str, start: int, end: int, name: list[int] | None, kind: int, counts: float, held: bool
) -> Example:
    heading = claims.heading(text, start)
    if name is None:
        return Example(heading, text[start:end], None, "", kind, counts, held)
    first, last = name
    return Example(heading, text[start:first], text[first:last], text[last:end], kind, counts, held)


def _whole(row: Example) -> Example | None:
    """The same line, judged as a whole: most say one thing."""
    if row.name is None:
        return None
    line = row.before + row.name + row.after
    return row._replace(before=line, name=None, after="", counts=row.counts * WHOLE_COUNTS)


def _plain(texts: dict[str, str]) -> list[Example]:
    chance = random.Random(9)
    cues = (re.escape(cue).replace(r"\*", r"\w*") for cue in re.split(r",\s*", _DOUBTFUL.strip()))
    doubtful = re.compile(rf"(?<!\w)(?:{'|'.join(cues)})(?!\w)", re.I)
    found = []
    for key in chance.sample(sorted(texts), min(RESUMES, len(texts))):
        text = texts[key]
        spans = list(units(from_text(text, key)))
        for span in chance.sample(spans, min(PLAIN, len(spans))):
            said = text[span.start : span.end]
            if doubtful.search(said.replace("\u2019", "'")) or not 5 < len(said) < 400:
                continue
            names = [mention for skill in find_skills(said) for mention in skill.mentions]
            name = None
            if names and chance.random() < 0.6:
                mention = chance.choice(names)
                name = [span.start + mention.start, span.start + mention.end]
            found.append(_example(text, span.start, span.end, name, 0, PLAIN_COUNTS, _is_held(key)))
    return found


def _patterns(plain: list[Example]) -> list[Example]:
    """Lines of every plain pattern, [[X]] and A, B, C being things that resumes name."""
    chance = random.Random(4)
    names = sorted({row.name for row in plain if row.name and not row.held})
    found = []
    for line in PLAIN_PATTERNS.read_text(encoding="utf-8").splitlines():
        kind, heading, said = line.split("\t")
        for _ in range(EACH):
            before, _, after = _OTHER.sub(lambda _: chance.choice(names), said).partition("[[X]]")
            name = chance.choice(names)
            row = Example(
                heading, before, name, after, KINDS.index(kind), PATTERN_COUNTS, held=False
            )
            found.append(row)
    return found


def _is_held(resume: str) -> bool:
    return zlib.crc32(resume.encode()) % 5 == 0


def _measure(what: str, rows: list[Example]) -> None:
    if not rows:
        return
    doubts = np.array([1 - _shares(row)[0] for row in rows])
    other = np.array([row.kind > 0 for row in rows])
    told = []
    for least in (claims.UNSURE, claims.DENIED):
        said = doubts >= least
        found = f"{said[other].mean():.1%} of {other.sum()} found" if other.any() else ""
        told.append(f"from {least}: {found}, {said[~other].mean():.2%} of {(~other).sum()} false")
    print(f"{what}: {'; '.join(told)}")


def _shares(row: Example) -> list[float]:
    if row.name is None:
        return claim_kinds.shares_of_all(row.heading, row.before)
    return claim_kinds.shares(row.heading, row.before, row.after)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
