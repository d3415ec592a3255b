"""A path or bytes -> the documents in it, as bytes; a path may lead on into a file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Union

from rolefit.errors import FileAccessError, InputError, ReadError, SeveralDocumentsError
from rolefit.reading import sniff
from rolefit.reading.columns import Columns
from rolefit.reading.limits import Allowance, Limits
from rolefit.reading.parts import Part, parts, related

Source = Union[str, "os.PathLike[str]", bytes]
_NAMED = 5  # of the documents in a file, in a message
_HEAD = 1 << 16  # bytes that tell whether a file may hold others


def open_parts(
    source: Source,
    *,
    name: str | None = None,
    limits: Limits | None = None,
    columns: Columns | None = None,
) -> Iterator[Part | ReadError]:
    """The documents in a source as bytes, one for most files. Errors are yielded, not raised.

    A path may go on into a file: "people.zip/ana.pdf".
    """
    limits = limits or Limits()
    named = called(source, name)
    try:
        if isinstance(source, (bytes, bytearray, memoryview)):
            data, inside = bytes(source), ""
            if len(data) > limits.bytes and not sniff.may_hold(data[:_HEAD]):
                Allowance(named, limits).check_bytes(len(data))
        else:
            file, inside = _split(Path(source))
            if inside and name:
                named = name.removesuffix(f"/{inside}")
            elif inside:
                named = file.name
            data = _load(file, named, limits)
    except ReadError as error:
        yield error
        return
    if not inside:
        yield from parts(data, named, limits, columns)
        return
    wanted = f"{named}/{inside}"
    found = False
    for part in parts(data, named, limits, columns, wanted):
        if related(wanted, part.file if isinstance(part, ReadError) else part.name):
            found = True
            yield part
    if not found:
        yield _no_member(data, named, inside, limits, columns)


def the_only(found: Iterator[Part | ReadError], name: str) -> Part:
    """The one document of a source. Raises its ReadError, or SeveralDocumentsError."""
    some = list(islice(found, _NAMED + 1))
    if len(some) > 1:
        names = [part.file if isinstance(part, ReadError) else part.name for part in some]
        shown = ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")
        raise SeveralDocumentsError(
            name,
            f"it holds more than one document ({shown}) where one was expected",
            f"Give one of them by its name, as in {names[0]}, or rank them all.",
        )
    if isinstance(some[0], ReadError):
        raise some[0]
    return some[0]


def called(source: Source, name: str | None) -> str:
    """What a source is called in messages. Raises InputError for bytes without a name."""
    if name:
        return name
    if isinstance(source, (bytes, bytearray, memoryview)):
        raise InputError("read() got bytes without a name. Pass name='resume.pdf' with them.")
    return Path(source).name


def _split(path: Path) -> tuple[Path, str]:
    """The file that a path leads to, and what it then names inside of it."""
    try:
        if not path.exists():
            for parent in path.parents:
                if parent.is_file():
                    return parent, path.relative_to(parent).as_posix()
    except (OSError, ValueError):  # opening it says what is wrong
        pass
    return path, ""


def _load(path: Path, name: str, limits: Limits) -> bytes:
    """The bytes of a file, no more than the limits allow. Raises FileAccessError, LimitError."""
    allowance = Allowance(name, limits)
    try:
        if path.is_dir():
            raise FileAccessError(
                str(path), "it is a folder, not a file", "Name the files in it one by one."
            )
        with path.open("rb") as file:
            most = limits.bytes
            if (size := os.fstat(file.fileno()).st_size) > most:
                holds = size <= limits.archive_bytes and sniff.may_hold(file.read(_HEAD))
                most = limits.archive_bytes if holds else most
                file.seek(0)
                if not holds:
                    allowance.check_bytes(size)
            data = file.read(most + 1)
    except FileNotFoundError as error:
        raise FileAccessError(
            str(path), "there is no such file", "Check the path and its spelling."
        ) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL character in the path
        cause = f"it cannot be opened ({getattr(error, 'strerror', None) or error})"
        raise FileAccessError(str(path), cause, "Check that you may read it.") from error
    if len(data) > most:
        allowance.check_bytes(len(data))
    return data


def _no_member(
    data: bytes, name: str, inside: str, limits: Limits, columns: Columns | None
) -> ReadError:
    held = [
        part.file if isinstance(part, ReadError) else part.name
        for part in islice(parts(data, name, limits, columns), _NAMED)
    ]
    if held == [name]:
        remedy = f"Give {name} itself."
    else:
        remedy = f"It holds: {', '.join(held)}{', …' if len(held) == _NAMED else ''}."
    return FileAccessError(f"{name}/{inside}", f"there is no such document in {name}", remedy)
