"""The human languages a text says somebody speaks, and how well."""

from __future__ import annotations

import re

from rolefit.language import sections
from rolefit.records import Fact

_LANGUAGES = (
    "English Spanish French German Italian Portuguese Dutch Russian Ukrainian Polish Czech Slovak "
    "Hungarian Romanian Bulgarian Serbian Croatian Bosnian Slovenian Macedonian Albanian Greek "
    "Turkish Arabic Hebrew Yiddish Persian Farsi Dari Pashto Kurdish Urdu Hindi Punjabi Gujarati "
    "Bengali Bangla Marathi Tamil Telugu Kannada Malayalam Konkani Oriya Odia Assamese Sindhi "
    "Kashmiri Nepali Sinhala Sinhalese Sanskrit Mandarin Cantonese Chinese Taiwanese Hokkien "
    "Shanghainese Japanese Korean Vietnamese Thai Lao Khmer Burmese Malay Indonesian Tagalog "
    "Filipino Cebuano Ilocano Hmong Mongolian Swahili Amharic Tigrinya Somali Yoruba Igbo Hausa "
    "Twi Zulu Xhosa Afrikaans Wolof Lingala Kinyarwanda Krio Armenian Georgian Azerbaijani Kazakh "
    "Uzbek Belarusian Lithuanian Latvian Estonian Finnish Swedish Norwegian Danish Icelandic Irish "
    "Gaelic Welsh Catalan Basque Galician Latin Esperanto Samoan Tongan Hawaiian Creole Patois "
    "Navajo ASL Flemish"
).split()
_SAME = {"Farsi": "Persian", "Bangla": "Bengali", "Odia": "Oriya", "Filipino": "Tagalog",
         "Sinhala": "Sinhalese", "Asl": "American Sign Language",
         "Sign Language": "American Sign Language", "Mandarin Chinese": "Mandarin"}  # fmt: skip
_NAMES = (
    "American Sign Language",
    "Sign Language",
    "Haitian Creole",
    "Mandarin Chinese",
    *_LANGUAGES,
)
# "Mandarin Chinese" is one name: read also as two, a list of them has as many readings as subsets.
_NAME = rf"(?:{'|'.join(_NAMES)})".replace("|Mandarin|", r"|Mandarin(?! Chinese\b)|")
_ONE = re.compile(
    rf"\b({_NAME})\b(?!\s(?:drains?|cuisine|food|restaurant|tiles?|coffee|toast|press|fries|doors?|"
    r"bulldog|shepherd)\b)"
)
_ANY_CASE = re.compile(_ONE.pattern, re.I)
_HOW_WELL = (
    r"(?:native(?:[ -]speaker| language)?|mother tongue|bilingual|fluen(?:t|cy|tly)|"
    r"proficien(?:t|cy)|advanced|upper[ -]intermediate|intermediate|pre-intermediate|"
    r"conversational|basic|beginner|elementary|limited|business|professional|working|full|good|"
    r"excellent|fair|moderate|some|learning|first|second|spoken|written|[ABC][12])"
)
_LEVEL = re.compile(rf"\b{_HOW_WELL}\b", re.I)
_BETWEEN = (
    r"(?:[ \t,;/&|+*()\[\]:–—-]|,[ \t]?\n|and|or|in|both|the|languages?|level|speaker|"  # noqa: RUF001
    r"speaking|well|verbal|verbally|oral|orally|read|reading|write|writing|speak|understand|knowledge|of|a|as|"
    rf"is|with|{_HOW_WELL})"
)
_LIST = rf"(?:\b{_NAME}\b|{_BETWEEN})+"
# What makes a name of a people or a cuisine a language that somebody speaks.
_SPEAKS = re.compile(
    r"\b(?:fluen(?:t|cy|tly)|bilingual|bi-lingual|trilingual|multi-?lingual|native(?: speaker)?|"
    r"speaks?|spoken|conversational|proficien(?:t|cy) (?:in|with)|command of|"
    r"languages? ?(?:known|skills|spoken|knowledge)?:|knowledge of|communicate in|"
    r"(?:read|write|reads|writes)(?: and | & |/)(?:write|speak|writes|speaks)|"
    rf"mother tongue)(?P<list>{_BETWEEN}*\b{_LIST})",
    re.I,
)  # fmt: skip
_SPOKEN = re.compile(
    # A blank between two names has one place, or a list of 25 languages would take a minute.
    rf"(?P<list>(?:\b{_NAME}\b(?:[ \t]?(?:[/,&]|and)[ \t]?|[ \t]{{0,2}}))+)"
    r"[ \t:(–-]{0,4}(?:\b(?:fluen(?:t|cy)|bilingual|native|mother tongue|conversational|"  # noqa: RUF001
    r"(?:upper[ -])?intermediate|proficient|speaker|spoken|language skills|language proficiency|"
    r"[ABC][12])\b|speaking\b(?! (?:clients?|customers?|students?|famil|patients?|parents?|people|"
    r"communit|population|countries|residents?|callers?|children|members?|guests?|tenants?|markets?)))",
    re.I,
)
_NOT = re.compile(
    r"\b(?:no|not|non|without|need(?:s|ed)?|require[sd]?|restaurant|literature)\W+(?:\w+\W+)?$",
    re.I,
)
_ALONE = re.compile(
    rf"[ \t•*–-]*(?:(?:\b{_NAME}\b|{_HOW_WELL})[ \t,;/&():–-]*(?:\band\b[ \t]*)?)+$",  # noqa: RUF001
    re.I,
)
_LETTERS = re.compile(r"[A-Za-z]{2,}")
_WORDS = frozenset(name.lower() for name in (*_LANGUAGES, "sign"))
_BEHIND = re.compile(rf"[ \t:(–-]*({_HOW_WELL})\b", re.I)  # noqa: RUF001
_BESIDE = 40  # characters between a language and how well it is spoken
_REACH = 300  # characters of a line on either side of a language that are looked at
_LONGEST = 200  # characters of a line in a section of languages


def find_languages(text: str) -> list[Fact]:
    """Each language once, in text order: value "Spanish", detail how well ("fluent") or "".

    Counted are names in a section of languages, on a line of nothing else, and beside a word such
    as "fluent", "bilingual" or "native". An Italian restaurant and programming languages are not.
    """
    lines = _lines_of_interest(text)
    if not lines:
        return []
    where = sections.find(text)
    regions: list[tuple[int, int]] = []
    for start, end in lines:
        for pattern in (_SPEAKS, _SPOKEN):
            for match in pattern.finditer(text, start, end):
                if not _NOT.search(text, max(0, match.start() - 20), match.start()):
                    regions.append(match.span())
        section = where.at(start)
        listed = section == "languages" and end - start < _LONGEST
        studied = section in ("education", "experience")  # there it is what a degree is in
        if listed or (not studied and _alone(text[start:end])):
            regions.append((start, end))
    found: dict[str, Fact] = {}
    for start, end in sorted(regions):
        for name in _ANY_CASE.finditer(text, start, end):
            fact = _fact(text, name)
            known = found.get(fact.value)
            if known is None or (fact.detail and not known.detail):
                found[fact.value] = fact
    return sorted(found.values(), key=lambda fact: fact.start)


def _lines_of_interest(text: str) -> list[tuple[int, int]]:
    """The lines that name a language at all; most resumes have none, and most lines."""
    spans: list[tuple[int, int]] = []
    for word in _LETTERS.finditer(text):
        if word.group().lower() not in _WORDS or (spans and word.start() < spans[-1][1]):
            continue
        near = max(0, word.start() - _REACH)
        start = max(near, text.rfind("\n", near, word.start()) + 1)
        end = text.find("\n", word.end(), word.end() + _REACH)
        end = min(len(text), word.end() + _REACH) if end < 0 else end
        if text[end - 1] == ",":  # the list goes on below
            following = text.find("\n", end + 1, end + _REACH)
            end = end if following < 0 else following
        spans.append((start, end))
    return spans


def _alone(line: str) -> bool:
    return len(line) < 90 and bool(_ALONE.match(line)) and bool(_ONE.search(line))


def _fact(text: str, name: re.Match[str]) -> Fact:
    value = name[1].title()
    value = _SAME.get(value, value)
    return Fact(value, *name.span(1), detail=_how_well(text, name))


def _how_well(text: str, name: re.Match[str]) -> str:
    """The nearest word on the line that says how well: "native Russian", "Spanish (basic)"."""
    near = max(0, name.start() - _BESIDE)
    line_start = max(near, text.rfind("\n", near, name.start()) + 1)
    behind = _BEHIND.match(text[name.end() : name.end() + _BESIDE].partition("\n")[0])
    if behind:
        return behind[1].lower()
    before = list(_LEVEL.finditer(text, line_start, name.start()))
    return before[-1].group().lower() if before else ""
