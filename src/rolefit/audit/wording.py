"""Wording of an advert that keeps people out who could do the work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rolefit.decide.requirements import facts_of, words
from rolefit.language.licences import HARD, find_licences
from rolefit.records import Document, JobFacts, Requirement

MANY_YEARS = 8.0  # asked of anybody
JUNIOR_YEARS = 2.0  # asked where the title or the text says entry level
MANY_LINES = 15  # required ones
_EQUIVALENT = re.compile(
    r"\bequivalent\b|\bcomparable\b|\bor (?:\w+ ){0,3}(?:experience|work|training|certificat\w+)\b",
    re.I,
)
_LATER = re.compile(
    r"\b(?:obtain|acquire|get|eligib\w+|willing\w* to)\b|\bwithin (?:the first )?\w+[ -]\w+", re.I
)
_CODED = {
    "native speaker": "asks for a birth, not for a skill; say which level of the language",
    "mother tongue": "asks for a birth, not for a skill; say which level of the language",
    "recent graduate": "keeps out older people; say what should be known",
    "digital native": "keeps out older people; say what should be known",
    "young": "keeps out older people",
    "youthful": "keeps out older people",
    "ninja": "says nothing of the work, and fewer women answer it",
    "rockstar": "says nothing of the work, and fewer women answer it",
    "rock star": "says nothing of the work, and fewer women answer it",
    "culture fit": "says nothing that can be shown; say how the team works",
    "cultural fit": "says nothing that can be shown; say how the team works",
    "able-bodied": "keeps out disabled people; say what has to be done",
    "no gaps": "keeps out carers and people who were ill",
}
_CODE = re.compile(rf"\b(?:{'|'.join(map(re.escape, _CODED))})s?\b", re.I)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A place of an advert that keeps people out, and what would keep out fewer."""

    code: str  # "years", "degree", "licence", "coded", "many"
    requirement: str  # its id, "r3"; "" where it is none
    text: str
    advice: str


def narrowing(job: Document) -> tuple[Narrowing, ...]:
    """In the order of the text; what concerns the whole advert stands last."""
    facts = facts_of(job)
    found: list[tuple[int, Narrowing]] = []
    for number, requirement in enumerate(facts.requirements, start=1):
        text = words(job, requirement.line)
        for code, advice in _of_requirement(requirement, text, facts):
            place = requirement.line.start
            found.append((place, Narrowing(code, f"r{number}", text, advice)))
    for match in _CODE.finditer(job.text):
        advice = _CODED[_known(match[0])]
        found.append((match.start(), Narrowing("coded", "", match[0], advice)))
    told = [one for _, one in sorted(found, key=lambda item: item[0])]
    required = sum(requirement.kind == "required" for requirement in facts.requirements)
    if required > MANY_LINES:
        advice = "nobody shows all of so many; say which few decide, and call the others a plus"
        told.append(Narrowing("many", "", f"{required} required lines", advice))
    return tuple(told)


def _known(text: str) -> str:
    plain = text.casefold()
    return plain if plain in _CODED else plain[:-1]


def _of_requirement(
    requirement: Requirement, text: str, facts: JobFacts
) -> Iterator[tuple[str, str]]:
    if requirement.kind == "duty":
        return
    if requirement.years:
        entry = facts.level is not None and facts.level.value in ("intern", "entry")
        if entry and requirement.years >= JUNIOR_YEARS:
            yield "years", "the job is called one for beginners, and beginners have no such years"
        elif requirement.years >= MANY_YEARS:
            yield (
                "years",
                "say what should be mastered; years alone say little beyond the first few",
            )
    if requirement.kind == "required" and requirement.education and not _EQUIVALENT.search(text):
        yield "degree", 'add "or equivalent experience", unless the law asks for the degree'
    held = {fact.value for fact in find_licences(text)}
    if requirement.kind == "required" and held and not held & HARD and not _LATER.search(text):
        yield (
            "licence",
            'no law asks for it: "or willing to get it within N months" keeps out fewer',
        )
