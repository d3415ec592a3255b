"""Text -> skills: what it names, where, how, and for how many years if it says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from rolefit.language import match, sections, taxonomy
from rolefit.language.clean import clean
from rolefit.language.match import Hit
from rolefit.language.runs import cut
from rolefit.language.sections import Sections
from rolefit.language.taxonomy import Taxonomy
from rolefit.records import Canonical, Mention, Skill

KINDS = ("skill", "language", "certificate", "licence")  # what counts as a skill
_LISTS = ("skills", "languages", "certificates")
_REACH = 200  # characters of a line that are looked at on either side of a mention
_NEAR = 30  # characters between a mention and its years
_LIST = 3  # mentions of one line that make it a list, if little else is on it
_YEARS = re.compile(
    r"(\d{1,2}(?:\.\d)?)\s*(\+|plus)?\s*(?:-|to|–)?\s*(?:\d{1,2}\s*\+?\s*)?"  # noqa: RUF001
    r"(?:years?|yrs?)\b(?:\s+(?:of|in|with|using|experience|exp|hands-on|solid|strong))*",
    re.I,
)
_TOUCHES = re.compile(r"[\s:(–-]*")  # noqa: RUF001
# A line that goes on in the next: not a list of one name a line, whose lines are short.
_WRAP = re.compile(r"(?<=[^\n]{20}\w)\n(?=\w)")
_PARTED = re.compile(r"[.;,:•()\t]|\band\b")


def find_skills(
    text: str, taxonomy_: Taxonomy | None = None, kinds: Sequence[str] = KINDS
) -> tuple[Skill, ...]:
    """The skills that `text` names, in the order of their first mention.

    Spans are offsets into `text` as given. `kinds` are those of the alias file.
    """
    found = _installed(text, taxonomy.installed()) if taxonomy_ is None else _find(text, taxonomy_)
    return tuple(skill for skill in found if skill.kind in kinds)


@lru_cache(maxsize=8)
def _installed(text: str, file: Path) -> tuple[Skill, ...]:
    """Kept for a moment: facts, licences and skills of one document all ask for it."""
    return _find(text, taxonomy.shipped())


def _find(text: str, known: Taxonomy) -> tuple[Skill, ...]:
    """Whatever kind they are."""
    cleaned, edits, _ = clean(text)
    cleaned = cut(cleaned)
    where = sections.find(cleaned)
    hits = match.find(_WRAP.sub(" ", cleaned), known, lambda offset: where.at(offset) in _LISTS)
    back = Canonical(cleaned, tuple(edits), (), (), known.sha256)
    found: dict[int, list[Mention]] = {}
    for number, hit in enumerate(hits):
        mentions = found.setdefault(known.concepts[hit.phrase], [])
        start, end = back.original(hit.start, hit.end)
        manner = _manner(cleaned, hits, number, where)
        years = _years(cleaned, hit)
        mentions.append(Mention(start, end, where.at(hit.start), manner, years))
    skills = []
    for concept_number, mentions in found.items():
        concept = known.concept(concept_number)
        skills.append(
            Skill(concept.id, concept.label, concept.group, concept.kind, tuple(mentions))
        )
    return tuple(skills)


def _around(text: str, hit: Hit) -> tuple[str, str]:
    """What stands before and after the mention on its line."""
    before = text[max(0, hit.start - _REACH) : hit.start].rpartition("\n")[2]
    after = text[hit.end : hit.end + _REACH].partition("\n")[0]
    return before, after


def _manner(text: str, hits: Sequence[Hit], number: int, where: Sections) -> str:
    """ "listed" in a skills section, on a line of its own, or in an enumeration; else "used"."""
    hit = hits[number]
    if where.at(hit.start) in _LISTS:
        return "listed"
    before, after = _around(text, hit)
    start, end = hit.start - len(before), hit.end + len(after)
    named = [h for h in hits[max(0, number - 20) : number + 20] if start <= h.start < end]
    rest = end - start - sum(h.end - h.start for h in named)
    if len(named) >= _LIST and rest < 8 * len(named):
        return "listed"
    return "listed" if len(named) == 1 and rest <= len("•. ") else "used"


def _years(text: str, hit: Hit) -> float | None:
    """Of "5 years of Python" and "Python (5 years)": the number; the least of a range."""
    before, after = _around(text, hit)
    found = list(_YEARS.finditer(before[-3 * _NEAR :]))
    if found and _adjoins(before[-3 * _NEAR :][found[-1].end() :]):
        return float(found[-1].group(1))
    following = _YEARS.search(after[: 2 * _NEAR])
    if following and _TOUCHES.fullmatch(after[: following.start()]):
        return float(following.group(1))
    return None


def _adjoins(between: str) -> bool:
    return len(between) <= _NEAR and not _PARTED.search(between)
