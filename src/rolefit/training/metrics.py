"""Every measure of a system, defined once: of its scores, its order, its bands.

All are functions of pairs that belong to jobs, and of how often each job counts: once each for the
measure itself, as drawn for its bootstrap (Efron 1979, resampling whole jobs, because the pairs of
a job are not independent). What cannot be computed is NaN; `why_blank` says why.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rolefit.score import Float64Array

IndexArray = npt.NDArray[np.intp]

RELEVANT = 69.0  # "good, invite" and better, for the mean average precision
FIRST = 10  # places that nDCG looks at
TRUE_GROUPS = ((0, 25), (26, 55), (56, 100))  # true scores for which bands are counted apart


@dataclass(frozen=True, slots=True)
class Metric:
    """How a measure is shown; `better` is "high", "low", or "" where neither is."""

    key: str
    label: str
    digits: int
    better: str
    meaning: str


METRICS = (
    Metric("rmse", "RMSE", 2, "low", "root of the mean squared error, points"),
    Metric("mae", "MAE", 2, "low", "mean absolute error, points"),
    Metric("r2", "R²", 3, "high", "share of the scores' variance that is explained"),
    Metric("pearson", "Pearson", 3, "high", "linear correlation with the judged scores"),
    Metric("spearman", "Spearman", 3, "high", "rank correlation over all pairs"),
    Metric("within_job", "within-job", 3, "high", "mean over jobs of the Spearman of its resumes"),
    Metric("ndcg10", "nDCG@10", 3, "high", "top ten of each job, gain 2^(score/20) - 1"),
    Metric("map", "MAP", 3, "high", "mean average precision of finding scores of 69 and more"),
    Metric("coverage", "in band", 3, "", "share of judged scores inside the 90% band"),
    *(
        Metric(f"coverage_{low}", f"{low}-{high}", 3, "", f"the same, judged {low} to {high}")
        for low, high in TRUE_GROUPS
    ),
    Metric("width", "band width", 1, "low", "mean width of the band, points"),
)
IN_POINTS = ("rmse", "mae", "r2")  # only of what is on the scale of the scores


class Sheet:
    """Predictions beside judged scores, ready to be measured many times.

    `predicted` and `scores` (n,), `jobs` (n,) numbers the job of a pair from 0, within its block;
    `band` (n, 2) or None. `points` says that predictions are scores and not mere similarities.
    """

    def __init__(
        self,
        predicted: Float64Array,
        scores: Float64Array,
        jobs: IndexArray,
        band: Float64Array | None = None,
        *,
        points: bool = True,
    ) -> None:
        self.predicted, self.scores, self.jobs = predicted, scores, jobs
        self.band, self.points = band, points
        self.n_jobs = int(jobs.max()) + 1 if len(jobs) else 0
        self._ranked = [np.unique(v, return_inverse=True)[1] for v in (predicted, scores)]
        self._each = _by_job(predicted, scores, jobs, self.n_jobs)
        ends = [end for _, end in TRUE_GROUPS[:-1]]
        self._group = np.searchsorted(ends, scores, side="left")

    def measure(self, counts: npt.NDArray[np.int64] | None = None) -> dict[str, float]:
        """Every metric by key; `counts` (jobs,) is how often each job counts."""
        drawn = np.ones(self.n_jobs) if counts is None else counts.astype(np.float64)
        weights = drawn[self.jobs]
        left, right = (_ranks(order, weights) for order in self._ranked)
        found = {
            **self._errors(weights),
            "pearson": _pearson(self.predicted, self.scores, weights),
            "spearman": _pearson(left, right, weights),
            **{key: _mean(values, drawn[jobs]) for key, (jobs, values) in self._each.items()},
            **self._coverage(weights),
        }
        return {metric.key: found[metric.key] for metric in METRICS}

    def _errors(self, weights: Float64Array) -> dict[str, float]:
        if not self.points:
            return dict.fromkeys(IN_POINTS, np.nan)
        errors = self.predicted - self.scores
        square = _mean(errors**2, weights)
        spread = _mean((self.scores - _mean(self.scores, weights)) ** 2, weights)
        return {
            "rmse": float(np.sqrt(square)),
            "mae": _mean(np.abs(errors), weights),
            "r2": 1 - square / spread if spread > 0 else np.nan,
        }

    def _coverage(self, weights: Float64Array) -> dict[str, float]:
        keys = [metric.key for metric in METRICS if metric.key.startswith(("coverage", "width"))]
        if self.band is None:
            return dict.fromkeys(keys, np.nan)
        low, high = self.band.T
        inside = ((low <= self.scores) & (self.scores <= high)).astype(np.float64)
        found = {"coverage": _mean(inside, weights), "width": _mean(high - low, weights)}
        for index, (start, _) in enumerate(TRUE_GROUPS):
            found[f"coverage_{start}"] = _mean(inside, weights * (self._group == index))
        return found


def why_blank(key: str, sheet: Sheet) -> str:
    """In words, why a metric of `sheet` is NaN."""
    if key in IN_POINTS and not sheet.points:
        return "similarities, not fitted to scores"
    if key.startswith(("coverage", "width")) and sheet.band is None:
        return "gives no band"
    if key.startswith("coverage"):
        return "no pair was judged so"
    if key == "map":
        return f"no job with some, but not all, scores of {RELEVANT:g} or more"
    if key in ("within_job", "ndcg10"):
        return "no job with two different judged scores"
    constant = "predicted" if len(sheet.scores) and np.ptp(sheet.scores) > 0 else "judged"
    return f"all {constant} scores are equal"


def resample(jobs: int, times: int, seed: int) -> npt.NDArray[np.int64]:
    """(times, jobs) how often each job is drawn when `jobs` are drawn with replacement."""
    return np.random.default_rng(seed).multinomial(jobs, np.full(jobs, 1 / jobs), size=times)


def measures(
    cosines: Float64Array, scores: Float64Array, groups: npt.NDArray[np.int64]
) -> dict[str, float]:
    """What fine-tuning is judged by: how well (n,) cosines tell (n,) scores.

    `groups` (n,) numbers the job (within its block). rmse is that after the best straight line.
    """
    jobs = np.unique(groups, return_inverse=True)[1].astype(np.intp)
    found = Sheet(cosines, scores, jobs, points=False).measure()
    explained = min(1.0, float(np.nan_to_num(found["pearson"])) ** 2)
    names = ("pearson", "spearman", "within_job", "ndcg10")
    return {name: found[name] for name in names} | {
        "rmse": float(scores.std() * np.sqrt(1 - explained))
    }


def _by_job(
    predicted: Float64Array, scores: Float64Array, jobs: IndexArray, n_jobs: int
) -> dict[str, tuple[IndexArray, Float64Array]]:
    """Of each metric that is a mean over jobs: the jobs that say something, and their values."""
    found = {key: np.full(n_jobs, np.nan) for key in ("within_job", "ndcg10", "map")}
    order = np.argsort(jobs, kind="stable")
    starts = np.searchsorted(jobs[order], np.arange(n_jobs + 1))
    for job in range(n_jobs):
        rows = order[starts[job] : starts[job + 1]]
        guess, truth = predicted[rows], scores[rows]
        if len(rows) and truth.min() < truth.max():
            rank = _pearson(_ranks_of(guess), _ranks_of(truth), np.ones(len(rows)))
            found["within_job"][job] = 0.0 if np.isnan(rank) else rank  # all alike: no order
            found["ndcg10"][job] = _ndcg(guess, truth)
        relevant = truth >= RELEVANT
        if relevant.any() and not relevant.all():
            found["map"][job] = _average_precision(guess, relevant)
    known = {key: np.flatnonzero(~np.isnan(values)) for key, values in found.items()}
    return {key: (rows, found[key][rows]) for key, rows in known.items()}


def _ndcg(predicted: Float64Array, scores: Float64Array) -> float:
    """Järvelin and Kekäläinen 2002, exponential gains.

    Where predictions tie it is the mean over all orders of the tied: each of their places has
    their mean gain (McSherry and Najork 2008).
    """
    gains = 2 ** (scores / 20) - 1
    discount = 1 / np.log2(np.arange(2, min(FIRST, len(gains)) + 2))
    order = np.argsort(-predicted, kind="stable")
    tie = np.unique(-predicted[order], return_inverse=True)[1]
    found = (np.bincount(tie, gains[order]) / np.bincount(tie))[tie][:FIRST]
    best = np.sort(gains)[::-1][:FIRST]
    return float((found * discount).sum() / (best * discount).sum())


def _average_precision(predicted: Float64Array, relevant: npt.NDArray[np.bool_]) -> float:
    """Mean precision at the places of the relevant, of which there is one at least.

    Where predictions tie it is the mean over all orders of the tied (McSherry and Najork 2008). At
    the i-th place of a tie of n with r relevant, h relevant before the tie: one of the relevant
    stands there r/n of the times, and then has h + 1 + (i - 1) (r - 1) / (n - 1) of them up to it.
    """
    order = np.argsort(-predicted, kind="stable")
    tie = np.unique(-predicted[order], return_inverse=True)[1]
    hits, size = np.bincount(tie, relevant[order]), np.bincount(tie)
    place = np.arange(len(tie))
    within = place - (np.cumsum(size) - size)[tie]
    others = (hits - 1) / np.maximum(size - 1, 1)
    up_to = (np.cumsum(hits) - hits)[tie] + 1 + within * others[tie]
    precision = up_to / (place + 1)
    return float(((hits / size)[tie] * precision).sum() / hits.sum())


def _ranks_of(values: Float64Array) -> Float64Array:
    return _ranks(np.unique(values, return_inverse=True)[1], np.ones(len(values)))


def _ranks(order: npt.NDArray[np.intp], weights: Float64Array) -> Float64Array:
    """(n,) mean rank of each value if it stood there `weights` times; ties share theirs."""
    count = np.bincount(order, weights)
    return np.asarray((np.cumsum(count) - (count - 1) / 2)[order])


def _pearson(left: Float64Array, right: Float64Array, weights: Float64Array) -> float:
    counted = weights > 0
    if not counted.any() or np.ptp(left[counted]) == 0 or np.ptp(right[counted]) == 0:
        return float("nan")
    left, right = left - _mean(left, weights), right - _mean(right, weights)
    weighted = weights * left
    return float(weighted @ right / np.sqrt((weighted @ left) * (weights @ right**2)))


def _mean(values: Float64Array, weights: Float64Array) -> float:
    total = float(weights.sum())
    return float(values @ weights) / total if total > 0 else float("nan")
