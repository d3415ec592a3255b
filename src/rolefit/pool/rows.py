"""One person of a pool, in and out of the tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np

from rolefit.cache import checksum, pack, unpack
from rolefit.errors import PoolError
from rolefit.intake import Prepared
from rolefit.pool import codes
from rolefit.pool.country import packed
from rolefit.pool.facts import Facts
from rolefit.pool.packing import pack_document, pack_facts, unpack_document, unpack_facts
from rolefit.pool.store import Db, Store
from rolefit.records import Document, Notice, Profile

_TABLES = (("words", "rowid"), ("holds", "entry"), ("profiles", "id"), ("documents", "id"))


@dataclass(frozen=True, slots=True)
class Entry:
    """What a pool says of one of its people (or jobs)."""

    id: int
    name: str  # of the document, by which it was added
    added: str  # when, UTC
    facts: Facts


@dataclass(frozen=True, slots=True, eq=False)
class Fresh:
    """A document that was read and prepared, to be written."""

    document: Document
    hidden: Document | None
    notices: tuple[Notice, ...]
    profile: Profile
    facts: Facts
    skills: str  # for the lexical index
    words: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A document as it lies in a pool, unpacked where a score needs its text."""

    packed: bytes
    hidden: bytes | None

    def document(self, with_hidden: bool) -> Document:
        return unpack_document(self.hidden if with_hidden and self.hidden else self.packed)


def insert(store: Store, fresh: Fresh, id: int | None, made: int, added: str) -> int:
    """Write one person, over whoever has that `id`; returns the id."""
    db = store.db
    if id is not None:
        delete(db, [id])
    document, facts = fresh.document, pack_facts(fresh.facts)
    id = store.new_entry(id, (document.name, document.sha256, made, added, facts))
    hidden = pack_document(fresh.hidden) if fresh.hidden else None
    db.execute("INSERT INTO documents VALUES (?, ?, ?)", (id, pack_document(document), hidden))
    said, vectors = pack(fresh.notices, fresh.profile)
    checked = (id, said, checksum(said, vectors), vectors)
    db.execute("INSERT INTO profiles VALUES (?, ?, ?, ?)", checked)
    store.put_words(id, fresh.skills, fresh.words)
    values = {(field, plain(value)) for field, value in fresh.facts.values()}
    db.executemany(
        "INSERT INTO terms (field, value) VALUES (?, ?) ON CONFLICT DO NOTHING", sorted(values)
    )
    db.executemany(
        "INSERT INTO holds SELECT id, ? FROM terms WHERE field = ? AND value = ?",
        [(id, *value) for value in sorted(values)],
    )
    return id


def delete(db: Db, ids: Sequence[int]) -> None:
    """Everything about these people, but their records (see `write_records`)."""
    for id in ids:
        terms = db.execute("SELECT term FROM holds WHERE entry = ?", (id,)).fetchall()
        for table, column in _TABLES:
            db.execute(f"DELETE FROM {table} WHERE {column} = ?", (id,))
        db.execute("DELETE FROM entries WHERE id = ?", (id,))
        # A title that nobody else has may name the person.
        db.executemany(
            "DELETE FROM terms WHERE id = ? AND NOT EXISTS "
            "(SELECT 1 FROM holds WHERE term = terms.id)",
            terms,
        )


def write_records(db: Db, hidden: int, records: dict[int, np.void | None], change: int) -> None:
    """Put records into their blocks; None takes one out."""
    dtype = codes.record(hidden)
    by_block: dict[int, list[int]] = {}
    for id in records:
        by_block.setdefault(id // codes.BLOCK, []).append(id)
    for block, ids in by_block.items():
        row = db.execute("SELECT records FROM blocks WHERE block = ?", (block,)).fetchone()
        rows = np.zeros(codes.BLOCK, dtype)
        if row:
            rows[:] = np.frombuffer(row[0], dtype)
        for id in ids:
            record = records[id]
            rows[id % codes.BLOCK] = np.zeros((), dtype) if record is None else record
        db.execute(
            "INSERT INTO blocks VALUES (?, ?, ?) ON CONFLICT (block) "
            "DO UPDATE SET change = excluded.change, records = excluded.records",
            (block, change, rows.tobytes()),
        )


def record_of(hidden: int, profile: Profile, facts: Facts, domains: Sequence[str]) -> np.void:
    """What the board holds of a person; whoever names no title is compared by the whole text."""
    made = np.zeros((), codes.record(hidden))
    made["document"] = codes.code(profile.encoding.vector)
    made["title"] = codes.code(
        profile.titles[0] if len(profile.titles) else profile.encoding.vector
    )
    made["years"] = np.nan if profile.years is None else profile.years
    made["level"], made["degree"] = profile.level, profile.education
    made["country"] = packed(facts.country)
    for name in facts.domains:
        made["domains"] |= np.uint64(1) << np.uint64(domains.index(name))
    made["here"] = 1
    return cast(np.void, made[()])


def prepared(store: Store, ids: Iterable[int]) -> list[tuple[int, Prepared]]:
    """People ready to be compared, in the order given; ids that nobody has are left out."""
    found = []
    query = (
        "SELECT name, sha256, document, hidden, profiles.facts, crc, vectors FROM profiles "
        "JOIN entries USING (id) JOIN documents USING (id) WHERE id = ?"
    )
    for id in ids:
        row: tuple[Any, ...] | None = store.db.execute(query, (int(id),)).fetchone()
        if row is None:
            continue
        known = unpack(*row[4:])
        if known is None:
            raise PoolError(
                f"{store.name}: what is kept of {row[0]} was altered or has rotten. See what "
                "holds: rolefit pool verify; then remove it and add it again"
            )
        found.append((int(id), Prepared(row[0], *known, Kept(row[2], row[3]), row[1])))
    return found


def entries(db: Db, ids: Iterable[int]) -> list[Entry]:
    query = "SELECT id, name, added, facts FROM entries WHERE id = ?"
    rows = (db.execute(query, (int(id),)).fetchone() for id in ids)
    return [entry_of(row) for row in rows if row]


def entry_of(row: tuple[int, str, str, str]) -> Entry:
    return Entry(*row[:3], unpack_facts(row[3]))


def plain(value: str) -> str:
    """As values are compared: "Registered  Nurse" and "registered nurse" are one."""
    return " ".join(value.split()).casefold()
