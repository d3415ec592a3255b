"""Whether a pool holds: the file, every profile, every record, and the index of words."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Sequence

import numpy as np

from rolefit.cache import unpack
from rolefit.pool import rows
from rolefit.pool.codes import NUMBERS, Board
from rolefit.pool.packing import unpack_document, unpack_facts
from rolefit.pool.store import Store

_SHOWN = 20  # problems of one kind that are told
_COUNTS = {"documents": "documents", "profiles": "profiles", "words": "indexed words"}


def problems(
    store: Store, board: Board, domains: Sequence[str], progress: Callable[[int, int], None] | None
) -> list[str]:
    """In words; empty if all holds."""
    if found := store.faults():  # whatever else is read of a broken file says little
        return found
    return _counted(store) + _people(store, board, domains, progress)


def _counted(store: Store) -> list[str]:
    found = []
    for table, what in _COUNTS.items():
        id = "rowid" if table == "words" else "id"
        for one, other, said in (
            ("entries", table, f"without {what}"),
            (table, "entries", f"of nobody: {what}"),
        ):
            left, right = ("id" if t == "entries" else id for t in (one, other))
            query = f"SELECT {left} FROM {one} WHERE {left} NOT IN (SELECT {right} FROM {other})"
            found += [f"number {n} is {said}" for (n,) in store.db.execute(query).fetchmany(_SHOWN)]
    return found


def _people(
    store: Store, board: Board, domains: Sequence[str], progress: Callable[[int, int], None] | None
) -> list[str]:
    found: list[str] = []
    ids = [id for (id,) in store.db.execute("SELECT id FROM entries ORDER BY id")]
    for id in set(np.flatnonzero(board.here).tolist()) - set(ids):
        found.append(f"number {id} is found by vectors and is nobody")
    for done, id in enumerate(ids, start=1):
        if cause := _person(store, board, domains, id):
            found.append(f"number {id}: {cause}")
        if progress:
            progress(done, len(ids))
    return found


def _person(store: Store, board: Board, domains: Sequence[str], id: int) -> str:
    """What does not hold of one person; "" if all does."""
    query = (
        "SELECT entries.facts, document, hidden, profiles.facts, crc, vectors, sha256 "
        "FROM entries JOIN documents USING (id) JOIN profiles USING (id) WHERE id = ?"
    )
    row = store.db.execute(query, (id,)).fetchone()
    if row is None:
        return ""  # counted already
    known = unpack(*row[3:6])
    if known is None:
        return "its vectors were altered"
    try:
        facts = unpack_facts(row[0])
        document = unpack_document(row[1])
        if row[2]:
            unpack_document(row[2])
    except (zlib.error, json.JSONDecodeError, KeyError, TypeError) as error:
        return f"its text or facts were altered ({error})"
    if document.sha256 != row[6]:
        return "its text is another document's"
    if id >= board.rows or not board.here[id]:
        return "it is not found by vectors"
    hidden = board.dtype["document"].shape[0] * 8
    made = rows.record_of(hidden, known[1], facts, domains)
    for name in NUMBERS:
        if not np.array_equal(made[name], board.columns[name][id], equal_nan=name == "years"):
            return f"its {name} are others in the index"
    for name in ("document", "title"):
        own = np.zeros(8 * board.words, np.uint8)
        own[: len(made[name])] = made[name]
        if not np.array_equal(own.view(np.uint64), board.codes[name][:, id]):
            return f"its code of the {name} is another one in the index"
    held = {
        (field, value)
        for field, value in store.db.execute(
            "SELECT field, value FROM holds JOIN terms ON term = terms.id WHERE entry = ?", (id,)
        )
    }
    if held != {(field, rows.plain(value)) for field, value in facts.values()}:
        return "its skills, licences or titles are others in the index"
    return ""
