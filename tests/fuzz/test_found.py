"""What once broke something does so no more; `found/cases.py` says what it was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from found.cases import CASES, Case
from fuzzing import MEMORY
from workers import Worker

SECONDS = 60.0  # each takes less than two; before, minutes, gigabytes, or the whole process


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.close()


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=[case.sentence for case in CASES])
def test_what_once_broke_something_is_read_or_refused(worker: Worker, case: Case) -> None:
    answer = worker.ask(case.target, *case.question, seconds=SECONDS)
    assert answer.outcome == case.outcome, answer
    assert answer.peak < MEMORY
