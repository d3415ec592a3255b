"""Licences and certificates: those the taxonomy knows by name, and those written in many ways."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from rolefit.language.claims import disclaimed
from rolefit.language.phrases import Phrases
from rolefit.language.skills import find_skills
from rolefit.language.words import lowered
from rolefit.records import Fact

KINDS = ("licence", "certificate")  # of the alias file
_FILE = Path(__file__).parent / "data" / "licences.txt"
# Whoever has these titles has the licence.
_TITLES = {
    "Registered Nurse": "registered nurse licence",
    "Licensed Practical Nurse": "licensed practical nurse licence",
    "Licensed Vocational Nurse": "licensed practical nurse licence",
    "Certified Nursing Assistant": "certified nursing assistant certificate",
    "Certified Registered Nurse Anesthetist": "certified registered nurse anesthetist",
    "Advanced Practice Registered Nurse": "advanced practice registered nurse",
}
_RENAMED = {
    "drive vehicles": "driver's licence",
    "provide first aid": "first aid certificate",
    "Prince2 project management": "PRINCE2",
    "Journeyman Electrician": "electrician licence",
    "Cardiopulmonary Resuscitation": "CPR certificate",
}


def _entries() -> Iterator[tuple[str, str, str]]:
    """Heading, name and phrases of every line of the data file."""
    heading = ""
    for line in _FILE.read_text("utf-8").splitlines():
        if line.startswith("["):
            heading = line.strip("[] ")
        elif line and not line.startswith("#"):
            name, _, phrases = line.partition(" =")
            yield heading, name.strip(), phrases.strip()


# Without one of these the law forbids the work. The driver's licence, which most adults have and
# few resumes name, and certificates that only employers ask for are not among them.
HARD: frozenset[str] = frozenset(name for heading, name, _ in _entries() if heading == "hard")
_LISTS = {name: phrases for _, name, phrases in _entries()}
PHRASES = Phrases(**_LISTS)
NAMES = frozenset(name for name, phrases in _LISTS.items() if phrases)
_WORD = re.compile(r"[A-Z][a-z']+")
# "Philadelphia, PA / C#", "CDL a plus".
_BY_CHANCE = re.compile(r"(?:PA|pa)\s+[Cc]|[Cc][Dd][Ll] [ab]")
_NOT_OWN = re.compile(
    r"\b(?:supervis\w+ (?:of|by)|direction of|report\w* (?:directly )?to|assist(?:ed|ing|s)?|"
    r"support(?:ed|ing|s)?|pursuing|toward|towards|working on|working toward|studying for|"
    r"not (?:yet )?(?:an? )?(?:licensed|certified|registered)(?: as)?|no)[ ]+"
    r"(?:the |an? |my |his |her )?$",
    re.I,
)
_NOT_YET = re.compile(
    r"(?: licen\w+| certific\w+| exam\w*)?[ ,:(-]{1,3}"
    r"(?:in progress|pending|scheduled|expected|anticipated|student|candidate|eligible|none"
    r"|(?:(?:was|has|is|now|since|long) )?(?:lapsed|expired|revoked|surrendered|suspended))\b",
    re.I,
)
# People in the plural are somebody's colleagues: nobody asks for or holds their licences.
_COLLEAGUES = re.compile(r"\b(?:nurses|assistants|aides|anesthetists|rns|lpns|lvns|cnas)\Z", re.I)


def find_licences(text: str) -> list[Fact]:
    """Every mention of a licence or certificate, in text order, without overlaps.

    `value` is the canonical name, `detail` the state that belongs to it, if the text names one.
    Nurses' titles count: whoever works as a registered nurse holds the licence. "Directs licensed
    practical nurses" names none.
    """
    found = [(hit.start, hit.end, hit.group) for hit in PHRASES.find(lowered(text))]
    for skill in find_skills(text, kinds=(*KINDS, "title")):
        if skill.kind in KINDS or skill.label in _TITLES:
            value = canonical(skill.label, skill.kind)
            found += [(mention.start, mention.end, value) for mention in skill.mentions]
    # Of two at one place the longer says more: "class A driver's license". Of two as long, the
    # one of the data file, which comes first.
    found.sort(key=lambda one: (one[0], -one[1]))
    kept: list[Fact] = []
    for start, end, value in found:
        said = text[start:end]
        if kept and start < kept[-1].end:
            continue
        if _COLLEAGUES.search(said) or _BY_CHANCE.fullmatch(said):
            continue
        kept.append(Fact(value, start, end, _state(text, start, end)))
    return kept


def held_licences(text: str) -> list[Fact]:
    """Those of a resume that the person has, as far as the words around them tell."""
    return [
        fact
        for fact in find_licences(text)
        if not disclaimed(text, fact.start, fact.end)
        and not _NOT_OWN.search(text, max(0, fact.start - _NEAR), fact.start)
        and not _NOT_YET.match(text, fact.end)
    ]


def canonical(label: str, kind: str) -> str:
    """The name of a licence by its label in the taxonomy.

    The alias file writes names in capitals; those of licences are common nouns.
    """
    renamed = _TITLES.get(label) or _RENAMED.get(label)
    if renamed:
        return renamed
    if kind == "certificate":
        return label
    return " ".join(
        word.lower() if _WORD.fullmatch(word) and word != "ServSafe" else word
        for word in label.split()
    )


_STATES = (
    "Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Georgia"
    " Hawaii Idaho Illinois Indiana Iowa Kansas Kentucky Louisiana Maine Maryland Massachusetts"
    " Michigan Minnesota Mississippi Missouri Montana Nebraska Nevada Ohio Oklahoma Oregon"
    " Pennsylvania Tennessee Texas Utah Vermont Virginia Washington Wisconsin Wyoming"
).split()
_TWO_WORDS = (
    "New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Rhode Island"
    "|South Carolina|South Dakota|West Virginia|District of Columbia"
)
_STATE = re.compile(rf"\b(?:{_TWO_WORDS}|{'|'.join(_STATES)})\b")
_NEAR = 40  # characters between a licence and its state


def _state(text: str, start: int, end: int) -> str:
    """The US state named within a few words of the licence, in its sentence."""
    before = text[max(0, start - _NEAR) : start].rpartition("\n")[2].rpartition(". ")[2]
    after = text[end : end + _NEAR].partition("\n")[0].partition(". ")[0]
    named = _STATE.search(text, start, end) or _STATE.search(before) or _STATE.search(after)
    return named.group() if named else ""
