"""Pictures and scans: read by machine and marked so, or refused with what would read them."""

from __future__ import annotations

import io
import shutil

import makers
import pypdfium2 as pdfium
import pytest
from reportlab.lib.utils import ImageReader

from rolefit.errors import ImageOnlyError
from rolefit.reading import programs, read

LINES = ["Ines Calvo, dialysis nurse", "Harbour Clinic since March 2018", "Runs twelve stations"]
needs = pytest.mark.skipif(not shutil.which("tesseract"), reason="tesseract is not installed")


def scan(format: str) -> bytes:
    page = pdfium.PdfDocument(makers.pdf(makers.lines_at(LINES, 60, step=30)))[0]
    picture = page.render(scale=200 / 72).to_pil().convert("L")
    buffer = io.BytesIO()
    picture.save(buffer, format)
    return buffer.getvalue()


def printed() -> bytes:
    picture = ImageReader(io.BytesIO(scan("PNG")))
    return makers.pdf(lambda canvas: canvas.drawImage(picture, 0, 0, 595, 842))


@needs
@pytest.mark.parametrize("format", ["PNG", "JPEG", "TIFF", "PDF"])
def test_a_picture_of_a_page_is_read_by_machine_and_says_so(format: str) -> None:
    document = read(printed() if format == "PDF" else scan(format), name="scan")
    words = " ".join(document.text.split())
    assert all(line in words for line in LINES)
    assert [notice.code for notice in document.notices] == ["machine-read"]
    assert document.kind == ("pdf" if format == "PDF" else "picture")


@pytest.mark.parametrize("format", ["PNG", "JPEG", "TIFF", "PDF"])
def test_without_tesseract_the_message_names_it(
    format: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(programs.shutil, "which", lambda name: None)
    with pytest.raises(ImageOnlyError, match="install tesseract"):
        read(printed() if format == "PDF" else scan(format), name="scan")


@pytest.mark.parametrize(
    "data",
    [makers.PNG, b"\x89PNG\r\n\x1a\n" + b"0" * 40, b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(90)],
)
def test_a_picture_without_words_is_refused(data: bytes) -> None:
    with pytest.raises(ImageOnlyError, match="it is a picture"):
        read(data, name="logo.png")
