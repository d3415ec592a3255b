"""Files that are written whole or not at all, and text that may hold what is no character."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from rolefit.errors import InputError


def write_file(path: Path, data: bytes) -> None:
    """Write all of `data` or nothing. Raises InputError."""
    write_files({path: data})


def write_files(contents: Mapping[Path, bytes]) -> None:
    """Write files that belong together: none is touched before all of them lie beside their places.

    Raises InputError.
    """
    partials: dict[Path, Path] = {}
    path = Path()
    try:
        for path, data in contents.items():
            if path.exists() and not path.is_file():  # /dev/stdout and its like
                path.write_bytes(data)
                continue
            partials[path] = path.with_name(f".{path.name}.{os.getpid()}.partial")
            partials[path].write_bytes(data)
        for path, partial in partials.items():
            partial.replace(path)
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror or error}") from error
    finally:
        for partial in partials.values():
            partial.unlink(missing_ok=True)


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """Write one after the other without holding them all: the whole file or nothing.

    Raises InputError.
    """
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        with partial.open("wb") as file:
            for piece in pieces:
                file.write(piece)
        partial.replace(path)
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror or error}") from error
    finally:
        partial.unlink(missing_ok=True)


def make_folder(folder: Path) -> None:
    """Raises InputError if it is not there and cannot be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder}: cannot be made: {error.strerror or error}") from error


def to_bytes(text: str) -> bytes:
    """UTF-8; what is no character, as in a file name, becomes a backslash escape.

    JSON reads that back.
    """
    return text.encode("utf-8", "backslashreplace")
