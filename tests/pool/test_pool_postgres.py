"""A pool on a real PostgreSQL server does what a pool in a file does."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pools import resume, write
from servers import postgres

from conftest import Run
from rolefit import Matcher, Pool
from rolefit.bundle import Bundle
from rolefit.errors import PoolError
from rolefit.pool import renewed
from rolefit.reading import from_text

pytestmark = pytest.mark.slow
pytest.importorskip("psycopg", reason="NOT RUN: it needs: pip install -e '.[postgres]'")
ADVERT = "Advert for a nurse on a ward. Patient care. Five years of experience."
PEOPLE = 25
FILTERS = (
    "",
    "years >= 5",
    "skill = python or title contains nurse",
    "title contains 'Chef' and not years = unknown",
    "licence = unknown and name contains PERSON",
    "id <= 4",
)
ADD = """
import sys
from rolefit import Matcher, Pool
from pathlib import Path

with Pool.open(sys.argv[1], Matcher.load(sys.argv[2]), create=True) as pool:
    for change in pool.adding(map(Path, sys.argv[3:])):
        print(change.name, flush=True)
"""
_numbers = itertools.count()


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, Path]]:
    with postgres() as (url, data, _):
        yield url, data


@pytest.fixture(scope="module")
def matcher(tiny_bundle: Bundle) -> Matcher:
    return Matcher(tiny_bundle)


def people(numbers: range) -> list:
    return [from_text(resume(number), name=f"person {number}") for number in numbers]


@pytest.fixture
def url(server: tuple[str, Path]) -> str:
    """Of a pool that is not there yet."""
    return f"{server[0]}#pool_{next(_numbers)}"


@pytest.fixture
def made(url: str, matcher: Matcher) -> str:
    with Pool.open(url, matcher, create=True) as pool:
        pool.add(people(range(PEOPLE)))
    return url


def run_sql(url: str, matcher: Matcher, sql: str) -> None:
    with Pool.open(url, matcher) as pool:
        pool._store.db.execute(sql)


@pytest.mark.parametrize("where", FILTERS)
def test_a_search_is_the_ranking_of_the_same_people_and_that_of_a_file(
    made: str, matcher: Matcher, tmp_path: Path, where: str
) -> None:
    with (
        Pool.open(made, matcher) as pool,
        Pool.open(tmp_path / "p.pool", matcher, create=True) as file,
    ):
        file.add(people(range(PEOPLE)))
        found, same = (one.search(ADVERT, where=where, top=None) for one in (pool, file))
        names = [match.resume for match in found.matches]
        texts = {document.name: document for document in people(range(PEOPLE))}
    ranked = matcher.rank(ADVERT, [texts[n] for n in sorted(names, key=lambda n: int(n[7:]))])
    assert [(m.resume, m.score, m.band) for m in found.matches] == [
        (m.resume, m.score, m.band) for m in ranked
    ]
    assert found.matches == same.matches
    assert found.passed == same.passed
    assert [(e.id, e.name, e.facts) for e in found.entries] == [
        (e.id, e.name, e.facts) for e in same.entries
    ]
    assert names


def test_fewer_candidates_are_those_that_stage_one_finds(made: str, matcher: Matcher) -> None:
    with Pool.open(made, matcher) as pool:
        found = pool.search(ADVERT, candidates=10)
        everybody = pool.search(ADVERT)
    assert (found.scored, found.passed) == (10, PEOPLE)
    assert found.matches[0] == everybody.matches[0]


def test_stats_likes_and_exports_are_those_of_a_file(
    made: str, matcher: Matcher, tmp_path: Path
) -> None:
    with (
        Pool.open(made, matcher) as pool,
        Pool.open(tmp_path / "p.pool", matcher, create=True) as file,
    ):
        file.add(people(range(PEOPLE)))
        one, other = pool.stats(), file.stats()
        for field in ("people", "years", "levels", "degrees", "countries", "skills", "licences"):
            assert getattr(one, field) == getattr(other, field)
        assert one.file_bytes > 0
        assert [x.text for x in pool.export()] == [x.text for x in file.export()]
        likes = [[(s.entry.id, s.likeness) for s in p.like(resume(3), top=5)] for p in (pool, file)]
        assert likes[0] == likes[1]
        assert pool.verify() == []


def test_what_was_added_is_left_and_what_was_changed_is_replaced(
    made: str, matcher: Matcher
) -> None:
    with Pool.open(made, matcher) as pool:
        assert pool.add(people(range(PEOPLE))).same == PEOPLE
        changed = from_text(resume(400), name="person 3")
        assert pool.add([changed]).replaced == 1
        assert len(pool) == PEOPLE
        assert pool.verify() == []


def test_who_is_forgotten_is_in_no_table_of_the_server(
    made: str, matcher: Matcher, server: tuple[str, Path]
) -> None:
    def on_the_disk() -> bool:
        run_sql(made, matcher, "CHECKPOINT")
        files = (file for file in (server[1] / "base").rglob("*") if file.is_file())
        data = [file.read_bytes() for file in files]
        return any(word in page for page in data for word in (b"zelda quux", b"zeldaword"))

    with Pool.open(made, matcher) as pool:
        pool.add([from_text(f"{resume(99)} zeldaword", name="zelda quux")])
        assert on_the_disk()
        assert [entry.name for entry in pool.forget(["zelda quux"])] == ["zelda quux"]
        assert not on_the_disk()
        assert pool.verify() == []
        with pytest.raises(PoolError, match="nobody has the name"):
            pool.remove(["person 8", "zelda quux"])
        assert len(pool) == PEOPLE


def test_what_was_altered_is_found(made: str, matcher: Matcher) -> None:
    run_sql(made, matcher, "UPDATE profiles SET vectors = vectors || 'x'::bytea WHERE id = 2")
    run_sql(made, matcher, "DELETE FROM words WHERE rowid = 3")
    with Pool.open(made, matcher) as pool:
        found = "\n".join(pool.verify())
    assert "number 2: its vectors were altered" in found
    assert "number 3 is without indexed words" in found


def test_two_who_write_at_once_take_turns_and_a_third_reads(url: str, matcher: Matcher) -> None:
    Pool.open(url, matcher, create=True).close()
    errors: list[Exception] = []

    def work(numbers: range) -> None:
        try:
            with Pool.open(url, matcher) as pool:
                pool.add(people(numbers))
        except Exception as error:  # noqa: BLE001 - the test tells of it
            errors.append(error)

    writers = [threading.Thread(target=work, args=(range(a, a + 70),)) for a in (0, 70)]
    for writer in writers:
        writer.start()
    with Pool.open(url, matcher) as reader:
        while any(writer.is_alive() for writer in writers):
            found = reader.search(ADVERT, candidates=5)
            assert found.scored <= found.passed <= 140
        assert errors == []
        assert sorted(entry.id for entry in reader.entries()) == list(range(1, 141))
        assert reader.verify() == []


def test_a_connection_that_the_server_ended_is_made_anew(made: str, matcher: Matcher) -> None:
    with Pool.open(made, matcher) as pool:
        before = pool.search(ADVERT)
        run_sql(made, matcher, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE application_name = 'rolefit' AND pid != pg_backend_pid()")  # fmt: skip
        assert pool.search(ADVERT) == before
        assert pool.add(people(range(PEOPLE, PEOPLE + 1))).new == 1


def test_what_was_acknowledged_outlives_the_process(
    url: str, matcher: Matcher, tmp_path: Path, environment: dict[str, str]
) -> None:
    files = write(tmp_path / "resumes", range(150))
    command = [sys.executable, "-c", ADD, url, str(matcher.bundle.folder), *map(str, files)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as adding:
        assert adding.stdout is not None
        said = {adding.stdout.readline().strip() for _ in range(40)}
        os.kill(adding.pid, signal.SIGKILL)
    with Pool.open(url, matcher) as pool:
        assert said <= {entry.name for entry in pool.entries()}
        assert pool.verify() == []


def test_a_pool_goes_from_a_file_to_a_server_and_back(
    url: str, matcher: Matcher, tmp_path: Path
) -> None:
    with Pool.open(tmp_path / "a.pool", matcher, create=True) as file:
        file.add(people(range(40)))
        wanted = file.search(ADVERT).matches
    assert renewed(tmp_path / "a.pool", url, matcher) == 40
    assert renewed(url, tmp_path / "b.pool", matcher) == 40
    for place in (url, tmp_path / "b.pool"):
        with Pool.open(place, matcher) as pool:
            assert pool.search(ADVERT).matches == wanted


def test_the_commands_take_a_url(url: str, run: Run, pool: Path, job: Path, tmp_path: Path) -> None:
    added = run("pool", "add", url, pool)
    assert (added.status, "3 added" in added.out) == (0, True)
    found = run("pool", "search", url, job, "--json").json
    assert found == run("rank", job, pool.absolute(), "--json").json
    assert run("pool", "verify", url).status == 0
    assert run("pool", "stats", url, "--json").json["people"] == 3
    assert run("pool", "forget", url, "1").status == 0
    assert len(run("pool", "export", url).out.splitlines()) == 2
    assert run("pool", "compact", url).status == 0


def test_what_cannot_be_opened_says_why_and_shows_no_password(
    server: tuple[str, Path], url: str, matcher: Matcher
) -> None:
    with pytest.raises(PoolError, match="there is no such pool"):
        Pool.open(url, matcher)
    with pytest.raises(PoolError, match="a name of small letters"):
        Pool.open(f"{server[0]}#Robert'); DROP", matcher)
    with pytest.raises(PoolError, match="cannot be reached") as found:
        Pool.open("postgresql://ana:secret@/postgres?host=/nowhere", matcher)
    assert "secret" not in str(found.value)
    with Pool.open(url, matcher, create=True) as pool:
        run_sql(url, matcher, "UPDATE meta SET value = '99' WHERE name = 'format'")
        assert pool.name in url
    with pytest.raises(PoolError, match="expected a pool of format"):
        Pool.open(url, matcher)
