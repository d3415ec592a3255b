"""Pages for hidden.py that hide nothing: gutters, turned text, letters apart, heads, feet."""

from __future__ import annotations

from makers import both, docx, lines_at, paragraph, pdf
from reportlab.pdfgen.canvas import Canvas
from test_gutters import ROWS, columns
from test_page_margins import BODY, leaf, turned
from test_spaced import LETTERS, WORDS, tracked


def margins() -> dict[str, bytes]:
    return {
        "turned.pdf": pdf(_turned),
        "landscape.pdf": pdf(_landscape),
        "repeats.pdf": pdf(
            *(
                leaf(n, "Curriculum Vitae \u2013 Ines", f"Ines \u2013 Page {n} of 3")
                for n in (1, 2, 3)
            )
        ),
        "placed.html": (
            b"<p><b>Baker</b><span style='position:absolute;right:0'>May 2019</span></p>"
            b"<div style='display:grid'>Ines <b>Baker</b><span>May 2019</span><i>Mar 2016</i></div>"
        ),
        "gutter-rows.pdf": pdf(columns(5, True)),
        "gutter-columns.pdf": pdf(columns(5, False), lines_at(ROWS, 50)),
        "spaced.txt": "\n".join([*WORDS, *LETTERS]).encode(),
        "spaced.docx": docx("".join(map(paragraph, [*WORDS, *LETTERS]))),
        "spaced.pdf": pdf(_spaced),
        "numbers.pdf": pdf(*(leaf(n, f"Project {n}", f"{n} / 2") for n in (1, 2))),
    }


def _turned(canvas: Canvas) -> None:
    both(
        lines_at(BODY, 60),
        turned("Ines Calvo, 2026", 56, 640, 90),
        turned("for Northwind alone", 560, 700, 270),
        turned("CONFIDENTIAL", 200, 450, 45, 24),
        turned("See the other side", 500, 300, 180),
        turned("EDUCATION", 40, 540, 90, 14),
        lines_at(["Nautical college of Bergen", "Diploma, 2014"], 60, 620),
    )(canvas)


def _spaced(canvas: Canvas) -> None:
    """Letters apart by drawing and by blanks."""
    for row, apart in enumerate((2, 4, 8, 14, 20)):
        for place, text in enumerate(("INES CALVO", "HARBOUR PILOT", "Ines Q. Roe")):
            tracked(text, 800 - 60 * row - 20 * place, apart)(canvas)
    lines = [text for text in [*WORDS, *LETTERS] if text.isascii() and "\t" not in text]
    lines_at(lines, 60, 480)(canvas)


def _landscape(canvas: Canvas) -> None:
    canvas.translate(297, 421)
    canvas.rotate(90)
    lines_at(BODY, -150, 100)(canvas)
