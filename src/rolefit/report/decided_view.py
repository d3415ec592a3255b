"""What a person decided and what it did, in the words that every report has."""

from __future__ import annotations

from rolefit.decided import PARTS, Confirmed, Weighted, Wish
from rolefit.report.explain_view import cut

NOT_SHOWN = "must, not shown in the resume"
_MOST = 60  # characters of a requirement


def decisions(confirmed: Confirmed) -> list[tuple[str, str]]:
    """[("must", "RN licence"), ("counts 2 times", "needs"), ...]; [] where all is as it was."""
    rows = [("must", called(wish)) for wish in confirmed.musts]
    freed = [wish for wish in confirmed.wishes if wish.by_law and not wish.must]
    rows += [("no must", called(wish)) for wish in freed if wish.weight]
    for part, weight in zip(PARTS, confirmed.parts, strict=True):
        if weight != 1.0:
            rows.append((_times(weight), part))
    rows += [(_times(w.weight), called(w)) for w in confirmed.wishes if w.weight != 1.0]
    return rows


def called(wish: Wish) -> str:
    """Its words, and that the advert does not have it."""
    return cut(wish.text, _MOST) + (" (added)" if wish.added else "")


def remarks(weighted: Weighted) -> list[str]:
    """What stands beside a person: musts that are not shown, and how the score came about."""
    found = [f"{NOT_SHOWN}: {called(wish)}" for wish in weighted.lacking]
    found += [f"must, shown in part: {called(wish)}" for wish in weighted.partly]
    if weighted.steps:
        found.append(sum_of(weighted))
    return found


def sum_of(weighted: Weighted) -> str:
    """ "76.2 needs x 2 +5.1 held at 60: ... -21.3 = 60.0": every step, which add up."""
    steps = ", ".join(f"{cut(step.label, _MOST)} {step.points:+.1f}" for step in weighted.steps)
    return f"{weighted.default:.1f}, {steps}: {weighted.score:.1f}"


def _times(weight: float) -> str:
    return f"counts {weight:g} times" if weight else "left out"
