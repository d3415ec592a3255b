"""Long resumes, made up: plain work of many kinds, and for each job one paragraph that decides."""

from __future__ import annotations

import random
from dataclasses import dataclass

_PLACES = (
    "a garden centre", "a harbour warehouse", "a small hotel", "the town library", "a bakery",
    "a museum", "a bus depot", "a furniture shop", "a swimming pool", "a printing works",
    "a fruit farm", "a camp site", "a laundry", "a cinema", "a car wash", "a post office",
)  # fmt: skip
_OPENINGS = (
    "At {place} I {a} and {b}; on busy days I also {c}.",
    "My weeks at {place} were plain: I {a}, {b}, and whenever it was needed I {c}.",
    "For one season {place} gave me work, where I {a}. Later I {b} and {c}.",
    "{Place} was next. Each morning I {a}, after lunch I {b}, and before closing I {c}.",
    "I was taken on by {place} as a helper, {a}, and after the first summer {b} and {c}.",
)
_DUTIES = (
    "swept the yard", "watered the plants", "carried boxes to the second floor", "sold tickets",
    "folded towels", "put returned books back on their shelves", "greeted guests at the door",
    "counted what was left in the store", "labelled parcels", "cleaned the windows",
    "picked apples and sorted them by size", "kept the key book", "set the tables",
    "answered the telephone", "drove the small van to the station", "painted the fence",
    "wrapped presents", "checked the lamps", "made coffee for the visitors", "emptied the bins",
    "took coats and gave out numbers", "fed the birds", "repaired two old benches",
    "stamped letters", "swapped the posters in the windows", "raked leaves", "stacked chairs",
    "weighed flour", "oiled the door hinges", "wrote price cards by hand",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """A job, and the one paragraph of a resume that answers it."""

    name: str
    headline: str  # of the resume with and without the paragraph; else both would score nothing
    job: str
    decisive: str


CASES = (
    Case(
        "intensive care nurse",
        "Nurse",
        """Intensive Care Nurse

Our hospital looks for a nurse for its intensive care unit of eighteen beds.

Requirements
- Active registered nurse license
- At least three years of experience in intensive care
- Care of ventilated patients, arterial lines and continuous infusions
- Advanced cardiac life support (ACLS)
- Clear notes in the electronic health record and calm talks with families
""",
        "As a registered nurse (RN, active license) I cared for ventilated patients in an "
        "intensive care unit of twenty beds for six years: arterial lines, continuous infusions, "
        "sedation and weaning, ACLS certified. I kept notes in the electronic health record, "
        "explained the day to families, and led the team of a night shift.",
    ),
    Case(
        "backend software engineer",
        "Software Engineer",
        """Backend Software Engineer

We build the booking system of ferry lines and look for an engineer for its services.

Requirements
- At least four years of experience as a software engineer
- Python and PostgreSQL in production
- Design of REST APIs that other teams build on
- Docker, Kubernetes and continuous integration
- Experience with services on call, monitoring and incident reviews
""",
        "As a software engineer I built backend services in Python and PostgreSQL for seven years: "
        "REST APIs that four other teams build on, Docker images deployed to Kubernetes by "
        "continuous integration, monitoring with alerts, incident reviews after every night on "
        "call, and queries that became ten times faster.",
    ),
    Case(
        "financial analyst",
        "Financial Analyst",
        """Senior Financial Analyst

A maker of kitchen tools looks for an analyst for planning and reporting.

Requirements
- At least five years of experience in financial planning and analysis
- CPA
- Budgets, forecasts and variance analysis for several cost centers
- Excel models and SQL
- Month-end close together with accounting under US GAAP
""",
        "As a senior financial analyst and CPA I ran planning and analysis for eight years: annual "
        "budgets and rolling forecasts for thirty cost centers, variance analysis each month, "
        "three-statement Excel models, SQL queries against the ledger, and the month-end close "
        "with accounting under US GAAP.",
    ),
)
HEAD = "Alex Sample\n{headline}\n\nEXPERIENCE"


def paragraphs(number: int, seed: int = 0) -> list[str]:
    """`number` paragraphs of plain work; none speaks of any of the jobs."""
    rng = random.Random(f"plain work {seed}")
    found = []
    for _ in range(number):
        place = rng.choice(_PLACES)
        sentences = []
        for opening in rng.sample(_OPENINGS, 2):
            a, b, c = rng.sample(_DUTIES, 3)
            big = place[0].upper() + place[1:]
            sentences.append(opening.format(place=place, Place=big, a=a, b=b, c=c))
            place = rng.choice(_PLACES)
        found.append(" ".join(sentences))
    return found
