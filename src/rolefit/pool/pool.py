"""A pool of people, or of jobs, in one file: added once, searched many times.

add     documents -> read, prepared, written in batches; each batch is safe when it is done
search  an advert -> filter -> candidates (search.py) -> whole scores, as `Matcher.rank` gives
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from threading import RLock
from types import TracebackType

import numpy as np

from rolefit.errors import InputError, PoolError, ReadError
from rolefit.intake import Prepared, Source
from rolefit.matcher import Matcher, best_first, origin
from rolefit.pool import adding, checking, mapped, rows
from rolefit.pool.adding import Added, Change
from rolefit.pool.codes import BLOCK, Ids
from rolefit.pool.exporting import Exported, exported
from rolefit.pool.facts import SIDES
from rolefit.pool.found import Found, Similar, likeness
from rolefit.pool.index import Index
from rolefit.pool.rows import Entry
from rolefit.pool.search import candidates
from rolefit.pool.select import Selection
from rolefit.pool.stats import Stats, stats_of
from rolefit.pool.store import Store, open_store
from rolefit.prepare import Job, Resume
from rolefit.records import Match

CANDIDATES = 500  # people that get a whole score
Progress = Callable[[int, int], None]  # done, total
Who = int | str  # an id, or the name it was added by


class Pool:
    """Use `Pool.open`. One pool may be shared by threads; processes open the file each."""

    def __init__(self, store: Store, matcher: Matcher, side: str) -> None:
        self.matcher = matcher
        self.side = side
        self.path = store.file or store.name
        self.name = store.file.stem if store.file else store.name.rpartition("#")[2]
        self._store = store
        self._index = Index(store, matcher.bundle.hidden_size)
        self._lock = RLock()

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        matcher: Matcher | None = None,
        *,
        side: str = "resume",
        create: bool = False,
    ) -> Pool:
        """Open the pool in the file `path`; with `create`, begin it where there is none.

        A `path` that is a str and begins with postgresql:// is a pool on a server (docs/pool.md).

        `side` is what a new pool holds: "resume" or "job". Raises PoolError where the file is no
        pool, or one of another model than the matcher's: its vectors mean nothing to this one.
        """
        if side not in SIDES:
            raise InputError(f"side: expected resume or job, got {side!r}")
        matcher = matcher or Matcher.load()
        fresh = adding.meta(matcher, side) if create else None
        store = open_store(path, fresh)
        try:
            adding.check_model(store, matcher)
            return cls(store, matcher, store.meta("side"))
        except BaseException:
            store.close()
            raise

    def add(
        self,
        sources: Iterable[Source],
        *,
        progress: Progress | None = None,
        unread: list[ReadError] | None = None,
    ) -> Added:
        """Read documents and keep them; what is there already is left as it is.

        Whatever `Matcher.rank` takes: files, texts, Documents; archives, mailboxes and tables are
        taken apart. A document of a name that is there replaces what it was. One that cannot be
        read raises its ReadError, or, with a list as `unread`, is added to it. `progress` is
        called with (done, total given) after each one that is safely written.
        """
        given = list(sources)
        counts = {"new": 0, "replaced": 0, "same": 0}
        for done, change in enumerate(self.adding(given, unread=unread), start=1):
            counts[change.kind] += 1
            if progress:
                reached = done + len(unread or ())
                progress(reached, max(reached, len(given)))
        if counts["new"] and len(self) >= mapped.LEAST * BLOCK:
            with self._reading():  # so that whoever opens it next need not wait
                pass
        return Added(**counts)

    def adding(
        self, sources: Iterable[Source], *, unread: list[ReadError] | None = None
    ) -> Iterator[Change]:
        """`add` step by step: each change as soon as it would outlive a power cut."""
        yield from adding.added(self._store, self._lock, self.matcher, self.side, sources, unread)

    def search(
        self,
        job: Source,
        *,
        top: int | None = 50,
        where: str = "",
        candidates: int = CANDIDATES,
        prepared: list[Prepared] | None = None,
    ) -> Found:
        """The people who fit `job` best, of those whom the filter `where` lets through.

        `candidates` of them get a whole score; all do if they are no more. Scores, ranges and
        order are those of `Matcher.rank` on the same people. What was compared is added to a list
        as `prepared`. Raises InputError for a wrong filter.
        """
        self._needs("resume", "search", "jobs")
        asked = self.matcher.intake.job(job)
        wanted = Prepared(
            _name(job, asked), asked.notices, asked.profile, sha256=asked.document.sha256
        )
        people, passed = self._candidates(asked, where, candidates)
        by_name = {person.name: id for id, person in people}
        compared = [person for _, person in people]
        if prepared is not None:
            prepared += compared
        matches = best_first(self.matcher.matches(wanted, compared))
        return self._found(matches, [by_name[m.resume] for m in matches], passed, top)

    def jobs(
        self,
        resume: Source,
        *,
        top: int | None = 50,
        where: str = "",
        candidates: int = CANDIDATES,
    ) -> Found:
        """The other direction: the jobs of a pool of jobs that fit `resume` best."""
        self._needs("job", "jobs", "search")
        asked = self.matcher.intake.resume(resume)
        person = Prepared(
            _name(resume, asked),
            asked.notices,
            asked.profile,
            origin(resume, asked.document),
            asked.document.sha256,
        )
        jobs, passed = self._candidates(asked, where, candidates)
        by_name = {job.name: id for id, job in jobs}
        pairs = (self.matcher.matches(job, [person])[0] for _, job in jobs)
        matches = best_first(pairs)
        return self._found(matches, [by_name[m.job] for m in matches], passed, top)

    def like(self, source: Source, *, top: int | None = 50, where: str = "") -> list[Similar]:
        """Who (or which job) of the pool is most like the one given, by titles and whole text."""
        intake = self.matcher.intake
        asked = intake.resume(source) if self.side == "resume" else intake.job(source)
        people, _ = self._candidates(asked, where, CANDIDATES)
        ranked = sorted(
            ((likeness(asked.profile, person.profile), id, person) for id, person in people),
            key=lambda found: (-found[0], found[1]),
        )[:top]
        labels = {skill.id: skill.label for skill in asked.skills}
        with self._lock, self._store.snapshot():
            known = {e.id: e for e in rows.entries(self._store.db, [id for _, id, _ in ranked])}
        return [
            Similar(
                known[id],
                likeness,
                tuple(sorted(labels[s] for s in person.profile.skills if s in labels)),
            )
            for likeness, id, person in ranked
            if id in known
        ]

    def remove(self, who: Iterable[Who]) -> list[Entry]:
        """Take people out. Their bytes are zeroed in time; `forget` does it now.

        Raises PoolError for whom there is not; then nobody is removed.
        """
        with self._lock, self._store.transaction():
            gone = [self._entry(one) for one in dict.fromkeys(who)]
            change = adding.next_change(self._store)
            rows.delete(self._store.db, [entry.id for entry in gone])
            rows.write_records(
                self._store.db, self.matcher.bundle.hidden_size,
                {entry.id: None for entry in gone}, change,
            )  # fmt: skip
            mapped.removed(self._store, self._index.board, [entry.id for entry in gone])
        return gone

    def forget(self, who: Iterable[Who]) -> list[Entry]:
        """Take people out and write the file anew, so that no byte of them is left in it.

        Raises PoolError where another process still reads the old bytes; `compact` then ends it.
        """
        gone = self.remove(who)
        self.compact()
        return gone

    def compact(self) -> None:
        """Write the file anew without what was removed. Raises PoolError if somebody reads it."""
        with self._lock:
            if not (self._index.let_go() and self._store.compact()):
                raise PoolError(
                    f"{self.path}: who was removed is out of it, but another process still reads "
                    f"the old bytes. End it, then run: rolefit pool compact {self.path}"
                )

    def entries(self, where: str = "") -> Iterator[Entry]:
        """Everybody whom the filter lets through, by id."""
        for first in _slices(self._ids(where)):
            with self._lock, self._store.snapshot():
                found = rows.entries(self._store.db, first)
            yield from found

    def export(self, where: str = "") -> Iterator[Exported]:
        """Everybody whom the filter lets through, with the text, by id."""
        for some in _slices(self._ids(where)):
            with self._lock, self._store.snapshot():
                found = exported(self._store.db, some)
            yield from found

    def people(self, where: str = "") -> Iterator[Prepared]:
        """Everybody whom the filter lets through, ready to be compared, by id."""
        for some in _slices(self._ids(where)):
            with self._lock, self._store.snapshot():
                found = rows.prepared(self._store, some)
            yield from (person for _, person in found)

    def stats(self) -> Stats:
        """How many, how large, of which model, and how the fields are filled."""
        with self._reading():
            return stats_of(self._store, self._index.board, self._domains(), self.matcher)

    def verify(self, progress: Progress | None = None) -> list[str]:
        """Check every part of the file; what does not hold, in words. Empty if all does."""
        with self._lock:
            with self._store.transaction():  # SQLite's own check of it counts as writing
                found = self._store.word_faults()
            with self._reading():
                board, domains = self._index.board, self._domains()
                return found + checking.problems(self._store, board, domains, progress)

    def close(self) -> None:
        with self._lock:
            self._store.close()

    def __len__(self) -> int:
        with self._lock, self._store.snapshot():
            return int(self._store.db.execute("SELECT count(*) FROM entries").fetchone()[0])

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _needs(self, side: str, done: str, other: str) -> None:
        if self.side != side:
            held = {"resume": "resumes", "job": "jobs"}
            raise PoolError(
                f"{self.path}: {done} expects a pool of {held[side]}, and this one holds "
                f"{held[self.side]}. Use: rolefit pool {other} {self.path}"
            )

    def _candidates(
        self, asked: Resume | Job, where: str, count: int
    ) -> tuple[list[tuple[int, Prepared]], int]:
        """(people to be scored, by id; how many passed the filter) of one state of the pool."""
        if count < 1:
            raise InputError(f"candidates: expected 1 or more, got {count}")
        with self._reading():
            mask = self._mask(where)
            ids = candidates(self._store, self._index.board, asked, mask, count)
            return rows.prepared(self._store, ids), int(mask.sum())

    def _ids(self, where: str) -> Ids:
        with self._reading():
            return np.flatnonzero(self._mask(where))

    def _mask(self, where: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        return Selection(self._store, self._index.board, self._domains()).mask(where)

    def _domains(self) -> Sequence[str]:
        return [name for name in self._store.meta("domains").split("\n") if name]

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """One state of the pool, and of what is known of everybody."""
        with self._lock:
            with self._store.snapshot():
                self._index.refresh()
                yield
            self._index.settle()

    def _found(
        self, matches: Sequence[Match], ids: Sequence[int], passed: int, top: int | None
    ) -> Found:
        with self._lock, self._store.snapshot():
            known = {entry.id: entry for entry in rows.entries(self._store.db, ids[:top])}
            notices = adding.age_notices(self._store, self.matcher)
        pairs = [(m, known[id]) for m, id in zip(matches[:top], ids, strict=False) if id in known]
        return Found(
            tuple(match for match, _ in pairs), tuple(entry for _, entry in pairs),
            len(matches), passed, notices,
        )  # fmt: skip

    def _entry(self, who: Who) -> Entry:
        """By id or name; a name that is all digits is an id only where nobody is called so."""
        db, fields = self._store.db, "SELECT id, name, added, facts FROM entries WHERE"
        names = [str(who), os.path.abspath(who)] if isinstance(who, str) else []
        for name in names:
            if row := db.execute(f"{fields} name = ?", (name,)).fetchone():
                return rows.entry_of(row)
        number = int(who) if str(who).isdecimal() and len(str(who)) < 19 else 0
        if row := db.execute(f"{fields} id = ?", (number,)).fetchone():
            return rows.entry_of(row)
        raise PoolError(
            f"{self.path}: nobody has the name or number {str(who)!r}. "
            f"See who is there: rolefit pool export {self.path}"
        )


def _slices(ids: Ids, size: int = 500) -> Iterator[list[int]]:
    for first in range(0, len(ids), size):
        yield [int(id) for id in ids[first : first + size]]


def _name(source: Source, found: Resume | Job) -> str:
    """As `Matcher.rank` calls it."""
    return os.fspath(source) if isinstance(source, os.PathLike) else found.document.name
