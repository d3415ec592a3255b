"""Which elements of a web page surround a posting: menus, forms, banners, other jobs.

Told from what the page says of itself (landmarks, names of classes), from what its headings say
("People also viewed"), and from its links: a list of which each item begins with one names other
pages. What holds the page's main heading, or most of its words, is never furniture.

Libraries that take the article out of a news page do worse on postings: docs/log.md has figures.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

MOST = 0.5  # share of the page's words; what holds more is the page
LINKED = 0.5  # share of an element's words that are links, if it is a menu
LINKS = 3  # of a menu, at least
SHORT = 9  # words of a heading
SAID = 120  # characters of an element that are looked at
LEAST = 25  # words that must be left; where fewer are, nothing is taken away

_TAGS = frozenset("nav footer aside dialog button menu".split())
_ROLES = frozenset(
    "navigation banner contentinfo complementary search dialog alertdialog menu menubar tablist "
    "button alert form".split()
)
# Words in the class, id or data attributes of an element.
_NAMES = frozenset(
    "cookie cookies consent onetrust gdpr breadcrumb breadcrumbs newsletter share sharing social "
    "similar related recommended recommendations suggested footer foot ftr masthead navbar gnav "
    "nav navigation menu sidebar widget comments modal popup overlay signup signin login skip "
    "pagination userlinks toolbar jobcards recruiter safety subscribe".split()
)
_NAMING = ("class", "id", "data-automation-id", "data-automation", "data-qa", "data-testid")
_FIELDS = frozenset("input textarea select".split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_ANY = 7  # the level of what is no heading by its tag and says what only a heading says
_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
# Also said in pages that were pasted as text: `rolefit.language.chrome` reads it too.
ELSEWHERE = re.compile(
    r"""(?:(?:similar|related|recommended|featured|other|latest|trending|more|suggested|nearby)\s
        (?:jobs?|roles?|positions?|openings?|vacancies|opportunities|searches)\b.{0,60}
    |(?:jobs?|people|candidates|courses|positions|roles)\s(?:also\s|who\s|you\s|others?\s|recommended
        \s|based\s|like\s).{0,50}|recommended\sfor\syou|people\salso\s\w+|set\salert\sfor\s.{0,60}
    |(?:get|create|set)\s(?:a\s)?(?:job\s)?alerts?\b.{0,40}|job\salerts?|never\smiss\sa\sjob.{0,20}
    |job\ssearch\sfaster\b.{0,30}|(?:profile|hiring)\sinsights|how\syou\smatch
    |share\s(?:this|the)\s(?:job|page|post|role|vacancy)\W*|share\sthis:?|apply\sfor\sthis\s(?:job|role|position)
    |(?:leave\sa\s)?(?:reply|comment)|recent\sposts|archives|voluntary\sself[-\s]identification
    |(?:meet\s)?(?:your|the)\s(?:recruiter|hiring\steam)|be\scareful|employer\squestions
    |salary\s(?:estimate|insights?)|what\scan\si\searn\??|browse\s(?:jobs|by|all)\b.{0,30}
    |explore\s(?:collaborative\sarticles|more\b.{0,30}|similar\b.{0,30})|refine\syour\ssearch
    |learn\smore\sabout\s(?:government|federal)\sjobs|sign\sin\sto\s.{0,40}|follow\sus
    |looking\sfor\stalent\??)\s*(?:\(\d+\))?""",
    re.I | re.X,
)


@dataclass(slots=True)
class Element:
    """An element of a page; what is counted includes the elements in it."""

    parent: int  # its place in the list of elements; -1 for the first
    tag: str
    role: str = ""
    names: frozenset[str] = frozenset()
    is_link: bool = False
    is_posting: bool = False  # it says so: schema.org microdata
    words: int = 0
    linked: int = 0  # words in links
    links: int = 0
    fields: int = 0  # to be filled in
    titled: bool = False  # it holds the page's main heading
    said: str = ""  # how its text begins
    children: list[int] = field(default_factory=list)


def element(parent: int, tag: str, attributes: Mapping[str, str | None]) -> Element:
    """Not yet counted."""
    given = " ".join(attributes.get(name) or "" for name in _NAMING)
    return Element(
        parent,
        tag,
        (attributes.get("role") or "").lower(),
        frozenset(word.lower() for word in _TOKEN.findall(given[:400])),
        tag == "a" and "href" in attributes,
        "schema.org/jobposting" in (attributes.get("itemtype") or "").lower(),
        fields=int(tag in _FIELDS and attributes.get("type") not in ("hidden", "submit", "button")),
    )


def say(elements: list[Element], number: int, words: int, run: str) -> None:
    """Note a text of `words` words that stands in an element itself."""
    elements[number].words += words
    run = " ".join(run[: 2 * SAID].split())
    while number >= 0 and len(elements[number].said) < SAID:
        one = elements[number]
        one.said = f"{one.said} {run}".strip()[:SAID]
        number = one.parent


def around(elements: list[Element]) -> set[int]:
    """Places of the elements that surround the posting; what is in them goes with them.

    `elements` are in document order, with the words of their own texts.
    """
    _count(elements)
    if not elements or not elements[0].words:
        return set()
    page = _Page(elements)
    gone = page.outside() | {n for n in range(len(elements)) if page.is_furniture(n)}
    inside: set[int] = set()  # of what is gone; looked at again, it would cost its square
    for number, one in enumerate(elements):
        if one.parent in inside or number in gone:
            inside.add(number)
        else:
            page.take_below(number, gone, inside)
    kept = _kept(elements, gone)
    return gone if kept >= LEAST else set()


def _count(elements: list[Element]) -> None:
    main = next((one for one in elements if one.tag == "h1"), None)
    if main is not None:
        main.titled = True
    for number, one in enumerate(elements):
        if one.parent >= 0:
            elements[one.parent].children.append(number)
    for number in range(len(elements) - 1, -1, -1):
        one = elements[number]
        if one.is_link:
            one.linked, one.links = one.words, 1
        if one.parent < 0:
            continue
        above = elements[one.parent]
        above.words += one.words
        above.linked += one.linked
        above.links += one.links
        above.fields += one.fields
        above.titled = above.titled or one.titled


def _kept(elements: list[Element], gone: set[int]) -> int:
    """Words outside of what is gone."""
    lost = 0
    inside: set[int] = set()
    for number, one in enumerate(elements):
        if one.parent in inside:
            inside.add(number)
        elif number in gone:
            inside.add(number)
            lost += one.words
    return elements[0].words - lost


class _Page:
    def __init__(self, elements: list[Element]) -> None:
        self._elements = elements
        self._most = MOST * elements[0].words

    def outside(self) -> set[int]:
        """All beside the one element that calls itself the posting or the main part."""
        roots = [n for n, one in enumerate(self._elements) if one.is_posting] or [
            n for n, one in enumerate(self._elements) if one.tag == "main" or one.role == "main"
        ]
        if len(roots) != 1 or self._elements[roots[0]].words < LEAST:
            return set()
        if not self._elements[roots[0]].titled and self._elements[0].titled:
            return set()
        path, number = {roots[0]}, roots[0]
        while (number := self._elements[number].parent) >= 0:
            path.add(number)
        return {
            child
            for number in path - set(roots)
            for child in self._elements[number].children
            if child not in path
        }

    def _is_page(self, number: int) -> bool:
        one = self._elements[number]
        return one.titled or one.words > self._most

    def is_furniture(self, number: int) -> bool:
        one = self._elements[number]
        if self._is_page(number):
            return False
        if one.tag in _TAGS or one.role in _ROLES or not _NAMES.isdisjoint(one.names):
            return True
        if one.tag in ("form", "header") and (one.tag == "header" or one.fields):
            return True
        if one.links >= LINKS and one.linked >= LINKED * one.words:
            return True
        return self._names_other_pages(one)

    def _names_other_pages(self, one: Element) -> bool:
        """A list of which each item begins with a link."""
        if one.links < LINKS or len(one.children) < LINKS:
            return False
        kinds = Counter(self._elements[child].tag for child in one.children)
        tag, count = kinds.most_common(1)[0]
        items = [child for child in one.children if self._elements[child].tag == tag]
        begun = sum(self._begins_with_link(child) for child in items)
        return count >= LINKS and begun >= 0.8 * count and begun >= 0.6 * len(one.children)

    def _begins_with_link(self, number: int) -> bool:
        one = self._elements[number]
        while one.links and one.words and not one.is_link:
            first = self._first(one)
            if first < 0 or not one.said.startswith(self._elements[first].said):
                return False
            one = self._elements[first]
        return one.is_link and one.words > 0

    def _first(self, one: Element) -> int:
        """The first element in it that says something; -1 if there is none."""
        return next((child for child in one.children if self._elements[child].words), -1)

    def take_below(self, number: int, gone: set[int], inside: set[int]) -> None:
        """Add to `gone` what stands under a heading that names something else than this job."""
        one = self._elements[number]
        if not 0 < one.words <= SHORT or not ELSEWHERE.fullmatch(one.said.strip(" *•:")):
            return
        level = _HEADINGS.get(one.tag, _ANY)
        while one.parent >= 0 and self._is_first(number) and not self._is_page(one.parent):
            inside.add(number)
            number, one = one.parent, self._elements[one.parent]
        if one.parent < 0:
            return
        inside.add(number)
        beside = self._elements[one.parent].children
        gone.add(number)
        for other in beside[beside.index(number) + 1 :]:
            if self._is_page(other) or self._opens(other) <= level:
                break
            gone.add(other)

    def _is_first(self, number: int) -> bool:
        above = self._elements[self._elements[number].parent]
        return self._first(above) == number and above.said.startswith(self._elements[number].said)

    def _opens(self, number: int) -> int:
        """The level of the heading that an element is or begins with; more than `_ANY` if none."""
        while self._elements[number].tag not in _HEADINGS:
            number = self._first(self._elements[number])
            if number < 0:
                return _ANY + 1
        return _HEADINGS[self._elements[number].tag]
