"""Counterfactual audit: otherwise equal resumes in which only the person changes.

Each case is a resume and a job. One field at a time is swapped and everything else kept; a swap's
shift is its score less that of the same resume with the values it is compared with: the baseline
group where a dimension has one, else the mean of the other groups.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files

import numpy as np

from rolefit.audit.exact import Floats, Test, holm, permutation, sign_flip
from rolefit.audit.people import DEFAULTS, Dimension, dimensions
from rolefit.language.personal import impersonal
from rolefit.reading import from_text
from rolefit.records import Document

MEDIAN = 1.0  # points; the bounds that a group must stay within
P95 = 3.0
ENOUGH = 3  # values a group must have for values, not cases, to be what is permuted
Scorer = Callable[[Sequence[Document], Document], Sequence[float]]  # resumes, job -> scores
_VOICES = {
    "she": ("She", "her", "she/her"),
    "he": ("He", "his", "he/him"),
    "they": ("They", "their", "they/them"),
}


@dataclass(frozen=True, slots=True)
class Case:
    """A resume whose fields can be filled, and a job."""

    name: str
    job: Document
    fields: frozenset[str]  # of DEFAULTS that can be swapped in it
    fill: Callable[[Mapping[str, str]], str]


@dataclass(frozen=True, slots=True)
class Shift:
    """What one group of one dimension does to the score, in points."""

    dimension: str
    group: str
    against: str  # what it is compared with
    swaps: int
    units: int  # values, or resumes, that the test permutes
    unit: str  # "values" or "resumes"
    test: Test
    corrected: float  # p, corrected for all tests of the audit (Holm)
    median: float  # of the sizes of the shifts
    p95: float

    @property
    def passed(self) -> bool:
        return self.median <= MEDIAN and self.p95 <= P95


@dataclass(frozen=True, slots=True)
class Audit:
    shifts: tuple[Shift, ...]
    cases: tuple[str, ...]
    scored: int  # resumes
    remarks: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return all(shift.passed for shift in self.shifts)


def shipped_cases() -> tuple[Case, ...]:
    """The resumes and jobs in templates.txt: made up, nobody's."""
    parts = re.split(r"^== (.+)\n", _template_file(), flags=re.M)[1:]
    texts = dict(zip(parts[::2], parts[1::2], strict=True))
    return tuple(
        Case(name, from_text(texts[f"{name} job"].strip(), f"{name} job"), frozenset(DEFAULTS),
             _filler(text.strip()))
        for name, text in texts.items()
        if not name.endswith(" job")
    )  # fmt: skip


def templates_sha256() -> str:
    return hashlib.sha256(_template_file().encode()).hexdigest()


def given_case(resume: Document, job: Document) -> Case:
    """A resume of the caller's: masked as every resume is, then given a name, a place, a voice."""
    body = impersonal(resume)[0].text

    def fill(values: Mapping[str, str]) -> str:
        full = _full(values)
        return f"{_contact(full)}\n{body}\n\n{_voice(full)}\nInterests: {full['hobbies']}\n"

    swapped = frozenset(("name", "pronouns", "address", "hobbies"))
    return Case(resume.name, job, swapped, fill)


def audit(
    cases: Sequence[Case],
    score: Scorer,
    wanted: Sequence[Dimension] | None = None,
    progress: Callable[[int, int], None] | None = None,
    remarks: Sequence[str] = (),
) -> Audit:
    """Every group of every dimension; what a case cannot swap is left out and remarked."""
    asked = dimensions() if wanted is None else wanted
    scores: dict[tuple[str, str, str], float] = {}  # case, field, value
    scored = 0
    for done, case in enumerate(cases, start=1):
        found = _score_case(case, asked, score)
        scored += len(set(found))
        scores |= {(case.name, *key): value for key, value in found.items()}
        if progress:
            progress(done, len(cases))
    shifts: list[Shift] = []
    told = list(remarks)
    for dimension in asked:
        able = [case.name for case in cases if dimension.field in case.fields]
        if not able:
            told.append(f"{dimension.name}: cannot be swapped in the resume given")
            continue
        shifts += _shifts(dimension, able, scores)
    corrected = holm([shift.test.p for shift in shifts])
    final = [replace(s, corrected=p) for s, p in zip(shifts, corrected, strict=True)]
    return Audit(tuple(final), tuple(case.name for case in cases), scored, tuple(told))


def _score_case(
    case: Case, asked: Sequence[Dimension], score: Scorer
) -> dict[tuple[str, str], float]:
    """By field and value; a text that comes twice is scored once."""
    keys = dict.fromkeys(
        (dimension.field, value)
        for dimension in asked
        if dimension.field in case.fields
        for values in dimension.groups.values()
        for value in values
    )
    texts = {key: case.fill({key[0]: key[1]}) for key in keys}
    distinct = list(dict.fromkeys(texts.values()))
    people = [from_text(text, "resume") for text in distinct]
    by_text = (
        dict(zip(distinct, map(float, score(people, case.job)), strict=True)) if people else {}
    )
    return {key: by_text[text] for key, text in texts.items()}


def _shifts(
    dimension: Dimension, cases: Sequence[str], scores: Mapping[tuple[str, str, str], float]
) -> Iterator[Shift]:
    table = {  # (cases, values) a group
        group: np.array([[scores[case, dimension.field, value] for value in values]
                         for case in cases])
        for group, values in dimension.groups.items()
    }  # fmt: skip
    means = {group: found.mean(axis=1) for group, found in table.items()}
    by_value = not dimension.baseline and all(v.shape[1] >= ENOUGH for v in table.values())
    centre = np.mean(list(means.values()), axis=0)
    for group, found in table.items():
        if group == dimension.baseline:
            continue
        others = [other for other in table if other != group]
        compared = [dimension.baseline] if dimension.baseline else others
        against = np.mean([means[other] for other in compared], axis=0)
        shifts = found - against[:, None]
        if by_value:
            test = permutation(
                _by_value(found, centre),
                [value for other in others for value in _by_value(table[other], centre)],
            )
        else:
            test = sign_flip([float(value) for value in shifts.mean(axis=1)])
        size = np.abs(shifts)
        yield Shift(
            dimension.name, group, dimension.baseline or "the other groups", shifts.size,
            found.shape[1] if by_value else len(cases), "values" if by_value else "resumes",
            test, 1.0, float(np.median(size)), float(np.percentile(size, 95)),
        )  # fmt: skip


def _by_value(found: Floats, centre: Floats) -> list[float]:
    return [float(value) for value in (found - centre[:, None]).mean(axis=0)]


def _template_file() -> str:
    return files("rolefit.audit").joinpath("templates.txt").read_text(encoding="utf-8")


def _filler(template: str) -> Callable[[Mapping[str, str]], str]:
    def fill(values: Mapping[str, str]) -> str:
        full = _full(values)
        gap = int(full["gap"])  # the earlier job lies further back: the time worked is the same
        return template.format(
            Contact=_contact(full), Voice=_voice(full), hobbies=full["hobbies"],
            school=full["school"], start=2016 - gap, end=2021 - gap,
            graduated=f", {full['graduated']}" if full["graduated"] else "",
        )  # fmt: skip

    return fill


def _full(values: Mapping[str, str]) -> dict[str, str]:
    return {**DEFAULTS, **values}


def _contact(values: Mapping[str, str]) -> str:
    """The head of a resume; the e-mail follows the name, as it does in life."""
    handle = ".".join(re.findall(r"[a-z]+", values["name"].lower()))
    pronouns = _VOICES[values["pronouns"]][2]
    return f"{values['name']} ({pronouns})\n{values['address']} | {handle}@example.org"


def _voice(values: Mapping[str, str]) -> str:
    subject, possessive, _ = _VOICES[values["pronouns"]]
    return (
        f"From a reference: {subject} always finished {possessive} work on time "
        f"and helped {possessive} colleagues."
    )
