"""Two Profiles -> the named numbers that the mapper turns into a score.

A feature is a function of one resume and one job. What a document does not say counts as said in
the function's docstring; no feature is ever NaN.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from rolefit import parts
from rolefit.parts import PartsHead
from rolefit.records import Finding, Profile

Float64Array = npt.NDArray[np.float64]
Feature = Callable[[Profile, Profile, Sequence[Finding]], float]

MAX_FEATURES = 12  # exact Shapley values cost 2^features


def cosine(resume: Profile, job: Profile, findings: Sequence[Finding]) -> float:
    """Cosine of the document vectors, in [-1, 1]."""
    left, right = resume.encoding.vector, job.encoding.vector
    return float(np.clip(np.dot(left.astype(np.float64), right.astype(np.float64)), -1.0, 1.0))


def title(resume: Profile, job: Profile, findings: Sequence[Finding]) -> float:
    """Greatest cosine of the job's title and a title of the resume, in [-1, 1].

    Where either has no title, the cosine of the documents stands in.
    """
    if not len(resume.titles) or not len(job.titles):
        return cosine(resume, job, findings)
    return float(np.clip((_rows(resume.titles) @ _rows(job.titles).T).max(), -1.0, 1.0))


def title_in_text(resume: Profile, job: Profile, findings: Sequence[Finding]) -> float:
    """Cosine of the job's title and the whole resume, in [-1, 1]; without a title, of the texts."""
    if not len(job.titles):
        return cosine(resume, job, findings)
    return float(np.clip(_rows(job.titles)[0] @ _rows(resume.encoding.vector), -1.0, 1.0))


def coverage(resume: Profile, job: Profile, findings: Sequence[Finding]) -> float:
    """Weighted mean strength of all requirements, in [0, 1]; 0.5 where the job asks for nothing."""
    return _mean([(f.ask.weight, f.strength) for f in findings], 0.5)


def coverage_required(resume: Profile, job: Profile, findings: Sequence[Finding]) -> float:
    """The same of required lines alone; of all where none is required."""
    required = [(f.ask.weight, f.strength) for f in findings if f.ask.kind == "required"]
    return _mean(required, coverage(resume, job, findings))


def skills(resume: Profile, job: Profile, findings: Sequence[Finding]) -> float:
    """Share of the job's skills that the resume names, in [0, 1]; 0.3 where the job names none."""
    if not job.skills:
        return 0.3
    return len(set(job.skills) & set(resume.skills)) / len(job.skills)


def years_gap(resume: Profile, job: Profile, findings: Sequence[Finding]) -> float:
    """Years shown minus years asked, in [-10, 10]; 0 where either is not said."""
    if resume.years is None or job.years is None:
        return 0.0
    return float(np.clip(resume.years - job.years, -10.0, 10.0))


def level_gap(resume: Profile, job: Profile, findings: Sequence[Finding]) -> float:
    """Steps of the ladder from the job's level to the resume's, in [-6, 6]; 0 if not said."""
    return float(resume.level - job.level) if resume.level >= 0 and job.level >= 0 else 0.0


def education_gap(resume: Profile, job: Profile, findings: Sequence[Finding]) -> float:
    """Steps from the least degree asked for to the highest shown, in [-5, 4]; 0 if none asked."""
    return float(resume.education - job.education) if job.education >= 0 else 0.0


def licence(resume: Profile, job: Profile, findings: Sequence[Finding]) -> float:
    """Share of the lines asking for a licence that the resume answers, in [0, 1]; 1 if none ask."""
    asked = [(1.0, f.strength) for f in findings if f.ask.licences and f.ask.kind == "required"]
    return _mean(asked, 1.0)


FEATURES: dict[str, Feature] = {
    function.__name__: function
    for function in (
        cosine, title, title_in_text, coverage, coverage_required, skills, years_gap, level_gap,
        education_gap, licence,
    )
}  # fmt: skip
KNOWN = (*parts.NAMES, *FEATURES)  # the parts are read by a head, from several of the others


def lacking(names: Sequence[str], has_parts: bool) -> str:
    """Why a mapper that reads `names` cannot be used here, in words; "" if it can.

    `has_parts` says whether its bundle has a head for the four parts.
    """
    unknown = [name for name in names if name not in KNOWN]
    if unknown:
        return (
            f"the bundle's mapper reads {', '.join(unknown)}, which this version of rolefit does "
            f"not compute; export and fit the bundle again"
        )
    if not has_parts and set(names) & set(parts.NAMES):
        return "the bundle has no parts.json; copy it again, or run rolefit train parts"
    return ""


def pair_features(
    names: Sequence[str],
    resume: Profile,
    job: Profile,
    findings: Sequence[Finding],
    head: PartsHead | None = None,
) -> Float64Array:
    """The named features of one pair: (n_features,) float64; `findings` are `evidence.assess`'s.

    `head` is the bundle's, without which the four parts cannot be named.
    """
    found: dict[str, float] = {}
    if head is not None and set(names) & set(parts.NAMES):
        scalars = [FEATURES[name](resume, job, findings) for name in parts.SCALARS]
        points = head.points(resume, job, np.array(scalars, np.float32))
        found = dict(zip(parts.NAMES, points, strict=True))
    return np.array(
        [found[name] if name in found else FEATURES[name](resume, job, findings) for name in names]
    )


def _rows(vectors: npt.NDArray[Any]) -> Float64Array:
    return vectors.astype(np.float64)


def _mean(pairs: Sequence[tuple[float, float]], missing: float) -> float:
    total = sum(weight for weight, _ in pairs)
    return sum(weight * value for weight, value in pairs) / total if total else missing
