# ruff: noqa: E501, RUF001  (patterns and lists read better whole; dashes are what is read)
"""Document -> Document without what tells who a person is: names, contacts, age, sex.

What is masked becomes blanks of the same length, so every offset stays what it was. Blanks, because
the tokenizer drops white space: of a masked name the encoder sees nothing at all, neither an odd
character nor a length, and two resumes that differ only in what is masked give the same tokens.

What it cannot find is said in docs/fairness.md. Pictures never reach this point: the readers take
text only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rolefit.language import places, sections
from rolefit.language.education import find_degrees
from rolefit.language.levels import level_of
from rolefit.language.resume_facts import resume_facts
from rolefit.language.roles import employer_in
from rolefit.records import Document, Line, Notice

BLOCK = "\u2588"  # what people see in place of a masked character
KINDS = ("name", "contact", "address", "date of birth or age", "graduation date",
         "pronoun or title", "personal detail")  # fmt: skip
_LONGEST_HEAD = 120  # characters of a line that may hold a name; a longer one is prose
_HEADER = 12  # lines; what stands above the first heading, and no more than this

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
    "core key major minor relevant recent overview background training security safety energy "
    "women men men's women's society club council committee science sciences arts studies".split()
)
_LETTERS = r"[^\W\d_]"
_BARE = rf"{_LETTERS}(?:{_LETTERS}|['’-](?={_LETTERS}))*"
_PART = rf"{_LETTERS}(?:{_LETTERS}|['’`.-](?={_LETTERS}))*\.?"
_NAMELIKE = re.compile(
    rf"(?:{_PART})(?:[ \xa0]+(?:\((?:{_PART})\)|[\"“'](?:{_PART})[\"”']|{_PART})){{0,5}}"
)
_INITIAL = re.compile(rf"\b{_LETTERS}\.$")  # a line may end in one: "Moyo, C."
_PARTICLES = frozenset(
    "de da do dos das del della di du la le las los van von der den ten ter bin binti ibn al el "
    "ben abu st y e zu af av i".split()
)
_AFTER = re.compile(
    r"[ \t]*,?[ \t]+(?:(?:Ph\.?D|M\.?D|MBA|CPA|RN|BSN|MSN|PMP|CFA|Esq|Jr|Sr|II|III|IV|PE|LCSW|DDS|JD|"
    r"SHRM-CP|PHR|SPHR|CISSP|EdD|MSc|BSc|MA|BA|BS|MS|LPN|NP|OTR|PT|DPT)\b\.?,?[ \t]*)+$"
)  # fmt: skip
_CUT = re.compile(
    r"[ \t]*\([a-z]+[ ]?/[^)\n]*\)|[ \t]*[|•·;/][ \t]*|\t+|[ ]{2,}|[ ]+[-–—][ ]+|,[ ]"
)
_TITLED = r"(?:curriculum vitae|r[eé]sum[eé]|cv)(?:[ ]+(?:of|for))?[ ]*[-–—:|]?[ ]*"
_LABEL = re.compile(
    r"(?:(?:full |first |last |family |given |middle |sur)?name|applicant|candidate|prepared by|"
    rf"{_TITLED})[ \t]*[:–—-]?[ \t]*", re.I,
)  # fmt: skip
_HONORIFIC = re.compile(
    r"\b(?:(?P<sex>Mr|Mrs|Ms|Mister|Madam|Messrs|Mme|Herr|Frau|Señora?|Sra?)\b\.?|(?P<sex2>Miss|Sir)\b|"
    rf"(?:Dr|Prof|Professor|Rev)\b\.?)(?P<name>(?:[ \xa0]+(?=[^\W\d_a-z])(?:{_LETTERS}\.|{_BARE})){{1,3}})"
)
_KNOWN_PERSON = re.compile(
    r"\b(?:[Rr]eport(?:ed|ing|s) (?:directly )?to|[Ss]upervised by|[Mm]anaged by|[Ss]upervisor:|"
    rf"[Mm]anager:|[Rr]eferences?:|[Rr]eferee:)[ ]+(?P<name>(?=[^\W\d_a-z]){_PART}(?:[ ]+(?=[^\W\d_a-z]){_PART}){{1,2}})"
)
_EMAIL = re.compile(r"[\w.+%-]+[ ]?(?:@|\(at\)|\[at\])[ ]?[\w-]+(?:\.[\w-]+)+", re.I)
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>|,;)]+|\b(?:[\w-]+\.)*(?:linkedin|github|gitlab|facebook|twitter|"
    r"instagram|behance|dribbble|medium|stackoverflow|kaggle|xing|x|t)\.(?:com|net|me|org|io)/"
    r"[^\s<>|,;)]+|\b[\w-]+\.(?:github|gitlab|wixsite|wordpress|weebly)\.(?:io|com)\b\S*|"
    r"(?<![\w.@])@[A-Za-z]\w{2,}", re.I,
)  # fmt: skip
_PHONE = re.compile(r"(?<![\w$€£.,/-])\+?\(?\d(?:[\d \xa0().–-]{6,20})\d(?![\w%,/-])")
_PHONE_LABEL = re.compile(
    r"\b(?:(?:tele)?phone|tel|mobile|cell|fax|whatsapp|contact)\b(?: (?:no|number))?[ .:#]*"
    r"(?P<number>\+?[\d (][\d \xa0().–/-]{5,20}\d)", re.I,
)  # fmt: skip
_STREET = re.compile(
    r"\b\d{1,6}[A-Za-z]?,?[ ]+(?:[NSEW]\.?[ ]+)?(?:[A-Z0-9][\w'’.-]*[ ]+){1,4}"
    r"(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Way|Place|Pl|Terrace|"
    r"Ter|Circle|Cir|Parkway|Pkwy|Highway|Hwy|Close|Crescent|Square|Sq|Trail|Row|Gardens|Mews)\b\.?"
    r"(?:,?[ ]+(?:Apt|Apartment|Unit|Suite|Ste|Flat|Floor|#)\.?[ ]*#?[\w-]+)?"
    r"|\bP\.?[ ]?O\.?[ ]Box[ ]\d+"
    r"|\b[A-ZÄÖÜ][\wäöüß.-]*(?:stra(?:ß|ss)e|weg|gasse|platz|allee)[ ]\d+\w?(?:,?[ ]\d{4,5}[ ][A-ZÄÖÜ]\w+)?"
    r"|\b\d{1,4},?[ ](?:rue|avenue|boulevard|via|calle|place)[ ](?:(?:de|du|des|la|le|del|di)[ ])*[A-Z]\w+"
)
_ZIP = re.compile(
    rf"(?:{places._CITY},?[ ]+)?\b(?:{places._STATES})[ ,]+\d{{5}}(?:-\d{{4}})?\b"
    r"|\b[A-Z]{1,2}\d[A-Z\d]?[ ]\d[A-Z]{2}\b"
)
_LABELLED = re.compile(
    r"(?:^|(?<=[|;•\t]))[ \t]*(?P<label>(?:home |permanent |current |mailing |postal |present )?"
    r"address|residence|location|city|date of birth|d\.?o\.?b\.?|birth ?date|born|place of birth|age|"
    r"gender|sex|marital status|nationality|religion|ethnicity|race|pronouns|father'?s name|"
    r"mother'?s name|spouse(?:'?s name)?|children)[ \t]*[:–-][ \t]*"
    r"(?P<value>[^\n|;•\t]{1,80}?)(?=[ \xa0]*(?:$|[|;•\t]|[ ]{2}|[ ][A-Z][\w']*(?:[ ]\w+)?[ ]?:))",
    re.I | re.M,
)  # fmt: skip
_AGE = re.compile(
    r"\b(?:(?:born|date of birth|d\.?o\.?b\.?)\b(?: on| in|:)?[ ]+[\w ,./-]{0,14}\d{2,4}|"
    r"aged?[ :]+\d{2}\b(?![ ]*(?:[-–%+]|to|and|group|or))|"
    r"\d{2}[ -]years?[ -](?:old|of age)\b(?![ ](?:company|firm|business|organi|building|system)))", re.I,
)  # fmt: skip
_PRONOUN = re.compile(
    r"\(?\b(?:she|he|they)[ ]?/[ ]?(?:her|him|them|they)s?(?:[ ]?/[ ]?\w+)?\b\)?"
    r"|\b(?:she|he|him|his|hers?|himself|herself)\b(?!['’]?\d)",
    re.I,
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?"
_DATE = re.compile(
    rf"(?:\b{_MONTH}[ ,/]*(?:\d{{1,2}},[ ])?|\b(?:spring|summer|fall|autumn|winter)[ ,]+|"
    r"(?<![\d.$])(?:0?[1-9]|1[0-2])[ ]?[/.-][ ]?|\b)(?:19[4-9]\d|20[0-4]\d)\b(?!\d)|['’]\d{2}\b", re.I,
)  # fmt: skip
_GRADUATED = re.compile(r"\b(?:class of|graduat\w+|commencement|matriculat\w+|alum\w+)\b", re.I)


@dataclass(frozen=True, slots=True)
class Mask:
    """A span of the text that says who the person is. `kind` is one of KINDS."""

    start: int
    end: int
    kind: str


def blind(document: Document) -> Document:
    """The resume as it is scored blind: masks as blanks, a notice "blind" with their counts."""
    masks = find_masks(document)
    text = covered(document.text, masks, " ")
    lines = tuple(_bared(text, document.lines))
    return replace(document, text=text, lines=lines, notices=(*document.notices, _notice(masks)))


def redacted(document: Document) -> Document:
    """The resume as people may read it beside a blind score: masks as blocks, all else as it is.

    Offsets are those of `document` and of `blind(document)`.
    """
    return replace(document, text=covered(document.text, find_masks(document), BLOCK))


def covered(text: str, masks: Iterable[Mask], sign: str) -> str:
    """White space stays, so that no line break goes."""
    letters = list(text)
    for mask in masks:
        for at in range(mask.start, mask.end):
            if not letters[at].isspace():
                letters[at] = sign
    return "".join(letters)


def find_masks(document: Document) -> tuple[Mask, ...]:
    """In text order. Masks of different kinds may overlap."""
    text = document.text
    header = _header(document)
    above = header[-1].end if header else 0
    found = [*_contacts(text, above), *_labelled(text), *_addresses(text, above)]
    found += [Mask(*m.span(), "date of birth or age") for m in _AGE.finditer(text)]
    found += _graduation(document)
    found += _pronouns(text)
    named = list(_names(text, header, found))
    # "Smith, MD" reads like a town in Maryland.
    found = [mask for mask in found if mask.kind != "address" or not _cuts(mask, named)] + named
    return tuple(_merged(found))


def _merged(masks: Iterable[Mask]) -> list[Mask]:
    """In text order; what overlaps within a kind counts once."""
    found: dict[str, list[Mask]] = {}
    for mask in sorted(masks, key=lambda mask: (mask.start, mask.end)):
        row = found.setdefault(mask.kind, [])
        if row and mask.start < row[-1].end:
            row[-1] = replace(row[-1], end=max(row[-1].end, mask.end))
        elif mask.start < mask.end:
            row.append(mask)
    return sorted((m for row in found.values() for m in row), key=lambda m: (m.start, m.end))


def _notice(masks: Sequence[Mask]) -> Notice:
    counts = Counter(mask.kind for mask in masks)
    told = [f"{counts[kind]} {_plural(kind, counts[kind])}" for kind in KINDS if counts[kind]]
    said = ", ".join(told) or "nothing found"
    return Notice("blind", f"masked before scoring: {said}; others may have been missed")


def _plural(kind: str, count: int) -> str:
    if count == 1:
        return kind
    irregular = {"address": "addresses", "date of birth or age": "dates of birth or ages",
                 "pronoun or title": "pronouns or titles"}  # fmt: skip
    return irregular.get(kind, f"{kind}s")


def _bared(text: str, lines: Iterable[Line]) -> Iterator[Line]:
    """Lines without blanks at their edges, and without those of which nothing is left."""
    for line in lines:
        whole = text[line.start : line.end]
        start = line.start + len(whole) - len(whole.lstrip())
        if start < line.end:
            yield Line(start, line.start + len(whole.rstrip()), line.page)


def _header(document: Document) -> list[Line]:
    known = sections.find(document.text)
    first = known.starts[0] if known.starts else len(document.text)
    if document.lines and first <= document.lines[0].start:  # a page that begins with a heading
        first = known.starts[1] if len(known.starts) > 1 else len(document.text)
    return [line for line in document.lines[:_HEADER] if line.start < first]


def _contacts(text: str, above: int) -> Iterator[Mask]:
    for match in (*_EMAIL.finditer(text), *_LINK.finditer(text)):
        yield Mask(*match.span(), "contact")
    for match in _PHONE_LABEL.finditer(text):
        yield Mask(*match.span("number"), "contact")
    for match in _PHONE.finditer(text):
        number = match.group()
        digits = re.sub(r"\D", "", number)
        groups = re.findall(r"\d+", number)
        years = sum(bool(re.fullmatch(r"(?:19|20)\d\d", group)) for group in groups)
        marked = len(groups) > 1 or number.startswith(("+", "(")) or match.start() < above
        if 9 <= len(digits) <= 15 and years < 2 and marked:
            yield Mask(*match.span(), "contact")


def _labelled(text: str) -> Iterator[Mask]:
    for match in _LABELLED.finditer(text):
        label = match["label"].lower()
        if re.search("address|residence|location|city", label):
            kind = "address"
        elif re.search("birth|^d|born|age", label) and "place" not in label:
            kind = "date of birth or age"
        else:
            kind = "personal detail"
        yield Mask(*match.span("value"), kind)


def _addresses(text: str, above: int) -> Iterator[Mask]:
    for pattern in (_STREET, _ZIP):
        for match in pattern.finditer(text):
            end = match.end()
            if pattern is _STREET and end < above:  # in the head the town follows
                rest = re.match(r",[ ][^|•;\n\t]{2,60}", text[end:])
                end += rest.end() if rest and "@" not in rest.group() else 0
            yield Mask(match.start(), end, "address")
    at = 0
    # "Dayton, OH" below the header is where somebody worked, and stays.
    while place := places.find(text, at, above):
        start = place.start() + len(place.group()) - len(place.group().lstrip(" \t,|(-–—"))
        yield Mask(start, place.end(), "address")
        at = place.end()


def _graduation(document: Document) -> Iterator[Mask]:
    """Dates on lines of an education section, beside a degree or a word like "graduated"."""
    text = document.text
    known = sections.find(text)
    held = [(p.start, p.end) for p in resume_facts(document).positions]
    degrees = [fact.start for fact in find_degrees(text)]
    for line in document.lines:
        section = known.at(line.start)
        taught = section == "education"
        degree = any(line.start <= at < line.end for at in degrees) and section != "experience"
        if not (taught or degree or _GRADUATED.search(text, line.start, line.end)):
            continue
        for match in _DATE.finditer(text, line.start, line.end):
            near = taught or degree or _beside_graduation(text, line, match)
            if near and not any(start <= match.start() < end for start, end in held):
                # The comma before it would still tell that there was a date.
                comma = re.search(r"[ ]?,[ ]*$", text[line.start : match.start()])
                start = line.start + comma.start() if comma else match.start()
                yield Mask(start, match.end(), "graduation date")


def _beside_graduation(text: str, line: Line, date: re.Match[str]) -> bool:
    around = text[max(line.start, date.start() - 40) : min(line.end, date.end() + 15)]
    return bool(_GRADUATED.search(around))


def _pronouns(text: str) -> Iterator[Mask]:
    for match in _PRONOUN.finditer(text):
        if not match.group().isupper():  # HIS, HER2, HE are systems, genes and higher education
            yield Mask(*match.span(), "pronoun or title")
    for match in _HONORIFIC.finditer(text):
        group = "sex" if match["sex"] else "sex2"
        if match[group] and _named(match["name"]):  # "Ms Office" is a program
            yield Mask(*match.span(group), "pronoun or title")


def _cuts(mask: Mask, named: Sequence[Mask]) -> bool:
    return any(name.start < mask.start < name.end < mask.end for name in named)


def _names(text: str, header: Sequence[Line], found: Sequence[Mask]) -> Iterator[Mask]:
    contacts = [text[m.start : m.end] for m in found if m.kind == "contact"]
    places_found = [m for m in found if m.kind == "address"]
    handles = [re.split(r"@|\(at\)|\[at\]", c)[0].lower() for c in contacts if not c[:1].isdigit()]
    person = _person(text, header, handles, places_found)
    if person:
        yield Mask(*person, "name")
        yield from _again(text, text[slice(*person)])
    for pattern in (_HONORIFIC, _KNOWN_PERSON):
        for match in pattern.finditer(text):
            if _named(match["name"]):
                yield Mask(*match.span("name"), "name")


def _named(piece: str) -> bool:
    """Whether it can be a name at all: not "Ms Office", not "reported to General Manager"."""
    low = [word.strip(".").lower() for word in piece.split()]
    title = level_of(piece) is not None and low[0] not in _GIVEN and len(low) > 1
    return _NO_NAME.isdisjoint(low) and not title


def _person(
    text: str, header: Sequence[Line], handles: Sequence[str], places_found: Sequence[Mask]
) -> tuple[int, int] | None:
    """The span of the name that the resume is headed with, or None."""
    best: tuple[float, int, int] | None = None
    for number, line in enumerate(header):
        prose = line.end - line.start > _LONGEST_HEAD or text[line.end - 1] in ".:!?"
        if prose and (number or not _INITIAL.search(text, line.start, line.end)):
            continue
        for place, (start, end) in enumerate(_pieces(text, line)):
            if any(m.start <= start and end <= m.end for m in places_found):
                continue
            score = _likeness(text[start:end], handles) - 0.4 * number - 0.3 * (place > 1)
            label = _LABEL.fullmatch(text[line.start : start].lstrip())
            score += 3 if label and start > line.start else 0
            if score >= 2 and (best is None or score > best[0]):
                best = score, start, end
    return best[1:] if best else None


def _pieces(text: str, line: Line) -> Iterator[tuple[int, int]]:
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


def _likeness(piece: str, handles: Sequence[str]) -> float:
    """How much a piece of the header reads like a person's name; from 2 it is taken for one."""
    plain = piece.replace(",", "", 1) if re.fullmatch(r"[^\s,]+,[ ][^,]+", piece) else piece
    words = [word.strip("()\"'“”.,") for word in plain.split()]
    low = [word.lower() for word in words]
    if not _NAMELIKE.fullmatch(plain) or not any(low) or len(plain) > 50:
        return -9
    cased = all(w[:1].isupper() or not w[:1].islower() or w.lower() in _PARTICLES for w in words)
    listed = any(part in _GIVEN for word in low for part in (word, *word.split("-")))
    handled = any(len(word) > 2 and _folded(word) in handle for word in low for handle in handles)
    if any("\u3040" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7a3" for c in plain):
        return 2.5 if len(plain) <= 6 else -9
    title = level_of(piece) is not None and not (listed or handled)  # "Emily Baker" is none
    if title or not _NO_NAME.isdisjoint(low) or places.only(piece):
        return -9
    firm = employer_in(piece).score >= 2
    score = 1.5 * cased + 2 * handled + 1.5 * listed - 3 * firm
    score += 0.9 if 2 <= len(words) <= 5 else -1
    return score


def _folded(word: str) -> str:
    import unicodedata

    plain = unicodedata.normalize("NFKD", word)
    return re.sub(r"[^a-z]", "", plain.encode("ascii", "ignore").decode())


def _again(text: str, name: str) -> Iterator[Mask]:
    """The name wherever else it stands, whole or in part."""
    parts = [w for w in re.findall(_PART, name) if len(w.strip(".")) > 1]
    whole = r"[ \xa0]+".join(map(re.escape, name.split()))
    forms = [whole]
    if len(parts) > 1:
        first, last = re.escape(parts[0]), re.escape(parts[-1])
        forms += [rf"{last},[ ]+{first}", rf"{first}[ ]+(?:{_LETTERS}\.?[ ]+)?{last}"]
    for form in forms:
        for match in re.finditer(rf"\b{form}(?!\w)", text, re.I):
            yield Mask(*match.span(), "name")
    for part in parts:
        low = part.lower()
        if low in _AMBIGUOUS or len(part) < 3 or low in _PARTICLES:
            continue
        if part != low and re.search(rf"(?<![\w.@/-]){re.escape(low)}(?![\w.@/-])", text):
            continue  # the text uses it as a common word
        for match in re.finditer(rf"\b(?:{re.escape(part)}|{re.escape(part.title())})\b", text):
            # "Ford Motor", "J.P. Morgan": beside another capital it is a firm's, not the person's.
            before = re.search(
                r"([A-Z][\w.&-]*)[ ]$", text[max(0, match.start() - 20) : match.start()]
            )
            behind = re.match(r"[ ](?:[A-Z&]\w*)", text[match.end() : match.end() + 20])
            if not behind and (not before or before[1] in parts):
                yield Mask(*match.span(), "name")
