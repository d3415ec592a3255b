"""Rows of a table, whatever file it comes in: JSON lines, CSV, Parquet, a datasets folder."""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from rolefit.errors import DataError, MissingExtraError
from rolefit.reading.delimited import delimiter_of

_HEAD = 1 << 16  # characters that tell how cells are parted
# Where a row stands ("line 7", "row 7"), and the row, or what is wrong with it.
Row = tuple[str, "dict[str, Any] | str"]


def read_rows(path: Path) -> Iterator[Row]:
    """All rows of `path`. Raises DataError if it cannot be read as a table at all.

    `.jsonl`, `.csv`, `.tsv` (each maybe `.gz`), `.parquet`, or a folder that Hugging Face datasets
    wrote with `save_to_disk`. Cells of CSV are parted by commas, semicolons, tabs or bars.
    """
    name = path.name.removesuffix(".gz")
    try:
        if path.is_dir():
            yield from _arrow_folder(path)
        elif name.endswith((".jsonl", ".ndjson", ".json")):
            yield from _jsonl(path)
        elif name.endswith((".csv", ".tsv")):
            yield from _csv(path)
        elif name.endswith(".parquet"):
            yield from _parquet(path)
        else:
            raise DataError(
                f"{path}: expected .jsonl, .csv, .tsv (or one of them with .gz), .parquet, or a "
                f"datasets folder; convert it to one of them"
            )
    except (OSError, EOFError, zlib.error, UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"{path}: cannot be read as a table: {error}") from error


@contextmanager
def _open(path: Path) -> Iterator[TextIO]:
    """Text with line ends untouched; a byte-order mark, as Excel writes one, is skipped."""
    with (
        gzip.open(path) if path.suffix == ".gz" else path.open("rb") as raw,
        io.TextIOWrapper(raw, encoding="utf-8-sig", newline="") as file,
    ):
        yield file


def _jsonl(path: Path) -> Iterator[Row]:
    with _open(path) as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                yield f"line {number}", f"not JSON: {error}"
                continue
            fits = isinstance(row, dict)
            yield f"line {number}", row if fits else f"expected an object, got {line[:60].strip()}"


def _csv(path: Path) -> Iterator[Row]:
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))  # a text may exceed the default of 128 KiB
    with _open(path) as file:
        delimiter = delimiter_of(file.read(_HEAD))
        file.seek(0)
        rows = csv.DictReader(file, strict=True, delimiter=delimiter)
        names = rows.fieldnames or []
        if len(set(names)) != len(names):
            raise DataError(f"{path}: a column name stands twice in {', '.join(names)}")
        first = rows.line_num + 1  # a quoted text may go over many lines: a row's first counts
        for row in rows:
            if None in row or None in row.values():
                yield f"line {first}", f"expected {len(names)} fields, as the first line has"
            else:
                yield f"line {first}", dict(row)
            first = rows.line_num + 1


def _parquet(path: Path) -> Iterator[Row]:
    pyarrow = _pyarrow()
    from pyarrow import parquet  # type: ignore[import-untyped,import-not-found,unused-ignore]

    try:
        with parquet.ParquetFile(path) as file:
            yield from _numbered(file.iter_batches(batch_size=1_000))
    except pyarrow.ArrowException as error:
        raise DataError(f"{path}: expected a Parquet file: {error}") from error


def _arrow_folder(path: Path) -> Iterator[Row]:
    """The Arrow files that `state.json` lists, read without the datasets package."""
    if (path / "dataset_dict.json").exists():
        parts = sorted(p.name for p in path.iterdir() if p.is_dir())
        raise DataError(f"{path}: holds {', '.join(parts)}; name one, such as {path / parts[0]}")
    if not (path / "state.json").exists():
        raise DataError(f"{path}: expected a folder made by datasets' save_to_disk, or name a file")
    pyarrow = _pyarrow()
    try:
        listed = json.loads((path / "state.json").read_text(encoding="utf-8"))["_data_files"]
        names = [Path(entry["filename"]).name for entry in listed]
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(f"{path / 'state.json'}: not as datasets writes it: {error}") from error

    def batches() -> Iterator[Any]:
        for name in names:
            with pyarrow.memory_map(str(path / name)) as source:
                yield from pyarrow.ipc.open_stream(source)

    try:
        yield from _numbered(batches())
    except pyarrow.ArrowException as error:
        raise DataError(f"{path}: expected Arrow files: {error}") from error


def _numbered(batches: Iterator[Any]) -> Iterator[Row]:
    number = 0
    for batch in batches:
        for row in batch.to_pylist():
            number += 1
            yield f"row {number}", row


def _pyarrow() -> Any:
    try:
        import pyarrow  # type: ignore[import-untyped,import-not-found,unused-ignore]
        import pyarrow.ipc  # type: ignore[import-untyped,import-not-found,unused-ignore]
    except ModuleNotFoundError as error:
        raise MissingExtraError("Reading Parquet and Arrow (pyarrow)", "train") from error
    return pyarrow
