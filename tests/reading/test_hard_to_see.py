"""What a PDF shows small, faint or squeezed; and lines that reach further than memory does."""

from __future__ import annotations

import resource
from collections.abc import Callable

import pytest
from makers import both, lines_at, pdf
from reportlab.pdfgen.canvas import Canvas

from rolefit.reading import read

SHOWN = ["Jane Doe", "kept the shelves in order"]
SECRET = "zebrawood quartzite xylophone"


def text_at(size: float, grey: float = 0.0, width: float = 1.0) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText()
        text.setFont("Helvetica", size)
        text.setFillGray(grey)
        text.setTextTransform(width, 0, 0, 1, 60, 400)
        text.textLine(SECRET)
        canvas.drawText(text)

    return draw


@pytest.mark.parametrize(
    ("why", "draw"), [("very small", text_at(3)), ("very faint", text_at(10, grey=0.885))]
)
def test_what_is_hard_to_see_in_a_pdf_is_read_and_named(
    why: str, draw: Callable[[Canvas], None]
) -> None:
    document = read(pdf(both(lines_at(SHOWN, 60), draw)), name="x.pdf")
    assert SECRET in document.text
    (notice,) = document.notices
    assert notice.code == "hard-to-see"
    assert notice.message == f"3 words are hard to see on page 1 ({why}); they were read."


@pytest.mark.parametrize("draw", [text_at(5), text_at(10, grey=0.75), text_at(10, width=0.4)])
def test_small_grey_and_narrow_print_is_nothing_to_be_said(draw: Callable[[Canvas], None]) -> None:
    document = read(pdf(both(lines_at(SHOWN, 60), draw)), name="x.pdf")
    assert (SECRET in document.text, document.notices) == (True, ())


def test_letters_without_width_are_not_seen() -> None:
    document = read(pdf(both(lines_at(SHOWN, 60), text_at(10, width=0.001))), name="x.pdf")
    assert "zebrawood" not in document.text
    assert [notice.code for notice in document.notices] == ["hidden-text"]


@pytest.mark.parametrize("alpha", [1.0, 0.5])
def test_a_shape_without_end_costs_no_memory(alpha: float) -> None:
    def endless(canvas: Canvas) -> None:
        canvas.setFillAlpha(alpha)
        canvas.setStrokeAlpha(alpha)
        path = canvas.beginPath()
        path.moveTo(400, 300)
        for x, y in ((410, 310), (405, -9_000_000), (400, 320)):
            path.lineTo(x, y)
        path.close()
        canvas.drawPath(path, stroke=1, fill=1)

    data = pdf(both(lines_at(SHOWN, 60), endless))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert read(data, name="x.pdf").text.splitlines() == SHOWN
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40 * 1024  # kilobytes


def test_a_shape_without_end_hides_what_it_covers() -> None:
    def cover(canvas: Canvas) -> None:
        text_at(10)(canvas)
        canvas.setFillGray(1)
        canvas.rect(50, 390, 300, 9_000_000, stroke=0, fill=1)

    document = read(pdf(both(lines_at(SHOWN, 60, 300), cover)), name="x.pdf")
    assert document.text.splitlines() == SHOWN
    assert [notice.code for notice in document.notices] == ["hidden-text"]
