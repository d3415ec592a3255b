"""Unicode and layout cleaning: what two people see as the same text becomes the same text.

In this order, each step a list of edits: characters (NFC, ligatures, styled letters, quotes, soft
hyphens, invisible characters), look-alike letters of other alphabets, layout (white space, bullets,
broken lines). What a person could not have seen is reported as a Notice.
"""

# ruff: noqa: RUF001  (look-alike letters are this file's business)
from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from rolefit.language.offsets import Change, compose, rewrite, trimmed
from rolefit.records import Edit, Notice

BULLET = "• "
_WRAP = 40  # characters; a shorter line was ended by its writer, not by the page's width

# Directional marks, word joiners, tag characters and the like: no reader sees them.
_INVISIBLE = "\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\U000e0000-\U000e007f"
_UNSEEN = re.compile(f"[{_INVISIBLE}]")
_RUN = re.compile("\r\n?|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|[^\x00-\x7f]+")
_DOTS = "\u2022\u2023\u2043\u204c\u204d\u2219\u25a0\u25a1\u25aa\u25ab\u25b6\u25ba\u25cb\u25cf"
_DOTS += "\u25d8\u25e6\u2666\u2605\u2713\u2714\u27a2\u27a4\uf076\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc"
_PLAIN = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'),
    **dict.fromkeys("\u2010\u2011", "-"),
    **dict.fromkeys("\u0085\u2028\u2029", "\n"),
    **dict.fromkeys(_DOTS, "\u2022"),
    "\u00ad": "",
}
# What Unicode calls a <font>, <wide>, <narrow> or <noBreak> form of another character.
_STYLED = re.compile(
    "[\xa0\u0f0c\u2007\u2011\u202f\u2102\u210a-\u2113\u2115\u2119-\u211d\u2124\u2128\u212c\u212d"
    "\u212f-\u2131\u2133\u2134\u2139\u213c-\u2140\u2145-\u2149\u3000\ufb20-\ufb29\uff01-\uffee"
    "\U0001ccd6-\U0001ccf9\U0001d400-\U0001d7ff\U0001ee00-\U0001eebb\U0001fbf0-\U0001fbf9]"
)
# A case-blind search takes these for i and s, and `lower` does not make them so.
_FOLDED = str.maketrans("İıſ", "Iis")
_LOOKALIKES = dict(
    zip(
        "АВЕЅІЈКМНОРСТХУаеѕіјорсхуΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
        "ABESIJKMHOPCTXYaesijopcxyABEZHIKMNOPTYXo",
        strict=True,
    )
)
_FOREIGN_LETTER = re.compile("[\u0370-\u03ff\u0400-\u04ff]")
_FOREIGN = re.compile(r"[^\W\d_]*[\u0370-\u03ff\u0400-\u04ff][^\W\d_]*")

_SPACE = re.compile(r"[ \t\n]{2,}|\A[ \t\n]|[ \t\n]\Z")
_MARK = re.compile(
    r"^[ \t]*(?:•[ \t]*\n?[ \t]*|[-–—*·»>]+[ \t]+|o(?:[ ]?\t[ ]?|[ ]{2,}|[ ](?=[A-Z])))(?=\S)",
    re.MULTILINE,
)
_BREAK = re.compile(r"-?\n(?=[a-z])")
_PREFIXES = frozenset(
    [
        "all",
        "anti",
        "bi",
        "co",
        "cross",
        "de",
        "e",
        "ex",
        "fast",
        "full",
        "half",
        "hands",
        "hard",
        "high",
        "in",
        "inter",
        "left",
        "long",
        "low",
        "mid",
        "multi",
        "non",
        "off",
        "on",
        "one",
        "part",
        "peer",
        "post",
        "pre",
        "pro",
        "real",
        "results",
        "right",
        "second",
        "self",
        "semi",
        "short",
        "single",
        "sub",
        "team",
        "third",
        "three",
        "time",
        "tri",
        "two",
        "up",
        "user",
        "well",
    ]
)


def clean(text: str) -> tuple[str, list[Edit], list[Notice]]:
    """The cleaned text, its edits from `text`, and what a reader of the score should know."""
    notices: list[Notice] = []
    if not text.isascii() and (unseen := _UNSEEN.findall(text)):
        message = f"The text holds {len(unseen):,} invisible characters; they were left out."
        notices.append(Notice("zero-width", message))
    cleaned, edits = rewrite(text, _characters(text))
    swaps = list(_lookalikes(cleaned))
    if swaps:
        words = len(swaps)
        message = (
            f"{words:,} {'word mixes' if words == 1 else 'words mix'} Latin with look-alike letters"
            " of another alphabet; they were read as Latin."
        )
        notices.append(Notice("homoglyphs", message))
        cleaned, more = rewrite(cleaned, swaps)
        edits = compose(edits, more)
        cleaned, more = rewrite(cleaned, _characters(cleaned))
        edits = compose(edits, more)
    for step in (_bullets, _spaces, _line_breaks):
        cleaned, more = rewrite(cleaned, step(cleaned))
        edits = compose(edits, more)
    return cleaned, edits, notices


def without_lookalikes(text: str) -> str:
    """The text with look-alike letters read as the Latin ones they pose as; as long as before."""
    if text.isascii():
        return text
    letters = list(text.translate(_FOLDED))
    for start, end, new in _lookalikes(text):
        letters[start:end] = new
    return "".join(letters)


def _characters(text: str) -> Iterator[Change]:
    for match in _RUN.finditer(text):
        start, old = match.start(), match.group()
        if start and old > "\x7f" and " " <= text[start - 1] <= "~":
            start -= 1  # an accent that follows becomes one with it
            old = text[start] + old
        new = _folded(old)
        if old != new:
            yield trimmed(start, old, new)


@lru_cache(maxsize=4096)
def _folded(run: str) -> str:
    if run[0] == "\r":
        return "\n"
    if len(run) == 1 and run < " ":
        return "\n" if run in "\x0b\x0c" else " "
    if run == "\x7f":
        return " "
    kept = "".join(map(_plain, _UNSEEN.sub("", run)))
    return unicodedata.normalize("NFC", kept)


def _plain(character: str) -> str:
    if character in _PLAIN:
        return _PLAIN[character]
    if "\ufb00" <= character <= "\ufb06":  # ligatures: fi, fl, ...
        return unicodedata.normalize("NFKC", character)
    if _STYLED.match(character):
        return unicodedata.normalize("NFKC", character)
    return " " if character in "\u2002\u2003\u2009\u3000" else character


def _lookalikes(text: str) -> Iterator[Change]:
    """Words of Latin and look-alike letters, or of nothing else where all the rest is Latin."""
    if not _FOREIGN_LETTER.search(text):
        return
    words = [(m.start(), m.group()) for m in _FOREIGN.finditer(text)]
    genuine = any(c not in _LOOKALIKES and not c.isascii() for _, word in words for c in word)
    for start, word in words:
        new = "".join(_LOOKALIKES.get(c, c) for c in word)
        if new.isascii() and (not genuine or any(c.isascii() for c in word)):
            yield start, start + len(word), new


def _spaces(text: str) -> Iterator[Change]:
    """Wide gaps become a tab (they part columns), blank lines one; edges of lines are bare."""
    for match in _SPACE.finditer(text):
        old = match.group()
        if match.start() == 0 or match.end() == len(text):
            new = ""
        elif breaks := old.count("\n"):
            new = "\n" if breaks == 1 else "\n\n"
        else:
            new = "\t" if "\t" in old or len(old) > 2 else " "
        if old != new:
            yield match.start(), match.end(), new


def _bullets(text: str) -> Iterator[Change]:
    for match in _MARK.finditer(text):
        yield match.start(), match.end(), BULLET


def _line_breaks(text: str) -> Iterator[Change]:
    """A word or a sentence that the page's width broke is made whole."""
    for match in _BREAK.finditer(text):
        at = match.start()
        line = text.rfind("\n", 0, at) + 1
        if at == 0 or at - line < (_WRAP if match.group() == "\n" else 2):
            continue
        if match.group() == "\n":
            if text[at - 1].isalnum() or text[at - 1] in ",&/)":
                yield at, at + 1, "" if text[at - 1] == "/" else " "
        elif text[at - 1].isalpha():
            first = text[line:at].replace("-", " ").split()[-1].lower()
            yield at, at + 2, "-" if first in _PREFIXES else ""
