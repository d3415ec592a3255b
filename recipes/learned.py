"""What the recipes of rolefit.language's learned models share: fitting, and files of documents."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from rolefit.language.learned import STEP

HERE = Path(__file__).parent
Features = Mapping[str, float]


def fit(
    rows: Sequence[Features],
    kinds: Sequence[int],
    counts: Sequence[float],
    *,
    strength: float,
    seen: int,
    kept: int,
) -> dict[str, Any]:
    """A model of rolefit.language.learned: of features that stand in `seen` rows or more the `kept`
    that tell most, weights of STEP."""
    table = DictVectorizer().fit(rows)
    table.restrict(np.asarray((table.transform(rows) != 0).sum(axis=0)).ravel() >= seen)
    fitted = LogisticRegression(C=strength, max_iter=500)
    fitted.fit(table.transform(rows), kinds, sample_weight=np.array(counts))
    weights = np.rint(fitted.coef_ / STEP).astype(int)
    telling = np.argsort(-np.abs(weights).max(axis=0), kind="stable")[:kept]
    names = table.get_feature_names_out()
    return {
        "bias": fitted.intercept_.round(3).tolist(),
        "weights": {
            names[i]: weights[:, i].tolist() for i in sorted(telling) if weights[:, i].any()
        },
    }


def write(model: Mapping[str, Any], file: Path) -> None:
    text = json.dumps(model, ensure_ascii=False, separators=(",", ":")) + "\n"
    file.write_text(text, encoding="utf-8")


def judged(name: str) -> list[dict[str, Any]]:
    with gzip.open(HERE / "judged" / name, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def resumes(file: str) -> dict[str, str]:
    """{id: text} of the resumes in FILE that may be fitted on, and of the bench's."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if not row.get("reserved")]
    bench = HERE.parent / "bench" / "documents.jsonl"
    rows += [
        row
        for row in map(json.loads, bench.read_text(encoding="utf-8").splitlines())
        if row["split"] == "train"
    ]
    return {row["id"]: row["text"] for row in rows}
