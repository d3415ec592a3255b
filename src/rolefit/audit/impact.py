"""Impact ratios as New York City's Local Law 144 of 2021 and its rule define them.

The Rules of the City of New York, title 6, sections 5-300 and 5-301:

    scoring rate    share of a category with a score above the sample's median score
    selection rate  share of a category that was selected
    impact ratio    a category's rate / the highest rate of any category

by sex, by race/ethnicity, and by both together. A category of less than 2% of the data may be left
out of the ratios, if the auditor says why and its number and rate are stated. People of whom a
category is unknown are counted apart.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from rolefit.audit.outcomes import Outcome, Outcomes

SMALL = 0.02  # of the data
FOUR_FIFTHS = 0.8  # the US agencies' rule of thumb of 1978; not part of Local Law 144
_Z = 1.959963984540054  # 95%


@dataclass(frozen=True, slots=True)
class Category:
    """One row of a table. Rates and ratios run from 0 to 1."""

    sex: str  # "" in the table by race/ethnicity
    race: str  # "" in the table by sex
    n: int
    above: int  # selected, or with a score above the median
    small: bool  # less than SMALL of the data
    left_out: bool  # of the ratios
    ratio: float | None  # None if left out, or if nobody at all has the outcome
    low: float  # 95% interval of the rate (Wilson)
    high: float

    @property
    def rate(self) -> float:
        return self.above / self.n

    @property
    def label(self) -> str:
        return " · ".join(filter(None, (self.race, self.sex)))


@dataclass(frozen=True, slots=True)
class Table:
    by: str  # "sex", "race/ethnicity", "race/ethnicity and sex"
    categories: tuple[Category, ...]
    unknown: int  # people who are in no category of this table


@dataclass(frozen=True, slots=True)
class Impact:
    outcomes: Outcomes
    median: float | None  # of all scores, those of unknown category too
    tables: tuple[Table, ...]
    reason: str  # why small categories were left out; "" if they were not

    @property
    def lowest(self) -> float | None:
        """The lowest ratio of any table; None if there is no ratio."""
        found = [c.ratio for t in self.tables for c in t.categories if c.ratio is not None]
        return min(found, default=None)


def impact(outcomes: Outcomes, leave_out_small: str = "") -> Impact:
    """`leave_out_small` is the reason why categories under 2% are left out of the ratios.

    The rule lets an auditor leave them out only with a reason; without one they stay in.
    """
    scores = [row.score for row in outcomes.rows if row.score is not None]
    middle = median(scores) if scores else None

    def above(row: Outcome) -> bool:
        if middle is not None and row.score is not None:
            return row.score > middle
        return bool(row.selected)

    ways: tuple[tuple[str, Callable[[Outcome], tuple[str | None, str | None]]], ...] = (
        ("sex", lambda row: (row.sex, "")),
        ("race/ethnicity", lambda row: ("", row.race)),
        ("race/ethnicity and sex", lambda row: (row.sex, row.race)),
    )
    tables = [_table(by, key, above, outcomes, bool(leave_out_small)) for by, key in ways]
    return Impact(outcomes, middle, tuple(tables), leave_out_small)


def _table(
    by: str,
    key: Callable[[Outcome], tuple[str | None, str | None]],
    above: Callable[[Outcome], bool],
    outcomes: Outcomes,
    leave_out: bool,
) -> Table:
    counts: dict[tuple[str, str], list[int]] = {}
    unknown = 0
    for row in outcomes.rows:
        sex, race = key(row)
        if sex is None or race is None:
            unknown += 1
            continue
        count = counts.setdefault((sex, race), [0, 0])
        count[0] += 1
        count[1] += above(row)
    total = len(outcomes.rows)
    small = {name: n < SMALL * total for name, (n, _) in counts.items()}
    # Exact: (1/3) / (5/12) is four fifths, and as floats would be a little less.
    rates = [Fraction(k, n) for name, (n, k) in counts.items() if not (leave_out and small[name])]
    highest = max(rates, default=Fraction(0))
    categories = []
    for (sex, race), (n, k) in sorted(counts.items(), key=lambda item: item[0][::-1]):
        out = leave_out and small[sex, race]
        ratio = None if out or not highest else float(Fraction(k, n) / highest)
        low, high = wilson(k, n)
        categories.append(Category(sex, race, n, k, small[sex, race], out, ratio, low, high))
    return Table(by, tuple(categories), unknown)


def wilson(k: int, n: int) -> tuple[float, float]:
    """Wilson's 95% interval of a share: k of n."""
    centre = (k + _Z * _Z / 2) / (n + _Z * _Z)
    half = _Z * math.sqrt(k * (n - k) / n + _Z * _Z / 4) / (n + _Z * _Z)
    return max(0.0, centre - half), min(1.0, centre + half)
