"""Matches -> the list that is shown: one file of each person, by what was confirmed, in tiers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from rolefit.decide.ranking import Weigher, documents, ordered, weighed
from rolefit.decide.tiering import by_evidence, tiering
from rolefit.decide.versions import fold
from rolefit.decided import Confirmed, Tiering, Version, Weighted
from rolefit.errors import InputError
from rolefit.intake import Prepared, Source
from rolefit.matcher import Matcher, Progress
from rolefit.records import Match


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as `rolefit rank` shows it, best first."""

    matches: tuple[Match, ...]
    weighted: tuple[Weighted, ...] = ()  # one for each match, where something was confirmed
    tiering: Tiering | None = None
    versions: Mapping[str, tuple[Version, ...]] = field(default_factory=dict)  # by the file shown


def listed(
    matcher: Matcher,
    job: Source,
    matches: Sequence[Match],
    prepared: Sequence[Prepared],
    confirmed: Confirmed | None = None,
    *,
    order: str = "score",
    all_versions: bool = False,
    top: int | None = None,
    progress: bool | Progress = False,
) -> Listed:
    """`matches` are the matcher's of `job`, best first, and of people in `prepared`.

    Only tiers that reach into the first `top` are ordered by evidence. `progress` hears of each
    who was read for what was confirmed. Raises ReadError, and InputError where the model has no
    tiers to order inside of.
    """
    shown = list(matches)
    versions: Mapping[str, tuple[Version, ...]] = {}
    if not all_versions:
        shown, versions = fold(matcher, matches, prepared)
    document = documents(matcher, prepared)
    weights: tuple[Weighted, ...] = ()
    if confirmed:
        weigher = Weigher(matcher, job, confirmed)
        pairs = ordered(shown, weighed(weigher, shown, document, progress))
        shown, weights = [match for match, _ in pairs], tuple(weighted for _, weighted in pairs)
    tiers = tiering(matcher.bundle, shown, weights)
    if order == "evidence" and shown:
        if tiers is None:
            raise InputError(
                f"order: the model {matcher.bundle.name} {matcher.bundle.version} does not say "
                "which scores cannot be told apart; fit that (rolefit train tiers), or order by "
                "score"
            )
        evidence = matcher.evidence([job])
        shown, weights = by_evidence(
            tiers, shown, weights, confirmed, lambda match: evidence(document(match))[0], top
        )
        tiers = replace(tiers, order=order)
    return Listed(tuple(shown), weights, tiers, versions)
