# ruff: noqa: E501, RUF001  (patterns read better whole; dashes are what is read)
"""What in a resume tells who a person is: names, contacts, addresses, age, sex.

What it cannot find is said in docs/fairness.md. Pictures never reach this point: the readers take
text only.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from rolefit.language import dates, people, places, sections
from rolefit.language.education import find_degrees
from rolefit.language.resume_facts import resume_facts
from rolefit.language.runs import calm
from rolefit.records import Document, Line, Position, ResumeFacts

KINDS = ("name", "contact", "address", "date of birth or age", "graduation date",
         "pronoun or title", "personal detail")  # fmt: skip
_NO_SPACE = re.compile(r"\S")
_HEADER = 12  # lines; what stands above the first heading, and no more than this

_EMAIL = re.compile(r"[\w.+%-]+[ ]?(?:@|\(at\)|\[at\])[ ]?[\w-]+(?:\.[\w-]+)+", re.I)
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>|,;)]+(?:(?<=-)\n[\w-]+)?|\b(?:[\w-]+\.)*(?:linkedin|github|gitlab|facebook|twitter|"
    r"instagram|behance|dribbble|medium|stackoverflow|kaggle|xing|x|t)\.(?:com|net|me|org|io)/"
    r"[^\s<>|,;)]+(?:(?<=-)\n[\w-]+)?|\b[\w-]+\.(?:github|gitlab|wixsite|wordpress|weebly)\.(?:io|com)\b\S*|"
    r"(?<![\w.@])@[A-Za-z]\w{2,}", re.I,
)  # fmt: skip
_PHONE = re.compile(
    r"(?<![\w$€£.,/-])"
    r"(?:\+?\(?\d(?:[\d \xa0().–-]{6,20})\d|\(\d{3}\)\n\d{3}[\d \xa0.–-]{2,6}\d)(?![\w%,/-])"
)
_PHONE_LABEL = re.compile(
    r"\b(?:(?:tele)?phone|tel|mobile|cell|fax|whatsapp|contact)\b(?: (?:no|number))?[ .:#]*"
    r"(?P<number>\+?[\d (][\d \xa0().–/-]{5,20}\d)", re.I,
)  # fmt: skip
# What has digits in groups and is no telephone number: dates, "ISO 9001 14001", "120 000 000 NOK".
_A_DATE = re.compile(
    r"\D{0,2}(?:(?:0?[1-9]|[12]\d|3[01])[./-]){1,2}(?:19[4-9]|20[0-4])\d(?!\d)"
    r"|\D{0,2}(?:19[4-9]|20[0-4])\d[./-](?:0[1-9]|1[0-2])(?!\d)"
)
_NORM = re.compile(r"\b(?:ISO|IEC|EN|DIN|IATF|OHSAS|NACE|UN|SIC|NAICS)[ /:-]{0,2}$")
_AMOUNT = re.compile(r"\d{1,3}(?:[ \xa0]\d{3}){2,}(?=[ \xa0]*(?:[$€£%]|[A-Z]{3}\b|[a-z]{2}))")
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"\d+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_STREET = re.compile(
    # "2016 - 2019 State Street Corporation" is a firm, "12 Circuit Court appeals" is work.
    r"(?:(?<![-–—/a-z][ ])|(?!(?:19[4-9]|20[0-4])\d[ ]))\b\d{1,6}[A-Za-z]?,?[ ]+(?:[NSEW]\.?[ ]+)?(?:[A-Z0-9][\w'’.-]*[ ]+){1,4}"
    r"(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Way|Place|Pl|Terrace|"
    r"Ter|Circle|Cir|Parkway|Pkwy|Highway|Hwy|Close|Crescent|Square|Sq|Trail|Row|Gardens|Mews)\b\.?(?![ ][a-z]|\w)"
    r"(?:,?[ ]+(?:Apt|Apartment|Unit|Suite|Ste|Flat|Floor|#)\.?[ ]*#?[\w-]+)?"
    r"|\bP\.?[ ]?O\.?[ ]Box[ ]\d+"
    r"|\b[A-ZÄÖÜ][\wäöüß.-]*(?:stra(?:ß|ss)e|weg|gasse|platz|allee)[ ]\d+\w?(?:,?[ ]\d{4,5}[ ][A-ZÄÖÜ]\w+)?"
    r"|\b\d{1,4},?[ ](?:rue|avenue|boulevard|via|calle|place)[ ](?:(?:de|du|des|la|le|del|di)[ ])*[A-Z]\w+"
)
_TOWN = re.compile(r",[ ][^|•;\n\t]{2,60}")  # behind a street
_ZIP = re.compile(
    rf"(?:{places._CITY},?[ ]+)?\b(?:{places._STATES})[ ,]+\d{{5}}(?:-\d{{4}})?\b"
    r"|\b[A-Z]{1,2}\d[A-Z\d]?[ ]\d[A-Z]{2}\b"
)
_LABELLED = re.compile(
    r"(?:^|(?<=[|;•\t]))[ \t]*(?P<label>(?:home |permanent |current |mailing |postal |present )?"
    r"address|residence|location|city|date of birth|d\.?o\.?b\.?|birth ?date|born|place of birth|age|"
    r"gender|sex|marital status|nationality|religion|ethnicity|race|pronouns|father'?s name|"
    r"mother'?s name|spouse(?:'?s name)?|children)(?:[ \t]*:[ \t]*|[ \t]+[–-][ \t]+)"
    r"(?P<value>[^\n|;•\t]{1,80}?)(?=[ \xa0]*(?:$|[|;•\t]|[ ]{2}|[ ][A-Z][\w']*(?:[ ]\w+)?[ ]?:))",
    re.I | re.M,
)  # fmt: skip
_HOME = re.compile("address|residence|location|city")
_BIRTH = re.compile("birth|^d|born|age")
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
    r"(?<![\d.$])(?:(?:0?[1-9]|[12]\d|3[01])[/.-])?(?:0?[1-9]|1[0-2])[ ]?[/.-][ ]?"
    r"(?:(?:1[3-9]|2\d|3[01])[/.-])?|\b)(?:19[4-9]\d|20[0-4]\d)\b(?!\d)|['’]\d{2}\b", re.I,
)  # fmt: skip
# "June 2015 - Present" whole: a dash left alone would still be a token.
_PERIOD = re.compile(
    rf"(?:{_DATE.pattern})(?:[ \xa0]*(?:[-–—]|\bto\b|\buntil\b)[ \xa0]*"
    rf"(?:{_DATE.pattern}|\b(?:present|current|now|today|ongoing)\b))?", re.I,
)  # fmt: skip
_COMMA = re.compile(r"[ ]?,[ ]*$")
_GRADUATED = re.compile(r"\b(?:class of|graduat\w+|commencement|matriculat\w+|alum\w+)\b", re.I)


@dataclass(frozen=True, slots=True)
class Mask:
    """A span of the text that says who the person is. `kind` is one of KINDS."""

    start: int
    end: int
    kind: str


def impersonal(document: Document, as_of: int | None = None) -> tuple[Document, ResumeFacts]:
    """The resume as it is scored, masks and dates as blanks, and the facts found in it.

    Dates have told the facts how long somebody worked; what else the encoder could read from them
    is age and gaps.

    Blanks of the same length, so that every offset stays; and blanks, because the tokenizer drops
    white space: of a masked name the encoder sees neither an odd character nor a length.
    """
    document = calm(document)
    masked = _blanked(document, _identity(document))
    facts = resume_facts(masked, as_of)
    graduated = _graduation(masked, facts.positions)
    return _blanked(masked, [*graduated, *_dates(masked.text)]), facts


def _dates(text: str) -> Iterator[Mask]:
    """Dates in every form: those that the facts are read from, and whatever else looks like one."""
    for match in _PERIOD.finditer(text):
        yield Mask(*match.span(), "date")
    for span in chain(*dates.find(text)):
        yield Mask(span.start, span.end, "date")


def find_masks(document: Document) -> tuple[Mask, ...]:
    """All that `impersonal` masks, in text order. Masks of different kinds may overlap."""
    document = calm(document)
    found = _identity(document)
    masked = _blanked(document, found)
    found += _graduation(masked, resume_facts(masked).positions)
    return tuple(_merged(found))


def covered(text: str, masks: Iterable[Mask], sign: str) -> str:
    """White space stays, so that no line break goes."""
    parts, last = [], 0
    for mask in _joined(masks):
        parts += [text[last : mask.start], _NO_SPACE.sub(sign, text[mask.start : mask.end])]
        last = mask.end
    return "".join([*parts, text[last:]])


def _blanked(document: Document, masks: Sequence[Mask]) -> Document:
    text = covered(document.text, masks, " ")
    return replace(document, text=text, lines=tuple(_bared(text, document.lines)))


def _identity(document: Document) -> list[Mask]:
    text = document.text
    header = _header(document)
    above = header[-1].end if header else 0
    found = [*_contacts(text, above), *_labelled(text), *_addresses(text, above)]
    found += [Mask(*m.span(), "date of birth or age") for m in _AGE.finditer(text)]
    found += _pronouns(text)
    contacts, addresses = (
        [(m.start, m.end) for m in found if m.kind == kind] for kind in ("contact", "address")
    )
    named = [Mask(*span, "name") for span in people.find(text, header, contacts, addresses)]
    named.sort(key=lambda mask: mask.start)
    # "Smith, MD" reads like a town in Maryland.
    return [mask for mask in found if mask.kind != "address" or not _cuts(mask, named)] + named


def _joined(masks: Iterable[Mask]) -> Iterator[Mask]:
    """In text order, without overlaps, whatever their kinds."""
    return iter(_merged(replace(mask, kind="") for mask in masks))


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
        digits = _DIGIT.findall(number)
        groups = _NUMBER.findall(number)
        years = sum(bool(_YEAR.fullmatch(group)) for group in groups)
        marked = len(groups) > 1 or number.startswith(("+", "(", "0")) or match.start() < above
        other = _A_DATE.match(text, match.start()) or _NORM.search(
            text[max(0, match.start() - 8) : match.start()]
        )
        amount = match.start() >= above and _AMOUNT.match(text, match.start())
        if 9 <= len(digits) <= 15 and years < 2 and marked and not (other or amount):
            yield Mask(*match.span(), "contact")


def _labelled(text: str) -> Iterator[Mask]:
    for match in _LABELLED.finditer(text):
        label = match["label"].lower()
        if _HOME.search(label):
            kind = "address"
        elif _BIRTH.search(label) and "place" not in label:
            kind = "date of birth or age"
        else:
            kind = "personal detail"
        yield Mask(*match.span("value"), kind)


def _addresses(text: str, above: int) -> Iterator[Mask]:
    for pattern in (_STREET, _ZIP):
        for match in pattern.finditer(text):
            end = match.end()
            if pattern is _STREET and end < above:  # in the head the town follows
                rest = _TOWN.match(text, end)
                end = rest.end() if rest and "@" not in rest.group() else end
            yield Mask(match.start(), end, "address")
    at = 0
    # "Dayton, OH" below the header is where somebody worked, and stays.
    while place := places.find(text, at, above):
        start = place.start() + len(place.group()) - len(place.group().lstrip(" \t,|(-–—"))
        yield Mask(start, place.end(), "address")
        at = place.end()


def _graduation(document: Document, positions: Sequence[Position]) -> list[Mask]:
    """Dates on lines of an education section, beside a degree or a word like "graduated"."""
    text = document.text
    known = sections.find(text)
    found = []
    held = [(p.start, p.end) for p in positions]
    degrees = sorted(fact.start for fact in find_degrees(text))
    for line in document.lines:
        section = known.at(line.start)
        taught = section == "education"
        here = bisect_left(degrees, line.start) < bisect_left(degrees, line.end)
        degree = here and section != "experience"
        if not (taught or degree or _GRADUATED.search(text, line.start, line.end)):
            continue
        for match in _DATE.finditer(text, line.start, line.end):
            near = taught or degree or _beside_graduation(text, line, match)
            if near and not any(start <= match.start() < end for start, end in held):
                # The comma before it would still tell that there was a date.
                comma = _COMMA.search(text[line.start : match.start()])
                start = line.start + comma.start() if comma else match.start()
                found.append(Mask(start, match.end(), "graduation date"))
    return found


def _beside_graduation(text: str, line: Line, date: re.Match[str]) -> bool:
    around = text[max(line.start, date.start() - 40) : min(line.end, date.end() + 15)]
    return bool(_GRADUATED.search(around))


def _pronouns(text: str) -> Iterator[Mask]:
    for match in _PRONOUN.finditer(text):
        if not match.group().isupper():  # HIS, HER2, HE are systems, genes and higher education
            yield Mask(*match.span(), "pronoun or title")
    for match in people.HONORIFIC.finditer(text):
        group = "sex" if match["sex"] else "sex2"
        if match[group] and people.is_name(match["name"]):  # "Ms Office" is a program
            yield Mask(*match.span(group), "pronoun or title")


def _cuts(mask: Mask, named: Sequence[Mask]) -> bool:
    before = bisect_left(named, mask.start, key=lambda name: name.start)
    near = named[max(0, before - 4) : before]  # names hardly overlap
    return any(name.start < mask.start < name.end < mask.end for name in near)
