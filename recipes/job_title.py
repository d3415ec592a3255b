"""Fits src/rolefit/language/job_title.json: which words of an advert name the job.

    python recipes/job_title.py JOBS.jsonl.gz RESUMES.jsonl.gz OCCUPATIONS.csv.gz PAIRS.jsonl.gz

JOBS holds the corpus's adverts with "id", "title" and "text", RESUMES its resumes, OCCUPATIONS the
names of ESCO's in the column "occupation", PAIRS the validation pairs, whose documents are left
out. The train part of bench/ joins them. Every advert is read a second time without the line that
is its title. A tenth of the corpus is held out; what is printed was measured on it. Needs scipy.
"""

from __future__ import annotations

import csv
import gzip
import json
import math
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from title_adverts import (
    ABOUT,
    ALIKE,
    CUT,
    Advert,
    alike,
    bench,
    core,
    corpus,
    gold,
    rows,
    words_of,
)

from rolefit.language import job_title
from rolefit.language.job_title import STEP
from rolefit.language.levels import level_of
from rolefit.prepare import resume_as_read, resume_titles
from rolefit.reading import from_text

FEATURES = 2600  # that are kept, those that weigh most
SEEN = 4  # adverts that a feature stands in, at least
PENALTY = 0.6
WORDS = 2200  # of titles


def main(jobs: str, resumes: str, occupations: str, pairs: str) -> None:
    left_out = {row[side] for row in rows(pairs) for side in ("resume", "job")}
    _learn_words(resumes, occupations, jobs, left_out)
    adverts = [*corpus(jobs, left_out), *bench(), *gold()]
    fit_on = [advert for advert in adverts if not advert.held]
    weights = _fit(fit_on)
    job_title.MODEL.update(weights)
    model = json.dumps(job_title.MODEL, separators=(",", ":"), ensure_ascii=False)
    file = Path(job_title.__file__).with_name("job_title.json")
    file.write_text(model + "\n", encoding="utf-8")
    print(f"{len(model.encode()):,} bytes, {len(job_title.MODEL['weights']):,} features")
    for cut in (False, True):
        held = [advert for advert in adverts if advert.held and advert.cut == cut]
        print("without title line:" if cut else "as they are:", _measure(held))


def _learn_words(resumes: str, occupations: str, jobs: str, left_out: set[str]) -> None:
    """Words of titles against those of adverts, as logarithms to the base 2, from 1 to 6."""
    ends: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for title in [*_titles(resumes, left_out), *_occupations(occupations)]:
        for part in CUT.split(title):
            words = [w for w in words_of(ABOUT.sub("", part)) if w not in job_title._FUNCTION]
            if words and len(words) < 7:
                ends[words[-1]] += 1
                inside.update(words)
    texts: Counter[str] = Counter()
    for row in rows(jobs):
        if not row["reserved"]:
            texts.update(words_of(row["text"]))
    job_title.MODEL |= {"ends": _lists(ends, texts, 2), "inside": _lists(inside, texts, 3)}
    job_title.ENDS = job_title.levels(job_title.MODEL["ends"])
    job_title.INSIDE = job_title.levels(job_title.MODEL["inside"])


def _lists(counts: Counter[str], texts: Counter[str], least: int) -> list[str]:
    rate = texts.total() / counts.total()
    found = {}
    for word, count in counts.most_common():
        more = math.log2(count / (texts[word] + 2) * rate)
        if count >= least and not word.isdigit() and len(word) > 1 and more >= 0:
            found[word] = min(6, 1 + int(more))
    kept = sorted(list(found)[:WORDS])
    return [" ".join(word for word in kept if found[word] == at) for at in range(1, 7)]


def _titles(resumes: str, left_out: set[str]) -> Iterator[str]:
    for row in rows(resumes):
        if not row["reserved"] and row["id"] not in left_out:
            facts = resume_as_read(from_text(row["text"], "resume")).facts
            yield from (title for title in resume_titles(facts) if level_of(title))


def _occupations(path: str) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return sorted({row["occupation"] for row in csv.DictReader(lines)})


def _fit(adverts: Sequence[Advert]) -> dict[str, Any]:
    """A conditional logistic regression: the sum of the chances of all right candidates."""
    seen: Counter[str] = Counter()
    for advert in adverts:
        seen.update({name for one in advert.found for name in one.features})
    names = sorted(name for name, count in seen.items() if count >= SEEN)
    weights = _weights(adverts, names)
    kept = sorted(range(len(names)), key=lambda n: -abs(weights[n]))[:FEATURES]
    names = [names[n] for n in sorted(kept)]
    weights = _weights(adverts, names)
    steps = {name: round(float(w) / STEP) for name, w in zip(names, weights, strict=False)}
    return {
        "weights": {name: step for name, step in steps.items() if step},
        "none": round(float(weights[-1]) / STEP),
    }


def _weights(adverts: Sequence[Advert], names: Sequence[str]) -> np.ndarray:
    place = {name: n for n, name in enumerate(names)}
    none = len(names)
    indices, ends, groups, right, counts = [], [0], [], [], []
    for group, advert in enumerate(adverts):
        for n, one in enumerate([*advert.found, None]):
            own = [none] if one is None else [place[x] for x in one.features if x in place]
            indices += own
            ends.append(len(indices))
            groups.append(group)
            right.append(n in advert.right or (one is None and not advert.right))
        counts.append(advert.weight)
    table = csr_matrix((np.ones(len(indices)), indices, ends), shape=(len(groups), none + 1))
    starts = np.flatnonzero(np.r_[True, np.diff(groups) > 0])
    group_of, is_right, count = np.array(groups), np.array(right), np.array(counts)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        sums = table @ weights
        sums -= np.maximum.reduceat(sums, starts)[group_of]
        powers = np.exp(sums)
        every = np.add.reduceat(powers, starts)
        those = np.add.reduceat(powers * is_right, starts) + 1e-12
        shares = powers / every[group_of] - powers * is_right / those[group_of]
        slope = table.T @ (shares * count[group_of])
        value = float(count @ (np.log(every) - np.log(those)))
        return value + PENALTY * float(weights @ weights), slope + 2 * PENALTY * weights

    found = minimize(
        loss, np.zeros(none + 1), jac=True, method="L-BFGS-B", options={"maxiter": 250}
    )
    return found.x


def _measure(adverts: Sequence[Advert]) -> str:
    names = [_chosen(advert) for advert in adverts]
    right = sum(_is_right(advert, name) for advert, name in zip(adverts, names, strict=True))
    none = sum(not advert.right for advert in adverts)
    return f"{len(adverts)} adverts: {right / len(adverts):.3f} right; in {none} none is"


def _chosen(advert: Advert) -> str:
    best = job_title.likeliest(advert.found, job_title.MODEL["none"])
    return advert.text[best.start : best.end] if best else ""


def _is_right(advert: Advert, name: str) -> bool:
    if not advert.right:
        return not name
    places = [advert.found[n] for n in advert.right]
    others = [advert.title, core(advert.title), *(advert.text[p.start : p.end] for p in places)]
    return any(alike(name, other) >= ALIKE for other in others)


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])
