# ruff: noqa: E501 - the little drawings are easier to check on one line each
"""PDFs that hide words in many ways, and honest ones that look alike."""

from __future__ import annotations

import io
import random
from collections.abc import Callable

from makers import both, lines_at, pdf
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

SHOWN = [
    "Jane Doe",
    "kept the shelves in order",
    "trained two new colleagues",
    "wrote the weekly plan",
]
SECRET = "zebrawood quartzite xylophone"
Draw = Callable[[Canvas], None]


def text_at(
    x: float, y: float, size: float = 10, grey: float = 0.0, mode: int = 0, alpha: float = 1.0
) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.setFillGray(grey, alpha)
        text = canvas.beginText(x, y)
        text.setFont("Helvetica", size)
        text.setTextRenderMode(mode)
        text.textLine(SECRET)
        canvas.drawText(text)
        canvas.restoreState()

    return draw


def bar(grey: float) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.setFillGray(grey)
        canvas.rect(50, 380, 400, 40, fill=1, stroke=0)
        canvas.restoreState()

    return draw


def specks(x: float, y: float, width: float, height: float) -> Draw:
    def draw(canvas: Canvas) -> None:
        rng = random.Random(5)
        body = bytes(rng.choice((0, 255)) for _ in range(60 * 80))
        canvas.drawImage(ImageReader(io.BytesIO(b"P5 60 80 255\n" + body)), x, y, width, height)

    return draw


def clipped(canvas: Canvas) -> None:
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(10, 10, 5, 5)
    canvas.clipPath(path, stroke=0, fill=0)
    text_at(60, 400)(canvas)
    canvas.restoreState()


def in_form(canvas: Canvas) -> None:
    canvas.beginForm("f")
    text_at(60, 400, grey=1)(canvas)
    canvas.endForm()
    canvas.doForm("f")


def cropped(canvas: Canvas) -> None:
    canvas.setCropBox((0, 200, 595, 842))
    text_at(60, 100)(canvas)


def squeezed(canvas: Canvas) -> None:
    canvas.saveState()
    canvas.translate(60, 400)
    canvas.scale(0.1, 0.1)
    text_at(0, 0)(canvas)
    canvas.restoreState()


def turned(degrees: int) -> Draw:
    """A page that is shown turned, with its text turned the other way, so that it stands upright."""

    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(degrees)
        canvas.translate(*{90: (595, 0), 180: (595, 842), 270: (0, 595)}[degrees])
        canvas.rotate(degrees)
        lines_at(SHOWN, 60, 500)(canvas)
        text_at(60, 300, grey=1)(canvas)

    return draw


def shadowed(canvas: Canvas) -> None:
    canvas.setFillGray(0.6)
    canvas.drawString(60.7, 399.3, SECRET)
    canvas.setFillGray(0)
    canvas.drawString(60, 400, SECRET)


def upwards(canvas: Canvas) -> None:
    canvas.saveState()
    canvas.rotate(90)
    canvas.drawString(300, -40, SECRET)
    canvas.restoreState()


def letters(canvas: Canvas) -> None:
    """Letter by letter from a font in the file, blanks and zero-width spaces too, as wkhtmltopdf draws."""
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    canvas.setFont("Vera", 11)
    for index, line in enumerate([*SHOWN, "Company\u200b City, State"]):
        x = 60.0
        for letter in line:
            canvas.drawString(x, 700 - 15 * index, letter)
            x += pdfmetrics.stringWidth(letter, "Vera", 11)


def endless(canvas: Canvas) -> None:
    """A shape that leaves for a place that no page has, as damaged files draw it."""
    path = canvas.beginPath()
    path.moveTo(400, 300)
    for x, y in ((410, 310), (405, -9_000_000), (400, 320)):
        path.lineTo(x, y)
    canvas.drawPath(path, stroke=1, fill=1)


def pdfs() -> dict[str, bytes]:
    shown = lines_at(SHOWN, 60)
    after = {
        "white": text_at(60, 400, grey=1),
        "nearly-white": text_at(60, 400, grey=0.95),
        "form": in_form,
        "dark-bar": both(bar(0.1), text_at(60, 400, grey=0.12)),
        "invisible": text_at(60, 400, mode=3),
        "transparent": text_at(60, 400, alpha=0),
        "tiny": squeezed,
        "outside": text_at(-900, 400),
        "cropped": cropped,
        "clipped": clipped,
        "covered": both(text_at(60, 400), bar(1.0)),
        "picture": both(text_at(60, 400), specks(50, 380, 400, 40)),
        "many-ways": both(
            text_at(60, 400, grey=1), text_at(60, 300, size=1), text_at(60, 200, mode=3)
        ),
        "small": text_at(60, 400, size=3),
        "faint": text_at(60, 400, grey=0.885),
        "honest-small": text_at(60, 400, size=5),
        "honest-endless": both(endless, text_at(60, 400)),
        "honest-bar": both(bar(0.2), text_at(60, 400, grey=1)),
        "honest-grey": text_at(60, 400, grey=0.7),
        "honest-shadow": shadowed,
        "honest-upwards": upwards,
        "honest-letters": letters,
        "honest-picture": both(specks(50, 300, 200, 40), text_at(60, 400)),
    }
    made = {name: pdf(both(shown, draw)) for name, draw in after.items()}
    made |= {f"turned-{degrees}": pdf(turned(degrees)) for degrees in (90, 180, 270)}
    return made | {
        "beneath": pdf(both(text_at(60, 760, grey=1), shown)),
        "second-page": pdf(
            shown, both(shown, text_at(60, 400, grey=1)), both(shown, text_at(60, 90, size=1))
        ),
        "scan": pdf(both(specks(0, 0, 595, 842), text_at(60, 400, mode=3))),
        "nothing-else": pdf(text_at(60, 400, grey=1)),
    }
