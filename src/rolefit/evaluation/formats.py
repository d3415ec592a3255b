"""One plain resume as files of other formats: TXT, HTML, DOCX, PDF in one and in two columns.

All hold the same words. The PDFs have the name in large letters and a gap for a blank line; the one
in two columns puts contact, skills and schooling beside the rest, as such templates do. The PDFs
need reportlab (extra: evaluate).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from rolefit.reading import read
from rolefit.records import Document

if TYPE_CHECKING:
    from reportlab.platypus import Flowable  # type: ignore[import-untyped]

SIDEBAR = ("skill", "tool", "language", "education", "training", "certif", "licen", "private")
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def is_heading(line: str) -> bool:
    """In capitals, and short: how the resumes of the grid write their headings."""
    letters = [c for c in line if c.isalpha()]
    return len(letters) > 3 and line == line.upper() and len(line) < 50


def sections(text: str) -> list[list[str]]:
    """Lines from one heading to the next; the first part is what stands above all headings."""
    parts: list[list[str]] = [[]]
    for line in text.splitlines():
        if is_heading(line):
            parts.append([])
        parts[-1].append(line)
    return parts


def beside(text: str) -> tuple[list[str], list[str]]:
    """Lines of the narrow column and of the wide one.

    Not every resume has its headings in capitals: a short line of words
    below a blank one parts too.
    """
    parts: list[list[str]] = [[]]
    above = "-"
    for line in text.splitlines():
        words = line.replace(" ", "").replace("-", "")
        if is_heading(line) or (not above and words.isalpha() and len(line) < 50):
            parts.append([])
        parts[-1].append(line)
        above = line.strip("- ")
    first, *others = parts
    side = [part for part in others if part[0].lower().startswith(SIDEBAR)]
    rest = [part for part in others if part not in side]
    return [*first, *(line for part in side for line in part)], [line for p in rest for line in p]


def txt(text: str) -> bytes:
    return text.encode()


def html(text: str) -> bytes:
    body = "".join(
        f"<h2>{escape(line)}</h2>" if is_heading(line) else f"<p>{escape(line)}</p>"
        for line in _said(text.splitlines())
    )
    head = '<meta charset="utf-8"><title>Resume</title>'
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()


def docx(text: str) -> bytes:
    """The least that Word opens: one part with a paragraph a line."""
    body = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(line, quote=False)}</w:t></w:r></w:p>'
        for line in _said(text.splitlines())
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    members = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" '
            f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
        ),
        "word/document.xml": (
            f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{_W}">'
            f"<w:body>{body}</w:body></w:document>"
        ),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def pdf(text: str) -> bytes:
    """A4, one column."""
    from reportlab.platypus import SimpleDocTemplate

    file = io.BytesIO()
    margins = {f"{side}Margin": 60 for side in ("left", "right", "top", "bottom")}
    SimpleDocTemplate(file, pagesize=(595, 842), invariant=1, **margins).build(
        _paragraphs(text.splitlines(), _name(text))
    )
    return file.getvalue()


def pdf_two_columns(text: str) -> bytes:
    """A4: a narrow column with contact, skills and schooling, and a wide one with the rest."""
    from reportlab.platypus import BaseDocTemplate, Frame, FrameBreak, PageTemplate
    from reportlab.platypus.doctemplate import NextPageTemplate  # type: ignore[import-untyped]

    left, right = beside(text)
    narrow, wide = Frame(36, 36, 170, 770), Frame(218, 36, 345, 770)
    file = io.BytesIO()
    document = BaseDocTemplate(file, pagesize=(595, 842), invariant=1)
    document.addPageTemplates([
        PageTemplate("both", [narrow, wide]),
        PageTemplate("more", [Frame(218, 36, 345, 770)]),
    ])  # fmt: skip
    name = _name(text)
    story: list[Any] = [*_paragraphs(left, name), NextPageTemplate("more")]
    document.build([*story, FrameBreak(), *_paragraphs(right, name)])
    return file.getvalue()


FORMATS: dict[str, Callable[[str], bytes]] = {
    "txt": txt, "html": html, "docx": docx, "pdf": pdf, "pdf, two columns": pdf_two_columns,
}  # fmt: skip


def as_format(text: str, name: str) -> Document:
    """What rolefit reads from `text` written as the format `name` of FORMATS."""
    return read(FORMATS[name](text), name=name)


def _name(text: str) -> str:
    """The first line: whose resume it is."""
    return next(iter(_said(text.splitlines())), "")


def _paragraphs(lines: Sequence[str], name: str) -> list[Flowable]:
    from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
    from reportlab.platypus import Paragraph

    plain = ParagraphStyle("plain", fontName="Helvetica", fontSize=9.5, leading=12, spaceAfter=3)
    parted = ParagraphStyle("parted", plain, spaceBefore=8)
    heading = ParagraphStyle("heading", parted, fontName="Helvetica-Bold")
    large = ParagraphStyle("name", heading, fontSize=16, leading=19)

    def style(line: str, above: str) -> ParagraphStyle:
        if line == name:
            return large
        return heading if is_heading(line) else plain if above.strip() else parted

    return [
        Paragraph(escape(line, quote=False), style(line, above))
        for above, line in pairwise(["-", *lines])
        if line.strip()
    ]


def _said(lines: Iterable[str]) -> list[str]:
    return [line for line in lines if line.strip()]
