"""A cache never outlives a change of the code that reads."""

from __future__ import annotations

from read_with import current, written


def test_the_cache_key_names_the_code_that_reads() -> None:
    assert written() == current(), "run: python tests/read_with.py"
