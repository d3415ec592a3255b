"""The rooms of words stay near-linear, whatever runs a text is made of."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from workers import Worker

LEAST, TIMES = 6_000, 4  # characters of the short text; how much longer the long one is
WORSE = 10  # times as slow as the short one; the square would be 16
FLOOR = 0.2  # seconds that no machine tells apart
RUNS = [
    " ", "\t", "\n", " \n", "-", "_", ".", ",", ", ", "/", "|", "| ", " | ", "\u2022", "\u2022 ",
    "(", "((a))", "[", '"', "'", ":", "; ", "*", "&amp;", "1", "1-", "1.", "1/1/", "2019 - ",
    "Jan 2020 - ", "A", "a", "A ", "a ", "a b c ", "A & ", "a,", "a@a.", "www.", "e\u0301",
    "\u0301", "\u200b", "\xad", "\u0430", "\ufb01", "\u03a9", "\u6f22", "\U0001f600", "Jane Doe\n",
    "JANE ", "Mr. ", "he ", "English ", "Mandarin Chinese ", "fluent ", "Bachelor of ",
    "degree in ", "University of ", "years of experience ", "5+ years ", "required: ", "no ",
    "you will ", "St. ", "123 Main ", "New York, NY ", "(555) ", "C++ ", "RN ", "Python, ",
    "Senior ", "Engineer\nAcme Ltd\n2019 - 2020\n",
]  # fmt: skip


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.close()


def seconds(worker: Worker, run: str, size: int) -> dict[str, float]:
    answer = worker.ask("rooms", "Jane Doe\n" + run * (size // len(run)) + "~", seconds=120)
    assert answer.outcome == "ok", answer
    found: dict[str, float] = ast.literal_eval(answer.value)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("run", RUNS)
def test_a_run_four_times_as_long_takes_no_more_than_near_four_times(
    worker: Worker, run: str
) -> None:
    short, long = (seconds(worker, run, size) for size in (LEAST, TIMES * LEAST))
    slow = {room: (short[room], long[room]) for room in long
            if long[room] > WORSE * max(short[room], FLOOR)}  # fmt: skip
    assert not slow
