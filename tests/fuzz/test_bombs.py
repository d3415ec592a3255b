"""Files made to cost more than they should: bounded time and memory, each in a process of its own.

The bounds are ten times and more what was measured on a slow core; docs/fuzzing.md has the figures.
"""

from __future__ import annotations

import bombs
import pytest
from child import MIB
from workers import once

from rolefit import errors
from rolefit.reading import Limits

SECONDS = 100.0  # most take less than two; the clock of Limits ends what would take more than 30
MEMORY = 1024 * MIB
ALL = {
    f"{kind}: {name}": make
    for kind, made in (
        ("archive", bombs.ARCHIVES), ("pdf", bombs.PDFS), ("page", bombs.PAGES),
        ("file", bombs.OTHERS),
    )
    for name, make in made.items()
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", ALL)
def test_a_bomb_is_read_or_refused_within_bounds(name: str) -> None:
    data = ALL[name]()
    assert len(data) <= Limits().bytes, "a larger file would be refused for its size alone"
    answer = once("once", data, seconds=SECONDS)
    kind = getattr(errors, answer.outcome, None)
    assert answer.outcome == "ok" or issubclass(kind, errors.ReadError), answer
    assert answer.peak < MEMORY, answer


@pytest.mark.slow
def test_a_page_as_long_as_it_is_thin_is_drawn_as_small_as_others() -> None:
    """It was drawn as seven million pixels, several times at once."""
    assert once("once", bombs.PDFS["a page as long as it is thin"]()).peak < 400 * MIB


@pytest.mark.slow
def test_the_bounds_are_measured_at_all() -> None:
    """A child that eats memory says so, and one that takes more than it may dies alone."""
    assert once("eat", 200 * MIB).peak > 200 * MIB
    assert once("eat", 8192 * MIB).outcome == "unexpected"  # MemoryError, by the safety net
