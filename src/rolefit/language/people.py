# ruff: noqa: E501, RUF001  (patterns and lists read better whole; dashes are what is read)
"""Names of people in a resume: whose it is, wherever the name comes again, and others named in it.

What it cannot find is said in docs/fairness.md.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from rolefit.language import places
from rolefit.language.levels import level_of
from rolefit.language.roles import employer_in
from rolefit.records import Line

Span = tuple[int, int]
_LONGEST_NAME = 50  # characters
_LONGEST_HEAD = 120  # characters of a line that may hold a name; a longer one is prose

# Given names that are enough to tell a first line from a title. Common ones of many origins.
_GIVEN = frozenset(
    "aaliyah aaron abdul abdullah abigail adam adriana ahmad ahmed aisha akira alan alejandro alex "
    "alexander alexandra ali alice alicia alison amanda amir amit amy ana andrea andrew angela anil "
    "anita anjali ann anna anne anthony antonio anya arjun arthur ashley barbara benjamin beth brian "
    "bruno camila carlos carmen caroline catherine chen chidi chloe chris christine christopher "
    "claire daniel darnell david deborah deepak denise dennis diana diego dmitri donna dwayne ebony "
    "edward elena elizabeth emeka emily emma eric erik esther eva fatima felix fernando francesca "
    "frank gabriel gary george gloria greta hannah hans haruto hassan heather helen henry hiroshi "
    "huang hussein ibrahim igor imani ines ingrid isabel ivan jack jacob jamal james jane janet "
    "jasmine jason javier jean jennifer jeremy jessica jing joan john jonathan jose joseph joshua "
    "juan julia julie kamal karen karim katarzyna katherine kathleen kavita keisha keith kelly kenji "
    "kevin kwame lakisha lars latoya laura lauren leila leon leticia li lina linda lisa liu lucia "
    "luis lukas magdalena malik manuel marco margaret maria mariana marie mario martin mary matthew "
    "mehmet mei mei-ling michael michelle miguel min mohamed mohammed monica muhammad nadia nancy "
    "natalia natasha neha ngozi nguyen nicole nikhil noah olga oliver olivia omar pablo patricia "
    "patrick paul pedro peter philip pierre piotr prakash priya rachel rahul raj ramesh raquel "
    "rebecca ricardo richard robert roberto rosa ryan samantha samuel sandra sanjay sara sarah "
    "scott sean sergei sergio shanice sharon sofia sophie stephanie stephen steven suresh susan "
    "svetlana tamara tanisha tariq teresa thomas tomasz tyrone valentina vijay vikram vladimir wei "
    "william xiaoming yasmin yolanda youssef yuki yusuf zainab zhang zoe".split()
)
# Words that are names and much else: alone they are never masked outside the header.
_AMBIGUOUS = frozenset(
    "april may june august summer autumn will mark bill grant chase drew art frank grace hope faith "
    "joy rose lily ivy jordan virginia georgia chad israel india china kenya paris london dallas "
    "austin houston madison charlotte jackson lincoln washington phoenix sydney florence victoria "
    "young king baker cook price ford bank banks wells morgan stone wood woods fields hill rivers "
    "brown green white black gray grey long short best page field case miles penny rich major dean "
    "bishop carter taylor mason cooper miller smith shepherd gardener hunter fisher farmer butler "
    "porter marshall power powers day love park lane street gates rice berry sales law read ray "
    "win sun moon song ma an do so he see go le la de van von bin al el san data pat max python "
    "ruby java perl scala swift crystal julia jasmine amber destiny mercy angel christian pearl "
    "sterling reed west north east south ann rob sue".split()
)
_NO_NAME = frozenset(
    "resume résumé curriculum vitae cv profile summary objective contact information personal "
    "details data about me page experience education skills professional confidential updated "
    "portfolio references of the and for to in with home mobile phone email address career work "
    "street road avenue lane drive city state country university college school hospital company "
    "technologies solutions services systems group bank institute development business customer "
    "human resources information technology project health care public relations digital media "
    "fitness aviation apparel finance sales advocate healthcare accounting banking construction "
    "software data web graphic design marketing administration administrative agriculture automobile "
    "arts legal nursing operations quality strategic senior junior lead certified licensed highlights "
    "qualifications accomplishments united states america new north south west east remote open "
    "available full time part job title name first last present january february march september "
    "october november december monday office access word excel project projects program programs "
    "process corporate general management manager director executive internal external revenue "
    "academic advanced writing targeted assistant coordinator officer specialist analyst engineer "
    "technician consultant generalist international national global regional team staff yes none "
    "core key major minor relevant recent overview background training security safety energy outlook publisher board members "
    "women men men's women's society club council committee science sciences arts studies".split()
)
# Of those and of what firms are called, what is a surname behind a given name all the same.
_SURNAMES = frozenset(
    "lane west page major street drive north banks church house hall park young bishop knight".split()
)
_LETTERS = r"[^\W\d_]"
_BARE = rf"{_LETTERS}(?:{_LETTERS}|['’-](?={_LETTERS}))*"
_PART = rf"{_LETTERS}(?:{_LETTERS}|['’`.-](?={_LETTERS}))*\.?"
_NAMELIKE = re.compile(
    rf"(?:{_PART})(?:[ \xa0]+(?:\((?:{_PART})\)|[\"“'](?:{_PART})[\"”']|{_PART})){{0,5}}"
)
# A line with a name may end so: "Moyo, C.", "Robert Davis, Jr."
_INITIAL = re.compile(rf"\b(?:{_LETTERS}|Jr|Sr|Esq|Ph\.?D|M\.?D)\.$")
_PARTED = re.compile(r"[|•·\t]")
_PARTICLES = frozenset(
    "de da do dos das del della di du la le las los van von der den ten ter bin binti ibn al el "
    "ben abu st y e zu af av i".split()
)
_AFTER = re.compile(
    r"[ \t]*,?[ \t]+(?:(?:Ph\.?D|M\.?D|MBA|CPA|RN|BSN|MSN|PMP|CFA|Esq|Jr|Sr|II|III|IV|PE|LCSW|DDS|JD|"
    r"SHRM-CP|PHR|SPHR|CISSP|EdD|MSc|BSc|MA|BA|BS|MS|LPN|NP|OTR|PT|DPT|ACA|ACCA|AIA|APRN|CAMS|CCRN|CCC-SLP|"
    r"CEN|CFE|CFP|CHES|CIA|CIMA|CIPD|CISA|CISM|CMA|CMSRN|CNA|CNM|CPCU|CPhT|CRNA|CSCS|CSM|CSSBB|CST|DNP|DO|"
    r"DVM|EIT|EMT(?:-[BP])?|FCA|FNP(?:-BC|-C)?|FRM|LLB|LLM|LMFT|LMSW|LPC|LVN|MEd|MHA|MPA|MPH|MSW|PA-C|PHN|"
    r"PharmD|PMI|RD|RDH|RDN|RN-BC|RPh|RRT|SHRM-SCP|SSBB)\b\.?,?[ \t]*)+$"
)  # fmt: skip
_CUT = re.compile(
    r"[ \t]*\([a-z]+[ ]?/[^)\n]*\)|[ \t]*[|•·;/][ \t]*|\t+|[ ]{2,}|[ ]+[-–—][ ]+|,[ ]"
)
_TITLED = r"(?:curriculum vitae|r[eé]sum[eé]|cv)(?:[ ]+(?:of|for))?[ ]*[-–—:|]?[ ]*"
_LABEL = re.compile(
    r"(?:(?:full |first |last |family |given |middle |sur)?name|applicant|candidate|prepared by|"
    rf"{_TITLED})[ \t]*[:–—-]?[ \t]*", re.I,
)  # fmt: skip
_REVERSED = re.compile(r"[^\s,]+,[ ][^,]+")  # "Doe, Jane"
_HANDLE_END = re.compile(r"@|\(at\)|\[at\]")
_WORD = re.compile(_BARE)
_PARTS = re.compile(_PART)
_CAPITAL_BEFORE = re.compile(r"([A-Z][\w.&-]*)[ ]$")
_CAPITAL_BEHIND = re.compile(r"[ ](?:[A-Z&]\w*)")
HONORIFIC = re.compile(
    r"\b(?:(?P<sex>Mr|Mrs|Ms|Mister|Madam|Messrs|Mme|Herr|Frau|Señora?|Sra?)\b\.?|(?P<sex2>Miss|Sir)\b|"
    rf"(?:Dr|Prof|Professor|Rev)\b\.?)(?P<name>(?:[ \xa0]+(?=[^\W\d_a-z])(?:{_LETTERS}\.|{_BARE})){{1,3}})"
)
_KNOWN_PERSON = re.compile(
    r"\b(?:[Rr]eport(?:ed|ing|s) (?:directly )?to|[Ss]upervised by|[Mm]anaged by|[Ss]upervisor:|"
    rf"(?<!\w )[Mm]anager:|[Rr]eferences?:|[Rr]eferee:)[ ]+(?P<name>(?=[^\W\d_a-z]){_PART}(?:[ ]+(?=[^\W\d_a-z]){_PART}){{1,2}})"
)


def find(
    text: str, header: Sequence[Line], contacts: Sequence[Span], addresses: Sequence[Span]
) -> Iterator[Span]:
    """Spans of names; `header` are the lines in which the person's own is looked for."""
    written = [text[start:end] for start, end in contacts]
    handles = [_HANDLE_END.split(c)[0].lower() for c in written if not c[:1].isdigit()]
    above = header[-1].end if header else 0
    person = _person(text, header, handles, addresses)
    # Below an address or a number a name is expected; without them a title may look like one.
    if person and (
        any(start < above for start, _ in (*contacts, *addresses))
        or not _common(text, text[slice(*person)])
    ):
        yield person
        yield from _again(text, text[slice(*person)])
    for pattern in (HONORIFIC, _KNOWN_PERSON):
        for match in pattern.finditer(text):
            if is_name(match["name"]):
                yield match.span("name")


def _common(text: str, piece: str) -> bool:
    """Whether no word of it is a known given name, and one is used as a word elsewhere."""
    found = {
        word for word in _WORD.findall(piece.lower()) if len(word) > 2 and word != word.upper()
    }
    words = found - _PARTICLES
    if not _GIVEN.isdisjoint(words):
        return False
    return any(re.search(rf"(?<![\w.@/-]){re.escape(word)}(?![\w.@/-])", text) for word in words)


def is_name(piece: str) -> bool:
    """Whether it can be a name at all: not "Ms Office", not "reported to General Manager"."""
    low = [word.strip(".").lower() for word in piece.split()]
    title = level_of(piece) is not None and low[0] not in _GIVEN and len(low) > 1
    return _NO_NAME.isdisjoint(low) and not title


def _person(
    text: str, header: Sequence[Line], handles: Sequence[str], places_found: Sequence[Span]
) -> Span | None:
    """The span of the name that the resume is headed with, or None."""
    best: tuple[float, int, int] | None = None
    for number, line in enumerate(header):
        parted = _PARTED.search(text, line.start, min(line.end, line.start + _LONGEST_NAME))
        long = line.end - line.start > _LONGEST_HEAD and not (parted and not number)
        prose = long or text[line.end - 1] in ".:!?"
        if prose and (number or not _INITIAL.search(text, line.start, line.end)):
            continue
        for place, (start, end) in enumerate(_pieces(text, line)):
            if any(first <= start and end <= last for first, last in places_found):
                continue
            score = (
                _likeness(text[start:end], handles, not number) - 0.4 * number - 0.3 * (place > 1)
            )
            label = _LABEL.fullmatch(text[line.start : start].lstrip())
            score += 3 if label and start > line.start else 0
            if score >= 2 and (best is None or score > best[0]):
                best = score, start, end
    return best[1:] if best else None


def _pieces(text: str, line: Line) -> Iterator[Span]:
    label = _LABEL.match(text, line.start, line.end)
    start = label.end() if label else line.start
    if label and text[label.start() : label.end()].isalpha():
        start = line.start  # "Candidate" alone, or the beginning of a longer word
    after = _AFTER.search(text, start, line.end)
    end = after.start() if after else line.end
    yield start, end  # "Doe, Jane" is one piece
    for cut in [*_CUT.finditer(text, start, end)]:
        yield start, cut.start()
        start = cut.end()
    yield start, end


def _likeness(piece: str, handles: Sequence[str], top: bool = False) -> float:
    """How much a piece of the header reads like a person's name; from 2 it is taken for one."""
    plain = piece.replace(",", "", 1) if _REVERSED.fullmatch(piece) else piece
    words = [word.strip("()\"'“”.,") for word in plain.split()]
    low = [word.lower() for word in words]
    if not _NAMELIKE.fullmatch(plain) or not any(low) or len(plain) > 50:
        return -9
    cased = all(not w[:1].islower() or w.lower() in _PARTICLES for w in words)
    listed = any(part in _GIVEN for word in low for part in (word, *word.split("-")))
    handled = any(len(word) > 2 and _folded(word) in handle for word in low for handle in handles)
    if any("\u3040" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7a3" for c in plain):
        return 2.5 if len(plain) <= 6 else -9
    title = level_of(piece) is not None and not (listed or handled)  # "Emily Baker" is none
    # "Brandon Lane" is one, above all in the top line.
    plainly = (
        len(low) == 2
        and low[1] in _SURNAMES
        and (low[0] in _GIVEN or (top and low[0] not in _NO_NAME))
    )
    if title or not (plainly or _NO_NAME.isdisjoint(low)) or places.only(piece):
        return -9
    firm = employer_in(piece).score >= 2 and not plainly
    score = 1.5 * cased + 2 * handled + 1.5 * listed - 3 * firm
    score += 0.9 if 2 <= len(words) <= 5 else -1
    return score


def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word)
    return re.sub(r"[^a-z]", "", plain.encode("ascii", "ignore").decode())


def _again(text: str, name: str) -> Iterator[Span]:
    """The name wherever else it stands, whole or in part."""
    parts = [w for w in _PARTS.findall(name) if len(w.strip(".")) > 1]
    whole = r"[ \xa0]+".join(map(re.escape, name.split()))
    forms = [whole]
    if len(parts) > 1:
        first, last = re.escape(parts[0]), re.escape(parts[-1])
        forms += [rf"{last},[ ]+{first}", rf"{first}[ ]+(?:{_LETTERS}\.?[ ]+)?{last}"]
    for form in forms:
        for match in re.finditer(rf"\b{form}(?!\w)", text, re.I):
            yield match.span()
    for part in parts:
        low = part.lower()
        if low in _AMBIGUOUS or len(part) < 3 or low in _PARTICLES:
            continue
        if part != low and re.search(rf"(?<![\w.@/-]){re.escape(low)}(?![\w.@/-])", text):
            continue  # the text uses it as a common word
        for match in re.finditer(rf"\b(?:{re.escape(part)}|{re.escape(part.title())})\b", text):
            # "Ford Motor", "J.P. Morgan": beside another capital it is a firm's, not the person's.
            before = _CAPITAL_BEFORE.search(text[max(0, match.start() - 20) : match.start()])
            behind = _CAPITAL_BEHIND.match(text, match.end())
            if not behind and (not before or before[1] in parts):
                yield match.span()
