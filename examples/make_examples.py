"""Build the PDF and DOCX examples from the plain words in sources/*.md.

    pip install reportlab python-docx
    python examples/make_examples.py            # builds everything
    python examples/make_examples.py amara      # only sources whose name has "amara"

A source starts with a short header between two `---` lines (output, look, ...). After it:

    # Name                       ## Section              ### Role, employer | dates
    > line under the name        - bullet                plain lines are paragraphs
    **bold** and *italic* work inside a line
    <!-- side --> and <!-- main --> split the page in the "columns" look

The looks are classic, serif, bold and columns (PDF), plain and table (DOCX). Nothing in the output
depends on the clock or on the machine, so the same words give the same bytes.
"""

import datetime
import io
import re
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import docx
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from reportlab import platypus
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import HRFlowable, KeepTogether, Paragraph, Table

HERE = Path(__file__).resolve().parent
MADE_ON = datetime.datetime(2026, 11, 16, 9, 0, 0)
MARKS = (("# ", "name"), ("## ", "section"), ("### ", "role"), ("> ", "contact"), ("- ", "bullet"))


@dataclass
class Block:
    kind: str  # name, section, role, contact, bullet, text or column
    text: str
    dates: str = ""


def read_source(path: Path) -> tuple[dict[str, str], list[Block]]:
    """The header as a dict, and the body as a list of blocks, one per line that says anything."""
    _, header, body = path.read_text(encoding="utf-8").split("---\n", 2)
    meta = {}
    for line in header.strip().splitlines():
        key, value = line.split(":", 1)
        meta[key.strip()] = value.strip().strip('"')
    blocks = []
    for line in body.splitlines():
        if not line.strip():
            continue
        column = re.fullmatch(r"<!-- (side|main) -->", line.strip())
        if column:
            blocks.append(Block("column", column[1]))
            continue
        kind, text = next(
            ((kind, line[len(mark) :]) for mark, kind in MARKS if line.startswith(mark)),
            ("text", line),
        )
        dates = ""
        if kind == "role":
            text, _, dates = (part.strip() for part in text.partition(" | "))
        blocks.append(Block(kind, text.strip(), dates))
    return meta, blocks


# --- PDF -------------------------------------------------------------------------------------

PDF_FONTS = {  # look: (body, bold, size of the body text)
    "classic": ("Helvetica", "Helvetica-Bold", 10.4),
    "serif": ("Times-Roman", "Times-Bold", 10.3),
    "bold": ("Helvetica", "Helvetica-Bold", 10),
    "columns": ("Helvetica", "Helvetica-Bold", 9.2),
}
SIDE_WIDTH, MAIN_WIDTH = 164, 346  # the two columns of the "columns" look, in points
DATES_WIDTH = 112  # points kept for the dates at the right of a role


def pdf_markup(text: str) -> str:
    text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(text))
    return re.sub(r"\*(.+?)\*", r"<i>\1</i>", text)


def pdf_styles(look: str, accent: HexColor) -> dict[str, ParagraphStyle]:
    body, bold, size = PDF_FONTS[look]
    text = ParagraphStyle("text", fontName=body, fontSize=size, leading=size * 1.32, spaceAfter=2)

    def style(name: str, **changes) -> ParagraphStyle:
        return ParagraphStyle(name, parent=text, **changes)

    grey = HexColor("#505050")
    big = {"classic": 22, "serif": 20, "bold": 26, "columns": 21}[look]
    mid = 1 if look == "serif" else 0  # 1 is centred
    return {
        "text": text,
        "bullet": style("bullet", leftIndent=11, bulletIndent=1, spaceAfter=1.5),
        "name": style(
            "name", fontName=bold, fontSize=big, leading=big * 1.3, textColor=accent, alignment=mid
        ),
        "contact": style("contact", textColor=grey, alignment=mid, spaceAfter=1),
        "section": style(
            "section", fontName=bold, fontSize=size + 2, textColor=accent, spaceBefore=8
        ),
        "role": style("role", fontName=bold),
        "dates": style("dates", alignment=2, textColor=grey),
    }


def pdf_flow(blocks: list[Block], look: str, accent: HexColor, width: float) -> list:
    """Reportlab flowables for a run of blocks. Headings stay with the line that follows them."""
    styles = pdf_styles(look, accent)
    flow: list = []
    held: list = []  # headings that wait for their first line
    for number, block in enumerate(blocks):
        words = pdf_markup(block.text)
        if block.kind == "section":
            held.append(Paragraph(words, styles["section"]))
            if width > SIDE_WIDTH:
                thick = 1.6 if look == "bold" else 0.6
                held.append(HRFlowable("100%", thick, color=accent, spaceBefore=0, spaceAfter=4))
        elif block.kind == "role":
            row = [Paragraph(words, styles["role"]), Paragraph(block.dates, styles["dates"])]
            table = Table([row], colWidths=[width - DATES_WIDTH, DATES_WIDTH], spaceBefore=4)
            sides = ("LEFTPADDING", "RIGHTPADDING", "TOPPADDING", "BOTTOMPADDING")
            table.setStyle([(side, (0, 0), (-1, -1), 0) for side in sides])
            table.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP")])
            held.append(table)
            after = blocks[number + 1].kind if number + 1 < len(blocks) else "section"
            if after in ("role", "section"):  # a role with nothing below it
                flow.append(KeepTogether(held))
                held = []
        else:
            bullet = "\u2022" if block.kind == "bullet" else None
            paragraph = Paragraph(words, styles[block.kind], bulletText=bullet)
            flow.append(KeepTogether([*held, paragraph]) if held else paragraph)
            held = []
            if block.kind == "contact" and blocks[number + 1].kind != "contact":
                flow.append(platypus.Spacer(1, 5))
    return flow


def write_pdf(meta: dict[str, str], blocks: list[Block], target: Path) -> None:
    look, accent = meta["look"], HexColor(meta["accent"])
    page_width, page_height = LETTER
    margin = 50

    def frame(x: float, width: float) -> platypus.Frame:
        return platypus.Frame(x, margin, width, page_height - 2 * margin, 0, 0, 0, 0)

    def decorate(canvas, _document) -> None:
        if look == "bold":
            canvas.setFillColor(accent)
            canvas.rect(0, page_height - 16, page_width, 16, stroke=0, fill=1)
        elif look == "columns":
            canvas.setFillColor(HexColor("#eef4f2"))
            canvas.rect(0, 0, 210, page_height, stroke=0, fill=1)

    if look == "columns":
        cut = next(i for i, b in enumerate(blocks) if b.kind == "column" and b.text == "main")
        left = [b for b in blocks[:cut] if b.kind != "column"]
        right = blocks[cut + 1 :]
        frames = [frame(34, SIDE_WIDTH), frame(230, MAIN_WIDTH)]
        flow = pdf_flow(left, look, accent, SIDE_WIDTH)
        flow += [platypus.FrameBreak(), *pdf_flow(right, look, accent, MAIN_WIDTH)]
    else:
        width = page_width - 2 * margin
        frames = [frame(margin, width)]
        flow = pdf_flow(blocks, look, accent, width)
    document = platypus.BaseDocTemplate(
        str(target), pagesize=LETTER, title=meta["title"], author=meta["author"], invariant=1
    )
    document.addPageTemplates([platypus.PageTemplate("page", frames, onPage=decorate)])
    document.build(flow)


# --- DOCX ------------------------------------------------------------------------------------


def text_width(document) -> int:
    section = document.sections[0]
    return section.page_width - section.left_margin - section.right_margin


def add_runs(paragraph, text: str, bold: bool = False) -> None:
    for piece in re.split(r"(\*\*.+?\*\*|\*.+?\*)", text):
        run = paragraph.add_run(piece.strip("*"))
        run.bold = bold or piece.startswith("**") or None
        run.italic = True if re.fullmatch(r"\*[^*].*\*", piece) else None


def docx_plain(document, blocks: list[Block]) -> None:
    """Headings, paragraphs and Word's own bullet lists, dates on a right-hand tab."""
    width = text_width(document)
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        if block.kind == "name":
            document.add_paragraph(block.text, style="Title")
        elif block.kind == "section":
            heading = document.add_heading(block.text, level=1)
            heading.paragraph_format.keep_with_next = True
        elif block.kind == "role":
            paragraph = document.add_paragraph()
            described = following is not None and following.kind in ("text", "bullet")
            paragraph.paragraph_format.keep_with_next = described
            paragraph.paragraph_format.space_before = Pt(6)
            paragraph.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
            add_runs(paragraph, block.text, bold=True)
            if block.dates:
                # A long title would push the dates over the edge: then they take their own line.
                fits = len(block.text) + len(block.dates) < 78
                add_runs(paragraph, ("\t" if fits else "\n") + block.dates)
        else:
            style = "List Bullet" if block.kind == "bullet" else None
            add_runs(document.add_paragraph(style=style), block.text)


def docx_table(document, blocks: list[Block]) -> None:
    """Everything below the name in one borderless table: labels and dates left, words right."""
    widths = [int(text_width(document) * share) for share in (0.25, 0.75)]
    table = document.add_table(rows=0, cols=2)
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    cell = None

    def new_row(left: str, colour: RGBColor | None = None):
        row = table.add_row()
        run = row.cells[0].paragraphs[0].add_run(left)
        if colour is not None:
            run.bold, run.font.color.rgb = True, colour
        return row.cells[1]

    def fill(text: str, style: str | None = None, bold: bool = False) -> None:
        first = cell.paragraphs[0]
        paragraph = first if not first.text else cell.add_paragraph()
        paragraph.style = style or "Normal"
        add_runs(paragraph, text, bold)

    for block in blocks:
        if block.kind in ("name", "contact"):
            paragraph = document.add_paragraph(style="Title" if block.kind == "name" else None)
            add_runs(paragraph, block.text)
            table._tbl.addprevious(paragraph._p)
        elif block.kind == "section":
            cell = new_row(block.text.upper(), RGBColor(0x2B, 0x57, 0x9A))
        elif block.kind == "role":
            cell = new_row(block.dates)
            fill(block.text, bold=True)
        else:
            fill(block.text, "List Bullet" if block.kind == "bullet" else None)


def write_docx(meta: dict[str, str], blocks: list[Block], target: Path) -> None:
    document = docx.Document()
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(document.sections[0], side, Pt(62))
    for name, size, before in (("Normal", 10, 0), ("Heading 1", 13, 12), ("Title", 22, 0)):
        style = document.styles[name]
        style.font.name, style.font.size = meta["font"], Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[key]  # else the theme's font wins over ours
        fonts.set(qn("w:hAnsi"), meta["font"])
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(3)
    {"plain": docx_plain, "table": docx_table}[meta["look"]](document, blocks)
    core = document.core_properties
    core.title, core.author, core.last_modified_by = meta["title"], meta["author"], meta["author"]
    core.comments, core.created, core.modified, core.revision = "", MADE_ON, MADE_ON, 1
    raw = io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():  # again, with a fixed time stamp on every part
            info = zipfile.ZipInfo(name, MADE_ON.timetuple()[:6])
            info.create_system, info.compress_type = 0, zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name))


def main(wanted: list[str]) -> None:
    for source in sorted((HERE / "sources").glob("*.md")):
        if wanted and not any(word in source.name for word in wanted):
            continue
        meta, blocks = read_source(source)
        target = HERE / meta["output"]
        target.parent.mkdir(exist_ok=True)
        (write_pdf if target.suffix == ".pdf" else write_docx)(meta, blocks, target)
        print(f"{meta['output']}  {target.stat().st_size / 1024:.1f} KB")


if __name__ == "__main__":
    main(sys.argv[1:])
