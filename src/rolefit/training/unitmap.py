"""What the features beside the cosine read of a document: its units, and its titles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rolefit.evidence import requirement_weights
from rolefit.language.job_facts import job_facts
from rolefit.language.units import units
from rolefit.prepare import as_seen, job_titles, resume_as_read, resume_titles
from rolefit.reading import from_text
from rolefit.records import Document, ResumeFacts
from rolefit.training.corpus import IntArray


@dataclass(frozen=True, eq=False)
class UnitMap:
    """The units of one document, and its titles."""

    units: IntArray  # (tokens,) number of the unit, -1 outside all
    weights: npt.NDArray[np.float64]  # (units,) what each counts in coverage; of a resume 1
    titles: tuple[str, ...]  # a job's own; a resume's headline, then its positions


def as_scored(text: str, *, job: bool) -> tuple[Document, ResumeFacts | None]:
    """What a score reads of a text, and the facts of a resume."""
    document = from_text(text, name="text")
    if job:
        return as_seen(document), None
    read = resume_as_read(document)
    return read.document, read.facts


def unit_map(document: Document, facts: ResumeFacts | None, offsets: IntArray) -> UnitMap:
    """Of what `as_scored` gave. `offsets` (tokens, 2) are character spans; special tokens span
    nothing."""
    found = units(document)
    starts = np.array([unit.start for unit in found], dtype=np.int64)
    ends = np.array([unit.end for unit in found], dtype=np.int64)
    number = np.searchsorted(starts, offsets[:, 0], side="right") - 1
    inside = (number >= 0) & (offsets[:, 1] > offsets[:, 0])
    inside &= offsets[:, 0] < ends[np.maximum(number, 0)] if len(found) else False
    units_ = np.where(inside, number, -1)
    if facts is not None:
        return UnitMap(units_, np.ones(len(found)), resume_titles(facts))
    asked = job_facts(document, found)
    weights = requirement_weights(found, asked.requirements)
    return UnitMap(units_, weights, job_titles(asked))
