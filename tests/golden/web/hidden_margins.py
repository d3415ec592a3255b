"""Pages for hidden.py that hide nothing: turned text, heads and feet of every page."""

from __future__ import annotations

from makers import both, lines_at, pdf
from reportlab.pdfgen.canvas import Canvas
from test_page_margins import BODY, leaf, turned


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


def _landscape(canvas: Canvas) -> None:
    canvas.translate(297, 421)
    canvas.rotate(90)
    lines_at(BODY, -150, 100)(canvas)
