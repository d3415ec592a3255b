"""How text in a page looks, as far as it decides whether a person sees it.

Followed are display, visibility, opacity, font size, colours, places off the screen, boxes without
size. Where a background is a picture or gradient, or may come from a linked style sheet or from a
picture that lies beneath, the text counts as seen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from rolefit.reading import cssboxes, cssvalues
from rolefit.reading.cssvalues import Colour, colour_of, number, pixels

Style = dict[str, str]

NEAR = 20  # of 255, in every channel: closer colours are not told apart by eye
FAINT = 32  # the same of those that are hard to tell apart
TINY = 2.0  # pixels
SMALL = 4.0  # pixels: hard to read
NARROW = 0.6  # of the size of type: a box that cuts off nearly all of it
VARIABLE = re.compile(r"var\(\s{0,9}(--[\w-]{1,99})\s{0,9}(?:,([^()]{0,200}))?\)")
_DEEPEST = 6  # variables in variables
_LONGEST = 2000  # characters of a value
_WHOLE = frozenset("opacity zoom font-size-adjust -webkit-text-security".split())
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
    zoom: float = 1.0
    opacity: float = 1.0
    filled: Colour | Literal[False] | None = False  # what paints letters over their colour
    folded: bool = False  # shown when somebody opens it
    variables: Style | None = None
    linked: bool = False  # rules that are not known may colour what has a class
    pictures: bool = False  # what is lifted out of the flow may lie on a picture

    def inside(self, style: Style, attributes: dict[str, str | None], tag: str) -> Look:
        """The look of a child element."""
        look = self._by_attributes(style, attributes, tag)
        if not style:
            return look
        if reason := reason_of(style, tag) or look._cut_off(style, tag):
            look = replace(look, gone=look.gone or reason)
        if set(style) & _WHOLE:
            look = look._as_a_whole(style)
        if "visibility" in style:
            look = replace(look, invisible=style["visibility"] in ("hidden", "collapse"))
        if "white-space" in style:
            look = replace(look, breaks=style["white-space"] in KEEPING)
        ink = style.get("color", "initial")
        if ink in ("inherit", "currentcolor"):
            look = replace(look, ink=self.ink)
        elif ink != "initial":
            look = replace(look, ink=colour_of(ink, look.paper))
        fill = style.get("-webkit-text-fill-color", "")
        if fill in ("currentcolor", "initial", "unset"):
            look = replace(look, filled=False)
        elif fill and fill != "inherit":
            look = replace(look, filled=colour_of(fill, look.paper))
        if style.get("background-clip") == "text":  # the background paints the letters
            look = replace(look, ink=None, filled=False)
        size = style.get("font-size") or cssvalues.font_size(style.get("font", ""))
        if size:
            look = replace(look, size=cssvalues.size(size, look.size, look.root))
            look = replace(look, root=look.size) if tag == "html" else look
        return replace(look, paper=look._paper(style))

    def _as_a_whole(self, style: Style) -> Look:
        """With what concerns everything inside."""
        look = self
        if "opacity" in style and not fades(style):
            opacity = style["opacity"]
            share = number(opacity, 1.0) * (0.01 if "%" in opacity else 1)
            look = replace(look, opacity=self.opacity * min(1.0, share))
        if "zoom" in style:
            zoom = number(style["zoom"], 1.0) * (0.01 if "%" in style["zoom"] else 1)
            look = replace(look, zoom=self.zoom * (zoom or 1.0))
        if number(style.get("font-size-adjust", ""), 1.0) < 0.05:
            look = replace(look, zoom=0.0)
        hidden = style.get("-webkit-text-security", "none") not in ("none", "initial")
        if hidden:
            look = replace(look, gone=look.gone or "shown as dots")
        return look

    def _cut_off(self, style: Style, tag: str) -> str:
        """Why a box that cuts off shows nothing of its letters."""
        if not is_cut(style) or _grows(style):
            return ""
        size = style.get("font-size", "")
        em = cssvalues.size(size, self.size, self.root) if size else self.size
        for side in ("width", "height"):
            length = style.get(side, "")
            if not (side == "width" and _is_cell(style, tag)):
                length = length or style.get(f"max-{side}", "")
            if length.endswith(("%", "vw", "vh")) or style.get(f"min-{side}"):
                continue
            found = pixels(length)
            if found is not None and 0 <= found < NARROW * em:
                return "in a box without size"
        return ""

    def resolved(self, style: Style) -> tuple[Look, Style]:
        """(the look with the variables that a style sets, the style with theirs put in)"""
        own = {name: value for name, value in style.items() if name.startswith("--")}
        look = replace(self, variables={**(self.variables or {}), **own}) if own else self
        if not any("var(" in value for value in style.values()):
            return look, style
        known = look.variables or {}

        def put_in(found: re.Match[str]) -> str:
            return known.get(found[1]) or (found[2] or "").strip() or "unknown"

        done = {}
        for name, value in style.items():
            for _ in range(_DEEPEST):
                if "var(" not in value or len(value) > _LONGEST:
                    break
                value = VARIABLE.sub(put_in, value)
            done[name] = value
        return look, done

    def _by_attributes(self, style: Style, attributes: dict[str, str | None], tag: str) -> Look:
        """As mark-up alone makes it look, and browsers by themselves."""
        look = self
        if "hidden" in attributes and style.get("display", "none") == "none":
            look = replace(look, gone=look.gone or "formatted as hidden")
        opens = (tag == "dialog" and "open" not in attributes) or "popover" in attributes
        if opens and style.get("display", "none") == "none":
            look = replace(look, gone=look.gone or "formatted as hidden")
        if tag == "details" and "open" not in attributes:
            look = replace(look, folded=True)
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
        if self.size * self.zoom <= TINY:
            return "tiny"
        if self.opacity < 0.08:
            return "drawn invisibly"
        if self._ink and self.paper and near(self._ink, self.paper):
            return "in the colour of its background"
        return ""

    @property
    def _ink(self) -> Colour | None:
        ink = self.ink if self.filled is False else self.filled
        return cssvalues.over(ink, self.opacity, self.paper) if ink else None

    @property
    def doubt(self) -> str:
        """Why text, which is seen, is hard to see; "" if it is not."""
        if self.folded:
            return "folded away"
        if self.size * self.zoom <= SMALL:
            return "very small"
        ink = self._ink
        faint = ink is not None and self.paper is not None and near(ink, self.paper, FAINT)
        return "very faint" if faint else ""


def near(one: Colour, other: Colour, by: int = NEAR) -> bool:
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))


def fades(style: Style) -> bool:
    return any(name.startswith(("animation", "transition")) for name in style)


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
    if not fades(style) and number(opacity, 1.0) * (0.01 if "%" in opacity else 1) < 0.08:
        return "drawn invisibly"
    if cssboxes.is_filtered_out(style.get("filter", "")) and not fades(style):
        return "drawn invisibly"
    if cssboxes.is_off_screen(style):
        return "outside the page"
    if cssboxes.is_clipped(style.get("clip-path", "")) and not fades(style):
        return "covered or cut off"
    if _is_sizeless(style, tag) or (cssboxes.is_shrunk(style) and not fades(style)):
        return "in a box without size"
    return ""


def is_cut(style: Style) -> bool:
    return style.get("overflow", style.get("overflow-y", "")) in ("hidden", "clip")


def _grows(style: Style) -> bool:
    flex = style.get("flex", "")
    return flex == "auto" or number(flex, 0.0) > 0 or number(style.get("flex-grow", ""), 0.0) > 0


def _is_sizeless(style: Style, tag: str) -> bool:
    if not is_cut(style):
        return False
    grows = _grows(style)
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
