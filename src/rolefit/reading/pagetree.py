"""A parsed page as `furniture` looks at it, and the data that it carries for search engines."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, LexborNode

from rolefit.reading import furniture
from rolefit.reading.common import words
from rolefit.reading.furniture import Element
from rolefit.reading.limits import Allowance

# Their text says nothing to a reader of the page.
UNSAID = frozenset(
    "head script style noscript template svg math canvas select datalist textarea".split()
)
_DATA = 'script[type="application/ld+json"]'
_CLOCK = 1000  # nodes between two looks at the clock


def furniture_of(tree: LexborHTMLParser, allowance: Allowance) -> set[int]:
    """The `mem_id` of every element that surrounds a posting. Raises LimitError."""
    elements: list[Element] = []
    names: list[int] = []
    open_: list[int] = []  # places of the open elements; -1 for what is none
    node: LexborNode | None = tree.root
    visited = 0
    while node is not None:
        visited += 1
        if visited % _CLOCK == 0:
            allowance.check_clock()
        tag = node.tag or ""
        around = next((place for place in reversed(open_) if place >= 0), -1)
        child = None
        if tag == "-text":
            run = node.text_content or ""
            if around >= 0 and (count := words(run)):
                furniture.say(elements, around, count, run)
        elif not tag.startswith("-") or node.child is not None:
            place = -1
            if not tag.startswith("-"):
                place = len(elements)
                elements.append(furniture.element(around, tag, node.attributes))
                names.append(node.mem_id)
            child = None if tag in UNSAID else node.child
        if child is not None:
            open_.append(place)
            node = child
            continue
        while node is not None and node.next is None:
            node = node.parent
            if node is not None and open_:
                open_.pop()
        node = node.next if node is not None else None
    return {names[place] for place in furniture.around(elements)}


def data_of(tree: LexborHTMLParser) -> list[str]:
    """The page's JSON-LD scripts."""
    return [node.text() or "" for node in tree.css(_DATA)]
