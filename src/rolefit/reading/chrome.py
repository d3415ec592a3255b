"""What stands around a job posting in any text, in whatever way it was saved or pasted: the
furniture of its page, and lines that only a web page has ("Skip to main content", "Easy apply").
"""

from __future__ import annotations

import re
from dataclasses import replace

from rolefit.reading.common import words
from rolefit.reading.furniture import ELSEWHERE, LEAST, SHORT
from rolefit.records import Document, Line

TAIL = 0.5  # of the words; a heading with more than that below it heads the posting itself
_TRIM = re.compile(r"^[\s*•·|>#-]+|[\s*•·|:]+$")
_HEADING = re.compile(
    r"\b(?:requirements?|qualifications?|responsibilit(?:y|ies)|duties|skills|experience"
    r"|what\syou(?:['\u2019]|\swill|\sneed|\sbring|\sdo)|who\syou\sare|about\s(?:you|the\s(?:role|job|position))"
    r"|you\shave|must[-\s]haves?|nice[-\s]to[-\s]haves?|we\soffer|benefits|job\sdescription)",
    re.I,
)
_LINE = re.compile(
    r"""(?:skip\sto\s(?:main\s|the\s)?(?:content|navigation|search)|skip\snavigation|home|my\snetwork
    |jobs|messaging|messages|notifications|me|menu|search|for\s(?:business|employers)
    |(?:easy|quick|1-click)?\s?apply(?:\s(?:now|here|online|on\s(?:company|employer)\s(?:web)?site))?
    |save|saved|share|print|email|message|follow|back|next|previous|close|loading\W*|more|other
    |(?:save|share|print|email|report|flag|hide)\s(?:this\s)?(?:job|page|post|posting|ad|advert)(?:\sad)?
    |save\s.{3,90}\sat\s.{2,60}|send\sthis\sjob\sto\sa\sfriend(?:\sprint)?
    |(?:sign|log)[-\s]?(?:in|up|out)|join\snow|register|(?:create|my)\s(?:an\s)?account
    |(?:show|see|read|view|load)\s(?:more|less|all)(?:\s\w+){0,4}|see\sall\sjobs\sat\s.*
    |see\swho\s.{2,80}|view\sall\sjobs|return\sto\s(?:top|search).*|back\sto\s.{2,40}
    |(?:re)?posted\s(?:on\s)?.{2,30}|posted|active\s\d+\sdays?\sago|(?:\w+\s)?\d+\+?\s(?:hours?|days?|weeks?|months?|[dhw])\sago
    |promoted(?:\sby\shirer)?.{0,60}|responses\smanaged\soff.*
    |(?:over\s|about\s)?[\d,]+\+?\s(?:applicants?|people\sclicked\sapply|followers|connections?|reviews|views)
    |be\samong\sthe\sfirst\s.*|actively\s(?:recruiting|hiring)|job\sposter|\d(?:st|nd|rd|th)(?:\+)?
    |referrals?\sincreases?\syour\schances.*|\d(?:\.\d)?\sout\sof\s5(?:\sstars?)?
    |access\scompany\sinsights.*|try\spremium.*|.{0,30}\s·\s.{0,60}\bpeople\sclicked\sapply
    |we\s(?:use|value)\s(?:cookies|your\sprivacy)\b.*|(?:accept|reject|manage)\s(?:all|cookies)(?:\scookies)?
    |cookie\s(?:policy|settings|preferences)|cookies|privacy(?:\s(?:policy|notice|&\sterms))?|terms(?:\s(?:of\s(?:use|service)|&\sconditions))?
    |accessibility|community\sguidelines|ad\schoices|talent\ssolutions|select\slanguage|post\sa\sjob
    |do\snot\ssell\s.*|©.*|\(c\)\s\d{4}.*|copyright\s.*|all\srights\sreserved.*|(?:[\w\x20]{0,25}\s)?powered\sby\s[\w\x20]{1,25}
    |\*?\s?indicates\sa\srequired\sfield|(?:resume|cv)\s?/\s?(?:cv|resume)\W*|attach|upload\s(?:resume|cv|file)
    |(?:first|last|full|preferred)\sname\W*|e-?mail(?:\saddress)?\W*|phone(?:\snumber)?\W*|submit(?:\sapplication)?
    |enable\sjavascript.*|please\senable\s.*|filed\sunder:?.*|no\sreviews\syet.*|send\sjob)""",
    re.I | re.X,
)


def posting(document: Document) -> Document:
    """The document with what surrounds its posting made blank; all that is left keeps its place.

    As it came where too little would be left: then it is no posting with a page around it.
    """
    gone = {(line.start, line.end) for line in (*document.furniture, *_lines(document))}
    lines = tuple(line for line in document.lines if (line.start, line.end) not in gone)
    if len(lines) == len(document.lines):
        return document
    if sum(words(document.line_text(line)) for line in lines) < LEAST:
        return document
    text, at = [], 0
    for line in lines:
        text += [_blank(document.text[at : line.start]), document.line_text(line)]
        at = line.end
    return replace(document, text="".join((*text, _blank(document.text[at:]))), lines=lines)


def _blank(text: str) -> str:
    return "".join(char if char.isspace() else " " for char in text)


def _lines(document: Document) -> list[Line]:
    """Lines that only web pages have, and all below a heading that names other jobs."""
    said = [_TRIM.sub("", document.line_text(line)[:200]) for line in document.lines]
    counts = [words(document.line_text(line)) for line in document.lines]
    found, total, seen = [], sum(counts), 0
    away = False  # whether the lines speak of something else
    for line, text, count in zip(document.lines, said, counts, strict=True):
        if 0 < count <= SHORT and ELSEWHERE.fullmatch(text):
            away = away or total - seen < TAIL * total
            found.append(line)
        elif away and count <= SHORT and _HEADING.search(text) and len(text) < 40:
            away = False
        elif away or _LINE.fullmatch(text):
            found.append(line)
        seen += count
    return found
