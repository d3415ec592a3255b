"""bytes -> Document, for PDF, DOCX, HTML, RTF and plain text.

A format is one file here with `extract`; what a file is, its bytes tell (`sniff`). The libraries
behind the formats are imported when the first file of that format is read.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from rolefit.errors import EmptyDocumentError, FileAccessError, InputError
from rolefit.reading import sniff
from rolefit.reading.common import Extract, assemble
from rolefit.reading.limits import Allowance, Limits
from rolefit.records import Document

__all__ = ["Limits", "from_text", "load_bytes", "read"]


def read(
    source: str | os.PathLike[str] | bytes,
    *,
    name: str | None = None,
    limits: Limits | None = None,
    with_hidden: bool = False,
) -> Document:
    """Read a file (a path, as str or PathLike) or the bytes of one (which then need a `name`).

    The format is told from the bytes, not from the name. The text is in reading order, column by
    column, table cell by table cell; what was shortened, guessed or left out is in `notices`.

    What a person would not see in a PDF, DOCX or HTML page (white, tiny, covered, outside the page)
    is left out, with the notice "hidden-text". `with_hidden` gives the text as it would be with it,
    without that notice: the words that a program less careful would have read.

    Raises ReadError's children: FileAccessError, UnknownFormatError, EmptyDocumentError,
    ImageOnlyError, EncryptedError, DamagedFileError, LimitError; and InputError for bytes
    without a name.
    """
    limits = limits or Limits()
    if isinstance(source, (bytes, bytearray, memoryview)):
        if not name:
            raise InputError("read() got bytes without a name. Pass name='resume.pdf' with them.")
        allowance = Allowance(name, limits)
        data = bytes(source)
        allowance.check_bytes(len(data))
    else:
        path = Path(source)
        allowance = Allowance(name or path.name, limits)
        data = _load(path, allowance)
    if not data:
        raise EmptyDocumentError(
            allowance.name,
            "the file is empty (0 bytes)",
            "Check that it was saved and copied whole.",
        )
    kind = sniff.kind_of(data, allowance.name)
    extract = _extract(kind, data, allowance, with_hidden)
    allowance.check_clock()
    return assemble(allowance.name, kind, hashlib.sha256(data).hexdigest(), extract)


def load_bytes(path: str | os.PathLike[str], limits: Limits | None = None) -> bytes:
    """The bytes of a file, no more than the limits allow. Raises FileAccessError, LimitError."""
    path = Path(path)
    return _load(path, Allowance(path.name, limits or Limits()))


def from_text(text: str, name: str) -> Document:
    """A plain string as a Document of kind "text"; the text is kept as it is.

    Raises EmptyDocumentError if it holds nothing but white space.
    """
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return assemble(name, "text", digest, Extract((text,)))


def _load(path: Path, allowance: Allowance) -> bytes:
    try:
        if path.is_dir():
            raise FileAccessError(
                str(path), "it is a folder, not a file", "Name the files in it one by one."
            )
        with path.open("rb") as file:
            allowance.check_bytes(os.fstat(file.fileno()).st_size)
            data = file.read(allowance.limits.bytes + 1)
    except FileNotFoundError as error:
        raise FileAccessError(
            str(path), "there is no such file", "Check the path and its spelling."
        ) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL character in the path
        cause = f"it cannot be opened ({getattr(error, 'strerror', None) or error})"
        raise FileAccessError(str(path), cause, "Check that you may read it.") from error
    allowance.check_bytes(len(data))
    return data


def _extract(kind: str, data: bytes, allowance: Allowance, with_hidden: bool) -> Extract:
    if kind == "pdf":
        from rolefit.reading import pdf

        return pdf.extract(data, allowance, with_hidden)
    if kind == "docx":
        from rolefit.reading import docx

        return docx.extract(data, allowance, with_hidden)
    if kind == "html":
        from rolefit.reading import html

        return html.extract(data, allowance, with_hidden)
    if kind == "rtf":
        from rolefit.reading import rtf

        return rtf.extract(data, allowance)
    from rolefit.reading import text

    return text.extract(data)
