"""How many hidden texts the readers find: plants them in made-up resumes and counts.

    python benchmarks/hidden_text.py [--honest FOLDER] [--seed N]

Every kind of attack is planted in several resumes with the same hidden words. Found means: the
notice is there, none of the hidden words is left in the text, and none of the visible ones is
missing. Zero-width and look-alike letters are cleaning's business (rolefit.language.clean); found
means that its notice is there and the cleaned text has the words a person sees.

--honest counts alarms on the .pdf and .docx files of a folder that should raise none.
Needs reportlab (pip install 'rolefit[dev]').
"""

from __future__ import annotations

import argparse
import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from rolefit.language.clean import clean
from rolefit.reading import read
from rolefit.records import Document

HIDDEN = "zebrawood kubernetes xylophone terraform quartzite blockchain oxbow"
PER_KIND = 5
_JOBS = ("Warehouse clerk", "Pastry cook", "Bus driver", "Florist", "Museum guard", "Gardener")
_PLACES = ("Harbour Goods", "The Corner Bakery", "City Lines", "Petal and Stem", "Old Town Museum")
_DUTIES = (
    "kept the shelves in order and counted what came in",
    "talked with visitors and answered their questions",
    "trained two new colleagues in the first year",
    "wrote the weekly plan for a team of five",
    "took care of the tools and the morning round",
)
Plant = Callable[[list[str], random.Random], bytes]
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def resume(rng: random.Random) -> list[str]:
    lines = [f"Alex Sample {rng.randint(10, 99)}", rng.choice(_JOBS)]
    for year in range(2024, 2024 - 2 * rng.randint(2, 5), -2):
        lines.append(f"{rng.choice(_PLACES)}, {year - 2} to {year}")
        lines += rng.sample(_DUTIES, rng.randint(2, 4))
    return lines


# PDF ------------------------------------------------------------------------------------------

Draw = Callable[[Canvas, random.Random], None]


def pdf(before: Draw | None = None, after: Draw | None = None) -> Plant:
    """A page of the resume with something drawn before or after it."""

    def plant(lines: list[str], rng: random.Random) -> bytes:
        buffer = io.BytesIO()
        canvas = Canvas(buffer, pagesize=(595, 842))
        if before:
            before(canvas, rng)
        canvas.setFillGray(0)
        for index, line in enumerate(lines):
            canvas.setFont("Helvetica", 10.5)
            canvas.drawString(60, 780 - 15 * index, line)
        if after:
            after(canvas, rng)
        canvas.save()
        return buffer.getvalue()

    return plant


def words_at(x: float, y: float, size: float = 10, **look: float) -> Draw:
    """The hidden words; `look` is grey, mode, alpha."""

    def draw(canvas: Canvas, rng: random.Random) -> None:
        canvas.saveState()
        canvas.setFillGray(look.get("grey", 0.0), look.get("alpha", 1.0))
        text = canvas.beginText(x, y + rng.randint(0, 9))
        text.setFont("Helvetica", size)
        text.setTextRenderMode(int(look.get("mode", 0)))
        text.textLine(HIDDEN)
        canvas.drawText(text)
        canvas.restoreState()

    return draw


def noise(rng: random.Random, width: int = 60, height: int = 12) -> ImageReader:
    body = bytes(rng.randrange(256) for _ in range(3 * width * height))
    return ImageReader(io.BytesIO(b"P6 %d %d 255\n" % (width, height) + body))


def covered_by(cover: Draw) -> Draw:
    def draw(canvas: Canvas, rng: random.Random) -> None:
        words_at(60, 300)(canvas, rng)
        cover(canvas, rng)

    return draw


def rectangle(grey: float) -> Draw:
    def draw(canvas: Canvas, rng: random.Random) -> None:
        canvas.setFillGray(grey)
        canvas.rect(50, 290, 460, 40, fill=1, stroke=0)

    return draw


def photo(canvas: Canvas, rng: random.Random) -> None:
    canvas.drawImage(noise(rng), 50, 290, 460, 40)


def in_clip(canvas: Canvas, rng: random.Random) -> None:
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(10, 10, 5, 5)
    canvas.clipPath(path, stroke=0, fill=0)
    words_at(60, 300)(canvas, rng)
    canvas.restoreState()


def on_photo(canvas: Canvas, rng: random.Random) -> None:
    photo(canvas, rng)
    words_at(60, 300, mode=3)(canvas, rng)


def dark_on_dark(canvas: Canvas, rng: random.Random) -> None:
    rectangle(0.1)(canvas, rng)
    words_at(60, 300, grey=0.12)(canvas, rng)


def under_text(canvas: Canvas, rng: random.Random) -> None:
    words_at(60, 763, size=10.5, grey=1.0)(canvas, rng)


def in_form(canvas: Canvas, rng: random.Random) -> None:
    canvas.beginForm("f")
    words_at(60, 300, grey=1.0)(canvas, rng)
    canvas.endForm()
    canvas.doForm("f")


def cropped(canvas: Canvas, rng: random.Random) -> None:
    canvas.setCropBox((0, 200, 595, 842))
    words_at(60, 100)(canvas, rng)


def squeezed(canvas: Canvas, rng: random.Random) -> None:
    canvas.saveState()
    canvas.translate(60, 300)
    canvas.scale(0.1, 0.1)
    words_at(0, 0, size=10)(canvas, rng)
    canvas.restoreState()


# DOCX -----------------------------------------------------------------------------------------


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(inside: str, look: str = "") -> str:
    return f"<w:p><w:pPr>{look}</w:pPr>{inside}</w:p>"


def docx(hidden: str, styles: str = "") -> Plant:
    """The resume as a DOCX, with the XML `hidden` among its paragraphs."""

    def plant(lines: list[str], rng: random.Random) -> bytes:
        parts = [paragraph(run(line)) for line in lines]
        parts.insert(rng.randint(1, len(parts)), hidden)
        names = (
            'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
            'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
            'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
            'xmlns:v="urn:schemas-microsoft-com:vml"'
        )
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        head = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        )
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr("[Content_Types].xml", "<Types/>")
            file.writestr(
                "_rels/.rels",
                f'{head}<Relationship Id="r" Type="{kind}/officeDocument" '
                'Target="word/document.xml"/></Relationships>',
            )
            file.writestr(
                "word/_rels/document.xml.rels",
                f'{head}<Relationship Id="s" Type="{kind}/styles" Target="styles.xml"/>'
                "</Relationships>",
            )
            file.writestr("word/styles.xml", f'<w:styles xmlns:w="{W}">{styles}</w:styles>')
            body = "".join(parts)
            file.writestr(
                "word/document.xml",
                f'<w:document xmlns:w="{W}" {names}><w:body>{body}</w:body></w:document>',
            )
        return buffer.getvalue()

    return plant


def shape(attributes: str = "", props: str = "", fill: str = "<a:noFill/>", look: str = "") -> str:
    box = f"<w:txbxContent>{paragraph(run(HIDDEN, look))}</w:txbxContent>"
    return paragraph(
        f"<w:r><w:drawing><wp:anchor {attributes}>{props}<a:graphic><wps:wsp>"
        f"<wps:spPr>{fill}</wps:spPr><wps:txbx>{box}</wps:txbx></wps:wsp></a:graphic></wp:anchor>"
        "</w:drawing></w:r>"
    )


WHITE = '<w:color w:val="FFFFFF"/>'
GREY_CELL = '<w:tcPr><w:shd w:val="clear" w:fill="333333"/></w:tcPr>'
STYLE = (
    '<w:style w:type="paragraph" w:styleId="Base">'
    '<w:rPr><w:color w:val="FEFEFE"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Ghost"><w:basedOn w:val="Base"/></w:style>'
    '<w:style w:type="character" w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style>'
)


# HTML -----------------------------------------------------------------------------------------


def html(hidden: str, style: str = "") -> Plant:
    def plant(lines: list[str], rng: random.Random) -> bytes:
        parts = [f"<p>{escape(line)}</p>" for line in lines]
        parts.insert(rng.randint(1, len(parts)), hidden)
        head = f"<meta charset=utf-8><title>x</title><style>{style}</style>"
        return f"<!doctype html><html><head>{head}</head><body>{''.join(parts)}".encode()

    return plant


def styled(style: str) -> Plant:
    return html(f'<p style="{style}">{HIDDEN}</p>')


def ruled(style: str) -> Plant:
    rule = f"p {{margin: 1em}} @media print {{p {{color: black}}}} div.x > p {{{style}}}"
    return html(f'<div class="x"><p>{HIDDEN}</p></div>', rule)


# Characters -----------------------------------------------------------------------------------


def text_with(change: Callable[[str], str]) -> Plant:
    def plant(lines: list[str], rng: random.Random) -> bytes:
        index = rng.randrange(1, len(lines))
        return "\n".join([*lines[:index], change(lines[index]), *lines[index + 1 :]]).encode()

    return plant


def zero_width(mark: str) -> Plant:
    return text_with(lambda line: mark.join(line))


def homoglyphs(line: str) -> str:
    return line.translate(str.maketrans("aeocpx", "\u0430\u0435\u043e\u0441\u0440\u0445"))


KINDS: dict[str, Plant] = {
    "pdf: white": pdf(after=words_at(60, 300, grey=1.0)),
    "pdf: nearly white": pdf(after=words_at(60, 300, grey=0.95)),
    "pdf: white, 1 point": pdf(after=words_at(60, 300, size=1, grey=1.0)),
    "pdf: white beneath visible text": pdf(before=under_text),
    "pdf: white inside a form object": pdf(after=in_form),
    "pdf: dark on a dark bar": pdf(after=dark_on_dark),
    "pdf: invisible render mode": pdf(after=words_at(60, 300, mode=3)),
    "pdf: clipping render mode": pdf(after=words_at(60, 300, mode=7)),
    "pdf: transparent": pdf(after=words_at(60, 300, alpha=0.0)),
    "pdf: tiny, 1 point": pdf(after=words_at(60, 300, size=1)),
    "pdf: tiny by scaling": pdf(after=squeezed),
    "pdf: left of the page": pdf(after=words_at(-900, 300)),
    "pdf: below the page": pdf(after=words_at(60, -300)),
    "pdf: outside the crop box": pdf(after=cropped),
    "pdf: clipped away": pdf(after=in_clip),
    "pdf: behind a picture": pdf(after=covered_by(photo)),
    "pdf: behind a white area": pdf(after=covered_by(rectangle(1.0))),
    "pdf: behind a black area": pdf(after=covered_by(rectangle(0.0))),
    "pdf: invisible on a picture": pdf(after=on_photo),
    "docx: formatted as hidden": docx(paragraph(run(HIDDEN, "<w:vanish/>"))),
    "docx: hidden by a style": docx(
        paragraph(run(HIDDEN, '<w:rStyle w:val="Gone"/>')), styles=STYLE
    ),
    "docx: white": docx(paragraph(run(HIDDEN, WHITE))),
    "docx: white of the theme": docx(
        paragraph(run(HIDDEN, '<w:color w:val="auto" w:themeColor="background1"/>'))
    ),
    "docx: nearly white by a style": docx(
        paragraph(run(HIDDEN), '<w:pStyle w:val="Ghost"/>'), styles=STYLE
    ),
    "docx: dark in a dark cell": docx(
        f"<w:tbl><w:tr><w:tc>{GREY_CELL}"
        + paragraph(run(HIDDEN, '<w:color w:val="333333"/>'))
        + "</w:tc></w:tr></w:tbl>"
    ),
    "docx: 1 point": docx(paragraph(run(HIDDEN, '<w:sz w:val="2"/>'))),
    "docx: line without height": docx(
        paragraph(run(HIDDEN), '<w:spacing w:line="20" w:lineRule="exact"/>')
    ),
    "docx: hidden shape": docx(shape(props='<wp:docPr id="1" name="x" hidden="1"/>')),
    "docx: shape without size": docx(shape(props='<wp:extent cx="0" cy="0"/>')),
    "docx: white in a shape": docx(
        shape(props='<wp:extent cx="4000000" cy="900000"/>', look=WHITE)
    ),
    "docx: shape outside the page": docx(
        shape(
            props="<wp:positionH><wp:posOffset>-9000000</wp:posOffset></wp:positionH>"
            '<wp:extent cx="4000000" cy="900000"/>'
        )
    ),
    "html: display none": styled("display: none"),
    "html: visibility hidden": styled("visibility:hidden"),
    "html: hidden attribute": html(f"<p hidden>{HIDDEN}</p>"),
    "html: opacity 0": styled("opacity: 0"),
    "html: font size 0": styled("font-size: 0"),
    "html: font size 1px": styled("font-size:1px"),
    "html: white": styled("color: #fff"),
    "html: nearly white": styled("color: rgb(250, 250, 250)"),
    "html: black on black": styled("color: black; background: #000"),
    "html: off screen": styled("position:absolute; left:-9999px"),
    "html: indented away": styled("text-indent: -9999px"),
    "html: box without size": styled("height:0; overflow:hidden"),
    "html: rule, display none": ruled("display: none"),
    "html: rule, white": ruled("color: white"),
    "html: rule, off screen": ruled("position: absolute; top: -5000px"),
    "html: font element": html(f"<font color=white>{HIDDEN}</font>"),
    "text: zero-width space": zero_width("\u200b"),
    "text: word joiner": zero_width("\u2060"),
    "text: tag characters": text_with(
        lambda line: line + "".join(chr(0xE0000 + ord(c)) for c in HIDDEN)
    ),
    "text: look-alike letters": text_with(homoglyphs),
}


def found(kind: str, lines: list[str], data: bytes) -> str:
    """ "" if the attack was found and nothing else was harmed, else what went wrong."""
    document = read(data, name=kind)
    cleaned, _, notices = clean(document.text)
    codes = {notice.code for notice in (*document.notices, *notices)}
    if not codes & {"hidden-text", "zero-width", "homoglyphs"}:
        return "no notice"
    left = set(HIDDEN.split()) & set(cleaned.split())
    if left:
        return f"still read: {' '.join(sorted(left))}"
    missing = set(" ".join(lines).split()) - set(cleaned.replace("\u2022", " ").split())
    if missing:
        return f"lost: {' '.join(sorted(missing)[:5])}"
    if document.kind != "text":
        whole = read(data, name=kind, with_hidden=True)
        if not set(HIDDEN.split()) <= set(whole.text.split()):
            return "not there with_hidden"
    return ""


def alarms(folder: Path) -> None:
    paths = [p for p in sorted(folder.rglob("*")) if p.suffix.lower() in (".pdf", ".docx")]
    counts: dict[str, list[str]] = {"pdf": [], "docx": []}
    for path in paths:
        if codes := alarm_codes(read(path)):
            counts[path.suffix.lower()[1:]].append(f"{path.name} ({', '.join(sorted(codes))})")
    for kind, names in counts.items():
        total = sum(path.suffix.lower() == f".{kind}" for path in paths)
        print(f"\n{kind}: {len(names)} alarms in {total} files {'; '.join(names)}")


def alarm_codes(document: Document) -> set[str]:
    codes = {notice.code for notice in (*document.notices, *clean(document.text)[2])}
    return codes & {"hidden-text", "zero-width", "homoglyphs", "white-text"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--honest", type=Path, help="a folder of files that hide nothing")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="kinds whose names hold this")
    parser.add_argument("--each", type=int, default=PER_KIND, help="resumes a kind")
    arguments = parser.parse_args()
    print("| attack | found | of | what went wrong |\n|---|---|---|---|")
    total = good = 0
    for kind, plant in KINDS.items():
        if arguments.only not in kind:
            continue
        problems = []
        for number in range(arguments.each):
            rng = random.Random(f"{arguments.seed} {kind} {number}")
            lines = resume(rng)
            problems.append(found(kind, lines, plant(lines, rng)))
        hits = problems.count("")
        total, good = total + arguments.each, good + hits
        print(
            f"| {kind} | {hits} | {arguments.each} | {next(filter(None, problems), '')} |",
            flush=True,
        )
    print(f"| **all** | **{good}** | **{total}** | {100 * good / total:.1f}% |")
    if arguments.honest:
        alarms(arguments.honest)


if __name__ == "__main__":
    main()
