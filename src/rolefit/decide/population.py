"""What many people show for the requirements of one advert."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rolefit.evidence import assess, status
from rolefit.intake import Prepared
from rolefit.language.levels import LEVELS
from rolefit.matcher import Matcher
from rolefit.records import Document


@dataclass(frozen=True, slots=True)
class Shown:
    name: str
    domain: str  # the profession that it reads like most; "" where the model knows of none
    level: str  # "" where the resume does not say
    statuses: tuple[str, ...]  # for each requirement, in the advert's order


def shown(
    matcher: Matcher, job: Document, people: Iterable[Prepared], read: bool = False
) -> Iterator[Shown]:
    """By nearest lines and facts; with `read` by the reader, a second or more for each."""
    asked = matcher.intake.job(job)
    evidence = matcher.evidence([job]) if read else None
    for person in people:
        profile = person.profile
        statuses: tuple[str, ...]
        if evidence:
            statuses = tuple(e.status for e in evidence(matcher.intake.again(person))[0])
        else:
            findings = assess(profile, asked.profile, matcher.bundle.line_scale)
            statuses = tuple(status(finding.strength) for finding in findings)
        domains = matcher.domains.of(profile.encoding.vector) if matcher.domains else ()
        level = LEVELS[profile.level] if profile.level >= 0 else ""
        yield Shown(person.name, domains[0].name if domains else "", level, statuses)
