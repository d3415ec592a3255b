"""Choose blocks of pairs that nobody has scored yet, where a bundle sees the most to learn.

    python recipes/propose.py BUNDLE RESUMES JOBS OUT --scored PAIRS ... --without PAIRS ...

Jobs in groups of 15 that resemble one another; for each group 10 resumes that the bundle puts
highest for some job of it, 3 from farther down and 3 from anywhere. What the bundle overrates
becomes a hard negative, what it is right about one of the rare high scores. OUT gets JSON lines
with block, resume, job and the bundle's own score: for a judge, or, as they are, to distil the
whole score (twelve features, Ridge, network) into the encoder: `rolefit train finetune --extra`.

--scored    pairs that somebody scored already are not proposed again
--without   documents of these pairs are left out whole
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import numpy as np

from rolefit.matcher import Matcher
from rolefit.reading import from_text
from rolefit.training.corpus import read_jsonl
from rolefit.training.pairs import read_texts_by_id

JOBS, NEAR, MIDDLE, ANY = 15, 10, 3, 3
OFTEN = 3  # blocks at most that one resume stands in


def groups(vectors: np.ndarray, rng: np.random.Generator) -> list[np.ndarray]:
    """Numbers of jobs in groups of JOBS: a job by chance, and those left that are nearest to it."""
    left = rng.permutation(len(vectors))
    found = []
    while len(left) >= JOBS:
        order = np.argsort(-(vectors[left] @ vectors[left[0]]), kind="stable")
        found.append(left[order[:JOBS]])
        left = rng.permutation(left[order[JOBS:]])
    return found


def chosen(cosines: np.ndarray, times: Counter[int], rng: np.random.Generator) -> list[int]:
    """Numbers of 16 resumes for a group, by their cosines (resumes, jobs)."""
    order = [int(i) for i in np.argsort(-cosines.max(axis=1), kind="stable") if times[i] < OFTEN]
    # Twice as many as are wanted, so that one job's dozen does not take every place.
    near = rng.choice(order[: 2 * NEAR], NEAR, replace=False)
    middle = rng.choice(order[2 * NEAR : 10 * NEAR], MIDDLE, replace=False)
    rest = rng.choice(order[10 * NEAR :], ANY, replace=False)
    return [int(i) for i in (*near, *middle, *rest)]


def main(
    bundle: Path, resumes: Path, jobs: Path, out: Path, scored: list[Path], without: list[Path]
) -> None:
    rng = np.random.default_rng(41)
    texts = read_texts_by_id(resumes, jobs)
    # Pairs of --without need no place among the known: their documents are gone.
    known = {(row["resume"], row["job"]) for path in scored for row in read_jsonl(path)}
    gone = {row[side] for path in without for row in read_jsonl(path) for side in ("resume", "job")}
    ids = [sorted(name for name in side if name not in gone) for side in texts]
    matcher = Matcher.load(bundle)
    people, work = (
        list(matcher.intake.prepare((from_text(texts[side][n], n), kind) for n in ids[side]))
        for side, kind in ((0, "resume"), (1, "job"))
    )
    vectors = [
        np.stack([found.profile.encoding.vector for found in side]).astype(np.float32)
        for side in (people, work)
    ]
    cosines = vectors[0] @ vectors[1].T
    times: Counter[int] = Counter()
    with out.open("w", encoding="utf-8") as file:
        for number, group in enumerate(groups(vectors[1], rng)):
            rows = chosen(cosines[:, group], times, rng)
            times.update(rows)
            for column in group:
                scores = matcher._compare([people[row] for row in rows], work[column])[0]
                for row, score in zip(rows, scores, strict=True):
                    if (ids[0][row], ids[1][column]) not in known:
                        line = {"block": f"proposed-{number:03}", "resume": ids[0][row],
                                "job": ids[1][column], "score": round(float(score), 1)}  # fmt: skip
                        file.write(json.dumps(line) + "\n")
    print(f"{number + 1} blocks, {len(times)} resumes")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    for name in ("bundle", "resumes", "jobs", "out"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--scored", type=Path, nargs="*", default=[])
    parser.add_argument("--without", type=Path, nargs="*", default=[])
    main(**vars(parser.parse_args()))
