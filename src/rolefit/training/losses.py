"""What fine-tuning lowers, and what it is judged by.

All work on cosines (r, j) of a grid of r resumes and j jobs, scores (r, j) from 0 to 100 and
weights (r, j), which are 0 where nobody scored the pair.

The published recipe is `mse` alone: CosineSimilarityLoss of sentence-transformers.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import torch
from torch import Tensor

from rolefit.training.metrics import measures as measures  # what it lowers, and what judges it

SHARPNESS = 20.0  # cosines are multiplied by this in ranking losses, as CoSENT's authors do


POOR = 25.0  # a pair of at most this score is a negative
HARD = 0.75  # quantile of the negatives' cosines from which on one is hard

_OF_GRID = ("mse", "affine", "cosent", "listwise")  # terms on the cosines alone


@dataclass(frozen=True, slots=True)
class LossWeights:
    """How much each term counts; 0 leaves it out."""

    mse: float = 1.0  # (cosine - score/100)^2
    affine: float = 0.0  # (a cosine + b - score/100)^2 with a and b learned
    cosent: float = 0.0  # every pair of pairs in the right order, over the whole grid
    listwise: float = 0.0  # the resumes of each job in the right order, the best ones above all
    combined: float = 0.0  # mse again, of cosine, coverage and title combined
    combined_ranking: float = 0.0  # cosent and listwise again, of the same
    names: float = 0.0  # two names of one skill, or one kind of work, nearest to each other
    high_scores: float = 0.0  # a pair of score 100 counts 1 + this times as much as one of score 0
    hard_negatives: float = 0.0  # the poor pairs that look best count 1 + this times as much

    @property
    def combines(self) -> bool:
        """Whether any term reads cosine, coverage and title combined."""
        return self.combined > 0 or self.combined_ranking > 0


def grid_loss(
    cosines: Tensor,
    scores: Tensor,
    weights: Tensor,
    head: Tensor,
    terms: LossWeights,
    combined: Tensor | None = None,
    sharpness: Tensor | None = None,
) -> tuple[Tensor, dict[str, float]]:
    """(loss, its unweighted terms by name) of one grid; `head` is (2,): a and b.

    `combined` (r, j) is needed where the terms of that name count; `sharpness` () multiplies it
    in ranking terms. They have a scale of their own, or they would pull up the one that the squared
    error teaches (docs/log.md).
    """
    known = weights > 0
    scores = torch.where(known, scores, 0.0)
    weights = weights * (1 + terms.high_scores * scores / 100)
    if terms.hard_negatives:
        weights = weights * (1 + terms.hard_negatives * hard(cosines.detach(), scores, known))
    wanted = {name: w for name, w in asdict(terms).items() if w and name in _OF_GRID}
    values: dict[str, Tensor] = {}
    total = 0 * cosines.sum()
    for name, weight in wanted.items():
        if name == "mse":
            value = mse(cosines, scores, weights)
        elif name == "affine":
            value = mse(head[0] * cosines + head[1], scores, weights)
        elif name == "cosent":
            value = cosent(cosines[known], scores[known], weights[known])
        else:
            value = listwise(cosines, scores, weights)
        values[name] = value
        total = total + weight * value
    if terms.combined:
        assert combined is not None
        values["combined mse"] = mse(combined, scores, weights)
        total = total + terms.combined * values["combined mse"]
    if terms.combined_ranking:
        assert combined is not None
        assert sharpness is not None
        ranked = {
            "cosent": cosent(combined[known], scores[known], weights[known], sharpness),
            "listwise": listwise(combined, scores, weights, sharpness),
        }
        for name, value in ranked.items():
            values[f"combined {name}"] = value
            total = total + terms.combined_ranking * value
    return total, {name: float(value.detach()) for name, value in values.items()}


def hard(cosines: Tensor, scores: Tensor, known: Tensor) -> Tensor:
    """(r, j) 1 for the quarter of the poor pairs whose cosines are highest, else 0."""
    poor = known & (scores <= POOR)
    if not poor.any():
        return torch.zeros_like(cosines)
    least = cosines[poor].quantile(HARD)
    return (poor & (cosines >= least)).to(cosines.dtype)


def contrast(left: Tensor, right: Tensor) -> Tensor:
    """Symmetric cross entropy of (n, n) cosines: every name nearest to its own counterpart.

    Rows (n, hidden) are of unit length. Source: InfoNCE, van den Oord et al. 2018, with the scale
    that sentence-transformers' MultipleNegativesRankingLoss has.
    """
    cosines = SHARPNESS * left @ right.T
    places = torch.arange(len(left), device=left.device)
    there = torch.nn.functional.cross_entropy(cosines, places)
    back = torch.nn.functional.cross_entropy(cosines.T, places)
    return (there + back) / 2


def mse(predicted: Tensor, scores: Tensor, weights: Tensor) -> Tensor:
    """Weighted mean of (predicted - score/100)^2."""
    return (weights * (predicted - scores / 100).square()).sum() / weights.sum()


def cosent(
    cosines: Tensor, scores: Tensor, weights: Tensor, sharpness: Tensor | float = SHARPNESS
) -> Tensor:
    """log(1 + sum over score_i > score_j of w_i w_j exp(s (cos_j - cos_i))); all are (n,).

    Weights are taken relative to their mean. Source: Su 2022, https://kexue.fm/archives/8847, as in
    sentence-transformers `CoSENTLoss`.
    """
    relative = (weights / weights.mean()).log()
    exponents = sharpness * (cosines[None, :] - cosines[:, None])
    exponents = exponents + relative[None, :] + relative[:, None]
    ordered = exponents[scores[:, None] > scores[None, :]]
    return torch.logsumexp(torch.cat([ordered, ordered.new_zeros(1)]), dim=0)


def listwise(
    cosines: Tensor, scores: Tensor, weights: Tensor, sharpness: Tensor | float = SHARPNESS
) -> Tensor:
    """Mean over jobs of KL(gains of its resumes || softmax of s cosines), 0 when in accord.

    Gains are those of nDCG, 2^(score/20) - 1, made to sum to 1; a job counts as its resumes' mean
    weight does. Jobs with one resume, or none that fits at all, say nothing. Source: ListNet, Cao
    et al. 2007, with the gains as target.
    """
    known = weights > 0
    gains = torch.where(known, 2 ** (scores / 20) - 1, 0.0)
    total = gains.sum(dim=0)
    telling = (known.sum(dim=0) > 1) & (total > 0)
    target = gains / total.clamp_min(1e-12)
    logits = (sharpness * cosines).masked_fill(~known, float("-inf"))
    log_share = torch.log_softmax(logits[:, telling], dim=0)
    target = target[:, telling]
    each = torch.xlogy(target, target) - target * log_share.masked_fill(target == 0, 0.0)
    counts = weights.sum(dim=0)[telling] / known.sum(dim=0)[telling]
    return (each.sum(dim=0) * counts).sum() / counts.sum().clamp_min(1e-12)
