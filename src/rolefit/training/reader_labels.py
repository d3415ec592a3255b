"""Judged requirements -> what the reader is taught with.

{"resume": id, "job": id, "span": [start, end] of the job's text,
 "kind": "required", "preferred" or "duty", "status": "not shown", "partly" or "met",
 "quote": [start, end] of the resume's text, or null}
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rolefit.encode import TextEncoder
from rolefit.errors import DataError
from rolefit.evidence import assess
from rolefit.prepare import Job, Resume, prepare_job, prepare_resume
from rolefit.reader.passages import Passages, passages
from rolefit.reader.scalars import KINDS
from rolefit.reading import from_text
from rolefit.records import STATUSES, Ask, Finding, Line
from rolefit.training.corpus import read_jsonl


@dataclass(frozen=True, slots=True)
class Asked:
    """One judged requirement of a pair."""

    text: str
    kind: str
    status: int  # place in STATUSES
    speaking: frozenset[int]  # passages that the quote touches
    finding: Finding  # what rules found


@dataclass(frozen=True, slots=True, eq=False)
class JudgedPair:
    """A resume, a job, and all that was judged of the two."""

    resume_id: str
    job_id: str
    resume: Resume
    shown: Passages
    title: str
    asked: tuple[Asked, ...]


def read_judged(
    labels: Sequence[Path],
    resumes: Mapping[str, str],
    jobs: Mapping[str, str],
    encoder: TextEncoder,
    as_of: int,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[JudgedPair]:
    """`resumes` and `jobs` map ids to texts. Raises DataError with the row that does not fit."""
    rows: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for path in labels:
        for number, row in enumerate(read_jsonl(path), start=1):
            _check(row, f"{path}, row {number}", resumes, jobs)
            rows[row["resume"], row["job"]].append(row)
    people: dict[str, tuple[Resume, Passages]] = {}
    wanted: dict[str, Job] = {}
    found = []
    for done, ((resume, job), judged) in enumerate(rows.items(), start=1):
        if resume not in people:
            person = prepare_resume(from_text(resumes[resume], name=resume), encoder, as_of)
            people[resume] = (person, passages(person, as_of))
        if job not in wanted:
            wanted[job] = prepare_job(from_text(jobs[job], name=job), encoder, as_of)
        found.append(_pair(resume, job, people[resume], wanted[job], jobs[job], judged, encoder))
        progress(done, len(rows))
    return found


def _check(row: Any, where: str, resumes: Mapping[str, str], jobs: Mapping[str, str]) -> None:
    fields = row if isinstance(row, dict) else {}
    for side, texts in (("resume", resumes), ("job", jobs)):
        if fields.get(side) not in texts:
            raise DataError(f"{where}: no text of {side} {fields.get(side)!r} was given")
    if fields.get("status") not in STATUSES or fields.get("kind") not in KINDS:
        raise DataError(
            f"{where}: expected a status of {', '.join(STATUSES)} and a kind of "
            f"{', '.join(KINDS)}, got {fields.get('status')!r} and {fields.get('kind')!r}"
        )
    span = fields.get("span")
    if not (isinstance(span, list) and len(span) == 2 and 0 <= span[0] < span[1]):
        raise DataError(f"{where}: expected a span [start, end] of the job's text, got {span!r}")
    quote = fields.get("quote")
    if quote is not None and not (isinstance(quote, list) and len(quote) == 2):
        raise DataError(f"{where}: expected a quote [start, end] or null, got {quote!r}")


def _pair(
    resume_id: str,
    job_id: str,
    person: tuple[Resume, Passages],
    job: Job,
    advert: str,
    judged: Iterable[dict[str, Any]],
    encoder: TextEncoder,
) -> JudgedPair:
    resume, shown = person
    findings = assess(resume.profile, job.profile, encoder.bundle.line_scale)
    by_unit = {finding.ask.unit: finding for finding in findings}
    asked = []
    for row in judged:
        start, end = row["span"]
        unit = _most_overlapping(job.units, start, end)
        quote = row.get("quote")
        speaking = (
            frozenset(
                number
                for number, line in enumerate(resume.units[: len(shown.texts)])
                if line.start < quote[1] and quote[0] < line.end
            )
            if quote
            else frozenset()
        )
        asked.append(
            Asked(
                " ".join(advert[start:end].split()),
                row["kind"],
                STATUSES.index(row["status"]),
                speaking,
                by_unit.get(unit, _nothing(max(unit, 0), row["kind"])),
            )
        )
    title = job.facts.title.value if job.facts.title else ""
    return JudgedPair(resume_id, job_id, resume, shown, title, tuple(asked))


def _most_overlapping(units: Sequence[Line], start: int, end: int) -> int:
    """-1 where no unit holds any of it."""

    def overlap(i: int) -> int:
        return min(units[i].end, end) - max(units[i].start, start)

    best = max(range(len(units)), key=overlap, default=-1)
    return best if best >= 0 and overlap(best) > 0 else -1


def _nothing(unit: int, kind: str) -> Finding:
    """Where rules see no requirement."""
    ask = Ask(unit, 1.0, kind, False, None, -1, (), ())
    return Finding(ask, 0.5, 0.0, (), (), "", ())
