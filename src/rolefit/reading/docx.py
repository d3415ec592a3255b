"""DOCX: its XML parts, streamed once, in reading order.

Headers, body, footnotes, endnotes, footers; in them paragraphs, tables (nested too), text boxes,
hyperlinks and inserted text. Left out: deleted text, what a person would not see, field codes, and
the second copy that `mc:AlternateContent` keeps of every text box for old programs.

The parts are parsed by expat as a stream, nothing recurses and nesting has a limit. A document type
declaration (the only way to an entity bomb, and forbidden in OOXML) ends it.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable
from xml.parsers import expat

from rolefit.errors import DamagedFileError, EmptyDocumentError, EncryptedError, ImageOnlyError
from rolefit.reading.common import Extract, doubt_notice, hidden_notice, only_hidden
from rolefit.reading.limits import Allowance
from rolefit.reading.wordlook import Look, Page
from rolefit.reading.wordml import Story, shown_parts
from rolefit.reading.wordstyles import OFF, Styles, plain
from rolefit.records import Notice

_CHUNK = 1 << 16  # bytes unpacked between two looks at the limits
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".webp")
_DRAWN = re.compile(r"word/(?:charts/chart|diagrams/data)\d*\.xml")
_AGAIN = "Fetch or export it once more; if Word still opens it, save a copy from there."
_SETTINGS = ("evenAndOddHeaders", "displayBackgroundShape")
_NOTES = ("footnotes", "endnotes")
_NAMES = 1000  # of vocabularies, that are kept
_ENCRYPTED = 0x1  # flag bit of a ZIP entry
# What OOXML allows. zipfile unpacks the other methods without a bound, a GB at a time.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

_COVERED = Notice(
    "covered",
    "A large picture or shape lies in front of the text; what it may cover was read.",
)

# (relationship id, type's last word, part name)
Relations = list[tuple[str, str, str]]


def extract(data: bytes, allowance: Allowance, with_hidden: bool = False) -> Extract:
    """The document's text, one paragraph or table row a line.

    Raises DamagedFileError, EncryptedError, LimitError, ImageOnlyError, EmptyDocumentError.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        package = _Package(archive, allowance, with_hidden)
        stories = package.stories()
        backdrop = any(story.look.backdrop for story in stories)
        growing = any(story.look.growing for story in stories)
        if (backdrop or growing) and any(story.hidden for story in stories):
            # White text may stand on that shape, a small one grow: once more, for the writer.
            stories = package.stories(backdrop)
        lines = [line for story in stories for line in story.lines()]
        hidden = sum((story.hidden for story in stories), Counter[str]())
        drawn = sum(bool(_DRAWN.fullmatch(member)) for member in archive.namelist())
        if not any(line.strip() for line in lines):
            raise _without_text(archive, allowance.name, hidden.total())
    notices = []
    if hidden.total():
        notices.append(hidden_notice(hidden.total(), [why for why, _ in hidden.most_common()]))
    if white := sum(story.look.on_backdrop for story in stories):
        message = (
            f"{white:,} words are white; they were read, as a shape or picture may lie behind them."
        )
        notices.append(Notice("white-text", message))
    if doubted := sum((story.doubted for story in stories), Counter[str]()):
        why = [reason for reason, _ in doubted.most_common()]
        notices.append(doubt_notice(doubted.total(), why))
    if any(story.look.covered for story in stories):
        notices.append(_COVERED)
    if drawn:
        what = "1 chart or diagram was" if drawn == 1 else f"{drawn:,} charts and diagrams were"
        says = "it says" if drawn == 1 else "they say"
        notices.append(Notice("charts", f"{what} not read; what {says} does not count."))
    return Extract(("\n".join(lines),), tuple(notices))


def _distinct(stories: Iterable[Story]) -> list[Story]:
    """Each header or footer once, however many sections show it."""
    seen: dict[tuple[str, ...], Story] = {}
    for story in stories:
        seen.setdefault(tuple(story.lines()), story)
    return list(seen.values())


def _without_text(archive: zipfile.ZipFile, name: str, hidden: int) -> Exception:
    if hidden:
        return only_hidden(name, hidden)
    if any(member.lower().endswith(_PICTURES) for member in archive.namelist()):
        return ImageOnlyError(
            name,
            "it holds pictures but no text",
            "Run text recognition (OCR) over it, or save the original text as DOCX.",
        )
    return EmptyDocumentError(name, "there is no text in it", "Check that it is the right file.")


def _note(names: dict[str, str], prefix: str | None, uri: str | None) -> None:
    if len(names) < _NAMES:
        names[prefix or ""] = uri or ""


class _Package:
    """The parts of one DOCX, unpacked under the allowance."""

    def __init__(self, archive: zipfile.ZipFile, allowance: Allowance, with_hidden: bool) -> None:
        self._archive = archive
        self._allowance = allowance
        self._with_hidden = with_hidden
        self._members = set(archive.namelist())
        self._unpacked = 0
        found = (part for _, kind, part in self.relations("") if kind == "officeDocument")
        self._main = next(found, "word/document.xml")
        self._relations = self.relations(self._main)
        settings = self._read_settings()
        self._even, self._page = _SETTINGS[0] in settings, Page(_SETTINGS[1] in settings)
        self._styles = self._read_styles()
        self._growing: dict[str, set[int]] = {}  # by part, of the last look at it

    def stories(self, backdrop: bool = False) -> list[Story]:
        """Headers, body, notes, footers; `backdrop` if white text is to be believed."""
        self._unpacked = 0
        body = self._story(self._main, backdrop)
        notes = dict.fromkeys(p for kind in _NOTES for _, k, p in self._relations if k == kind)
        known = {key: (kind, part) for key, kind, part in self._relations}
        shown = [known[key] for key in shown_parts(body.sections, self._even) if key in known]

        def around(kind: str) -> list[Story]:
            parts = dict.fromkeys(part for of, part in shown if of == kind)
            return _distinct(self._story(part, backdrop) for part in parts)

        headers, footers = around("header"), around("footer")
        return [*headers, body, *(self._story(part, backdrop) for part in notes), *footers]

    def _story(self, part: str, backdrop: bool) -> Story:
        look = Look(self._styles, self._page, backdrop, self._growing.get(part, ()))
        story = Story(look, self._with_hidden)
        self._parse(part, story.start, story.end, story.characters, story.names)
        self._growing[part] = look.growing
        return story

    def _read_settings(self) -> set[str]:
        """Those of `_SETTINGS` that are on."""
        found: set[str] = set()

        def start(tag: str, attributes: dict[str, str]) -> None:
            name = tag.rsplit(" ", 1)[-1]
            if name in _SETTINGS and plain(attributes).get("val", "true") not in OFF:
                found.add(name)

        self._parse_related("settings", start, lambda tag: None)
        return found

    def _read_styles(self) -> Styles:
        styles = Styles()
        if not self._with_hidden:

            def start(tag: str, attributes: dict[str, str]) -> None:
                styles.start(tag.rsplit(" ", 1)[-1], attributes)

            self._parse_related("styles", start, lambda tag: styles.end(tag.rsplit(" ", 1)[-1]))
        return styles

    def _parse_related(
        self, kind: str, start: Callable[[str, dict[str, str]], None], end: Callable[[str], None]
    ) -> None:
        """Parse the first part of that kind, if there is one."""
        for _, of, part in self._relations:
            if of == kind:
                self._parse(part, start, end, lambda text: None)
                return

    def relations(self, part: str) -> Relations:
        """The parts that `part` refers to; "" is the package itself."""
        folder, base = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", base + ".rels")
        found: Relations = []

        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag.endswith(" Relationship") and attributes.get("TargetMode") != "External":
                target = posixpath.join("/", folder, attributes.get("Target", ""))
                kind = attributes.get("Type", "").rsplit("/", 1)[-1]
                name = posixpath.normpath(target).lstrip("/")
                if name in self._members:
                    found.append((attributes.get("Id", ""), kind, name))

        if rels in self._members:
            self._parse(rels, start, lambda tag: None, lambda text: None)
        return found

    def _parse(
        self,
        part: str,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None],
        characters: Callable[[str], None],
        names: dict[str, str] | None = None,
    ) -> None:
        """`names`: where to note the vocabularies by the prefixes that the part gives them."""
        parser = self._parser(start, end, characters)
        if names is not None:
            parser.StartNamespaceDeclHandler = lambda prefix, uri: _note(names, prefix, uri)
        try:
            info = self._archive.getinfo(part)
            if info.compress_type not in _METHODS:
                raise NotImplementedError("not packed as DOCX packs its parts")
            if info.flag_bits & _ENCRYPTED:
                raise EncryptedError(
                    self._allowance.name,
                    "its parts are encrypted",
                    "Save a copy without a password and try again.",
                )
            unpacked = 0
            with self._archive.open(info) as file:
                while chunk := file.read(_CHUNK):
                    unpacked += len(chunk)
                    self._unpacked += len(chunk)
                    self._allowance.check_expanded(unpacked, info.compress_size, self._unpacked)
                    self._allowance.check_clock()
                    parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except (
            LookupError,  # the part is missing, or in an encoding that Python does not know
            ValueError,  # or that expat does not
            expat.ExpatError,
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,  # a compression method that zipfile does not know
        ) as error:
            cause = f"its part {part} is missing or damaged ({error})"
            raise DamagedFileError(self._allowance.name, cause, _AGAIN) from error

    def _parser(
        self,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None],
        characters: Callable[[str], None],
    ) -> expat.XMLParserType:
        depth = 0

        def enter(tag: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            self._allowance.check_nesting(depth)
            start(tag, attributes)

        def leave(tag: str) -> None:
            nonlocal depth
            depth -= 1
            end(tag)

        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = enter
        parser.EndElementHandler = leave
        parser.CharacterDataHandler = characters
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        return parser

    def _refuse_doctype(self, *declaration: object) -> None:
        raise DamagedFileError(
            self._allowance.name,
            "its XML declares a document type, which DOCX forbids and entity bombs need",
            "Check where the file comes from.",
        )
