"""How OpenDocument formats a piece of text, as far as it decides whether a person sees it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from rolefit.reading.wordcolours import WHITE, Colour, colour_of, near

_HIDDEN = "formatted as hidden"
_TINY = 2.0  # points
_SIZE = re.compile(r"([\d.]{1,9})(pt|in|cm|mm|px|pc|%)")
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75, "pc": 12.0}
_DEPTH = 20  # styles based on styles


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says; None where it says nothing."""

    parent: str = ""
    colour: Colour | None = None
    ground: Colour | None = None
    size: float | None = None  # points
    share: float | None = None  # of the size around
    hidden: bool | None = None


@dataclass(slots=True)
class Styles:
    """Styles by family and name, as they are met; those of a page come before its text."""

    _known: dict[str, Style] = field(default_factory=dict)
    _open: str = ""

    def start(self, name: str, given: dict[str, str]) -> None:
        if name in ("style", "default-style"):
            family = given.get("family", "")
            self._open = f"{family}:{given.get('name', '')}"
            parent = given.get("parent-style-name", "")
            self._known[self._open] = Style(f"{family}:{parent}" if parent else "")
        elif self._open and name in _PROPERTIES:
            self._known[self._open] = _read(self._known[self._open], given)

    def end(self, name: str) -> None:
        if name in ("style", "default-style"):
            self._open = ""

    def find(self, family: str, name: str) -> Style:
        """With what it inherits."""
        found = Style()
        key = f"{family}:{name}"
        for _ in range(_DEPTH):
            style = self._known.get(key)
            if style is None:
                break
            found = over(style, found)
            key = style.parent
            if not key:
                break
        return found


_PROPERTIES = frozenset(
    "text-properties paragraph-properties table-cell-properties graphic-properties "
    "section-properties table-properties table-row-properties".split()
)


def over(below: Style, above: Style) -> Style:
    """`above` where it says something, else `below`."""
    return Style(
        "",
        above.colour if above.colour is not None else below.colour,
        above.ground if above.ground is not None else below.ground,
        above.size if above.size is not None or above.share is not None else below.size,
        above.share if above.size is not None or above.share is not None else below.share,
        above.hidden if above.hidden is not None else below.hidden,
    )


def _read(style: Style, given: dict[str, str]) -> Style:
    colour = colour_of(given["color"].lstrip("#")) if "color" in given else style.colour
    if given.get("use-window-font-color") == "true":
        colour = None
    ground = style.ground
    for name in ("background-color", "fill-color"):
        if name in given:
            ground = colour_of(given[name].lstrip("#"))
    size, share = style.size, style.share
    if found := _SIZE.fullmatch(given.get("font-size", "")):
        value = _number(found[1])
        size, share = (None, value / 100) if found[2] == "%" else (value * _POINTS[found[2]], None)
    hidden = style.hidden
    if "display" in given:
        hidden = given["display"] == "none"
    return replace(style, colour=colour, ground=ground, size=size, share=share, hidden=hidden)


def _number(digits: str) -> float:
    try:
        return float(digits)
    except ValueError:
        return 12.0


@dataclass(frozen=True, slots=True)
class _Look:
    colour: Colour | None = None  # None: black or white, whatever the ground asks for
    ground: Colour = WHITE
    size: float = 12.0
    reason: str = ""  # why everything in it is not seen


class Grounds:
    """Follows the elements of the text; `reason` says why text at this point is not seen."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._looks = [_Look()]

    def start(self, name: str, given: dict[str, str]) -> None:
        look = self._looks[-1]
        family = _FAMILIES.get(name)
        if family and "style-name" in given:
            style = self._styles.find(family, given["style-name"])
            if family == "paragraph":
                style = over(self._styles.find(family, ""), style)
            look = _inside(look, style)
        if name in _HIDING and given.get("is-hidden", "true") == "true":
            look = replace(look, reason=_HIDDEN)
        if name == "section" and given.get("display") == "none":
            look = replace(look, reason=_HIDDEN)
        if name == "table-row" and given.get("visibility") in ("collapse", "filter"):
            look = replace(look, reason=_HIDDEN)
        self._looks.append(look)

    def end(self) -> None:
        self._looks.pop()

    def reason(self) -> str:
        look = self._looks[-1]
        if look.reason:
            return look.reason
        if look.size <= _TINY:
            return "tiny"
        if look.colour is not None and near(look.colour, look.ground):
            return "in the colour of its background"
        return ""


_FAMILIES = {
    "p": "paragraph", "h": "paragraph", "span": "text", "a": "text", "table-cell": "table-cell",
    "frame": "graphic", "custom-shape": "graphic", "section": "section", "table": "table",
    "rect": "graphic",
}  # fmt: skip
_HIDING = frozenset(("hidden-text", "hidden-paragraph"))


def _inside(look: _Look, style: Style) -> _Look:
    size = look.size
    if style.size is not None:
        size = style.size
    elif style.share is not None:
        size *= style.share
    return _Look(
        style.colour if style.colour is not None else look.colour,
        style.ground if style.ground is not None else look.ground,
        size,
        _HIDDEN if style.hidden else look.reason,
    )
