"""Systems beside each other: what each predicts for judged pairs, and how it came to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from rolefit.bundle import FILES
from rolefit.errors import DataError, InputError, MissingExtraError
from rolefit.evaluation import peers
from rolefit.matcher import Matcher
from rolefit.score import Float64Array
from rolefit.training.corpus import IntArray
from rolefit.training.pairs import Pairs

PEERS = ("tfidf", "bm25", "minilm", "cosine")
LABELS = {
    "tfidf": "TF-IDF cosine",
    "bm25": "BM25",
    "minilm": "MiniLM, mean of chunks",
    "cosine": "cosine alone",
}
_MOST_PAIRS = 4_000_000  # of a matrix that is scored at once
_ALPHA = 1.0
_COSINE_MAPPER = FILES.cosine_prefix + FILES.ridge  # in bundles that have one for the cosine alone

Say = Callable[[str], Callable[[int, int], None] | None]  # what starts -> its progress


@dataclass(frozen=True, eq=False)
class Predicted:
    """What one system says about every pair."""

    name: str
    label: str
    about: str  # how it came to its numbers, for the report
    values: Float64Array  # (n,)
    band: Float64Array | None = field(default=None)  # (n, 2)
    points: bool = field(default=True)  # values are scores; False: similarities


def score_pairs(
    matcher: Matcher, pairs: Pairs, progress: Callable[[int, int], None] | None = None
) -> tuple[Float64Array, Float64Array]:
    """Scores (n,) and bands (n, 2) of `pairs`; a block is scored as one matrix.

    So each document of a block is encoded once. The only place that asks a Matcher for scores.
    """
    scores = np.empty(len(pairs.rows))
    blocks = np.array(pairs.blocks)
    done = 0
    for block in dict.fromkeys(pairs.blocks):
        rows = np.flatnonzero(blocks == block)
        resumes, left = np.unique(pairs.rows[rows, 0], return_inverse=True)
        jobs, right = np.unique(pairs.rows[rows, 1], return_inverse=True)
        if len(resumes) * len(jobs) > _MOST_PAIRS:
            raise DataError(
                f"{len(resumes):,} resumes and {len(jobs):,} jobs in one block are too many; name "
                f"pairs that were judged together in a column `block`"
            )
        matrix = matcher.score_matrix(
            [pairs.resumes[i] for i in resumes], [pairs.jobs[i] for i in jobs]
        )
        scores[rows] = matrix[left, right]
        done += len(rows)
        if progress:
            progress(done, len(scores))
    return scores, matcher.mapper.band(scores)


def load(folder: Path | None, jobs: int | None = None, *, cosine_only: bool = False) -> Matcher:
    """A bundle as it is measured: nobody knows when judged documents were collected, so "present"
    is the latest date that a resume names."""
    return Matcher.load(folder, jobs=jobs, cosine_only=cosine_only, as_of="document")


def rolefit_system(
    matcher: Matcher, pairs: Pairs, name: str, say: Say, label: str = ""
) -> Predicted:
    """A bundle as it is used: score and band."""
    scores, band = score_pairs(matcher, pairs, say(f"Scoring with {label or name}"))
    about = f"bundle {matcher.bundle.name} {matcher.bundle.version}, " + (
        f"features: {', '.join(matcher.mapper.feature_names)}"
    )
    return Predicted(name, label or name, about, scores, band)


def check_peers(names: Sequence[str]) -> None:
    """Raises InputError for a name that is none of PEERS."""
    if unknown := [name for name in names if name not in PEERS]:
        raise InputError(f"peers: expected some of {', '.join(PEERS)}, got {unknown[0]}")


def peer_systems(
    names: Sequence[str],
    matcher: Matcher,
    pairs: Pairs,
    fit: Pairs | None,
    minilm_folder: Path | None,
    say: Say,
) -> tuple[list[Predicted], list[str]]:
    """The peers that can be had here, and a line for each that cannot. Raises InputError."""
    check_peers(names)
    both = _joined(pairs, fit)
    found, left_out = [], []
    for name in names:
        if name == "cosine" and (matcher.bundle.folder / _COSINE_MAPPER).exists():
            alone = load(matcher.bundle.folder, matcher.encoder.jobs, cosine_only=True)
            found.append(rolefit_system(alone, pairs, name, say, LABELS[name]))
            continue
        try:
            values = _similarity(name, matcher, both, minilm_folder, say)
        except MissingExtraError as error:
            left_out.append(f"{LABELS[name]} is left out: {error}")
            continue
        except ModuleNotFoundError as error:
            extra = "train" if name == "minilm" else "evaluate"
            missing = MissingExtraError(f"{LABELS[name]} ({error.name})", extra)
            left_out.append(f"{LABELS[name]} is left out: {missing}")
            continue
        found.append(_fitted(name, values, len(pairs.scores), fit))
    return found, left_out


def _joined(pairs: Pairs, fit: Pairs | None) -> tuple[list[str], list[str], IntArray]:
    """Texts and rows of both sets of pairs, `pairs` first."""
    if fit is None:
        return list(pairs.resumes), list(pairs.jobs), pairs.rows
    shift = np.array([len(pairs.resumes), len(pairs.jobs)])
    rows = np.concatenate([pairs.rows, fit.rows + shift])
    return [*pairs.resumes, *fit.resumes], [*pairs.jobs, *fit.jobs], rows


def _similarity(
    name: str,
    matcher: Matcher,
    both: tuple[list[str], list[str], IntArray],
    minilm_folder: Path | None,
    say: Say,
) -> Float64Array:
    resumes, jobs, rows = both
    progress = say(f"Comparing by {LABELS[name]}")
    if name == "tfidf":
        return peers.tfidf(resumes, jobs, rows)
    if name == "bm25":
        return peers.bm25(resumes, jobs, rows)
    if name == "minilm":
        from rolefit.training.teacher import teacher_folder

        return peers.minilm(resumes, jobs, rows, minilm_folder or teacher_folder(), progress)
    vectors = matcher.encoder.encode([*resumes, *jobs]).astype(np.float64)
    left, right = vectors[: len(resumes)], vectors[len(resumes) :]
    cosines: Float64Array = np.einsum("nd,nd->n", left[rows[:, 0]], right[rows[:, 1]])
    return cosines


def _fitted(name: str, values: Float64Array, n: int, fit: Pairs | None) -> Predicted:
    if fit is None:
        about = "similarity as it is; errors in points need --fit PAIRS"
        return Predicted(name, LABELS[name], about, values, points=False)
    curve = cubic(values[n:], fit.scores)
    about = f"similarity through a cubic Ridge fitted on {len(fit.scores):,} pairs"
    return Predicted(name, LABELS[name], about, curve(values[:n]))


def cubic(values: Float64Array, scores: Float64Array) -> Callable[[Float64Array], Float64Array]:
    """Ridge of degree 3 from similarities (n,) to scores, within 0-100 and what it has seen."""
    low, high = float(values.min()), float(values.max())
    mean, spread = float(values.mean()), float(values.std()) or 1.0

    def terms(x: Float64Array) -> Float64Array:
        z = (np.clip(x, low, high) - mean) / spread
        return np.stack([z, z**2, z**3], axis=1)

    x = terms(values)
    center, offset = x.mean(axis=0), float(scores.mean())
    gram = (x - center).T @ (x - center) + _ALPHA * np.eye(3)
    weights = np.linalg.solve(gram, (x - center).T @ (scores - offset))
    return lambda new: np.clip((terms(new) - center) @ weights + offset, 0.0, 100.0)
