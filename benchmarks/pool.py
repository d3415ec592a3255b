"""Stage one of a pool: what it misses, how long it takes, what it needs.

    rolefit pool add resumes.pool RESUMES ; rolefit pool add jobs.pool ADVERTS --as job
    python benchmarks/pool.py recall resumes.pool jobs.pool --people 100000 --jobs 20
    python benchmarks/pool.py scan --people 1000000

`recall` makes people by mixing: the first half of one resume's units and words with the second half
of another's, mostly of the same profession. Everybody gets the whole score, which takes most of the
time and shows whom the candidates lack. `scan` compares codes and numbers of a pool of made-up
people. Times are of one thread in seconds of processor time, so that other work on the machine does
not count.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rolefit import Matcher, Pool, settings

settings.share_cores()

import numpy as np  # noqa: E402

from rolefit.intake import Prepared  # noqa: E402
from rolefit.pool import codes, rows, search, words  # noqa: E402
from rolefit.pool.index import Index  # noqa: E402
from rolefit.pool.select import Selection  # noqa: E402
from rolefit.pool.sqlite import SqliteStore  # noqa: E402
from rolefit.pool.store import Store  # noqa: E402
from rolefit.records import Encoding, Profile  # noqa: E402

SAME = 0.8  # share of people whose two halves are of one profession
FILTER = "domain in (healthcare, technology, finance) and years >= 3 and not country = DE"


@dataclass
class People:
    """`count` mixed people: row i has the first units of resume left[i], the last of right[i]."""

    base: list[Profile]
    facts: list[Any]
    texts: list[tuple[str, str]]
    left: Any
    right: Any
    units: Any  # (all units, hidden) of all resumes
    index: Any  # rows of `units`, person after person
    starts: Any  # where each person's begin in `index`
    vectors: Any  # (people, hidden)

    @classmethod
    def mixed(cls, pool: Pool, count: int, seed: int = 0) -> People:
        rng = np.random.default_rng(seed)
        entries = list(pool.entries())
        with pool._store.snapshot():
            found = rows.prepared(pool._store, [entry.id for entry in entries])
        texts = [_halves(one.text) for one in pool.export()]
        base = [person.profile for _, person in found]
        facts = [entry.facts for entry in entries]
        trade = np.array([f.domains[0] if f.domains else "" for f in facts])
        left = rng.integers(len(base), size=count)
        right = rng.integers(len(base), size=count)
        for name in np.unique(trade):
            mine = np.flatnonzero((trade[left] == name) & (rng.random(count) < SAME))
            right[mine] = rng.choice(np.flatnonzero(trade == name), size=len(mine))
        lengths = np.array([len(p.encoding.lines) for p in base])
        begin = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        halves = lengths // 2
        parts = [
            np.r_[
                begin[a] : begin[a] + max(1, halves[a]),
                begin[b] + halves[b] : begin[b] + lengths[b],
            ]
            for a, b in zip(left, right, strict=True)
        ]
        sizes = np.array([len(part) for part in parts])
        documents = np.stack([p.encoding.vector for p in base])
        both = documents[left] + documents[right]
        return cls(
            base, facts, texts, left, right,
            np.concatenate([p.encoding.lines for p in base]).astype(np.float32),
            np.concatenate(parts), np.concatenate([[0], np.cumsum(sizes)[:-1]]),
            both / np.linalg.norm(both, axis=1, keepdims=True),
        )  # fmt: skip

    def profile(self, row: int) -> Profile:
        """As a pool would hold it."""
        a, b = self.base[int(self.left[row])], self.base[int(self.right[row])]
        end = self.starts[row + 1] if row + 1 < len(self.starts) else len(self.index)
        tokens = (a.encoding.n_tokens + b.encoding.n_tokens) // 2
        lines = self.units[self.index[self.starts[row] : end]].astype(np.float16)
        encoding = Encoding(self.vectors[row].astype(np.float32), lines, tokens, 0)
        skills = tuple(dict.fromkeys(a.skills + b.skills))
        # Without hashes of word runs: nobody here has pasted an advert.
        mixed: Profile = replace(a, encoding=encoding, skills=skills, shingles=a.shingles[:0])
        return mixed

    def scores(self, matcher: Matcher, job: Profile) -> Any:
        """(people,) whole scores."""
        asked, found = Prepared("job", (), job), []
        for first in range(0, len(self.left), 1000):
            some = range(first, min(first + 1000, len(self.left)))
            people = [Prepared(str(row), (), self.profile(row)) for row in some]
            found.append(matcher._compare(people, asked)[0])
        return np.concatenate(found)


def recall(options: argparse.Namespace) -> None:
    matcher = Matcher.load()
    with (
        Pool.open(options.resumes, matcher) as people,
        Pool.open(options.adverts, matcher) as adverts,
        TemporaryDirectory(dir=options.folder) as folder,
    ):
        mixed = People.mixed(people, options.people)
        began = time.process_time()
        store, board, domains = _written(Path(folder) / "mixed.pool", mixed, people, matcher)
        print(f"{options.people:,} people, index written in {time.process_time() - began:.0f} s")
        chosen = np.random.default_rng(1).permutation(len(adverts))[: options.jobs]
        ids = [entry.id for entry in adverts.entries()]
        missed: dict[str, list[float]] = {}
        spent: dict[str, list[float]] = {}
        for number in chosen:
            (one,) = adverts.export(f"id = {ids[number]}")
            wanted = matcher.intake.job(one.text)
            best = np.argsort(-mixed.scores(matcher, wanted.profile), kind="stable")
            _compare(store, board, domains, wanted, best, missed, spent)
    for name in missed:
        hits = np.array(missed[name])
        print(f"{name:<34} recall of the best 20: {hits.mean():.3f}, worst {hits.min():.2f}")
    for name, times in spent.items():
        print(f"{name:<34} {1000 * np.median(times):.0f} ms, at most {1000 * max(times):.0f}")


def _compare(
    store: Store, board: codes.Board, domains: list[str], wanted: Any, best: Any,
    missed: dict[str, list[float]], spent: dict[str, list[float]],
) -> None:  # fmt: skip
    everybody = board.here.copy()
    among = np.flatnonzero(everybody)
    top = set((best[:20] + 1).tolist())
    text, title = wanted.profile.encoding.vector, wanted.profile.titles[0]
    lists: dict[str, Callable[[int], Any]] = {
        "codes of the text": lambda n: board.nearest("document", text, among, n),
        "codes of the title": lambda n: board.nearest("title", title, among, n),
        "title beside text": lambda n: board.nearest("document", title, among, n),
        "words (BM25)": lambda n: search._lexical(store, wanted, everybody, n),
        "all four": lambda n: search.candidates(store, board, wanted, everybody, n),
    }
    for name, find in lists.items():
        began = time.process_time()
        found = find(500)
        spent.setdefault(name, []).append(time.process_time() - began)
        missed.setdefault(f"{name}, 500", []).append(len(top & set(found.tolist())) / 20)
    for count in (200, 1000, 2000):
        found = lists["all four"](count)
        missed.setdefault(f"all four, {count}", []).append(len(top & set(found.tolist())) / 20)
    began = time.process_time()
    mask = Selection(store, board, domains).mask(FILTER)
    search.candidates(store, board, wanted, mask, 300)
    spent.setdefault("all four, with a filter", []).append(time.process_time() - began)


def _written(
    path: Path, mixed: People, people: Pool, matcher: Matcher
) -> tuple[Store, codes.Board, list[str]]:
    """A pool's index of the mixed people: all but profiles and documents."""
    domains = list(people._domains())
    hidden = matcher.bundle.hidden_size
    store = SqliteStore.open(path, {"side": "resume", "domains": "\n".join(domains)})
    board = codes.Board(hidden)
    for first in range(0, len(mixed.left), 8192):
        records: dict[int, Any] = {}
        with store.transaction():
            for row in range(first, min(first + 8192, len(mixed.left))):
                a, b = int(mixed.left[row]), int(mixed.right[row])
                profile, facts = mixed.base[a], mixed.facts[a]
                vector = mixed.vectors[row].astype(np.float32)
                encoding = replace(profile.encoding, vector=vector)
                own = replace(profile, encoding=encoding)
                records[row + 1] = rows.record_of(hidden, own, facts, domains)
                skills = dict.fromkeys(profile.skills + mixed.base[b].skills)
                body = mixed.texts[a][0] + mixed.texts[b][1]
                store.db.execute("INSERT INTO words (rowid, skills, body) VALUES (?, ?, ?)",
                                 (row + 1, words.of_skills(skills), body))  # fmt: skip
            rows.write_records(store.db, hidden, records, 1)
    for block, data in store.db.execute("SELECT block, records FROM blocks"):
        board.put(block, data)
    return store, board, domains


def scan(options: argparse.Namespace) -> None:
    """Made-up people: their bits are tossed, their numbers drawn."""
    rng = np.random.default_rng(2)
    with TemporaryDirectory(dir=options.folder) as folder:
        store = SqliteStore.open(Path(folder) / "scan.pool", {"side": "resume"})
        store.set_meta("change", "1")
        domains = [f"profession {n}" for n in range(13)]
        dtype = codes.record(512)
        for first in range(0, options.people // codes.BLOCK + 1, 256):
            with store.transaction():
                for block in range(first, min(first + 256, options.people // codes.BLOCK + 1)):
                    made = np.frombuffer(rng.bytes(codes.BLOCK * dtype.itemsize), dtype).copy()
                    made["years"] = rng.integers(0, 40, codes.BLOCK)
                    made["level"] = rng.integers(-1, 7, codes.BLOCK)
                    made["degree"] = rng.integers(-1, 5, codes.BLOCK)
                    made["domains"] = 1 << rng.integers(0, 13, codes.BLOCK).astype(np.uint64)
                    made["country"] = rng.choice([21843, 18242, 17477], codes.BLOCK)
                    made["here"] = 1
                    row = (block, 1, made.tobytes())
                    store.db.execute("INSERT INTO blocks VALUES (?, ?, ?)", row)
        store.close()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        path = Path(folder) / "scan.pool"
        for name in ("first", "then"):  # the first leaves a file to be mapped
            began, cpu = time.perf_counter(), time.process_time()
            store = SqliteStore.open(path)
            index = Index(store, 512)
            with store.snapshot():
                index.refresh()
            opened, opened_cpu = time.perf_counter() - began, time.process_time() - cpu
            index.settle()
            settled = time.perf_counter() - began - opened
            print(f"{name}: opened in {opened:.2f} s ({opened_cpu:.2f} s of processor time)")
            print(f"  file to be mapped made in {settled:.2f} s")
        board = index.board
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
        count = int(board.here.sum())
        print(f"{count:,} people: {board.nbytes / count:.0f} bytes a person in memory or mapped")
        print(f"({grown / count:.0f} resident after the first opening)")
        wheres = {
            "all": "",
            "a third": "domain in ('profession 1', 'profession 2', 'profession 3', 'profession 4')",
            "few": "domain = 'profession 1' and level >= senior and years >= 20 and country = DE",
        }
        for name, where in wheres.items():
            spent = []
            for _ in range(5):
                vector = rng.normal(size=512).astype(np.float32)
                cpu = time.process_time()
                mask = Selection(store, board, domains).mask(where)
                among = np.flatnonzero(mask)
                lists = [board.nearest(which, vector, among, 600)
                         for which in ("document", "title", "document")]  # fmt: skip
                codes.fused(lists, 300)
                spent.append(time.process_time() - cpu)
            times = f"{1000 * np.median(spent):.0f} ms, the first {1000 * spent[0]:.0f}"
            print(f"{name:<8} {mask.sum():>10,} pass: {times}")


def _halves(text: str) -> tuple[str, str]:
    lines = text.splitlines(keepends=True)
    return "".join(lines[: len(lines) // 2]), "".join(lines[len(lines) // 2 :])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("recall")
    one.add_argument("resumes")
    one.add_argument("adverts")
    one.add_argument("--jobs", type=int, default=20)
    one.set_defaults(run=recall)
    other = commands.add_parser("scan")
    other.set_defaults(run=scan)
    for each in (one, other):
        each.add_argument("--people", type=int, default=100_000)
        each.add_argument("--folder", default=None, help="where the index is written for the time")
    options = parser.parse_args()
    options.run(options)


if __name__ == "__main__":
    main()
