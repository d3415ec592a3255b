"""How far a score moves when a resume says the same thing in another word that the job never asks
about: what `rolefit improve` must take for noise.

    python benchmarks/rewording.py [MODEL FOLDER]

Every example resume against every example job: at most EACH names that the alias file knows are
written in their other form, one at a time, if the job does not name the skill.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from rolefit import Matcher, read
from rolefit.language import canonical, find_skills
from rolefit.records import Document

EACH = 3
EXAMPLES = Path(__file__).parents[1] / "examples"


def main() -> None:
    matcher = Matcher.load(sys.argv[1] if len(sys.argv) > 1 else None)
    jobs = [read(path) for path in sorted((EXAMPLES / "jobs").iterdir())]
    asked = [{skill.id for skill in find_skills(job.text)} for job in jobs]
    moved: list[float] = []
    for path in sorted((EXAMPLES / "resumes").iterdir()):
        resume = read(path)
        changes = swaps(resume)
        if not changes:
            continue
        scores = matcher.score_matrix([resume.text, *(text for _, text in changes)], jobs)
        for (skill, _), row in zip(changes, scores[1:], strict=True):
            for job, ids in enumerate(asked):
                if skill not in ids:
                    moved.append(abs(float(row[job] - scores[0, job])))
    points = np.array(moved)
    print(f"{len(points)} pairs with one word changed; points that the score moved:")
    for share in (50, 75, 90, 95, 99, 100):
        print(f"  {share:>3}%  {np.percentile(points, share):.2f}")


def swaps(resume: Document) -> list[tuple[str, str]]:
    """(skill id, the resume's text with one of its names in the alias file's form)."""
    text, whole = resume.text, canonical(resume.text)
    names = {whole.original(r.start, r.end): r.after for r in whole.replacements}
    found = []
    for skill in find_skills(text):
        for mention in skill.mentions[:1]:
            if after := names.get((mention.start, mention.end)):
                found.append((skill.id, text[: mention.start] + after + text[mention.end :]))
    return found[:EACH]


if __name__ == "__main__":
    main()
