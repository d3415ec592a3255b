"""The lexical stage: which people name the rare words and skills that a text names (BM25).

Indexed are skills by their id, and the words of the text without what tells who the person is.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

import numpy as np

from rolefit.language.personal import covered, find_masks
from rolefit.pool.codes import Ids
from rolefit.pool.facts import titles_of
from rolefit.pool.store import Store, Term
from rolefit.prepare import Job, Resume, as_seen

SAMPLE = 20_000  # ids by which it is estimated how many people have a word
BUDGET = 30_000  # people that the words of one query name together, beyond which it gets slow
COMMON = 0.1  # share of people beyond which a word tells nobody apart
MOST = 40  # words of a query
_WORD = re.compile(r"[^\W_]{3,}")


def of_skills(ids: Iterable[str]) -> str:
    """Skills as words of letters that no text has."""
    return " ".join(_skill(id) for id in ids)


def of_text(found: Resume | Job) -> str:
    seen = as_seen(found.document)
    if isinstance(found, Job):
        return seen.text
    return covered(seen.text, find_masks(seen), " ")


def query(store: Store, found: Resume | Job, count: int) -> list[Term]:
    """What to look for, rarest first: skills, and words of titles and of the text.

    As many as name BUDGET people in a pool of `count`.
    """
    wanted = [("skills", _skill(id)) for id in found.profile.skills]
    titles = " ".join(titles_of(found)).lower()
    words = dict.fromkeys(_WORD.findall(titles))
    words |= dict.fromkeys(_WORD.findall(of_text(found).lower()))
    wanted += [("body", word) for word in list(words)[:400]]
    sample = min(SAMPLE, count)
    shares = []
    for term in wanted:
        having = store.count(term, sample)
        share = having / max(1, sample)
        if having > 0 and (share <= COMMON or count <= SAMPLE):
            shares.append((share, term))
    shares.sort()
    chosen: list[Term] = []
    people = 0.0
    for share, term in shares[:MOST]:
        people += share * count
        if chosen and people > BUDGET:
            break
        chosen.append(term)
    return chosen


def best(store: Store, terms: list[Term]) -> Ids:
    """Ids of all who have one of the terms, best first."""
    if not terms:
        return np.zeros(0, np.int64)
    return np.fromiter(store.ranked(terms), np.int64)


def _skill(id: str) -> str:
    return "zq" + hashlib.blake2b(id.encode(), digest_size=6).hexdigest()
