"""Keep of every block of judged pairs half the resumes and half the jobs: a quarter of the pairs.

    python recipes/quarter.py PAIRS OUT [--without PAIRS ...] [--seed N]

New pairs teach more than old ones once more; a quarter of the old keeps them from being forgotten.
Documents that the pairs of --without name are left out first.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

from rolefit.training.corpus import read_jsonl


def main(pairs: Path, out: Path, without: list[Path], seed: int) -> None:
    rng = random.Random(seed)
    named = [row for path in without for row in read_jsonl(path)]
    resumes, jobs = ({row[side] for row in named} for side in ("resume", "job"))
    blocks: dict[str, list[dict[str, object]]] = {}
    for row in read_jsonl(pairs):
        if row["resume"] not in resumes and row["job"] not in jobs:
            blocks.setdefault(row["block"], []).append(row)
    kept = []
    for rows in blocks.values():
        sides = [sorted({str(row[side]) for row in rows}) for side in ("resume", "job")]
        for side in sides:
            rng.shuffle(side)
        halves = [set(side[: len(side) // 2]) for side in sides]
        kept += [row for row in rows if row["resume"] in halves[0] and row["job"] in halves[1]]
    out.write_text("".join(json.dumps(row) + "\n" for row in kept), encoding="utf-8")
    print(f"{len(kept):,} of {sum(map(len, blocks.values())):,} pairs")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("pairs", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--without", type=Path, nargs="*", default=[])
    parser.add_argument("--seed", type=int, default=5, help="which quarter")
    main(**vars(parser.parse_args()))
