"""The requirements of an advert, and which of them a person means by a few words."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rolefit.decided import MOST, PARTS, Confirmed, Wish
from rolefit.errors import InputError
from rolefit.language.job_facts import job_facts
from rolefit.language.licences import HARD, find_licences
from rolefit.language.skills import find_skills
from rolefit.language.units import units
from rolefit.prepare import as_seen
from rolefit.reading import chrome
from rolefit.records import Document, JobFacts, Line, Requirement

NAMES = ("must", "not_must", "weight")  # as they are called in Python
LONGEST = 500  # characters of a requirement that a person adds
_WORD = re.compile(r"[^\W_]+(?:[+#]+)?")
_SMALL = frozenset("a an the of in on for with and or to be is are at as by your our you".split())
_BULLET = re.compile(r"^(?:[-*•▪·‣●○–]|\d+[.)]) ?")  # noqa: RUF001


def requirements(job: Document) -> Confirmed:
    """What `job` asks for, in its order, each as the score counts it. Encodes nothing."""
    facts = facts_of(job)
    wishes = tuple(
        Wish(f"r{number}", words(job, found.line), found.kind, _by_law(found), 1.0, _by_law(found))
        for number, found in enumerate(facts.requirements, start=1)
    )
    title = facts.title.value if facts.title else ""
    return Confirmed(job.name, job.sha256, wishes, title=title)


def facts_of(job: Document) -> JobFacts:
    """As a score reads them (`prepare.prepare_job`); spans are offsets in `job.text`."""
    seen = as_seen(chrome.posting(job))
    return job_facts(seen, units(seen))


def words(document: Document, line: Line) -> str:
    """The line's words without its bullet."""
    flat = " ".join(document.line_text(line).split()).strip("| ")
    return _BULLET.sub("", flat) or flat


def _by_law(found: Requirement) -> bool:
    """Whether the score is held down for want of it (`evidence.missing_licences`)."""
    return found.must and any(name in HARD for name in found.licences)


def choose(
    confirmed: Confirmed,
    must: Iterable[str] = (),
    not_must: Iterable[str] = (),
    weights: Mapping[str, float] | None = None,
    called: Sequence[str] = NAMES,
) -> Confirmed:
    """`confirmed` with these decisions. Each name is an id or words of one requirement.

    A must that the advert does not have is added. Weights go by the names of PARTS too. `called`
    is what the three are called where they were given, for messages.

    Raises InputError for what names no requirement, or more than one, for a weight that is no
    number from 0 to 100, and for a requirement that is to be a must and no must.
    """
    musts, frees, weighs = called
    decided: dict[str, str] = {}
    for text in must:
        confirmed, found = _found_or_added(confirmed, text, musts)
        decided[found.id] = text
        confirmed = _with(confirmed, replace(found, must=True))
    for text in not_must:
        found = find(confirmed, text, frees)
        if found.id in decided:
            raise InputError(
                f"{frees}: {text!r} and {decided[found.id]!r} are one requirement, {found.id}"
            )
        confirmed = _with(confirmed, replace(found, must=False))
    weighted: set[str] = set()
    for name, weight in (weights or {}).items():
        value = checked_weight(name, weight, weighs)
        if name.strip().casefold() in PARTS:
            number = PARTS.index(name.strip().casefold())
            parts = (*confirmed.parts[:number], value, *confirmed.parts[number + 1 :])
            confirmed = replace(confirmed, parts=parts)
            continue
        found = find(confirmed, name, weighs)
        if found.id in weighted:
            raise InputError(f"{weighs}: {name!r}: {found.id} has a weight already: {found.text}")
        weighted.add(found.id)
        confirmed = _with(confirmed, replace(found, weight=value))
    return confirmed


def weights_said(given: Iterable[str], called: str = "weight") -> dict[str, float]:
    """["needs=2"] -> {"needs": 2.0}. Raises InputError for another form, or a name twice."""
    found: dict[str, float] = {}
    for text in given:
        name, equals, number = text.rpartition("=")
        try:
            value = float(number)
        except ValueError:
            equals = ""
        if not equals or not name.strip():
            raise InputError(f"{called}: expected NAME=NUMBER, such as needs=2, got {text!r}")
        if name in found:
            raise InputError(f"{called}: {name} is given twice")
        found[name] = value
    return found


def checked_weight(name: str, weight: object, called: str = "weight") -> float:
    """Raises InputError for what is no number from 0 to MOST."""
    number = isinstance(weight, (int, float)) and not isinstance(weight, bool)
    if not number or not math.isfinite(weight) or not 0.0 <= weight <= MOST:  # type: ignore[arg-type, operator]
        raise InputError(
            f"{called} of {name}: expected a number from 0 (left out) over 1 (as it is) to "
            f"{MOST:.0f}, got {weight}"
        )
    return float(weight)  # type: ignore[arg-type]


def add(
    confirmed: Confirmed,
    text: str,
    must: bool = True,
    weight: float = 1.0,
    called: str = "a requirement",
) -> Confirmed:
    """With one more requirement, in a person's own words. Raises InputError for no words."""
    flat = " ".join(text.split())
    if not _content(flat) or len(flat) > LONGEST:
        raise InputError(
            f"{called}: expected words, {LONGEST} characters at most, got {flat[:60]!r}"
        )
    taken = [int(wish.id[1:]) for wish in confirmed.wishes if wish.added]
    wish = Wish(f"a{max(taken, default=0) + 1}", flat, "required", must, weight)
    return replace(confirmed, wishes=(*confirmed.wishes, wish))


def find(confirmed: Confirmed, text: str, option: str = "") -> Wish:
    """The one requirement that `text` means. Raises InputError where there is none, or several."""
    found = _meant(confirmed.wishes, text)
    if len(found) == 1:
        return found[0]
    before = f"{option}: " if option else ""
    if found:
        raise InputError(
            f"{before}{text!r} may mean {len(found)} requirements; name one by its id: "
            + listed(found)
        )
    shown = listed(confirmed.wishes) or "none"
    raise InputError(f"{before}{text!r} is no requirement of this advert. There are: {shown}")


def _found_or_added(confirmed: Confirmed, text: str, called: str) -> tuple[Confirmed, Wish]:
    looks_like_id = re.fullmatch(r"[ra]\d+", text.strip().casefold())
    if looks_like_id or _meant(confirmed.wishes, text):
        return confirmed, find(confirmed, text, called)
    confirmed = add(confirmed, text, called=called)
    return confirmed, confirmed.wishes[-1]


def _with(confirmed: Confirmed, wish: Wish) -> Confirmed:
    wishes = tuple(wish if old.id == wish.id else old for old in confirmed.wishes)
    return replace(confirmed, wishes=wishes)


def _meant(wishes: Sequence[Wish], text: str) -> list[Wish]:
    """By id; else by the very words; by all of them; by the licence or by the skills they name."""
    plain = text.strip().casefold()
    if by_id := [wish for wish in wishes if wish.id == plain]:
        return by_id
    if same := [wish for wish in wishes if wish.text.casefold() == plain]:
        return same
    asked = _content(text)
    if not asked:
        return []
    if held := [wish for wish in wishes if asked <= _content(wish.text)]:
        return held
    for named in (_licences, _skills):
        if (meant := named(text)) and (held := [w for w in wishes if meant <= named(w.text)]):
            return held
    return []


def _content(text: str) -> frozenset[str]:
    found = (word[0].casefold() for word in _WORD.finditer(text))
    return frozenset(_stem(word) for word in found if word not in _SMALL)


def _stem(word: str) -> str:
    """Near enough for "licence", "license", "licences" and "licensed" to be one."""
    if word.startswith(("licen", "certif")):
        return word[:5]
    return word[:-1] if word.endswith("s") and len(word) > 3 and not word.endswith("ss") else word


def _licences(text: str) -> frozenset[str]:
    return frozenset(fact.value for fact in find_licences(text))


def _skills(text: str) -> frozenset[str]:
    return frozenset(skill.id for skill in find_skills(text))


def listed(wishes: Iterable[Wish]) -> str:
    """ "r1 (Current RN licence); r2 (...)": each by its id, on one line."""
    shown = ((wish.id, wish.text) for wish in wishes)
    return "; ".join(f"{i} ({text if len(text) <= 60 else text[:59] + '…'})" for i, text in shown)
