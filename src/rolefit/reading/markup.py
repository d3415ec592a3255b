"""What a page's mark-up would cost a parser, told from its source before one sees it.

lexbor cannot be interrupted. What makes it slow or large out of all proportion: nesting, more tags
than a page has, many attributes in one tag (each is compared with all before it), and
formatting elements that stay open: every paragraph behind them gets a copy of all of them.
"""

from __future__ import annotations

import re

from rolefit.reading.limits import Allowance

_TAG = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|$))"
    r"|<[!?][^>]*"
    r"|<(?P<end>/?)(?P<name>[a-z][^\s/>]*)"
    # A quote counts behind "=" only. This cannot fail, so nothing is ever tried twice.
    r"(?P<attributes>(?:[^>=]+|=\s*(?:\"[^\"]*\"|'[^']*')?){0,3000})",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"[^\s/>=]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]*))?|=")
# Where tags are text. Not inside <svg> and <math>, which know no such elements.
_RAW = {name: re.compile(rf"</{name}(?![\w-])", re.IGNORECASE)
        for name in "script style textarea title xmp iframe noembed noframes".split()}  # fmt: skip
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
# Tags that hold one another; the parser closes or never opens the ones left out here.
NESTING = re.compile(
    r"<(/?)(?!(?:p|li|td|th|tr|dt|dd|option|br|hr|img|input|link|meta|col|wbr|base|area|source|html"
    r"|head|body|tbody|thead|tfoot)\b)[a-z][\w-]*",
    re.IGNORECASE,
)
_MANY = 1400  # signs; half of what the pattern passes in one tag
_CLOCK = 1000  # tags between two looks at the clock
_SHORT = 100  # characters; a tag no longer than that holds few attributes


def check(source: str, allowance: Allowance) -> int:
    """How deep elements nest in it, at most. Raises LimitError for what no parser should see."""
    allowance.check_tags(source.count("<"))
    depth = deepest = open_formats = copies = pairs = foreign = at = seen = 0
    while (tag := _TAG.search(source, at)) is not None:
        at = tag.end()
        seen += 1
        if seen % _CLOCK == 0:
            allowance.check_clock()
        name = (tag["name"] or "").lower()
        step = -1 if tag["end"] else 1
        if len(tag["attributes"] or "") > _SHORT:
            count = _attributes(tag["attributes"])
            pairs += count * count
            allowance.check_attributes(count, pairs)
        if name in ("svg", "math"):
            foreign = max(0, foreign + step)
        if name in _FORMATTING:
            open_formats = max(0, open_formats + step)
        copies += open_formats
        allowance.check_copies(copies)
        if name and NESTING.match(source, tag.start()):
            depth = max(0, depth + step)
            deepest = max(deepest, depth)
            allowance.check_nesting(depth)
        if step == 1 and name in _RAW and not foreign:
            end = _RAW[name].search(source, at)
            at = end.start() if end else len(source)
    return deepest


def _attributes(text: str) -> int:
    # "=" also stands in values; a tag so full of them that the pattern above stopped has too many.
    found = len(_ATTRIBUTE.findall(text))
    return max(found, text.count("=")) if text.count("=") > _MANY else found
