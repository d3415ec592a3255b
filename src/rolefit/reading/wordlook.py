"""How a DOCX formats a piece of text, as far as it decides whether a person sees it.

Followed are styles with what they are based on, direct formatting, and what lies behind the text:
shading of run, paragraph, cell and table, the fill of a text box. Where the background is not
known (a picture, a table style, a shape in another place) the text counts as seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rolefit.reading.common import words

Attributes = Mapping[str, str]
Properties = dict[str, dict[str, str]]  # element -> its attributes without namespaces
Colour = tuple[int, int, int]

NEAR = 20  # of 255, in every channel: closer colours are not told apart by eye
TINY = 4  # half points
LOW = 40  # twips (2 points): the height of a line or row that shows nothing
FAR = 16_000  # twips to the right, or half of it to the left: beyond the edge of the page
FAR_EMU = 12_000_000  # the same for shapes
LEAST_EMU = 25_400  # 2 points: the side of a shape that shows nothing
BACKDROP_EMU = 150_000  # 4 mm: the least side of a shape that text may stand on
WHITE, BLACK = (255, 255, 255), (0, 0, 0)

_RUN = frozenset({"color", "sz", "vanish", "shd", "highlight", "rStyle", "w"})
_PARAGRAPH = frozenset({"pStyle", "shd", "spacing", "ind", "framePr"})
_OFF = frozenset({"0", "false", "off", "none"})
_THEME = {
    "background1": WHITE, "light1": WHITE, "bg1": WHITE, "lt1": WHITE,
    "text1": BLACK, "dark1": BLACK, "tx1": BLACK, "dk1": BLACK,
}  # fmt: skip
_HIGHLIGHTS = {"white": WHITE, "black": BLACK}
_UNKNOWN: Colour = (-1000, -1000, -1000)  # near to no colour


def plain(attributes: Attributes) -> dict[str, str]:
    return {key.rsplit(" ", 1)[-1]: value for key, value in attributes.items()}


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


def _colour(value: str | None, theme: str | None = None) -> Colour | None:
    """None for "auto" and for what is not said."""
    if value and len(value) == 6:
        try:
            red, green, blue = bytes.fromhex(value)
        except ValueError:
            return None
        return red, green, blue
    return _THEME.get(theme, _UNKNOWN) if theme else None


def _near(one: Colour, other: Colour) -> bool:
    return all(abs(a - b) <= NEAR for a, b in zip(one, other, strict=True))


@dataclass(slots=True)
class Styles:
    """styles.xml: collected from parser events, asked by `chain`."""

    defaults: Properties = field(default_factory=dict)
    styles: dict[str, Properties] = field(default_factory=dict)
    filled: set[str] = field(default_factory=set)  # table styles that shade anything
    usual: str = ""  # the paragraph style of paragraphs that name none
    _path: list[str] = field(default_factory=list)
    _open: str = ""

    def start(self, name: str, attributes: Attributes) -> None:
        parent = self._path[-1] if self._path else ""
        self._path.append(name)
        given = plain(attributes)
        if name == "style":
            self._open = given.get("styleId", "")
            self.styles[self._open] = {}
            if given.get("type") == "paragraph" and given.get("default", "0") not in _OFF:
                self.usual = self._open
        elif "rPrDefault" in self._path:
            if name in _RUN:
                self.defaults[name] = given
        elif name == "shd" and parent in ("tcPr", "tblPr"):
            self.filled.add(self._open)
        elif self._open and (
            (parent == "rPr" and name in _RUN)
            or (parent == "pPr" and name in _PARAGRAPH)
            or name == "basedOn"
        ):
            key = "paragraph-shd" if (parent, name) == ("pPr", "shd") else name
            if "tblStylePr" not in self._path:
                self.styles[self._open][key] = given

    def end(self, name: str) -> None:
        self._path.pop()
        if name == "style":
            self._open = ""

    def find(self, style: str, name: str) -> dict[str, str] | None:
        """What the style, or what it is based on, says about `name`."""
        for _ in range(20):  # a style may be based on itself in a damaged file
            properties = self.styles.get(style)
            if properties is None:
                return None
            if name in properties:
                return properties[name]
            style = properties.get("basedOn", {}).get("val", "")
        return None

    def is_filled(self, style: str) -> bool:
        for _ in range(20):
            if style in self.filled:
                return True
            style = self.styles.get(style, {}).get("basedOn", {}).get("val", "")
        return False


@dataclass(slots=True)
class _Ground:
    """What text lies in: the page, a cell, a text box."""

    colour: Colour | None = None  # None: that of the ground below
    hidden: str = ""  # why everything in it is not seen


@dataclass(slots=True)
class _Shape:
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


@dataclass(slots=True)
class _Frame:
    """An open paragraph and its open run."""

    paragraph: Properties = field(default_factory=dict)
    run: Properties = field(default_factory=dict)


class Look:
    """Follows one part's events; `reason` says whether text at this point is seen."""

    def __init__(self, styles: Styles, backdrop: bool) -> None:
        self.backdrop = False  # whether a shape or picture was met that text may stand on
        self.on_backdrop = 0  # characters in the page's colour that were kept for it
        self._styles = styles
        self._believe = backdrop
        self._path: list[str] = []
        self._frames: list[_Frame] = []
        self._grounds = [_Ground(WHITE)]
        self._shapes: list[_Shape] = []

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
        elif name == "txbxContent":
            shape = self._shapes[-1] if self._shapes else _Shape(_UNKNOWN)
            self._grounds.append(_Ground(shape.fill, shape.unseen))
        elif parent == "rPr" and above == "r" and name in _RUN and self._frames:
            self._frames[-1].run[name] = plain(attributes)
        elif parent == "pPr" and name in _PARAGRAPH and self._frames:
            self._frames[-1].paragraph[name] = plain(attributes)
        elif parent in ("tcPr", "tblPr", "trPr"):
            self._table(name, plain(attributes))

    def end(self, name: str) -> None:
        self._path.pop()
        if name == "p" and self._frames:
            self._frames.pop()
        elif name in ("tbl", "tr", "tc", "txbxContent") and len(self._grounds) > 1:
            self._grounds.pop()

    def _table(self, name: str, given: dict[str, str]) -> None:
        ground = self._grounds[-1]
        if name == "shd":
            ground.colour = _colour(given.get("fill"), given.get("themeFill"))
        elif name == "tblStyle" and self._styles.is_filled(given.get("val", "")):
            ground.colour = _UNKNOWN
        elif name == "trHeight" and given.get("hRule") == "exact":
            height = _number(given.get("val"))
            if height is not None and height <= LOW:
                ground.hidden = "in a row without height"

    def start_other(self, name: str, attributes: Attributes) -> None:
        """An element of another vocabulary: shapes and their fill."""
        given = plain(attributes)
        if name in ("anchor", "inline"):
            self._shapes.append(_Shape(floating=given.get("behindDoc", "0") not in _OFF))
        elif name in ("shape", "rect", "roundrect", "textbox") and "style" in given:
            self._old_shape(name, given)
        if not self._shapes:
            return
        shape = self._shapes[-1]
        if name == "docPr" and given.get("hidden", "0") not in _OFF:
            shape.hidden = "in a hidden shape"
        elif name == "extent":
            shape.extent = (_number(given.get("cx")) or 0.0, _number(given.get("cy")) or 0.0)
            if min(shape.extent) < LEAST_EMU:
                shape.hidden = "in a shape without size"
        elif name == "wrapNone":
            shape.floating = True
        elif name in ("blip", "gradFill", "pattFill", "fillRef"):
            if given.get("idx") != "0" and not (name == "fillRef" and shape.painted):
                shape.fill, shape.painted = _UNKNOWN, True
        elif name == "noFill" and not shape.painted:
            shape.painted = True
        elif name in ("srgbClr", "schemeClr") and not shape.painted:
            value = given.get("val", "")
            shape.fill = _colour(value) if name == "srgbClr" else _THEME.get(value, _UNKNOWN)
            shape.painted = True

    def _old_shape(self, name: str, given: dict[str, str]) -> None:
        """VML, which has no end that matters here: the next shape replaces it."""
        if name == "textbox":
            return
        shape = _Shape(_UNKNOWN, painted=True)
        if given.get("filled", "t") in ("f", "false"):
            shape.fill = None
        if "visibility:hidden" in given["style"].replace(" ", ""):
            shape.hidden = "in a hidden shape"
        self.backdrop |= "position:absolute" in given["style"] and shape.fill is not None
        self._shapes[:] = [shape]

    def characters_other(self, name: str, text: str) -> None:
        """The text of an element of another vocabulary: only a shape's place matters."""
        place = _number(text.strip()) if name == "posOffset" else None
        if place is not None and self._shapes:
            self._shapes[-1].places.append(place)

    def end_other(self, name: str) -> None:
        if name in ("anchor", "inline") and self._shapes:
            shape = self._shapes.pop()
            seen_fill = shape.fill is not None and not _near(shape.fill, WHITE)
            large = BACKDROP_EMU <= min(shape.extent) < 1e9
            self.backdrop |= shape.floating and large and seen_fill and not shape.unseen

    def reason(self, text: str) -> str:
        """Why `text`, met at this point, is not seen; "" if it is."""
        if not self._frames:
            return ""
        if hidden := next((g.hidden for g in reversed(self._grounds) if g.hidden), ""):
            return hidden
        vanish = self._find("vanish")
        if vanish is not None and vanish.get("val", "true") not in _OFF:
            return "formatted as hidden"
        size, stretch = self._find("sz"), self._find("w")
        if size and (_number(size.get("val")) or 99) <= TINY:
            return "tiny"
        if stretch and (_number((stretch.get("val") or "").rstrip("%")) or 99) <= 10:
            return "tiny"
        return self._misplaced() or self._in_ground_colour(text)

    def _misplaced(self) -> str:
        spacing = self._find_paragraph("spacing") or {}
        line = _number(spacing.get("line"))
        if spacing.get("lineRule") == "exact" and line is not None and line <= LOW:
            return "in a line without height"
        indent = self._frames[-1].paragraph.get("ind", {})
        frame = self._frames[-1].paragraph.get("framePr", {})
        sides = (indent.get("left"), indent.get("start"), frame.get("x"), frame.get("y"))
        for side in sides:
            place = _number(side)
            if place is not None and (place > FAR or place < -FAR / 2):
                return "outside the page"
        return ""

    def _in_ground_colour(self, text: str) -> str:
        found = self._find("color") or {}
        colour = _colour(found.get("val"), found.get("themeColor"))
        if colour is None:  # "auto" is black or white, whatever can be read
            return ""
        ground, own = self._ground()
        if not _near(colour, ground):
            return ""
        if self._believe and not own:
            self.on_backdrop += words(text)
            return ""
        return "in the colour of its background"

    def _ground(self) -> tuple[Colour, bool]:
        """(the colour behind the text, whether something of its own gives it)"""
        mark = self._find("highlight")
        if mark and mark.get("val", "none") not in _OFF:
            return _HIGHLIGHTS.get(mark["val"], _UNKNOWN), True
        for given in (self._find("shd"), self._find_paragraph("shd")):
            if given and (fill := _colour(given.get("fill"), given.get("themeFill"))):
                return fill, True
        for index in range(len(self._grounds) - 1, 0, -1):
            if (colour := self._grounds[index].colour) is not None:
                return colour, True
        return WHITE, False

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
