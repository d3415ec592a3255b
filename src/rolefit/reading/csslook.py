"""How text in a page looks, as far as it decides whether a person sees it.

Followed are display, visibility, opacity, font size, colours, places off the screen, boxes without
size. Where a background is a picture or gradient, or may come from a linked style sheet or from a
picture that lies beneath, the text counts as seen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from rolefit.reading import cssvalues
from rolefit.reading.cssvalues import Colour, colour_of, number, pixels

Style = dict[str, str]

NEAR = 20  # of 255, in every channel: closer colours are not told apart by eye
TINY = 2.0  # pixels
FAR = 900.0  # pixels to the left or above: beyond the edge of the screen
SHRUNK = re.compile(r"scale[xy]?\(\s*0?\.?0+\s*[,)]")
CLIPPED = re.compile(r"rect\((?:0(?:px)?|1px)[\s,].*\)|inset\(50%.*\)")
MOVED = re.compile(r"translate[xy]?\(\s*(-[^,)]+)")
KEEPING = ("pre", "pre-wrap", "pre-line", "break-spaces")  # line breaks, of white-space


@dataclass(frozen=True, slots=True)
class Look:
    """How text inside an element looks, as far as it is followed."""

    ink: Colour | None = (0, 0, 0)  # None: not known
    paper: Colour | None = (255, 255, 255)
    size: float = 16.0  # pixels
    gone: str = ""  # why the whole element is not seen; nothing inside can undo it
    invisible: bool = False  # by `visibility`, which something inside can undo
    root: float = 16.0  # pixels: the size of type that "rem" means
    breaks: bool = False  # whether line breaks are shown
    linked: bool = False  # rules that are not known may colour what has a class
    pictures: bool = False  # what is lifted out of the flow may lie on a picture

    def inside(self, style: Style, attributes: dict[str, str | None], tag: str) -> Look:
        """The look of a child element."""
        look = self._by_attributes(style, attributes, tag)
        if not style:
            return look
        if reason := reason_of(style, tag):
            look = replace(look, gone=look.gone or reason)
        if "visibility" in style:
            look = replace(look, invisible=style["visibility"] in ("hidden", "collapse"))
        if "white-space" in style:
            look = replace(look, breaks=style["white-space"] in KEEPING)
        ink = style.get("color", "initial")
        if ink in ("inherit", "currentcolor"):
            look = replace(look, ink=self.ink)
        elif ink != "initial":
            look = replace(look, ink=colour_of(ink, look.paper))
        size = style.get("font-size") or cssvalues.font_size(style.get("font", ""))
        if size:
            look = replace(look, size=cssvalues.size(size, look.size, look.root))
            look = replace(look, root=look.size) if tag == "html" else look
        return replace(look, paper=look._paper(style))

    def _by_attributes(self, style: Style, attributes: dict[str, str | None], tag: str) -> Look:
        """As mark-up alone makes it look, and browsers by themselves."""
        look = self
        if "hidden" in attributes and style.get("display", "none") == "none":
            look = replace(look, gone=look.gone or "formatted as hidden")
        if tag == "pre":
            look = replace(look, breaks=True)
        elif tag == "a" and "href" in attributes:
            look = replace(look, ink=None)  # blue, unless somebody has been there
        if self.linked and ("class" in attributes or "id" in attributes):
            look = replace(look, paper=None)
        if colour := attributes.get("text" if tag == "body" else "color"):
            look = replace(look, ink=colour_of(colour))
        if paper := attributes.get("bgcolor"):
            look = replace(look, paper=colour_of(paper))
        if "background" in attributes:
            look = replace(look, paper=None)
        return look

    def _paper(self, style: Style) -> Colour | None:
        behind = style.get("background-color") or style.get("background", "")
        picture = style.get("background-image", "") + behind
        if "url(" in picture or "gradient" in picture:
            return None
        if behind and behind not in ("transparent", "none", "inherit", "initial"):
            return cssvalues.paper(behind, self.paper)
        return None if self.pictures and is_lifted(style) else self.paper

    @property
    def reason(self) -> str:
        """Why text is not seen; "" if it is."""
        if self.gone:
            return self.gone
        if self.invisible:
            return "formatted as hidden"
        if self.size <= TINY:
            return "tiny"
        if self.ink and self.paper and near(self.ink, self.paper):
            return "in the colour of its background"
        return ""


def near(one: Colour, other: Colour) -> bool:
    return all(abs(a - b) <= NEAR for a, b in zip(one, other, strict=True))


def is_lifted(style: Style) -> bool:
    """Whether an element is taken out of the flow, so that it may lie on another."""
    if style.get("position") in ("absolute", "fixed"):
        return True
    margins = (style.get(name, "") for name in ("margin", "margin-top", "margin-bottom"))
    return any(margin.startswith("-") for margin in margins)


def reason_of(style: Style, tag: str) -> str:
    if style.get("display") == "none" or style.get("content-visibility") == "hidden":
        return "formatted as hidden"
    opacity = style.get("opacity", "1")
    fades = any(name.startswith(("animation", "transition")) for name in style)
    if not fades and number(opacity, 1.0) * (0.01 if "%" in opacity else 1) < 0.08:
        return "drawn invisibly"
    if _off_screen(style):
        return "outside the page"
    if _is_sizeless(style, tag) or SHRUNK.search(style.get("transform", "")):
        return "in a box without size"
    return ""


def _is_sizeless(style: Style, tag: str) -> bool:
    if style.get("overflow", style.get("overflow-y", "")) not in ("hidden", "clip"):
        return False
    flex = style.get("flex", "")
    grows = flex == "auto" or number(flex, 0.0) > 0 or number(style.get("flex-grow", ""), 0.0) > 0
    for side in ("width", "height"):
        if (pixels(style.get(f"min-{side}", "")) or 0.0) > 1:
            continue
        if _is_nothing(style.get(f"max-{side}", "")) and not (
            side == "width" and _is_cell(style, tag)
        ):
            return True
        if _is_nothing(style.get(side, "")) and not grows:
            return True
    return False


def _is_cell(style: Style, tag: str) -> bool:
    """Of a table, which is as wide as its column, whatever its max-width says."""
    return tag in ("td", "th") or style.get("display") == "table-cell"


def _is_nothing(length: str) -> bool:
    """A pixel or less; what a share of something comes to is not known."""
    found = pixels(length)
    return found is not None and 0 <= found <= (0 if "%" in length else 1)


def _off_screen(style: Style) -> bool:
    names = ["text-indent", "margin-left", "margin-top"]
    if style.get("position") in ("absolute", "fixed", "relative"):
        names += ["left", "top"]
        if CLIPPED.fullmatch(style.get("clip", "")):
            return True
        right = pixels(style.get("right", ""))
        if right is not None and right < -FAR:
            return True
    moved = MOVED.search(style.get("transform", ""))
    lengths = [pixels(style.get(name, "")) for name in names]
    lengths.append(pixels(moved.group(1)) if moved else None)
    return any(length is not None and length < -FAR for length in lengths)
