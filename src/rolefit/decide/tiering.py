"""People who cannot be told apart, as one tier; inside it by score or by what is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from rolefit.bundle import Bundle
from rolefit.decided import Confirmed, Tiering, Weighted
from rolefit.evidence import MUST_WEIGHT, SHARE, WEIGHTS
from rolefit.records import Evidence, Match
from rolefit.tiers import Tiers

Shown = Callable[[Match], tuple[Evidence, ...]]


def tiering(
    bundle: Bundle, matches: Sequence[Match], weights: Sequence[Weighted] = ()
) -> Tiering | None:
    """The tier of each of `matches`, which are in order; None where the bundle knows of none.

    By the scores of `weights` where there are any, whoever does not show a must apart: how well
    those tiers hold is not known, their gaps are those of the scores without weights.
    """
    known = Tiers.open(bundle)
    if known is None or not matches:
        return None
    found: list[int] = []
    if weights:
        for _, group in groupby(weights, key=lambda weighted: bool(weighted.lacking)):
            before = found[-1] if found else 0
            found += [before + tier for tier in known.of([w.score for w in group])]
    else:
        found = known.of([match.score for match in matches])
    held = known.held
    return Tiering(tuple(found), known.level, held.jobs, held.across, held.next, held.alike)


def by_evidence(
    tiers: Tiering,
    matches: Sequence[Match],
    weights: Sequence[Weighted],
    confirmed: Confirmed | None,
    shown: Shown,
    top: int | None = None,
) -> tuple[list[Match], tuple[Weighted, ...]]:
    """The same tiers, in each of them who shows most of what is asked for first.

    Musts count first, then all requirements by their weights. Read are only people of tiers of more
    than one that reach into the first `top`.
    """
    places = list(range(len(matches)))
    ordered: list[int] = []
    for tier, group in groupby(places, key=lambda place: tiers.tiers[place]):
        own = list(group)
        if len(own) > 1 and (top is None or own[0] < top):
            keys = {
                place: _shares(
                    matches[place], weights[place] if weights else None, confirmed, shown
                )
                for place in own
            }
            own.sort(key=lambda place: [-share for share in keys[place]])
        ordered += own
        assert all(tiers.tiers[place] == tier for place in own)
    return [matches[p] for p in ordered], tuple(weights[p] for p in ordered if weights)


def _shares(
    match: Match, weighted: Weighted | None, confirmed: Confirmed | None, shown: Shown
) -> tuple[float, float]:
    """(share of musts that is shown, share of all requirements by weight)."""
    if weighted and weighted.statuses and confirmed:
        statuses = dict(weighted.statuses)
        rows = [(w.must, w.weight * WEIGHTS[w.kind], statuses[w.id]) for w in confirmed.wishes]
    else:
        asked = [(item.requirement, item.status) for item in shown(match)]
        rows = [(r.must, MUST_WEIGHT if r.must else WEIGHTS[r.kind], s) for r, s in asked]
    musts = [(1.0, status) for must, _, status in rows if must]
    return _share(musts), _share([(weight, status) for _, weight, status in rows])


def _share(rows: Sequence[tuple[float, str]]) -> float:
    total = sum(weight for weight, _ in rows)
    return sum(weight * SHARE[status] for weight, status in rows) / total if total else 1.0
