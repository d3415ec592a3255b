"""The title of a job advert."""

# ruff: noqa: RUF001  (curly quotes and dashes are what is read)
from __future__ import annotations

import re
from collections.abc import Sequence

from rolefit.language import job_headings
from rolefit.language.levels import level_of
from rolefit.records import Document, Fact, Line

_HEAD = 4  # lines in which a title stands
_LONGEST = 14  # words of a title with its place and its praise
_NAMED = re.compile(
    r"^\W*(?:job\s*title|position(?:\s*title)?|title|role|job|vacancy|opening|post)"
    r"(?:\s*:\s*|\s+[\-–]\s+)(?P<title>[^\n|;]{3,90})",
    re.I | re.M,
)
_SOUGHT = re.compile(
    r"""(?:seek(?:s|ing)?|look(?:s|ing)\s(?:for|to\shire)|hiring|in\ssearch\sof|in\sneed\sof
    |recruiting|needs?|opening\sfor|opportunity\sfor|search\sfor|position\s(?:of|for|as)
    |join\s(?:us|our\steam)\sas)
    \s(?:for\s)?(?:an?\s|our\s(?:next\s)?|the\s|another\s|multiple\s|several\s|\d+\s)?(?:(?:highly
    |very|self|well)[-\s]\w+,?\s|(?:experienced|talented|motivated|dynamic|energetic|qualified
    |skilled|full[-\s]time|part[-\s]time|temporary|passionate|enthusiastic|dedicated|reliable|new
    |great|friendly|professional|permanent|seasonal|creative|strong|driven|outgoing|ambitious)(?:,
    |\sand|/)?\s)*
    (?P<title>[A-Za-z][\w'’/&+#-]*(?:\s(?:[A-Za-z&(][\w'’/&+#)-]*|-)){0,6}?)(?=\s(?:to|who|with
    |for|in|at|on|that|and\s\w+\sto|join|responsible|based|position|role|located|whose|capable
    |opportunity)\b|[.,;:!\n|]|$)""",
    re.I | re.X,
)
_TAIL = re.compile(
    r"""\s*(?:\s[-–—|,@]\s?(?:(?:up\sto|to|from)?\s?\$.*|(?:remote|hybrid|onsite|on-site|contract
    |temp\w*|full[-\s]?time|part[-\s]?time|direct\shire|permanent|urgent|immediate(?:\shire)?
    |now\shiring|full\sbenefits|will\strain.*|great\s.*|competitive.*|sign[-\s]?on.*
    |\w+(?:\s\w+)?,\s?[A-Z]{2}\b.*))
    |\s\(\s*\)|\s\((?:remote|hybrid|contract|full[-\s]?time|part[-\s]?time|[^)]*\$[^)]*|m/f/?\w?
    |f/m/?\w?|req.*|\d+|\w+(?:\s\w+)?,\s?[A-Z]{2})\)
    |\swith\sverification|\s[-–—]\s?up\sto\s*\$?.*|\s+\$.*|\s-\s?(?:req|job|id)?\s?\#?\d{3,}.*
    |\sjobs?$|\sneeded!*|\swanted!*|!+)\s*$""",
    re.I | re.X,
)
_FRONT = re.compile(
    r"^\W*(?:(?:urgent(?:ly)?|immediate(?:ly)?|now|we\sare)\s)*(?:hiring|need(?:ed)?|opening|wanted|seeking)\W+(?:an?\s)?",
    re.I,
)
_LETTERS = re.compile(r"[A-Za-z]{2}")
_HEADING = re.compile(
    r"\b(?:job|summary|description|overview|about|requirements?|qualifications|responsibilities|duties|benefits|company)\b",
    re.I,
)


def find(document: Document, units: Sequence[Line]) -> Fact | None:
    """What the job is called: its first line, "Job title: X", or "we are looking for a X"."""
    text = document.text
    if document.lines:
        first = document.lines[0]
        named = _NAMED.match(text, first.start, first.end)
        if named:
            return _fact(text, named.start("title"), named.end("title"))
        if _is_title(said := text[first.start : first.end]):
            # "Meridian Logistics" stands above "Senior Warehouse Manager" in many adverts.
            head = document.lines[1:_HEAD]
            below = _repeated(document) or (None if level_of(said) else _named_below(text, head))
            return below or _fact(text, first.start, first.end)
    if named := _NAMED.search(text):
        return _fact(text, named.start("title"), named.end("title"))
    if units and len(units) > 1 and _is_title(document.line_text(units[0])):
        return _fact(text, units[0].start, units[0].end)
    if sought := _SOUGHT.search(text):
        return _fact(text, sought.start("title"), sought.end("title"))
    return None


def _repeated(document: Document) -> Fact | None:
    """The line of the head that stands once more below, if the first does not: boards say a title
    above their buttons and again above the text, and a firm's name once."""
    below = {document.line_text(line) for line in document.lines[_HEAD:]}
    for line in document.lines[:_HEAD]:
        said = document.line_text(line)
        if said in below and level_of(said) and ":" not in said and _is_title(said):
            return _fact(document.text, line.start, line.end)
    return None


def _named_below(text: str, lines: Sequence[Line]) -> Fact | None:
    """What the first of `lines` that is a title, or says that it is, names as an occupation."""
    for line in lines:
        named = _NAMED.match(text, line.start, line.end)
        start, end = named.span("title") if named else (line.start, line.end)
        said = text[start:end]
        if level_of(said) and (named or (":" not in said and _is_title(said))):
            return _fact(text, start, end)
    return None


def _is_title(line: str) -> bool:
    words = line.split()
    return (
        0 < len(words) <= _LONGEST
        and not line.rstrip().endswith((".", ":", "?", ";", ","))
        and (
            job_headings.kind_of(line) is None
            or (len(words) < 4 and line.istitle() and not _is_heading(line))
        )
        and _LETTERS.search(line) is not None
    )


def _is_heading(line: str) -> bool:
    return _HEADING.search(line) is not None


def _fact(text: str, start: int, end: int) -> Fact | None:
    """Without the place, the pay and the praise that titles carry."""
    front = _FRONT.match(text[start:end])
    if front and front.end() < end - start:
        start += front.end()
    while (tail := _TAIL.search(text, start, end)) and tail.start() > start:
        end = tail.start()
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "-–—,|:;/*."):
        end -= 1
    return Fact(" ".join(text[start:end].split()), start, end) if start < end else None
