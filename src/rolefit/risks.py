"""What may go wrong where other programs read a resume or a job: columns, boxes, odd headings.

Each risk is something that rolefit itself has read, and that programs which read row by row, drop
page headers or look for certain headings are known to lose or to mix up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rolefit.language import sections
from rolefit.reading.shape import Shape
from rolefit.records import Document, ResumeFacts, Risk

_SPACED = re.compile(r"(?<!\S)(?:[^\W\d_] ){3,}[^\W\d_](?!\S)")
_SYMBOL = re.compile("[\ue000-\uf8ff\ufffd]")
_CONTACT = re.compile(r"[\w.+-]+@[\w-]+\.\w+|\+?\(?\d(?:[\d ().-]{7,})\d")
_HARMLESS = re.compile(r"(?:contact|personal)\b.*|references?\b.*|curriculum vitae|resume", re.I)
_MANY = 5  # things that a message names


def of_file(document: Document, shape: Shape) -> Iterator[Risk]:
    wide = [number for number, columns in enumerate(document.columns, 1) if columns > 1]
    if wide or shape.columns > 1:
        where = f" on page {', '.join(map(str, wide))}" if wide and document.pages > 1 else ""
        message = f"text in columns{where}: programs that read row by row mix them up"
        yield Risk("columns", message)
    if shape.tables:
        message = f"{_count(shape.tables, 'table')}: cells may be read in another order, or glued"
        yield Risk("tables", message)
    if shape.boxes:
        yield Risk("text-boxes", f"{_count(shape.boxes, 'text box', 'es')}: often left out")
    if shape.margins:
        if _CONTACT.search(shape.margins):
            message = "contact details stand in the page header or footer: often left out"
            yield Risk("contact-in-header", message)
        else:
            yield Risk("page-header", "text in the page header or footer: often left out")
    if shape.pictures:
        yield Risk(
            "pictures", f"{_count(shape.pictures, 'picture')}: what they say is read by none"
        )
    if shape.charts:
        yield Risk("charts", f"{_count(shape.charts, 'chart or diagram', '')}: read by hardly any")


def of_text(document: Document) -> Iterator[Risk]:
    text = document.text
    spaced = [match.span() for match in _SPACED.finditer(text)]
    if spaced or any(notice.code == "letter-spacing" for notice in document.notices):
        message = "words written with blanks between their letters are read as single letters"
        yield Risk("letter-spacing", message, tuple(spaced))
    if symbols := [match.span() for match in _SYMBOL.finditer(text)]:
        message = f"{_count(len(symbols), 'sign')} of a symbol font: shown elsewhere as boxes"
        yield Risk("symbols", message, tuple(symbols))


def of_resume(document: Document, facts: ResumeFacts, contacts: int) -> Iterator[Risk]:
    text = document.text
    found = list(sections.alone(text))
    headings = [(start, text[start : start + 100].partition("\n")[0]) for start, _ in found]
    everyday = {name for _, line in headings if (name := sections.everyday(line))}
    everyday |= set(sections.find(text).names) - {name for _, name in found}
    missing = [name for name in ("experience", "education") if name not in everyday]
    if missing:
        message = f"no heading that every program knows for {' and '.join(missing)}"
        yield Risk("no-heading", message)
    if odd := [
        (start, start + len(line.rstrip()))
        for start, line in headings
        if not sections.everyday(line) and not _HARMLESS.fullmatch(line.strip())
    ]:
        names = ", ".join(f'"{text[start:end].strip()}"' for start, end in odd[:_MANY])
        message = f"headings that programs may not know: {names}"
        yield Risk("odd-headings", message, tuple(odd))
    if undated := [(p.start, p.end) for p in facts.positions if p.first is None]:
        verb = "has" if len(undated) == 1 else "have"
        message = f"{_count(len(undated), 'position')} {verb} no dates that can be read"
        yield Risk("undated", message, tuple(undated))
    if facts.slips:
        spans = tuple((slip.start, slip.end) for slip in facts.slips)
        yield Risk("dates", "dates that cannot be, such as an end before the beginning", spans)
    if not contacts:
        yield Risk("no-contact", "no e-mail address and no telephone number were found")


def _count(number: int, noun: str, plural: str = "s") -> str:
    return f"{number:,} {noun}{'' if number == 1 else plural}"
