"""People of a pool as records for other programs: JSON lines that `pool add` reads, or CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from rolefit.pool.packing import unpack_document
from rolefit.pool.rows import Entry, entry_of
from rolefit.pool.store import Db

COLUMNS = (
    "id", "name", "added", "domains", "level", "years", "degree", "country", "titles", "skills",
    "licences", "languages", "subjects", "resume",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Exported:
    """Somebody with the text."""

    entry: Entry
    text: str


def exported(db: Db, ids: Iterable[int]) -> list[Exported]:
    query = (
        "SELECT id, name, added, facts, document FROM entries JOIN documents USING (id) "
        "WHERE id = ?"
    )
    rows = (db.execute(query, (id,)).fetchone() for id in ids)
    return [Exported(entry_of(row[:4]), unpack_document(row[4]).text) for row in rows if row]


def json_line(one: Exported) -> str:
    entry = one.entry
    # Facts apart: a record with a name and skills of its own would be read as a JSON Resume.
    content = {
        "id": entry.id, "name": entry.name, "added": entry.added, "facts": asdict(entry.facts),
        "resume": one.text,
    }  # fmt: skip
    return json.dumps(content, ensure_ascii=False) + "\n"


def csv_head() -> str:
    return _csv(COLUMNS)


def csv_row(one: Exported) -> str:
    return _csv(_cell(value) for value in _record(one).values())


def _record(one: Exported) -> dict[str, object]:
    entry, facts = one.entry, one.entry.facts
    values = (
        entry.id, entry.name, entry.added, facts.domains, facts.level, facts.years, facts.degree,
        facts.country, facts.titles, facts.skills, facts.licences, facts.languages,
        facts.subjects, one.text,
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


def _cell(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(value)
    return "" if value is None else str(value)


def _csv(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue()
