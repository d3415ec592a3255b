"""Hold whole blocks of judged pairs out of training, so that a mapper can be fitted on documents
that the encoder has not seen.

    python recipes/hold_out.py LABELS OUT BLOCK [BLOCK ...]

LABELS is JSON lines (perhaps gzipped) with block, resume, job, score. OUT/held.jsonl gets the pairs
of the named blocks, OUT/kept.jsonl those of the others that share no document with them.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from rolefit.training.corpus import read_jsonl


def main(labels: Path, out: Path, blocks: set[str]) -> None:
    rows = list(read_jsonl(labels))
    if unknown := blocks - {row["block"] for row in rows}:
        sys.exit(f"{labels}: no block is called {', '.join(sorted(unknown))}")
    held = [row for row in rows if row["block"] in blocks]
    seen = [{row[side] for row in held} for side in ("resume", "job")]
    kept = [row for row in rows if row["resume"] not in seen[0] and row["job"] not in seen[1]]
    out.mkdir(parents=True, exist_ok=True)
    for name, part in (("held", held), ("kept", kept)):
        text = "".join(json.dumps(row) + "\n" for row in part)
        (out / f"{name}.jsonl").write_text(text, encoding="utf-8")
    lost = len(rows) - len(kept) - len(held)
    print(f"{len(kept):,} pairs kept, {len(held):,} held out, {lost:,} share a document with those")


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]), set(sys.argv[3:]))
