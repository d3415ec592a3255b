"""What searches of a pool give back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rolefit.pool.rows import Entry
from rolefit.records import Match, Notice, Profile


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, best first."""

    matches: tuple[Match, ...]
    entries: tuple[Entry, ...]  # of the same, in the same order
    scored: int  # how many got a whole score
    passed: int  # how many the filter let through
    notices: tuple[Notice, ...] = ()  # of the pool


@dataclass(frozen=True, slots=True)
class Similar:
    """Somebody like the one who was given."""

    entry: Entry
    likeness: float  # mean of the cosines of the texts and of the nearest titles, at most 1
    shared: tuple[str, ...]  # skills that both name


def likeness(one: Profile, other: Profile) -> float:
    """Mean of the cosines of two texts and of their nearest titles, at most 1."""
    texts = float(np.dot(one.encoding.vector, other.encoding.vector))
    if not len(one.titles) or not len(other.titles):
        return texts
    titles = one.titles.astype(np.float32) @ other.titles.astype(np.float32).T
    return (texts + float(titles.max())) / 2
