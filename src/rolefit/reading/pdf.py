"""PDF: pdfium names and places every character, `layout` puts them in reading order.

pdfium's own text page is not used for words: on PDFs whose word gaps are made by moving the pen
(wkhtmltopdf, many others) it glues one word in five. Its characters, boxes and fonts, taken by
`textpage`, are what this file is built on; `seen` then leaves out what a person would not see.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from rolefit.errors import DamagedFileError, EmptyDocumentError, EncryptedError, ImageOnlyError
from rolefit.reading import drawing, pdfcost
from rolefit.reading.common import Extract, doubt_notice, hidden_notice, only_hidden, words
from rolefit.reading.directions import Letters, Sheet, sheet_of
from rolefit.reading.layout import order_of
from rolefit.reading.limits import Allowance
from rolefit.reading.margins import Margined, without_repeats
from rolefit.reading.seen import unseen
from rolefit.reading.textpage import Boxes, Codes, characters_of, take_advance_widths
from rolefit.records import Notice

_ONE_AT_A_TIME = threading.Lock()  # pdfium keeps global state and is not thread-safe
_TAIL = 2048  # bytes at the end in which a whole PDF carries its end mark; readers allow 1,024
_OUTLINES = 50  # paths on a page without text; fewer are rules, borders and backgrounds
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")
_SIDE = re.compile(rb"/(Width|Height)\s+(\d{1,9})\b(?!\s+\d+\s+R)")
_HEAVY = 100_000_000  # pixels of all pictures in a file
_SURROGATE = re.compile("[\ud800-\udfff]")
_AGAIN = (
    "Fetch or export it once more; if a viewer still opens it, print it to a new PDF from there."
)


def extract(data: bytes, allowance: Allowance, with_hidden: bool = False) -> Extract:
    """The text of every page, column by column; what a person would not see only `with_hidden`.

    Raises EncryptedError, DamagedFileError, LimitError, ImageOnlyError, EmptyDocumentError.
    """
    name = allowance.name
    if b"%%EOF" not in data[-_TAIL:] and b"startxref" not in data[-_TAIL:]:
        raise DamagedFileError(name, "the PDF breaks off: its end is missing", _AGAIN)
    pdfcost.check(data, allowance)
    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise _open_error(name, error) from error
        try:
            allowance.check_pages(len(document))
            reader = _Reader(document, allowance, with_hidden, _are_heavy(data))
            return reader.read()
        finally:
            document.close()


@dataclass(slots=True)
class _Reader:
    """One pass over the pages, and what there is to say about them."""

    document: pypdfium2.PdfDocument
    allowance: Allowance
    with_hidden: bool
    heavy: bool  # whether pictures are too large to be unpacked
    silent: list[int] = field(default_factory=list)  # pages that draw something, but no text
    scanned: list[int] = field(default_factory=list)  # pages whose text was recognised
    hidden: dict[int, int] = field(default_factory=dict)  # page -> words left out
    why: list[str] = field(default_factory=list)
    doubted: dict[int, int] = field(default_factory=dict)  # page -> words that are hard to see
    doubts: list[str] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)  # side by side, of each page
    late: list[tuple[int, str]] = field(default_factory=list)  # page, narrow column beside the main

    def read(self) -> Extract:
        sheets = [self._page(index) for index in range(len(self.document))]
        if not sheets:
            raise DamagedFileError(self.allowance.name, "the PDF has no pages", _AGAIN)
        pages = self._in_order(sheets)
        if not any(page.strip() for page in pages):
            raise self._nothing()
        notices = []
        if self.silent:
            notices.append(_silent_notice(self.silent, len(pages)))
        if self.scanned:
            notices.append(_scan_notice(self.scanned))
        if self.hidden:
            notices.append(hidden_notice(sum(self.hidden.values()), self.why, list(self.hidden)))
        if self.doubted:
            total = sum(self.doubted.values())
            notices.append(doubt_notice(total, self.doubts, list(self.doubted)))
        return Extract(tuple(pages), tuple(notices), tuple(self.late), columns=tuple(self.columns))

    def _in_order(self, sheets: Sequence[Sheet]) -> list[str]:
        """The text of every page, without what all of them repeat."""
        texts, aside = [], set()
        bodies = without_repeats([Margined(s.pieces, s.bottom, s.top) for s in sheets])
        for number, (sheet, body) in enumerate(zip(sheets, bodies, strict=True), start=1):
            # The main column may run on over the page, in the middle of a sentence.
            beside: list[str] | None = [] if number < len(sheets) else None
            columns = [1]
            lines = order_of(body, self.allowance.check_clock, beside, columns)
            lines += [line for line in sheet.aside if line not in aside]
            aside.update(sheet.aside)
            texts.append(_whole("\n".join(lines)))
            self.columns.append(max(columns))
            if beside:
                self.late.append((number, _whole("\n".join(beside))))
        return texts

    def _page(self, index: int) -> Sheet:
        self.allowance.check_clock()
        try:
            page = self.document[index]
        except pypdfium2.PdfiumError as error:
            cause = f"page {index + 1} of the PDF cannot be read"
            raise DamagedFileError(self.allowance.name, cause, _AGAIN) from error
        try:
            sheet = self._sheet(page, index + 1)
            if sheet.is_blank and _shows_something(page):
                self.silent.append(index + 1)
            return sheet
        finally:
            page.close()

    def _sheet(self, page: pypdfium2.PdfPage, number: int) -> Sheet:
        try:
            textpage = page.get_textpage()
        except pypdfium2.PdfiumError as error:
            cause = "the text of a page of the PDF cannot be read"
            raise DamagedFileError(self.allowance.name, cause, _AGAIN) from error
        try:
            codes, boxes, places = characters_of(textpage, self.allowance)
            if not self.with_hidden:
                shown = self._shown(page, textpage, number, codes, boxes, places)
                codes, boxes, places = codes[shown], boxes[shown], places[shown]
            take_advance_widths(textpage, places, codes, boxes)
            tick = self.allowance.check_clock
            return sheet_of(page, textpage, Letters(codes, boxes, places), tick)
        finally:
            textpage.close()

    def _shown(
        self,
        page: pypdfium2.PdfPage,
        textpage: pypdfium2.PdfTextPage,
        number: int,
        codes: Codes,
        boxes: Boxes,
        places: Codes,
    ) -> npt.NDArray[np.bool_]:
        """(n,) which characters a person sees; takes note of the others."""
        sheet = drawing.Page.of(page, textpage)
        found = unseen(sheet, codes, boxes, places, self.allowance, self.heavy)
        if found.recognised:
            self.scanned.append(number)
        hidden = found.hidden

        def count(which: npt.NDArray[np.bool_]) -> int:
            if not which.any():
                return 0
            letters = Letters(codes[which], boxes[which], places[which])
            return words(sheet_of(page, textpage, letters, self.allowance.check_clock).text)

        if left_out := count(hidden):
            self.hidden[number] = left_out
            self.why += [reason for reason in found.why if reason not in self.why]
        if hard := count(found.doubtful):
            self.doubted[number] = hard
            self.doubts += [reason for reason in found.doubts if reason not in self.doubts]
        return ~hidden

    def _nothing(self) -> Exception:
        name, count = self.allowance.name, sum(self.hidden.values())
        if count:
            return only_hidden(name, count)
        if self.silent:
            return ImageOnlyError(
                name,
                "its pages are pictures without a text layer (a scan or photo)",
                "Run text recognition (OCR) over it, or export it as PDF from the program it was "
                "written in.",
            )
        return EmptyDocumentError(name, "its pages are blank", "Check that it is the right file.")


def _whole(text: str) -> str:
    """Characters beyond the first plane put together from their halves."""
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _shows_something(page: pypdfium2.PdfPage) -> bool:
    """Whether a page without text holds a picture, or letters drawn as outlines."""
    count = pdfium.FPDFPage_CountObjects(page)
    kinds = [pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page, i)) for i in range(count)]
    pictures = {pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM, pdfium.FPDF_PAGEOBJ_SHADING}
    return any(kind in pictures for kind in kinds) or count > _OUTLINES


def _silent_notice(silent: list[int], total: int) -> Notice:
    numbers = ", ".join(map(str, silent))
    message = f"Of {total} pages, these are pictures without text and were not read: {numbers}."
    return Notice("pages-without-text", message)


def _scan_notice(pages: Iterable[int]) -> Notice:
    numbers = ", ".join(map(str, pages))
    message = (
        f"The words of scanned pages ({numbers}) are what text recognition (OCR) made of them."
    )
    return Notice("ocr-layer", message)


def _open_error(name: str, error: pypdfium2.PdfiumError) -> Exception:
    if error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
        return EncryptedError(
            name, "the PDF asks for a password", "Save a copy without a password and try again."
        )
    return DamagedFileError(name, "the PDF is damaged or breaks off", _AGAIN)


def _are_heavy(data: bytes) -> bool:
    """Whether the file's pictures are too large to be unpacked, or hide how large they are."""
    total = 0
    for match in _PICTURE.finditer(data):
        begin = data.rfind(b" obj", max(0, match.start() - 4096), match.start())
        header = data[max(begin, 0) : match.end() + 4096].split(b"stream", 1)[0]
        sides = dict(_SIDE.findall(header))
        if len(sides) < 2:
            return True
        total += int(sides[b"Width"]) * int(sides[b"Height"])
    return total > _HEAVY
