"""A piece of a resume's heading -> which of its words are a title, which an employer, and how sure.

Scores are small numbers to be added: above 2 something was recognised, around 1 it is only written
as such things are, below 0 it is something else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rolefit.language import places
from rolefit.language.levels import level_of
from rolefit.language.places import COUNTRY, DASHES

_NO = -3.0


@dataclass(frozen=True, slots=True)
class Found:
    """Offsets count from the start of the piece."""

    score: float
    start: int = 0
    end: int = 0


NOTHING = Found(_NO)

PLACEHOLDER = re.compile(r"Company ?Name\b")
ORGANISATIONS = frozenset(
    "inc incorporated llc ltd limited corp corporation company co group university college school "
    "schools academy hospital center centre clinic bank services solutions systems technologies "
    "technology institute foundation agency associates partners consulting restaurant hotel hotels "
    "resort resorts church county district authority army navy international global industries "
    "enterprises holdings laboratory laboratories labs studio studios store stores pharmacy "
    "healthcare insurance food foods airline airlines logistics motors library museum society "
    "association ministry government council club salon spa cafe café grill kitchen bakery inn "
    "farm farms press news network networks llp lp plc gmbh pvt federal isd ymca bureau firm "
    "brothers bros house trust theater theatre media communications properties realty construction "
    "constructions electric manufacturing pharmaceuticals biotech software cleaners catering "
    "nursery preschool daycare mall freelance self-employed outfitters".split()
)
_ORGANISATION = re.compile(
    r"\b(?:city of|state of|air force|marine corps|national guard|department of|dept\.? of|"
    r"office of|self employed|n\.a|d\.d\.s)\b|& sons",
    re.I,
)
_NAME = re.compile(r"[a-zé][a-zé-]+")
# What only a firm carries at the end of its name, however much the rest reads like a title.
_FIRM = re.compile(
    r"\b(?:inc|llc|ltd|corp|llp|plc|gmbh|pvt|corporation|incorporated|university|"
    r"hospital|college)\b",
    re.I,
)
_SUFFIX = re.compile(r",? (?:inc|llc|ltd|corp|co)\b", re.I)
_CUTS = re.compile(
    rf"[ \t]+{DASHES}+[ \t]+|[ \t]*[|•·;][ \t]*|\t+|[ ]{{2,}}|[ \t]*,[ \t]*|[ ]+@[ ]*|"
    rf"[ ]+at[ ]+(?=[A-Z])|[ \t]*:[ \t]+|[ \t]*[()][ \t]*|(?<=\w){DASHES}[ ]|[ ]/[ ]|[ ]?/$"
)
SHORTENED = re.compile(
    r"(?:\b(?:inc|co|corp|ltd|sr|jr|dept|st|mgr|asst|rep|intl|bros|u\.s|n\.a)|\b\w)\.$", re.I
)
_EDGE = " \t\xa0,;:|-–—•·*#>()[]_~/\x96\uf0b7â€“Â"  # noqa: RUF001
# What may stand before a title on its line: the section's name, or the end of a bracket.
_OPENING = re.compile(
    r"\W*(?:(?:professional |work |employment )?(?:experience|history)\s?:\s|[^()\n]{1,25}\)|"
    r"\.\s|(?:title|position|job title|role|company|employer)\s?:\s)",
    re.I,
)
_PROSE = re.compile(
    r"\b(?:the|was|were|is|are|this|that|my|our|their|which|who|including|such as|responsible|"
    r"duties|ensur\w+|while|when|through|using|also|from|during|all|various|daily)\b"
)
_VERB = re.compile(
    r"(?:managed|assisted|provided|developed|created|worked|performed|maintained|supervised|led|"
    r"trained|prepared|responsible|processed|coordinated|conducted|implemented|ensured|designed|"
    r"received|handled|served|supported|planned|organized|reviewed|answered|achieved|increased|"
    r"reduced|established|analyzed|completed|monitored|built|oversaw|promoted|taught|sold|won|"
    r"proficient|installed|knowledge|ability|excellent|strong|experienced?|manage|assist|provide|"
    r"develop|create|work|perform|maintain|prepare|process|coordinate|conduct|implement|ensure|design|"
    r"handle|serve|support|plan|review|answer|monitor|train|supervise|operate|operated|"
    r"responsibilities)\b(?![ ]?(?:manager|"
    r"engineer|analyst|specialist|coordinator|technician|account|director|assistant|supervisor))",
    re.I,
)
_NOUNS = "support design plan process review train work monitor".split()
_FIELD = re.compile(
    r"(?:tools?|stack|technologies|environment|project|key|team size|role|client)[ \w]{0,20}:", re.I
)
_BULLET = re.compile(r"\s*(?:[•▪●■➢*·o\uf0b7\uf0a7]|â€¢|âž¢|[-–—>])\s")  # noqa: RUF001
_SEVERAL = re.compile(r"[,–—]| - ")  # noqa: RUF001
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SENTENCES = re.compile(r"[a-z]{4,}\. +[A-Z][a-z]")
_LABELLED = re.compile(r"\w:")
_BEHIND = re.compile(r"[ \t]*[|\t•·][ \t]*|[ ]{2,}| [(]|,[ ]")
_BEFORE_CAPITAL = re.compile(r" (?=[A-Z])")
_MAY_BE_VERB = re.compile(r"[A-Z][a-z]+(?:ed|ing|s)?\b")
_COUNTRY = re.compile(COUNTRY)
_LONGEST_TITLE = 12  # words
_LONGEST_EMPLOYER = 8


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without blanks and signs at its edges; a closing bracket stays with its partner."""
    if opening := _OPENING.match(text, start, end):
        start = opening.end()
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    if text.count("(", start, end) > text.count(")", start, end) and text[end : end + 1] == ")":
        end += 1
    return start, end


@lru_cache(maxsize=4096)
def is_prose(text: str) -> bool:
    """Whether a line tells what was done, rather than name a title, an employer or a place."""
    words = text.split()
    if not words or _BULLET.match(text) or len(words) > 14 or len(text) > 130:
        return True
    if text.rstrip().endswith((".", ":")) and not SHORTENED.search(text.rstrip(" :")):
        return True
    if _SENTENCES.search(text):
        return True
    first = words[0].strip(_EDGE)
    verb = _VERB.match(text.lstrip(_EDGE))
    if verb and not (verb.group().lower() in _NOUNS and level_of(text)):
        return True
    if _FIELD.match(text.lstrip(_EDGE)) or (first.endswith("ed") and level_of(text) is None):
        return True
    if first[:1].islower() and not (len(words) <= 6 and level_of(text)):
        return True
    return bool(_PROSE.search(text)) and len(words) > 4


@lru_cache(maxsize=8192)
def title_in(text: str) -> Found:
    """The title, if the whole piece is one; a place or brackets behind it may remain."""
    start, end = trimmed(text, 0, len(text))
    place = places.find(text, start, end)
    if place and place.start() > start:
        start, end = trimmed(text, start, place.start())
    piece = text[start:end]
    words = piece.split()
    if not words or len(words) > _LONGEST_TITLE + 3:
        return NOTHING
    if PLACEHOLDER.search(piece) or places.only(piece):
        return NOTHING
    if is_prose(piece) or _YEAR.search(piece) or not any(c.isalpha() for c in piece):
        return NOTHING
    bracket = piece.find(" (")
    if bracket > 3 and len(piece) - bracket > 30:
        end = start + bracket
        piece = text[start:end]
    # A bar parts a title from something else, unless both sides are titles.
    bar = piece.find(" | ")
    beside = bar > 0 and level_of(piece[bar:]) is None
    if beside:
        end = start + bar
        piece = text[start:end]
    if level_of(piece) is not None and piece[0].islower():
        return Found(1.5, start, end)
    if level_of(piece) is not None and len(words) <= _LONGEST_TITLE:
        return Found(3.0 - _employer_inside(piece) - beside, start, end)
    if _is_organisation(piece) or len(words) > 6:
        return Found(-1.0, start, end)
    capital = words[0][:1].isupper()
    return Found(0.8 if capital else -1.0, start, end)


def _employer_inside(title: str) -> float:
    """How much speaks for an employer's name within what reads like a title."""
    if _FIRM.search(title):
        return 2.5
    return 0.6 if _SEVERAL.search(title) and _is_organisation(title) else 0.0


@lru_cache(maxsize=8192)
def employer_in(text: str) -> Found:
    """The employer, if the piece is one; the place behind it is left out."""
    holder = PLACEHOLDER.search(text)
    if holder:
        before = text[: holder.start()].strip(_EDGE)
        return Found(4.0 if not before else 2.5, holder.start(), holder.end())
    start, end = trimmed(text, 0, len(text))
    place = places.find(text, start, end)
    placed = 0.0
    if place:
        if place.start() <= start + 1:
            return NOTHING
        start, end = trimmed(text, start, place.start())
        placed = 1.0
    piece = text[start:end]
    words = piece.split()
    if _COUNTRY.fullmatch(piece) or _LABELLED.search(piece):
        return NOTHING
    if not words or len(words) > _LONGEST_EMPLOYER or is_prose(piece) or not words[0][:1].isalnum():
        return NOTHING
    if not any(c.isupper() for c in piece):
        return NOTHING
    cut = _BEHIND.search(piece)
    if cut and cut.start() > 2 and not _SUFFIX.match(piece, cut.start()):
        end = start + cut.start()
        piece = text[start:end]
    if _is_organisation(piece):
        lexical = level_of(piece) is not None and not _FIRM.search(piece)
        return Found((0.0 if lexical else 2.5) + placed, start, end)
    if level_of(piece) is not None:
        return Found(-1.5 + placed, start, end)
    return Found(1.0 + placed, start, end)


@lru_cache(maxsize=4096)
def both_in(text: str) -> tuple[float, Found, Found]:
    """Title and employer of a piece that holds both, and the sum of their scores."""
    best = (2 * _NO, NOTHING, NOTHING)
    holder = PLACEHOLDER.search(text)
    splits: list[tuple[int, int, int, int]] = []
    if not holder and is_prose(text.strip(_EDGE)) and not places.find(text):
        return best
    if holder:
        place = places.at(text, holder.end())
        splits = [(0, holder.start(), holder.start(), len(text))]
        splits.append(
            (place.end() if place else holder.end(), len(text), holder.start(), holder.end())
        )
    else:
        for cut in list(_CUTS.finditer(text))[:6]:
            splits.append((0, cut.start(), cut.end(), len(text)))
            splits.append((cut.end(), len(text), 0, cut.start()))
        if place := places.find(text):
            splits.append((place.end(), len(text), 0, place.end()))
        splits += _unmarked(text)
    for title_start, title_end, start, end in splits:
        title = title_in(text[title_start:title_end])
        if title.score < 0 and holder:
            title = _beside_placeholder(text[title_start:title_end], title_start > 0)
        employer = employer_in(text[start:end])
        if title.score > 0 and employer.score > 0:
            total = title.score + employer.score - 0.3
            if total > best[0]:
                best = (total, _moved(title, title_start), _moved(employer, start))
    return best


def _beside_placeholder(text: str, after: bool) -> Found:
    """What stands beside an employer is a title, whatever it is called; or prose follows it.

    Extraction runs them together: "Cashier Received payments and ...".
    """
    start, end = trimmed(text, 0, len(text))
    if start < end and not places.only(text[start:end]) and not is_prose(text[start:end]):
        return Found(0.6, start, end) if len(text.split()) <= 6 else NOTHING
    if not after:
        return NOTHING
    for blank in list(_BEFORE_CAPITAL.finditer(text[start:]))[:6]:
        end = start + blank.start()
        if level_of(text[start:end]) and _MAY_BE_VERB.match(text[end + 1 :]):
            following = text[end + 1 :].split(" ", 1)[0]
            if following.endswith("ed") or _VERB.match(following):
                return Found(2.5, start, end)
    return NOTHING


def _unmarked(text: str) -> list[tuple[int, int, int, int]]:
    """Nothing but a blank between them: "Web Developer Northwind Ltd., Dayton"."""
    splits = []
    for blank in list(_BEFORE_CAPITAL.finditer(text))[:6]:
        head, tail = text[: blank.start()], text[blank.end() :]
        if level_of(head) is None or level_of(tail.split(",")[0]) is not None:
            continue
        if _is_organisation(tail) or places.find(tail):
            splits.append((0, blank.start(), blank.end(), len(text)))
    return splits


def _is_organisation(text: str) -> bool:
    """Whether some word of it is one that firms, schools and offices carry in their names."""
    return not ORGANISATIONS.isdisjoint(_NAME.findall(text.lower())) or bool(
        _ORGANISATION.search(text)
    )


def _moved(found: Found, by: int) -> Found:
    return Found(found.score, found.start + by, found.end + by)
