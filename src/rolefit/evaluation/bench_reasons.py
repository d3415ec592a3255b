"""Whether the reasons are right: statuses, quotes, adverts' lines, facts of resumes.

Counted job by job (facts: resume by resume), so that intervals come from drawing whole documents.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from rolefit.evaluation.bench import AS_OF, STATUSES, Bench, Row
from rolefit.evaluation.result import COVERED, Value
from rolefit.matcher import Matcher
from rolefit.prepare import Job, ReadResume, resume_as_read
from rolefit.reading import from_text
from rolefit.records import Evidence
from rolefit.training.metrics import resample

Span = Sequence[int]
Counts = dict[str, list[float]]  # figure -> [right, of]
ASKS = ("required", "preferred", "duty")
# Levels that a reader tells apart and rolefit does not, and what it calls them.
_LEVELS = {"entry": ("intern", "entry"), "junior": ("intern", "entry"),
           "lead": ("senior", "manager")}  # fmt: skip
_LEAST = 3  # pieces of evidence for which the most used line says something
LABELS = {
    "status": "status right",
    "f1": "status, macro F1",
    "status_found": "status right, of requirements found",
    "false_met": "called met, but not shown",
    "quote": "a quoted passage overlaps the label's",
    "most_used": "evidence on the most used line",
    "title": "advert: title right",
    "taken": "advert: non-requirements taken for requirements",
    "recall": "advert: requirements found",
    "licence_p": "resume: licences, precision",
    "licence_r": "resume: licences, recall",
    "level": "resume: level right",
    "years": "resume: years of work within one",
    "skills": "resume: skills, recall",
}


@dataclass(frozen=True)
class Reasons:
    """Figures by the keys of LABELS, and what they were counted on."""

    values: dict[str, Value]
    counted: dict[str, int]


def reasons(
    matcher: Matcher,
    bench: Bench,
    bootstrap: int = 1_000,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> Reasons:
    """What `matcher` explains and reads, held against the labels of `bench`."""
    by_job: dict[str, dict[str, list[Row]]] = {}
    for row in bench.evidence:
        by_job.setdefault(row["job"], {}).setdefault(row["resume"], []).append(row)
    adverts, confusion = [], []
    for done, row in enumerate(bench.adverts, start=1):
        job = matcher.intake.job(bench.texts[row["job"]])
        counts, table = advert_counts(row, job), np.zeros((3, 4))
        pairs = by_job.get(row["job"], {})
        explain = matcher.explainer(bench.texts[row["job"]]) if pairs else None
        for resume, labels in pairs.items():
            assert explain is not None
            evidence_counts(labels, explain(bench.texts[resume]).evidence, counts, table)
        adverts.append(counts)
        confusion.append(table)
        if progress:
            progress(done, len(bench.adverts))
    people = [fact_counts(row, resume_as_read(from_text(bench.texts[row["resume"]], "text"), AS_OF))
              for row in bench.facts]  # fmt: skip
    values = {**_ratios(adverts, bootstrap, seed), **_ratios(people, bootstrap, seed)}
    values["f1"] = _f1(np.array(confusion).reshape(-1, 3, 4), bootstrap, seed)
    pairs_labelled = sum(len(pairs) for pairs in by_job.values())
    counted = {"requirements": len(bench.evidence), "pairs": pairs_labelled,
               "adverts": len(bench.adverts), "resumes": len(bench.facts)}  # fmt: skip
    return Reasons({key: values[key] for key in LABELS if key in values}, counted)


def evidence_counts(
    labels: Sequence[Row], evidence: Sequence[Evidence], counts: Counts, table: Any
) -> None:
    """Adds one pair to `counts` and to `table` (labelled status, status given or none)."""
    for row in labels:
        found = _nearest(row["requirement_span"], evidence)
        given = found.status if found else ""
        table[STATUSES.index(row["status"]), STATUSES.index(given) if found else 3] += 1
        right = given == row["status"]
        _add(counts, "status", right)
        if found:
            _add(counts, "status_found", right)
        if given == "met":
            _add(counts, "false_met", row["status"] == "not shown")
        if row["quote_span"]:
            shown = [s.line for s in found.support] if found else []
            _add(counts, "quote", any(_overlap(row["quote_span"], (s.start, s.end)) for s in shown))
    first = [e.support[0].line.start for e in evidence if e.support and e.status != "not shown"]
    if len(first) >= _LEAST:
        _add(counts, "most_used", max(Counter(first).values()) / len(first))


def advert_counts(row: Row, job: Job) -> Counts:
    """Title, requirements found, other lines taken for some."""
    counts: Counts = {}
    title, label = job.facts.title, row["title"]
    if title is None or label is None:
        _add(counts, "title", title is None and label is None)
    else:
        # The same words, or most of them at the same place: "Nurse" of "Nurse (nights)".
        same = _words(job.document.text[title.start : title.end]) == _words(label["text"])
        shared = _overlap(label["span"], (title.start, title.end))
        longest = max(label["span"][1] - label["span"][0], title.end - title.start)
        _add(counts, "title", same or shared >= longest / 2)
    asks = [line["span"] for line in row["lines"] if line["kind"] in ASKS]
    found = [(r.line.start, r.line.end) for r in job.facts.requirements]
    for line in row["lines"]:
        over = [span for span in found if _mostly(line["span"], span)]
        if line["kind"] in ASKS:
            _add(counts, "recall", bool(over))
        else:
            # A line that asks for something as well is rightly taken.
            _add(counts, "taken", any(not any(_mostly(a, s) for a in asks) for s in over))
    return counts


def fact_counts(row: Row, resume: ReadResume) -> Counts:
    """Licences, level, years and skills of one resume."""
    counts: Counts = {}
    facts, skills = resume.moved.back((resume.facts, resume.skills))
    held = [x["span"] for x in row["licences"] if x["state"] == "held"]
    # Each place once: a CDL of class A is there as two licences.
    found = list(dict.fromkeys((fact.start, fact.end) for fact in facts.licences))
    for span in found:
        _add(counts, "licence_p", any(_overlap(label, span) for label in held))
    for label in held:
        _add(counts, "licence_r", any(_overlap(label, span) for span in found))
    if row["level"]:
        right = _LEVELS.get(row["level"], (row["level"],))
        _add(counts, "level", facts.level is not None and facts.level.value in right)
    if row["years"] is not None:
        _add(counts, "years", facts.years is not None and abs(facts.years - row["years"]) <= 1)
    named = [(m.start, m.end) for skill in skills for m in skill.mentions]
    for skill in row["skills"]:
        _add(counts, "skills", any(_overlap(skill["span"], span) for span in named))
    return counts


def _nearest(span: Span, evidence: Iterable[Evidence]) -> Evidence | None:
    best, most = None, 0
    for one in evidence:
        shared = _overlap(span, (one.requirement.line.start, one.requirement.line.end))
        if shared > most:
            best, most = one, shared
    return best


def _overlap(left: Span, right: Span) -> int:
    return max(0, min(left[1], right[1]) - max(left[0], right[0]))


def _mostly(left: Span, right: Span) -> bool:
    return _overlap(left, right) * 2 > min(left[1] - left[0], right[1] - right[0])


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in text.casefold()).split()


def _add(counts: Counts, key: str, right: float) -> None:
    cell = counts.setdefault(key, [0.0, 0.0])
    cell[0] += right
    cell[1] += 1


def _ratios(counts: Sequence[Mapping[str, list[float]]], times: int, seed: int) -> dict[str, Value]:
    """Each figure over all documents, with the interval of drawing documents anew."""
    found = {}
    for key in {key for each in counts for key in each}:
        cells = np.array([each.get(key, (0.0, 0.0)) for each in counts])
        right, of = cells.sum(axis=0)
        drawn = _draws(len(cells), times, seed) @ cells
        kept = drawn[drawn[:, 1] > 0]
        found[key] = _value(right / of, kept[:, 0] / kept[:, 1])
    return found


def _f1(tables: Any, times: int, seed: int) -> Value:
    """Mean F1 of the three statuses; a requirement that was not found is right for none."""
    if not tables.sum():
        return Value(None, why="no statuses")

    def score(table: Any) -> float:
        right = np.diagonal(table[:, :3])
        both = table.sum(axis=1) + table[:, :3].sum(axis=0)
        return float(np.mean(2 * right[both > 0] / both[both > 0]))

    draws = np.tensordot(_draws(len(tables), times, seed), tables, axes=1)
    return _value(score(tables.sum(axis=0)), [score(d) for d in draws if d.sum()])


def _draws(documents: int, times: int, seed: int) -> Any:
    return resample(documents, times, seed) if times and documents > 1 else np.zeros((0, documents))


def _value(value: float, drawn: Any) -> Value:
    if not len(drawn):
        return Value(float(value), why="no interval: one document, or none asked for")
    tail = 50 * (1 - COVERED)
    low, high = np.percentile(drawn, [tail, 100 - tail])
    return Value(float(value), float(low), float(high))
