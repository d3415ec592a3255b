"""The shapes of a DOCX, as far as they decide whether a person sees a text in or beneath them."""

from __future__ import annotations

from dataclasses import dataclass, field

from rolefit.reading.wordcolours import THEME, UNKNOWN, WHITE, Colour, colour_of, near, number
from rolefit.reading.wordstyles import OFF

FAR_EMU = 12_000_000  # half of it to the right, a tenth to the left: beyond the edge of the page
LEAST_EMU = 25_400  # 2 points: the side of a shape that shows nothing
BACKDROP_EMU = 150_000  # 4 mm: the least side of a shape that text may stand on
OVER_EMU = 4_000_000  # 11 cm: the least side of a picture that lies over most of a page
_CHANGES = frozenset({"lumMod", "lumOff", "shade", "tint"})  # of a colour
_AROUND = frozenset({"wrapSquare", "wrapTight", "wrapThrough", "wrapTopAndBottom"})


@dataclass(slots=True)
class Shape:
    number: int = 0  # in its part
    fill: Colour | None = None
    hidden: str = ""
    extent: tuple[float, float] = (1e9, 1e9)
    anchored: bool = False  # at a place of its own, not in a line
    behind: bool = False  # the text
    wrapped: bool = False  # text runs around it
    floating: bool = False  # text may stand on it
    painted: bool = False
    speaks: bool = False  # it holds text
    places: list[float] = field(default_factory=list)  # from the margins, EMU

    @property
    def unseen(self) -> str:
        """Why all of it is not seen; "" if it is."""
        size = max(self.extent) if max(self.extent) < 1e9 else 0.0
        far = any(p > 2 * FAR_EMU or p + size < -FAR_EMU / 5 for p in self.places)
        return self.hidden or ("outside the page" if far else "")

    @property
    def is_backdrop(self) -> bool:
        """Whether white text may stand on it."""
        seen_fill = self.fill is not None and not near(self.fill, WHITE)
        large = BACKDROP_EMU <= min(self.extent) < 1e9
        return self.floating and large and seen_fill and not self.unseen

    @property
    def covers(self) -> bool:
        """Whether text may lie beneath it."""
        large = OVER_EMU <= min(self.extent) < 1e9
        over = self.anchored and not (self.behind or self.wrapped or self.speaks)
        return over and large and self.fill is not None and not self.unseen

    def say(self, name: str, given: dict[str, str], grown: bool, fills: bool) -> None:
        """An element inside it; `grown` if it grows with its text, `fills` if a colour fills it."""
        if name == "docPr" and given.get("hidden", "0") not in OFF:
            self.hidden = "in a hidden shape"
        elif name == "extent":
            self.extent = (number(given.get("cx")) or 0.0, number(given.get("cy")) or 0.0)
            if min(self.extent) < LEAST_EMU and not grown:
                self.hidden = "in a shape without size"
        elif name == "wrapNone":
            self.floating = True
        elif name in _AROUND:
            self.wrapped = True
        elif fills:
            self._paint(name, given)

    def _paint(self, name: str, given: dict[str, str]) -> None:
        """What the element says of the fill, if anything."""
        if name in ("pic", "blip", "gradFill", "pattFill", "fillRef"):
            if given.get("idx") != "0" and not (name == "fillRef" and self.painted):
                self.fill, self.painted = UNKNOWN, True
        elif name in _CHANGES and self.fill is not None:
            self.fill = UNKNOWN
        elif name == "noFill" and not self.painted:
            self.painted = True
        elif name in ("srgbClr", "schemeClr") and not self.painted:
            value = given.get("val", "")
            self.fill = colour_of(value) if name == "srgbClr" else THEME.get(value, UNKNOWN)
            self.painted = True


def drawn_of_old(given: dict[str, str]) -> Shape:
    """A shape of VML, whose attributes say all that matters."""
    shape = Shape(fill=UNKNOWN, painted=True)
    if given.get("filled", "t") in ("f", "false"):
        shape.fill = None
    if "visibility:hidden" in given["style"].replace(" ", ""):
        shape.hidden = "in a hidden shape"
    return shape
