"""What a pool knows of a person or a job besides vectors: what `rolefit inspect` finds, in a row.

A pool holds resumes or jobs, one kind only. Of a job, years, level and degree are what it asks for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rolefit.language.education import DEGREES
from rolefit.language.levels import LEVELS
from rolefit.pool.country import country_of
from rolefit.prepare import Job, Resume, job_titles, resume_titles
from rolefit.records import Domain, Fact, likely

SIDES = ("resume", "job")
SETS = ("skill", "licence", "language", "title", "subject")  # fields with any number of values


@dataclass(frozen=True, slots=True)
class Facts:
    """What filters ask for; None, "" or empty where the document does not say."""

    domains: tuple[str, ...]  # professions it likely reads like, most likely first
    level: str  # one of LEVELS
    years: float | None
    degree: str  # one of DEGREES, the highest
    country: str  # two letters
    skills: tuple[str, ...]  # labels
    licences: tuple[str, ...]
    languages: tuple[str, ...]
    titles: tuple[str, ...]  # a resume's headline and positions; a job's own
    subjects: tuple[str, ...]  # of degrees

    def values(self) -> tuple[tuple[str, str], ...]:
        """(field, value) of every field of SETS."""
        groups = (self.skills, self.licences, self.languages, self.titles, self.subjects)
        return tuple(
            (field, value) for field, group in zip(SETS, groups, strict=True) for value in group
        )


def facts_of(found: Resume | Job, domains: Sequence[Domain]) -> Facts:
    profile, said = found.profile, found.facts
    if isinstance(found, Resume):
        degrees: Iterable[Fact] = found.facts.education
    else:
        degrees = filter(None, [found.facts.education])
    return Facts(
        domains=tuple(domain.name for domain in likely(tuple(domains))),
        level=LEVELS[profile.level] if profile.level >= 0 else "",
        years=profile.years,
        degree=DEGREES[profile.education] if profile.education >= 0 else "",
        country=country_of(found.document),
        skills=tuple(sorted({s.label for s in found.skills if s.kind == "skill"})),
        licences=profile.licences,
        languages=_once(fact.value for fact in said.languages),
        titles=titles_of(found),
        subjects=_once(fact.detail for fact in degrees),
    )


def titles_of(found: Resume | Job) -> tuple[str, ...]:
    """A resume's headline and latest positions; a job's own title, if one is found."""
    if isinstance(found, Resume):
        return resume_titles(found.facts)
    return job_titles(found.facts)


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
