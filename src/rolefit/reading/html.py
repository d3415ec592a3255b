"""HTML: what the page shows, block by block. Parsed as browsers parse (lexbor, HTML5 rules).

Left out: scripts, styles, templates, form machinery, and what `csslook` says a person does not see.
Linked style sheets are not fetched.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from rolefit.reading import markup, pagetree, pasted, posting, text
from rolefit.reading.charsets import CODECS
from rolefit.reading.common import Extract, doubt_notice, hidden_notice, only_hidden, words
from rolefit.reading.css import Sheet
from rolefit.reading.csslook import Look, Style, is_lifted
from rolefit.reading.limits import Allowance
from rolefit.reading.pageboxes import Box, Boxes
from rolefit.reading.pagelines import Lines
from rolefit.records import Notice


def _names(tags: str) -> frozenset[str]:
    return frozenset(tags.split())


_LEFT_OUT = _names(
    "head script style noscript template svg math canvas audio video object embed iframe "
    "select datalist textarea map area meter progress"
)
_BLOCKS = _names(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav "
    "ol optgroup option p pre section summary table tbody tfoot thead tr ul caption"
)
_CELLS = _names("td th")
_PICTURES = _names("img picture video canvas svg")  # that text may lie on
# What `display` makes of an element: a line of its own, or a box among others in the line.
_BLOCK_BOXES = _names(
    "block flow-root flex grid list-item table table-row table-row-group table-header-group "
    "table-footer-group table-caption -webkit-box -webkit-flex"
)
_INLINE_BOXES = _names("inline-block inline-flex inline-grid inline-table")
_PLACED = _names("absolute fixed")  # positions of what stands elsewhere
_SPREADING = _names("flex inline-flex grid inline-grid -webkit-box -webkit-flex")  # its children
_SHADOW = re.compile(r"<(/?)template(?=[\s/>])([^>]*)", re.IGNORECASE)
_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,40})"""
    rb"""|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w-]{2,40})""",
    re.IGNORECASE,
)
_NESTING = markup.NESTING  # the browser counts with it too
_CLOCK = 1000  # nodes between two looks at the clock
_POSTING = Notice("posting-data", "Read was the job posting that the page carries as data.")
_WESTERN = frozenset(name for name, codec in CODECS.items() if codec == "cp1252")  # for the browser


def extract(data: bytes, allowance: Allowance, with_hidden: bool = False) -> Extract:
    """The page's text; a block or table row is a line, table cells are parted by a tab.

    Raises LimitError.
    """
    source, notices = decoded(data)
    return read(source, notices, allowance, with_hidden)


def decoded(data: bytes) -> tuple[str, tuple[Notice, ...]]:
    """The page's source, in the encoding that it names, and what was guessed."""
    declared = _CHARSET.search(data[:2048])
    encoding = next((g for g in declared.groups() if g), b"").decode("ascii") if declared else None
    if encoding is not None and encoding.lower().startswith("utf-16"):
        encoding = "utf-8"  # it was readable as ASCII so far, so it is not UTF-16
    return text.decode(data, encoding)


def read(
    source: str, notices: tuple[Notice, ...], allowance: Allowance, with_hidden: bool = False
) -> Extract:
    """The text of a page's source. Raises LimitError.

    A page that carries a job posting as data (schema.org) is that posting.
    """
    source = _with_shadows(source)
    depth = markup.check(source, allowance)
    tree = LexborHTMLParser(source)
    allowance.check_clock()
    sheet = Sheet(tree, depth, allowance)
    walk = _Walk(sheet, _first_look(tree, sheet), allowance, with_hidden)
    walk.furniture = pagetree.furniture_of(tree, allowance)
    if tree.root is not None:
        walk.through(tree.root)
    if hidden := walk.hidden.total():
        why = [reason for reason, count in walk.hidden.most_common() if count]
        notices = (*notices, hidden_notice(hidden, why))
    if walk.doubted:
        why = [reason for reason, _ in walk.doubted.most_common()]
        notices = (*notices, doubt_notice(walk.doubted.total(), why))
    shown, around = walk.lines.text()
    data = pagetree.data_of(tree)
    if data and (found := posting.of_scripts(data, shown, lambda part: _piece(part, allowance))):
        return Extract((found,), (*notices, _POSTING))
    if hidden and not shown:
        raise only_hidden(allowance.name, hidden)
    if pasted.shows_tags(shown):  # a page that shows the source of another
        return Extract((_piece(shown, allowance),), notices)
    return Extract((shown,), notices, furniture=around)


def _piece(source: str, allowance: Allowance) -> str:
    """A piece of HTML, perhaps escaped, as text."""
    return pasted.unescaped(source, lambda page: lines_of(page, allowance))


def lines_of(source: str, allowance: Allowance) -> str:
    """What a piece of HTML shows, without a look at its styles. Raises LimitError."""
    markup.check(source, allowance)
    tree = LexborHTMLParser(source)
    allowance.check_clock()
    walk = _Walk(Sheet(tree, 1, allowance), Look(), allowance, with_hidden=True)
    if tree.root is not None:
        walk.through(tree.root)
    return walk.lines.text()[0]


def _with_shadows(source: str) -> str:
    """With declarative shadow roots as <div>: parsers keep apart what templates hold."""
    if "shadowrootmode" not in source.lower():
        return source
    shadows: list[bool] = []  # of the open templates

    def renamed(tag: re.Match[str]) -> str:
        if tag[1]:
            is_shadow = bool(shadows) and shadows.pop()
        else:
            is_shadow = "shadowrootmode" in tag[2].lower()
            shadows.append(is_shadow)
        return f"<{tag[1]}div{tag[2]}" if is_shadow else tag[0]

    return _SHADOW.sub(renamed, source)


def _first_look(tree: LexborHTMLParser, sheet: Sheet) -> Look:
    pictures = any(tree.css_first(tag) is not None for tag in _PICTURES)
    look = Look(linked=sheet.linked, pictures=pictures)
    return replace(look, paper=None) if sheet.linked else look


@dataclass(frozen=True, slots=True)
class _Open:
    """An open element."""

    look: Look
    edge: str = ""  # what parts it from its neighbours: "line", "cell", "apart" or "blank"
    spreads: bool = False  # whether its children are boxes of their own
    aside: bool = False  # whether it is furniture
    tag: str = ""
    box: Box = field(default_factory=Box)


class _Walk:
    """Visits every node in document order, without recursion: nesting may be deep."""

    def __init__(self, sheet: Sheet, look: Look, allowance: Allowance, with_hidden: bool) -> None:
        self.lines = Lines()
        self.hidden: Counter[str] = Counter()  # words left out, by reason
        self.doubted: Counter[str] = Counter()  # words that were read, but are hard to see
        self._sheet = sheet
        self._allowance = allowance
        self._with_hidden = with_hidden
        self.furniture: set[int] = set()  # elements, by their `mem_id`
        self._open = [_Open(look)]
        self._boxes = Boxes()

    def through(self, root: LexborNode) -> None:
        node: LexborNode | None = root
        visited = 0
        while node is not None:
            visited += 1
            if visited % _CLOCK == 0:
                self._allowance.check_clock()
            child = self._enter(node)
            if child is not None:
                node = child
                continue
            while node is not None and node.next is None:
                node = node.parent
                if node is not None:
                    self._leave()
            node = node.next if node is not None else None

    def _enter(self, node: LexborNode) -> LexborNode | None:
        """The first child, if there is one to be read."""
        tag = node.tag or ""
        if tag == "-text":
            self._text(node.text_content or "")
        elif tag == "br":
            self.lines.end_line()
        elif tag not in _LEFT_OUT:
            self._open.append(self._opened(node, tag))
            self._part(starts=True)
            child = node.child
            if child is not None:
                return child
            self._leave()
        return None

    def _opened(self, node: LexborNode, tag: str) -> _Open:
        around = self._open[-1]
        if tag.startswith("-"):  # the document, a comment
            return _Open(around.look)
        look, style = around.look.resolved(self._sheet.style(node))
        look = look.inside(style, node.attributes, tag)
        if tag == "summary" and around.tag == "details":  # it is what opens the rest
            look = replace(look, folded=self._open[-2].look.folded)
        if look.pictures and look.paper and self._shows_picture_beneath(node, style):
            look = replace(look, paper=None)
        display = style.get("display", "")
        aside = around.aside or node.mem_id in self.furniture
        edge = _edge(tag, display, around.spreads)
        if edge != "line" and (
            style.get("float") in ("left", "right") or style.get("position") in _PLACED
        ):
            edge = "apart"  # "Engineer" and, at the far end of the line, its date
        flows = edge == "line" and not (around.spreads or is_lifted(style) or "float" in style)
        box = self._boxes.open(tag, style, node.attributes, around.box, flows)
        if box.unseen:
            look = replace(look, gone=look.gone or box.unseen)
        return _Open(look, edge, display in _SPREADING, aside, tag, box)

    def _shows_picture_beneath(self, node: LexborNode, style: Style) -> bool:
        """Whether a picture in it is out of the flow, so that the rest of it may lie on that."""
        stacks = "grid" in style.get("display", "")
        child = node.child
        while child is not None:
            if child.tag in _PICTURES and (stacks or is_lifted(self._sheet.style(child))):
                return True
            child = child.next
        return False

    def _text(self, run: str) -> None:
        around = self._open[-1]
        look, count = around.look, 0 if self._with_hidden else words(run)
        reason = "" if self._with_hidden else look.reason or around.box.too_small
        if reason:
            self.hidden[reason] += count
            return
        if count and (doubt := look.doubt or self._boxes.doubt):
            self.doubted[doubt] += count
        if look.breaks:
            self.lines.add_broken(run, around.aside)
        else:
            self.lines.add(run, around.aside)

    def _leave(self) -> None:
        self._part(starts=False)
        self._boxes.close(self._open.pop().box)

    def _part(self, starts: bool) -> None:
        edge = self._open[-1].edge
        if edge == "line":
            self.lines.end_line()
        elif edge == "blank":
            self.lines.add(" ")
        elif edge == "apart" or (edge == "cell" and not starts):
            self.lines.end_cell()


def _edge(tag: str, display: str, beside: bool) -> str:
    """`beside` if it is a box among others in a line."""
    if tag in _BLOCKS or display in _BLOCK_BOXES:
        return "line"
    if tag in _CELLS or display == "table-cell":
        return "cell"
    return "blank" if beside or tag == "button" or display in _INLINE_BOXES else ""
