"""RTF -> RTF that striprtf reads whole: without raw data, with the text of all groups.

striprtf leaves out the groups of headers, footers, footnotes and text boxes, and takes words that
begin with "bin" for raw data. Here their text is put where DOCX has it: headers in their place in
front of the body, text boxes behind the shape that holds them, notes and footers at the end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rolefit.reading.limits import Allowance

_RAW = re.compile(rb"\\\\|\\binf?sxn-?\d* ?|\\bin(?![a-z])(\d{0,9}) ?")
_KEPT = re.compile(r"\\(?:header|footer|footnote|shptxt)")
_STEP = re.compile(
    r"\\[\\{}]|[{}]|\\(?P<word>header[lrf]?|footer[lrf]?|footnote|shptxt|shpgrp|shp)(?![a-z])"
)
_SHAPES = ("shp", "shpgrp")
_DEPTH = 4  # of such groups in each other: a note in a text box in a header, and one to spare
_CLOCK = 10_000  # steps between two looks at the clock


def without_raw(data: bytes, allowance: Allowance) -> bytes:
    r"""Without raw data (\bin), and with each escaped backslash as \'5c: no word begins there."""
    if b"\\bin" not in data:
        return data.replace(rb"\\", rb"\'5c")
    kept, at, seen = [], 0, 0
    while (found := _RAW.search(data, at)) is not None:
        seen += 1
        if seen % _CLOCK == 0:
            allowance.check_clock()
        kept.append(data[at : found.start()])
        at = found.end()
        if found.group() == rb"\\":
            kept.append(rb"\'5c")
        elif found[1]:
            at += int(found[1])
    return b"".join([*kept, data[at:]])


@dataclass(slots=True)
class _Group:
    """An open group; `outer` is what was written to before it, where it is written elsewhere."""

    word: str = ""
    outer: list[str] | None = None


@dataclass(slots=True)
class _Moved:
    """What was taken out of its place."""

    headers: set[str] = field(default_factory=set)  # each is shown once
    boxes: list[str] = field(default_factory=list)  # wait for the end of their shape
    shapes: int = 0  # that are open
    depth: int = 0  # of open groups that are written elsewhere
    notes: list[str] = field(default_factory=list)
    footers: dict[str, None] = field(default_factory=dict)


def with_all_text(source: str, allowance: Allowance) -> str:
    """With the text of headers, footers, footnotes and text boxes where striprtf finds it."""
    if not _KEPT.search(source):
        return source
    unshown = _unshown(source)
    out: list[str] = []
    groups: list[_Group] = []
    moved = _Moved()
    at = 0
    for count, step in enumerate(_STEP.finditer(source)):
        if count % _CLOCK == 0:
            allowance.check_clock()
        out.append(source[at : step.start()])
        at = step.end()
        sign, word = step.group(), step["word"]
        if sign == "}" and groups:
            if len(groups) == 1:  # what follows the document is no part of it
                out += [*moved.notes, *moved.footers]
            out = _close(groups.pop(), out, moved, unshown)
        elif word is None or not groups or groups[-1].word or moved.depth == _DEPTH:
            out.append(sign)
            if sign == "{":
                groups.append(_Group())
        else:
            out = _open(groups[-1], word, out, moved)
    return "".join([*out, source[at:]])


def _unshown(source: str) -> set[str]:
    """Headers and footers of first and left pages count where these have their own."""
    first = () if r"\titlepg" in source else ("headerf", "footerf")
    left = () if r"\facingp" in source else ("headerl", "footerl")
    return {*first, *left}


def _open(group: _Group, word: str, out: list[str], moved: _Moved) -> list[str]:
    """Where the rest of `group` is written to, now that its `word` is known."""
    group.word = word
    if word in _SHAPES:
        moved.shapes += 1
        out.append("\\" + word)
        return out
    moved.depth += 1
    group.outer = out
    return []


def _close(group: _Group, out: list[str], moved: _Moved, unshown: set[str]) -> list[str]:
    """Where what follows `group` is written to."""
    if group.outer is None:
        out.append("}")
        if group.word:
            moved.shapes -= 1
        if not moved.shapes:
            out += moved.boxes
            moved.boxes.clear()
        return out
    moved.depth -= 1
    text = rf"{{\par {''.join(out)}\par}}"
    out = group.outer
    if group.word == "footnote":
        moved.notes.append(text)
    elif group.word == "shptxt":
        (moved.boxes if moved.shapes else out).append(text)
    elif group.word not in unshown and group.word.startswith("footer"):
        moved.footers[text] = None
    elif group.word not in unshown and text not in moved.headers:
        moved.headers.add(text)
        out.append(text)
    out.append("}")
    return out
