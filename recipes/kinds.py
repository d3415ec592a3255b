"""Fits src/rolefit/language/kinds.json: what tells a resume, a job advert, and anything else.

    python recipes/kinds.py RESUMES.jsonl.gz JOBS.jsonl.gz OTHERS.json

RESUMES and JOBS hold a JSON object a line with "text" (rows with "reserved" are left out); OTHERS
is a list of texts: the shipped weights saw 1,081 files of a Linux computer (source code, manuals,
licences, changelogs, settings, logs). Every other text of tests/kinds joins them; the rest of those
is what the figures in docs/log.md were taken on. Needs scikit-learn.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from rolefit.language import kinds

WORDS = 1500
SEEN = 25  # texts that a word stands in, at least
CROPS = (25, 40, 70, 120, 200)  # words: people send pieces, too
TESTS = Path(__file__).parents[1] / "tests" / "kinds"
RESUME, JOB, OTHER = range(3)
Row = tuple[str, int, float]  # text, class, weight


def main(resumes: str, jobs: str, others: str) -> None:
    random.seed(7)
    rows = [*_rows(_texts(resumes), RESUME, 1.0), *_rows(_texts(jobs), JOB, 1.0)]
    rows += _rows(json.loads(Path(others).read_text(encoding="utf-8")), OTHER, 1.5)
    rows += _written("odd_resumes.txt", RESUME)
    rows += _written("not_resumes.txt", OTHER)
    words = _telling(rows)
    fitted = _fit(rows, words)
    weights = fitted.coef_.round(2).tolist()
    model = {
        "words": {word: [weights[k][i] for k in range(3)] for i, word in enumerate(words)},
        "counts": fitted.coef_[:, len(words) :].round(3).tolist(),
        "bias": fitted.intercept_.round(3).tolist(),
    }
    file = Path(kinds.__file__).with_name("kinds.json")
    file.write_text(json.dumps(model, separators=(",", ":")), encoding="utf-8")


def _texts(file: str) -> list[str]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        rows = map(json.loads, lines)
        return [row["text"] for row in rows if not row.get("reserved")]


def _rows(texts: Sequence[str], kind: int, weight: float) -> Iterator[Row]:
    for text in texts:
        yield text[:12_000], kind, weight
        yield from ((_crop(text), kind, weight / 2) for _ in range(2))


def _written(name: str, kind: int) -> Iterator[Row]:
    found = re.split(r"^=== (.*)\n", (TESTS / name).read_text(encoding="utf-8"), flags=re.M)[1:]
    for title, text in list(zip(found[::2], found[1::2], strict=True))[::2]:
        of = JOB if title.startswith("job-") else kind
        yield from ((text, of, 1.5) for _ in range(6))
        yield from ((_crop(text), of, 1.0) for _ in range(4))


def _crop(text: str) -> str:
    words, length = re.findall(r"\S+\s*", text), random.choice(CROPS)
    first = random.randrange(max(1, len(words) - length))
    return "".join(words[first : first + length])


def _said(text: str) -> set[str]:
    return set(kinds._WORD.findall(text[: kinds.LENGTH].lower()))


def _telling(rows: Sequence[Row]) -> list[str]:
    """The words whose shares of texts differ most between two kinds."""
    held: list[Counter[str]] = [Counter(), Counter(), Counter()]
    totals = Counter(kind for _, kind, _ in rows)
    for text, kind, _ in rows:
        held[kind].update(_said(text))
    common = [word for word, n in sum(held, Counter()).items() if n >= SEEN]

    def spread(word: str) -> float:
        shares = [(held[k][word] + 1) / (totals[k] + 2) for k in range(3)]
        pairs = [(a, b) for a in shares for b in shares]
        return max(float(abs(np.log(a / b)) * max(a, b) ** 0.5) for a, b in pairs)

    return sorted(sorted(common, key=spread, reverse=True)[:WORDS])


def _fit(rows: Sequence[Row], words: Sequence[str]) -> LogisticRegression:
    places = {word: place for place, word in enumerate(words)}
    held = sparse.lil_matrix((len(rows), len(words)))
    for row, (text, _, _) in enumerate(rows):
        known = [places[word] for word in _said(text) if word in places]
        held[row, known] = 1 / np.sqrt(max(4, len(known)))
    counts = [kinds._counts(text[: kinds.LENGTH])[0] for text, _, _ in rows]
    kind = np.array([kind for _, kind, _ in rows])
    weight = np.array([weight for _, _, weight in rows])
    for one in range(3):  # the three weigh alike
        weight[kind == one] *= len(rows) / 3 / weight[kind == one].sum()
    matrix = sparse.hstack([held, np.array(counts)]).tocsr()
    return LogisticRegression(C=3.0, max_iter=200).fit(matrix, kind, sample_weight=weight)


if __name__ == "__main__":
    main(*sys.argv[1:4])
