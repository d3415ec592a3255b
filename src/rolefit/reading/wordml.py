"""WordprocessingML events -> lines. Knows the vocabulary, not the files.

A paragraph is a line. A table row is one line (cells parted by a tab) if no cell holds more than
one line, as in a table of facts; else its cells follow each other, as in tables used for layout.
A text box stands inside a paragraph's run: its lines follow that paragraph's line.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from rolefit.reading.common import words
from rolefit.reading.wordcolours import number
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
# Whose elements Word opens. What stands in others is shown by some programs, not by all.
_KNOWN = (
    "http://schemas.openxmlformats.org/",
    "http://purl.oclc.org/ooxml/",
    "http://schemas.microsoft.com/",
    "urn:schemas-microsoft-com:",
    "http://www.w3.org/",
)
_TEXT = frozenset({"t"})
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}


_LETTER = (12_240.0, 15_840.0)  # twips: a page where nothing is said


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
    sides: dict[str, float] = field(default_factory=dict)  # of its pages, and the margins, twips

    @property
    def off_page(self) -> bool:
        """Whether its text begins beyond the edge."""
        get = self.sides.get
        return get("left", 0.0) >= get("w", _LETTER[0]) or get("top", 0.0) >= get("h", _LETTER[1])


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
        self.doubted: Counter[str] = Counter()  # words that were read, but are hard to see
        self.names: dict[str, str] = {}  # of other vocabularies, by prefix
        self.look = look
        self._with_hidden = with_hidden
        self._blocks = [_Block()]
        self._rows: list[list[list[str]]] = []  # open rows: their cells' lines
        self._paragraphs: list[_Paragraph] = []  # open paragraphs, outermost first
        self._choices: list[bool] = []  # open AlternateContents: whether a Choice was read
        self._skipping = 0  # depth inside an element that is left out
        self._in_text = False
        self._others: list[str] = []  # open elements of other vocabularies
        self._foreign = 0  # how many of them Word does not know
        self._in_code = False  # of a field
        self._section_start = 0  # the first line of the open section
        self._section_ends = False  # with the open paragraph

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
        elif name in ("headerReference", "footerReference", "titlePg", "pgSz", "pgMar"):
            self._start_of_section(name, attributes)
        elif name == "instrText":
            self._in_code = True
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
            self._end_other(tag)
        elif name in _TEXT:
            self._in_text = False
        elif name == "instrText":
            self._in_code = False
        elif name == "p":
            self._end_paragraph()
        elif name == "sectPr":
            self._section_ends = True
            if not self._paragraphs:
                self._end_section()
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

    def _end_other(self, tag: str) -> None:
        name = self._others.pop()
        self.look.end_other(name)
        self._foreign -= not tag.startswith(_KNOWN)
        if tag == _COMPATIBILITY + "AlternateContent":
            self._choices.pop()
        elif tag == _MATH + "t":
            self._in_text = False

    def _end_paragraph(self) -> None:
        paragraph = self._paragraphs.pop()
        lines = self._blocks[-1].lines
        lines.append("".join(paragraph.text))
        lines.extend(paragraph.boxes)
        if self._section_ends and not self._paragraphs and len(self._blocks) == 1:
            self._end_section()

    def _end_section(self) -> None:
        """Leave out a section whose margins are larger than its pages."""
        self._section_ends = False
        lines = self._blocks[0].lines
        if self.sections and self.sections[-1].off_page and not self._with_hidden:
            if count := sum(map(words, lines[self._section_start :])):
                self.hidden["outside the page"] += count
            del lines[self._section_start :]
        self._section_start = len(lines)

    def characters(self, text: str) -> None:
        if self._in_text and not self._skipping:
            self._add(text)
        elif self._in_code and not self._skipping:
            self.look.fields.code(text)
        elif self._others and not self._skipping:
            self.look.characters_other(self._others[-1], text)

    def _start_of_section(self, name: str, attributes: dict[str, str]) -> None:
        if not self.sections:
            return
        given = plain(attributes)
        if name == "titlePg":
            self.sections[-1].first = given.get("val", "true") not in OFF
            return
        if name in ("pgSz", "pgMar"):
            sides = {key: number(given.get(key)) for key in ("w", "h", "left", "top")}
            self.sections[-1].sides |= {
                key: side for key, side in sides.items() if side is not None
            }
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
            wanted = plain(attributes).get("Requires", "").split()
            known = all(self.names.get(prefix, "").startswith(_KNOWN) for prefix in wanted)
            self._skipping = 1 if self._choices[-1] or not known else 0
            self._choices[-1] |= known
        elif tag == _COMPATIBILITY + "Fallback" and self._choices and self._choices[-1]:
            self._skipping = 1
        if not self._skipping:
            self._others.append(tag.rsplit(" ", 1)[-1])
            self._foreign += not tag.startswith(_KNOWN)
            self.look.start_other(self._others[-1], attributes)

    def _add(self, text: str) -> None:
        reason = "" if self._with_hidden else self.look.reason(text)
        if reason:
            self.hidden[reason] += words(text)
        elif self._paragraphs:
            self._paragraphs[-1].text.append(text)
            if not self._with_hidden and (count := words(text)):
                doubt = "unknown to Word" if self._foreign else self.look.doubt(text)
                if doubt:
                    self.doubted[doubt] += count


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
