"""What the features beside the cosine read of a document: its units, and its titles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rolefit.evidence import requirement_weights
from rolefit.language.job_facts import job_facts
from rolefit.language.resume_facts import resume_facts
from rolefit.language.units import units
from rolefit.prepare import job_titles, resume_titles
from rolefit.reading import from_text
from rolefit.training.corpus import IntArray


@dataclass(frozen=True, eq=False)
class UnitMap:
    """The units of one document, and its titles."""

    units: IntArray  # (tokens,) number of the unit, -1 outside all
    weights: npt.NDArray[np.float64]  # (units,) what each counts in coverage; of a resume 1
    titles: tuple[str, ...]  # a job's own; a resume's headline, then its positions


def unit_map(text: str, offsets: IntArray, *, job: bool) -> UnitMap:
    """`offsets` (tokens, 2) are character spans; special tokens span nothing."""
    document = from_text(text, name="text")
    found = units(document)
    starts = np.array([unit.start for unit in found], dtype=np.int64)
    ends = np.array([unit.end for unit in found], dtype=np.int64)
    number = np.searchsorted(starts, offsets[:, 0], side="right") - 1
    inside = (number >= 0) & (offsets[:, 1] > offsets[:, 0])
    inside &= offsets[:, 0] < ends[np.maximum(number, 0)] if len(found) else False
    units_ = np.where(inside, number, -1)
    if job:
        facts = job_facts(document, found)
        weights = requirement_weights(found, facts.requirements)
        return UnitMap(units_, weights, job_titles(document, found, facts))
    return UnitMap(units_, np.ones(len(found)), resume_titles(resume_facts(document)))
