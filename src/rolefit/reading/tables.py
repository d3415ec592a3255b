"""Tables of candidates: CSV, TSV, XLSX, lines of JSON -> each row as a document.

Which column is the resume and which names the row is guessed where it is plain, and asked for where
it is not. Rows count as spreadsheets count them: the one with the names of the columns is row 1.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from rolefit.errors import DamagedFileError, EmptyDocumentError, ReadError
from rolefit.reading import jsonresume, sniff, text
from rolefit.reading.columns import Chosen, choose, tidy
from rolefit.reading.delimited import json_rows, parsed
from rolefit.reading.parts import Opening, Part
from rolefit.records import Notice

Row = Sequence[str]
_AGAIN = "Save it once more as CSV (UTF-8) or XLSX."


def from_csv(part: Part, opening: Opening) -> Iterator[Part | ReadError]:
    """Raises ColumnsError, DamagedFileError."""
    source, notices = text.decode(part.data)
    rows = parsed(source, part.name)
    yield from candidates(part.name, rows, opening, notices)


def from_json_rows(part: Part, opening: Opening) -> Iterator[Part | ReadError]:
    """A list of records, or a record on each line: resumes as data, or rows of a table."""
    source, notices = text.decode(part.data)
    records = json_rows(source)
    if all(map(jsonresume.is_resume, records)):
        for number, record in enumerate(records, start=1):
            opening.count()
            data = json.dumps(record, ensure_ascii=False).encode("utf-8", "surrogatepass")
            yield Part(f"{part.name}/row {number}", data, "json-resume", notices)
        return
    head = list(dict.fromkeys(key for record in records for key in record))
    rows = [head, *([_cell(record.get(key)) for key in head] for record in records)]
    yield from candidates(part.name, rows, opening, notices, first=0)


def _cell(value: Any) -> str:
    return "\n".join(jsonresume.texts(value))


def candidates(
    name: str,
    rows: Sequence[Row],
    opening: Opening,
    notices: tuple[Notice, ...] = (),
    first: int = 1,
) -> Iterator[Part | ReadError]:
    """Each row below the first that says something; `first` is the number of the first."""
    at = next((n for n, row in enumerate(rows) if any(cell.strip() for cell in row)), None)
    if at is None:
        raise EmptyDocumentError(name, "there is nothing in the table", "Check that it was saved.")
    head = [tidy(cell) for cell in rows[at]]
    below = [row for row in rows[at + 1 :] if any(row)]
    chosen = choose(name, head, below, opening.columns)
    taken: set[str] = set()
    for number, row in enumerate(rows[at + 1 :], start=first + at + 1):
        if not any(cell.strip() for cell in row):
            continue
        opening.count()
        label = f"{name}/{_label(row, number, chosen, taken)}"
        by_number = f"{name}/row {number}"
        if not opening.wants(label):
            if not opening.wants(by_number):
                continue
            label = by_number
        try:
            yield _row(label, row, number, head, chosen, notices)
        except ReadError as error:
            yield error


def _label(row: Row, number: int, chosen: Chosen, taken: set[str]) -> str:
    """What the row is called: by its id, as far as that tells it from others, else its number."""
    said = row[chosen.id].strip() if chosen.id is not None and chosen.id < len(row) else ""
    plain = " ".join("".join(c if c.isprintable() else " " for c in said).split())[:100]
    steps = [step for step in plain.replace("\\", "/").split("/") if step not in ("", ".", "..")]
    label = "/".join(steps) or f"row {number}"
    if label in taken:
        label = f"{label} (row {number})"
    taken.add(label)
    return label


def _row(
    label: str,
    row: Row,
    number: int,
    head: Sequence[str],
    chosen: Chosen,
    notices: tuple[Notice, ...],
) -> Part:
    if len(row) > len(head) and any(cell.strip() for cell in row[len(head) :]):
        raise DamagedFileError(
            label,
            f"row {number} has {len(row)} cells where the first has {len(head)}",
            "A text with the separator in it needs quotes around it; save the table once more.",
        )
    cells = [(head[at], row[at].strip() if at < len(row) else "") for at in chosen.text]
    said = [(column, cell) for column, cell in cells if cell]
    if not said:
        columns = " and ".join(f'"{column}"' for column, _ in cells)
        cause = f"row {number} says nothing in {columns}"
        raise EmptyDocumentError(label, cause, "Fill it in, or take the row out.")
    if len(cells) == 1:
        whole = said[0][1]
    else:
        whole = "\n\n".join(f"{column}\n{cell}" for column, cell in said)
    data = whole.encode("utf-8", "surrogatepass")
    kind = "html" if sniff.is_page(whole[: sniff._HEAD]) else "text"
    return Part(label, data, kind, notices)
