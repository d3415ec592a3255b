"""XLSX -> rows of text, as far as a table of candidates needs it: cells as they are stored.

No library: python-calamine and openpyxl both make a sheet of a few bytes with one cell in its last
corner a table of millions of cells, and neither has limits on what is unpacked (docs/log.md).
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace

from rolefit.errors import ColumnsError, DamagedFileError, EmptyDocumentError, LimitError, ReadError
from rolefit.reading.archives import unzipped
from rolefit.reading.limits import Allowance
from rolefit.reading.parts import Opening, Part
from rolefit.reading.tables import candidates
from rolefit.reading.xmltree import local, parse

_COLUMNS = 500  # of a sheet
_ROWS = 1_048_576  # the most that Excel has
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")  # how OOXML writes signs that XML has not
_AGAIN = "Save it once more, or as CSV (UTF-8)."
Sheet = list[list[str]]


def from_xlsx(part: Part, opening: Opening) -> Iterator[Part | ReadError]:
    """The rows of its sheets. Of several, each is a table of its own, by its name."""
    # A sheet of thousands of resumes is larger than one document may be.
    limits = replace(opening.limits, bytes=opening.limits.expanded_bytes)
    allowance = Allowance(part.name, limits)
    with zipfile.ZipFile(io.BytesIO(part.data)) as archive:
        sheets = {name: rows for name, rows in _sheets(archive, allowance).items() if any(rows)}
    if not sheets:
        raise EmptyDocumentError(part.name, "the workbook is empty", "Check that it was saved.")
    refused: list[ReadError] = []
    for name, rows in sheets.items():
        label = part.name if len(sheets) == 1 else f"{part.name}/{name}"
        try:
            yield from candidates(label, rows, opening)
        except ColumnsError as error:  # a sheet of notes beside the table is no fault
            refused.append(error)
    if len(refused) == len(sheets):
        raise refused[0]


def _sheets(archive: zipfile.ZipFile, allowance: Allowance) -> dict[str, Sheet]:
    """Rows by the sheet's name, hidden sheets left out."""
    main = "xl/workbook.xml"
    targets = _relations(archive, allowance)
    named: list[tuple[str, str]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "sheet" and attributes.get("state", "visible") == "visible":
            key = next((v for k, v in attributes.items() if local(k) == "id"), "")
            named.append((attributes.get("name", "sheet").replace("/", "-"), targets.get(key, "")))

    _parse(archive, main, allowance, start)
    strings = _strings(archive, allowance)
    return {name: _rows(archive, member, strings, allowance) for name, member in named if member}


def _relations(archive: zipfile.ZipFile, allowance: Allowance) -> dict[str, str]:
    found: dict[str, str] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            target = posixpath.join("/xl", attributes.get("Target", ""))
            found[attributes.get("Id", "")] = posixpath.normpath(target).lstrip("/")

    _parse(archive, "xl/_rels/workbook.xml.rels", allowance, start)
    return found


def _strings(archive: zipfile.ZipFile, allowance: Allowance) -> list[str]:
    """The texts that cells refer to; what is written above characters is left out."""
    found: list[str] = []
    if "xl/sharedStrings.xml" not in archive.namelist():
        return found
    words = _Words()

    def start(tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        if name == "si":
            words.clear()
        words.enter(name)

    def end(tag: str) -> None:
        name = local(tag)
        words.leave(name)
        if name == "si":
            found.append(words.text())

    _parse(archive, "xl/sharedStrings.xml", allowance, start, end, words.add)
    return found


class _Words:
    """The text in <t>, but not of <rPh>, a reading aid."""

    def __init__(self) -> None:
        self._runs: list[str] = []
        self._open = False
        self._aside = False

    def clear(self) -> None:
        self._runs.clear()

    def enter(self, name: str) -> None:
        self._aside = self._aside or name == "rPh"
        self._open = name in ("t", "v") and not self._aside

    def leave(self, name: str) -> None:
        self._open = False
        self._aside = self._aside and name != "rPh"

    def add(self, run: str) -> None:
        if self._open:
            self._runs.append(run)

    def text(self) -> str:
        return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), "".join(self._runs))


def _rows(archive: zipfile.ZipFile, member: str, strings: list[str], allowance: Allowance) -> Sheet:
    rows: Sheet = []
    words = _Words()
    at = (0, 0)  # row and column of the open cell
    kind = ""

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal at, kind
        name = local(tag)
        if name == "row":
            number = int(attributes.get("r") or len(rows) + 1) - 1
            if not len(rows) <= number < _ROWS:
                raise DamagedFileError(allowance.name, "its rows are in disorder", _AGAIN)
            rows.extend([] for _ in range(number + 1 - len(rows)))
            at = (number, -1)
        elif name == "c":
            place = _CELL.fullmatch(attributes.get("r", ""))
            column = _column(place[1]) if place else at[1] + 1
            if column >= _COLUMNS or not rows:
                cause = f"a sheet has more than {_COLUMNS} columns"
                raise LimitError(allowance.name, cause, "Keep those that matter.")
            at, kind = (len(rows) - 1, column), attributes.get("t", "n")
            words.clear()
        words.enter(name)

    def end(tag: str) -> None:
        name = local(tag)
        words.leave(name)
        if name == "c" and (said := _value(words.text(), kind, strings)):
            row = rows[at[0]]
            row.extend("" for _ in range(at[1] + 1 - len(row)))
            row[at[1]] = said

    _parse(archive, member, allowance, start, end, words.add)
    return rows


def _column(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _value(said: str, kind: str, strings: list[str]) -> str:
    if kind == "s":
        index = int(said) if said.isdigit() else -1
        return strings[index] if 0 <= index < len(strings) else ""
    if kind == "b":
        return "yes" if said == "1" else "no"
    return "" if kind == "e" else said


def _parse(  # type: ignore[no-untyped-def]
    archive: zipfile.ZipFile, member: str, allowance: Allowance, start,
    end=lambda tag: None, characters=lambda run: None,
) -> None:  # fmt: skip
    try:
        info = archive.getinfo(member)
    except KeyError as error:
        cause = f"its part {member} is missing"
        raise DamagedFileError(allowance.name, cause, _AGAIN) from error
    try:
        parse(unzipped(archive, info, allowance), allowance, start, end, characters)
    except ValueError as error:  # a number that is none
        cause = f"its part {member} makes no sense ({error})"
        raise DamagedFileError(allowance.name, cause, _AGAIN) from error
