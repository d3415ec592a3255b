"""How a domain head does on documents that it has not seen, by labels that are named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from rolefit.domains import Domains, Float64Array

if TYPE_CHECKING:
    from rolefit.training.domains import Example

CLEAR = 0.66  # share of the votes from which a label is called clear
FIRST = 3
WORST = 8  # cells of the confusion matrix that are shown
_Z = 1.96
HELD_BACK = "held back, seen by no fit and no choice (95% intervals, Wilson). "
VOTED = (
    "Nobody has read these documents: a label is a vote of the corpus category and the document's "
    f"own titles, of a job its title alone. Clear: at least {CLEAR:.0%} of the votes are for one "
    "domain."
)
READ = "Labels are what a reader of the documents said. Clear: one domain was named, not two."


def measure(head: Domains, examples: Sequence[Example], vectors: Float64Array) -> str:
    """A table for people; `vectors` (n, hidden) are those of `examples`."""
    if not examples:
        return "nothing is held back: too few texts"
    order = np.argsort(-head.probabilities(vectors), axis=1)
    shares = head.probabilities(vectors).max(axis=1)
    names = np.array(head.names)
    guesses = names[order[:, :FIRST]]  # (n, 3)
    labels = np.array([e.label.domain if e.label else "" for e in examples])
    clear = np.array([bool(e.label) and e.label.share >= CLEAR for e in examples])  # type: ignore[union-attr]
    sources = np.array([e.source for e in examples])
    voted = np.array([e.vote or "" for e in examples])
    about = HELD_BACK + (READ if (voted != "").any() else VOTED)
    lines = [about, "", f"{'':<34}{'n':>6}  {'top-1':<20}{'top-3':<20}"]
    labelled = labels != ""
    for source in dict.fromkeys(sources):
        own = sources == source
        lines.append(_row(f"{source}, all with a label", guesses, labels, own & labelled))
        lines.append(_row("  clear labels", guesses, labels, own & clear))
        by_category = np.array([e.category or "" for e in examples])
        if (own & (by_category != "")).any():
            known = own & (by_category != "")
            lines.append(_row("  by the corpus category alone", guesses, by_category, known))
    lines.append(_row("all with a label", guesses, labels, labelled))
    lines.append(_row("all with clear labels", guesses, labels, clear))
    if (known := voted != "").any():
        agree = share(voted[known] == labels[known])
        lines.append(f"{'category and titles, against it':<34}{known.sum():>6}  {agree}")
    right = guesses[labelled, 0] == labels[labelled]
    lines += [
        "",
        f"mean probability of the first {shares[labelled].mean():.3f}, right {right.mean():.3f} "
        f"(expected calibration error {_calibration(shares[labelled], right):.3f})",
        "",
        *_by_domain(head.names, guesses[clear], labels[clear]),
        "",
        *_worst(guesses[clear], labels[clear]),
    ]
    return "\n".join(lines)


def _row(name: str, guesses: Any, truth: Any, chosen: Any) -> str:
    first = guesses[chosen, 0] == truth[chosen]
    third = (guesses[chosen] == truth[chosen, None]).any(axis=1)
    return f"{name:<34}{chosen.sum():>6}  {share(first):<20}{share(third):<20}".rstrip()


def share(hits: Any) -> str:
    """ "0.84 (0.80-0.87)": a share with its Wilson interval; "" of nothing."""
    n = len(hits)
    if not n:
        return ""
    p = float(np.mean(hits))
    middle = (p + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z / (1 + _Z**2 / n) * float(np.sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2)))
    return f"{p:.3f} ({middle - half:.2f}-{middle + half:.2f})"


def _by_domain(names: Sequence[str], guesses: Any, labels: Any) -> Iterator[str]:
    yield f"{'by domain, clear labels':<34}{'n':>6}  {'top-1':<20}{'top-3':<20}".rstrip()
    for name in names:
        yield _row(name, guesses, labels, labels == name)


def _worst(guesses: Any, labels: Any) -> Iterator[str]:
    wrong = Counter(
        (str(label), str(guess))
        for label, guess in zip(labels, guesses[:, 0], strict=True)
        if label != guess
    )
    yield "most often taken for another, clear labels:"
    for (label, guess), count in wrong.most_common(WORST):
        yield f"  {label} for {guess}: {count} of {int((labels == label).sum())}"


def _calibration(shares: Float64Array, right: Any) -> float:
    """Mean distance of probability and accuracy over ten bins, by how many fall into each."""
    bins = np.minimum((shares * 10).astype(int), 9)
    gaps = [
        abs(float(shares[bins == b].mean() - right[bins == b].mean())) * int((bins == b).sum())
        for b in np.unique(bins)
    ]
    return sum(gaps) / len(shares)
