"""What a page's styles say of its elements: the rules of <style> elements and inline styles.

Linked files are not fetched. Kept is what `csslook` asks for, to tell whether a person sees a text.
Rules for print and small screens are left out (`cssmedia`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from rolefit.reading import cssboxes, csslook, cssrules
from rolefit.reading.csslook import Style
from rolefit.reading.limits import Allowance

MAX_RULES = 2000  # that could hide something; a page has a few hundred
MAX_STEPS = 1e9  # to find what one selector names; lexbor cannot be interrupted
MAX_COMBINATORS = 20
MAX_BRACKETS = 6  # in one selector
MAX_CSS = 1 << 20  # characters of style sheets that are looked at
CLOCK = 1000  # elements between two looks at the clock

# Each is written so that a sheet made to fool it costs no more than its length.
_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_IMPORT = re.compile(r"@import[^;@]{0,300}", re.IGNORECASE)
_USED = re.compile(r"var\(\s{0,9}(--[\w-]{1,99})")
MAX_VARIABLES = 500  # that a page uses
# The properties that are looked at. Others are not even kept: a rule may have 60,000 of them.
_MATTERS = re.compile(
    r"(?<![\w-])(?:display|float|visibility|content-visibility|opacity|color|font(?:-size)?"
    r"|white-space|background(?:-color|-image|-clip)?|-webkit-(?:background-clip|text-fill-color|text-security)"
    r"|position|left|top|right|bottom|inset(?:-(?:block|inline)(?:-start|-end)?)?|text-indent"
    r"|clip(?:-path)?|transform|translate|rotate|scale|zoom|filter|font-size-adjust"
    r"|(?:min-|max-)?(?:width|height|inline-size|block-size)|overflow(?:-[xy])?|flex(?:-grow)?"
    r"|margin(?:-(?:left|top|bottom|inline|inline-start|block|block-start))?"
    r"|padding(?:-(?:left|top|inline|inline-start|block-start))?|--[\w-]{1,99}"
    r"|animation(?:-name|-duration)?|transition(?:-property|-duration)?)\s{0,9}:",
    re.IGNORECASE,
)
# A rule with one of these hides, shows or colours; another does if its lengths do.
_TELLING = frozenset(
    "display float visibility content-visibility opacity color font font-size background "
    "background-color background-image -webkit-text-fill-color -webkit-text-security zoom".split()
)
# Properties of sides that run with the writing, by those that have the same effect in ours.
_LOGICAL = {
    "inset-inline-start": "left", "inset-inline-end": "right", "inset-block-start": "top",
    "inset-block-end": "bottom",
    "margin-inline-start": "margin-left", "margin-inline": "margin-left",
    "margin-block-start": "margin-top", "margin-block": "margin-top",
    "padding-inline-start": "padding-left", "padding-inline": "padding-left",
    "padding-block-start": "padding-top", "inline-size": "width", "block-size": "height",
    "min-inline-size": "min-width", "min-block-size": "min-height",
    "max-inline-size": "max-width", "max-block-size": "max-height",
    "-webkit-background-clip": "background-clip",
}  # fmt: skip
_SIDES = ("top", "right", "bottom", "left")
# Of the pseudo-classes those are tried that say what an element is, not how it is used (:hover).
_UNTRIED = re.compile(
    r"(?<!\\):(?!(?:not|is|where|root|empty|(?:first|last|only)-(?:child|of-type)"
    r"|nth-(?:last-)?(?:child|of-type))(?![\w-]))",
    re.IGNORECASE,
)
# True of every element as long as nobody touches it.
_UNTOUCHED = re.compile(
    r":not\(\s{0,9}:(?:hover|active|focus|focus-within|focus-visible|target)\s{0,9}\)",
    re.IGNORECASE,
)
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
            _declare(found, name.strip().lower(), value)
    return found


def _declare(found: Style, name: str, value: str) -> None:
    """Keep a declaration, that of a shorthand by its sides."""
    name = _LOGICAL.get(name, name)
    if name in ("inset", "margin", "padding"):
        prefix = "" if name == "inset" else f"{name}-"
        important = value.endswith("!important")
        sides = cssboxes.four(value.removesuffix("!important").split())
        for side, length in zip(_SIDES, sides, strict=True):
            if length and (name == "inset" or side in ("left", "top", "bottom")):
                _put(found, prefix + side, length + ("!important" if important else ""))
    elif name in ("margin-left", "margin-top", "padding-left"):
        _put(found, name, value.split()[0] + ("!important" if "!important" in value else ""))
    else:
        _put(found, name, value)


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
    layered: bool


class Sheet:
    """The rules of a page's <style> elements, by the element they apply to."""

    def __init__(self, tree: LexborHTMLParser, depth: int, allowance: Allowance) -> None:
        """`depth`: how deep the page's elements nest. Raises LimitError."""
        self._styles: dict[int, Style] = {}
        self._allowance = allowance
        sheets = (_sheet_of(node) for node in tree.css("style, link[rel]"))
        source = _COMMENT.sub("", "\n".join(sheets)[:MAX_CSS])
        self.variables = _variables(tree, source)  # names, of those that are used
        self.linked = _is_linked(tree, source)  # whether there are rules that are not known
        elements = 0
        for selector, style, *_ in _strongest(_rules(source, self.variables)):
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
    # Those of fonts alone paint nothing; those in an address are known.
    return any("//fonts." not in name and "data:text/css" not in name.lower() for name in named)


def _sheet_of(node: LexborNode) -> str:
    if node.tag == "style":
        return node.text() or ""
    given = node.attributes
    if "stylesheet" not in (given.get("rel") or "").lower():
        return ""
    return cssrules.of_address(given.get("href") or "")


def _variables(tree: LexborHTMLParser, source: str) -> frozenset[str]:
    """Small letters: `var(--Ink)` is looked up as all values are."""
    used = dict.fromkeys(_USED.findall(source.lower()))
    for node in tree.css('[style*="var("]'):
        used |= dict.fromkeys(_USED.findall((node.attributes.get("style") or "").lower()))
    return frozenset(list(used)[:MAX_VARIABLES])


def _rules(source: str, variables: frozenset[str]) -> list[_Rule]:
    found = []
    for rule in cssrules.rules_of(source):
        style = declarations(rule.body)
        style = {k: v for k, v in style.items() if not k.startswith("--") or k in variables}
        if style:
            tells = not _TELLING.isdisjoint(style) or csslook.reason_of(_plain(style), "") != ""
            tells = tells or any(name.startswith("--") for name in style)
            found += [
                _Rule(selector, style, tells, rule.layered)
                for selector in _selectors(rule.selectors)
            ]
    return found


def _selectors(listed: str) -> Iterator[str]:
    """The selectors that are tried."""
    for part in cssrules.listed(listed):
        selector = _UNTOUCHED.sub("", part.strip())
        if part.strip() and not _UNTRIED.search(selector):
            yield selector if selector and selector[-1] not in " >+~" else f"{selector}*"


def _strongest(rules: list[_Rule]) -> list[_Rule]:
    """In the order in which they apply, and not more than can be tried."""
    rules = sorted(rules, key=lambda rule: (not rule.layered, *_weight(rule.selector)))
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
    classes = sum(map(selector.count, (".", "[", "-child", "-of-type", ":empty", ":root")))
    return selector.count("#"), classes, len(_ELEMENT.findall(selector))
