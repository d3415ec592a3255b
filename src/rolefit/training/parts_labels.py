"""Labels of the four parts: scored pairs and judged parts, and the profiles of their documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from rolefit.encode import TextEncoder
from rolefit.errors import DataError
from rolefit.evidence import CAP, assess, missing_licences
from rolefit.features import FEATURES
from rolefit.parts import MOST, NAMES, SCALARS
from rolefit.prepare import prepare_job, prepare_resume
from rolefit.reading import from_text
from rolefit.records import FloatArray, Profile
from rolefit.training.corpus import document_rows, is_reserved, text_of
from rolefit.training.tables import read_rows

SECOND = 0.6  # what a score counts that is not of the first file: its judge is noisier
Profiles = dict[tuple[str, str], Profile]  # ("resume", id), ("titled", id), ("plain", id)


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair with a score, with parts, or with both."""

    resume: str
    job: str
    score: float | None
    parts: tuple[float, ...] | None
    capped: bool = False  # a hard requirement is missing, says the judge
    weight: float = 1.0
    scalars: dict[str, FloatArray] = field(default_factory=dict)  # by "titled" and "plain"
    highest: dict[str, float] = field(default_factory=dict)  # what a missing licence holds it at

    def total(self, cap: float) -> float:
        """The score, or what the parts come to."""
        if self.score is not None:
            return self.score
        whole = sum(self.parts or ())
        return min(whole, cap) if self.capped else whole


def read_judged(
    labels: Sequence[Path],
    held_out: Sequence[Path],
    resumes: Sequence[Path],
    adverts: Sequence[Path],
) -> tuple[list[Judged], list[Judged]]:
    """Pairs to fit on and pairs to measure on. Raises DataError naming the lines that are wrong,
    and a document that both have."""
    known = {"resume": set(_texts(resumes)), "job": set(_texts(adverts))}
    fit_on, unseen = (_read(paths, known) for paths in (labels, held_out))
    for side in ("resume", "job"):
        both = {getattr(p, side) for p in fit_on} & {getattr(p, side) for p in unseen}
        if both:
            raise DataError(
                f"{len(both):,} {side}s are in the labels to fit on and in those held out, "
                f"{min(both)} among them; leave their rows out: recipes/hold_out.py"
            )
    if not fit_on or not unseen:
        raise DataError("expected labels to fit on and labels held out, got none of one kind")
    return fit_on, unseen


def _read(paths: Sequence[Path], known: Mapping[str, set[str]]) -> list[Judged]:
    found: dict[tuple[str, str], Judged] = {}
    wrong: list[str] = []
    for place, path in enumerate(paths):
        for where, row in read_rows(path):
            if isinstance(row, str):
                wrong.append(f"{path}, {where}: {row}")
                continue
            if is_reserved(row):
                continue
            row = _with_numbers(row)
            if problem := _problem(row, known):
                wrong.append(f"{path}, {where}: {problem}")
                continue
            key = row["resume"], row["job"]
            old = found.get(key) or Judged(*key, None, None)
            if "score" in row and old.score is None:
                old = replace(old, score=float(row["score"]), weight=SECOND if place else 1.0)
            if NAMES[0] in row:
                points = tuple(float(row[name]) for name in NAMES)
                old = replace(old, parts=points, capped=bool(row.get("cap")))
            found[key] = old
    if wrong:
        raise DataError(f"{len(wrong):,} label rows cannot be used:\n" + "\n".join(wrong[:20]))
    return list(found.values())


def _with_numbers(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row with numbers for what a CSV writes as text, without its empty cells."""
    found = {name: value for name, value in row.items() if value != ""}
    for name in ("score", *NAMES):
        if isinstance(value := found.get(name), str):
            with suppress(ValueError):
                found[name] = float(value)
    if str(found.get("cap")).lower() in ("false", "0", "no"):
        found["cap"] = False
    return found


def _problem(fields: Mapping[str, Any], known: Mapping[str, set[str]]) -> str:
    for side in ("resume", "job"):
        if fields.get(side) not in known[side]:
            return f"unknown {side} {fields.get(side)}"
    if "score" not in fields and NAMES[0] not in fields:
        return f"expected a score, or {', '.join(NAMES)}"
    limits = {"score": 100.0} if "score" in fields else {}
    limits |= dict(zip(NAMES, MOST, strict=True)) if NAMES[0] in fields else {}
    for name, most in limits.items():
        value: Any = fields.get(name)
        if type(value) not in (int, float) or not 0 <= value <= most:
            return f"expected {name} from 0 to {most:.0f}, got {value}"
    return ""


def profiles(
    pairs: Iterable[Judged],
    resumes: Sequence[Path],
    adverts: Sequence[Path],
    encoder: TextEncoder,
    progress: Callable[[int, int], None] | None = None,
) -> Profiles:
    """Profiles of all documents of `pairs`, of an advert with its title line and without."""
    people, jobs = _texts(resumes), _texts(adverts)
    wanted: dict[tuple[str, str], str] = {}
    for pair in pairs:
        wanted["resume", pair.resume] = text_of(people[pair.resume])
        wanted["titled", pair.job] = text_of(jobs[pair.job])
        wanted["plain", pair.job] = str(jobs[pair.job]["text"])

    def profile(key: tuple[str, str]) -> Profile:
        document = from_text(wanted[key], key[1])
        prepare = prepare_resume if key[0] == "resume" else prepare_job
        return prepare(document, encoder).profile

    found: Profiles = {}
    for key, value in zip(wanted, encoder.map(profile, list(wanted)), strict=True):
        found[key] = value
        if progress:
            progress(len(found), len(wanted))
    return found


def with_scalars(pairs: Sequence[Judged], known: Profiles) -> list[Judged]:
    """The pairs with the features that the head starts from, for both forms of the advert."""
    found = []
    for pair in pairs:
        resume = known["resume", pair.resume]
        scalars, highest = {}, {}
        for side in ("titled", "plain"):
            job = known[side, pair.job]
            findings = assess(resume, job, (0.0, 1.0))
            values = [FEATURES[name](resume, job, findings) for name in SCALARS]
            scalars[side] = np.array(values, np.float32)
            highest[side] = CAP if missing_licences(findings) else 100.0
        found.append(replace(pair, scalars=scalars, highest=highest))
    return found


def _texts(paths: Sequence[Path]) -> dict[str, dict[str, Any]]:
    return {str(row["id"]): row for path in paths for row in document_rows(path)}
