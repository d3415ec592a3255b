"""Headings: which part of a resume or an advert a place of the text belongs to."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rolefit.language.heading_kinds import kind_of

_HEADINGS = {
    "skills": (
        "skills, skill, technical skills, key skills, core skills, skill highlights, "
        "highlights, core competencies, competencies, core qualifications, areas of "
        "expertise, expertise, technical proficiencies, computer skills, software, tools, "
        "technologies, technical summary, skills and abilities, key competencies, technical "
        "expertise, additional skills, professional skills, skills summary, summary of "
        "skills, programming languages, it skills, qualifications summary"
    ),
    "experience": (
        "experience, work experience, professional experience, employment, employment "
        "history, work history, career history, relevant experience, professional background, "
        "career experience, internships, projects, project experience, volunteer experience, "
        "positions held, positions, job history, jobs, job experience, jobs held, appointments, "
        "academic appointments, professional appointments, faculty appointments, "
        "academic positions, teaching positions, research positions, professional positions, "
        "previous positions, current position, previous employment, current employment, "
        "employment record, employment experience, employment background, employment details, "
        "work record, work background, work experiences, professional experiences, experiences, "
        "professional history, career, career record, career progression, career highlights, "
        "industry experience, industrial experience, practical experience, "
        "clinical experience, teaching experience, research experience, military experience, "
        "military service, earlier career, earlier experience, previous experience, "
        "prior experience, other experience, additional experience, relevant employment, "
        "relevant work experience, related experience, internship, internship experience"
    ),
    "education": (
        "education, education and training, academic background, academic qualifications, "
        "educational background, training, coursework, education and certifications, "
        "academics, studies, studying, my studies, schooling, degrees, education history, "
        "education and qualifications, educational qualifications, academic history, "
        "higher education, academic education, formal education, university education"
    ),
    "certificates": (
        "certifications, certificates, licenses, licences, certifications and licenses, "
        "licenses and certifications, professional certifications, credentials, licensure"
    ),
    "languages": ("languages, language skills, spoken languages"),
    "summary": (
        "summary, professional summary, executive summary, career summary, profile, "
        "objective, career objective, professional profile, about me, executive profile, "
        "career overview, career focus, summary of qualifications, personal statement, "
        "overview"
    ),
    "accomplishments": (
        "accomplishments, achievements, awards, honors, awards and honors, publications, "
        "professional affiliations, affiliations, memberships"
    ),
    "grants": (
        "grants, research grants, grants and awards, grants and funding, funding, "
        "selected publications, peer reviewed publications, journal articles, conferences, "
        "conference presentations, presentations, invited talks, talks, patents"
    ),
    "interests": ("interests, hobbies, activities, personal information, references"),
    "requirements": (
        "requirements, qualifications, required qualifications, minimum qualifications, basic "
        "qualifications, required skills, job requirements, what you need, what you bring, "
        "who you are, must have, must haves, your profile, skills required, what we are "
        "looking for, required experience, minimum requirements, position requirements, your "
        "skills, about you"
    ),
    "preferred": (
        "preferred qualifications, preferred skills, nice to have, bonus points, desired "
        "skills, preferred, desirable, preferred experience, additional qualifications, "
        "desired qualifications, pluses"
    ),
    "duties": (
        "responsibilities, duties, job duties, essential functions, key responsibilities, "
        "what you will do, what you'll do, job description, description, essential duties, "
        "your role, duties and responsibilities, roles and responsibilities, primary "
        "responsibilities, the role, essential duties and responsibilities, job "
        "responsibilities, position summary, job summary"
    ),
    "benefits": (
        "benefits, what we offer, perks, compensation, salary, why join us, compensation and "
        "benefits, we offer, perks and benefits"
    ),
    "company": (
        "about us, about the company, who we are, company overview, company description, "
        "equal opportunity employer, about the team, eeo statement"
    ),
}
KNOWN = {name.strip(): section for section, names in _HEADINGS.items() for name in names.split(",")}
LONGEST = 45  # characters of a heading
_PAGE = 15  # lines that hardly anybody writes without a blank one
_LINE = re.compile(r"[^\n]+")
_TRIM = " \t•-–—:*#_|=.&>»«~[]<▪■●◆►★·"  # noqa: RUF001
# "1. Work Experience", "PROFESSIONAL EXPERIENCE (continued)"
_NUMBER = re.compile(
    r"^\(?(?:(?:section|part)[ ])?(?:\d{1,2}|[ivx]{1,4}|[a-h])[.):][ \t]*(?=\w)", re.I
)
_CONTINUED = re.compile(r"[\s,–-]*[(\[]?\s*\bcont(?:inued|inuing|['’]?d|\.|)\s*[.)\]]*$", re.I)  # noqa: RUF001


@dataclass(frozen=True, slots=True)
class Sections:
    """Found once for a text; `at(offset)` is the section's name, "" above the first heading."""

    starts: tuple[int, ...]
    names: tuple[str, ...]

    def at(self, offset: int) -> str:
        i = bisect_right(self.starts, offset) - 1
        return self.names[i] if i >= 0 else ""


@lru_cache(maxsize=32)  # several rooms ask for the same text
def find(text: str) -> Sections:
    """A heading is a short line that says nothing else, or a known one before a colon."""
    starts: list[int] = []
    names: list[str] = []
    for start, name in alone(text):
        starts.append(start)
        names.append(name)
    taken = set(starts)
    for match in _LINE.finditer(text):
        head, colon, _ = match.group()[: LONGEST + 1].partition(":")
        name = everyday(head) if colon and match.start() not in taken else ""
        if name:
            at = bisect_right(starts, match.start())
            starts.insert(at, match.start())
            names.insert(at, name)
    return Sections(tuple(starts), tuple(names))


def alone(text: str) -> Iterator[tuple[int, str]]:
    """Where each line begins that is a heading and nothing else, and the section that it opens."""
    lines = text.split("\n")
    # Not every format keeps blank lines; where a page has none, they may stand anywhere.
    has_blanks = len(lines) < _PAGE or any(not line.strip() for line in lines[:-1])
    below = [*lines[1:], ""]  # the next line that says something
    for at in reversed(range(len(below) - 1)):
        below[at] = below[at] if below[at].strip() else below[at + 1]
    start, top = 0, True  # on top stands a name or a title
    for at, line in enumerate(lines):
        name = everyday(line) if len(line) <= LONGEST else ""
        if not name and not top:
            name = kind_of(lines[at - 1] if has_blanks else "", line, below[at])
        if name:
            yield start, name
        start += len(line) + 1
        top = top and not line.strip()


def everyday(line: str) -> str:
    """The section of a heading that everybody writes, or ""."""
    if line[:1].islower() and line.rstrip().endswith("."):
        return ""  # the end of a sentence that was wrapped
    bare = _CONTINUED.sub("", _NUMBER.sub("", line.strip(_TRIM))).strip(_TRIM)
    plain = " ".join(bare.lower().replace("&", "and").split())
    return KNOWN.get(plain, "") if plain else ""
