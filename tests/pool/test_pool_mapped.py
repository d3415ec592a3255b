"""A large pool is opened by mapping a file beside it, which is never trusted more than the pool."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from pools import bytes_of, resume

from rolefit import Matcher, Pool
from rolefit.bundle import Bundle
from rolefit.pool import codes, mapped
from rolefit.reading import from_text

ADVERT = "Advert for a nurse on a ward. Patient care. Five years of experience."
PEOPLE = 12


def people(numbers: range) -> list:
    return [from_text(resume(number), name=f"person {number}") for number in numbers]


@pytest.fixture
def matcher(tiny_bundle: Bundle) -> Matcher:
    return Matcher(tiny_bundle)


@pytest.fixture
def made(tmp_path: Path, matcher: Matcher, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pool that counts as large, with its file."""
    monkeypatch.setattr(mapped, "LEAST", 1)
    monkeypatch.setattr(codes, "BLOCK", 4)
    for name in ("mapped", "pool"):
        monkeypatch.setattr(f"rolefit.pool.{name}.BLOCK", 4)
    path = tmp_path / "people.pool"
    with Pool.open(path, matcher, create=True) as pool:
        pool.add(people(range(PEOPLE)))
        pool.search(ADVERT, candidates=3)
    assert mapped.beside(path).exists()
    return path


def told(path: Path, matcher: Matcher, candidates: int = 4) -> list[tuple[int, float]]:
    with Pool.open(path, matcher) as pool:
        found = pool.search(ADVERT, candidates=candidates, where="years >= 0 or years = unknown")
        assert pool.verify() == []
        return [(e.id, m.score) for e, m in zip(found.entries, found.matches, strict=True)]


def is_mapped(path: Path, matcher: Matcher) -> bool:
    with Pool.open(path, matcher) as pool:
        pool.stats()
        return isinstance(pool._index.board.columns["here"].base, np.memmap)


def test_a_search_finds_the_same_with_the_file_and_without(made: Path, matcher: Matcher) -> None:
    assert is_mapped(made, matcher)
    with_file = told(made, matcher)
    mapped.beside(made).unlink()
    assert not is_mapped(made, matcher)
    assert told(made, matcher) == with_file
    assert is_mapped(made, matcher)  # it was made again


def test_who_was_added_and_removed_since_is_known(made: Path, matcher: Matcher) -> None:
    with Pool.open(made, matcher) as pool:
        pool.add(people(range(PEOPLE, PEOPLE + 1)))
        pool.remove(["person 3"])
        kept = {entry.name for entry in pool.entries()}
    assert {f"person {n}" for n in range(PEOPLE + 1)} - {"person 3"} == kept
    with_file = told(made, matcher)
    mapped.beside(made).unlink()
    assert told(made, matcher) == with_file


def in_file(path: Path, matcher: Matcher, id: int) -> dict[str, bytes]:
    """What the file holds of somebody, by column."""
    with Pool.open(path, matcher) as pool:
        board = pool._index.board
        data = mapped.beside(path).read_bytes()
        rows = json.loads(data[:4096])["rows"]
        found = {}
        for name, at, size in mapped._places(board, rows):
            part = np.frombuffer(data[at : at + size], np.uint8)
            words = 1 if name in codes.NUMBERS else board.words
            found[name] = part.reshape(words, rows, -1)[:, id].tobytes()
        return found


def test_whoever_is_removed_is_out_of_the_file_at_once(made: Path, matcher: Matcher) -> None:
    others = {id: in_file(made, matcher, id) for id in (4, 6)}
    assert all(any(in_file(made, matcher, 5)[name]) for name in ("here", "document", "title"))
    with Pool.open(made, matcher) as pool:
        pool.remove([5])
    assert not any(any(held) for held in in_file(made, matcher, 5).values())
    assert {id: in_file(made, matcher, id) for id in (4, 6)} == others
    assert is_mapped(made, matcher)
    assert told(made, matcher)


def test_who_is_forgotten_leaves_no_byte_in_any_file(made: Path, matcher: Matcher) -> None:
    with Pool.open(made, matcher) as pool:
        pool.forget(["person 7"])
        assert b"Number7" not in bytes_of(made)
        assert not mapped.beside(made).exists()
        assert pool.search(ADVERT, candidates=3).scored == 3
    assert is_mapped(made, matcher)


def test_a_file_of_another_pool_or_of_another_time_is_not_looked_at(
    made: Path, matcher: Matcher, tmp_path: Path
) -> None:
    old = tmp_path / "backup.pool"
    shutil.copy(made, old)
    with Pool.open(made, matcher) as pool:
        pool.remove(["person 1", "person 2"])
    shutil.copy(mapped.beside(made), mapped.beside(old))  # of a later time than the backup
    assert not is_mapped(old, matcher)
    found = told(old, matcher, candidates=100)
    assert len(found) == PEOPLE


@pytest.mark.parametrize("broken", [b"", b"{", b"[]" * 4000, b"{}".ljust(5000)])
def test_a_file_that_is_broken_is_made_anew(made: Path, matcher: Matcher, broken: bytes) -> None:
    whole = told(made, matcher)
    mapped.beside(made).write_bytes(broken)
    assert not is_mapped(made, matcher)
    assert told(made, matcher) == whole
    assert is_mapped(made, matcher)


def test_a_file_that_says_something_else_than_the_pool_is_found_by_verify(
    made: Path, matcher: Matcher
) -> None:
    path = mapped.beside(made)
    data = bytearray(path.read_bytes())
    data[-200:] = bytes(200)
    data[4096 + 20 : 4096 + 60] = b"\1" * 40
    path.write_bytes(data)
    with Pool.open(made, matcher) as pool:
        assert pool.verify()
        pool.compact()
        assert pool.verify() == []


def test_a_small_pool_is_one_file(tmp_path: Path, matcher: Matcher) -> None:
    with Pool.open(tmp_path / "small.pool", matcher, create=True) as pool:
        pool.add(people(range(3)))
        pool.search(ADVERT)
    assert [file.name for file in tmp_path.iterdir()] == ["small.pool"]
