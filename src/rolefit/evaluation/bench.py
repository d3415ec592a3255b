"""The open benchmark: documents, and what a reader says about them. The form is in bench/README.md.

Any folder of the same five files can be read, so that own labels are measured alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

import rolefit
from rolefit.errors import DataError, InputError
from rolefit.evaluation.judged import Judged
from rolefit.training.pairs import Pairs
from rolefit.training.tables import read_rows

SPLITS = ("test", "train", "all")
FILES = ("documents", "parts", "evidence", "adverts", "facts")
STATUSES = ("met", "partly", "not shown")
# The month in which its texts are set: who works somewhere "to date" does until then, whatever the
# latest date that the text names.
AS_OF = 12 * 2025
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Bench:
    """One split. Rows are as in the files; every span has been checked."""

    split: str
    texts: Mapping[str, str]  # by id
    blocks: Mapping[str, str]
    parts: tuple[Row, ...]
    evidence: tuple[Row, ...]
    adverts: tuple[Row, ...]
    facts: tuple[Row, ...]

    def judged(self) -> Judged:
        """The pairs with their scores, as the other evaluations take them."""
        resumes = tuple(dict.fromkeys(row["resume"] for row in self.parts))
        jobs = tuple(dict.fromkeys(row["job"] for row in self.parts))
        left = {name: i for i, name in enumerate(resumes)}
        right = {name: i for i, name in enumerate(jobs)}
        rows = np.array([(left[r["resume"]], right[r["job"]]) for r in self.parts], dtype=np.int64)
        pairs = Pairs(
            tuple(self.texts[i] for i in resumes), tuple(self.texts[i] for i in jobs),
            resumes, jobs, rows, np.array([float(r["score"]) for r in self.parts]),
            np.ones(len(rows)), tuple(self.blocks[r["job"]] for r in self.parts),
        )  # fmt: skip
        numbers = rows[:, 1].astype(np.intp)
        return Judged(pairs, numbers, numbers, {})


def find_bench(folder: Path | None) -> Path:
    """The folder given, or `bench` here or in the checkout that rolefit runs from."""
    if folder:
        return folder
    for place in (Path("bench"), Path(rolefit.__file__).parents[2] / "bench"):
        if (place / "documents.jsonl").is_file():
            return place
    raise InputError(
        "evaluate bench: expected the folder of the benchmark, and found none here; it is `bench/` "
        "in rolefit's repository: give its path"
    )


def read_bench(folder: Path, split: str = "test") -> Bench:
    """One part of a benchmark, or all of it. Raises InputError and DataError."""
    if split not in SPLITS:
        raise InputError(f"--split: expected one of {', '.join(SPLITS)}, got {split}")
    rows = {name: _rows(folder / f"{name}.jsonl") for name in FILES}
    where = folder / "documents.jsonl"
    chosen = {
        str(_field(row, "id", where)): row
        for row in rows["documents"]
        if split in ("all", _field(row, "split", where))
    }
    texts = {name: str(_field(row, "text", where)) for name, row in chosen.items()}
    known = {str(row["id"]) for row in rows["documents"]}
    kept = {}
    for name in FILES[1:]:
        path = folder / f"{name}.jsonl"
        kept[name] = tuple(row for row in rows[name] if _belongs(row, known, texts, path))
        for row in kept[name]:
            _check(row, texts, path)
    if not kept["parts"]:
        raise DataError(f"{folder}: expected pairs of the split `{split}` in parts.jsonl, got none")
    blocks = {name: str(row.get("block", "")) for name, row in chosen.items()}
    return Bench(split, texts, blocks, **kept)


def _rows(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        raise InputError(f"{path}: expected this file of a benchmark (bench/README.md), got none")
    found = []
    for where, row in read_rows(path):
        if isinstance(row, str):
            raise DataError(f"{path}, {where}: {row}")
        found.append(row)
    return found


def _field(row: Row, name: str, path: Path) -> Any:
    if name not in row:
        raise DataError(f"{path}: expected `{name}` in every row, got {', '.join(row)}")
    return row[name]


def _belongs(row: Row, known: set[str], texts: Mapping[str, str], path: Path) -> bool:
    names = [row[side] for side in ("resume", "job") if side in row]
    if not names or not known.issuperset(names):
        raise DataError(f"{path}: expected ids of documents.jsonl, got {', '.join(names) or row}")
    return all(name in texts for name in names)


def _check(row: Row, texts: Mapping[str, str], path: Path) -> None:
    """Every label stands in its text, and every status is one."""
    if "status" in row and row["status"] not in STATUSES:
        raise DataError(
            f"{path}: expected a status of {', '.join(STATUSES)}, got {row['status']!r}"
        )
    for name, text, span in _spans(row):
        if span is not None and texts[name][slice(*span)] != text:
            raise DataError(
                f"{path}: expected {text!r} at {span} of {name}, got "
                f"{texts[name][slice(*span)]!r}: the span does not belong to this text"
            )


def _spans(row: Row) -> Iterator[tuple[str, str, Any]]:
    if "requirement_span" in row:
        yield row["job"], row["requirement"], row["requirement_span"]
        yield row["resume"], row["quote"], row["quote_span"]
        return
    name = row.get("job") or row["resume"]
    for key in ("title", "lines", "licences", "degrees", "skills"):
        found = row.get(key) or []
        for label in [found] if isinstance(found, Mapping) else found:
            yield name, label["text"], label["span"]
