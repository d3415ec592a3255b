"""Stage one: which people of a pool are worth a whole score.

    document code : the advert's whole text beside each resume's whole text
    title code    : its title beside each latest title
    crossed       : its title beside each whole text
    words         : BM25 of rare words and skills
    three quarters of the candidates by the first, which the score follows most; the rest by
    reciprocal rank fusion of all four

Whoever passes a filter is a candidate where they are no more than asked for: nothing is lost then.
"""

from __future__ import annotations

import numpy as np

from rolefit.pool import words
from rolefit.pool.codes import Board, Ids, Mask, fused
from rolefit.pool.store import Store
from rolefit.prepare import Job, Resume

SURE = 0.75  # share of the candidates that the whole texts alone decide
DEPTH = 2  # times as many of each list as candidates are wanted


def candidates(store: Store, board: Board, found: Resume | Job, mask: Mask, count: int) -> Ids:
    """At most `count` ids of those in `mask`, rising. `found` is who or what is looked for."""
    among = np.flatnonzero(mask)
    if len(among) <= count:
        return among
    profile, deep = found.profile, DEPTH * count
    text = profile.encoding.vector
    title = profile.titles[0] if len(profile.titles) else text
    near = board.nearest("document", text, among, deep)
    lists = [
        near,
        board.nearest("title", title, among, deep),
        board.nearest("document", title, among, deep),
        _lexical(store, found, mask, deep),
    ]
    sure = near[: int(SURE * count)]
    others = fused(lists, len(lists) * deep)
    rest = others[~np.isin(others, sure)][: count - len(sure)]
    return np.sort(np.concatenate([sure, rest]))


def _lexical(store: Store, found: Resume | Job, mask: Mask, count: int) -> Ids:
    ids = words.best(store, words.query(store, found, int(mask.sum())))
    ids = ids[ids < len(mask)]
    return ids[mask[ids]][:count]
