"""`rolefit evaluate bench`: scores beside those of simpler systems, and the reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from rolefit import __version__
from rolefit.errors import MissingExtraError
from rolefit.evaluation.bench import read_bench
from rolefit.evaluation.bench_reasons import Reasons, reasons
from rolefit.evaluation.peers import chunks
from rolefit.evaluation.result import System, measured
from rolefit.evaluation.systems import (
    Predicted,
    Say,
    check_peers,
    cubic,
    peer_systems,
    rolefit_system,
)
from rolefit.matcher import Matcher
from rolefit.training.pairs import Pairs

SEED = 20
_OTHER = {"test": "train", "train": "test"}  # what similarities are fitted to scores on


@dataclass(frozen=True)
class BenchResult:
    """One run; `systems[0]` is the evaluated one."""

    made_by: str
    model: dict[str, str]
    split: str
    pairs: int
    systems: tuple[System, ...]
    reasons: Reasons
    left_out: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        return {"format": 1, **asdict(self)}


def evaluate_bench(
    matcher: Matcher,
    folder: Path,
    split: str = "test",
    peers: Sequence[str] = (),
    folders: Mapping[str, Path] | None = None,
    bootstrap: int = 1_000,
    say: Say = lambda what: None,
) -> BenchResult:
    """Measure `matcher` on the benchmark in `folder`. Raises InputError, DataError.

    Similarities of peers become scores by a cubic Ridge fitted on the other part; for `all` there
    is no other, and their errors in points stay blank. `folders` are sentence-transformers models.
    """
    check_peers(peers)
    bench = read_bench(folder, split)
    fit = read_bench(folder, _OTHER[split]).judged().pairs if split in _OTHER else None
    judged = bench.judged()
    matcher.intake.remember()  # each document is met in many pairs
    systems = [rolefit_system(matcher, judged.pairs, matcher.bundle.name, say, "rolefit")]
    others, left_out = peer_systems(peers, matcher, judged.pairs, fit, None, say)
    for name, place in (folders or {}).items():
        others.append(_folder_system(name, place, judged.pairs, fit, say))
    found = reasons(matcher, bench, bootstrap, SEED, say("Reading reasons"))
    return BenchResult(
        f"rolefit {__version__}",
        {"name": matcher.bundle.name, "version": matcher.bundle.version},
        bench.split, len(bench.parts),
        measured([*systems, *others], judged, bootstrap, SEED), found, tuple(left_out),
    )  # fmt: skip


def _folder_system(name: str, folder: Path, pairs: Pairs, fit: Pairs | None, say: Say) -> Predicted:
    """A sentence-transformers model: cosine of the means of its chunks' unit vectors."""
    try:
        from sentence_transformers import SentenceTransformer
    except ModuleNotFoundError as error:
        raise MissingExtraError(f"--peer-folder ({error.name})", "train") from error
    say(f"Comparing by {name}")
    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)

    def vectors(texts: Sequence[str]) -> Any:
        pieces = [chunks(text) for text in texts]
        flat = [piece for each in pieces for piece in each]
        rows = model.encode(flat, normalize_embeddings=True, show_progress_bar=False)
        starts = np.cumsum([0, *(len(each) for each in pieces)])[:-1]
        total = np.add.reduceat(np.asarray(rows, dtype=np.float64), starts, axis=0)
        return total / np.linalg.norm(total, axis=1, keepdims=True)

    def cosines(of: Pairs) -> Any:
        left, right = vectors(of.resumes), vectors(of.jobs)
        return np.einsum("nd,nd->n", left[of.rows[:, 0]], right[of.rows[:, 1]])

    values = cosines(pairs)
    if fit is None:
        return Predicted(name, name, "similarity as it is", values, points=False)
    curve = cubic(cosines(fit), fit.scores)
    about = f"similarity through a cubic Ridge fitted on {len(fit.scores):,} pairs"
    return Predicted(name, name, about, curve(values))
