"""What a page's styles hide: inline styles and the rules of <style> elements, not of linked files.

Only what decides whether a person sees a text is followed: display, visibility, opacity, font size,
colours, places off the screen, boxes without size. Rules for print, hover and small screens are
left out; where a background is a picture or gradient the text counts as seen.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from rolefit.reading.limits import Allowance

Style = dict[str, str]
Colour = tuple[int, int, int]

NEAR = 20  # of 255, in every channel: closer colours are not told apart by eye
TINY = 2.0  # pixels
FAR = 900.0  # pixels to the left or above: beyond the edge of the screen
MAX_RULES = 2000  # that could hide something; a page has a few hundred
MAX_STEPS = 1e9  # to find what one selector names; lexbor cannot be interrupted
MAX_COMBINATORS = 20
MAX_CSS = 1 << 20  # characters of style sheets that are looked at
_PIXELS = {"px": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0, "": 1.0, "%": 0.16, "vw": 10, "vh": 8}

# Each is written so that a sheet made to fool it costs no more than its length: a run is tried at
# its beginning alone, and from one "@" on but a few others are passed ("wght@400" in an address).
_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_RULE = re.compile(r"(?<![^{}@;])([^{}@;]+)\{([^{}]*)\}")
_AT = re.compile(r"@(?:media|supports|layer)([^{;@]*)\{((?:[^{}]*\{[^{}]*\})*[^{}]*)\}")
_OTHER_AT = re.compile(r"@[\w-][^{};@]*(?:@\d[^{};@]*){0,9}(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")
_NARROW = re.compile(r"print|max-width|max-height|hover|speech|prefers", re.IGNORECASE)
_MATTERS = re.compile(
    r"(?:display|visibility|opacity|font|color|background|left|top|right|text-indent|clip|width"
    r"|height|position|transform)[\w-]{0,30}\s{0,9}:",
    re.IGNORECASE,
)
_LENGTH = re.compile(r"(-?(?:\d{1,30}\.?\d{0,30}|\.\d{1,30}))(px|pt|em|rem|vw|vh|%|)(?![\w.])")
_RGB = re.compile(r"rgba?\(([^)]*)\)")
_BETWEEN = re.compile(r"[\s,/]+")  # the numbers of a colour
_ELEMENT = re.compile(r"(?:^|[\s>+~])[a-z]", re.IGNORECASE)  # named in a selector
_COMBINED = re.compile(r"\s*([>+~])\s*")
_CLIMB = re.compile(r"\s+")  # "any ancestor", between two parts of a selector
_SHRUNK = re.compile(r"scale[xy]?\(\s*0?\.?0+\s*[,)]")
_CLIPPED = re.compile(r"rect\((?:0(?:px)?|1px)[\s,].*\)|inset\(50%.*\)")
_MOVED = re.compile(r"translate[xy]?\(\s*(-[^,)]+)")
_NAMED = {
    "white": (255, 255, 255), "snow": (255, 250, 250), "ivory": (255, 255, 240),
    "ghostwhite": (248, 248, 255), "whitesmoke": (245, 245, 245), "black": (0, 0, 0),
    "floralwhite": (255, 250, 240), "mintcream": (245, 255, 250), "azure": (240, 255, 255),
    "aliceblue": (240, 248, 255), "seashell": (255, 245, 238), "red": (255, 0, 0),
    "green": (0, 128, 0), "blue": (0, 0, 255), "yellow": (255, 255, 0), "gray": (128, 128, 128),
    "grey": (128, 128, 128), "silver": (192, 192, 192), "navy": (0, 0, 128),
}  # fmt: skip


def declarations(text: str) -> Style:
    found: Style = {}
    for part in text.split(";"):
        name, colon, value = part.partition(":")
        name, value = name.strip().lower(), value.strip().lower()
        if not colon or not value:
            continue
        if not found.get(name, "").endswith("!important") or value.endswith("!important"):
            found[name] = value
    return {name: value.removesuffix("!important").strip() for name, value in found.items()}


class Sheet:
    """The rules of a page's <style> elements, by the element they apply to."""

    def __init__(self, tree: LexborHTMLParser, depth: int, allowance: Allowance) -> None:
        """`depth`: how deep the page's elements nest. Raises LimitError."""
        self._styles: dict[int, Style] = {}
        source = "\n".join(node.text() or "" for node in tree.css("style"))[:MAX_CSS]
        rules = _rules(source)
        weighed = [(_weight(selector), i, selector, s) for i, (selector, s) in enumerate(rules)]
        elements = 0
        for _, _, selector, style in sorted(weighed)[:MAX_RULES]:
            allowance.check_clock()
            elements = elements or len(tree.css("*"))
            if _steps(selector, depth, elements) > MAX_STEPS:
                continue
            try:
                nodes = tree.css(selector)
            except (SelectolaxError, ValueError, RuntimeError):
                continue  # a selector that lexbor does not know hides nothing here
            for node in nodes:
                self._styles.setdefault(node.mem_id, {}).update(style)

    def style(self, node: LexborNode) -> Style:
        own = node.attributes.get("style")
        general = self._styles.get(node.mem_id, {})
        return {**general, **declarations(own)} if own else general


def _rules(source: str) -> list[tuple[str, Style]]:
    source = _COMMENT.sub("", source)
    source = _AT.sub(lambda m: "" if _NARROW.search(m.group(1)) else m.group(2), source)
    source = _OTHER_AT.sub("", source)
    found = []
    for match in _RULE.finditer(source):
        selectors, body = match.groups()
        if _MATTERS.search(body):
            style = declarations(body)
            found += [(s.strip(), style) for s in selectors.split(",") if ":" not in s]
    return [(selector, style) for selector, style in found if selector]


def _steps(selector: str, depth: int, elements: int) -> float:
    """At most, to find what a selector names: lexbor tries every way to climb and to go back."""
    parts = _COMBINED.sub(r"\1", selector).strip()
    climbs, backs = len(_CLIMB.findall(parts)), parts.count("~")
    if climbs + backs > MAX_COMBINATORS:
        return math.inf
    ways = math.comb(max(depth, climbs), climbs) if climbs > 1 else 1
    return float(elements) * ways * float(elements) ** backs


def _weight(selector: str) -> tuple[int, int, int]:
    """CSS specificity: ids, classes and attributes, element names."""
    words = len(_ELEMENT.findall(selector))
    return selector.count("#"), selector.count(".") + selector.count("["), words


@dataclass(frozen=True, slots=True)
class Look:
    """How text inside an element looks, as far as it is followed."""

    ink: Colour | None = (0, 0, 0)  # None: not known
    paper: Colour | None = (255, 255, 255)
    size: float = 16.0  # pixels
    gone: str = ""  # why the whole element is not seen; nothing inside can undo it
    invisible: bool = False  # by `visibility`, which something inside can undo

    def inside(self, style: Style, attributes: dict[str, str | None]) -> Look:
        """The look of a child element."""
        look = self
        if "hidden" in attributes and style.get("display", "none") == "none":
            look = replace(look, gone=look.gone or "formatted as hidden")
        if colour := attributes.get("color"):
            look = replace(look, ink=colour_of(colour))
        if paper := attributes.get("bgcolor"):
            look = replace(look, paper=colour_of(paper))
        if not style:
            return look
        if reason := _reason(style):
            look = replace(look, gone=look.gone or reason)
        if "visibility" in style:
            look = replace(look, invisible=style["visibility"] in ("hidden", "collapse"))
        if "color" in style and style["color"] not in ("inherit", "initial", "currentcolor"):
            look = replace(look, ink=colour_of(style["color"], look.paper))
        size = style.get("font-size") or _font_size(style.get("font", ""))
        if size:
            look = replace(look, size=_size(size, look.size))
        behind = style.get("background-color") or style.get("background", "")
        if "url(" in style.get("background-image", "") + behind or "gradient" in str(style):
            return replace(look, paper=None)
        if behind and behind not in ("transparent", "none", "inherit", "initial"):
            look = replace(look, paper=_paper(behind, look.paper))
        return look

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


def _reason(style: Style) -> str:
    if style.get("display") == "none" or style.get("content-visibility") == "hidden":
        return "formatted as hidden"
    opacity = style.get("opacity", "1")
    fades = "transition" in style or any(name.startswith("animation") for name in style)
    if not fades and _number(opacity, 1.0) * (0.01 if "%" in opacity else 1) < 0.08:
        return "drawn invisibly"
    if _off_screen(style):
        return "outside the page"
    clipped = style.get("overflow", style.get("overflow-y", "")) in ("hidden", "clip")
    sides = [_pixels(style.get(s, "")) for s in ("width", "height", "max-height", "max-width")]
    if clipped and any(side is not None and 0 <= side <= 1 for side in sides):
        return "in a box without size"
    if _SHRUNK.search(style.get("transform", "")):
        return "in a box without size"
    return ""


def _off_screen(style: Style) -> bool:
    names = ["text-indent", "margin-left", "margin-top"]
    if style.get("position") in ("absolute", "fixed", "relative"):
        names += ["left", "top"]
        if _CLIPPED.fullmatch(style.get("clip", "")):
            return True
        right = _pixels(style.get("right", ""))
        if right is not None and right < -FAR:
            return True
    moved = _MOVED.search(style.get("transform", ""))
    lengths = [_pixels(style.get(name, "")) for name in names]
    lengths.append(_pixels(moved.group(1)) if moved else None)
    return any(length is not None and length < -FAR for length in lengths)


def _number(text: str, default: float) -> float:
    match = _LENGTH.match(text)
    return float(match.group(1)) if match else default


def _pixels(text: str) -> float | None:
    match = _LENGTH.match(text)
    return float(match.group(1)) * _PIXELS[match.group(2)] if match else None


def _font_size(font: str) -> str:
    match = _LENGTH.search(font)
    return match.group() if match else ""


def _size(text: str, above: float) -> float:
    match = _LENGTH.match(text)
    if match is None:
        return 16.0 if text.replace("-", "").isalpha() else above
    value, unit = float(match.group(1)), match.group(2)
    return value * {"em": above, "%": above / 100}.get(unit, _PIXELS[unit])


def _paper(text: str, above: Colour | None) -> Colour | None:
    match = _RGB.search(text)
    word = match.group() if match else text.split()[0]
    return colour_of(word, above)


def colour_of(text: str, below: Colour | None = None) -> Colour | None:
    """None if it cannot be told; one that is transparent shows what lies below."""
    text = text.strip().lower()
    if text == "transparent":
        return below
    if text.startswith("#") and len(text) in (4, 5, 7, 9):
        digits = text[1:]
        digits = "".join(d + d for d in digits) if len(digits) < 6 else digits
        try:
            parts = bytes.fromhex(digits)
        except ValueError:
            return None
        return below if len(parts) == 4 and parts[3] < 20 else (parts[0], parts[1], parts[2])
    if match := _RGB.fullmatch(text):
        values = _BETWEEN.split(match.group(1).strip())
        try:
            numbers = [int(float(v.rstrip("%")) * (2.55 if "%" in v else 1)) for v in values[:3]]
            alpha = float(values[3].rstrip("%")) if len(values) > 3 else 1.0
        except (ValueError, OverflowError):  # "nan" and "inf" are numbers to float(), not to int()
            return None
        if len(numbers) < 3:
            return None
        return below if alpha < 0.08 else (numbers[0], numbers[1], numbers[2])
    return _NAMED.get(text)
