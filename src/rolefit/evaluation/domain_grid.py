"""The domain grid: 24 resumes against 16 jobs of eight professions, which lie beside this file.

For proof, never for training or tuning: see grid/README.txt.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from rolefit.evaluation.domain_inflation import (
    Placed,
    inflation,
    inflation_tables,
    place,
    placed_table,
    shares,
)
from rolefit.evaluation.heatmap import Heatmap
from rolefit.evaluation.proof import Bar, Proof, Table, model_of, points
from rolefit.matcher import Matcher
from rolefit.reading import from_text
from rolefit.records import Document, FloatArray

DOMAINS = (
    "technology", "healthcare", "finance", "education",
    "marketing", "design", "sales", "management",
)  # fmt: skip
LEVELS = ("strong", "adequate", "junior")
JOBS_PER_DOMAIN = 2
FALSE_POSITIVE = 55.0  # a higher score says "good match"
GAP = 45.0
LIMITS = (
    "American documents in English, one occupation per profession, one hand wrote them all.",
    "Forty documents can show that something is broken, not how often it is right.",
    "No one was hired by these scores: the levels are what the writer meant them to be.",
)
_ABOUT = (
    "24 resumes (a strong, an adequate and a junior one of each of eight professions) against 16 "
    "jobs (two of each): 48 pairs inside a profession, 336 across. The documents were written for "
    "this purpose, and nothing was trained or tuned on them."
)

ROWS = tuple(domain for domain in DOMAINS for _ in LEVELS)
COLUMNS = tuple(domain for domain in DOMAINS for _ in range(JOBS_PER_DOMAIN))

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Scores of every pair; rows by domain and level, columns by domain."""

    scores: FloatArray  # (24, 16)

    def row(self, domain: int, level: int) -> int:
        return domain * len(LEVELS) + level

    def jobs(self, domain: int) -> slice:
        return slice(domain * JOBS_PER_DOMAIN, (domain + 1) * JOBS_PER_DOMAIN)

    @property
    def same(self) -> Bools:
        """True where resume and job are of one domain."""
        rows = np.repeat(np.arange(len(DOMAINS)), len(LEVELS))
        columns = np.repeat(np.arange(len(DOMAINS)), JOBS_PER_DOMAIN)
        return np.asarray(rows[:, None] == columns[None, :])

    def own(self, domain: int, level: int) -> FloatArray:
        """Scores of one resume for the jobs of its own domain."""
        return self.scores[self.row(domain, level), self.jobs(domain)]

    def right_first(self, domain: int, level: int) -> bool:
        """Whether a job of the resume's own domain ranks before all others; a tie does not."""
        row = self.row(domain, level)
        others = self.scores[row][~self.same[row]]
        return bool(self.own(domain, level).max() > others.max())

    def ordered(self, domain: int, job: int, better: int, worse: int) -> bool:
        return bool(self.own(domain, better)[job] > self.own(domain, worse)[job])

    def by_domain(self) -> npt.NDArray[np.float64]:
        """Mean score of the resumes of a domain for the jobs of another: (8, 8)."""
        blocks = self.scores.astype(np.float64).reshape(
            len(DOMAINS), len(LEVELS), len(DOMAINS), JOBS_PER_DOMAIN
        )
        return np.asarray(blocks.mean(axis=(1, 3)))


def documents() -> tuple[list[Document], list[Document]]:
    """The 24 resumes and the 16 jobs, in the order of `Grid`."""
    resumes = [_document(f"resume-{domain}-{level}") for domain in DOMAINS for level in LEVELS]
    jobs = [
        _document(f"job-{domain}-{number}")
        for domain in DOMAINS
        for number in range(1, JOBS_PER_DOMAIN + 1)
    ]
    return resumes, jobs


def _document(name: str) -> Document:
    # By traversal, not as a package: grid/ holds documents, no code.
    file = files("rolefit.evaluation").joinpath("grid", f"{name}.txt")
    return from_text(file.read_text(encoding="utf-8"), name=name)


def score_grid(matcher: Matcher) -> Grid:
    return Grid(matcher.score_matrix(*documents()))


def place_grid(matcher: Matcher) -> list[Placed] | None:
    """Which profession the bundle's head puts each document into; None if it has no head."""
    return place(matcher, *documents())


def grid_proof(
    grid: Grid, matcher: Matcher, placed: Sequence[Placed] | None = None
) -> tuple[Proof, Heatmap]:
    """What the grid shows, and its picture."""
    picture = _heatmap(grid)
    proof = Proof(
        name="grid",
        title="The domain grid",
        about=(_ABOUT,),
        model=model_of(matcher.bundle),
        bars=tuple(_bars(grid)),
        tables=(
            _domains(grid),
            _across(grid),
            *inflation_tables(grid.scores, ROWS, COLUMNS),
            *([placed_table(placed)] if placed else []),
            *_misses(grid),
        ),
        limits=LIMITS,
        data=_data(grid) | _placed(placed or ()),
        picture=picture.html(),
    )
    return proof, picture


def _bars(grid: Grid) -> Iterator[Bar]:
    everywhere = range(len(DOMAINS))
    able = [grid.right_first(d, level) for d in everywhere for level in (0, 1)]
    young = [grid.right_first(d, 2) for d in everywhere]
    yield _count("right job first: strong and adequate resumes", able)
    yield _count("right job first: all resumes, juniors too", able + young)
    highest = float(grid.scores[~grid.same].max())
    count = int((grid.scores[~grid.same] > FALSE_POSITIVE).sum())
    yield Bar(
        f"pairs across professions above {FALSE_POSITIVE:.0f}", "0 of 336",
        f"{count} of 336, highest {points(highest)}", count == 0,
    )  # fmt: skip
    gap = _gap(grid)
    yield Bar("mean inside less mean across professions", f"at least {GAP:.0f}", points(gap),
              gap >= GAP)  # fmt: skip
    jobs = range(JOBS_PER_DOMAIN)
    yield _count(
        "domains with strong above junior for both jobs",
        [all(grid.ordered(d, job, 0, 2) for job in jobs) for d in everywhere],
    )


def _count(name: str, held: Sequence[bool]) -> Bar:
    return Bar(name, f"{len(held)} of {len(held)}", f"{sum(held)} of {len(held)}", all(held))


def _gap(grid: Grid) -> float:
    scores = grid.scores.astype(np.float64)
    return float(scores[grid.same].mean() - scores[~grid.same].mean())


def _domains(grid: Grid) -> Table:
    rows = []
    means = grid.by_domain()
    for d, name in enumerate(DOMAINS):
        levels = [float(grid.own(d, level).mean()) for level in range(len(LEVELS))]
        full = sum(
            grid.ordered(d, job, 0, 1) and grid.ordered(d, job, 1, 2)
            for job in range(JOBS_PER_DOMAIN)
        )
        across = float(np.delete(means[d], d).mean())
        rows.append((name, *map(points, (*levels, means[d, d], across)), f"{full} of 2"))
    whole = grid.scores.astype(np.float64)
    every = [float(np.mean([grid.own(d, n) for d in range(len(DOMAINS))])) for n in range(3)]
    full = sum(int(row[-1][0]) for row in rows)
    rows.append((
        "all", *map(points, every), points(float(whole[grid.same].mean())),
        points(float(whole[~grid.same].mean())), f"{full} of 16",
    ))  # fmt: skip
    return Table(
        "Inside each profession",
        "Means over its two jobs; across: its resumes for the fourteen jobs of other professions; "
        "in order: jobs that score strong above adequate above junior.",
        ("", *LEVELS, "mean", "across", "in order"),
        tuple(rows),
    )


def _across(grid: Grid) -> Table:
    means = grid.by_domain()
    rows = [(name, *map(points, means[d])) for d, name in enumerate(DOMAINS)]
    return Table(
        "Resumes of a profession (rows) for the jobs of another (columns)",
        "Means of six pairs each. A high number off the diagonal is a pair of professions that the "
        "model takes for each other.",
        ("", *DOMAINS),
        tuple(rows),
    )


def _misses(grid: Grid) -> list[Table]:
    rows = []
    resumes, jobs = _names()
    for row, column in np.argwhere((grid.scores > FALSE_POSITIVE) & ~grid.same):
        rows.append((resumes[row], jobs[column], points(float(grid.scores[row, column]))))
    for d in range(len(DOMAINS)):
        for level in range(len(LEVELS)):
            if not grid.right_first(d, level):
                row = grid.row(d, level)
                first = int(np.where(grid.same[row], -1, grid.scores[row]).argmax())
                said = f"{points(float(grid.scores[row, first]))}, ranked before its own"
                rows.append((resumes[row], jobs[first], said))
    if not rows:
        return []
    return [Table("Pairs that miss a bar", "", ("resume", "job", "score"), tuple(rows))]


def _names() -> tuple[list[str], list[str]]:
    resumes = [f"{domain}, {level}" for domain in DOMAINS for level in LEVELS]
    jobs = [f"{domain} {n + 1}" for domain in DOMAINS for n in range(JOBS_PER_DOMAIN)]
    return resumes, jobs


def _heatmap(grid: Grid) -> Heatmap:
    resumes, jobs = _names()
    return Heatmap(
        title="Every resume for every job",
        rows=tuple(resumes),
        columns=tuple(jobs),
        values=grid.scores,
        own=grid.same,
        false=(grid.scores > FALSE_POSITIVE) & ~grid.same,
        every=len(LEVELS),
    )


def _data(grid: Grid) -> dict[str, object]:
    resumes, jobs = _names()
    return {
        "gap": round(_gap(grid), 3),
        "across": [
            {"pair": [p.first, p.second], "mean": round(p.mean, 2), "p95": round(p.p95, 2),
             "highest": round(p.highest, 2)}
            for p in inflation(grid.scores, ROWS, COLUMNS)
        ],
        "shares": {
            name: {"resumes": round(left, 3), "jobs": round(right, 3)}
            for name, (left, right) in shares(grid.scores, ROWS, COLUMNS).items()
        },
        "resumes": resumes,
        "jobs": jobs,
        "scores": [[round(float(value), 2) for value in row] for row in grid.scores],
    }  # fmt: skip


def _placed(placed: Sequence[Placed]) -> dict[str, object]:
    return {
        "professions": [
            {"document": p.document, "own": p.own, "first": p.first, "likely": p.among_likely,
             "domains": {d.name: round(d.probability, 4) for d in p.domains[:3]}}
            for p in placed
        ]
    }  # fmt: skip
