"""Rows of a text: cells parted by commas, semicolons, tabs or bars, or records of JSON."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

from rolefit.errors import DamagedFileError
from rolefit.reading import jsonresume, text
from rolefit.reading.columns import is_head, is_row, names_resume, tidy

_DELIMITERS = ",;\t|"
_HINT = re.compile(r"sep=(.)\r?\n")  # Excel writes this line, and hides it
_HEAD = 1 << 16  # bytes
_SAMPLE = 50  # rows that tell how columns are parted
_END = "end of the table"
_AGAIN = "Save it once more as CSV (UTF-8) or XLSX."


def parsed(source: str, name: str) -> list[list[str]]:
    """The rows, blank ones kept so that numbers stay. Raises DamagedFileError."""
    hint = _HINT.match(source)
    source = source[hint.end() :] if hint else source
    delimiter = hint[1] if hint else delimiter_of(source)
    before = csv.field_size_limit(max(len(source), csv.field_size_limit()))
    try:
        # A quote that is never closed would swallow this line too.
        whole = io.StringIO(f"{source}\n{_END}", newline="")
        rows = list(csv.reader(whole, delimiter=delimiter))
    except csv.Error as error:
        raise DamagedFileError(name, f"the table makes no sense ({error})", _AGAIN) from error
    finally:
        csv.field_size_limit(before)
    if rows.pop() != [_END]:
        cause = f"a quote in row {len(rows) + 1} of the table is never closed"
        raise DamagedFileError(name, cause, _AGAIN)
    return rows


def delimiter_of(source: str) -> str:
    """What parts the columns: that by which most rows have as many as the first, and several."""
    found, best = ",", (0, 0)
    for delimiter in _DELIMITERS:
        rows = sample(source, delimiter)
        width = len(rows[0]) if rows else 0
        same = sum(len(row) == width for row in rows)
        if width > 1 and (same, width) > best:
            found, best = delimiter, (same, width)
    return found


def sample(source: str, delimiter: str) -> list[list[str]]:
    """The first rows that are no blank lines; fewer where the table makes no sense."""
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(source, newline=""), delimiter=delimiter):
            rows += [row] if row else []
            if len(rows) == _SAMPLE:
                break
    except csv.Error:  # a field longer than the module takes; reading it says more
        pass
    return rows


def looks_like(head: str, whole: bool) -> bool:
    """Whether a text that begins like this is a table; `whole` if that is all of it."""
    hint = _HINT.match(head)
    if hint:
        return True
    delimiter = delimiter_of(head)
    rows = sample(head, delimiter)
    if not whole:
        rows = rows[:-1] or rows
    if not rows or len(rows[0]) < 2 or not is_head(rows[0]):
        return False
    if len(rows) < 3 and not names_resume(rows[0]):
        return False
    other = sum(len(row) != len(rows[0]) for row in rows)
    return other <= len(rows) / (10 if len(rows) > 10 else 4)


def is_table(data: bytes, columns: tuple[str, ...], named: bool) -> bool:
    """Whether it is one for whoever says so: by the name of a column, or of the file."""
    source = text.decode(data[:_HEAD])[0]
    rows = sample(source, delimiter_of(source))
    if not rows or (len(rows[0]) < 2 and not names_resume(rows[0])):
        return False
    head = {tidy(cell).lower() for cell in rows[0]}
    if any(tidy(column).lower() in head for column in columns):
        return True
    whole = rows[:-1] if len(data) > _HEAD else rows
    same = sum(len(row) == len(rows[0]) for row in whole)
    return named and len(whole) > 1 and same >= 0.9 * len(whole)


def json_rows(source: str) -> list[dict[str, Any]]:
    """The records, [] if it is neither a list of them nor lines of them."""
    found = jsonresume.load(source)
    if found is None:
        found = [jsonresume.load(line) for line in source.splitlines() if line.strip()]
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        return []
    return found


def holds_records(content: Any) -> bool:
    """Whether a list of JSON is a table: records with names that tables of people have."""
    if not isinstance(content, list) or not content or not isinstance(content[0], dict):
        return False
    return all(map(jsonresume.is_resume, content)) or is_row(list(content[0]))
