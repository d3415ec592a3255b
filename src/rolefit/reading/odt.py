"""OpenDocument text, packed (.odt) or flat (.fodt): one paragraph or table row a line.

Headers, body, footnotes, footers; in them paragraphs, lists, tables, text boxes, links. Left out:
deleted text, comments, what forms and pictures say of themselves, and what a person would not see:
hidden text and sections, 2 points or less, the colour of the page or of what lies behind.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterable

from rolefit.errors import DamagedFileError, EmptyDocumentError, EncryptedError, ImageOnlyError
from rolefit.reading.archives import unzipped
from rolefit.reading.common import Extract, hidden_notice, words
from rolefit.reading.limits import Allowance
from rolefit.reading.odtlook import Grounds, Styles
from rolefit.reading.wordml import row_lines
from rolefit.reading.xmltree import local, parse

_AGAIN = "Fetch or export it once more, or save it as DOCX."
_CELLS = frozenset(("table-cell", "covered-table-cell"))
_LEFT_OUT = frozenset(
    "tracked-changes annotation forms title desc note-citation binary-data scripts meta settings "
    "font-face-decls event-listeners image-map ruby-text sequence-decls variable-decls".split()
)
_MANY_BLANKS = 1000  # that one element may stand for


def extract(data: bytes, allowance: Allowance, with_hidden: bool = False) -> Extract:
    """Raises DamagedFileError, EncryptedError, LimitError, ImageOnlyError, EmptyDocumentError."""
    styles = Styles()
    body = _Story(styles, with_hidden)
    if data.startswith(b"PK"):
        pictures = _packed(data, allowance, body)
    else:
        pictures = b"<draw:image" in data
        parse(data, allowance, body.start, body.end, body.characters)
    texts = [*body.around("header"), *body.lines(), *body.around("footer")]
    if not any(line.strip() for line in texts):
        raise _without_text(allowance.name, body.hidden.total(), pictures)
    if not body.hidden:
        return Extract(("\n".join(texts),))
    why = [reason for reason, _ in body.hidden.most_common()]
    return Extract(("\n".join(texts),), (hidden_notice(body.hidden.total(), why),))


def _packed(data: bytes, allowance: Allowance, body: _Story) -> bool:
    """Reads the parts; whether there are pictures."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {info.filename: info for info in archive.infolist()}
        manifest = members.get("META-INF/manifest.xml")
        if manifest and b"encryption-data" in unzipped(archive, manifest, allowance):
            remedy = "Open it, save it without a password, and try again."
            raise EncryptedError(allowance.name, "it asks for a password", remedy)
        total = 0
        for part in ("styles.xml", "content.xml"):  # what styles are based on comes first
            if part not in members:
                if part == "styles.xml":
                    continue
                cause = "its part content.xml is missing"
                raise DamagedFileError(allowance.name, cause, _AGAIN)
            xml = unzipped(archive, members[part], allowance)
            total += len(xml)
            allowance.check_expanded(0, 0, total)
            parse(xml, allowance, body.start, body.end, body.characters)
    return any(name.startswith("Pictures/") for name in members)


def _without_text(name: str, hidden: int, pictures: bool) -> Exception:
    if hidden:
        cause = f"a person would see no text in it, {hidden:,} words are hidden"
        return EmptyDocumentError(name, cause, "Ask for a version that shows its text.")
    if pictures:
        remedy = "Run text recognition (OCR) over it, or save the original text."
        return ImageOnlyError(name, "it holds pictures but no text", remedy)
    return EmptyDocumentError(name, "there is no text in it", "Check that it is the right file.")


class _Paragraph:
    def __init__(self) -> None:
        self.text: list[str] = []
        self.boxes: list[str] = []  # lines of text boxes and notes, read after it


class _Story:
    """Collects lines from the parser's events; of the body, and of headers and footers apart."""

    def __init__(self, styles: Styles, with_hidden: bool) -> None:
        self.hidden: Counter[str] = Counter()  # words left out, by reason
        self._styles = styles
        self._grounds = Grounds(styles)
        self._with_hidden = with_hidden
        self._body: list[str] = []
        self._around: dict[str, list[tuple[str, ...]]] = {"header": [], "footer": []}
        self._blocks: list[list[str]] = [self._body]
        self._rows: list[list[list[str]]] = []
        self._paragraphs: list[_Paragraph] = []
        self._skipping = 0  # depth inside what is left out

    def lines(self) -> list[str]:
        return self._body

    def around(self, kind: str) -> Iterable[str]:
        """Each header or footer once, however many pages have it."""
        return [line for block in dict.fromkeys(self._around[kind]) for line in block]

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        if self._skipping or name in _LEFT_OUT:
            self._skipping += 1
            return
        given = {local(key): value for key, value in attributes.items()}
        self._styles.start(name, given)
        self._grounds.start(name, given)
        if name in ("p", "h") and "text:1.0" in tag:
            self._paragraphs.append(_Paragraph())
        elif name in ("text-box", "note-body", "header", "footer", *_CELLS):
            self._blocks.append([])
        elif name == "table-row":
            self._rows.append([])
        elif name == "s":
            count = given.get("c", "1")
            self._add(" " * min(int(count) if count.isdigit() else 1, _MANY_BLANKS))
        elif name == "tab":
            self._add("\t")
        elif name == "line-break":
            self._add("\n")

    def end(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
            return
        name = local(tag)
        self._styles.end(name)
        self._grounds.end()
        if name in ("p", "h") and "text:1.0" in tag:
            paragraph = self._paragraphs.pop()
            self._blocks[-1].append("".join(paragraph.text))
            self._blocks[-1].extend(paragraph.boxes)
        elif name in ("text-box", "note-body"):
            box = self._blocks.pop()
            (self._paragraphs[-1].boxes if self._paragraphs else self._blocks[-1]).extend(box)
        elif name in ("header", "footer"):
            self._around[name].append(tuple(self._blocks.pop()))
        elif name in _CELLS:
            cell = self._blocks.pop()
            if self._rows:
                self._rows[-1].append(cell)
            else:
                self._blocks[-1].extend(cell)
        elif name == "table-row":
            self._blocks[-1].extend(row_lines(self._rows.pop()))

    def characters(self, text: str) -> None:
        if not self._skipping and self._paragraphs:
            # Line breaks of the file are blanks, as in a web page.
            self._add(text.replace("\n", " ").replace("\t", " "))

    def _add(self, text: str) -> None:
        reason = "" if self._with_hidden else self._grounds.reason()
        if reason:
            if count := words(text):  # blanks that nobody sees are no news
                self.hidden[reason] += count
        elif self._paragraphs:
            self._paragraphs[-1].text.append(text)
