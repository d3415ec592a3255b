"""Fitting by document cross-validation: alpha, epochs, weight, and out-of-fold predictions.

Pairs share documents, so a fold of pairs would be predicted from other pairs of the same resume.
Here resumes are dealt into folds and jobs into folds, and cell (f, g) is the pairs of resume fold f
with job fold g; it is predicted by a fit on the pairs that have neither, so both its documents are
new. Every pair lies in exactly one cell. What these out-of-fold predictions decide: the Ridge's
alpha, the network's number of epochs (early stopping), the ensemble weight, and the bands. The fits
that are kept then see all pairs.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.neural_network import MLPRegressor  # type: ignore[import-untyped]

from rolefit.errors import DataError
from rolefit.score import Float64Array

_MIN_TRAINING = 10  # pairs to fit a cell on
_DIGITS = 5  # significant digits written: a score changes by less than a hundredth of a point

IndexArray = npt.NDArray[np.intp]
Cells = list[tuple[IndexArray, IndexArray]]  # rows to fit on, rows held out
# What a fit reads of all rows -> (n,) predictions, each by the fit of a cell that has neither of
# the row's documents. What it reads may be clipped, as it will be in use.
OutOfFold = Callable[[Float64Array], Float64Array]


@dataclass(frozen=True)
class MapperSettings:
    """One fit. The defaults are for thousands of pairs and a handful of features."""

    degree: int = 3
    alphas: tuple[float, ...] = (0.1, 1.0, 10.0, 30.0, 100.0, 300.0, 1e3, 3e3, 1e4)
    hidden_layers: tuple[int, ...] = (128, 64, 32)
    folds: int = 4  # a side: folds * folds cells
    max_epochs: int = 60
    patience: int = 8  # epochs without a better out-of-fold error before stopping
    learning_rate: float = 1e-3
    batch: int = 256
    weight_decay: float = 1e-3
    coverage: float = 0.9
    band_groups: tuple[float, ...] = (25.0, 55.0, 100.0)  # of true scores; upper ends
    min_band_pairs: int = 50  # a group with fewer is merged into its neighbour
    seed: int = 20


def make_cells(
    groups_resume: Sequence[str], groups_job: Sequence[str], settings: MapperSettings
) -> Cells:
    resume_folds = _deal(groups_resume, settings.folds, settings.seed)
    job_folds = _deal(groups_job, settings.folds, settings.seed + 1)
    cells = []
    for f in range(settings.folds):
        for g in range(settings.folds):
            held_out = np.flatnonzero((resume_folds == f) & (job_folds == g))
            fit_on = np.flatnonzero((resume_folds != f) & (job_folds != g))
            if len(held_out) and len(fit_on) < _MIN_TRAINING:
                raise DataError(
                    f"too few pairs share no document with the {len(held_out)} held out: "
                    f"expected {_MIN_TRAINING}, got {len(fit_on)}; add pairs of other documents"
                )
            if len(held_out):
                cells.append((fit_on, held_out))
    return cells


def _deal(groups: Sequence[str], folds: int, seed: int) -> IndexArray:
    """(n,) fold of each row; a document's rows share one. Independent of the order of rows."""
    names, index = np.unique(np.asarray(groups), return_inverse=True)
    fold = np.empty(len(names), dtype=np.intp)
    fold[np.random.default_rng(seed).permutation(len(names))] = np.arange(len(names)) % folds
    return fold[index]


def best_alpha(
    terms: Float64Array, scores: Float64Array, cells: Cells, alphas: Sequence[float]
) -> tuple[float, OutOfFold]:
    """The alpha with the least out-of-fold error, and what it predicts out of fold."""
    predicted = np.empty((len(alphas), len(scores)))
    fits: list[list[Callable[[Float64Array], Float64Array]]] = [[] for _ in alphas]
    for fit_on, held_out in cells:
        x, center = terms[fit_on], terms[fit_on].mean(axis=0)
        offset = scores[fit_on].mean()
        # One eigendecomposition serves every alpha.
        values, vectors = np.linalg.eigh((x - center).T @ (x - center))
        target = vectors.T @ ((x - center).T @ (scores[fit_on] - offset))
        for row, of_alpha, alpha in zip(predicted, fits, alphas, strict=True):
            weights = vectors @ (target / (np.maximum(values, 0.0) + alpha))
            of_alpha.append(partial(_line, center, weights, offset))
            row[held_out] = of_alpha[-1](terms[held_out])
    best = int(np.argmin(((predicted - scores) ** 2).mean(axis=1)))
    return float(alphas[best]), partial(_by_cells, cells, fits[best])


def _line(
    center: Float64Array, weights: Float64Array, offset: float, terms: Float64Array
) -> Float64Array:
    found: Float64Array = (terms - center) @ weights + offset
    return found


def _by_cells(
    cells: Cells, fits: Sequence[Callable[[Float64Array], Float64Array]], rows: Float64Array
) -> Float64Array:
    predicted = np.empty(len(rows))
    for predict, (_, held_out) in zip(fits, cells, strict=True):
        predicted[held_out] = predict(rows[held_out])
    return predicted


class Network:
    """scikit-learn's MLPRegressor, epoch by epoch, on scores of mean 0 and deviation 1."""

    def __init__(self, scores: Float64Array, settings: MapperSettings) -> None:
        self.mean, self.spread = float(scores.mean()), float(scores.std()) or 1.0
        self.model = MLPRegressor(
            hidden_layer_sizes=settings.hidden_layers,
            alpha=settings.weight_decay,
            batch_size=min(settings.batch, len(scores)),
            learning_rate_init=settings.learning_rate,
            # An instance: from a number, every epoch would shuffle alike.
            random_state=np.random.RandomState(settings.seed),
        )

    def epoch(self, z: Float64Array, scores: Float64Array) -> None:
        self.model.partial_fit(z, (scores - self.mean) / self.spread)

    def predict(self, z: Float64Array) -> Float64Array:
        predicted: Float64Array = self.model.predict(z) * self.spread + self.mean
        return predicted

    def content(self) -> dict[str, Any]:
        """Of `neural_weights.json`; the last layer gives points, so nothing need be undone."""
        *coefs, last = self.model.coefs_
        *intercepts, last_bias = self.model.intercepts_
        return {
            "hidden_layer_sizes": list(self.model.hidden_layer_sizes),
            "activation": self.model.activation,
            "coefs": [short(c) for c in (*coefs, last * self.spread)],
            "intercepts": [short(b) for b in (*intercepts, last_bias * self.spread + self.mean)],
            "n_features_in": self.model.n_features_in_,
        }


def fit_network(
    z: Float64Array, scores: Float64Array, cells: Cells, settings: MapperSettings
) -> tuple[Network, int, OutOfFold]:
    """The network fitted on all rows, its epochs, and what it predicts out of fold.

    All cells train side by side, so that one epoch count is stopped at for all of them.
    """
    networks = [Network(scores[fit_on], settings) for fit_on, _ in cells]
    best, best_error, kept = 0, math.inf, networks
    for epoch in range(1, settings.max_epochs + 1):
        predicted = np.empty(len(scores))
        for network, (fit_on, held_out) in zip(networks, cells, strict=True):
            network.epoch(z[fit_on], scores[fit_on])
            predicted[held_out] = network.predict(z[held_out])
        error = float(((predicted - scores) ** 2).mean())
        if error < best_error:
            best, best_error, kept = epoch, error, copy.deepcopy(networks)
        if epoch - best >= settings.patience:
            break
    final = Network(scores, settings)
    for _ in range(best):
        final.epoch(z, scores)
    return final, best, partial(_by_cells, cells, [network.predict for network in kept])


def ensemble_weight(scores: Float64Array, ridge: Float64Array, network: Float64Array) -> float:
    """w in [0, 1] of the least |scores - (w ridge + (1 - w) network)|^2; 1/2 if they agree."""
    gap = ridge - network
    power = float(gap @ gap)
    return float(np.clip((scores - network) @ gap / power, 0.0, 1.0)) if power else 0.5


def short(values: Any) -> Any:
    if np.ndim(values) == 0:
        return float(f"{float(values):.{_DIGITS}g}")
    return [short(value) for value in values]
