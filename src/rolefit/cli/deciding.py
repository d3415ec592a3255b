"""What a person decides about an advert: options that rank and score share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from rolefit.cli.command import option
from rolefit.cli.console import note, progress_bar
from rolefit.errors import InputError

if TYPE_CHECKING:
    from rolefit.decided import Confirmed, Tiering, Version, Weighted
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
    chosen = decide.choose(found, must or (), not_must or (), _weights(weight or []))
    known = {wish.id for wish in found.wishes}
    for wish in chosen.wishes:
        if wish.id not in known:
            note(f"the advert does not ask for {wish.text!r}: added as {wish.id}, a must")
    return chosen


def weighed(
    matcher: Matcher,
    job: Path | Document,
    wishes: Confirmed,
    matches: list[Match],
    resumes: Sequence[Path | Document],
) -> tuple[list[Match], tuple[Weighted, ...]]:
    """`matches` in the order of what was confirmed, and what became of each."""
    from rolefit import decide
    from rolefit.decide.ranking import ordered, weighed

    weigher = decide.Weigher(matcher, job, wishes)
    with progress_bar("Reading what is shown") as bar:
        found = ordered(matches, weighed(weigher, matches, resumes, bar))
    return [match for match, _ in found], tuple(weighted for _, weighted in found)


def fold(
    matcher: Matcher, matches: list[Match], prepared: list[Prepared]
) -> dict[str, tuple[Version, ...]]:
    """Leaves one file of each person in `matches`; by its name the others."""
    from rolefit.decide import versions

    matches[:], others = versions.fold(matcher, matches, prepared)
    return others


def tiered(
    matcher: Matcher,
    job: Path | Document,
    wishes: Confirmed | None,
    matches: list[Match],
    weights: tuple[Weighted, ...],
    resumes: Sequence[Path | Document],
    order: Order,
    top: int | None,
) -> tuple[list[Match], tuple[Weighted, ...], Tiering | None]:
    """With the tier of each; where `order` says so, by evidence inside a tier.

    Raises InputError where the model has no tiers to order inside of.
    """
    from rolefit.decide.ranking import sources
    from rolefit.decide.tiering import by_evidence, tiering

    tiers = tiering(matcher.bundle, matches, weights)
    if order is Order.SCORE or not matches:
        return matches, weights, tiers
    if tiers is None:
        raise InputError(
            f"--order evidence: the model {matcher.bundle.folder} does not say which scores cannot "
            f"be told apart; fit that (rolefit train tiers), or leave --order out"
        )
    source, shown = sources(resumes), matcher.evidence([job])
    matches, weights = by_evidence(
        tiers, matches, weights, wishes, lambda match: shown(source(match))[0], top
    )
    return matches, weights, replace(tiers, order=order.value)


def _weights(given: list[str]) -> dict[str, float]:
    """Raises InputError."""
    found: dict[str, float] = {}
    for text in given:
        name, equals, number = text.rpartition("=")
        try:
            value = float(number)
        except ValueError:
            equals = ""
        if not equals or not name.strip():
            raise InputError(f"--weight: expected NAME=NUMBER, such as needs=2, got {text!r}")
        if name in found:
            raise InputError(f"--weight: {name} is given twice")
        found[name] = value
    return found
