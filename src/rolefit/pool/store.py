"""Where a pool lies: tables of one form, in a file (sqlite.py) or on a server (postgres.py).

Whatever both understand alike is said in SQL, by whoever needs it; what they do not is a method
here. Whoever writes takes turns with the others; whoever reads sees one state.
"""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

VERSION = 1  # of the tables
WAIT = 60.0  # seconds for another writer to end; a batch takes parts of one
SCHEME = "postgresql://"
Term = tuple[str, str]  # ("skills" or "body", a word)


class Cursor(Protocol):
    def fetchone(self) -> Any: ...
    def fetchall(self) -> list[Any]: ...
    def fetchmany(self, size: int) -> list[Any]: ...
    def __iter__(self) -> Iterator[Any]: ...


class Db(Protocol):
    """A connection. Parameters of a statement are question marks."""

    def execute(self, sql: str, parameters: Sequence[Any] = ...) -> Cursor: ...
    def executemany(self, sql: str, parameters: Iterable[Sequence[Any]]) -> Any: ...


class Store(ABC):
    """One connection. Not for several threads at once: its owner holds a lock."""

    name: str  # as messages call it
    file: Path | None  # if it is one
    db: Db

    @abstractmethod
    def transaction(self) -> AbstractContextManager[None]:
        """Write all that is done inside, or none of it. Raises PoolError."""

    @abstractmethod
    def snapshot(self) -> AbstractContextManager[None]:
        """Read one state of the pool, whoever writes meanwhile. Raises PoolError."""

    @abstractmethod
    def compact(self) -> bool:
        """Write everything anew without what was deleted; False if somebody is in the way."""

    @abstractmethod
    def close(self) -> None: ...

    @abstractmethod
    def size(self) -> int:
        """Bytes on the disk."""

    @abstractmethod
    def new_entry(self, id: int | None, values: Sequence[Any]) -> int:
        """Write a row of `entries`; a new id for None. Returns the id."""

    @abstractmethod
    def blocks(self, since: int) -> Iterable[tuple[int, bytes]]:
        """(number, records) of the blocks that changed later than the change `since`."""

    @abstractmethod
    def ids(self, query: str, values: Sequence[Any]) -> str:
        """ "3,7,12": the column `id` of a query, in one text."""

    @abstractmethod
    def put_words(self, id: int, skills: str, body: str) -> None:
        """Index somebody's skills and words."""

    @abstractmethod
    def count(self, term: Term, upto: int) -> int:
        """How many of the first `upto` ids have the word."""

    @abstractmethod
    def ranked(self, terms: Sequence[Term]) -> Iterable[int]:
        """Ids of all who have one of the words, best first."""

    @abstractmethod
    def faults(self) -> list[str]:
        """What does not hold of the file or the tables themselves, in words."""

    @abstractmethod
    def word_faults(self) -> list[str]:
        """What does not hold of the index of words. Needs a transaction."""

    def meta(self, name: str) -> str:
        row = self.db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def set_meta(self, name: str, value: str) -> None:
        upsert = "ON CONFLICT (name) DO UPDATE SET value = excluded.value"
        self.db.execute(f"INSERT INTO meta VALUES (?, ?) {upsert}", (name, value))


def open_store(place: str | os.PathLike[str], fresh: dict[str, str] | None = None) -> Store:
    """The pool at a path or a URL; made with `fresh` as its meta if there is none.

    Raises PoolError, MissingExtraError.
    """
    if is_url(place):
        from rolefit.pool.postgres import PostgresStore

        return PostgresStore.open(str(place), fresh)
    from rolefit.pool.sqlite import SqliteStore

    return SqliteStore.open(Path(place), fresh)


def is_url(place: str | os.PathLike[str]) -> bool:
    return isinstance(place, str) and place.startswith((SCHEME, "postgres://"))
