"""Texts for growing base weights: JSON lines with `id`, `text` and `reserved`."""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from rolefit.errors import DataError
from rolefit.training.texts import text_rows

if TYPE_CHECKING:
    from tokenizers import Tokenizer

IntArray = npt.NDArray[np.int64]
HELD_OUT_SHARE = 32  # one text in so many is kept for measuring agreement


@dataclass(frozen=True)
class Corpus:
    """Token ids of every text, without special tokens, in the student's vocabulary."""

    train: tuple[IntArray, ...]
    held_out: tuple[IntArray, ...]
    fingerprint: str  # of the ids and the texts that were read

    def windows(self, rng: np.random.Generator, count: int, length: int) -> IntArray:
        """(count, length) random windows of texts that are long enough."""
        return draw(self.train, rng, count, length)


def draw(texts: Sequence[IntArray], rng: np.random.Generator, count: int, length: int) -> IntArray:
    """(count, length) windows at random places of random texts, longer texts more often."""
    room = np.array([max(0, len(text) - length + 1) for text in texts], dtype=np.float64)
    if not room.any():
        raise DataError(f"no text of the corpus has {length} tokens")
    chosen = rng.choice(len(texts), size=count, p=room / room.sum())
    starts = [int(rng.integers(0, len(texts[i]) - length + 1)) for i in chosen]
    return np.stack([texts[i][s : s + length] for i, s in zip(chosen, starts, strict=True)])


def read_jsonl(path: Path) -> Iterable[dict[str, Any]]:
    """Rows of a JSON-lines file, plain or gzipped. A broken line is a DataError with its number."""
    return (row for _, row in _numbered(path))


def document_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Rows of texts (`texts.text_rows`) that are not marked `reserved`.

    Raises DataError with the line of one that has no `id` or no `text`.
    """
    for where, row in text_rows(path):
        if isinstance(row, str):
            raise DataError(f"{path}, {where}: {row}")
        if is_reserved(row):
            continue
        check_document(row, f"{path}, {where}")
        yield row


def check_document(row: Any, where: str) -> None:
    """Raises DataError unless `row`, which stands at `where`, has an `id` and a `text`."""
    fields = row if isinstance(row, dict) else {}
    text = fields.get("text")
    if fields.get("id") is None or not isinstance(text, str) or not text.strip():
        raise DataError(
            f"{where}: expected an `id` and a `text` that is not empty, got {repr(row)[:80]}; "
            f"mend this row or leave it out"
        )


def is_reserved(row: Mapping[str, Any]) -> bool:
    """Whether a row says that it is kept for the final test; in a CSV every field is text."""
    return row.get("reserved") not in (None, False, "", "false", "False", "0", 0)


def _numbered(path: Path) -> Iterator[tuple[int, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    try:
                        yield number, json.loads(line)
                    except (ValueError, RecursionError) as error:
                        raise DataError(f"{path}, line {number}: not JSON: {error}") from error
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise DataError(f"{path}: expected JSON lines (.jsonl or .jsonl.gz): {error}") from error


def text_of(row: dict[str, Any]) -> str:
    """The text of a row, under its `title` if it has one: an advert is read with its headline."""
    title, text = row.get("title"), str(row["text"])
    if not isinstance(title, str) or not title.strip() or text.startswith(title.strip()):
        return text
    return f"{title.strip()}\n{text}"


def read_texts(paths: Sequence[Path]) -> list[str]:
    """The `text` of every row that is not `reserved`, the files taken in turn."""
    columns = [
        [str(row["text"]) for row in read_jsonl(path) if not row.get("reserved")] for path in paths
    ]
    longest = max(map(len, columns), default=0)
    return [column[i] for i in range(longest) for column in columns if i < len(column)]


def load_corpus(paths: Sequence[Path], tokenizer: Tokenizer, excluded: frozenset[str]) -> Corpus:
    """Tokenise all texts; rows marked `reserved` and ids in `excluded` are left out.

    Raises DataError for a row without id or text, and for too few texts.
    Which texts are held out follows from their ids alone, so it stays the same between runs.
    """
    train: list[IntArray] = []
    held_out: list[IntArray] = []
    digest = hashlib.sha256()
    for path in paths:
        rows = [row for row in document_rows(path) if str(row["id"]) not in excluded]
        encodings = tokenizer.encode_batch([row["text"] for row in rows], add_special_tokens=False)
        for row, encoding in zip(rows, encodings, strict=True):
            digest.update(f"{row['id']}\0{row['text']}\0".encode())
            key = hashlib.sha256(str(row["id"]).encode()).digest()[0]
            side = held_out if key % HELD_OUT_SHARE == 0 else train
            side.append(np.asarray(encoding.ids, dtype=np.int64))
    if not train or not held_out:
        raise DataError(f"the corpus has {len(train)} texts to train on, {len(held_out)} held out")
    return Corpus(tuple(train), tuple(held_out), digest.hexdigest())
