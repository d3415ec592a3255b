"""WordprocessingML events -> lines. Knows the vocabulary, not the files.

A paragraph is a line. A table row is one line (cells parted by a tab) if no cell holds more than
one line, as in a table of facts; else its cells follow each other, as in tables used for layout.
A text box stands inside a paragraph's run: its lines follow that paragraph's line.
"""

from __future__ import annotations

from dataclasses import dataclass, field

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
_OFF = frozenset({"0", "false", "off", "none"})


@dataclass(slots=True)
class _Block:
    """Lines being collected: a cell, a text box or the whole story."""

    lines: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Paragraph:
    text: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)  # lines of the text boxes anchored in it


class Story:
    """Collects the lines of one part (body, header, notes) from its parser events."""

    def __init__(self) -> None:
        self.references: list[str] = []  # relationship ids of headers and footers, in order
        self.hidden = 0  # characters left out because they are formatted as hidden
        self._blocks = [_Block()]
        self._rows: list[list[list[str]]] = []  # open rows: their cells' lines
        self._paragraphs: list[_Paragraph] = []  # open paragraphs, outermost first
        self._choices: list[bool] = []  # open AlternateContents: whether a Choice was read
        self._skipping = 0  # depth inside an element that is left out
        self._in_text = False
        self._vanish = False

    def lines(self) -> list[str]:
        return self._blocks[0].lines

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._skipping:
            self._skipping += 1
            return
        name = _word(tag)
        if name is None:
            self._start_other(tag)
        elif name in _TEXT:
            self._in_text = True
        elif name == "p":
            self._paragraphs.append(_Paragraph())
        elif name == "r":
            self._vanish = False
        elif name in _REMOVED:
            self._skipping = 1
        elif name in ("tc", "txbxContent"):
            self._blocks.append(_Block())
        elif name == "tr":
            self._rows.append([])
        elif name == "vanish":
            self._vanish = _value(attributes) not in _OFF
        elif name in ("headerReference", "footerReference"):
            self.references.extend(attributes[key] for key in _REFERENCE_IDS if key in attributes)
        elif name == "tabs":
            self._skipping = 1  # tab stops are also called "tab"
        elif name in _BREAKS:
            self._add(_BREAKS[name])

    def end(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
            return
        name = _word(tag)
        if name is None:
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
            self._blocks[-1].lines.extend(_row(self._rows.pop()))

    def characters(self, text: str) -> None:
        if self._in_text and not self._skipping:
            self._add(text)

    def _start_other(self, tag: str) -> None:
        if tag == _MATH + "t":
            self._in_text = True
        elif tag == _COMPATIBILITY + "AlternateContent":
            self._choices.append(False)
        elif tag == _COMPATIBILITY + "Choice" and self._choices:
            self._skipping = 1 if self._choices[-1] else 0
            self._choices[-1] = True
        elif tag == _COMPATIBILITY + "Fallback" and self._choices and self._choices[-1]:
            self._skipping = 1

    def _add(self, text: str) -> None:
        if self._vanish:
            self.hidden += len(text.strip())
        elif self._paragraphs:
            self._paragraphs[-1].text.append(text)


def _word(tag: str) -> str | None:
    """The local name of a WordprocessingML element, None for other vocabularies."""
    for namespace in _W:
        if tag.startswith(namespace):
            return tag[len(namespace) :]
    return None


def _value(attributes: dict[str, str]) -> str:
    return next((v for k, v in attributes.items() if k.endswith(" val")), "true")


def _row(cells: list[list[str]]) -> list[str]:
    filled = [[line for line in cell if line.strip()] for cell in cells]
    if all(len(cell) <= 1 and "\n" not in "".join(cell) for cell in filled):
        return ["\t".join(cell[0].strip() for cell in filled if cell)]
    return [line for cell in cells for line in cell]
