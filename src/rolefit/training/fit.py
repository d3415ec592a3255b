"""A bundle gets its mapper: encode the labelled documents, compare, fit, check, write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from scipy.stats import pearsonr, spearmanr  # type: ignore[import-untyped]

from rolefit.bundle import Bundle, rewrite_manifest
from rolefit.errors import DataError
from rolefit.features import FEATURES, pair_features
from rolefit.matcher import open_encoder
from rolefit.reading import from_text
from rolefit.records import Encoding
from rolefit.score import Float64Array, Mapper
from rolefit.training.corpus import read_jsonl
from rolefit.training.crossfit import MapperSettings
from rolefit.training.labels import Labels, read_labels
from rolefit.training.mapper import fit_mapper, save_mapper

FEATURE_NAMES = tuple(FEATURES)


def fit_bundle(
    folder: Path,
    labels: Sequence[Path],
    check: Sequence[Path],
    resumes: Path,
    jobs_file: Path,
    *,
    jobs: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    settings: MapperSettings | None = None,
) -> str:
    """Fit a mapper on `labels` and write it into the bundle; returns what was measured, as text.

    `check` are labels of other documents; sharing one with `labels` is a DataError.
    """
    bundle = Bundle.open(folder)
    texts = {"resume": _texts(resumes), "job": _texts(jobs_file)}
    fit_on = read_labels(labels, texts["resume"], texts["job"])
    unseen = read_labels(check, texts["resume"], texts["job"])
    shared = (set(fit_on.resumes) & set(unseen.resumes)) | (set(fit_on.jobs) & set(unseen.jobs))
    if shared:
        raise DataError(
            f"{len(shared)} documents are in the labels to fit on and in those to check on, "
            f"{min(shared)} among them; a check needs unseen documents"
        )
    encodings = _encode(bundle, texts, (fit_on, unseen), jobs, progress)
    fitted = fit_mapper(
        _features(fit_on, encodings),
        FEATURE_NAMES,
        fit_on.scores,
        fit_on.resumes,
        fit_on.jobs,
        settings or MapperSettings(),
    )
    save_mapper(fitted, folder)
    rewrite_manifest(folder)
    lines = [f"fitted on {len(fit_on.scores):,} pairs, out-of-fold RMSE {fitted.rmse:.2f}"]
    if len(unseen.scores):
        lines += _measure(fitted.mapper, _features(unseen, encodings), unseen)
    return "\n".join(lines)


def _texts(path: Path) -> dict[str, str]:
    return {str(row["id"]): row["text"] for row in read_jsonl(path) if not row.get("reserved")}


def _encode(
    bundle: Bundle,
    texts: dict[str, dict[str, str]],
    labels: Sequence[Labels],
    jobs: int | None,
    progress: Callable[[int, int], None] | None,
) -> dict[tuple[str, str], Encoding]:
    """Encodings of all labelled documents by (side, id)."""
    wanted = [("resume", i) for part in labels for i in part.resumes]
    wanted += [("job", i) for part in labels for i in part.jobs]
    keys = list(dict.fromkeys(wanted))
    encoder = open_encoder(bundle, jobs)
    documents = (from_text(texts[side][i], i) for side, i in keys)
    encodings = {}
    for key, encoding in zip(keys, encoder.map(encoder.encode_document, documents), strict=True):
        encodings[key] = encoding
        if progress:
            progress(len(encodings), len(keys))
    return encodings


def _features(labels: Labels, encodings: dict[tuple[str, str], Encoding]) -> Float64Array:
    """(n_pairs, n_features), computed job by job."""
    values = np.zeros((len(labels.scores), len(FEATURE_NAMES)))
    jobs = np.array(labels.jobs)
    for job in dict.fromkeys(labels.jobs):
        rows = np.flatnonzero(jobs == job)
        left = [encodings["resume", labels.resumes[row]] for row in rows]
        values[rows] = pair_features(FEATURE_NAMES, left, [encodings["job", job]])[:, 0]
    return values


def _measure(mapper: Mapper, features: Float64Array, labels: Labels) -> list[str]:
    scores = mapper.score(features)
    bands = mapper.band(scores)
    errors = scores - labels.scores
    jobs = np.array(labels.jobs)
    within = [
        spearmanr(scores[jobs == job], labels.scores[jobs == job]).statistic
        for job in dict.fromkeys(labels.jobs)
    ]
    inside = (bands[:, 0] <= labels.scores) & (labels.scores <= bands[:, 1])
    spread = ((labels.scores - labels.scores.mean()) ** 2).mean()
    return [
        f"checked on {len(errors):,} pairs of unseen documents:",
        f"  RMSE {np.sqrt((errors**2).mean()):.2f}   MAE {np.abs(errors).mean():.2f}   "
        f"R2 {1 - (errors**2).mean() / spread:.3f}",
        f"  Pearson {pearsonr(scores, labels.scores).statistic:.3f}   "
        f"Spearman {spearmanr(scores, labels.scores).statistic:.3f}   "
        f"within-job Spearman {np.nanmean(within):.3f}",
        f"  90% band covers {inside.mean():.1%}",
    ]
