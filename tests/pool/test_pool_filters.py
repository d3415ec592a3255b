"""Filters mean what they say; what is wrong with one is said with the place or the fields."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from rolefit.errors import InputError
from rolefit.pool import codes, rows
from rolefit.pool.codes import Board
from rolefit.pool.facts import Facts
from rolefit.pool.filters import And, Check, Not, Or, parse
from rolefit.pool.select import Selection
from rolefit.pool.sqlite import SqliteStore
from rolefit.records import Encoding, Profile

DOMAINS = ("healthcare", "technology", "sales")
LEVEL = {"": -1, "mid": 2, "senior": 3, "director": 5}
DEGREE = {"": -1, "bachelor": 2, "master": 3}
PEOPLE = {
    1: Facts(("healthcare",), "senior", 12.0, "bachelor", "GB", ("intensive care",),
             ("registered nurse licence", "CPR certificate"), ("English",), ("ICU Nurse",), ()),
    2: Facts(("technology", "sales"), "mid", 3.5, "master", "US", ("Docker", "SQL"), (),
             ("English", "Spanish"), ("Sales Engineer",), ("Physics",)),
    3: Facts(("technology",), "director", 20.0, "", "DE", ("Docker",), (), (), ("Head of IT",), ()),
    4: Facts((), "", None, "", "", (), (), (), (), ()),
}  # fmt: skip


@pytest.fixture
def passing(tmp_path: Path) -> Callable[[str], list[int]]:
    """The ids that a filter lets through."""
    store = SqliteStore.open(tmp_path / "p.pool", {"side": "resume"})
    records = {}
    for id, facts in PEOPLE.items():
        profile = Profile(
            Encoding(np.ones(16, np.float32), np.ones((1, 16), np.float16), 9, 0),
            np.ones((1, 16), np.float16), (), facts.years, LEVEL[facts.level],
            DEGREE[facts.degree], facts.licences,
        )  # fmt: skip
        records[id] = rows.record_of(16, profile, facts, DOMAINS)
        values = sorted({(field, rows.plain(value)) for field, value in facts.values()})
        store.db.execute("INSERT INTO entries VALUES (?, ?, ?, 1, '', '')",
                         (id, f"/in/Folder/{id}.pdf", str(id)))  # fmt: skip
        for value in values:
            store.db.execute("INSERT OR IGNORE INTO terms (field, value) VALUES (?, ?)", value)
            store.db.execute(
                "INSERT INTO holds SELECT id, ? FROM terms WHERE field = ? AND value = ?",
                (id, *value),
            )
    rows.write_records(store.db, 16, records, 1)
    board = Board(16)
    board.put(0, store.db.execute("SELECT records FROM blocks").fetchone()[0])

    def passed(where: str) -> list[int]:
        return np.flatnonzero(Selection(store, board, DOMAINS).mask(where)).tolist()

    return passed


@pytest.mark.parametrize(
    ("where", "ids"),
    [
        ("", [1, 2, 3, 4]),
        ("domain=healthcare and level>=senior and years>=5 and licence='registered nurse' "
         "and country='UK'", [1]),
        ("domain = Technology", [2, 3]),
        ("domain in (sales, healthcare)", [1, 2]),
        ("years < 12.5 AND NOT country = US", [1]),
        ("not years >= 5", [2, 4]),
        ("years != 12", [2, 3, 4]),
        ("years = unknown or years > 15", [3, 4]),
        ("level >= mid and level < director", [1, 2]),
        ("level = unknown", [4]),
        ("degree in ('bachelor', \"master\")", [1, 2]),
        ("degree not in (bachelor)", [2, 3, 4]),
        ("country in (germany, us)", [2, 3]),
        ("country = unknown", [4]),
        ("skill = docker", [2, 3]),
        ("skill = docker and not skill = sql", [3]),
        ("licence contains nurse", [1]),
        ("license = 'CPR'", [1]),
        ("licence = unknown", [2, 3, 4]),
        ("language = spanish or title contains 'head of'", [2, 3]),
        ("subject = physics", [2]),
        ("name contains folder and id <= 2", [1, 2]),
        ("id in (1, 4, 99)", [1, 4]),
        ("years >= 5 or years < 4 and domain = sales", [1, 2, 3]),
        ("(years >= 5 or years < 4) and domain = sales", [2]),
        ("skill = 'nobody has this'", []),
        ("title = ''", []),
    ],
)  # fmt: skip
def test_a_filter_lets_through_whom_it_says(
    passing: Callable[[str], list[int]], where: str, ids: list[int]
) -> None:
    assert passing(where) == ids


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("salary > 3", "there is no field 'salary'; the fields are domain, level, years"),
        ("years >=", "expected a value .* at character 9, got the end"),
        ("years >= five", "years: expected a number, got 'five'"),
        ("years >= nan", "expected a number"),
        ("years contains 5", "years contains: expected one of"),
        ("level >= boss", "expected one of intern < entry < mid < senior"),
        ("licence > 'a'", "licence has no order; expected one of = != in contains"),
        ("domain = law", "expected one of healthcare, technology, sales"),
        ("country = Atlantis", "expected a country's name or two letters"),
        ("country contains a", "country has no order"),
        ("years 5", "expected one of = != < <= > >= in contains after `years`"),
        ("years = 5 level = mid", "expected `and`, `or` or the end at character 11, got 'level'"),
        ("(years = 5", r"expected `\)` at character 11"),
        ("degree in bachelor", r"expected `\(` after `in`"),
        ("degree in (bachelor master)", r"expected `,` or `\)`"),
        ("degree not = bachelor", "expected `in` after `not`"),
        ("title = 'head", "a quote that is never closed"),
        ("title = a; drop table entries", "expected `and`, `or` or the end|the end"),
        ("and", "expected the name of a field"),
        ("years = and", "expected a value"),
        ("not " * 200 + "id = 1", "at most 100"),
        ("(" * 5000, "at most 100"),
        ("id = 1" + " " * 20_000, "at most 10,000 characters"),
        ("years = 5 or", "expected the name of a field at character 13, got the end"),
    ],
)
def test_what_is_wrong_with_a_filter_is_said(
    passing: Callable[[str], list[int]], where: str, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        passing(where)


def test_quotes_are_doubled_inside_quotes() -> None:
    assert parse("licence = 'driver''s licence'") == Check("licence", "=", ("driver's licence",))
    assert parse('title = "say ""hi"""') == Check("title", "=", ('say "hi"',))


def test_and_binds_closer_than_or_and_not_closer_than_both() -> None:
    a, b, c = (Check(name, "=", ("1",)) for name in "abc")
    assert parse("a=1 or b=1 and not c=1") == Or((a, And((b, Not(c)))))


def test_nearest_codes_are_those_with_the_fewest_other_bits() -> None:
    rng = np.random.default_rng(5)
    vectors = rng.normal(size=(3000, 100)).astype(np.float32)
    board = Board(100)
    records = np.zeros(codes.BLOCK, codes.record(100))
    for block in range(3):
        for place in range(codes.BLOCK):
            id = block * codes.BLOCK + place
            records[place]["document"] = codes.code(vectors[id % 3000])
        board.put(block, records.tobytes())
    query = rng.normal(size=100).astype(np.float32)
    other = ((vectors > 0) != (query > 0)).sum(axis=1)
    among = np.arange(5, 3000)
    expected = among[np.argsort(other[among], kind="stable")][:40]
    assert board.nearest("document", query, among, 40).tolist() == expected.tolist()
    few = np.arange(5, 3000, 100)
    best = few[np.argsort(other[few], kind="stable")][:7]
    assert board.nearest("document", query, few, 7).tolist() == best.tolist()


def test_bits_are_counted_alike_without_numpy_2() -> None:
    words = np.random.default_rng(0).integers(0, 1 << 63, size=100, dtype=np.uint64)
    assert codes._by_table(words).tolist() == [bin(int(word)).count("1") for word in words]


def test_whoever_leads_two_lists_leads_their_fusion() -> None:
    lists = [np.array([7, 3, 9]), np.array([7, 4]), np.array([], np.int64), np.array([3, 4])]
    assert codes.fused(lists, 10).tolist() == [3, 7, 4, 9] or codes.fused(lists, 1).tolist() == [7]
    assert codes.fused([], 5).tolist() == []
