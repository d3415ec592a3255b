"""How a file is built, beyond its text: what other programs that read resumes stumble over."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass

_LARGEST = 20_000_000  # bytes of a part of a Word file that are looked at
_TABLE = re.compile(rb"<w:tbl[ >]")
_BOX = re.compile(rb"<w:txbxContent[ >]")
_PICTURE = re.compile(rb"<(?:pic:pic|v:imagedata)[ >]")
_COLUMNS = re.compile(rb'<w:cols\b[^>]*\bw:num="(\d{1,2})"')
_WORD_TEXT = re.compile(rb"<w:t(?: [^>]*)?>([^<]*)</w:t>|</w:p>")
_HTML_TABLE = re.compile(rb"<table[ >]", re.I)
_HTML_PICTURE = re.compile(rb"<(?:img|svg|canvas|object|embed)[ >]", re.I)
_PDF_PICTURE = re.compile(rb"/Subtype\s*/Image\b")


@dataclass(frozen=True, slots=True)
class Shape:
    """Counts; 0 where there is none or the format does not show it."""

    tables: int = 0
    boxes: int = 0  # text boxes
    pictures: int = 0
    charts: int = 0  # charts and diagrams
    columns: int = 1  # side by side, where the format says so itself
    margins: str = ""  # text of page headers and footers


def shape_of(kind: str, data: bytes) -> Shape:
    """Of a file that was read already, so that its size and its parts are known to be sound."""
    if kind == "docx":
        return _of_word(data)
    if kind == "html":
        return Shape(len(_HTML_TABLE.findall(data)), pictures=len(_HTML_PICTURE.findall(data)))
    if kind == "pdf":
        return Shape(pictures=len(_PDF_PICTURE.findall(data)))
    return Shape()


def _of_word(data: bytes) -> Shape:
    body, margins, charts = b"", [], 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                name = entry.filename
                charts += bool(re.fullmatch(r"word/(?:charts/chart|diagrams/data)\d*\.xml", name))
                margin = re.fullmatch(r"word/(?:header|footer)\d*\.xml", name)
                if entry.file_size > _LARGEST or not (margin or name == "word/document.xml"):
                    continue
                part = archive.read(entry)
                if margin:
                    margins.append(_text(part))
                else:
                    body = part
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError):
        return Shape()  # a Word file of another making; its text was read all the same
    return Shape(
        tables=len(_TABLE.findall(body)),
        # Word writes a box twice, for itself and for programs that know it by its older name.
        boxes=(len(_BOX.findall(body)) + 1) // 2,
        pictures=len(_PICTURE.findall(body)),
        charts=charts,
        columns=max([1, *map(int, _COLUMNS.findall(body))]),
        margins="\n".join(text for text in margins if text),
    )


def _text(part: bytes) -> str:
    found = _WORD_TEXT.finditer(part)
    raw = b"".join(b"\n" if m[1] is None else m[1] for m in found).decode("utf-8", "replace")
    return raw.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").strip()
