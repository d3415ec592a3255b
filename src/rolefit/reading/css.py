"""What a page's styles say of its elements: the rules of <style> elements and inline styles.

Linked files are not fetched. Kept is what `csslook` asks for, to tell whether a person sees a text.
Rules for print, hover and small screens are left out.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from rolefit.reading import csslook
from rolefit.reading.csslook import Style
from rolefit.reading.limits import Allowance

MAX_RULES = 2000  # that could hide something; a page has a few hundred
MAX_STEPS = 1e9  # to find what one selector names; lexbor cannot be interrupted
MAX_COMBINATORS = 20
MAX_BRACKETS = 6  # in one selector
MAX_CSS = 1 << 20  # characters of style sheets that are looked at
CLOCK = 1000  # elements between two looks at the clock

# Each is written so that a sheet made to fool it costs no more than its length: a run is tried at
# its beginning alone, and from one "@" on but a few others are passed ("wght@400" in an address).
_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_RULE = re.compile(r"(?<![^{}@;])([^{}@;]+)\{([^{}]*)\}")
_AT = re.compile(r"@(?:media|supports|layer)([^{;@]*)\{((?:[^{}]*\{[^{}]*\})*[^{}]*)\}")
_OTHER_AT = re.compile(r"@[\w-][^{};@]*(?:@\d[^{};@]*){0,9}(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")
_IMPORT = re.compile(r"@import[^;@]{0,300}", re.IGNORECASE)
_NARROW = re.compile(
    r"print|max-width|max-height|hover|speech|prefers"
    r"|(?:width|height)\s{0,9}<|>=?\s{0,9}(?:width|height)",
    re.IGNORECASE,
)
# The properties that are looked at. Others are not even kept: a rule may have 60,000 of them.
_MATTERS = re.compile(
    r"(?<![\w-])(?:display|float|visibility|content-visibility|opacity|color|font(?:-size)?|white-space"
    r"|background(?:-color|-image)?|position|left|top|right|text-indent|clip|transform"
    r"|(?:min-|max-)?(?:width|height)|overflow(?:-y)?|flex(?:-grow)?|margin(?:-left|-top|-bottom)?"
    r"|animation(?:-name|-duration)?|transition(?:-property|-duration)?)\s{0,9}:",
    re.IGNORECASE,
)
# A rule with one of these hides, shows or colours; another does if its lengths do.
_TELLING = frozenset(
    "display float visibility content-visibility opacity color font font-size background "
    "background-color background-image".split()
)
# Of the pseudo-classes those are tried that say what an element is, not how it is used (:hover).
_UNTRIED = re.compile(
    r"(?<!\\):(?!(?:not|is|where|root|first-child|last-child|nth-child)(?![\w-]))", re.IGNORECASE
)
_MARK = re.compile(r"[(),]")  # in a list of selectors
_ESCAPED = re.compile(r"\\.")  # in a name: "md\:block"
_ELEMENT = re.compile(r"(?:^|[\s>+~])[a-z]", re.IGNORECASE)  # named in a selector
_COMBINED = re.compile(r"\s*([>+~])\s*")
_CLIMB = re.compile(r"\s+")  # "any ancestor", between two parts of a selector
_NOTHING: Style = {}


def declarations(text: str) -> Style:
    """The properties that are looked at; what is important ends with "!important"."""
    found: Style = {}
    for part in text.split(";"):
        if not _MATTERS.match(part.lstrip()):
            continue
        name, _, value = part.partition(":")
        value = value.strip().lower()
        if value.endswith("important"):
            value = value.removesuffix("important").rstrip() + "important"
        if value:
            _put(found, name.strip().lower(), value)
    return found


def _put(style: Style, name: str, value: str) -> None:
    if not style.get(name, "").endswith("!important") or value.endswith("!important"):
        style[name] = value


def _over(below: Style, above: Style) -> Style:
    """`above` wins but over what is important."""
    both = dict(below)
    for name, value in above.items():
        _put(both, name, value)
    return both


def _plain(style: Style) -> Style:
    values = ((name, v.removesuffix("!important").strip()) for name, v in style.items())
    return {name: value for name, value in values if value}


class _Rule(NamedTuple):
    selector: str
    style: Style
    tells: bool  # it hides, shows or colours


class Sheet:
    """The rules of a page's <style> elements, by the element they apply to."""

    def __init__(self, tree: LexborHTMLParser, depth: int, allowance: Allowance) -> None:
        """`depth`: how deep the page's elements nest. Raises LimitError."""
        self._styles: dict[int, Style] = {}
        self._allowance = allowance
        source = "\n".join(node.text() or "" for node in tree.css("style"))[:MAX_CSS]
        source = _COMMENT.sub("", source)
        self.linked = _is_linked(tree, source)  # whether there are rules that are not known
        elements = 0
        for selector, style, _ in _strongest(_rules(source)):
            allowance.check_clock()
            elements = elements or len(tree.css("*"))
            if _steps(selector, depth, elements) > MAX_STEPS:
                continue
            try:
                nodes = tree.css(selector)
            except (SelectolaxError, ValueError, RuntimeError):
                continue  # a selector that lexbor does not know hides nothing here
            self._apply(style, nodes)

    def _apply(self, style: Style, nodes: Iterable[LexborNode]) -> None:
        """Elements of the same rules share one style: there may be 200,000 of them."""
        grown: dict[int, tuple[Style, Style]] = {}  # before, by its id, and after
        for count, node in enumerate(nodes):
            if count % CLOCK == 0:
                self._allowance.check_clock()
            before = self._styles.get(node.mem_id, _NOTHING)
            if id(before) not in grown:
                grown[id(before)] = before, _over(before, style)
            self._styles[node.mem_id] = grown[id(before)][1]

    def style(self, node: LexborNode) -> Style:
        own = node.attributes.get("style")
        general = self._styles.get(node.mem_id, _NOTHING)
        return _plain(_over(general, declarations(own)) if own else general)


def _is_linked(tree: LexborHTMLParser, source: str) -> bool:
    named = _IMPORT.findall(source)
    for node in tree.css("link"):
        given = node.attributes
        if "stylesheet" in (given.get("rel") or "").lower() or given.get("as") == "style":
            named.append(given.get("href") or "")
    return any("//fonts." not in name for name in named)  # those of fonts alone paint nothing


def _rules(source: str) -> list[_Rule]:
    source = _AT.sub(lambda m: "" if _NARROW.search(m.group(1)) else m.group(2), source)
    source = _OTHER_AT.sub("", source)
    found = []
    for match in _RULE.finditer(source):
        selectors, body = match.groups()
        if style := declarations(body):
            tells = not _TELLING.isdisjoint(style) or csslook.reason_of(_plain(style), "") != ""
            found += [_Rule(selector, style, tells) for selector in _selectors(selectors)]
    return found


def _selectors(listed: str) -> Iterator[str]:
    """The selectors that are tried; a comma in brackets parts nothing."""
    depth, start, ends = 0, 0, []
    for mark in _MARK.finditer(listed):
        if mark.group() != ",":
            depth = max(0, depth + (1 if mark.group() == "(" else -1))
        elif not depth:
            ends.append((start, mark.start()))
            start = mark.end()
    for first, last in (*ends, (start, len(listed))):
        selector = listed[first:last].strip()
        if selector and not _UNTRIED.search(selector):
            yield selector


def _strongest(rules: list[_Rule]) -> list[_Rule]:
    """In the order in which they apply, and not more than can be tried."""
    rules = sorted(rules, key=lambda rule: _weight(rule.selector))
    if len(rules) > MAX_RULES:
        rules = [rule for rule in rules if rule.tells]
    return rules[-MAX_RULES:]


def _steps(selector: str, depth: int, elements: int) -> float:
    """At most, to find what a selector names: lexbor tries every way to climb and to go back."""
    parts = _COMBINED.sub(r"\1", selector).strip()
    climbs, backs = len(_CLIMB.findall(parts)), parts.count("~") + parts.count("nth-")
    if climbs + backs > MAX_COMBINATORS or parts.count("(") > MAX_BRACKETS:
        return math.inf
    ways = math.comb(max(depth, climbs), climbs) if climbs > 1 else 1
    return float(elements) * ways * float(elements) ** backs


def _weight(selector: str) -> tuple[int, int, int]:
    """CSS specificity: ids, classes, attributes and places, element names."""
    selector = _ESCAPED.sub("x", selector)
    classes = sum(map(selector.count, (".", "[", "-child", ":root")))
    return selector.count("#"), classes, len(_ELEMENT.findall(selector))
