"""HTML: what the page shows, block by block. Parsed as browsers parse (lexbor, HTML5 rules).

Left out: scripts, styles, templates, form machinery, and what `css` says a person does not see.
Linked style sheets are not fetched.
"""

from __future__ import annotations

import re
from collections import Counter

from selectolax.lexbor import LexborHTMLParser, LexborNode

from rolefit.reading import markup, text
from rolefit.reading.common import Extract, hidden_notice, words
from rolefit.reading.css import Look, Sheet
from rolefit.reading.limits import Allowance


def _names(tags: str) -> frozenset[str]:
    return frozenset(tags.split())


_LEFT_OUT = _names(
    "head script style noscript template svg math canvas audio video object embed iframe "
    "select datalist textarea button map area"
)
_BLOCKS = _names(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav "
    "ol optgroup option p pre section summary table tbody tfoot thead tr ul caption"
)
_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,40})"""
    rb"""|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w-]{2,40})""",
    re.IGNORECASE,
)
_NESTING = markup.NESTING  # the browser counts with it too
_SPACE = re.compile(r"[ \t\n\r\f\v]+")
_CLOCK = 1000  # nodes between two looks at the clock
# Browsers read these names as Windows-1252, which holds more characters (WHATWG encoding standard).
_WESTERN = frozenset({"iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii", "windows-1252"})


def extract(data: bytes, allowance: Allowance, with_hidden: bool = False) -> Extract:
    """The page's text; a block or table row is a line, table cells are parted by a tab.

    Raises LimitError.
    """
    declared = _CHARSET.search(data[:2048])
    encoding = next((g for g in declared.groups() if g), b"").decode("ascii") if declared else None
    if encoding is not None and encoding.lower() in _WESTERN:
        encoding = "cp1252" if _fits(data, "cp1252") else "latin-1"
    elif encoding is not None and encoding.lower().startswith("utf-16"):
        encoding = "utf-8"  # it was readable as ASCII so far, so it is not UTF-16
    source, notices = text.decode(data, encoding)
    depth = markup.check(source, allowance)
    tree = LexborHTMLParser(source)
    allowance.check_clock()
    walk = _Walk(None if with_hidden else Sheet(tree, depth, allowance), allowance)
    if tree.root is not None:
        walk.through(tree.root)
    if walk.hidden:
        why = [reason for reason, _ in walk.hidden.most_common()]
        notices = (*notices, hidden_notice(sum(walk.hidden.values()), why))
    return Extract((walk.lines.text(),), notices)


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


class _Lines:
    """Text runs joined to lines, white space folded as a browser folds it."""

    def __init__(self) -> None:
        self._done: list[str] = []
        self._open: list[str] = []

    def add(self, run: str) -> None:
        self._open.append(run)

    def end_line(self) -> None:
        cells = "".join(self._open).split("\0")
        line = "\t".join(filter(None, (_SPACE.sub(" ", cell).strip(" ") for cell in cells)))
        if line:
            self._done.append(line)
        self._open.clear()

    def end_cell(self) -> None:
        self._open.append("\0")  # HTML parsers let no NUL through, so it can stand for the border

    def text(self) -> str:
        self.end_line()
        return "\n".join(self._done)


class _Walk:
    """Visits every node in document order, without recursion: nesting may be deep."""

    def __init__(self, sheet: Sheet | None, allowance: Allowance) -> None:
        self.lines = _Lines()
        self.hidden: Counter[str] = Counter()  # words left out, by reason
        self._sheet = sheet  # None if nothing is to be hidden
        self._allowance = allowance
        self._looks = [Look()]  # of the open elements
        self._preformatted = 0

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
                    self._leave(node)
            node = node.next if node is not None else None

    def _enter(self, node: LexborNode) -> LexborNode | None:
        """The first child, if there is one to be read."""
        tag = node.tag or ""
        if tag == "-text":
            self._text(node.text_content or "")
        elif tag == "br":
            self.lines.end_line()
        elif tag not in _LEFT_OUT:
            if tag in _BLOCKS:
                self.lines.end_line()
            self._preformatted += tag == "pre"
            self._looks.append(self._look(node, tag))
            child = node.child
            if child is not None:
                return child
            self._leave(node)
        return None

    def _look(self, node: LexborNode, tag: str) -> Look:
        if self._sheet is None or tag.startswith("-"):
            return self._looks[-1]
        return self._looks[-1].inside(self._sheet.style(node), node.attributes)

    def _text(self, run: str) -> None:
        if reason := self._looks[-1].reason:
            if count := words(run):
                self.hidden[reason] += count
        else:
            _add(run, self.lines, self._preformatted > 0)

    def _leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        self._looks.pop()
        if tag in _BLOCKS:
            self.lines.end_line()
        elif tag in ("td", "th"):
            self.lines.end_cell()
        self._preformatted -= tag == "pre"


def _add(run: str, lines: _Lines, preformatted: bool) -> None:
    if not preformatted:
        lines.add(run)
        return
    first, *rest = run.splitlines() or [""]
    lines.add(first)
    for line in rest:
        lines.end_line()
        lines.add(line)
