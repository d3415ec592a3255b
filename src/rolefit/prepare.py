"""Document -> Profile: facts, units, vectors. The walk of one document, before it meets another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from rolefit.encode import TextEncoder
from rolefit.errors import ManyJobsError, OtherKindError
from rolefit.evidence import weight
from rolefit.language import find_skills, kinds
from rolefit.language.claims import disclaimed
from rolefit.language.clean import clean, without_lookalikes
from rolefit.language.denied import undenied
from rolefit.language.education import DEGREES
from rolefit.language.english import LEAST
from rolefit.language.english import share as english_share
from rolefit.language.job_facts import job_facts
from rolefit.language.levels import LEVELS
from rolefit.language.licences import HARD
from rolefit.language.openings import openings
from rolefit.language.personal import impersonal
from rolefit.language.resume_facts import slip_notice
from rolefit.language.runs import calm
from rolefit.language.section_order import Moved, in_order
from rolefit.language.title_words import spelt
from rolefit.language.units import units
from rolefit.reading import chrome
from rolefit.records import (
    Ask,
    Document,
    Encoding,
    Fact,
    HalfArray,
    JobFacts,
    Line,
    Notice,
    Profile,
    Requirement,
    ResumeFacts,
    Shingles,
    Skill,
)
from rolefit.stuffing import shingles, stuffed, unlisted, unordered

# A text this short says too little about a person or a job to be scored with confidence.
SHORT_TOKENS = 60
_SIDES = {"resume": "resume", "job": "job advert"}
TITLES = 6  # of a resume that are compared with the job's: the headline and the latest positions


@dataclass(frozen=True, slots=True, eq=False)
class Resume:
    """A resume with everything that was found in it, text included."""

    document: Document
    units: tuple[Line, ...]  # as the encoder read them: section by section, see `section_order`
    facts: ResumeFacts
    skills: tuple[Skill, ...]
    profile: Profile
    flags: tuple[Notice, ...] = ()  # what was written for a machine; it is not among `skills`

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What a reader of any score of it should know, the reader's own notices first."""
        found = _notices(self.document, self.profile)
        return (*found, *_kind_notices(self.document, "resume"), *self.flags)


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """A job with everything that was found in it, text included."""

    document: Document
    units: tuple[Line, ...]
    facts: JobFacts
    skills: tuple[Skill, ...]
    profile: Profile
    left_out: int = 0  # lines of its page that are no part of the posting

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What a reader of any score for it should know, the reader's own notices first."""
        found = _notices(self.document, self.profile)
        found += _kind_notices(self.document, "job")
        if self.left_out:
            lines = "1 line" if self.left_out == 1 else f"{self.left_out:,} lines"
            message = f"{lines} of the page around the posting not counted"
            found = (*found, Notice("page-furniture", message))
        asks = any(requirement.kind != "duty" for requirement in self.facts.requirements)
        if asks or self.profile.encoding.n_tokens < SHORT_TOKENS:
            return found
        message = "no line asks for anything in so many words; duties stand in for requirements"
        return (*found, Notice("no-requirements", message))


@dataclass(frozen=True, slots=True, eq=False)
class ReadResume:
    """A resume as the encoder reads it, and what was found on the way there.

    Spans are those of `document`, whose sections stand in one order; `moved` leads back.
    """

    document: Document  # without what tells who the person is, dates, and what a machine is told
    facts: ResumeFacts
    skills: tuple[Skill, ...]
    flags: tuple[Notice, ...]
    shingles: Shingles  # of the whole text
    moved: Moved


def resume_as_read(document: Document, as_of: int | None = None) -> ReadResume:
    """What every score, and all training, reads of a resume.

    `as_of` is the month that "present" stands for: 12 * year + month - 1.
    """
    whole = as_seen(document)
    ordered, moved = in_order(whole)
    seen, facts = impersonal(ordered, as_of)
    seen, order = unordered(undenied(seen))
    skills = _shown(seen.text)
    stuffing = stuffed(skills)
    if stuffing:
        seen = unlisted(seen, skills)
        skills = _shown(seen.text)
    flags = tuple(flag for flag in (stuffing, order, slip_notice(facts)) if flag)
    return ReadResume(seen, facts, skills, flags, shingles(whole.text), moved)


def check_kind(document: Document, side: Literal["resume", "job"]) -> None:
    """Raises OtherKindError for what is surely no resume, or no job advert, ManyJobsError."""
    if side == "job" and (titles := openings(document.text)):
        raise ManyJobsError(document.name, titles)
    verdict, like = kinds.verdict(document.text, side)
    if verdict != "refused":
        return
    cause = f"it is no {_SIDES[side]}: it reads like {like}"
    raise OtherKindError(document.name, cause, "Check that it is the right file.")


def _kind_notices(document: Document, side: Literal["resume", "job"]) -> tuple[Notice, ...]:
    verdict, like = kinds.verdict(document.text, side)
    if not verdict:
        return ()
    message = f"it may be no {_SIDES[side]}, it reads like {like}; low confidence"
    return (Notice("other-kind", message),)


def as_seen(document: Document) -> Document:
    """As a person reads it: a Cyrillic letter in "Pythоn" is an o. Offsets stay."""  # noqa: RUF002
    return replace(document, text=without_lookalikes(calm(document).text))


def prepare_resume(document: Document, encoder: TextEncoder, as_of: int | None = None) -> Resume:
    """`as_of` as for `resume_as_read`."""
    read = resume_as_read(document, as_of)
    facts = read.facts
    found, encoding = _encode(read.document, encoder)
    profile = Profile(
        encoding,
        _vectors(resume_titles(facts), encoder),
        tuple(skill.id for skill in read.skills),
        max((years for years in (facts.years, facts.claimed_years) if years is not None),
            default=None),
        _place(facts.level, LEVELS),
        max((DEGREES.index(fact.value) for fact in facts.education), default=-1),
        tuple(dict.fromkeys(fact.value for fact in facts.licences)),
        shingles=read.shingles,
    )  # fmt: skip
    found, facts, skills = read.moved.back((found, facts, read.skills))
    return Resume(document, found, facts, skills, profile, read.flags)


def prepare_job(document: Document, encoder: TextEncoder, as_of: int | None = None) -> Job:
    """`as_of` changes nothing: what a job asks for does not age."""
    seen = as_seen(chrome.posting(document))
    found, encoding = _encode(seen, encoder)
    facts, skills = job_facts(seen, found), find_skills(seen.text)
    profile = Profile(
        encoding,
        _vectors(job_titles(facts), encoder),
        tuple(skill.id for skill in skills),
        float(facts.years.value) if facts.years else None,
        _place(facts.level, LEVELS),
        _place(facts.education, DEGREES),
        tuple(dict.fromkeys(fact.value for fact in facts.licences)),
        _asks(found, facts, skills),
        shingles(seen.text),
    )
    left_out = len(document.lines) - len(seen.lines)
    return Job(document, found, facts, skills, profile, left_out)


def _shown(text: str) -> tuple[Skill, ...]:
    """Skills that the text claims at least once: "no Kubernetes yet" shows nothing."""
    return tuple(
        skill
        for skill in find_skills(text)
        if not all(disclaimed(text, mention.start, mention.end) for mention in skill.mentions)
    )


def resume_titles(facts: ResumeFacts) -> tuple[str, ...]:
    """The headline and the latest positions, each once."""
    names = [facts.headline, *(position.title for position in facts.positions)]
    return tuple(dict.fromkeys(fact.value for fact in names if fact))[:TITLES]


def job_titles(facts: JobFacts) -> tuple[str, ...]:
    """The job's title; where none is found, the whole text stands for it (`features`)."""
    return (facts.title.value,) if facts.title else ()


def _encode(document: Document, encoder: TextEncoder) -> tuple[tuple[Line, ...], Encoding]:
    found = units(document)
    encoding = encoder.encode_units(document.text, found)
    # Half precision from the start: a profile from the cache then equals a new one.
    return found, replace(encoding, lines=encoding.lines.astype(np.float16))


def _vectors(titles: Sequence[str], encoder: TextEncoder) -> HalfArray:
    rows = [encoder.vector(spelt(title)).astype(np.float16) for title in titles]
    return np.stack(rows) if rows else np.zeros((0, encoder.bundle.hidden_size), np.float16)


def _place(fact: Fact | None, ladder: Sequence[str]) -> int:
    return ladder.index(fact.value) if fact else -1


def _by_law(requirement: Requirement) -> bool:
    """Whether a licence that it asks for is one without which the work may not be done at all.

    "CPA required" is a wish that some employers drop; "RN licence required" is not.
    """
    return not requirement.licences or any(name in HARD for name in requirement.licences)


def _asks(found: Sequence[Line], facts: JobFacts, skills: Sequence[Skill]) -> tuple[Ask, ...]:
    numbers = {unit.start: number for number, unit in enumerate(found)}
    mentions = sorted((m.start, skill.id) for skill in skills for m in skill.mentions)
    asks = []
    for requirement in facts.requirements:
        line = requirement.line
        named = tuple(dict.fromkeys(i for at, i in mentions if line.start <= at < line.end))
        degree = DEGREES.index(requirement.education) if requirement.education else -1
        asks.append(
            Ask(
                unit=numbers[line.start],
                weight=weight(requirement),
                kind=requirement.kind,
                must=requirement.must and _by_law(requirement),
                years=requirement.years,
                education=degree,
                licences=_decisive(requirement.licences),
                skills=named,
            )
        )
    return tuple(asks)


def _decisive(licences: tuple[str, ...]) -> tuple[str, ...]:
    """Of "RN licence and BLS certificate" the one that the law wants: the other does not do."""
    return tuple(name for name in licences if name in HARD) or licences


def _notices(document: Document, profile: Profile) -> tuple[Notice, ...]:
    notices = [*document.notices, *_length_notices(profile.encoding)]
    english = english_share(document.text)
    if english is not None and english < LEAST:
        message = "this is no English prose, and nothing else is understood; low confidence"
        notices.append(Notice("language", message))
    return (*notices, *clean(document.text)[2])


def _length_notices(encoding: Encoding) -> tuple[Notice, ...]:
    if encoding.dropped:
        total = encoding.n_tokens + encoding.dropped
        return (
            Notice(
                "truncated",
                f"only the first {encoding.n_tokens:,} of {total:,} tokens were read",
            ),
        )
    if encoding.n_tokens < SHORT_TOKENS:
        return (Notice("short", f"only {encoding.n_tokens - 2} tokens of text; low confidence"),)
    return ()
