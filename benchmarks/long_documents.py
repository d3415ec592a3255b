"""The long resumes of `rolefit evaluate long` as files, with their scores here: for the browser.

    python benchmarks/long_documents.py FOLDER

FOLDER gets, for each case, CASE/job.txt and CASE/AT.txt (AT is the token the paragraph begins near,
0: without it), and scores.json: {case: {AT: score}}. web/bench/long.test.ts scores the same files
in a tab.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from rolefit.evaluation.long import bare, written
from rolefit.evaluation.long_texts import CASES
from rolefit.matcher import Matcher
from rolefit.reading import from_text

PLACES = (100, 2_000, 5_000, 8_000)


def main(folder: Path) -> None:
    matcher = Matcher.load()
    scores: dict[str, dict[int, float]] = {}
    for case in CASES:
        own = folder / case.name
        own.mkdir(parents=True, exist_ok=True)
        texts = {0: bare(matcher.encoder, case, PLACES[-1])}
        texts |= {place: written(matcher.encoder, case, place, PLACES[-1]) for place in PLACES}
        for place, text in texts.items():
            (own / f"{place}.txt").write_text(text, encoding="utf-8")
        (own / "job.txt").write_text(case.job, encoding="utf-8")
        documents = [from_text(text, str(place)) for place, text in texts.items()]
        found = matcher.score_matrix(documents, [from_text(case.job, "job")])[:, 0]
        scores[case.name] = dict(zip(texts, map(float, found), strict=True))
    (folder / "scores.json").write_text(json.dumps(scores, indent=1), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
