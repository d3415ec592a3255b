"""The documents that arguments mean: files, folders, and '-' for standard input."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rolefit.cli.options import stdin_bytes
from rolefit.errors import InputError, ReadError

if TYPE_CHECKING:
    from rolefit.reading import Columns, Limits
    from rolefit.records import Document

STDIN = "-"


def label(path: Path) -> str:
    return "standard input" if str(path) == STDIN else str(path)


def document(path: Path, limits: Limits) -> Path | Document:
    """`path`, or what standard input holds if it is '-'. Raises ReadError on that."""
    return read_document(path, limits) if str(path) == STDIN else path


def advert(path: Path, limits: Limits, title: str = "") -> Path | Document:
    """`path` of a job, or its document where a person gives its title. Raises ReadError."""
    if not title:
        return document(path, limits)
    from rolefit.reading.titled import titled

    return titled(read_document(path, limits), title)


def documents(
    paths: Sequence[Path], limits: Limits, unread: list[ReadError], columns: Columns | None = None
) -> list[Path | Document]:
    """`paths`, with what standard input holds; what cannot be read of that is added to `unread`."""
    from rolefit.reading import read_all

    found: list[Path | Document] = []
    for path in paths:
        if str(path) != STDIN:
            found.append(path)
            continue
        name = label(path)
        found += read_all(stdin_bytes(), name=name, limits=limits, columns=columns, unread=unread)
    return found


def read_document(path: Path, limits: Limits) -> Document:
    """Raises ReadError."""
    from rolefit.reading import read

    source = stdin_bytes() if str(path) == STDIN else path
    return read(source, name=label(path), limits=limits)


def files(paths: Sequence[Path], leave_out: Path | None = None) -> list[Path]:
    """`paths` in the order given, folders replaced by the files in them, sorted.

    Hidden files are skipped in folders, and so is `leave_out`; a file that is named is always kept.
    Raises InputError if nothing is left.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += [file for file in _walk(path) if not _same(file, leave_out)]
        else:
            found.append(path)
    if not found:
        raise InputError(f"no files in {', '.join(map(str, paths))}")
    return found


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not _hidden(name))
        for name in sorted(names):
            path = Path(parent, name)
            if not _hidden(name) and path.is_file():  # no pipes or devices
                yield path


def _hidden(name: str) -> bool:
    """Also the lock files that Word leaves beside an open document."""
    return name.startswith((".", "~$"))


def _same(path: Path, other: Path | None) -> bool:
    try:
        return other is not None and os.path.samefile(path, other)
    except OSError:
        return False
