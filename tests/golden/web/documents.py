# ruff: noqa: E501 - the tricky texts are easier to check on one line each
"""Documents for the browser's golden cases: the examples, and variations of them in other formats.

Made anew only when the recorder runs; the tests read documents.zip, because the libraries that write
PDF and DOCX do not promise the same bytes tomorrow.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from textwrap import wrap

import makers
from reportlab.pdfgen.canvas import Canvas

from rolefit.reading import read

ROOT = Path(__file__).parents[3]
WIDTH = 96  # characters of a line in a PDF of one column
Lines = Sequence[str]
TRICKY = {
    "symbols.txt": "C++, C#, .NET, Node.js and R; AWS/GCP. RN, BSN (2019\u20132024) \u2022 \u00a345,000",
    "scripts.txt": "\u5317\u4eac \u041f\u0440\u0438\u0432\u0435\u0442 \u0645\u0631\u062d\u0628\u0627 "
    "\U0001f600 \u2605\u2605\u2606 \ud55c\uad6d\uc5b4 \u0939\u093f\u0928\u094d\u0926\u0940 Na\u00efve "
    "cafe\u0301 r\u00e9sum\u00e9 Z\u00fcrich \u0141\u00f3d\u017a \ufb01ne \u0130stanbul \u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2",
    "blanks.txt": "soft\u00adhyphen zero\u200bwidth\u00a0fixed\tCI/CD\r\n24/7\x0bon\x0ccall\u2028separator\x85next",
    "long-words.txt": "a" * 150 + " Donaudampfschifffahrtsgesellschaft " + "b" * 101 + " " + "c" * 100,
    "specials.txt": "The words [CLS] and [SEP] and [MASK]s, [unk] in a text[PAD]of people.",
    "private.txt": "\ue000private \U000f0000 \u0378unassigned \u1e9e \u01c5 \u2167 \u00bd m\u00b2 5\u00b5m \u20ac9",
}  # fmt: skip

# As people in Britain and America write; the resume has a sentence of the advert, with other letters.
AS_WRITTEN = {
    "resume-as-written.txt": """Robert Davis, Jr.
14 Alder Court, Leeds LS6 2AB | robert.davis@example.org

PROFILE
Doctor who ran wards and, before, the back office of a firm with 75 years of experience. Eight years of experience in care. Drew up a 5 year experience plan.
You will plan \u0130nbound deliveries, \u0131nspect the docks and improve how two hundred people work in every \u017fhift.

EXPERIENCE
Foundation Doctor, St Oswin Hospital
04/08/2021 - 03/08/2023
Took blood and wrote letters under the supervision of a Registered Nurse
Operations Analyst
2019 - 2021 State Street Corporation
Settled 12 Circuit Court appeals and 300 trades a day
Health Care Assistant, Moor View Care Home
13/09/2016 - 07.06.2019
Assisted a Licensed Practical Nurse with forty residents

EDUCATION
MBBS, University of Leeds, 31/07/2021
BA (Hons) Philosophy, University of York, 01/07/2016

LICENCES
No CDL. CPR certified. Forklift certification in progress. Not yet licensed as a Registered Nurse
Referees on request, ring 01134960142
""",
    "job-as-written.txt": """Hearth & Meridian Logistics
Senior Warehouse Manager
Harrogate, on site

You will plan Inbound deliveries, Inspect the docks and improve how two hundred people work in every shift.

Requirements
- Must be 18 years or older
- Must be able to obtain a Secret clearance
- Class A CDL and forklift certification required
- CPR certification within 90 days of hire
- Three years of work in lieu of a degree, plus 5+ years of warehouse experience
- No degree required; a diploma is welcome
- 2 year fixed-term contract; has lived in the county for 3 years

Nice to have
- Valid CDL a plus
- MPhil or BSc (Hons) in Geography
""",
}  # fmt: skip


def documents() -> dict[str, bytes]:
    """Every document by name; `job-` and `resume-` in front say what it stands for."""
    jobs = _examples("jobs")
    resumes = _examples("resumes")
    made = {f"job-{name}": data for name, data in jobs.items()}
    made |= {f"resume-{name}": data for name, data in resumes.items()}
    made |= _variations("job", [_lines(*entry) for entry in jobs.items()])
    made |= _variations("resume", [_lines(*entry) for entry in resumes.items()])
    made |= {f"text-{name}": text.encode() for name, text in TRICKY.items()}
    made |= {name: text.encode() for name, text in AS_WRITTEN.items()}
    everything = [line for name, data in resumes.items() for line in _lines(name, data)]
    made["text-too-long.txt"] = "\n".join(everything * 3).encode()
    return made


def unreadable() -> dict[str, bytes]:
    """Files that every reader must refuse, each for another reason."""
    whole = makers.pdf(makers.lines_at(["A resume that broke off"], 60))
    word = makers.docx(makers.paragraph("A resume that broke off, too. " * 40))
    return {
        "broken-off.pdf": whole[: len(whole) // 2],
        "no-objects.pdf": b"%PDF-1.7\nnothing here\nstartxref\n0\n%%EOF\n",
        "password.pdf": makers.pdf(makers.lines_at(["secret"], 60), password="x"),
        "scan.pdf": makers.pdf(makers.picture),
        "blank.pdf": makers.pdf(lambda canvas: None),
        "broken-off.docx": word[: len(word) // 2],
        "entities.docx": makers.archive(
            {
                "[Content_Types].xml": b"<Types/>",
                "word/document.xml": b'<!DOCTYPE w [<!ENTITY a "b">]><w>&a;</w>',
            }
        ),
        "bomb.docx": makers.docx(makers.paragraph("0" * 5_000_000)),
        "empty.txt": b"",
        "blank.txt": b" \n\t\n ",
    }


def _examples(folder: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((ROOT / "examples" / folder).iterdir())}


def _lines(name: str, data: bytes) -> list[str]:
    document = read(data, name=name)
    return [document.line_text(line) for line in document.lines]


def _variations(what: str, texts: list[list[str]]) -> dict[str, bytes]:
    """Three of each text: its first part, its last part, and halves of it and the next one."""
    made = {}
    for index, lines in enumerate(texts):
        after = texts[(index + 1) % len(texts)]
        part = max(4, len(lines) * 6 // 10)
        for turn, chosen in enumerate((lines[:part], lines[-part:], lines[:part:2] + after[1::3])):
            ending, write = WRITERS[(3 * index + turn * 5) % len(WRITERS)]
            made[f"{what}-{index:02}-{turn}.{ending}"] = write(chosen)
    return made


def _text(encoding: str, newline: str = "\n") -> Callable[[Lines], bytes]:
    return lambda lines: newline.join(lines).encode(encoding, "replace")


def _html_list(lines: Lines) -> bytes:
    title, *rest = (line.replace("&", "&amp;").replace("<", "&lt;") for line in lines)
    items = "".join(f"<li><b>{line[:9]}</b>{line[9:]}" for line in rest)
    return f"<!doctype html><title>x</title><h1>{title}</h1><ul>{items}</ul><p hidden>no".encode()


def _html_table(lines: Lines) -> bytes:
    cells = [line.replace("&", "&amp;").replace("<", "&lt;") for line in lines]
    pairs = zip(cells[::2], cells[1::2], strict=False)
    rows = "".join(f"<tr><td>{one}</td>\n<td>{other}<br>&nbsp;</td></tr>" for one, other in pairs)
    script = "<script>document.write('no')</script>"
    return f'<html><meta charset="latin-1"><body><table>{rows}</table>{script}</body>'.encode(
        "latin-1", "xmlcharrefreplace"
    )


def _docx_paragraphs(lines: Lines) -> bytes:
    return makers.docx("".join(map(makers.paragraph, lines)))


def _docx_table(lines: Lines) -> bytes:
    rows = [
        [makers.paragraph(a), makers.paragraph(b)]
        for a, b in zip(lines[::2], lines[1::2], strict=False)
    ]
    half = len(lines) // 2
    layout = [["".join(map(makers.paragraph, lines[:half])), makers.paragraph("Side")]]
    return makers.docx(makers.table(*rows) + makers.table(*layout))


def _pdf(draw: Callable[[Canvas, list[str]], None], width: int = WIDTH) -> Callable[[Lines], bytes]:
    def write(lines: Lines) -> bytes:
        # The standard fonts have Latin-1 only.
        plain = (line.encode("latin-1", "replace").decode("latin-1") for line in lines)
        folded = [piece for line in plain for piece in (wrap(line, width) or [""])]
        buffer = io.BytesIO()
        canvas = Canvas(buffer, pagesize=(595, 842), invariant=1)
        canvas.setFont("Helvetica", 10)
        draw(canvas, folded)
        canvas.save()
        return buffer.getvalue()

    return write


def _one_column(canvas: Canvas, lines: list[str]) -> None:
    for start in range(0, len(lines), 50):
        canvas.setFont("Helvetica", 10)
        makers.lines_at(lines[start : start + 50], 60)(canvas)
        canvas.showPage()


def _two_columns(canvas: Canvas, lines: list[str]) -> None:
    half = (len(lines) + 1) // 2
    canvas.setFont("Times-Roman", 8)
    makers.lines_at(lines[:half], 40, step=10)(canvas)
    makers.lines_at(lines[half:], 320, step=10)(canvas)
    canvas.showPage()


def _turned_page(canvas: Canvas, lines: list[str]) -> None:
    canvas.setPageRotation(90)
    canvas.translate(595, 0)
    canvas.rotate(90)
    canvas.setFont("Courier", 8)
    makers.lines_at(lines, 40, y=560, step=9)(canvas)
    canvas.showPage()


def _spaced_heads(canvas: Canvas, lines: list[str]) -> None:
    text = canvas.beginText(60, 780)
    for index, line in enumerate(lines):
        text.setCharSpace(4 if index % 12 == 0 else 0)
        text.setFont("Helvetica-Bold" if index % 12 == 0 else "Helvetica", 9)
        text.textLine(line[:40].upper() if index % 12 == 0 else line)
    canvas.drawText(text)
    canvas.showPage()


WRITERS: tuple[tuple[str, Callable[[Lines], bytes]], ...] = (
    ("pdf", _pdf(_one_column)),
    ("docx", _docx_paragraphs),
    ("html", _html_list),
    ("txt", _text("utf-8")),
    ("pdf", _pdf(_two_columns, 46)),
    ("docx", _docx_table),
    ("html", _html_table),
    ("txt", _text("cp1252", "\r\n")),
    ("pdf", _pdf(_turned_page, 110)),
    ("md", _text("utf-16")),
    ("pdf", _pdf(_spaced_heads)),
)
