"""How a DOCX formats a piece of text, as far as it decides whether a person sees it.

Followed are styles with what they are based on, direct formatting, and what lies behind the text:
shading of run, paragraph, cell and table, the fill of a text box, the background of the page. Where
a colour is not known (a picture, a table style, a shape in another place, letters with an outline)
the text counts as seen. What is merely hard to see is read, and named in a notice.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from rolefit.reading import wordcolours, wordletters
from rolefit.reading.common import words
from rolefit.reading.wordcolours import (
    FAINT,
    UNKNOWN,
    WHITE,
    Colour,
    colour_of,
    near,
    number,
    shade,
)
from rolefit.reading.wordfields import Fields
from rolefit.reading.wordgrounds import LOW, Grounds
from rolefit.reading.wordshapes import LEAST_EMU, Shape, drawn_of_old
from rolefit.reading.wordstyles import (
    EFFECTS,
    OFF,
    PARAGRAPH,
    RUN,
    Attributes,
    Effect,
    Properties,
    Styles,
    key_of,
    plain,
)

FAR = 16_000  # twips to the right, or half of it to the left: beyond the edge of the page
SHALLOW = 4  # a line of a quarter of its letters' height shows nothing of them
# Elements that hold colours, none of which fills a shape.
_NO_FILL = EFFECTS | frozenset(
    "ln lnRef effectRef fontRef effectLst shadow glow sp3d props3d".split()
)
_HIGHLIGHTS = {"white": WHITE, "black": wordcolours.BLACK}


@dataclass(slots=True)
class Page:
    """What the text of every part lies on."""

    painted: bool  # whether programs show a background that is not white
    colour: Colour = WHITE


@dataclass(slots=True)
class _Frame:
    """An open paragraph and its open run."""

    paragraph: Properties = field(default_factory=dict)
    run: Properties = field(default_factory=dict)


class Look:
    """Follows one part's events; `reason` says whether text at this point is seen."""

    def __init__(
        self, styles: Styles, page: Page, backdrop: bool = False, growing: Collection[int] = ()
    ) -> None:
        """`backdrop` and `growing`: what an earlier look at the part, or at another, has met."""
        self.backdrop = False  # whether a shape or picture was met that text may stand on
        self.covered = False  # whether one was met that text may lie beneath
        self.on_backdrop = 0  # characters in the page's colour that were kept for it
        self.growing: set[int] = set()  # small shapes that grow with their text
        self.fields = Fields()
        self._styles = styles
        self._page = page
        self._believe = backdrop
        self._grown = growing
        self._path: list[str] = []
        self._frames: list[_Frame] = []
        self._grounds = Grounds(styles)
        self._shapes: list[Shape] = []
        self._count = 0  # of shapes
        self._unfilled = 0  # depth inside what holds colours but fills no shape
        self._effect = Effect()
        self._phantoms: list[bool] = []  # open ones of a formula: whether they are not shown

    def start(self, name: str, attributes: Attributes) -> None:
        """A WordprocessingML element."""
        parent = self._path[-1] if self._path else ""
        above = self._path[-2] if len(self._path) > 1 else ""
        self._path.append(name)
        if name == "p":
            self._frames.append(_Frame())
        elif name == "r" and self._frames:
            self._frames[-1].run = {}
        elif name in ("tbl", "tr", "tc"):
            self._grounds.open(name)
        elif name == "background" and parent == "document" and self._page.painted:
            given = plain(attributes)
            self._page.colour = colour_of(given.get("color"), given.get("themeColor")) or WHITE
        elif name == "txbxContent":
            self._grounds.open(name, self._shapes[-1] if self._shapes else None)
            if self._shapes:
                self._shapes[-1].speaks = True
        elif name == "fldChar":
            self.fields.mark(plain(attributes).get("fldCharType", ""))
        elif name == "fldSimple":
            self.fields.begin(plain(attributes).get("instr", ""))
        elif parent == "rPr" and above == "r" and name in RUN and self._frames:
            self._frames[-1].run[key_of(parent, name)] = plain(attributes)
        elif parent == "pPr" and name in PARAGRAPH and self._frames:
            self._frames[-1].paragraph[name] = plain(attributes)
        elif parent in ("tcPr", "tblPr", "trPr", "tblGrid"):
            self._grounds.say(parent, name, plain(attributes))

    def end(self, name: str) -> None:
        self._path.pop()
        if name == "p" and self._frames:
            self._frames.pop()
            self.fields.end_paragraph()
        elif name in ("tbl", "tr", "tc", "txbxContent"):
            self._grounds.close()
        elif name == "fldSimple":
            self.fields.mark("end")

    def start_other(self, name: str, attributes: Attributes) -> None:
        """An element of another vocabulary: shapes and their fill, effects, formulas."""
        given = plain(attributes)
        if name in _NO_FILL:
            self._unfilled += 1
        if self._path[-2:] == ["r", "rPr"] and self._frames:
            self._effect.start(name, given, self._frames[-1].run)
        if name in ("anchor", "inline"):
            self._count += 1
            behind = given.get("behindDoc", "0") not in OFF
            shape = Shape(self._count, behind=behind, floating=behind, anchored=name == "anchor")
            self._shapes.append(shape)
        elif name in ("shape", "rect", "roundrect") and "style" in given:
            shape = drawn_of_old(given)
            self.backdrop |= "position:absolute" in given["style"] and shape.fill is not None
            self._shapes[:] = [shape]  # it has no end that matters here: the next replaces it
        elif name == "fill" and self._path[-1:] == ["background"] and self._page.painted:
            self._page.colour = UNKNOWN  # a picture or pattern
        elif name == "r" and self._frames:  # of a formula
            self._frames[-1].run = {}
            self._path.append("r")
        elif name == "phant":
            self._phantoms.append(False)
        elif name == "show" and self._phantoms:
            self._phantoms[-1] = given.get("val", "true") in OFF
        if self._shapes:
            self._shape(self._shapes[-1], name, given)

    def _shape(self, shape: Shape, name: str, given: dict[str, str]) -> None:
        if name == "spAutoFit" and min(shape.extent) < LEAST_EMU:
            self.growing.add(shape.number)
        shape.say(name, given, shape.number in self._grown, not self._unfilled)

    def characters_other(self, name: str, text: str) -> None:
        """The text of an element of another vocabulary: only a shape's place matters."""
        place = number(text.strip()) if name == "posOffset" else None
        if place is not None and self._shapes:
            self._shapes[-1].places.append(place)

    def end_other(self, name: str) -> None:
        self._effect.end(name)
        if name in _NO_FILL:
            self._unfilled -= 1
        elif name in ("anchor", "inline") and self._shapes:
            shape = self._shapes.pop()
            self.backdrop |= shape.is_backdrop
            self.covered |= shape.covers
        elif name == "r" and self._path[-1:] == ["r"]:
            self._path.pop()
        elif name == "phant" and self._phantoms:
            self._phantoms.pop()

    def reason(self, text: str) -> str:
        """Why `text`, met at this point, is not seen; "" if it is."""
        if not self._frames:
            return ""
        if hidden := self._grounds.hidden:
            return hidden
        if self.fields.hide or any(self._phantoms):
            return "formatted as hidden"
        return (
            wordletters.reason_of(self._find, text)
            or self._misplaced()
            or self._in_ground_colour(text)
        )

    def doubt(self, text: str) -> str:
        """Why `text`, which is seen, is hard to see; "" if it is not."""
        if not self._frames:
            return ""
        ground, own = self._ground()
        ink = wordletters.ink_of(self._find, ground)
        faint = ink is not None and near(ink, ground, FAINT) and not (self._believe and not own)
        return wordletters.doubt_of(self._find, text) or ("very faint" if faint else "")

    def _misplaced(self) -> str:
        spacing = self._find_paragraph("spacing") or {}
        line = number(spacing.get("line"))
        least = max(LOW, 10 * wordletters.size_of(self._find) / SHALLOW)
        if spacing.get("lineRule") == "exact" and line is not None and line <= least:
            return "in a line without height"
        indent = self._find_paragraph("ind") or {}
        frame = self._frames[-1].paragraph.get("framePr", {})
        first = (number(indent.get("firstLine")) or 0.0) - (number(indent.get("hanging")) or 0.0)
        left = (number(indent.get("left") or indent.get("start")) or 0.0) + first
        for place in (left, number(frame.get("x")), number(frame.get("y"))):
            if place is not None and (place > FAR or place < -FAR / 2):
                return "outside the page"
        return ""

    def _in_ground_colour(self, text: str) -> str:
        if wordletters.is_unpainted(self._find):
            return "drawn invisibly"
        ground, own = self._ground()
        ink = wordletters.ink_of(self._find, ground)
        if ink is None or not near(ink, ground):
            return ""
        if self._believe and not own:
            self.on_backdrop += words(text)
            return ""
        return "in the colour of its background"

    def _ground(self) -> tuple[Colour, bool]:
        """(the colour behind the text, whether something of its own gives it)"""
        mark = self._find("highlight")
        if mark and mark.get("val", "none") not in OFF:
            return _HIGHLIGHTS.get(mark["val"], UNKNOWN), True
        for given in (self._find("shd"), self._find_paragraph("shd")):
            if given and (fill := shade(given)):
                return fill, True
        if (colour := self._grounds.colour) is not None:
            return colour, True
        return self._page.colour, False

    def _find(self, name: str) -> dict[str, str] | None:
        """What the run, its styles, the paragraph's or the table's say of a property of letters."""
        frame = self._frames[-1]
        if name in frame.run:
            return frame.run[name]
        usual = frame.paragraph.get("pStyle", {}).get("val") or self._styles.usual
        for style in (frame.run.get("rStyle", {}).get("val", ""), usual, self._grounds.table_style):
            found = self._styles.find(style, name) if style else None
            if found is not None:
                return found
        return self._styles.defaults.get(name)

    def _find_paragraph(self, name: str) -> dict[str, str] | None:
        frame = self._frames[-1]
        if name in frame.paragraph:
            return frame.paragraph[name]
        usual = frame.paragraph.get("pStyle", {}).get("val") or self._styles.usual
        return self._styles.find(usual, key_of("pPr", name))
