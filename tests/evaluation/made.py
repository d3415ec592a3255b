"""Judged pairs made up for tests: two professions, a judge that goes by profession."""

from __future__ import annotations

import json

import numpy as np

KITCHEN = "chef kitchen food menu cook pastry grill stove"
WARD = "nurse hospital patient care ward medicine dressing shift"
FILLER = "years experience team staff senior manager school design customer cost".split()


def write(folder, *, seed=0, resumes=16, jobs=8, reserved=(), first=0, constant=None):
    """pairs.jsonl, resumes.jsonl and jobs.jsonl in `folder`; returns the command's arguments."""
    rng = np.random.default_rng(seed)
    folder.mkdir(exist_ok=True)
    people = [_document(f"R{first + i}", i, rng, reserved, "category") for i in range(resumes)]
    adverts = [_document(f"J{first + i}", i, rng, reserved, "title") for i in range(jobs)]
    pairs = []
    for i, resume in enumerate(people):
        for j, job in enumerate(adverts):
            score = (78 if i % 2 == j % 2 else 12) + int(rng.integers(-9, 10))
            pairs.append({"resume": resume["id"], "job": job["id"], "block": f"b{j // 4}",
                          "score": score if constant is None else constant})  # fmt: skip
    for name, rows in (("pairs", pairs), ("resumes", people), ("jobs", adverts)):
        text = "".join(json.dumps(row) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return (
        folder / "pairs.jsonl", "--resumes", folder / "resumes.jsonl",
        "--adverts", folder / "jobs.jsonl",
    )  # fmt: skip


def _document(name, number, rng, reserved, label):
    words = (KITCHEN, WARD)[number % 2].split() * 4 + list(rng.choice(FILLER, 20))
    text = " ".join(map(str, rng.permutation(words))) + f" number {name}."
    row = {"id": name, "text": text, label: ("Kitchen", "Nursing")[number % 2]}
    return row | ({"reserved": True} if name in reserved else {})
