"""DOCX: its XML parts, streamed once, in reading order.

Headers, body, footnotes, endnotes, footers; in them paragraphs, tables (nested too), text boxes,
hyperlinks and inserted text. Left out: deleted text, hidden text, field codes, and the second copy
that `mc:AlternateContent` keeps of every text box for old programs.

The parts are parsed by expat as a stream: nothing recurses, so deep nesting costs nothing, and a
document type declaration (the only way to an entity bomb, and forbidden in OOXML) ends it.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterable
from xml.parsers import expat

from rolefit.errors import DamagedFileError, EmptyDocumentError, EncryptedError, ImageOnlyError
from rolefit.reading.common import Extract
from rolefit.reading.limits import Allowance
from rolefit.reading.wordml import Story
from rolefit.records import Notice

_CHUNK = 1 << 16  # bytes unpacked between two looks at the limits
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".webp")
_AGAIN = "Fetch or export it once more; if Word still opens it, save a copy from there."
_NOTES = ("footnotes", "endnotes")
_ENCRYPTED = 0x1  # flag bit of a ZIP entry

# (relationship id, type's last word, part name)
Relations = list[tuple[str, str, str]]


def extract(data: bytes, allowance: Allowance) -> Extract:
    """The document's text, one paragraph or table row a line.

    Raises DamagedFileError, EncryptedError, LimitError, ImageOnlyError, EmptyDocumentError.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        package = _Package(archive, allowance)
        main = next((p for _, kind, p in package.relations("") if kind == "officeDocument"), None)
        main = main or "word/document.xml"
        body = package.story(main)
        relations = package.relations(main)
        by_id = {key: part for key, _, part in relations}
        shown = [by_id[key] for key in body.references if key in by_id]
        headers = _distinct(package.story(p) for p in shown if "header" in posixpath.basename(p))
        footers = _distinct(package.story(p) for p in shown if "footer" in posixpath.basename(p))
        notes = [package.story(part) for kind in _NOTES for _, k, part in relations if k == kind]
        stories = [*headers, body, *notes, *footers]
        lines = [line for story in stories for line in story.lines()]
        if not any(line.strip() for line in lines):
            raise _without_text(archive, allowance.name)
    hidden = sum(story.hidden for story in stories)
    return Extract(("\n".join(lines),), (_hidden_notice(hidden),) if hidden else ())


def _distinct(stories: Iterable[Story]) -> list[Story]:
    """Each header or footer once, however many sections show it."""
    seen: dict[tuple[str, ...], Story] = {}
    for story in stories:
        seen.setdefault(tuple(story.lines()), story)
    return list(seen.values())


def _hidden_notice(hidden: int) -> Notice:
    message = f"{hidden:,} characters are formatted as hidden in Word; they were not read."
    return Notice("hidden-text", message)


def _without_text(archive: zipfile.ZipFile, name: str) -> Exception:
    if any(member.lower().endswith(_PICTURES) for member in archive.namelist()):
        return ImageOnlyError(
            name,
            "it holds pictures but no text",
            "Run text recognition (OCR) over it, or save the original text as DOCX.",
        )
    return EmptyDocumentError(name, "there is no text in it", "Check that it is the right file.")


class _Package:
    """The parts of one DOCX, unpacked under the allowance."""

    def __init__(self, archive: zipfile.ZipFile, allowance: Allowance) -> None:
        self._archive = archive
        self._allowance = allowance
        self._members = set(archive.namelist())
        self._unpacked = 0

    def story(self, part: str) -> Story:
        story = Story()
        self._parse(part, story.start, story.end, story.characters)
        return story

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
    ) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = characters
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        try:
            info = self._archive.getinfo(part)
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
            KeyError,  # the part is missing
            expat.ExpatError,
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,  # a compression method that zipfile does not know
        ) as error:
            cause = f"its part {part} is missing or damaged ({error})"
            raise DamagedFileError(self._allowance.name, cause, _AGAIN) from error

    def _refuse_doctype(self, *declaration: object) -> None:
        raise DamagedFileError(
            self._allowance.name,
            "its XML declares a document type, which DOCX forbids and entity bombs need",
            "Check where the file comes from.",
        )
