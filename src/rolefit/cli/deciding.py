"""What a person decides about an advert: options that rank and score share."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from rolefit.cli.command import option
from rolefit.cli.console import note, progress_bar

if TYPE_CHECKING:
    from rolefit.decide import Listed
    from rolefit.decided import Confirmed
    from rolefit.intake import Prepared
    from rolefit.matcher import Matcher
    from rolefit.reading import Limits
    from rolefit.records import Document, Match

PANEL = "What counts"
Must = Annotated[
    list[str] | None,
    option(
        "--must", metavar="WORDS", panel=PANEL,
        help="A requirement that must be shown, by its words or id; added if the advert lacks it.",
    ),
]  # fmt: skip
NotMust = Annotated[
    list[str] | None,
    option(
        "--not-must", metavar="WORDS", panel=PANEL,
        help="A requirement that nobody is held down for.",
    ),
]  # fmt: skip
Weight = Annotated[
    list[str] | None,
    option(
        "--weight", metavar="NAME=N", panel=PANEL,
        help="How often function, needs, seniority, credentials or a requirement counts.",
    ),
]  # fmt: skip
Requirements = Annotated[
    Path | None,
    option(
        "--requirements", metavar="FILE", panel=PANEL,
        help="Requirements that a person confirmed (inspect --requirements writes them).",
    ),
]  # fmt: skip


class Order(Enum):
    SCORE = "score"
    EVIDENCE = "evidence"


AllVersions = Annotated[
    bool, option(help="Show every file for itself, also several of one person.")
]
OrderBy = Annotated[
    Order,
    option(
        "--order", panel=PANEL, help="Inside a group of people whom scores cannot tell apart."
    ),
]  # fmt: skip


def confirmed(
    job: Path | Document,
    limits: Limits,
    requirements: Path | None,
    must: list[str] | None,
    not_must: list[str] | None,
    weight: list[str] | None,
) -> Confirmed | None:
    """None where nothing is decided. Raises ReadError of the job, InputError."""
    if requirements is None and not (must or not_must or weight):
        return None
    from rolefit import decide
    from rolefit.reading import read
    from rolefit.records import Document

    document = job if isinstance(job, Document) else read(job, limits=limits)
    advert = decide.requirements(document)
    found = decide.load(requirements, advert) if requirements else advert
    called = ("--must", "--not-must", "--weight")
    weights = decide.weights_said(weight or [], called[-1])
    chosen = decide.choose(found, must or (), not_must or (), weights, called)
    known = {wish.id for wish in found.wishes}
    for wish in chosen.wishes:
        if wish.id not in known:
            note(f"the advert does not ask for {wish.text!r}: added as {wish.id}, a must")
    return chosen


def listed(
    matcher: Matcher,
    job: Path | Document,
    matches: Sequence[Match],
    prepared: Sequence[Prepared],
    wishes: Confirmed | None,
    order: Order = Order.SCORE,
    all_versions: bool = False,
    top: int | None = None,
) -> Listed:
    """`matches` as they are shown, with a bar where people are read for what was confirmed."""
    from rolefit import decide

    with progress_bar("Reading what is shown") if wishes else nullcontext(False) as bar:
        return decide.listed(
            matcher, job, matches, prepared, wishes,
            order=order.value, all_versions=all_versions, top=top, progress=bar,
        )  # fmt: skip
