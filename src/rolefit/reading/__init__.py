"""bytes -> Document, for PDF, DOCX, HTML, RTF and plain text, and for what holds such documents.

A format is one file here with `extract`; what a file is, its bytes tell (`sniff`). What holds
documents (an archive, a mailbox) is opened in `parts`, one file here each. The libraries behind the
formats are imported when the first file of that format is read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from typing import cast

from rolefit.errors import ImageOnlyError, ReadError
from rolefit.reading.columns import Columns
from rolefit.reading.common import Extract, assemble
from rolefit.reading.files import Source, called, open_parts, the_only
from rolefit.reading.limits import Allowance, Limits
from rolefit.reading.parts import Part
from rolefit.records import Document

# Resumes as data and pictures: the module that makes them text, and its function.
_DATA = {
    "json-resume": ("jsonresume", "extract"),
    "yaml-resume": ("jsonresume", "from_yaml"),
    "hr-json": ("hropen", "from_json"),
    "hr-xml": ("hropen", "from_xml"),
    "linkedin": ("linkedin", "extract"),
    "picture": ("ocr", "from_picture"),
}
__all__ = [
    "Columns",
    "Limits",
    "Part",
    "from_text",
    "open_parts",
    "read",
    "read_all",
    "read_part",
    "the_only",
]


def read(
    source: Source,
    *,
    name: str | None = None,
    limits: Limits | None = None,
    with_hidden: bool = False,
    columns: Columns | None = None,
) -> Document:
    """Read a file (a path, as str or PathLike) or the bytes of one (which then need a `name`).

    The format is told from the bytes, not from the name. The text is in reading order, column by
    column, table cell by table cell; what was shortened, guessed or left out is in `notices`.

    What a person would not see in a PDF, DOCX or HTML page (white, tiny, covered, outside the page)
    is left out, with the notice "hidden-text". `with_hidden` gives the text as it would be with it,
    without that notice: the words that a program less careful would have read.

    A mail, an archive or a table that holds one document is read as that document; of several, one
    is read by its name behind the file's: read("people.zip/ana.pdf"). `read_all` reads them all.

    Raises ReadError's children: FileAccessError, UnknownFormatError, EmptyDocumentError,
    ImageOnlyError, EncryptedError, DamagedFileError, LimitError, SeveralDocumentsError,
    UnsafeNameError, ColumnsError; and InputError for bytes without a name.
    """
    limits = limits or Limits()
    found = open_parts(source, name=name, limits=limits, columns=columns)
    return read_part(the_only(found, called(source, name)), limits, with_hidden)


def read_all(
    source: Source,
    *,
    name: str | None = None,
    limits: Limits | None = None,
    columns: Columns | None = None,
    unread: list[ReadError] | None = None,
) -> Iterator[Document]:
    """Every document in a source, in order: one for most files, each row of a table, and so on.

    What cannot be read raises its ReadError, or, with a list as `unread`, is added to it while the
    rest is read.
    """
    limits = limits or Limits()
    for part in open_parts(source, name=name, limits=limits, columns=columns):
        try:
            if isinstance(part, ReadError):
                raise part
            yield read_part(part, limits)
        except ReadError as error:
            if unread is None:
                raise
            unread.append(error)


def read_part(part: Part, limits: Limits | None = None, with_hidden: bool = False) -> Document:
    """Raises ReadError."""
    allowance = Allowance(part.name, limits or Limits())
    extract = _extract(part.kind, part.data, allowance, with_hidden)
    allowance.check_clock()
    allowance.check_characters(sum(map(len, extract.pages)))
    extract = replace(extract, notices=(*part.notices, *extract.notices))
    return assemble(part.name, part.kind, hashlib.sha256(part.data).hexdigest(), extract)


def from_text(text: str, name: str) -> Document:
    """A plain string as a Document of kind "text".

    The text is kept as it is, but for what was escaped in it and words set letter by letter; a job
    posting in JSON becomes its text.

    Raises EmptyDocumentError if it holds nothing but white space, ManyJobsError, LimitError.
    """
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return assemble(name, "text", digest, Extract((_undone(text, Allowance(name, Limits())),)))


def _undone(text: str, allowance: Allowance) -> str:
    from rolefit.reading import pasted

    if not pasted.may_be_escaped(text):
        return text

    def page(source: str) -> str:
        from rolefit.reading import html

        return html.lines_of(source, allowance)

    return pasted.undone(text, allowance.name, page)


def _extract(kind: str, data: bytes, allowance: Allowance, with_hidden: bool) -> Extract:
    if kind == "pdf":
        from rolefit.reading import ocr, pdf

        try:
            return pdf.extract(data, allowance, with_hidden)
        except ImageOnlyError:
            return ocr.from_pdf(data, allowance)
    if kind == "docx":
        from rolefit.reading import docx

        return docx.extract(data, allowance, with_hidden)
    if kind == "doc":
        from rolefit.reading import olddoc

        return olddoc.extract(data, allowance, with_hidden)
    if kind == "odt":
        from rolefit.reading import odt

        return odt.extract(data, allowance, with_hidden)
    if kind == "html":
        from rolefit.reading import html

        return html.extract(data, allowance, with_hidden)
    if kind == "rtf":
        from rolefit.reading import rtf

        return rtf.extract(data, allowance)
    if kind in _DATA:
        module, function = _DATA[kind]
        reader = getattr(import_module(f"rolefit.reading.{module}"), function)
        return cast(Extract, reader(data, allowance))
    from rolefit.reading import text

    extract = text.extract(data)
    return replace(extract, pages=(_undone(extract.pages[0], allowance),))
