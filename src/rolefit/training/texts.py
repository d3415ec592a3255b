"""Texts by id as a table has them, or as people do: files in a folder, archive or mailbox."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rolefit.errors import ReadError
from rolefit.reading import read_all
from rolefit.training.tables import Row, read_rows

_TABLES = (".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet")
_DATASET = ("state.json", "dataset_dict.json")  # of a folder that datasets wrote


def text_rows(path: Path) -> Iterator[Row]:
    """Rows with `id` and `text`. Of files the id is the name, from the folder or archive on.

    Raises DataError if `path` cannot be read at all; a file in it that cannot be is a bad row.
    """
    if path.is_dir():
        is_table = any((path / name).exists() for name in _DATASET)
    else:
        is_table = path.name.removesuffix(".gz").endswith(_TABLES) or not path.is_file()
    if is_table:
        yield from read_rows(path)
    elif path.is_dir():
        for file in _files(path):
            yield from _documents(file, file.relative_to(path).as_posix())
    else:
        yield from _documents(path, "")


def _documents(file: Path, name: str) -> Iterator[Row]:
    """`name` is what the file is called by, "" where it stands for what is in it."""
    unread: list[ReadError] = []
    for document in read_all(file, name=file.name, unread=unread):
        inside = document.name.removeprefix(file.name).lstrip("/")
        called = "/".join(filter(None, (name, inside))) or file.name
        yield called, {"id": called, "text": document.text}
    for error in unread:
        yield name or file.name, str(error)


def _files(folder: Path) -> Iterator[Path]:
    """Hidden files are no resumes."""
    for file in sorted(folder.rglob("*")):
        hidden = any(part.startswith((".", "~$")) for part in file.relative_to(folder).parts)
        if file.is_file() and not hidden:
            yield file
