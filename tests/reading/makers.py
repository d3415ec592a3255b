"""Real files of every format, made in memory for the tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
# A 1 x 1 PNG.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8ffff3f0005fe02fea7350d8f0000000049454e44ae426082"
)


def pdf(*draw: Callable[[Canvas], None], password: str | None = None, packed: bool = True) -> bytes:
    """A PDF with one A4 page for every drawing function."""
    buffer = io.BytesIO()
    encrypt = StandardEncryption(password, canPrint=0) if password else None
    canvas = Canvas(buffer, pagesize=(595, 842), pageCompression=int(packed), encrypt=encrypt)
    for page in draw:
        canvas.setFont("Helvetica", 10)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def lines_at(
    lines: Sequence[str], x: float, y: float = 760, step: float = 14
) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        for index, line in enumerate(lines):
            canvas.drawString(x, y - step * index, line)

    return draw


def both(*draw: Callable[[Canvas], None]) -> Callable[[Canvas], None]:
    def page(canvas: Canvas) -> None:
        for part in draw:
            part(canvas)

    return page


def picture(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(io.BytesIO(PNG)), 0, 0, 595, 842)


def paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def table(*rows: Sequence[str]) -> str:
    """Rows of cells; a cell is the XML of its paragraphs."""
    body = "".join(
        "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in row) + "</w:tr>" for row in rows
    )
    return f"<w:tbl>{body}</w:tbl>"


def part(element: str, body: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{element} {NAMESPACES}>{body}</w:{element}>'


def relations(*entries: tuple[str, str, str]) -> str:
    inside = "".join(
        f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{target}"/>'
        for key, kind, target in entries
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'


def docx(body: str, *others: tuple[str, str, str], **files: bytes) -> bytes:
    """A DOCX; `others` are (kind, file name, XML) beside the body, `files` raw members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types"/>')
        archive.writestr("_rels/.rels", relations(("r", "officeDocument", "word/document.xml")))
        archive.writestr("word/document.xml", part("document", f"<w:body>{body}</w:body>"))
        refs = [(f"id{i}", kind, name) for i, (kind, name, _) in enumerate(others)]
        archive.writestr("word/_rels/document.xml.rels", relations(*refs))
        for _, name, xml in others:
            archive.writestr(f"word/{name}", xml)
        for name, data in files.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return buffer.getvalue()


def archive(members: dict[str, bytes], packed: bool = True) -> bytes:
    buffer = io.BytesIO()
    method = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(buffer, "w", method) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return buffer.getvalue()


def rtf(lines: Sequence[str]) -> bytes:
    def spell(character: str) -> str:
        if character in "\\{}":
            return "\\" + character
        code = ord(character)
        return character if code < 128 else f"\\u{code if code < 32768 else code - 65536}?"

    body = "\\par\n".join("".join(map(spell, line)) for line in lines)
    head = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fswiss Arial;}}\f0\fs20 "
    return (head + body + r"\par}").encode("ascii")


def html(lines: Sequence[str]) -> bytes:
    body = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f'<!doctype html><meta charset="utf-8"><title>x</title>{body}'.encode()


ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
)
ODT = "application/vnd.oasis.opendocument.text"


def odt(body: str, styles: str = "", masters: str = "", **files: bytes) -> bytes:
    """An ODT; `styles` are automatic ones, `masters` hold headers and footers."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODT, zipfile.ZIP_STORED)
        archive.writestr(
            "styles.xml",
            f"<office:document-styles {ODF}><office:master-styles>{masters}"
            "</office:master-styles></office:document-styles>",
        )
        archive.writestr("content.xml", _odf("document-content", body, styles))
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        for name, data in files.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return buffer.getvalue()


def fodt(body: str, styles: str = "") -> bytes:
    whole = _odf(f'document office:mimetype="{ODT}"', body, styles)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{whole}'.encode()


def _odf(root: str, body: str, styles: str) -> str:
    return (
        f"<office:{root} {ODF}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:{root.split()[0]}>"
    )
