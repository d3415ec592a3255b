"""A pool in a file: one SQLite database, its tables, and transactions, whole or not at all.

What was committed outlives a crash and a power cut (WAL, synchronous = FULL). Any number of
processes read while one writes; a second writer waits. Deleted bytes are overwritten with zeros
(secure_delete), which `compact` completes.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from rolefit.errors import PoolError
from rolefit.pool.store import VERSION, WAIT, Store, Term

APPLICATION = 0x726F6C70  # "rolp": tells our file from another program's database
PAGE_BYTES = 8192
IN_MEMORY = 256 << 20  # bytes of a file that is written anew in memory
_MAGIC = b"SQLite format 3\0"
_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE makes (id INTEGER PRIMARY KEY, made_with TEXT NOT NULL UNIQUE);
CREATE TABLE entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given twice
    name TEXT NOT NULL UNIQUE,
    sha256 TEXT NOT NULL,      -- of the bytes that were read
    made INTEGER NOT NULL,     -- of makes
    added TEXT NOT NULL,       -- UTC
    facts TEXT NOT NULL        -- JSON, for filters and people
);
CREATE INDEX entry_bytes ON entries (sha256);
CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    document BLOB NOT NULL,    -- zlib of JSON
    hidden BLOB                -- the same with words that a person does not see, if it has any
);
CREATE TABLE profiles (        -- as in rolefit.cache
    id INTEGER PRIMARY KEY, facts TEXT NOT NULL, crc INTEGER NOT NULL, vectors BLOB NOT NULL
);
CREATE TABLE blocks (block INTEGER PRIMARY KEY, change INTEGER NOT NULL, records BLOB NOT NULL);
CREATE INDEX block_changes ON blocks (change);
CREATE TABLE terms (
    id INTEGER PRIMARY KEY, field TEXT NOT NULL, value TEXT NOT NULL, UNIQUE (field, value)
);
CREATE TABLE holds (
    term INTEGER NOT NULL, entry INTEGER NOT NULL, PRIMARY KEY (term, entry)
) WITHOUT ROWID;
CREATE INDEX held_by ON holds (entry);
CREATE VIRTUAL TABLE words USING fts5(skills, body, tokenize = 'unicode61 remove_diacritics 2')
"""


class SqliteStore(Store):
    db: sqlite3.Connection

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        """Use `SqliteStore.open`."""
        self.path = self.file = path
        self.name = str(path)
        self.db = connection

    @classmethod
    def open(cls, path: Path, fresh: dict[str, str] | None = None) -> SqliteStore:
        """Open the file, or make it with `fresh` as its meta if there is none. Raises PoolError."""
        _check_file(path, fresh is not None)
        with told(path):
            # SQLite gives its -wal and -shm files the mode of the file itself.
            os.close(os.open(path, os.O_RDWR | (os.O_CREAT if fresh else 0), 0o600))
            connection = sqlite3.connect(
                path, timeout=WAIT, isolation_level=None, check_same_thread=False
            )
            store = cls(path, connection)
            try:
                store._prepare(fresh)
            except BaseException:
                connection.close()
                raise
        return store

    def _prepare(self, fresh: dict[str, str] | None) -> None:
        self.db.execute(f"PRAGMA page_size = {PAGE_BYTES}")
        self.db.execute("PRAGMA secure_delete = ON")
        empty = not self._tables()
        if not empty:
            self._check_ours()
        self._use_wal()
        self.db.execute("PRAGMA synchronous = FULL")
        self.db.execute("PRAGMA cache_size = -16000")  # KiB
        self.db.execute("PRAGMA temp_store = MEMORY")  # nothing of anybody in other files
        if empty and fresh is not None:
            with self.transaction():
                if not self._tables():  # another process may have been first
                    self._make(fresh)
        self._check_ours()

    def _make(self, meta: dict[str, str]) -> None:
        for statement in _TABLES.split(";"):
            self.db.execute(statement)
        self.db.execute(f"PRAGMA application_id = {APPLICATION}")
        self.db.execute(f"PRAGMA user_version = {VERSION}")
        rows = [*meta.items(), ("change", "0")]
        self.db.executemany("INSERT INTO meta VALUES (?, ?)", rows)

    def _tables(self) -> list[str]:
        return [name for (name,) in self.db.execute("SELECT name FROM sqlite_master")]

    def _check_ours(self) -> None:
        if self.number("application_id") != APPLICATION:
            raise PoolError(
                f"{self.path}: expected a pool, got a database of another program. "
                "Choose another name"
            )
        if (version := self.number("user_version")) != VERSION:
            raise PoolError(
                f"{self.path}: expected a pool of format {VERSION}, got {version}. "
                "Open it with the version of rolefit that wrote it, or add its people to a new one"
            )

    def _use_wal(self) -> None:
        """SQLite does not apply its timeout to this switch."""
        end = time.monotonic() + WAIT
        while True:
            try:
                self.db.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > end:
                    raise
                time.sleep(0.01)

    def number(self, pragma: str) -> int:
        return int(self.db.execute(f"PRAGMA {pragma}").fetchone()[0])

    def size(self) -> int:
        beside = (self.path, Path(f"{self.path}-wal"))
        return sum(path.stat().st_size for path in beside if path.exists())

    def new_entry(self, id: int | None, values: Sequence[Any]) -> int:
        row = (id, *values)
        new = self.db.execute("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?)", row).lastrowid
        assert new is not None
        return new

    def blocks(self, since: int) -> Iterable[tuple[int, bytes]]:
        return self.db.execute("SELECT block, records FROM blocks WHERE change > ?", (since,))

    def ids(self, query: str, values: Sequence[Any]) -> str:
        # One text of all numbers: a row for each would take ten times as long.
        row = self.db.execute(f"SELECT group_concat(id) FROM ({query})", values).fetchone()
        return str(row[0] or "")

    def put_words(self, id: int, skills: str, body: str) -> None:
        row = (id, skills, body)
        self.db.execute("INSERT INTO words (rowid, skills, body) VALUES (?, ?, ?)", row)

    def count(self, term: Term, upto: int) -> int:
        query = "SELECT count(*) FROM words WHERE words MATCH ? AND rowid <= ?"
        return int(self.db.execute(query, (_match(term), upto)).fetchone()[0])

    def ranked(self, terms: Sequence[Term]) -> Iterable[int]:
        """By BM25."""
        query = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank, rowid"
        rows = self.db.execute(query, (" OR ".join(map(_match, terms)),))
        return (row[0] for row in rows)

    def faults(self) -> list[str]:
        lines = self.db.execute("PRAGMA integrity_check(20)").fetchall()
        return [f"the file: {line}" for (line,) in lines if line != "ok"]

    def word_faults(self) -> list[str]:
        try:
            self.db.execute("INSERT INTO words (words) VALUES ('integrity-check')")
        except sqlite3.DatabaseError as error:
            return [f"the index of words: {error}"]
        return []

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with self._between("BEGIN IMMEDIATE"):
            yield

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        with self._between("BEGIN"):
            yield

    @contextmanager
    def _between(self, begin: str) -> Iterator[None]:
        with told(self.path):
            self.db.execute(begin)
            try:
                yield
                self.db.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):  # a full disk may have rolled it back already
                    self.db.execute("ROLLBACK")
                raise

    def compact(self) -> bool:
        """Takes as much room again while it runs. False if somebody still reads the old bytes."""
        large = self.path.stat().st_size > IN_MEMORY
        with told(self.path):
            self.db.execute("INSERT INTO words (words) VALUES ('optimize')")
            # The copy that SQLite makes: in the system's folder for such, or, if small, in memory.
            self.db.execute(f"PRAGMA temp_store = {'FILE' if large else 'MEMORY'}")
            self.db.execute("VACUUM")
            (busy, _, _) = self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy

    def close(self) -> None:
        self.db.close()


def _match(term: Term) -> str:
    """As FTS5 is asked for it."""
    field, word = term
    return f'{field} : "{word}"'


@contextmanager
def told(path: Path) -> Iterator[None]:
    """What SQLite and the system complain of, as a PoolError that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise PoolError(f"{path}: {_cause(error)}") from error
    except OSError as error:
        raise PoolError(f"{path}: it cannot be opened ({error.strerror or error})") from error


def _cause(error: sqlite3.Error) -> str:
    said = str(error)
    if "full" in said or "disk I/O" in said:
        return (
            f"it cannot be written ({said}): the disk is full or fails. Whoever was said to be "
            "added is in it; make room and run the same command again"
        )
    if "locked" in said or "busy" in said:
        return f"another process has been writing to it for {WAIT:.0f} seconds. Try again later"
    if "readonly" in said:
        return "it may not be written. Check its permissions and those of its folder"
    if "no such module" in said:
        return "this Python's SQLite has no FTS5. Use another Python, such as python.org's"
    return (
        f"it is damaged, or no pool ({said}). See what holds: rolefit pool verify; "
        "then take a copy of it, or add its people to a new one"
    )


def _check_file(path: Path, may_make: bool) -> None:
    """Raises PoolError for what is surely no pool; nothing of it is touched."""
    if path.is_dir():
        raise PoolError(f"{path}: expected the file of a pool, got a folder. Name a file in it")
    try:
        with path.open("rb") as file:
            head = file.read(len(_MAGIC))
    except FileNotFoundError:
        if not may_make:
            raise PoolError(
                f"{path}: there is no such pool. Check the path, or begin one: "
                f"rolefit pool add {path} RESUMES"
            ) from None
        if not path.parent.is_dir():
            raise PoolError(f"{path}: there is no folder {path.parent}; make it first") from None
        return
    except (OSError, ValueError) as error:
        cause = getattr(error, "strerror", None) or error
        raise PoolError(f"{path}: it cannot be opened ({cause})") from error
    if head != _MAGIC and (head or not may_make):
        got = "a file of another kind" if head else "an empty file"
        raise PoolError(f"{path}: expected a pool, got {got}. Name another file")
