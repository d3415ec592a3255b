"""Tiers in the words that every report has."""

from __future__ import annotations

from rolefit.decided import Tiering

_NUMBERS = "two three four five six seven eight nine ten eleven twelve".split()


def called(tiering: Tiering, tier: int) -> str:
    """ "these nine cannot be told apart"; "" for a tier of one."""
    people = tiering.people(tier)
    if people < 2:
        return ""
    number = _NUMBERS[people - 2] if people - 2 < len(_NUMBERS) else f"{people:,}"
    return f"these {number} cannot be told apart"


def headings(tiering: Tiering, shown: int) -> dict[int, str]:
    """What stands above a place (from 0) of the first `shown`, "" above one who is alone.

    Nothing where all are apart.
    """
    found: dict[int, str] = {}
    if not any(tiering.people(tier) > 1 for tier in set(tiering.tiers[:shown])):
        return found
    before = 0
    for place, tier in enumerate(tiering.tiers[:shown]):
        if tier != before:
            found[place] = called(tiering, tier)
            before = tier
    if not found[0]:  # nothing to be told from, above the first
        del found[0]
    return found


def meaning(tiering: Tiering) -> str:
    """What a tier is and how well it holds."""
    inside = (
        "" if tiering.order == "score" else " Inside a group stands first who shows most of it."
    )
    return (
        f"Who cannot be told apart by score stands in one group.{inside} On {tiering.jobs} jobs "
        f"that the model had not seen the judge ordered {tiering.across:.0%} of pairs in different "
        f"groups the same way, {tiering.next:.0%} of those in neighbouring ones."
    )
