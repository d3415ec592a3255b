# ruff: noqa: E501  (patterns read better whole)
"""Licences and certificates: those the taxonomy knows by name, and those written in many ways."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from rolefit.language.claims import disclaimed
from rolefit.language.phrases import Hit, Phrases
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


def _under(*headings: str) -> dict[str, str]:
    """Phrases by name."""
    return {name: phrases for heading, name, phrases in _entries() if heading in headings}


# Without one of these the law forbids the work. The driver's licence, which most adults have and
# few resumes name, and certificates that only employers ask for are not among them.
HARD: frozenset[str] = frozenset(_under("hard")) | frozenset(_under("registers"))
_LISTS = _under("hard", "other")
PHRASES = Phrases(**_LISTS)
_REGISTERS = _under("registers")
REGISTERS = Phrases(**_REGISTERS)
_CHECKS = _under("checks")
CHECKS = Phrases(**_CHECKS)
_COVERS = {
    name: tuple(part.strip() for part in held.split(",")) for name, held in _under("covers").items()
}
NAMES = frozenset(_REGISTERS) | frozenset(name for name, phrases in _LISTS.items() if phrases)
_WORD = re.compile(r"[A-Z][a-z']+")
# "Philadelphia, PA / C#", "CDL a plus".
_BY_CHANCE = re.compile(r"(?:PA|pa)\s+[Cc]|[Cc][Dd][Ll] [ab]")
# Who keeps a register is named for much besides: "GPhC inspectors", "the GMC Sierra".
_REGISTERED = re.compile(
    r"regist|\breg\b|\bpin\b|\bno\b\.?:? ?\d|number|\bID\b|\d{5}|licen[cs]|licenti|member|enrol|"
    r"admitted|fellow|chartered|\bfull\b|[(]",
    re.I,
)
_OF_REGISTER = re.compile(
    r"[)]? (?:inspect|audit|visit|standard|guid|complian|code\b|tribunal|hearing|exam|inquir|"
    r"funded|approved (?:course|program)|accredited (?:course|program|degree))",
    re.I,
)
_PAPERS = re.compile(
    r"licen|certif|regist|\bcards?\b|valid|current|expir|renew|issued|passed|\bpin\b|\bheld\b", re.I
)
# One word for several things, told apart by what else the text or the line speaks of.
_DRIVING = re.compile(
    r"\b(?:[hl]gv|lorr(?:y|ies)|tacho\w*|truck|artic|haulage|c ?\+ ?e|cat(?:egory)? c1?|pcv|psv|"
    r"coach driv\w+|bus driv\w+|deliver(?:y|ies) driver|multi[ -]?drop|van driver)\b",
    re.I,
)
_CODING = re.compile(r"\b(?:coder|coding|icd|cpt|hcpcs|aapc|billing)\b", re.I)
_LAW = re.compile(
    r"\b(?:solicitors?|law|legal|llb|ll\.b|training contract|gdl|sqe\d?|conveyanc\w+|litigation|"
    r"paralegal)\b",
    re.I,
)
_COUNSELLING = re.compile(
    r"\b(?:counsel(?:l?ing|l?ors?)|therap\w+|mental health|clients' needs)\b", re.I
)
_CONDUIT = re.compile(
    r"\b(?:conduits?|raceways?|bend(?:s|ing)?|rigid|mc cable|wire|boxes|mc)\b", re.I
)
_PROCESS = re.compile(r"\b(?:process safety|ammonia|osha|hazop|committee|pha)\b", re.I)
_NOT_OWN = re.compile(
    r"(?:\b(?:supervis\w+ (?:of|by)|direction of|under|by company|report\w* (?:directly )?to|"
    r"(?:work\w*|along|alongside|together|liais\w+|shifts?) with|"
    r"(?:led|directed|run|signed off|checked|covered|owned|audited) by|"
    r"assist(?:ed|ing|s)?|support(?:ed|ing|s)?|pursuing|towards?|working on|completing|considering|"
    r"(?:stud(?:y|ying|ied)|reading|preparing|looking|waiting|applied|applying|pays?) for|"
    r"signed up for|"
    r"planning(?: for| to get)?|(?:applied|applying) to|get(?:ting)?|no longer|enrolled (?:in|on)|"
    r"used to (?:have|hold|be)|training (?:for|as|to be|towards?)|doing|looking at|after that|becom(?:e|ing)|"
    r"want(?:s|ed)?(?: to (?:be|get))?|recruit\w*|hir(?:e|ed|es|ing)|staffing|plac(?:ed|ing)|"
    r"(?:wife|husband|mother|father|sister|brother|son|daughter|partner|spouse),? (?:is|was)|"
    r"(?:sold|selling|sell|sales of|sales)\b[^.;\n]{0,30} to|(?:am|is|are|was|were) not|i'm not|"
    r"(?:complet\w+|appl(?:y|ied|ying)|await\w*|seek\w*|pending|process of|begun|begin\w*|start\w*)\b"
    r"[^.;\n]{0,25}\bregist\w+ (?:with|at|by|to)|"
    r"not (?:yet )?(?:an? )?(?:licensed|certified|registered)(?: as)?|not|no|non)[ -]+)"
    r"(?:(?:the|an?|my|his|her|our|their|company|charge|duty|us|state)[ ]+)*$",
    re.I,
)
LOST = 0.95  # a probability that it is not held, from which it counts as lost: a cap hangs on it
_LOST = (
    r"expired|lapsed|inactive|revoked|surrendered|suspended|(?:gave|given) (?:it|this|that) up|"
    r"let (?:it|that|this) (?:go|lapse|run out)|no longer (?:valid|held|current|active)|not (?:yet )?"
    r"(?:taken|held|passed|current|renewed|done|completed|started|active|sat|finished|scheduled)|"
    r"(?:did not|didn't) (?:take|pass|renew|sit|finish|keep)|never (?:took|sat|got|passed)|"
    r"(?:ran|run) out|to be (?:renewed|taken)|until separation"
)
_OPEN = (
    r"in progress|pending|scheduled|expected|anticipated|booked|planning|planned|considered|"
    r"considering|outstanding|failed|waitlisted|awaiting|sat and|studying|working (?:on|towards?)|"
    r"next (?:year|month|spring|summer)|not yet|applied (?:for|in)|attended|"
    r"took (?:the|it|exam|course)|had (?:it|one)|exam (?:in|booked|scheduled|not)|sitting|theory passed|learners?\b|bought|"
    r"class(?:es)? (?:start|finish)\w*|training attended|part[ -]qualified|part \d passed|"
    r"\d+ of \d+"
)
_NOT_YET = re.compile(
    # Immediately, with a word for what it is; then further on in the same part of the line.
    rf"(?: licen\w+| certific\w+| exam\w*)?[ ,:(-]{{1,3}}(?:{_OPEN}|student|candidate|eligible|none"
    rf"|(?:(?:was|has|is|now|since|long) )?(?:{_LOST}))\b"
    rf"|(?:(?! and |[,;\n•|]|[.] ).){{0,45}}?(?<!not )(?<!never )(?<!n't )\b(?:{_LOST})\b"
    rf"|[^,;.\n•|]{{0,20}}[,;] {{0,2}}(?:{_LOST})\b"
    rf"|[^,;.\n•|]{{0,12}}?[ ]?[:(\u2013\u2014-][ ]?(?:{_OPEN})\b"
    r"|(?: licen\w+| certific\w+)?[ ]?[:=\u2013\u2014-]+[ ]*(?:no|none|nil|n/a|not)\b"
    r"(?! (?:points|convict|restrict|endorse|expir|condition|claims|limit|more))"
    r"|(?: licen\w+| certific\w+)?[ ](?:no|none)[ ]?(?=[.,;)\n]|\Z)"
    # Others' and what is only around it.
    r"|[ ](?:program(?:me)?s?|students?|candidates?|applicants?|firms?|committee|drivers|recruit\w+|"
    r"roles|jobs|positions?|grad(?:uate)?s?|inspect\w+|school|prep|on duty)\b",
    re.I,
)
# People in the plural are somebody's colleagues: nobody asks for or holds their licences.
_COLLEAGUES = re.compile(r"\b(?:nurses|assistants|aides|anesthetists|rns|lpns|lvns|cnas)\Z", re.I)


def find_licences(text: str) -> list[Fact]:
    """Every mention of a licence or certificate, in text order, without overlaps.

    `value` is the canonical name, `detail` the state that belongs to it, if the text names one.
    Nurses' titles count: whoever works as a registered nurse holds the licence. "Directs licensed
    practical nurses" names none. Who keeps a register counts where the line speaks of being on it.
    """
    return _found(text, PHRASES.find(lowered(text)))


def _found(text: str, hits: Iterable[Hit]) -> list[Fact]:
    found = [(hit.start, hit.end, hit.group) for hit in hits]
    found += [(hit.start, hit.end, hit.group) for hit in REGISTERS.find(lowered(text))
              if _on_register(text, hit.start, hit.end)]  # fmt: skip
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
        if meant := _meant(value, text, start, end):
            kept.append(Fact(meant, start, end, _state(text, start, end)))
    return kept


def _on_register(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - _NEAR) : start].rpartition("\n")[2]
    after = text[end : end + _NEAR].partition("\n")[0]
    if _OF_REGISTER.match(after) or (text[start:end].islower() and end - start < _FULL):
        return False
    return bool(_REGISTERED.search(before) or _REGISTERED.search(after))


def _meant(value: str, text: str, start: int, end: int) -> str:
    """The licence that a word of several meanings stands for here; "" if it is none."""
    line = text[text.rfind("\n", 0, start) + 1 : end + _NEAR].partition("\n\n")[0]
    if value == "certified professional coder":
        drives = _DRIVING.search(text) and not _CODING.search(text)
        return "Driver CPC" if drives else value
    if value == "licensed professional counselor":
        law = _LAW.search(text) and not _COUNSELLING.search(text)
        return "Legal Practice Course" if law else value
    if value == "ADR certificate":
        return value if end - start > _FULL or _DRIVING.search(text) else ""
    if value == "emergency medical technician" and text[start:end] == "EMT":
        return "" if _CONDUIT.search(line) else value
    if value == "Professional Scrum Master":
        return "" if _PROCESS.search(line) else value
    return value


def held_licences(text: str) -> list[Fact]:
    """Those of a resume that the person has, each once, as far as the words around them tell.

    Of several mentions the one that speaks of a licence. What covers another comes with it: CDL
    class A is a CDL.
    """
    low = lowered(text)
    held = [
        fact
        for fact in _found(text, [*PHRASES.find(low), *CHECKS.find(low)])
        if not disclaimed(text, fact.start, fact.end, LOST)
        and not _NOT_OWN.search(text, max(0, fact.start - _BEFORE), fact.start)
        and not _NOT_YET.match(text, fact.end)
    ]
    best: dict[tuple[str, str], Fact] = {}
    for fact in held:
        for name in (fact.value, *_COVERS.get(fact.value, ())):
            told = best.get((name, fact.detail))
            if told is None or (_plain(text, fact) and not _plain(text, told)):
                best[name, fact.detail] = replace(fact, value=name)
    return sorted(best.values(), key=lambda fact: fact.start)


def _plain(text: str, fact: Fact) -> bool:
    """Whether the line around it speaks of a licence, as the title under a name does not."""
    before = text[max(0, fact.start - _BEFORE) : fact.start].rpartition("\n")[2]
    after = text[fact.end : fact.end + _BEFORE].partition("\n")[0]
    return bool(_PAPERS.search(before) or _PAPERS.search(after))


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
_BEFORE = 60  # characters that may say whose it is
_FULL = 6  # letters of a word that is no acronym any more


def _state(text: str, start: int, end: int) -> str:
    """The US state named within a few words of the licence, in its sentence."""
    before = text[max(0, start - _NEAR) : start].rpartition("\n")[2].rpartition(". ")[2]
    after = text[end : end + _NEAR].partition("\n")[0].partition(". ")[0]
    named = _STATE.search(text, start, end) or _STATE.search(before) or _STATE.search(after)
    return named.group() if named else ""
