"""Documents -> a pool: read on this thread, encoded on the encoder's, written in batches."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from threading import RLock
from typing import cast

import numpy as np

from rolefit.errors import PoolError, ReadError
from rolefit.intake import READ_WITH, Side, Source
from rolefit.language.taxonomy import shipped_sha256
from rolefit.matcher import Matcher
from rolefit.pool import rows, words
from rolefit.pool.facts import facts_of
from rolefit.pool.rows import Fresh
from rolefit.pool.store import Store
from rolefit.prepare import Job, Resume
from rolefit.reading import Part, from_text, read_part
from rolefit.records import Document, Notice

BATCH = 32  # documents written at once
SECONDS = 2.0  # for which a document that was read may wait to be written
MOST_DOMAINS = 64  # bits of a record


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one document."""

    kind: str  # "new", "replaced", or "same" where it was there already
    id: int
    name: str  # under which it is in the pool


@dataclass(frozen=True, slots=True)
class Added:
    """What became of all of them."""

    new: int
    replaced: int
    same: int


def meta(matcher: Matcher, side: str) -> dict[str, str]:
    """What a new pool says of itself."""
    names = matcher.domains.names if matcher.domains else ()
    return {
        "side": side,
        "encoder": matcher.bundle.encoder_sha256,
        "model": f"{matcher.bundle.name} {matcher.bundle.version}",
        "hidden": str(matcher.bundle.hidden_size),
        "domains": "\n".join(names[:MOST_DOMAINS]),
    }


def check_model(store: Store, matcher: Matcher) -> None:
    """Raises PoolError for a pool of another encoder, or with other professions."""
    new = f"{store.file.with_suffix('')}-new.pool" if store.file else "NEW"
    own = meta(matcher, "")
    for name, what in (("encoder", "vectors"), ("domains", "professions")):
        if store.meta(name) != own[name]:
            raise PoolError(
                f"{store.name}: its {what} are of the model {store.meta('model')} "
                f"({store.meta('encoder')[:12]}), and this one is {own['model']} "
                f"({own['encoder'][:12]}). Make a pool of this model from it: "
                f"rolefit pool renew {store.name} {new}"
            )


def made_with(matcher: Matcher) -> str:
    """What, besides the encoder, a profile depends on."""
    return f"{READ_WITH}:{shipped_sha256()}:{matcher.intake.as_of}"


def age_notices(store: Store, matcher: Matcher) -> tuple[Notice, ...]:
    """A notice where some were read by another version, whose scores may differ."""
    count = store.db.execute(
        "SELECT count(*) FROM entries WHERE made NOT IN (SELECT id FROM makes WHERE made_with = ?)",
        (made_with(matcher),),
    ).fetchone()[0]
    if not count:
        return ()
    message = (
        f"{count:,} were read by another version or for another month; their scores may differ "
        f"from those of `rolefit rank`. Read them anew: rolefit pool renew {store.name} NEW"
    )
    return (Notice("older-reading", message),)


def next_change(store: Store) -> int:
    """The number of this transaction, by which others know what to read again."""
    change = int(store.meta("change")) + 1
    store.db.execute("UPDATE meta SET value = ? WHERE name = 'change'", (str(change),))
    return change


def added(
    store: Store, lock: RLock, matcher: Matcher, side: str, sources: Iterable[Source],
    unread: list[ReadError] | None,
) -> Iterator[Change]:  # fmt: skip
    """Each change once it is safely written."""
    waiting: deque[tuple[Document, Document | None]] = deque()
    same: deque[Change] = deque()
    now = made_with(matcher)

    def to_prepare() -> Iterator[Document]:
        for document, hidden in _documents(matcher, side, sources, unread):
            with lock:
                known = _known(store, document, now)
            if known:
                same.append(known)
                continue
            waiting.append((document, hidden))
            yield document

    batch: list[Fresh] = []
    begun = 0.0
    for found in matcher.intake.whole(to_prepare(), cast(Side, side)):
        begun = begun if batch else time.monotonic()
        batch.append(fresh(matcher, found, waiting.popleft()[1]))
        if len(batch) >= BATCH or time.monotonic() - begun > SECONDS:
            yield from write(store, lock, matcher, batch)
            batch = []
        yield from _drained(same)
    yield from write(store, lock, matcher, batch)
    yield from _drained(same)


def fresh(matcher: Matcher, found: Resume | Job, hidden: Document | None) -> Fresh:
    domains = matcher.domains.of(found.profile.encoding.vector) if matcher.domains else ()
    return Fresh(
        document=found.document,
        hidden=hidden,
        notices=found.notices,
        profile=found.profile,
        facts=facts_of(found, domains[:MOST_DOMAINS]),
        skills=words.of_skills(found.profile.skills),
        words=words.of_text(found),
    )


def write(store: Store, lock: RLock, matcher: Matcher, batch: Sequence[Fresh]) -> list[Change]:
    """All of them in one transaction."""
    if not batch:
        return []
    now, hidden = made_with(matcher), matcher.bundle.hidden_size
    names = store.meta("domains").split("\n")
    changes: list[Change] = []
    records: dict[int, np.void | None] = {}
    with lock, store.transaction():
        change = next_change(store)
        store.db.execute("INSERT INTO makes (made_with) VALUES (?) ON CONFLICT DO NOTHING", (now,))
        (make,) = store.db.execute("SELECT id FROM makes WHERE made_with = ?", (now,)).fetchone()
        for one in batch:
            if known := _known(store, one.document, now):  # of this batch, or by another process
                changes.append(known)
                continue
            old = _to_replace(store, one.document)
            when = datetime.now(timezone.utc).isoformat(timespec="seconds")
            id = rows.insert(store, one, old, make, when)
            records[id] = rows.record_of(hidden, one.profile, one.facts, names)
            changes.append(Change("new" if old is None else "replaced", id, one.document.name))
        rows.write_records(store.db, hidden, records, change)
    return changes


def _known(store: Store, document: Document, now: str) -> Change | None:
    """Where the same bytes are there under this or another name, as they are read now."""
    row = store.db.execute(
        "SELECT entries.id, name FROM entries JOIN makes ON made = makes.id "
        "WHERE sha256 = ? AND made_with = ? ORDER BY name != ? LIMIT 1",
        (document.sha256, now, document.name),
    ).fetchone()
    return Change("same", *row) if row else None


def _to_replace(store: Store, document: Document) -> int | None:
    """Who has this name, or else these bytes as another version read them."""
    row = store.db.execute(
        "SELECT id FROM entries WHERE name = ? OR sha256 = ? ORDER BY name != ? LIMIT 1",
        (document.name, document.sha256, document.name),
    ).fetchone()
    return int(row[0]) if row else None


def _documents(
    matcher: Matcher, side: str, sources: Iterable[Source], unread: list[ReadError] | None
) -> Iterator[tuple[Document, Document | None]]:
    """Every document of the sources, and as it is with its hidden words, if it has any."""
    intake = matcher.intake
    for source in sources:
        if isinstance(source, Document):
            yield source, None
            continue
        if isinstance(source, str):
            text = from_text(source, name="text")
            yield replace(text, name=f"text {text.sha256[:12]}"), None
            continue
        # Whole paths: a pool is opened from many folders, and each has its own resume.pdf.
        name = source.name if isinstance(source, Part) else os.path.abspath(source)
        for part in intake.opened(source, name):
            try:
                if isinstance(part, ReadError):
                    raise part
                document = read_part(part, intake.limits)
                intake.check_kind(document, cast(Side, side))
                hidden = None
                if any(notice.code == "hidden-text" for notice in document.notices):
                    hidden = read_part(part, intake.limits, with_hidden=True)
                yield document, hidden
            except ReadError as error:
                if unread is None:
                    raise
                unread.append(error)


def _drained(changes: deque[Change]) -> Iterator[Change]:
    while changes:
        yield changes.popleft()
