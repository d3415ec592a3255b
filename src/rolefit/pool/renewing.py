"""A pool -> the same people in a new pool, read and encoded by another version or model.

The old one is only read. What is in the new one already is left, so that it can be gone on with.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import RLock
from typing import cast

from rolefit.errors import PoolError
from rolefit.intake import Side
from rolefit.matcher import Matcher
from rolefit.pool import adding
from rolefit.pool.packing import unpack_document
from rolefit.pool.store import Store, is_url, open_store
from rolefit.records import Document


def renewed(
    old: str | os.PathLike[str],
    new: str | os.PathLike[str],
    matcher: Matcher | None = None,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Write everybody of the pool `old` into the pool `new` with the matcher's model.

    Texts are those that were read when they were added. Numbers (ids) are given anew. Returns how
    many are in `new`. Raises PoolError.
    """
    files = not (is_url(old) or is_url(new))
    if old == new or (files and Path(new).exists() and os.path.samefile(old, new)):
        raise PoolError(f"{new}: expected the name of a new pool, got the old one's")
    matcher = matcher or Matcher.load()
    source = open_store(old)
    try:
        side = source.meta("side")
        target = open_store(new, adding.meta(matcher, side))
        try:
            adding.check_model(target, matcher)
            if target.meta("side") != side:
                raise PoolError(f"{new}: it is there already, and no pool of the same kind")
            return _copied(source, target, matcher, side, progress)
        finally:
            target.close()
    finally:
        source.close()


def _copied(
    source: Store, target: Store, matcher: Matcher, side: str,
    progress: Callable[[int, int], None] | None,
) -> int:  # fmt: skip
    (total,) = source.db.execute("SELECT count(*) FROM entries").fetchone()
    (known,) = target.db.execute("SELECT count(*) FROM entries").fetchone()
    hidden: list[Document | None] = []
    now = adding.made_with(matcher)

    def documents() -> Iterator[Document]:
        for document, shown in _kept(source):
            row = target.db.execute(
                "SELECT 1 FROM entries JOIN makes ON made = makes.id "
                "WHERE name = ? AND sha256 = ? AND made_with = ?",
                (document.name, document.sha256, now),
            ).fetchone()
            if not row:
                hidden.append(shown)
                yield document

    batch, done, lock = [], 0, RLock()
    for found in matcher.intake.whole(documents(), cast(Side, side)):
        batch.append(adding.fresh(matcher, found, hidden.pop(0)))
        if len(batch) == adding.BATCH:
            done += len(adding.write(target, lock, matcher, batch))
            batch = []
            if progress:
                progress(min(known + done, total), total)
    adding.write(target, lock, matcher, batch)
    return int(target.db.execute("SELECT count(*) FROM entries").fetchone()[0])


def _kept(source: Store) -> Iterator[tuple[Document, Document | None]]:
    """Document by document, so that no read of the old pool stays open for hours."""
    last = 0
    query = "SELECT id, document, hidden FROM documents WHERE id > ? ORDER BY id LIMIT 1"
    while row := source.db.execute(query, (last,)).fetchone():
        last = row[0]
        yield unpack_document(row[1]), unpack_document(row[2]) if row[2] else None
