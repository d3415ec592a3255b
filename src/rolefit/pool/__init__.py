"""Pools: many resumes, or many jobs, in one place, searched in two stages.

facts.py, country.py, packing.py   what is kept of a document besides its profile
store.py, sqlite.py, postgres.py   where it lies: in a file, or on a server
rows.py                            one person in its tables
codes.py, index.py, mapped.py      what is in memory of everybody
words.py, search.py                stage one: who is worth a whole score
filters.py, select.py              the language of filters, and whom one lets through
adding.py, renewing.py             documents into a pool, a pool into another model's
checking.py, stats.py, exporting.py
pool.py                            all of it together
"""

from __future__ import annotations

from rolefit.pool.adding import Added, Change
from rolefit.pool.exporting import Exported
from rolefit.pool.facts import Facts
from rolefit.pool.found import Found, Similar
from rolefit.pool.pool import Pool
from rolefit.pool.renewing import renewed
from rolefit.pool.rows import Entry
from rolefit.pool.stats import Stats

__all__ = [
    "Added", "Change", "Entry", "Exported", "Facts", "Found", "Pool", "Similar", "Stats", "renewed",
]  # fmt: skip
