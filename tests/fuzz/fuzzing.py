"""One property, for all that is fuzzed, and how long it is tried.

ROLEFIT_FUZZ=long tries for ten minutes in all what else takes about one; a number is seconds.
"""

from __future__ import annotations

import os
import time
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from workers import Worker

from rolefit import errors

TOTAL = {"": 60.0, "long": 600.0}
TARGETS = 30  # tests that share it
BATCH = 40  # examples between two looks at the clock
SECONDS = 20.0  # of a reading of files this small, on a slow machine; sound ones take milliseconds
MEMORY = 1024 * 1024 * 1024  # bytes


def seconds() -> float:
    """For one target."""
    said = os.environ.get("ROLEFIT_FUZZ", "")
    return (TOTAL[said] if said in TOTAL else float(said)) / TARGETS


def fuzz(worker: Worker, target: str, questions: st.SearchStrategy[tuple[Any, ...]]) -> None:
    """Ask `target` until the time is over. Fails with the least question that has a bad answer."""

    @settings(
        max_examples=BATCH, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    @given(questions)
    def batch(question: tuple[Any, ...]) -> None:
        check(worker, target, question)

    end = time.monotonic() + seconds()
    while time.monotonic() < end:
        batch()


def check(worker: Worker, target: str, question: tuple[Any, ...]) -> None:
    """A value of the right form or an error of rolefit's own, soon, and for little memory."""
    answer = worker.ask(target, *question, seconds=SECONDS)
    known = answer.outcome == "ok" or issubclass(
        getattr(errors, answer.outcome, Exception), errors.RolefitError
    )
    assert known, f"{answer.outcome}: {answer.value}"
    assert answer.peak < MEMORY, f"{answer.peak:,} bytes"
