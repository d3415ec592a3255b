"""How a DOCX formats a piece of text, as far as it decides whether a person sees it.

Followed are styles with what they are based on, direct formatting, and what lies behind the text:
shading of run, paragraph, cell and table, the fill of a text box, the background of the page. Where
a colour is not known (a picture, a table style, a shape in another place, letters with an outline)
the text counts as seen.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from rolefit.reading import wordcolours, wordstyles
from rolefit.reading.common import words
from rolefit.reading.wordcolours import UNKNOWN, Colour, colour_of, near, number, shade
from rolefit.reading.wordstyles import EFFECTS, OFF, Attributes, Properties, Styles, plain

TINY = 4  # half points
LOW = 40  # twips (2 points): the height of a line or row that shows nothing
FAR = 16_000  # twips to the right, or half of it to the left: beyond the edge of the page
FAR_EMU = 12_000_000  # the same for shapes
LEAST_EMU = 25_400  # 2 points: the side of a shape that shows nothing
BACKDROP_EMU = 150_000  # 4 mm: the least side of a shape that text may stand on
# The browser takes these from here.
NEAR, WHITE, _THEME, _UNKNOWN = wordcolours.NEAR, wordcolours.WHITE, wordcolours.THEME, UNKNOWN
_RUN, _PARAGRAPH, _OFF = wordstyles.RUN, wordstyles.PARAGRAPH, wordstyles.OFF
# Elements that hold colours, none of which fills a shape.
_NO_FILL = EFFECTS | frozenset(
    "ln lnRef effectRef fontRef effectLst shadow glow sp3d props3d".split()
)
_CHANGES = frozenset({"lumMod", "lumOff", "shade", "tint"})  # of a colour
_HIGHLIGHTS = {"white": WHITE, "black": wordcolours.BLACK}


@dataclass(slots=True)
class Page:
    """What the text of every part lies on."""

    painted: bool  # whether programs show a background that is not white
    colour: Colour = WHITE


@dataclass(slots=True)
class _Ground:
    """What text lies in: a cell, a text box."""

    colour: Colour | None = None  # None: that of the ground below
    hidden: str = ""  # why everything in it is not seen


@dataclass(slots=True)
class _Shape:
    number: int = 0  # in its part
    fill: Colour | None = None
    hidden: str = ""
    extent: tuple[float, float] = (1e9, 1e9)
    floating: bool = False  # text may stand on it
    painted: bool = False
    places: list[float] = field(default_factory=list)  # from the margins, EMU

    @property
    def unseen(self) -> str:
        """Why all of it is not seen; "" if it is."""
        size = max(self.extent) if max(self.extent) < 1e9 else 0.0
        far = any(p > 2 * FAR_EMU or p + size < -FAR_EMU / 5 for p in self.places)
        return self.hidden or ("outside the page" if far else "")


def _paint(shape: _Shape, name: str, given: dict[str, str]) -> None:
    """What the element says of the shape's fill, if anything."""
    if name in ("blip", "gradFill", "pattFill", "fillRef"):
        if given.get("idx") != "0" and not (name == "fillRef" and shape.painted):
            shape.fill, shape.painted = UNKNOWN, True
    elif name in _CHANGES and shape.fill is not None:
        shape.fill = UNKNOWN
    elif name == "noFill" and not shape.painted:
        shape.painted = True
    elif name in ("srgbClr", "schemeClr") and not shape.painted:
        value = given.get("val", "")
        shape.fill = (
            colour_of(value) if name == "srgbClr" else wordcolours.THEME.get(value, UNKNOWN)
        )
        shape.painted = True


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
        self.on_backdrop = 0  # characters in the page's colour that were kept for it
        self.growing: set[int] = set()  # small shapes that grow with their text
        self._styles = styles
        self._page = page
        self._believe = backdrop
        self._grown = growing
        self._path: list[str] = []
        self._frames: list[_Frame] = []
        self._grounds: list[_Ground] = []
        self._shapes: list[_Shape] = []
        self._count = 0  # of shapes
        self._unfilled = 0  # depth inside what holds colours but fills no shape
        self._effect = ""  # on letters, that is open

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
            self._grounds.append(_Ground())
        elif name == "background" and parent == "document" and self._page.painted:
            given = plain(attributes)
            self._page.colour = colour_of(given.get("color"), given.get("themeColor")) or WHITE
        elif name == "txbxContent":
            shape = self._shapes[-1] if self._shapes else _Shape(fill=UNKNOWN)
            self._grounds.append(_Ground(shape.fill, shape.unseen))
        elif parent == "rPr" and above == "r" and name in _RUN and self._frames:
            self._frames[-1].run[name] = plain(attributes)
        elif parent == "pPr" and name in _PARAGRAPH and self._frames:
            self._frames[-1].paragraph[name] = plain(attributes)
        elif parent in ("tcPr", "tblPr", "trPr") and self._grounds:
            self._table(name, plain(attributes))

    def end(self, name: str) -> None:
        self._path.pop()
        if name == "p" and self._frames:
            self._frames.pop()
        elif name in ("tbl", "tr", "tc", "txbxContent") and self._grounds:
            self._grounds.pop()

    def _table(self, name: str, given: dict[str, str]) -> None:
        ground = self._grounds[-1]
        if name == "shd":
            ground.colour = shade(given)
        elif name == "tblStyle" and self._styles.is_filled(given.get("val", "")):
            ground.colour = UNKNOWN
        elif name == "trHeight" and given.get("hRule") == "exact":
            height = number(given.get("val"))
            if height is not None and height <= LOW:
                ground.hidden = "in a row without height"

    def start_other(self, name: str, attributes: Attributes) -> None:
        """An element of another vocabulary: shapes and their fill, effects on letters."""
        given = plain(attributes)
        if name in _NO_FILL:
            self._unfilled += 1
            if name in EFFECTS:
                self._start_effect(name)
        elif name == "noFill" and self._effect:
            self._frames[-1].run.pop(self._effect, None)
        elif name in ("anchor", "inline"):
            self._count += 1
            floating = given.get("behindDoc", "0") not in OFF
            self._shapes.append(_Shape(self._count, floating=floating))
        elif name in ("shape", "rect", "roundrect", "textbox") and "style" in given:
            self._old_shape(name, given)
        elif name == "fill" and self._path[-1:] == ["background"] and self._page.painted:
            self._page.colour = UNKNOWN  # a picture or pattern
        if self._shapes:
            self._shape(self._shapes[-1], name, given)

    def _start_effect(self, name: str) -> None:
        if self._path[-2:] == ["r", "rPr"] and self._frames:
            self._effect = name
            self._frames[-1].run[name] = {}

    def _shape(self, shape: _Shape, name: str, given: dict[str, str]) -> None:
        if name == "docPr" and given.get("hidden", "0") not in OFF:
            shape.hidden = "in a hidden shape"
        elif name == "extent":
            shape.extent = (number(given.get("cx")) or 0.0, number(given.get("cy")) or 0.0)
            if min(shape.extent) < LEAST_EMU and shape.number not in self._grown:
                shape.hidden = "in a shape without size"
        elif name == "spAutoFit" and min(shape.extent) < LEAST_EMU:
            self.growing.add(shape.number)
        elif name == "wrapNone":
            shape.floating = True
        elif not self._unfilled:
            _paint(shape, name, given)

    def _old_shape(self, name: str, given: dict[str, str]) -> None:
        """VML, which has no end that matters here: the next shape replaces it."""
        if name == "textbox":
            return
        shape = _Shape(fill=UNKNOWN, painted=True)
        if given.get("filled", "t") in ("f", "false"):
            shape.fill = None
        if "visibility:hidden" in given["style"].replace(" ", ""):
            shape.hidden = "in a hidden shape"
        self.backdrop |= "position:absolute" in given["style"] and shape.fill is not None
        self._shapes[:] = [shape]

    def characters_other(self, name: str, text: str) -> None:
        """The text of an element of another vocabulary: only a shape's place matters."""
        place = number(text.strip()) if name == "posOffset" else None
        if place is not None and self._shapes:
            self._shapes[-1].places.append(place)

    def end_other(self, name: str) -> None:
        if name in _NO_FILL:
            self._unfilled -= 1
            self._effect = ""
        elif name in ("anchor", "inline") and self._shapes:
            shape = self._shapes.pop()
            seen_fill = shape.fill is not None and not near(shape.fill, WHITE)
            large = BACKDROP_EMU <= min(shape.extent) < 1e9
            self.backdrop |= shape.floating and large and seen_fill and not shape.unseen

    def reason(self, text: str) -> str:
        """Why `text`, met at this point, is not seen; "" if it is."""
        if not self._frames:
            return ""
        if hidden := next((g.hidden for g in reversed(self._grounds) if g.hidden), ""):
            return hidden
        vanish = self._find("vanish")
        if vanish is not None and vanish.get("val", "true") not in OFF:
            return "formatted as hidden"
        size, stretch = self._find("sz"), self._find("w")
        if size and (number(size.get("val")) or 99) <= TINY:
            return "tiny"
        if stretch and (number((stretch.get("val") or "").rstrip("%")) or 99) <= 10:
            return "tiny"
        return self._misplaced() or self._in_ground_colour(text)

    def _misplaced(self) -> str:
        spacing = self._find_paragraph("spacing") or {}
        line = number(spacing.get("line"))
        if spacing.get("lineRule") == "exact" and line is not None and line <= LOW:
            return "in a line without height"
        indent = self._frames[-1].paragraph.get("ind", {})
        frame = self._frames[-1].paragraph.get("framePr", {})
        sides = (indent.get("left"), indent.get("start"), frame.get("x"), frame.get("y"))
        for side in sides:
            place = number(side)
            if place is not None and (place > FAR or place < -FAR / 2):
                return "outside the page"
        return ""

    def _in_ground_colour(self, text: str) -> str:
        found = self._find("color") or {}
        colour = colour_of(found.get("val"), found.get("themeColor"))
        if colour is None:  # "auto" is black or white, whatever can be read
            return ""
        if any(self._find(effect) is not None for effect in EFFECTS):
            return ""
        ground, own = self._ground()
        if not near(colour, ground):
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
        for ground in reversed(self._grounds):
            if ground.colour is not None:
                return ground.colour, True
        return self._page.colour, False

    def _find(self, name: str) -> dict[str, str] | None:
        frame = self._frames[-1]
        if name in frame.run:
            return frame.run[name]
        style = frame.run.get("rStyle", {}).get("val", "")
        usual = frame.paragraph.get("pStyle", {}).get("val") or self._styles.usual
        found = self._styles.find(style, name) if style else None
        found = found if found is not None else self._styles.find(usual, name)
        return found if found is not None else self._styles.defaults.get(name)

    def _find_paragraph(self, name: str) -> dict[str, str] | None:
        frame = self._frames[-1]
        if name in frame.paragraph:
            return frame.paragraph[name]
        usual = frame.paragraph.get("pStyle", {}).get("val") or self._styles.usual
        return self._styles.find(usual, "paragraph-shd" if name == "shd" else name)
