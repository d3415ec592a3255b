"""What was acknowledged stays, whatever ends the process: kill -9, a full disk, two writers."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from pools import write

from conftest import ADVERT
from rolefit import Matcher, Pool
from rolefit.bundle import Bundle
from rolefit.errors import PoolError

KILLS = int(os.environ.get("ROLEFIT_KILLS", "10"))  # docs/log.md has a hundred
# Adds whatever is given, and says each name once it is safe.
ADD = """
import sys
from pathlib import Path
from rolefit import Matcher, Pool

with Pool.open(sys.argv[1], Matcher.load(sys.argv[2]), create=True) as pool:
    for change in pool.adding(map(Path, sys.argv[3:])):
        print(change.name, flush=True)
"""
# The same with files of at most so many bytes, as on a full disk.
FULL = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)
"""


@pytest.fixture(scope="module")
def matcher(tiny_bundle: Bundle) -> Matcher:
    return Matcher(tiny_bundle)


def command(code: str, *arguments: object) -> list[str]:
    return [sys.executable, "-c", code, *map(str, arguments)]


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_nothing_acknowledged_is_lost_when_the_process_is_killed(
    tmp_path: Path, matcher: Matcher, environment: dict[str, str]
) -> None:
    files, pool = write(tmp_path / "resumes", range(400)), tmp_path / "killed.pool"
    rng, said, kills = random.Random(4), set[str](), 0
    while kills < KILLS:
        left = [file for file in files if str(file) not in said] or files[:1]
        adding = subprocess.Popen(
            command(ADD, pool, matcher.bundle.folder, *left[:200]),
            env=environment, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert adding.stdout is not None
        # Some while it opens the pool or begins, some in the midst of writing.
        lines = rng.choice([0, 1, 33, 40])
        told = [line for _, line in zip(range(lines), adding.stdout, strict=False)]
        time.sleep(rng.random() * 0.05)
        adding.send_signal(signal.SIGKILL)
        told += adding.stdout.readlines()
        adding.wait()
        adding.stdout.close()
        kills += 1
        said |= {line.strip() for line in told if line.endswith("\n")}
        if not pool.exists() or not pool.stat().st_size:
            assert not said  # killed before there was anything
            continue
        with Pool.open(pool, matcher, create=True) as again:
            names = {entry.name for entry in again.entries()}
            assert said <= names
            assert again.verify() == []
    assert said


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_on_a_full_disk_what_was_acknowledged_stays_and_the_message_says_what_to_do(
    tmp_path: Path, matcher: Matcher, environment: dict[str, str]
) -> None:
    files, pool = write(tmp_path / "resumes", range(300)), tmp_path / "full.pool"
    most = 500_000
    done = subprocess.run(
        command(FULL + ADD, most, pool, matcher.bundle.folder, *files),
        env=environment, capture_output=True, text=True,
    )  # fmt: skip
    said = set(done.stdout.split())
    assert done.returncode != 0
    assert "PoolError" in done.stderr
    assert "make room and run the same command again" in done.stderr
    assert 0 < len(said) < 300
    with Pool.open(pool, matcher) as again:
        assert said <= {entry.name for entry in again.entries()}
        assert again.verify() == []
        again.add(files)  # with room again it goes on
        assert len(again) == 300
        assert list(again.search(ADVERT, top=None).matches) == matcher.rank(ADVERT, files)


@pytest.mark.slow
def test_two_processes_add_at_once_and_a_third_reads_meanwhile(
    tmp_path: Path, matcher: Matcher, environment: dict[str, str]
) -> None:
    files, pool = write(tmp_path / "resumes", range(200)), tmp_path / "two.pool"
    halves = (files[:120], files[80:])  # forty are given to both
    writers = [
        subprocess.Popen(
            command(ADD, pool, matcher.bundle.folder, *half),
            env=environment,
            stdout=subprocess.DEVNULL,
        )
        for half in halves
    ]
    seen = [0]
    while any(writer.poll() is None for writer in writers):
        if pool.exists() and pool.stat().st_size:
            with Pool.open(pool, matcher, create=True) as reader:
                found = reader.search(ADVERT, top=None, candidates=50)
                assert found.scored == min(50, found.passed)
                assert found.passed >= seen[-1]
                seen.append(found.passed)
    assert [writer.returncode for writer in writers] == [0, 0]
    with Pool.open(pool, matcher) as both:
        assert len(both) == 200
        assert both.verify() == []
        assert list(both.search(ADVERT, top=None).matches) == matcher.rank(ADVERT, files)


def test_threads_share_one_pool(tmp_path: Path, matcher: Matcher) -> None:
    files = write(tmp_path / "resumes", range(60))
    with Pool.open(tmp_path / "threads.pool", matcher, create=True) as pool:
        pool.add(files[:30])
        found: list[int] = []
        failed: list[BaseException] = []

        def search() -> None:
            try:
                found.extend(pool.search(ADVERT, top=None).scored for _ in range(5))
            except BaseException as error:
                failed.append(error)
                raise

        threads = [threading.Thread(target=search) for _ in range(3)]
        for thread in threads:
            thread.start()
        pool.add(files[30:])
        for thread in threads:
            thread.join()
        assert failed == []
        assert len(found) == 15
        assert set(found) <= {30, 60, *range(30, 61)}
        assert pool.search(ADVERT).scored == 60


def test_forget_says_so_where_somebody_still_reads_the_old_bytes(
    tmp_path: Path, matcher: Matcher
) -> None:
    import sqlite3

    with Pool.open(tmp_path / "read.pool", matcher, create=True) as pool:
        pool.add(write(tmp_path / "resumes", range(5)))
        reader = sqlite3.connect(pool.path, isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM entries").fetchone()
        pool._store.db.execute("PRAGMA busy_timeout = 50")
        with pytest.raises(PoolError, match=r"another process .*rolefit pool compact|Try again"):
            pool.forget([1])
        assert len(pool) == 4
        reader.execute("COMMIT")
        reader.close()
        pool.compact()
        assert pool.verify() == []
