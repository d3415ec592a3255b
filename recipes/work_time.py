"""Fits src/rolefit/language/work_time.json: which dates of a resume are time at work.

    python recipes/work_time.py

Every range of dates of the bench's resumes of the part "train" was read for
recipes/judged/work_dates.jsonl: [start, end, 1 if it is time at work]. recipes/judged/
work_dates_more.txt has what stands in few of them, and tests/language/gold_resumes.txt positions
whose dates are known. What is printed was measured on resumes of the bench that were left out, six
times over. Needs scikit-learn.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from rolefit.language import dates, positions, work_time
from rolefit.language.learned import STEP
from rolefit.language.wrapped import unbroken
from rolefit.prepare import as_seen
from rolefit.reading import from_text

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests" / "language"))
import gold  # noqa: E402

SEEN = 2  # dates that a feature stands beside, at least
FOLDS = 6


class Read(NamedTuple):
    """The dates of one resume: what is seen of each, and whether it is time at work."""

    features: list[dict[str, float]]
    labels: list[int]


def main() -> None:
    bench, known = _bench(), [*_gold(), *_more()]
    right = of = 0
    for fold in range(FOLDS):
        table, fitted = _fit([r for at, r in enumerate(bench) if at % FOLDS != fold] + known)
        for read in bench[fold::FOLDS]:
            if read.features:
                said = fitted.predict(table.transform(read.features))
                right, of = right + int((said == read.labels).sum()), of + len(read.labels)
    print(f"{of:,} dates of resumes not fitted on: {right / of:.1%} are told right")
    table, fitted = _fit(bench + known)
    weights = np.rint(fitted.coef_[0] / STEP).astype(int)
    names = table.get_feature_names_out()
    model = {
        "weights": {names[i]: int(weights[i]) for i in range(len(names)) if weights[i]},
        "bias": round(float(fitted.intercept_[0]), 3),
        "least": 0.55,
    }
    file = Path(work_time.__file__).with_name("work_time.json")
    file.write_text(json.dumps(model, separators=(",", ":"), ensure_ascii=False) + "\n", "utf-8")


def _fit(reads: Sequence[Read]) -> tuple[Any, Any]:
    rows = [features for read in reads for features in read.features]
    labels = [label for read in reads for label in read.labels]
    table = DictVectorizer().fit(rows)
    table.restrict(np.asarray((table.transform(rows) != 0).sum(axis=0)).ravel() >= SEEN)
    return table, LogisticRegression(max_iter=1000).fit(table.transform(rows), labels)


def _bench() -> list[Read]:
    texts = {}
    for line in (ROOT / "bench" / "documents.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        texts[row["id"]] = row["text"]
    found = []
    judged = ROOT / "recipes" / "judged" / "work_dates.jsonl"
    for line in judged.read_text("utf-8").splitlines():
        row = json.loads(line)
        labels = {start: label for start, _, label in row["dates"]}
        found.append(_read(as_seen(from_text(texts[row["resume"]], name="text")), labels))
    return found


def _gold() -> list[Read]:
    found = []
    for case in gold.cases():
        document = gold.document(case.text)
        ranges, singles = dates.find(document.text)
        known = {(first, last) for _, _, first, last in case.positions}
        labels = {
            span.start: int((gold.month(span.first), _last(span)) in known)
            for span in work_time.candidates(ranges, singles)
        }
        found.append(_read(document, labels))
    return found


def _more() -> list[Read]:
    found = []
    file = ROOT / "recipes" / "judged" / "work_dates_more.txt"
    for block in file.read_text("utf-8").split("\n=== ")[1:]:
        marked = block.partition("\n")[2]
        text, labels = "", {}
        for before, date, sign in re.findall(r"([^{]*)(?:\{([^}]*)\}([+-])|\Z)", marked):
            text += before
            labels[len(text)] = int(sign == "+")
            text += date
        found.append(_read(gold.document(text), labels))
    return found


def _last(span: dates.Span) -> str:
    return gold.NOW if span.last is None else gold.month(span.last)


def _read(document: Any, labels: dict[int, int]) -> Read:
    """`labels` by where a date begins."""
    ranges, singles = dates.find(document.text)
    now = dates.latest(document.text, ranges, singles)
    held = positions.find(unbroken(document, ranges), ranges, singles, now)
    spans = work_time.candidates(ranges, singles)
    seen = zip(spans, work_time.features_of(document.text, spans, held), strict=True)
    kept = [(features, labels[span.start]) for span, features in seen if span.start in labels]
    return Read([features for features, _ in kept], [label for _, label in kept])


if __name__ == "__main__":
    main()
