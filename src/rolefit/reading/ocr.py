"""Pictures and scans, by tesseract where it is installed: what is read so is marked as such.

Measured against rapidocr on 30 printed pages (docs/log.md): fewer words lost in a fraction of the
time, and nothing to install beside the program.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from rolefit.errors import ImageOnlyError
from rolefit.reading import programs
from rolefit.reading.common import Extract
from rolefit.reading.limits import Allowance
from rolefit.records import Notice

INSTALL = (
    "Save the original text instead, or install tesseract (tesseract-ocr in Debian, tesseract in "
    "Homebrew), with which rolefit reads pictures by itself."
)
_SCALE = 300 / 72  # dots for each point of a page
_SIDE = 5000  # dots of the longer side; an A4 page has 3,508
_SCAN = "its pages are pictures without a text layer (a scan or photo)"
_NONE = "Ask for the original text."


def installed() -> str | None:
    return programs.find("tesseract")


def from_picture(data: bytes, allowance: Allowance) -> Extract:
    """A PNG, JPEG or TIFF. Raises ImageOnlyError, LimitError."""
    return _read((data,), allowance, "it is a picture, not a text")


def from_pdf(data: bytes, allowance: Allowance) -> Extract:
    """A PDF whose pages are pictures. Raises ImageOnlyError, LimitError."""
    return _read(_pages(data, allowance), allowance, _SCAN)


def _pages(data: bytes, allowance: Allowance) -> Iterable[bytes]:
    """Each page as a grey PGM, which needs no library to be written."""
    import pypdfium2 as pdfium  # type: ignore[import-untyped]

    with pdfium.PdfDocument(data) as document:
        for page in document:
            scale = min(_SCALE, _SIDE / max(*page.get_size(), 1.0))
            bitmap = page.render(scale=scale, grayscale=True)
            rows = bitmap.to_numpy().reshape(bitmap.height, -1)[:, : bitmap.width]
            yield b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + rows.tobytes()
            allowance.check_clock()


def _read(pictures: Iterable[bytes], allowance: Allowance, cause: str) -> Extract:
    program = installed()
    if program is None:
        raise ImageOnlyError(allowance.name, cause, INSTALL)
    texts: list[str] = []
    with TemporaryDirectory(prefix="rolefit-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        for picture in pictures:
            (folder / "page").write_bytes(picture)
            said = programs.run((program, "page", "stdout", "-l", "eng"), folder, allowance)
            texts.append(said.decode("utf-8", "replace").replace("\f", ""))
    if not any(text.strip() for text in texts):
        raise ImageOnlyError(allowance.name, cause, f"No words were recognised in it. {_NONE}")
    message = "It was read by machine from pictures of its pages: words may be wrong or missing."
    return Extract(tuple(texts), (Notice("machine-read", message),))
