"""WordprocessingML events -> lines. Knows the vocabulary, not the files.

A paragraph is a line. A table row is one line (cells parted by a tab) if no cell holds more than
one line, as in a table of facts; else its cells follow each other, as in tables used for layout.
A text box stands inside a paragraph's run: its lines follow that paragraph's line.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from rolefit.reading.common import words
from rolefit.reading.wordlook import Look
from rolefit.reading.wordstyles import OFF, plain

_W = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main ",
    "http://purl.oclc.org/ooxml/wordprocessingml/main ",  # the strict variant
)
_MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math "
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006 "
_REFERENCE_IDS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",
)
_REMOVED = frozenset({"del", "moveFrom", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange"})
_TEXT = frozenset({"t"})
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}


@dataclass(slots=True)
class _Block:
    """Lines being collected: a cell, a text box or the whole story."""

    lines: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Paragraph:
    text: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)  # lines of the text boxes anchored in it


@dataclass(slots=True)
class Section:
    """What a section says of its headers and footers."""

    references: dict[tuple[str, str], str] = field(default_factory=dict)  # element, type -> id
    first: bool = False  # whether its first page has its own


def shown_parts(sections: list[Section], even: bool) -> list[str]:
    """Relationship ids of the headers and footers that any page shows, in order.

    A section without its own shows that of the section before; `even` pages may have their own.
    """
    shown: dict[str, None] = {}
    current: dict[tuple[str, str], str] = {}
    for section in sections:
        current.update(section.references)
        for (_, kind), key in current.items():
            if {"first": section.first, "even": even}.get(kind, True):
                shown[key] = None
    return list(shown)


class Story:
    """Collects the lines of one part (body, header, notes) from its parser events."""

    def __init__(self, look: Look, with_hidden: bool) -> None:
        self.sections: list[Section] = []
        self.hidden: Counter[str] = Counter()  # words left out, by reason
        self.look = look
        self._with_hidden = with_hidden
        self._blocks = [_Block()]
        self._rows: list[list[list[str]]] = []  # open rows: their cells' lines
        self._paragraphs: list[_Paragraph] = []  # open paragraphs, outermost first
        self._choices: list[bool] = []  # open AlternateContents: whether a Choice was read
        self._skipping = 0  # depth inside an element that is left out
        self._in_text = False
        self._others: list[str] = []  # open elements of other vocabularies

    def lines(self) -> list[str]:
        return self._blocks[0].lines

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._skipping:
            self._skipping += 1
            return
        name = _word(tag)
        if name is None:
            self._start_other(tag, attributes)
            return
        if name not in _REMOVED and name != "tabs":
            self.look.start(name, attributes)
        if name in _TEXT:
            self._in_text = True
        elif name == "p":
            self._paragraphs.append(_Paragraph())
        elif name in _REMOVED:
            self._skipping = 1
        elif name in ("tc", "txbxContent"):
            self._blocks.append(_Block())
        elif name == "tr":
            self._rows.append([])
        elif name == "sectPr":
            self.sections.append(Section())
        elif name in ("headerReference", "footerReference", "titlePg"):
            self._start_of_section(name, attributes)
        elif name == "tabs":
            self._skipping = 1  # tab stops are also called "tab"
        elif name in _BREAKS:
            self._add(_BREAKS[name])

    def end(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
            return
        name = _word(tag)
        if name is not None:
            self.look.end(name)
        if name is None:
            self._others.pop()
            self.look.end_other(tag.rsplit(" ", 1)[-1])
            if tag == _COMPATIBILITY + "AlternateContent":
                self._choices.pop()
            elif tag == _MATH + "t":
                self._in_text = False
        elif name in _TEXT:
            self._in_text = False
        elif name == "p":
            paragraph = self._paragraphs.pop()
            lines = self._blocks[-1].lines
            lines.append("".join(paragraph.text))
            lines.extend(paragraph.boxes)
        elif name == "tc":
            cell = self._blocks.pop().lines
            if self._rows:
                self._rows[-1].append(cell)
            else:
                self._blocks[-1].lines.extend(cell)
        elif name == "txbxContent":
            box = self._blocks.pop().lines
            (self._paragraphs[-1].boxes if self._paragraphs else self._blocks[-1].lines).extend(box)
        elif name == "tr":
            self._blocks[-1].lines.extend(row_lines(self._rows.pop()))

    def characters(self, text: str) -> None:
        if self._in_text and not self._skipping:
            self._add(text)
        elif self._others and not self._skipping:
            self.look.characters_other(self._others[-1], text)

    def _start_of_section(self, name: str, attributes: dict[str, str]) -> None:
        if not self.sections:
            return
        given = plain(attributes)
        if name == "titlePg":
            self.sections[-1].first = given.get("val", "true") not in OFF
            return
        for key in _REFERENCE_IDS:
            if key in attributes:
                kind = name, given.get("type", "default")
                self.sections[-1].references[kind] = attributes[key]

    def _start_other(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == _MATH + "t":
            self._in_text = True
        elif tag == _COMPATIBILITY + "AlternateContent":
            self._choices.append(False)
        elif tag == _COMPATIBILITY + "Choice" and self._choices:
            self._skipping = 1 if self._choices[-1] else 0
            self._choices[-1] = True
        elif tag == _COMPATIBILITY + "Fallback" and self._choices and self._choices[-1]:
            self._skipping = 1
        if not self._skipping:
            self._others.append(tag.rsplit(" ", 1)[-1])
            self.look.start_other(self._others[-1], attributes)

    def _add(self, text: str) -> None:
        reason = "" if self._with_hidden else self.look.reason(text)
        if reason:
            self.hidden[reason] += words(text)
        elif self._paragraphs:
            self._paragraphs[-1].text.append(text)


def _word(tag: str) -> str | None:
    """The local name of a WordprocessingML element, None for other vocabularies."""
    for namespace in _W:
        if tag.startswith(namespace):
            return tag[len(namespace) :]
    return None


def row_lines(cells: list[list[str]]) -> list[str]:
    filled = [[line for line in cell if line.strip()] for cell in cells]
    if all(len(cell) <= 1 and "\n" not in "".join(cell) for cell in filled):
        return ["\t".join(cell[0].strip() for cell in filled if cell)]
    return [line for cell in cells for line in cell]
