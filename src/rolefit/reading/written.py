"""What a file of plain characters is, if more than a text or a page: told by how it begins."""

from __future__ import annotations

import re

from rolefit.reading import delimited, hropen, jsonresume, posting, text

# Line by line, and no line in two ways.
_HEADERS = re.compile(r"(?:[!-9;-~]+:[^\r\n]*\r?\n(?:[ \t]+[^\r\n]*\r?\n)*)+")
_NAME = re.compile(r"^([!-9;-~]+):", re.MULTILINE)
_MBOX = re.compile(r"From \S+[^\n]*\d\d:\d\d[^\n]*\d{4}[^\n]*\r?\n")
_ROOT = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--(?:[^-]|-(?!->))*-->\s*)*<(?:!DOCTYPE\s+)?([\w:.-]+)[\s>/]"
)
_YAML = re.compile(r"^basics:[ \t]*\r?$", re.MULTILINE)
_YAML_PART = re.compile(r"^(?:work|education|skills):[ \t]*\r?$", re.MULTILINE)
_ODT = "application/vnd.oasis.opendocument.text"
_BY_PEOPLE = frozenset(("from", "to", "cc", "subject", "date"))
# What a mail program writes and nobody types above a letter.
_BY_PROGRAMS = frozenset(
    "mime-version message-id received content-type return-path delivered-to dkim-signature "
    "x-mailer content-transfer-encoding snapshot-content-location".split()
)


def kind_of(head: str, data: bytes) -> str:
    """What it is, "" for what is just a text or a page; `head` is how the text in `data` begins.

    "mail", "mbox", "csv" and "json-rows" for what holds documents; "json-resume", "yaml-resume",
    "hr-json" and "hr-xml" for resumes as data.
    """
    if _MBOX.match(head) and _is_mail(head[head.index("\n") + 1 :]):
        return "mbox"
    if _is_mail(head):
        return "mail"
    if head.lstrip().startswith(("{", "[")):
        return _json_kind(text.decode(data)[0])
    if (root := _ROOT.match(head)) and hropen.is_candidate_xml(root[1]):
        return "hr-xml"
    if root and root[1] == "office:document" and _ODT in head:
        return "odt"
    if delimited.looks_like(head, len(data) <= len(head)):
        return "csv"
    return "yaml-resume" if _YAML.search(head) and _YAML_PART.search(head) else ""


def _json_kind(source: str) -> str:
    content = jsonresume.load(source)
    if jsonresume.is_resume(content):
        return "json-resume"
    if hropen.is_candidate(content):
        return "hr-json"
    if content is None:
        content = delimited.json_rows(source)
    rows = delimited.holds_records(content) and not posting.is_posting(content)
    return "json-rows" if rows else ""


def may_hold(head: bytes) -> bool:
    """Whether it may be larger than one document is: mails, or a table."""
    start = text.decode(head)[0]
    is_mail = bool(_MBOX.match(start)) or _is_mail(start)
    return is_mail or start.lstrip().startswith(("{", "[")) or delimited.looks_like(start, False)


def _is_mail(head: str) -> bool:
    block = _HEADERS.match(head)
    names = {name.lower() for name in _NAME.findall(block.group())} if block else set()
    return bool(names & _BY_PROGRAMS) and (
        len(names & _BY_PEOPLE) > 1 or {"mime-version", "content-type"} <= names
    )
