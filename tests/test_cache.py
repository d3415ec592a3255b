"""The cache gives back what it was given, and is never the reason that something fails."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import textwrap
import threading
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rolefit import settings
from rolefit.cache import Cache
from rolefit.records import Ask, Encoding, Notice, Profile

NOTICES = (Notice("short", "only 5 tokens of text"), Notice("hidden-text", "héllo"))


ASK = Ask(1, 1.5, "required", True, 3.5, 2, ("registered nurse licence",), ("esco:1", "rolefit:2"))


def profile(seed: int = 0, lines: int = 80, hidden: int = 512, titles: int = 3) -> Profile:
    rng = np.random.default_rng(seed)
    vector = rng.normal(size=hidden).astype(np.float32)
    rows, names = (rng.normal(size=(n, hidden)).astype(np.float16) for n in (lines, titles))
    return Profile(
        Encoding(vector, rows, n_tokens=900 + seed, dropped=seed), names,
        ("esco:1", "rolefit:ä"), 4.25, 3, -1, ("bar admission",), (ASK, ASK),
    )  # fmt: skip


def bare(vector: np.ndarray, lines: np.ndarray) -> Profile:
    return Profile(Encoding(vector, lines, 1, 0), lines[:0], (), None, -1, -1, ())


def same(left: Profile, right: Profile) -> bool:
    arrays = [(side.encoding.vector, side.encoding.lines, side.titles) for side in (left, right)]
    rest = [
        replace(side, encoding=replace(side.encoding, vector=0, lines=0), titles=0)
        for side in (left, right)
    ]
    return all(
        a.tobytes() == b.tobytes() and a.shape == b.shape and a.dtype == b.dtype
        for a, b in zip(*arrays, strict=True)
    ) and repr(rest[0]) == repr(rest[1])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new folder" / "encodings.sqlite"


@pytest.mark.parametrize("lines", [0, 1, 80])
def test_what_is_put_comes_back_equal_to_the_last_bit(path: Path, lines: int) -> None:
    put = profile(3, lines)
    with Cache.open(path) as cache:
        cache.put("k", NOTICES, put)
    with Cache.open(path) as cache:
        notices, got = cache.get("k") or pytest.fail("lost")
        assert cache.get("other") is None
    assert notices == NOTICES
    assert same(got, put)
    assert cache.problem is None


def test_odd_numbers_come_back_too(path: Path) -> None:
    odd = np.array([0.0, -0.0, 1e-45, np.inf, np.nan, 3.4e38], dtype=np.float32)
    with Cache.open(path) as cache:
        cache.put("k", (), bare(odd, np.zeros((0, 6), np.float16)))
        _, got = cache.get("k") or pytest.fail("lost")
    assert got.encoding.vector.tobytes() == odd.tobytes()
    assert (got.years, got.skills, got.asks) == (None, (), ())


def test_only_the_owner_can_read_the_file_and_its_folder(path: Path) -> None:
    if os.name == "nt":
        pytest.skip("modes are not Windows's")
    with Cache.open(path) as cache:
        cache.put("k", (), profile())
        modes = {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert modes == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_least_recently_used_go_when_it_grows_past_its_size(path: Path) -> None:
    most = 4 * 1024 * 1024
    with Cache.open(path, max_bytes=most) as cache:
        for i in range(15):
            cache.put(str(i), (), profile(i, 160))
        assert cache.get("0") is not None  # used again
        for i in range(15, 60):
            cache.put(str(i), (), profile(i, 160))
            cache.get("0")
        kept = [i for i in range(60) if cache.get(str(i)) is not None]
    assert kept[0] == 0
    assert kept[1:] == list(range(kept[1], 60))
    assert 10 < len(kept) < 30
    assert path.stat().st_size < 1.2 * most


def test_an_entry_larger_than_the_whole_cache_is_not_kept(path: Path) -> None:
    with Cache.open(path, max_bytes=1024 * 1024) as cache:
        cache.put("big", (), profile(lines=2000))
        assert cache.get("big") is None
        assert cache.problem is None


def test_a_damaged_file_is_set_aside_and_begun_anew(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path.parent.mkdir()
    path.write_bytes(b"this is no database, but nobody's to throw away either" * 99)
    with Cache.open(path) as cache:
        cache.put("k", (), profile())
        assert cache.get("k") is not None
        assert cache.problem is None
    assert Path(f"{path}.damaged").exists()
    assert "damaged" in caplog.text


def test_a_file_damaged_in_the_middle_ends_caching_and_the_next_run_is_well(path: Path) -> None:
    with Cache.open(path) as cache:
        for i in range(40):
            cache.put(str(i), (), profile(i, 160))
    data = bytearray(path.read_bytes())
    data[40_000:-10] = os.urandom(len(data) - 40_010)
    path.write_bytes(data)
    for _ in range(3):  # however the damage comes to light, nothing raises and nothing is wrong
        with Cache.open(path) as cache:
            for i in range(40):
                found = cache.get(str(i))
                assert found is None or same(found[1], profile(i, 160))
                cache.put(str(i), (), profile(i, 160))
    with Cache.open(path) as cache:
        assert all(cache.get(str(i)) for i in range(40))


def test_a_rotten_bit_is_a_miss_not_a_vector(path: Path) -> None:
    with Cache.open(path) as cache:
        cache.put("k", (), profile())
    connection = sqlite3.connect(path)
    (blob,) = connection.execute("SELECT vectors FROM encodings").fetchone()
    connection.execute("UPDATE encodings SET vectors = ?", (blob[:9] + b"\x01" + blob[10:],))
    connection.commit()
    connection.close()
    with Cache.open(path) as cache:
        assert cache.get("k") is None


def test_a_file_of_another_version_is_begun_anew(path: Path) -> None:
    with Cache.open(path) as cache:
        cache.put("k", (), profile())
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with Cache.open(path) as cache:
        assert cache.get("k") is None
        cache.put("k", (), profile())
        assert cache.get("k") is not None


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "theirs.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE encodings (precious TEXT)")
    connection.commit()
    connection.close()
    with Cache.open(path) as cache:
        cache.put("k", (), profile())
        assert cache.get("k") is None
        assert "another program" in (cache.problem or "")
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT sql FROM sqlite_master").fetchone()[0].count("precious") == 1
    connection.close()


def test_a_folder_that_cannot_be_made_is_a_problem_and_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with Cache.open(tmp_path / "file" / "c.sqlite") as cache:
        cache.put("k", (), profile())
        assert cache.get("k") is None
        assert "not kept" in (cache.problem or "")


def test_threads_of_one_process_share_it(path: Path) -> None:
    failures: list[object] = []
    with Cache.open(path) as cache:

        def work(first: int) -> None:
            for i in range(first, first + 25):
                cache.put(str(i), NOTICES, profile(i, 5))
                found = cache.get(str(i))
                if found is None or not same(found[1], profile(i, 5)):
                    failures.append(i)

        threads = [threading.Thread(target=work, args=(25 * n,)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not failures
        assert all(cache.get(str(i)) for i in range(100))
        assert cache.problem is None


WRITER = """
    import sys
    import numpy as np
    from pathlib import Path
    from rolefit.cache import Cache
    from rolefit.records import Encoding, Profile
    path, first, count = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    rows = np.ones((160, 512), np.float16)
    with Cache.open(path) as cache:
        for i in range(first, first + count):
            encoding = Encoding(rows[0].astype(np.float32) * i, rows * i, i, 0)
            cache.put(str(i), (), Profile(encoding, rows[:2], (), None, -1, -1, ()))
            print(i, flush=True)
    print("problem:", cache.problem)
"""


def writer(path: Path, first: int, count: int, env: dict[str, str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", textwrap.dedent(WRITER), str(path), str(first), str(count)]
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True)


@pytest.mark.slow
def test_two_processes_share_it_from_the_first_moment(
    path: Path, environment: dict[str, str]
) -> None:
    both = [writer(path, first, 60, environment) for first in (0, 60)]
    outputs = [process.communicate(timeout=60)[0] for process in both]
    assert [output.splitlines()[-1] for output in outputs] == ["problem: None"] * 2
    with Cache.open(path) as cache:
        found = [cache.get(str(i)) for i in range(120)]
    assert all(hit and hit[1].encoding.lines[-1, -1] == i for i, hit in enumerate(found))


@pytest.mark.slow
def test_a_process_killed_in_the_middle_costs_nothing_that_was_put_before(
    path: Path, environment: dict[str, str]
) -> None:
    if os.name == "nt":
        pytest.skip("no SIGKILL")
    process = writer(path, 0, 100_000, environment)
    assert process.stdout is not None
    for _ in range(30):
        process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=30)
    with Cache.open(path) as cache:
        assert all(cache.get(str(i)) for i in range(30))
        cache.put("new", (), profile())
        assert cache.get("new") is not None
        assert cache.problem is None


@pytest.mark.slow
def test_a_full_disk_ends_caching_and_nothing_else(path: Path, environment: dict[str, str]) -> None:
    if os.name == "nt":
        pytest.skip("no RLIMIT_FSIZE")
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, 2**20))\n"
    command = [sys.executable, "-c", limit + textwrap.dedent(WRITER), str(path), "0", "40"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "not kept" in done.stdout.splitlines()[-1]
    with Cache.open(path) as cache:
        assert cache.get("0") is not None
        assert cache.problem is None


@pytest.mark.slow
def test_a_thousand_entries_come_back_in_well_under_half_a_second(path: Path) -> None:
    with Cache.open(path) as cache:
        for i in range(1000):
            cache.put(str(i), (), profile(i % 7))
    times = []
    for _ in range(3):
        started = time.process_time()  # of this process alone: others may be busy
        with Cache.open(path) as cache:
            assert all(cache.get(str(i)) for i in range(1000))
        times.append(time.process_time() - started)
    assert min(times) < 0.5, times


def test_the_file_lies_where_the_platform_keeps_caches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ROLEFIT_CACHE")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("HOME", "/home/a")
    monkeypatch.setenv("XDG_CACHE_HOME", "/caches")
    assert settings.cache_file() == Path("/caches/rolefit/encodings.sqlite")
    monkeypatch.setenv("XDG_CACHE_HOME", "relative/is/to/be/ignored")
    assert settings.cache_file() == Path("/home/a/.cache/rolefit/encodings.sqlite")
    monkeypatch.setattr(sys, "platform", "darwin")
    assert settings.cache_file() == Path("/home/a/Library/Caches/rolefit/encodings.sqlite")
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", "/local")
    assert settings.cache_file() == Path("/local/rolefit/encodings.sqlite")
    monkeypatch.setenv("ROLEFIT_CACHE", "/own/c.sqlite")
    assert settings.cache_file() == Path("/own/c.sqlite")
