"""Scores across professions: which pairs are taken for each other, and which take more than others.

A model that likes one kind of text gives its resumes or its jobs points that nobody earned; a mean
over all pairs hides that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rolefit.evaluation.proof import Table, percentile, points
from rolefit.intake import Side, Source
from rolefit.matcher import Matcher
from rolefit.records import Document, Domain, FloatArray, likely
from rolefit.report import reads_like

SHOWN = 10  # pairs in the table; all are in the JSON
MORE = 1.25  # times the mean of all, from which a profession has more than its share


@dataclass(frozen=True, slots=True)
class Inflation:
    """Scores of two professions across: resumes of one for jobs of the other, both ways."""

    first: str
    second: str
    mean: float
    p95: float
    highest: float


def inflation(scores: FloatArray, rows: Sequence[str], columns: Sequence[str]) -> list[Inflation]:
    """One for each two professions, the highest mean first; `rows` and `columns` name theirs."""
    left, right = np.array(rows), np.array(columns)
    names = list(dict.fromkeys(rows))
    found = []
    for i, first in enumerate(names):
        for second in names[i + 1 :]:
            both = np.concatenate([
                scores[np.ix_(left == first, right == second)].ravel(),
                scores[np.ix_(left == second, right == first)].ravel(),
            ])  # fmt: skip
            found.append(_of(first, second, both))
    return sorted(found, key=lambda pair: -pair.mean)


def _of(first: str, second: str, scores: FloatArray) -> Inflation:
    p95 = percentile([float(score) for score in scores], 0.95)
    return Inflation(first, second, float(scores.mean()), p95, float(scores.max()))


def shares(
    scores: FloatArray, rows: Sequence[str], columns: Sequence[str]
) -> dict[str, tuple[float, float]]:
    """Each profession's mean across, of its resumes and of its jobs, as multiples of all's mean."""
    left, right = np.array(rows), np.array(columns)
    across = left[:, None] != right[None, :]
    whole = max(float(scores[across].mean()), 1e-9)
    return {
        name: (
            float(scores[(left == name)[:, None] & across].mean()) / whole,
            float(scores[(right == name)[None, :] & across].mean()) / whole,
        )
        for name in dict.fromkeys(rows)
    }


def inflation_tables(
    scores: FloatArray, rows: Sequence[str], columns: Sequence[str]
) -> tuple[Table, Table]:
    pairs = inflation(scores, rows, columns)
    across = np.array(rows)[:, None] != np.array(columns)[None, :]
    whole = _of("all", "", scores[across].astype(np.float64))
    lines = [
        (" and ".join(filter(None, (p.first, p.second))),
         *map(points, (p.mean, p.p95, p.highest)))
        for p in (whole, *pairs[:SHOWN])
    ]  # fmt: skip
    ratios = shares(scores, rows, columns)
    return (
        Table(
            "Scores across professions, by pair",
            f"Resumes of one for jobs of the other, both ways; the {SHOWN} highest means.",
            ("", "mean", "95%", "highest"), tuple(lines),
        ),
        Table(
            "Who gets more than a share",
            "Mean across professions as a multiple of that of all: 1 is its share, "
            f"and {MORE:g} or more is marked.",
            ("", "its resumes", "its jobs", ""),
            tuple((name, *(f"{r:.2f}" for r in both), "more" if max(both) >= MORE else "")
                  for name, both in ratios.items()),
        ),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Placed:
    """Where the bundle's head puts one document of the grid."""

    document: str
    own: str
    domains: tuple[Domain, ...]  # most likely first

    @property
    def first(self) -> bool:
        return self.domains[0].name == self.own

    @property
    def among_likely(self) -> bool:
        return any(domain.name == self.own for domain in likely(self.domains))


def place(
    matcher: Matcher, resumes: Sequence[Document], jobs: Sequence[Document]
) -> list[Placed] | None:
    """None for a bundle without professions. Documents are called KIND-PROFESSION-NUMBER."""
    if matcher.domains is None:
        return None
    work: list[tuple[Source, Side]] = [(resume, "resume") for resume in resumes]
    work += [(job, "job") for job in jobs]
    return [
        Placed(item.name, item.name.split("-")[1], matcher.domains.of(item.profile.encoding.vector))
        for item in matcher.intake.prepare(work)
    ]


def placed_table(placed: Sequence[Placed]) -> Table:
    """How many are in their own profession, and each that is not."""
    first, among = sum(p.first for p in placed), sum(p.among_likely for p in placed)
    rows = [("first", f"{first} of {len(placed)}", ""),
            ("likely", f"{among} of {len(placed)}", "")]  # fmt: skip
    rows += [(p.document, reads_like(p.domains), "" if p.among_likely else "not likely")
             for p in placed if not p.first]  # fmt: skip
    return Table(
        "Documents put into their own profession",
        "By the bundle's head (docs/domains.md): as the most likely one, or among the likely ones; "
        "then those whose own is not the first.",
        ("", "reads like", ""), tuple(rows),
    )  # fmt: skip
