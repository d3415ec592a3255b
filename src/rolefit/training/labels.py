"""Scored pairs as JSON lines, checked row by row."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from rolefit.errors import DataError
from rolefit.score import Float64Array
from rolefit.training.corpus import is_reserved, read_jsonl


@dataclass(frozen=True, eq=False)
class Labels:
    """Scored pairs, row by row."""

    resumes: tuple[str, ...]
    jobs: tuple[str, ...]
    scores: Float64Array  # (n,) 0-100
    reserved: int = 0  # rows that were left out because they are marked so


def read_labels(paths: Sequence[Path], resumes: Container[str], jobs: Container[str]) -> Labels:
    """Rows `{"resume": id, "job": id, "score": 0-100}` of JSON-lines files, in order.

    `resumes` and `jobs` are the ids that are known. Raises DataError listing the lines of rows that
    are malformed or name an unknown document; blank lines are not counted. Rows marked `reserved`
    are never read.
    """
    rows: list[tuple[str, str, float]] = []
    wrong: list[str] = []
    reserved = 0
    for path in paths:
        for number, row in enumerate(read_jsonl(path), start=1):
            fields = row if isinstance(row, dict) else {}
            resume, job = fields.get("resume"), fields.get("job")
            score: Any = fields.get("score")
            if is_reserved(fields):
                reserved += 1
            elif not (isinstance(resume, str) and isinstance(job, str)):
                wrong.append(f"{path}, line {number}: expected text fields `resume` and `job`")
            elif type(score) not in (int, float) or not 0 <= score <= 100:
                wrong.append(f"{path}, line {number}: expected a score from 0 to 100, got {score}")
            elif resume not in resumes:
                wrong.append(f"{path}, line {number}: unknown resume {resume}")
            elif job not in jobs:
                wrong.append(f"{path}, line {number}: unknown job {job}")
            else:
                rows.append((resume, job, float(score)))
    if wrong:
        more = f"\nand {len(wrong) - 20:,} more" if len(wrong) > 20 else ""
        raise DataError(
            f"{len(wrong):,} of {len(wrong) + len(rows):,} label rows cannot be used:\n"
            + "\n".join(wrong[:20])
            + more
        )
    left, right, scores = zip(*rows, strict=True) if rows else ((), (), ())
    return Labels(tuple(left), tuple(right), np.array(scores, dtype=np.float64), reserved)
