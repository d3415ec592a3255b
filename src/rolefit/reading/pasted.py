"""Texts copied out of the source of something: JSON, escaped HTML, escaped Markdown.

`&lt;p&gt;4+ years` is read as a page is, however often it was escaped; `4\\+ years` loses its
stroke, `R&amp;D` its entity. A text without any of these stays as it is, to the last character.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from rolefit.reading import posting

ROUNDS = 4  # of escaping that are undone
ENTITIES = {
    "lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'", "nbsp": " ", "bull": "\u2022",
    "middot": "\u00b7", "ndash": "\u2013", "mdash": "\u2014", "lsquo": "\u2018",
    "rsquo": "\u2019", "ldquo": "\u201c", "rdquo": "\u201d", "hellip": "\u2026",
    "eacute": "\u00e9", "egrave": "\u00e8", "agrave": "\u00e0", "ccedil": "\u00e7",
    "auml": "\u00e4", "ouml": "\u00f6", "uuml": "\u00fc", "Auml": "\u00c4", "Ouml": "\u00d6",
    "Uuml": "\u00dc", "szlig": "\u00df", "ntilde": "\u00f1", "pound": "\u00a3", "euro": "\u20ac",
    "copy": "\u00a9", "reg": "\u00ae", "trade": "\u2122", "deg": "\u00b0", "frac12": "\u00bd",
}  # fmt: skip
_ENTITY = re.compile(rf"&(?:({'|'.join(ENTITIES)})|#([0-9]{{1,6}})|#[xX]([0-9a-fA-F]{{1,5}}));")
_TAG = re.compile(
    r"</?(?:a|b|blockquote|body|br|div|em|font|h[1-6]|head|html|i|li|ol|p|section|span|strong|table"
    r"|tbody|td|tr|u|ul)(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)
TAGS = 3  # that make a text a page; one that speaks of tags names fewer
_CLOSING = re.compile(r"</(?:p|li|ul|ol|div|h[1-6]|strong|span|b|em|td|tr)\s?>", re.I)
_BREAK = re.compile(r"<br\s?/?>", re.I)
# Before a letter it is a path or a command; after another stroke it stands for itself.
_STROKE = re.compile(r"(?<!\\)\\([-+.*#_()\[\]!&>~|=])")


def undone(text: str, name: str, page: Callable[[str], str]) -> str:
    """The text as its writer meant it; `page` reads HTML. Raises ManyJobsError, LimitError."""

    def fragment(piece: str) -> str:
        return unescaped(piece, page)

    found = posting.of_json(text, name, fragment)
    return unescaped(text, page) if found is None else found


def may_be_escaped(text: str) -> bool:
    """Whether a closer look can find anything: most texts hold none of the signs."""
    return any(sign in text for sign in "&<\\") or text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[")


def shows_tags(text: str) -> bool:
    """Whether the text, as it stands, is the source of a page."""
    if len(_TAG.findall(text)) < TAGS:
        return False
    return _CLOSING.search(text) is not None or len(_BREAK.findall(text)) >= TAGS


def unescaped(text: str, page: Callable[[str], str]) -> str:
    """The text without what was escaped in it; `page` reads HTML."""
    for _ in range(ROUNDS):
        if shows_tags(text) or (_CLOSING.search(text) and _TAG.match(text.lstrip())):
            text = page(_with_breaks(text))
        elif "&" in text and (plain := _ENTITY.sub(_character, text)) != text:
            text = plain
        else:
            break
    return _STROKE.sub(r"\1", text) if "\\" in text else text


def _with_breaks(text: str) -> str:
    """Line breaks before the first and after the last tag are kept: there the text is none."""
    tags = list(_TAG.finditer(text))
    first, last = tags[0].start(), tags[-1].end()
    head, tail = (part.replace("\n", "<br>") for part in (text[:first], text[last:]))
    return head + text[first:last] + tail


def _character(match: re.Match[str]) -> str:
    name, number, hexadecimal = match.groups()
    if name:
        return ENTITIES[name]
    code = int(number or hexadecimal, 10 if number else 16)
    return chr(code) if 32 <= code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else " "
