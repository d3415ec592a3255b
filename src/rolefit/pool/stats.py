"""How many are in a pool, how large it is, and how its fields are filled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rolefit.language.education import DEGREES
from rolefit.language.levels import LEVELS
from rolefit.matcher import Matcher
from rolefit.pool import adding
from rolefit.pool.codes import Board
from rolefit.pool.store import Store
from rolefit.records import Notice

_COMMONEST = 20


@dataclass(frozen=True, slots=True)
class Stats:
    side: str  # "resume" or "job"
    people: int
    file_bytes: int
    memory_bytes: int  # that a search holds
    model: str
    encoder_sha256: str
    domains: dict[str, int]  # how many likely read like it
    levels: dict[str, int]
    degrees: dict[str, int]
    countries: dict[str, int]
    years: tuple[float, float, float] | None  # quartiles of those who say
    skills: dict[str, int]  # the commonest
    licences: dict[str, int]
    notices: tuple[Notice, ...]


def stats_of(store: Store, board: Board, domains: Sequence[str], matcher: Matcher) -> Stats:
    here = board.here
    years = board.columns["years"][here]
    years = years[~np.isnan(years)].astype(np.float64)
    bits = board.columns["domains"][here]
    quartiles = np.percentile(years, [25, 50, 75]) if len(years) else None
    return Stats(
        side=store.meta("side"),
        people=int(here.sum()),
        file_bytes=store.size(),
        memory_bytes=board.nbytes,
        model=store.meta("model"),
        encoder_sha256=store.meta("encoder"),
        domains=_falling({
            name: int((bits & np.uint64(1 << bit) != 0).sum()) for bit, name in enumerate(domains)
        }),
        levels=_steps(board.columns["level"][here], LEVELS),
        degrees=_steps(board.columns["degree"][here], DEGREES),
        countries=_countries(board.columns["country"][here]),
        years=(float(quartiles[0]), float(quartiles[1]), float(quartiles[2]))
        if quartiles is not None
        else None,
        skills=_terms(store, "skill"),
        licences=_terms(store, "licence"),
        notices=adding.age_notices(store, matcher),
    )  # fmt: skip


def _steps(
    values: np.ndarray[tuple[int], np.dtype[np.int8]], names: Sequence[str]
) -> dict[str, int]:
    counts = {name: int((values == step).sum()) for step, name in enumerate(names)}
    return {**{k: v for k, v in counts.items() if v}, "unknown": int((values < 0).sum())}


def _countries(values: npt.NDArray[np.uint16]) -> dict[str, int]:
    codes, counts = np.unique(values, return_counts=True)
    named = {
        int(code).to_bytes(2, "big").decode("ascii") if code else "unknown": int(count)
        for code, count in zip(codes, counts, strict=True)
    }
    return _falling(named)


def _terms(store: Store, field: str) -> dict[str, int]:
    rows = store.db.execute(
        "SELECT value, count(*) AS people FROM terms JOIN holds ON term = terms.id "
        "WHERE field = ? GROUP BY terms.id, value ORDER BY people DESC, value LIMIT ?",
        (field, _COMMONEST),
    )
    return dict(rows.fetchall())


def _falling(counts: dict[str, int]) -> dict[str, int]:
    some = {name: count for name, count in counts.items() if count}
    return dict(sorted(some.items(), key=lambda item: (-item[1], item[0])))
