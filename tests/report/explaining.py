"""Hand-made Explanations: texts of a few lines, and what a matcher might have found in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rolefit.language import find_skills
from rolefit.reading import from_text
from rolefit.records import (
    Comparison,
    Contribution,
    Document,
    Evidence,
    Explanation,
    Features,
    Line,
    Match,
    Notice,
    Requirement,
    Support,
)
from rolefit.report import whole

RESUME = """Dana Whitlock
Backend developer, Leeds

EXPERIENCE
Developer, Larkfield Parcels, 2021 to now
- Wrote the tracking service in Python; it answers 900 requests a second.
- Moved the JS front end and four services to k8s.
- Postgres tuning: the slowest report went from 40 s to 2 s.

SKILLS
Python, JS, Postgres, k8s, Git
"""
JOB = """Backend Engineer

What you need
- At least 5 years of backend work.
- Strong Python and PostgreSQL.
- Kubernetes in production.
- You must hold a full driving licence.

Nice to have
- Kafka or RabbitMQ.
"""


@dataclass(frozen=True)
class Ask:
    """A requirement by a piece of its line, and the pieces of the resume that speak for it."""

    piece: str
    status: str
    support: Sequence[str] = ()
    settled_by: str = ""
    kind: str = "required"
    must: bool = False


ASKS = (
    Ask("At least 5 years", "partly", ["Developer, Larkfield"], "4.9 of 5 years"),
    Ask("Strong Python", "met", ["tracking service", "Postgres tuning"], "skills: Python"),
    Ask("Kubernetes", "partly", ["front end and four"], "skill: Kubernetes"),
    Ask("driving licence", "not shown", ["Backend developer"], "driving licence", must=True),
    Ask("Kafka", "not shown", kind="preferred"),
)
STRENGTH = {"met": 0.9, "partly": 0.5, "not shown": 0.1}
POINTS = (("coverage", 0.55, 14.3), ("cosine", 0.61, 9.4), ("years_gap", -0.1, -2.6))
FACTS = (
    Comparison("years", "5 years", "4.9 years", "partly", None, None),
    Comparison("licence", "driving licence", "", "not shown", None, None),
)


def explain(
    resume: str = RESUME,
    job: str = JOB,
    asks: Sequence[Ask] = ASKS,
    points: Sequence[tuple[str, float, float]] = POINTS,
    base: float = 31.2,
    capped_at: float | None = None,
    notices: tuple[Notice, ...] = (),
    names: tuple[str, str] = ("resumes/dana.txt", "jobs/backend.txt"),
    facts: tuple[Comparison, ...] = FACTS,
) -> Explanation:
    """An Explanation whose numbers add up and whose skills are those of the taxonomy."""
    documents = from_text(resume, name=names[0]), from_text(job, name=names[1])
    reached = min(100.0, max(0.0, base + sum(p for _, _, p in points)))
    score = reached if capped_at is None else min(reached, capped_at)
    features = Features(tuple(n for n, _, _ in points), tuple(v for _, v, _ in points))
    band = (max(0.0, score - 21), min(100.0, score + 24))
    wanted = {s.id: s for s in find_skills(job)}
    shown = {s.id: s for s in find_skills(resume)}
    return Explanation(
        match=Match(*names, score, band, features, notices),
        resume=documents[0],
        job=documents[1],
        base=base,
        contributions=tuple(Contribution(*point) for point in points),
        capped_by="" if score == reached else "a licence that the job must have is not shown",
        evidence=tuple(evidence(ask, *documents) for ask in asks),
        matched=tuple((s, shown[i]) for i, s in wanted.items() if i in shown),
        missing=tuple(s for i, s in wanted.items() if i not in shown),
        extra=tuple(s for i, s in shown.items() if i not in wanted),
        comparisons=facts,
    )


def evidence(ask: Ask, resume: Document, job: Document) -> Evidence:
    requirement = Requirement(line_with(job, ask.piece), ask.kind, ask.must, None, "", ())
    support = tuple(Support(line_with(resume, piece), 0.6) for piece in ask.support)
    return Evidence(requirement, ask.status, STRENGTH[ask.status], support, ask.settled_by)


def line_with(document: Document, piece: str) -> Line:
    return next(line for line in document.lines if piece in document.line_text(line))


def shown_score(explanation: Explanation) -> int:
    return whole(explanation.match.score)
