"""What crosses a wall: every value that one room hands to the next, frozen.

    bytes -> Document -> tokens -> Encoding -> Features -> Match

Units: character offsets count Unicode code points of `Document.text`, end exclusive;
pages count from 1; scores run from 0 to 100; cosines from -1 to 1.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]
HalfArray = npt.NDArray[np.float16]
IntArray = npt.NDArray[np.int64]
Shingles = npt.NDArray[np.uint32]


def _no_shingles() -> Shingles:
    return np.zeros(0, np.uint32)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a reader of a score should know; `code` is stable, `message` is for people."""

    code: str  # e.g. "truncated", "short", "duplicate", "encoding-guessed", "hidden-text"
    message: str


@dataclass(frozen=True, slots=True)
class Line:
    """One visible line: `document.text[line.start:line.end]`, without its line break."""

    start: int
    end: int
    page: int  # from 1; always 1 where the format has no pages


@dataclass(frozen=True, slots=True)
class Document:
    """A document as text. Made by `rolefit.read`, never edited."""

    name: str  # file name, or what the caller called the text
    text: str
    lines: tuple[Line, ...]  # in reading order; blank lines are left out
    kind: str  # "pdf", "docx", "html", "rtf", "text", or another of docs/formats.md
    pages: int
    sha256: str  # of the bytes that were read
    notices: tuple[Notice, ...] = ()
    furniture: tuple[Line, ...] = ()  # lines of a web page that would surround a job posting
    columns: tuple[int, ...] = ()  # of text, side by side, on each page; empty where no page says

    def line_text(self, line: Line) -> str:
        return self.text[line.start : line.end]


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text as the encoder reads it, special tokens included."""

    ids: IntArray  # (n_tokens,)
    spans: IntArray  # (n_tokens, 2) character offsets; special tokens are (0, 0)
    dropped: int  # tokens beyond the encoder's limit that were cut off; 0 if none


@dataclass(frozen=True, slots=True, eq=False)
class Encoding:
    """A document as vectors. All rows have unit length."""

    vector: FloatArray  # (512,)
    lines: FloatArray | HalfArray  # (n_lines, 512); zero rows for lines cut off by the limit
    n_tokens: int  # tokens encoded, special tokens included
    dropped: int  # tokens cut off


@dataclass(frozen=True, slots=True)
class Ask:
    """What one unit of a job asks for: a Requirement without its words."""

    unit: int  # row of Encoding.lines
    weight: float  # what it counts in coverage
    kind: str  # "required", "preferred" or "duty"
    must: bool
    years: float | None
    education: int  # place in rolefit.language.education.DEGREES, -1 for none
    licences: tuple[str, ...]  # any one will do
    skills: tuple[str, ...]  # ids of skills that the unit names


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """A document as it is compared: numbers and names of concepts, no sentence of it.

    `titles` and `encoding` are of one bundle. What a document does not say is None, -1 or empty.
    """

    encoding: Encoding  # its `lines` are the document's units, as float16
    titles: HalfArray  # (n, 512) a job's own; a resume's headline, then positions, latest first
    skills: tuple[str, ...]  # ids
    years: float | None  # a resume: worked in all; a job: asked for at least
    level: int  # place in rolefit.language.levels.LEVELS
    education: int  # place in DEGREES; a resume: the highest; a job: the least required
    licences: tuple[str, ...]  # a resume: all; a job: those required
    asks: tuple[Ask, ...] = ()  # of a job
    shingles: Shingles = field(default_factory=_no_shingles)  # `rolefit.stuffing`: hashes, no text


@dataclass(frozen=True, slots=True)
class Finding:
    """What a resume shows for one Ask."""

    ask: Ask
    strength: float  # 0-1
    cosine: float  # of the nearest unit; 0 if the resume has none
    units: tuple[int, ...]  # of the resume, nearest first
    cosines: tuple[float, ...]  # of the same
    cause: str  # what settled it: "licence", "education", "years", "skills" or "line"
    shown: tuple[str, ...]  # what was found: licences, ids of skills


PARTS = ("function", "needs", "seniority", "credentials")  # of a score
STATUSES = ("not shown", "partly", "met")  # what a resume shows for a requirement, least first


@dataclass(frozen=True, slots=True)
class Reading:
    """What a model that reads (`rolefit.reader`) makes of one requirement and one resume."""

    status: str  # "met", "partly" or "not shown"
    chances: tuple[float, ...]  # of STATUSES; together 1. Empty where a fact settled it
    units: tuple[int, ...]  # of the resume, what says so most plainly first


@dataclass(frozen=True, slots=True)
class Features:
    """Named numbers of one resume-job pair, in the order the mapper was fitted on."""

    names: tuple[str, ...]
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Domain:
    """A profession that a document reads like."""

    name: str
    probability: float  # 0-1; those of a document's domains add up to 1


def likely(domains: tuple[Domain, ...]) -> tuple[Domain, ...]:
    """The fewest of `domains`, most likely first, that together hold 90%; three at most."""
    found: list[Domain] = []
    for domain in domains[:3]:
        found.append(domain)
        if sum(d.probability for d in found) >= 0.9:
            break
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Match:
    """How well one resume fits one job."""

    resume: str  # Document.name
    job: str
    score: float  # 0-100
    band: tuple[float, float]  # where the judge's score lies 9 times in 10
    features: Features
    notices: tuple[Notice, ...] = ()
    resume_domains: tuple[Domain, ...] = ()  # all, most likely first; empty if the bundle has none
    job_domains: tuple[Domain, ...] = ()
    resume_sha256: str = ""  # of the bytes that were read
    job_sha256: str = ""


Edit = tuple[int, int, int, int]  # original start and end, canonical start and end


@dataclass(frozen=True, slots=True)
class Replacement:
    """A name that was written in its one canonical form."""

    start: int  # in the canonical text
    end: int
    before: str  # as the original has it
    after: str


@dataclass(frozen=True, slots=True)
class Canonical:
    """A text as the encoder may read it, and the way back to the original."""

    text: str
    edits: tuple[Edit, ...]  # in order; whatever lies between two edits is unchanged
    replacements: tuple[Replacement, ...]
    notices: tuple[Notice, ...]
    taxonomy: str  # the hash of the taxonomy that named the forms

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that `text[start:end]` was made from.

        A span that cuts through an edit grows to the whole of it; deletions at its edges stay out.
        """
        i = bisect_right(self.edits, start, key=_canonical_start) - 1
        first = start
        if i >= 0:
            old_start, old_end, _, new_end = self.edits[i]
            first = old_start if start < new_end else old_end + start - new_end
        i = bisect_left(self.edits, end, key=_canonical_start) - 1
        last = end
        if i >= 0:
            _, old_end, _, new_end = self.edits[i]
            last = old_end + max(0, end - new_end)
        return first, max(first, last)


def _canonical_start(edit: Edit) -> int:
    return edit[2]


@dataclass(frozen=True, slots=True)
class Mention:
    """One place of the original text that names a skill."""

    start: int
    end: int
    section: str  # "skills", "experience", ...; "" where no heading stands above
    manner: str  # "listed" in an enumeration, or "used" in a sentence
    years: float | None  # only if the same line says so


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill that a document names, with every place that names it."""

    id: str  # the ESCO URI, or "rolefit:..." for skills that ESCO does not have
    label: str  # the preferred label
    group: str  # of the ESCO hierarchy, or of the alias file
    kind: str  # "skill", or what else was named: "degree", "licence", "title", ...
    mentions: tuple[Mention, ...]

    @property
    def years(self) -> float | None:
        """The most that any mention claims; None where none does."""
        return max((m.years for m in self.mentions if m.years is not None), default=None)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a text says, and where it says it."""

    value: str  # canonical: "bachelor", "registered nurse licence", "Spanish", "senior"
    start: int  # span in Document.text
    end: int
    detail: str = ""  # what belongs to it: the field of a degree, the state of a licence


@dataclass(frozen=True, slots=True)
class Position:
    """A job that a resume says was held. Months count from year 0: 12 * year + month - 1."""

    title: Fact | None
    employer: Fact | None
    first: int | None  # month it began
    last: int | None  # month it ended, that month included; of a current one the month read "as of"
    current: bool
    start: int  # span of the heading: title, employer and dates
    end: int


@dataclass(frozen=True, slots=True)
class ResumeFacts:
    """What a resume says about a person; None or empty where it does not say."""

    headline: Fact | None  # the title that a resume gives itself, above everything else
    positions: tuple[Position, ...]  # latest first
    years: float | None  # of work in all, overlaps counted once
    claimed_years: float | None  # "over 12 years of experience", as the text itself puts it
    level: Fact | None  # one of rolefit.language.levels.LEVELS, of the latest positions
    education: tuple[Fact, ...]  # value one of rolefit.language.education.DEGREES; highest first
    licences: tuple[Fact, ...]  # licences and certificates
    languages: tuple[Fact, ...]
    slips: tuple[Fact, ...] = ()  # dates that cannot be; value says why, detail is what is written


@dataclass(frozen=True, slots=True)
class Requirement:
    """A line of a job that asks for something, or a duty that whoever comes must do."""

    line: Line
    kind: str  # "required", "preferred" or "duty"
    must: bool  # whoever lacks it is out: a licence, a clearance, "must have"
    years: float | None  # least number of years the line asks for
    education: str  # least of DEGREES that would do; "" where the line asks for none
    licences: tuple[str, ...]  # any one of these will do; names as in Fact.value


@dataclass(frozen=True, slots=True)
class JobFacts:
    """What a job asks for; None or empty where it does not say."""

    title: Fact | None
    requirements: tuple[Requirement, ...]  # in text order
    years: Fact | None  # least years asked for; value is the number, "5"
    level: Fact | None
    education: Fact | None  # least degree that is required
    licences: tuple[Fact, ...]  # required ones
    languages: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Support:
    """A line of the resume that speaks for a requirement."""

    line: Line
    cosine: float  # of the line and the requirement


NEAREST = "the nearest line"  # Evidence.settled_by where no fact and no skill decided


@dataclass(frozen=True, slots=True)
class Evidence:
    """One requirement, and what the resume shows for it."""

    requirement: Requirement
    status: str  # "met", "partly" or "not shown"
    strength: float  # 0-1, by the nearest line and what can be counted
    support: tuple[Support, ...]  # best first; at most 3
    settled_by: str  # in words: "skill: Python", "6 of 5 years", "registered nurse licence", ...
    probability: float | None = None  # of the status, by the reader; None where there is none
    points: float = 0.0  # of needs that it earns
    most: float = 0.0  # and could earn


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one feature did to the score. base + all points = the mapper's score, exactly."""

    feature: str
    value: float
    points: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """A fact that the job asks for beside what the resume shows."""

    name: str  # "years", "level", "education", "licence", "language"
    asked: str
    shown: str  # "" where nothing is shown
    verdict: str  # "met", "partly" or "not shown"
    asked_span: tuple[int, int] | None
    shown_span: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a match has its score."""

    match: Match
    resume: Document
    job: Document
    base: float  # the score of an average pair
    contributions: tuple[Contribution, ...]  # largest first, whichever the sign
    capped_by: str  # why the score was held down, in words; "" if it was not
    evidence: tuple[Evidence, ...]  # in the job's order
    matched: tuple[tuple[Skill, Skill], ...]  # (the job's, the resume's)
    missing: tuple[Skill, ...]  # of the job, not shown in the resume
    extra: tuple[Skill, ...]  # of the resume, not asked for
    comparisons: tuple[Comparison, ...]
    # The four parts, which add up to the score before it was held down; empty where the mapper
    # does not read them.
    parts: tuple[Earned, ...] = ()
    elsewhere: float = 0.0  # points of needs that no single requirement carries


@dataclass(frozen=True, slots=True)
class Earned:
    """What a resume earns of one part of the score: "function" 34 of 40."""

    name: str  # of rolefit.parts.NAMES
    points: float
    most: float


@dataclass(frozen=True, slots=True)
class Span:
    """A place of a text, and what stands there."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Section:
    """From a heading to the next one."""

    name: str  # of rolefit.language.sections
    start: int
    end: int
    heading: str  # as it is written


@dataclass(frozen=True, slots=True)
class Risk:
    """What another program may misread; `code` is stable, `message` is for people."""

    code: str
    message: str
    spans: tuple[tuple[int, int], ...] = ()  # where, if it has a place


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a machine reads of one document."""

    document: Document
    side: str  # "resume" or "job"
    hidden: tuple[str, ...]  # words that a person would not see; they are not in the text
    sections: tuple[Section, ...]
    resume: ResumeFacts | None
    job: JobFacts | None
    personal: tuple[Span, ...]  # of a resume: what is masked before it is scored
    skills: tuple[Skill, ...]
    risks: tuple[Risk, ...]
