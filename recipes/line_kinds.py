"""Fits src/rolefit/language/line_kinds.json: what each line of an advert is.

    python recipes/line_kinds.py JOBS.jsonl.gz

JOBS holds the corpus's adverts, a JSON object a line with "id" and "text". Their lines were read
one by one for recipes/judged/adverts.jsonl.gz, those of our own adverts for bench/adverts.jsonl;
every other advert of tests/language/gold_jobs.txt joins them. Adverts of the parts "test" and the
other half of the latter are not fitted on; what is printed was measured on them. Needs
scikit-learn.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from rolefit.language import line_kinds
from rolefit.language.learned import STEP, softmax
from rolefit.language.line_kinds import ASKED, ASKS, KINDS, MUST
from rolefit.language.units import units
from rolefit.prepare import as_seen
from rolefit.reading import from_text

HERE = Path(__file__).parent
FEATURES = 4000  # that are kept, those that tell most
SEEN = 3  # lines that a feature stands in, at least
FOLDS = 5
Label = tuple[int, bool]  # place in KINDS, whether it is a must


class Advert(NamedTuple):
    lines: list[str]
    labels: dict[int, Label]  # of lines that were read


def main(jobs: str) -> None:
    fit_on, held = [], []
    texts = _texts(jobs)
    for text, row in [*_corpus(texts), *_bench(), *_gold()]:
        if advert := _advert(text, row["lines"], row.get("all", False)):
            (held if row["split"] == "test" else fit_on).append(advert)
    random.Random(1).shuffle(fit_on)
    # The second look must read what the first makes of adverts that it does not know.
    values, kinds = [], []
    for fold in range(FOLDS):
        others = [advert for at, advert in enumerate(fit_on) if at % FOLDS != fold]
        line_kinds.MODEL.update(_first_look(others))
        for advert in fit_on[fold::FOLDS]:
            read = _second_look_reads(advert)
            values += [read[place] for place in advert.labels]
            kinds += [kind for kind, _ in advert.labels.values()]
    beside = LogisticRegression(C=0.5, max_iter=1000).fit(np.array(values), kinds)
    line_kinds.MODEL.update(_first_look(fit_on))
    line_kinds.MODEL["beside"] = beside.coef_.round(3).tolist()
    line_kinds.MODEL["beside_bias"] = beside.intercept_.round(3).tolist()
    model = line_kinds.MODEL
    file = Path(line_kinds.__file__).with_name("line_kinds.json")
    file.write_text(json.dumps(model, separators=(",", ":")) + "\n", encoding="utf-8")
    _measure(held)


def _first_look(adverts: Sequence[Advert]) -> dict[str, Any]:
    rows, labels, counts = [], [], []
    for advert in adverts:
        for part, count in ((advert, 1.0), *((piece, 0.3) for piece in _pieces(advert))):
            features = list(line_kinds.features_of(part.lines))
            rows += [features[place] for place in part.labels]
            labels += part.labels.values()
            counts += [count] * len(part.labels)
    table = DictVectorizer().fit(rows)
    table.restrict(np.asarray((table.transform(rows) != 0).sum(axis=0)).ravel() >= SEEN)
    values = table.transform(rows)
    fitted = LogisticRegression(C=0.3, max_iter=500)
    fitted.fit(values, [kind for kind, _ in labels], sample_weight=counts)
    required = [n for n, (kind, _) in enumerate(labels) if KINDS[kind] == "required"]
    must = LogisticRegression(C=0.2, max_iter=500)
    must.fit(
        values[required], [labels[n][1] for n in required], sample_weight=np.array(counts)[required]
    )
    weights = np.rint(np.vstack([fitted.coef_, must.coef_]) / STEP).astype(int)
    telling = np.argsort(-np.abs(weights).max(axis=0), kind="stable")[:FEATURES]
    names = table.get_feature_names_out()
    return {
        "weights": {
            names[i]: weights[:, i].tolist() for i in sorted(telling) if weights[:, i].any()
        },
        "bias": fitted.intercept_.round(3).tolist(),
        "must": round(float(must.intercept_[0]), 3),
    }


def _pieces(advert: Advert) -> list[Advert]:
    """Three runs of a few lines, with or without the first: people paste pieces, too."""
    chance = random.Random(advert.lines[0] if advert.lines else "")
    found = []
    for _ in range(3):
        first = chance.randrange(max(1, len(advert.lines)))
        places = list(range(first, min(first + chance.randint(1, 6), len(advert.lines))))
        if chance.random() < 0.5 and first:
            places = [0, *places]
        labels = {n: advert.labels[at] for n, at in enumerate(places) if at in advert.labels}
        found.append(Advert([advert.lines[at] for at in places], labels))
    return found


def _second_look_reads(advert: Advert) -> list[list[float]]:
    first = [line_kinds._first_look(features) for features in line_kinds.features_of(advert.lines)]
    return list(line_kinds.beside(advert.lines, [softmax(sums) for sums, _ in first]))


def _measure(adverts: Sequence[Advert]) -> None:
    rows = []
    for advert in adverts:
        read = line_kinds.read(advert.lines)
        rows += [(read[place], kind, must) for place, (kind, must) in advert.labels.items()]
    asks = np.array([kind in ASKED for _, kind, _ in rows])
    taken = np.array([one.asks >= ASKS for one, _, _ in rows])
    right = np.array([one.asked == KINDS[kind] for one, kind, _ in rows])
    must = np.array([must for _, _, must in rows])
    said = np.array([one.must >= MUST and one.asked == "required" for one, _, _ in rows])
    print(
        f"{len(rows):,} lines of adverts not fitted on: {taken[asks].mean():.1%} of what is asked "
        f"for is found, {taken[~asks].mean():.1%} of the rest is taken for it, "
        f"{right[asks].mean():.1%} of the former are of the right kind; of musts "
        f"{said[must].mean():.1%} are found, {must[said & asks].mean():.1%} of those found are some"
    )


def _texts(jobs: str) -> dict[str, str]:
    with gzip.open(jobs, "rt", encoding="utf-8") as lines:
        rows = map(json.loads, lines)
        return {row["id"]: row["text"] for row in rows if not row.get("reserved")}


def _corpus(texts: dict[str, str]) -> list[tuple[str, Mapping[str, Any]]]:
    """The adverts that were read; they leave `texts`."""
    with gzip.open(HERE / "judged" / "adverts.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [(texts.pop(row["job"]), row) for row in map(json.loads, lines)]


def _bench() -> list[tuple[str, Mapping[str, Any]]]:
    folder = HERE.parent / "bench"
    rows = {
        name: [json.loads(line) for line in (folder / f"{name}.jsonl").open(encoding="utf-8")]
        for name in ("documents", "adverts")
    }
    documents = {row["id"]: row for row in rows["documents"]}
    found = []
    for row in rows["adverts"]:
        document = documents[row["job"]]
        title = {"kind": "title", "span": (row.get("title") or {}).get("span")}
        lines = [title, *row["lines"]]
        found.append((document["text"], {"split": document["split"], "lines": lines}))
    return found


def _gold() -> list[tuple[str, Mapping[str, Any]]]:
    """The adverts of the language tests; what those measure is measured on `held` ones."""
    sys.path.insert(0, str(HERE.parent / "tests" / "language"))
    from gold_jobs import held, load

    golds = load()
    kept = {gold.name for gold in held(golds)}
    found = []
    for gold in golds:
        lines = [
            {"kind": one.kind, "must": one.must, "span": (one.start, one.end)} for one in gold.asked
        ]
        split = "test" if gold.name in kept else "train"
        found.append((gold.text, {"split": split, "lines": lines, "all": True}))
    return found


def _advert(text: str, labels: Sequence[Mapping[str, Any]], all_marked: bool) -> Advert | None:
    """The lines of an advert, each with the label that covers most of it.

    Not every line of a long advert was read: of those without a label only headings are taken to
    ask for nothing, and all where `all_marked` says so.
    """
    document = as_seen(from_text(text, "advert"))
    if document.text != text:
        return None  # the labels' offsets are of another text
    spans = units(document)
    labelled = [label for label in labels if label["span"]]
    lines = [" ".join(document.line_text(span).split()) for span in spans]
    found: dict[int, Label] = {}
    for place, span in enumerate(spans):
        best = 0
        for label in labelled:
            start, end = label["span"]
            shared = min(span.end, end) - max(span.start, start)
            if shared > best and 2 * shared > min(span.end - span.start, end - start):
                must = label.get("must", "!" in label.get("flag", ""))
                best, found[place] = shared, (KINDS.index(label["kind"]), bool(must))
        touched = any(min(span.end, x["span"][1]) > max(span.start, x["span"][0]) for x in labelled)
        heading = place > 0 and line_kinds.is_heading(lines[place])
        if not touched and (heading or all_marked):
            found[place] = KINDS.index("furniture"), False
    return Advert(lines, found)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
