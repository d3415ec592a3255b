"""Fitting the score mapper: features of scored pairs -> polynomial + Ridge, network, weight, bands.

Pairs share documents, so a fold of pairs would be predicted from other pairs of the same resume.
Here resumes are dealt into folds and jobs into folds, and cell (f, g) is the pairs of resume fold f
with job fold g; it is predicted by a fit on the pairs that have neither, so both its documents are
new. Every pair lies in exactly one cell. What these out-of-fold predictions decide: the Ridge's
alpha, the network's number of epochs (early stopping), the ensemble weight, and the bands. The fits
that are kept then see all pairs.

Bands follow split conformal prediction (Lei et al. 2018, arXiv:1604.04173), with out-of-fold errors
in place of a calibration set: in each interval of predicted scores the half-width is the
ceil((n + 1) * coverage)-th smallest of n absolute errors. The guarantee supposes exchangeable
pairs; pairs that share a document are not quite that, so measure the coverage.
"""

from __future__ import annotations

import json
import math
from collections.abc import Container, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import Ridge  # type: ignore[import-untyped]
from sklearn.neural_network import MLPRegressor  # type: ignore[import-untyped]
from sklearn.preprocessing import PolynomialFeatures  # type: ignore[import-untyped]
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from rolefit.bundle import FILES
from rolefit.errors import DataError, TrainingError
from rolefit.score import FORMAT, MAX_BYTES, Float64Array, Mapper
from rolefit.training.corpus import read_jsonl

MIN_PAIRS = 50
MIN_DOCUMENTS = 3  # a side
_MIN_TRAINING = 10  # pairs to fit a cell on
_DIGITS = 9  # significant digits written: what a float32 holds
_GRID = 2_001  # points at which a one-feature curve is looked at

IndexArray = npt.NDArray[np.intp]
Cells = list[tuple[IndexArray, IndexArray]]  # rows to fit on, rows held out


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
    band_edges: tuple[float, ...] = (10.0, 25.0, 55.0, 100.0)  # of predicted scores; upper ends
    min_band_pairs: int = 100  # an interval with fewer is merged into its neighbour
    seed: int = 20


@dataclass(frozen=True, eq=False)
class FittedMapper:
    """A mapper with the contents of its files, and how it did on documents it had not seen."""

    mapper: Mapper
    files: dict[str, dict[str, Any]]  # file name -> content
    alpha: float
    epochs: int
    out_of_fold: Float64Array  # (n,) predictions for the training pairs, 0-100
    rmse: float  # of `out_of_fold`, points


@dataclass(frozen=True, eq=False)
class Labels:
    """Scored pairs, row by row."""

    resumes: tuple[str, ...]
    jobs: tuple[str, ...]
    scores: Float64Array  # (n,) 0-100


def read_labels(paths: Sequence[Path], resumes: Container[str], jobs: Container[str]) -> Labels:
    """Rows `{"resume": id, "job": id, "score": 0-100}` of JSON-lines files, in order.

    `resumes` and `jobs` are the ids that are known. Raises DataError listing the lines of rows that
    are malformed or name an unknown document; blank lines are not counted.
    """
    rows: list[tuple[str, str, float]] = []
    wrong: list[str] = []
    for path in paths:
        for number, row in enumerate(read_jsonl(path), start=1):
            fields = row if isinstance(row, dict) else {}
            resume, job = fields.get("resume"), fields.get("job")
            score: Any = fields.get("score")
            if not (isinstance(resume, str) and isinstance(job, str)):
                wrong.append(f"{path}, line {number}: expected text fields `resume` and `job`")
            elif type(score) not in (int, float) or not 0 <= score <= 100:
                wrong.append(f"{path}, line {number}: expected a score from 0 to 100, got {score}")
            elif resume not in resumes:
                wrong.append(f"{path}, line {number}: unknown resume {resume}")
            elif job not in jobs:
                wrong.append(f"{path}, line {number}: unknown job {job}")
            else:
                rows.append((resume, job, float(score)))
    if wrong:
        more = f"\nand {len(wrong) - 20:,} more" if len(wrong) > 20 else ""
        raise DataError(
            f"{len(wrong):,} of {len(wrong) + len(rows):,} label rows cannot be used:\n"
            + "\n".join(wrong[:20])
            + more
        )
    left, right, scores = zip(*rows, strict=True) if rows else ((), (), ())
    return Labels(tuple(left), tuple(right), np.array(scores, dtype=np.float64))


def fit_mapper(
    features: Float64Array,
    feature_names: Sequence[str],
    scores: Float64Array,
    groups_resume: Sequence[str],
    groups_job: Sequence[str],
    settings: MapperSettings,
) -> FittedMapper:
    """Fit on `features` (n, k) of pairs with `scores` (n,) from 0 to 100.

    `groups_resume` and `groups_job` (n,) say which documents a pair is of. The same input gives the
    same mapper on the same machine. Raises DataError if the rows cannot carry a fit.
    """
    features, scores = np.asarray(features, np.float64), np.asarray(scores, np.float64)
    _check(features, feature_names, scores, groups_resume, groups_job)
    mean, spread = features.mean(axis=0), features.std(axis=0)
    scale = np.where(spread > 1e-12, spread, 1.0)  # a constant feature says nothing, harmlessly
    z = (features - mean) / scale
    terms = PolynomialFeatures(settings.degree, include_bias=False).fit_transform(z)
    cells = _cells(groups_resume, groups_job, settings)
    # The network's matrices are too small to share among threads, and one thread always adds up in
    # the same order.
    with threadpool_limits(1):
        alpha, by_ridge = _best_alpha(terms, scores, cells, settings.alphas)
        network, epochs, by_network = _fit_network(z, scores, cells, settings)
        ridge = Ridge(alpha=alpha).fit(terms, scores)
    weight = _ensemble_weight(scores, by_ridge, by_network)
    out_of_fold = np.clip(weight * by_ridge + (1 - weight) * by_network, 0.0, 100.0)
    own = {
        "format": FORMAT,
        "features": list(feature_names),
        "low": _short(features.min(axis=0)),
        "high": _short(features.max(axis=0)),
        "mean": _short(mean),
        "scale": _short(scale),
        "ensemble_weight": _short(weight),
        "bands": _bands(out_of_fold, np.abs(scores - out_of_fold), settings),
        "fitted_on": {
            "pairs": len(scores),
            "resumes": len(set(groups_resume)),
            "jobs": len(set(groups_job)),
        },
    }
    files = _files(settings.degree, ridge, network, own)
    if z.shape[1] == 1:
        own |= _monotone_range(files, features[:, 0], scores)
    rmse = float(np.sqrt(np.mean((scores - out_of_fold) ** 2)))
    mapper = Mapper.from_json(files, "the fitted mapper")
    return FittedMapper(mapper, files, alpha, epochs, out_of_fold, rmse)


def save_mapper(fitted: FittedMapper, folder: Path) -> None:
    """Write the four JSON files. Raises TrainingError if together they exceed 0.5 MiB."""
    texts = {name: json.dumps(content) + "\n" for name, content in fitted.files.items()}
    size = sum(map(len, texts.values()))  # json.dumps writes ASCII: characters are bytes
    if size > MAX_BYTES:
        raise TrainingError(
            f"the mapper's files would take {size:,} bytes, at most {MAX_BYTES:,} are allowed; "
            f"use fewer features, a lower degree or smaller hidden layers"
        )
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        partial = folder / (name + ".partial")
        partial.write_text(text, encoding="utf-8")
        partial.replace(folder / name)


def _check(
    features: Float64Array,
    names: Sequence[str],
    scores: Float64Array,
    groups_resume: Sequence[str],
    groups_job: Sequence[str],
) -> None:
    if features.ndim != 2 or features.shape[1] != len(names) or not len(set(names)) == len(names):
        raise DataError(
            f"expected features (n, {len(names)}), a column for each of "
            f"{', '.join(names)}, each once; got shape {features.shape}"
        )
    lengths = (len(features), len(scores), len(groups_resume), len(groups_job))
    if len(set(lengths)) > 1:
        raise DataError(
            "expected as many features as scores, resumes and jobs; got "
            + ", ".join(map(str, lengths))
        )
    if len(scores) < MIN_PAIRS:
        raise DataError(f"expected at least {MIN_PAIRS} pairs to fit on, got {len(scores)}")
    bad = np.argwhere(~np.isfinite(features))
    if len(bad):
        row, column = bad[0]
        raise DataError(
            f"{len(bad):,} feature values are NaN or infinite, the first is "
            f"{names[column]} of row {row}"
        )
    outside = np.flatnonzero(~((scores >= 0) & (scores <= 100)))
    if len(outside):
        raise DataError(
            f"{len(outside):,} scores are not from 0 to 100, the first is "
            f"{scores[outside[0]]} in row {outside[0]}"
        )
    if scores.min() == scores.max():
        raise DataError(f"all {len(scores):,} scores are {scores[0]}: nothing to learn")
    for what, groups in (("resumes", groups_resume), ("jobs", groups_job)):
        if len(set(groups)) < MIN_DOCUMENTS:
            raise DataError(
                f"expected pairs of at least {MIN_DOCUMENTS} different {what}, "
                f"got {len(set(groups))}"
            )


def _cells(
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


def _best_alpha(
    terms: Float64Array, scores: Float64Array, cells: Cells, alphas: Sequence[float]
) -> tuple[float, Float64Array]:
    """The alpha with the least out-of-fold error, and its predictions (n,)."""
    predicted = np.empty((len(alphas), len(scores)))
    for fit_on, held_out in cells:
        x, center = terms[fit_on], terms[fit_on].mean(axis=0)
        offset = scores[fit_on].mean()
        # One eigendecomposition serves every alpha.
        values, vectors = np.linalg.eigh((x - center).T @ (x - center))
        target = vectors.T @ ((x - center).T @ (scores[fit_on] - offset))
        basis = (terms[held_out] - center) @ vectors
        for row, alpha in zip(predicted, alphas, strict=True):
            row[held_out] = basis @ (target / (np.maximum(values, 0.0) + alpha)) + offset
    best = int(np.argmin(((predicted - scores) ** 2).mean(axis=1)))
    return float(alphas[best]), predicted[best]


class _Network:
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
            "coefs": [_short(c) for c in (*coefs, last * self.spread)],
            "intercepts": [_short(b) for b in (*intercepts, last_bias * self.spread + self.mean)],
            "n_features_in": self.model.n_features_in_,
        }


def _fit_network(
    z: Float64Array, scores: Float64Array, cells: Cells, settings: MapperSettings
) -> tuple[_Network, int, Float64Array]:
    """The network fitted on all rows, its epochs, and the out-of-fold predictions (n,).

    All cells train side by side, so that one epoch count is stopped at for all of them.
    """
    networks = [_Network(scores[fit_on], settings) for fit_on, _ in cells]
    best, best_error, best_predicted = 0, math.inf, np.empty(0)
    for epoch in range(1, settings.max_epochs + 1):
        predicted = np.empty(len(scores))
        for network, (fit_on, held_out) in zip(networks, cells, strict=True):
            network.epoch(z[fit_on], scores[fit_on])
            predicted[held_out] = network.predict(z[held_out])
        error = float(((predicted - scores) ** 2).mean())
        if error < best_error:
            best, best_error, best_predicted = epoch, error, predicted
        if epoch - best >= settings.patience:
            break
    final = _Network(scores, settings)
    for _ in range(best):
        final.epoch(z, scores)
    return final, best, best_predicted


def _ensemble_weight(scores: Float64Array, ridge: Float64Array, network: Float64Array) -> float:
    """w in [0, 1] of the least |scores - (w ridge + (1 - w) network)|^2; 1/2 if they agree."""
    gap = ridge - network
    power = float(gap @ gap)
    return float(np.clip((scores - network) @ gap / power, 0.0, 1.0)) if power else 0.5


def _bands(
    predicted: Float64Array, errors: Float64Array, settings: MapperSettings
) -> dict[str, Any]:
    upper = list(settings.band_edges)
    while True:
        interval = np.searchsorted(upper[:-1], predicted, side="left")
        counts = np.bincount(interval, minlength=len(upper))
        smallest = int(np.argmin(counts))
        if len(upper) == 1 or counts[smallest] >= settings.min_band_pairs:
            break
        del upper[min(smallest, len(upper) - 2)]  # the edge to the next, or of the last, falls
    half = []
    for index, count in enumerate(counts):
        rank = math.ceil((count + 1) * settings.coverage)
        width = np.sort(errors[interval == index])[rank - 1] if rank <= count else 100.0
        half.append(math.ceil(float(width) * 100) / 100)  # rounding must not narrow it
    return {
        "coverage": settings.coverage,
        "upper": upper,
        "half_width": half,
        "pairs": counts.tolist(),
    }


def _files(
    degree: int, ridge: Any, network: _Network, own: dict[str, Any]
) -> dict[str, dict[str, Any]]:
    return {
        FILES.poly: {
            "degree": degree,
            "include_bias": False,
            "n_features_in": len(own["features"]),
            "n_output_features": len(ridge.coef_),
        },
        FILES.ridge: {
            "alpha": ridge.alpha,
            "coefficients": _short(ridge.coef_),
            "intercept": _short(ridge.intercept_),
            "n_features_in": len(ridge.coef_),
        },
        FILES.neural: network.content(),
        FILES.mapper: own,
    }


def _monotone_range(
    files: dict[str, dict[str, Any]], values: Float64Array, scores: Float64Array
) -> dict[str, Any]:
    """`low` and `high` between which a one-feature score only goes the way the feature goes.

    A cubic turns over where few pairs hold it. The input is then clipped at the turn: of all
    stretches without a turn the one with most pairs is kept. Should much be lost that way, the
    network alone or the Ridge alone may do better, so the one of the three with the least error on
    the pairs is taken, with its `ensemble_weight`.
    """
    rising = float(np.cov(values, scores)[0, 1]) >= 0
    grid = np.linspace(values.min(), values.max(), _GRID)
    found: list[tuple[float, dict[str, Any]]] = []
    for weight in (files[FILES.mapper]["ensemble_weight"], 0.0, 1.0):
        own = files[FILES.mapper] | {"ensemble_weight": weight}
        curve = Mapper.from_json(files | {FILES.mapper: own}, "the fit").score(grid[:, None])
        turns = np.flatnonzero(np.diff(curve if rising else -curve) < -1e-9)
        starts, ends = grid[[0, *(turns + 1)]], grid[[*turns, _GRID - 1]]
        kept = ((values >= starts[:, None]) & (values <= ends[:, None])).sum(axis=1)
        best = [int(np.argmax(kept))]
        change = {
            "ensemble_weight": weight,
            "low": _short(starts[best]),
            "high": _short(ends[best]),
        }
        mapper = Mapper.from_json(files | {FILES.mapper: own | change}, "the fit")
        error = float(((mapper.score(values[:, None]) - scores) ** 2).mean())
        found.append((error, change))
    return min(found, key=lambda pair: pair[0])[1]


def _short(values: Any) -> Any:
    if np.ndim(values) == 0:
        return float(f"{float(values):.{_DIGITS}g}")
    return [_short(value) for value in values]
