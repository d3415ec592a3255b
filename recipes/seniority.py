"""Fits src/rolefit/language/seniority.json: how high a resume's writer stands.

    python recipes/seniority.py RESUMES.jsonl.gz

RESUMES holds the corpus's resumes, a JSON object a line with "id" and "text"; readers said of some
for recipes/judged/facts.jsonl.gz how high their writers stand, and of our own for
bench/facts.jsonl. Those of the parts "test" are not fitted on. tests/language/gold_resumes.txt
joins the rest. What is printed was measured on blocks of the bench left out one by one, and on the
corpus's test part. Needs scikit-learn.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from rolefit.evaluation.bench import AS_OF
from rolefit.language import seniority
from rolefit.language.resume_facts import level_features
from rolefit.prepare import as_seen
from rolefit.reading import from_text

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests" / "language"))
import gold  # noqa: E402

SEEN = 3  # resumes that a feature stands in, at least
SAME = {"junior": "entry", "intern": "entry", "executive": "director"}
RIGHT = {"lead": ("senior", "manager")}


class Row(NamedTuple):
    features: dict[str, float]
    level: str


def main(resumes: str) -> None:
    bench = list(_bench())
    corpus = list(_corpus(resumes))
    known = [row for split, row in corpus if split == "train"] + list(_gold())
    right = []
    for block in sorted({block for block, _ in bench}):
        _fit([row for other, row in bench if other != block] + known)
        right += [_is_right(row) for its, row in bench if its == block]
    print(f"{len(right)} resumes of blocks of the bench left out: {np.mean(right):.1%} right")
    _fit([row for _, row in bench] + known)
    right = [_is_right(row) for split, row in corpus if split == "test"]
    print(f"{len(right)} resumes of the corpus: {np.mean(right):.1%} right")
    file = Path(seniority.__file__).with_name("seniority.json")
    text = json.dumps(seniority.MODEL, separators=(",", ":"), ensure_ascii=False)
    file.write_text(text + "\n", encoding="utf-8")


def _fit(rows: Sequence[Row]) -> None:
    table = DictVectorizer().fit([row.features for row in rows])
    values = table.transform([row.features for row in rows])
    table.restrict(np.asarray((values != 0).sum(axis=0)).ravel() >= SEEN)
    values = table.transform([row.features for row in rows])
    labels = [seniority.CLASSES.index(row.level) for row in rows]
    fitted = LogisticRegression(C=1.0, max_iter=1000).fit(values, labels)
    weights = np.rint(fitted.coef_ / seniority.STEP).astype(int)
    names = table.get_feature_names_out()
    kept = {name: weights[:, i].tolist() for i, name in enumerate(names) if weights[:, i].any()}
    seniority.MODEL.update(weights=kept, bias=fitted.intercept_.round(3).tolist())


def _is_right(row: Row) -> bool:
    said = seniority.likeliest(seniority.shares_of(row.features))
    return said in RIGHT.get(row.level, (row.level,))


def _bench() -> Iterator[tuple[int, Row]]:
    """Each with its block: of one block the same reader judged all."""
    folder = ROOT / "bench"
    texts = {}
    for line in (folder / "documents.jsonl").read_text("utf-8").splitlines():
        document = json.loads(line)
        if document["split"] == "train":
            texts[document["id"]] = document["block"], document["text"]
    for line in (folder / "facts.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["level"] and row["resume"] in texts:
            block, text = texts[row["resume"]]
            yield block, _row(text, row["level"], AS_OF)


def _corpus(resumes: str) -> Iterator[tuple[str, Row]]:
    with gzip.open(ROOT / "recipes" / "judged" / "facts.jsonl.gz", "rt", encoding="utf-8") as lines:
        judged = {row["resume"]: row for row in map(json.loads, lines)}
    with gzip.open(resumes, "rt", encoding="utf-8") as lines:
        for document in map(json.loads, lines):
            row = judged.get(f"{document['id']}")
            for fact in row["facts"] if row else []:
                if row and fact["fact"] == "level":
                    yield row["split"], _row(document["text"], fact["value"], None)


def _gold() -> Iterator[Row]:
    for case in gold.cases():
        if level := case.facts.get("level"):
            document = gold.document(case.text)
            yield Row(level_features(document), SAME.get(level, level))


def _row(text: str, level: str, as_of: int | None) -> Row:
    features = level_features(as_seen(from_text(text, name="text")), as_of)
    return Row(features, SAME.get(level, level))


if __name__ == "__main__":
    main(sys.argv[1])
