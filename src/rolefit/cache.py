"""Profiles by content hash, kept between runs in one SQLite file.

What is kept: vectors, names of skills and licences, numbers (years, levels, token counts), hashes
of every eight words in a row (they tell a pasted advert), the reader's notices, and as keys the
SHA-256 of the document and of what it was read with. What is never kept: text, file names, scores.
A profile is not text, yet it says what a text is about, so the file is for its owner alone (mode
0600, its folder 0700) and may be deleted at any time.

A cache must never be the reason that a ranking fails: a full disk, a read-only folder or a lock
that is never given back end the caching of this run, and `problem` says so. A damaged file is set
aside and begun anew.
"""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any

import numpy as np

from rolefit import settings
from rolefit.records import Ask, Encoding, Notice, Profile

MIB = 1024 * 1024
VERSION = 3  # of the table; another one is dropped and made again
APPLICATION = 0x726F6C65  # "role": tells our file from another program's database
BUSY_SECONDS = 5.0
PAGE_BYTES = 32 * 1024  # an entry is some 100 KB; SQLite's usual 4 KB would cut it in 40 pieces
KEEP = 0.8  # share of max_bytes left after a clearing, so that it does not clear at every put
TOUCHES = 10_000  # times of use held back before they are written

_TABLES = """
CREATE TABLE encodings (
    key TEXT PRIMARY KEY,
    facts TEXT NOT NULL,      -- JSON: the profile's fields but its vectors, and the notices
    crc INTEGER NOT NULL,     -- of both: a rotten bit must not become a score
    vectors BLOB NOT NULL     -- little endian: the document's as float32, then the titles' and
                              -- the lines' as float16, then hashes as uint32
);
CREATE TABLE uses (           -- apart, because writing a row rewrites its blob
    key TEXT PRIMARY KEY,
    bytes INTEGER NOT NULL,
    used INTEGER NOT NULL     -- nanoseconds since 1970, of the last use
) WITHOUT ROWID;
"""
_GET = "SELECT facts, crc, vectors FROM encodings WHERE key = ?"
_PUT = "INSERT OR REPLACE INTO encodings VALUES (?, ?, ?, ?)"
_USE = "INSERT OR REPLACE INTO uses VALUES (?, ?, ?)"
_TOUCH = "UPDATE uses SET used = max(used, ?) WHERE key = ?"

log = logging.getLogger("rolefit")


class Cache:
    """Encodings kept between runs; threads and processes may share one file.

    `problem` is None, or why this run goes on without caching.
    """

    def __init__(self, path: Path, max_bytes: int) -> None:
        """Use `Cache.open`."""
        self.path = path
        self.max_bytes = max_bytes
        self.problem: str | None = None
        self._lock = Lock()
        self._used: dict[str, int] = {}
        self._connection: sqlite3.Connection | None = None

    @classmethod
    def open(cls, path: Path | None = None, max_bytes: int = 512 * MIB) -> Cache:
        """Open or make the file, by default in the user's cache folder. Never raises for the file's
        sake: see `problem`."""
        try:
            cache = cls(path or settings.cache_file(), max_bytes)
        except RuntimeError as error:  # no home folder
            cache = cls(Path(), max_bytes)
            cache._give_up(error)
            return cache
        try:
            cache._connection = _connect(cache.path)
        except (OSError, sqlite3.Error, _NotOurs) as error:
            cache._give_up(error)
        return cache

    def get(self, key: str) -> tuple[tuple[Notice, ...], Profile] | None:
        """What was put under `key`, equal to the last bit, or None."""
        with self._lock:
            if self._connection is None:
                return None
            try:
                row = self._connection.execute(_GET, (key,)).fetchone()
            except sqlite3.Error as error:
                self._give_up(error)
                return None
            if row is None:
                return None
            self._used[key] = time.time_ns()
            if len(self._used) >= TOUCHES:
                self._write(self._flush)
        return unpack(*row)

    def put(self, key: str, notices: tuple[Notice, ...], profile: Profile) -> None:
        """Keep `profile` and its document's notices. May drop what was least recently used."""
        facts, vectors = pack(notices, profile)
        if len(vectors) > self.max_bytes * KEEP:
            return

        def insert(connection: sqlite3.Connection) -> None:
            connection.execute(_PUT, (key, facts, checksum(facts, vectors), vectors))
            connection.execute(_USE, (key, len(vectors), time.time_ns()))
            if (excess := _size(connection) - self.max_bytes) > 0:
                self._flush(connection)
                _clear(connection, excess + int(self.max_bytes * (1 - KEEP)))

        with self._lock:
            self._write(insert)

    def close(self) -> None:
        """Write the times of use and close the file. Closing twice is harmless."""
        with self._lock:
            if self._used:
                self._write(self._flush)
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def __enter__(self) -> Cache:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _write(self, work: Callable[[sqlite3.Connection], None]) -> None:
        """Do `work` as one transaction."""
        if self._connection is None:
            return
        try:
            with _transaction(self._connection):
                work(self._connection)
        except sqlite3.Error as error:
            self._give_up(error)

    def _flush(self, connection: sqlite3.Connection) -> None:
        connection.executemany(_TOUCH, [(used, key) for key, used in self._used.items()])
        self._used.clear()

    def _give_up(self, error: Exception) -> None:
        self.problem = f"encodings are not kept for next time: {self.path}: {error}"
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if _is_damage(error):
            with suppress(OSError):
                _set_aside(self.path)


class _NotOurs(Exception):
    """The file is a database of another program."""


def _connect(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        return _open(path)
    except sqlite3.DatabaseError as error:
        if not _is_damage(error):
            raise
        log.warning("%s is damaged (%s); it was set aside and begun anew", path, error)
        _set_aside(path)
        return _open(path)


def _open(path: Path) -> sqlite3.Connection:
    # SQLite gives its -wal and -shm files the mode of the file itself.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    connection = sqlite3.connect(
        path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        _prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    """Settings and tables. Every step may meet another process that does the same."""
    connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
    _use_wal(connection)
    # A power cut may cost the last entries, never the file: it is only a cache.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(f"PRAGMA journal_size_limit = {16 * MIB}")
    with _transaction(connection):
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master")]
        if tables and _pragma(connection, "application_id") != APPLICATION:
            raise _NotOurs("it is a database of another program")
        if tables and _pragma(connection, "user_version") == VERSION:
            return
        for statement in ("DROP TABLE IF EXISTS encodings", "DROP TABLE IF EXISTS uses",
                          *_TABLES.split(";"), f"PRAGMA application_id = {APPLICATION}",
                          f"PRAGMA user_version = {VERSION}"):  # fmt: skip
            connection.execute(statement)


def _use_wal(connection: sqlite3.Connection) -> None:
    """Readers then never wait for a writer. SQLite does not apply its timeout to this switch."""
    end = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > end:
                raise
            time.sleep(0.01)


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):  # a full disk may have rolled it back already
            connection.execute("ROLLBACK")
        raise


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def _size(connection: sqlite3.Connection) -> int:
    """Bytes in use, whichever process put them."""
    pages = _pragma(connection, "page_count") - _pragma(connection, "freelist_count")
    return pages * _pragma(connection, "page_size")


def _clear(connection: sqlite3.Connection, excess: int) -> None:
    """Drop the least recently used entries, `excess` bytes of them or a little more."""
    dropped = []
    for key, size in connection.execute("SELECT key, bytes FROM uses ORDER BY used").fetchall():
        if excess <= 0:
            break
        excess -= size
        dropped.append((key,))
    connection.executemany("DELETE FROM encodings WHERE key = ?", dropped)
    connection.executemany("DELETE FROM uses WHERE key = ?", dropped)


def pack(notices: tuple[Notice, ...], profile: Profile) -> tuple[str, bytes]:
    """(facts as JSON, vectors) of a profile and its document's notices; `unpack` undoes it."""
    encoding = profile.encoding
    facts = {
        "notices": [[notice.code, notice.message] for notice in notices],
        "hidden": len(encoding.vector), "titles": len(profile.titles),
        "lines": len(encoding.lines), "n_tokens": encoding.n_tokens, "dropped": encoding.dropped,
        "skills": profile.skills, "years": profile.years, "level": profile.level,
        "education": profile.education, "licences": profile.licences,
        "asks": [[getattr(ask, name) for name in Ask.__slots__] for ask in profile.asks],
    }  # fmt: skip
    vectors = b"".join([
        encoding.vector.astype("<f4", copy=False).tobytes(),
        profile.titles.astype("<f2", copy=False).tobytes(),
        encoding.lines.astype("<f2", copy=False).tobytes(),
        profile.shingles.astype("<u4", copy=False).tobytes(),
    ])  # fmt: skip
    return json.dumps(facts), vectors


def unpack(facts: str, crc: int, vectors: bytes) -> tuple[tuple[Notice, ...], Profile] | None:
    """Equal to the last bit to what was packed; None where the checksum is another one."""
    if checksum(facts, vectors) != crc:
        return None
    known = json.loads(facts)
    hidden, titles, count = known["hidden"], known["titles"], known["titles"] + known["lines"]
    # astype copies on big-endian machines only.
    vector = np.frombuffer(vectors, "<f4", hidden).astype(np.float32, copy=False)
    rows = np.frombuffer(vectors, "<f2", count * hidden, 4 * hidden).reshape(-1, hidden)
    hashes = np.frombuffer(vectors, "<u4", offset=(4 + 2 * count) * hidden)
    rows = rows.astype(np.float16, copy=False)
    profile = Profile(
        Encoding(vector, rows[titles:], known["n_tokens"], known["dropped"]),
        rows[:titles], tuple(known["skills"]), known["years"], known["level"],
        known["education"], tuple(known["licences"]),
        tuple(_ask(ask) for ask in known["asks"]), hashes.astype(np.uint32, copy=False),
    )  # fmt: skip
    return tuple(Notice(code, message) for code, message in known["notices"]), profile


def checksum(facts: str, vectors: bytes) -> int:
    return zlib.crc32(vectors, zlib.crc32(facts.encode()))


def _ask(fields: list[Any]) -> Ask:
    unit, weight, kind, must, years, education, licences, skills = fields
    return Ask(unit, weight, kind, must, years, education, tuple(licences), tuple(skills))


def _is_damage(error: Exception) -> bool:
    """SQLite's "malformed" and "not a database"; its children mean locks, disks and permissions."""
    return type(error) is sqlite3.DatabaseError


def _set_aside(path: Path) -> None:
    for suffix in ("-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
    os.replace(path, f"{path}.damaged")
