"""Fitting the score mapper: features of scored pairs -> polynomial + Ridge, network, weight, bands.

Bands are fitted to the out-of-fold errors, see bands.py.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import Ridge  # type: ignore[import-untyped]
from sklearn.preprocessing import PolynomialFeatures  # type: ignore[import-untyped]
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from rolefit.bundle import FILES
from rolefit.errors import DataError, TrainingError
from rolefit.files import make_folder, write_files
from rolefit.score import FORMAT, MAX_BYTES, Float64Array, Mapper
from rolefit.training.bands import fit_bands
from rolefit.training.crossfit import (
    MapperSettings,
    Network,
    best_alpha,
    ensemble_weight,
    fit_network,
    make_cells,
    short,
)

MIN_PAIRS = 50
MIN_DOCUMENTS = 3  # a side
_GRID = 2_001  # points at which a one-feature curve is looked at
_NO_BANDS = {"scores": [0.0, 100.0], "low": [0.0, 0.0], "high": [100.0, 100.0]}  # until fitted


@dataclass(frozen=True, eq=False)
class FittedMapper:
    """A mapper with the contents of its files, and how it did on documents it had not seen."""

    mapper: Mapper
    files: dict[str, dict[str, Any]]  # file name -> content
    alpha: float
    epochs: int
    out_of_fold: Float64Array  # (n,) scores of the training pairs as they would be given, 0-100
    rmse: float  # of `out_of_fold`, points


def fit_mapper(
    features: Float64Array,
    feature_names: Sequence[str],
    scores: Float64Array,
    groups_resume: Sequence[str],
    groups_job: Sequence[str],
    settings: MapperSettings,
    band_rows: Sequence[int] | None = None,
    ceilings: Float64Array | None = None,
) -> FittedMapper:
    """Fit on `features` (n, k) of pairs with `scores` (n,) from 0 to 100.

    `groups_resume` and `groups_job` (n,) say which documents a pair is of. Bands are fitted to the
    errors of `band_rows` (default: all), as where the other scores are noisier. `ceilings` (n,) are
    what a score is held at, if it is. The same input gives the same mapper on the same machine.
    Raises DataError if the rows cannot carry a fit.
    """
    features, scores = np.asarray(features, np.float64), np.asarray(scores, np.float64)
    _check(features, feature_names, scores, groups_resume, groups_job)
    mean, spread = features.mean(axis=0), features.std(axis=0)
    scale = np.where(spread > 1e-12, spread, 1.0)  # a constant feature says nothing, harmlessly
    z = (features - mean) / scale
    polynomial = PolynomialFeatures(settings.degree, include_bias=False)
    terms = polynomial.fit_transform(z)
    cells = make_cells(groups_resume, groups_job, settings)
    own = _own(features, feature_names, groups_resume, groups_job)
    own |= {"mean": short(mean), "scale": short(scale)}
    # The network's matrices are too small to share among threads, and one thread always adds up in
    # the same order.
    with threadpool_limits(1):
        alpha, by_ridge = best_alpha(terms, scores, cells, settings.alphas)
        network, epochs, by_network = fit_network(z, scores, cells, settings)
        ridge = Ridge(alpha=alpha).fit(terms, scores)
        own["ensemble_weight"] = short(ensemble_weight(scores, by_ridge(terms), by_network(z)))
        files = _files(settings.degree, ridge, network, own)
        if z.shape[1] == 1:
            own |= _monotone_range(files, features[:, 0], scores)
        # Weight and range are settled: what follows is measured on the scores that they give.
        read = (np.clip(features, own["low"], own["high"]) - mean) / scale
        weight = own["ensemble_weight"]
        by_both = weight * by_ridge(polynomial.transform(read)) + (1 - weight) * by_network(read)
    highest = 100.0 if ceilings is None else ceilings
    out_of_fold = np.minimum(np.clip(by_both, 0.0, 100.0), highest)
    banded = list(range(len(scores)) if band_rows is None else band_rows)
    left, right = ([groups[i] for i in banded] for groups in (groups_resume, groups_job))
    band_cells = make_cells(left, right, settings)
    own["bands"] = fit_bands(out_of_fold[banded], scores[banded], band_cells, settings)
    rmse = float(np.sqrt(np.mean((scores - out_of_fold) ** 2)))
    mapper = Mapper.from_json(files, "the fitted mapper")
    return FittedMapper(mapper, files, alpha, epochs, out_of_fold, rmse)


def mapper_files(fitted: FittedMapper, prefix: str = "") -> dict[str, bytes]:
    """The four JSON files by name, `prefix` before each.

    Raises TrainingError if together they exceed 0.5 MiB.
    """
    texts = {name: json.dumps(content) + "\n" for name, content in fitted.files.items()}
    size = sum(map(len, texts.values()))  # json.dumps writes ASCII: characters are bytes
    if size > MAX_BYTES:
        raise TrainingError(
            f"the mapper's files would take {size:,} bytes, at most {MAX_BYTES:,} are allowed; "
            f"use fewer features, a lower degree or smaller hidden layers"
        )
    return {prefix + name: text.encode() for name, text in texts.items()}


def save_mapper(fitted: FittedMapper, folder: Path, prefix: str = "") -> None:
    """Write `mapper_files` into `folder`, which is made. Raises TrainingError, InputError."""
    files = mapper_files(fitted, prefix)
    make_folder(folder)
    write_files({folder / name: content for name, content in files.items()})


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


def _own(
    features: Float64Array, names: Sequence[str], resumes: Sequence[str], jobs: Sequence[str]
) -> dict[str, Any]:
    """The content of mapper.json, as far as it stands before anything is fitted."""
    counts = {"pairs": len(features), "resumes": len(set(resumes)), "jobs": len(set(jobs))}
    return {
        "format": FORMAT,
        "features": list(names),
        "low": short(features.min(axis=0)),
        "high": short(features.max(axis=0)),
        "mean": [],
        "scale": [],
        "ensemble_weight": 0.5,
        "bands": _NO_BANDS,
        "fitted_on": counts,
    }


def _files(
    degree: int, ridge: Any, network: Network, own: dict[str, Any]
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
            "coefficients": short(ridge.coef_),
            "intercept": short(ridge.intercept_),
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
            "low": short(starts[best]),
            "high": short(ends[best]),
        }
        mapper = Mapper.from_json(files | {FILES.mapper: own | change}, "the fit")
        error = float(((mapper.score(values[:, None]) - scores) ** 2).mean())
        found.append((error, change))
    return min(found, key=lambda pair: pair[0])[1]
