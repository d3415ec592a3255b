"""The run log: what was scored when, with what, and what came out. No text of any document.

A line of JSON for each run, in one form only (keys sorted, no blanks, ASCII), which holds
what audit/runs.py puts in and

    "run": 0, 1, 2, ...         "previous": the `hash` of the run before, zeros for the first
    "time": UTC                 "hash": SHA-256 of the line without this field

so a line that was changed, taken out or moved shows. FILE.head beside the log names its last run;
where it is kept, a cut end shows too. Whoever may write both files can write both anew: against
that only a copy of the last hash in other hands helps (`verify --log FILE --holds HASH`).

A run that dies while it writes leaves a broken last line. It stays: the next run says in `broken`
which lines it found so, and the chain goes over them.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from rolefit.audit.locking import locked
from rolefit.errors import RolefitError, RunLogError
from rolefit.files import write_file

FORMAT = 1
START = "0" * 64  # what the first run follows
HEAD = ".head"
_OWN = ("format", "run", "previous", "time", "hash", "broken")
_BLOCK = 1 << 16
_STARTS = (b"{", b"\0")  # of a line that broke off; NUL is what some file systems leave


@dataclass(frozen=True, slots=True)
class End:
    """Where a log ends: its last run (-1 of an empty log) and what comes behind it."""

    run: int
    hash: str
    whole: bool  # whether the file ends with a line break, or is empty
    broken: tuple[str, ...]  # SHA-256 of each broken line behind the last run


def append(path: Path, content: dict[str, Any]) -> dict[str, Any]:
    """Add a run and return its whole line; all of it is on the disk then, or nothing.

    Waits while another program adds one. Raises RunLogError.
    """
    if taken := [name for name in content if name in _OWN]:
        raise ValueError(f"the log itself writes {', '.join(taken)}")
    with _opened(path) as file:
        end = _end(path, file)
        entry = {
            **content,
            "format": FORMAT,
            "run": end.run + 1,
            "previous": end.hash,
            "time": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
        }
        if end.broken:
            entry["broken"] = list(end.broken)
        entry["hash"] = digest(entry)
        _write(path, file, (b"" if end.whole else b"\n") + to_line(entry) + b"\n")
        _write_head(path, entry)
    return entry


def check(path: Path) -> None:
    """Raises RunLogError now if no run could be added later: before the work, not after it."""
    with _opened(path) as file:
        _end(path, file)


def digest(entry: dict[str, Any]) -> str:
    return sha256_of(to_line({key: value for key, value in entry.items() if key != "hash"}))


def sha256_of(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()


def to_line(entry: dict[str, Any]) -> bytes:
    """The one form in which an entry is written."""
    text = json.dumps(entry, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("ascii")


def parsed(line: bytes) -> dict[str, Any] | None:
    """The entry of a line, None of a line that breaks off. Raises RunLogError if it was changed."""
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return None
    try:
        same = to_line(entry) == line and entry["format"] == FORMAT
        same = same and type(entry["run"]) is int and entry["hash"] == digest(entry)
        same = same and type(entry["previous"]) is str
    except (ValueError, TypeError, KeyError, RecursionError):
        same = False
    if not same:
        raise RunLogError("it was changed, or is no line of a run log")
    return dict(entry)


def head_of(path: Path) -> Path:
    return path.with_name(path.name + HEAD)


def read_head(path: Path) -> dict[str, Any] | None:
    """What FILE.head says of the last run; None if there is none. Raises RunLogError."""
    head = head_of(path)
    try:
        found = json.loads(head.read_bytes())
        return {"run": int(found["run"]), "hash": str(found["hash"])}
    except FileNotFoundError:
        return None
    except OSError as error:
        raise RunLogError(f"{head}: cannot be opened: {error.strerror or error}") from error
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise RunLogError(
            f"{head}: expected the last run of {path.name}, got no such JSON"
        ) from error


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """The log, made if it is not there, readable and writable for this program alone."""
    try:
        if path.exists() and not path.is_file():
            raise RunLogError(f"{path}: expected a file for the run log, got a folder or device")
        # Nobody else may read it: scores are about people, even by a hash.
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
        handle = os.open(path, flags, stat.S_IRUSR | stat.S_IWUSR)
        with open(handle, "r+b", buffering=0) as file, locked(file):
            yield file
    except OSError as error:
        raise RunLogError(f"{path}: cannot be written: {error.strerror or error}") from error


def _end(path: Path, file: BinaryIO) -> End:
    """Raises RunLogError if the file is no log, or has lost runs that its head names."""
    broken: list[str] = []
    whole, last = True, None
    for place, line in enumerate(_backwards(file)):
        if place == 0:
            whole = not line
            if whole:
                continue
        try:
            last = parsed(line)
        except RunLogError as error:
            raise RunLogError(f"{path}: its last line: {error}. {_keep(path)}") from error
        if last is not None:
            break
        if not line.startswith(_STARTS):
            raise RunLogError(f"{path}: expected a run log, got other lines. Name another file")
        broken.append(sha256_of(line))
    run, hashed = (-1, START) if last is None else (last["run"], last["hash"])
    head = read_head(path)
    if head and (head["run"] > run or (head["run"] == run and head["hash"] != hashed)):
        raise RunLogError(
            f"{path}: it ends with run {run}, and {head_of(path).name} names run {head['run']}: "
            f"its end was cut or changed. {_keep(path)}"
        )
    return End(run, hashed, whole, tuple(reversed(broken)))


def _keep(path: Path) -> str:
    return f"See rolefit verify --log {path}; keep the file, and begin a new log"


def _backwards(file: BinaryIO) -> Iterator[bytes]:
    """The lines from the last one up; the first yielded is what follows the last line break."""
    place = file.seek(0, os.SEEK_END)
    rest = b""
    while place:
        size = min(_BLOCK, place)
        place -= size
        file.seek(place)
        lines = (_exactly(file, size) + rest).split(b"\n")
        rest = lines[0]
        yield from reversed(lines[1:])
    yield rest


def _exactly(file: BinaryIO, size: int) -> bytes:
    data = b""
    while len(data) < size and (more := file.read(size - len(data))):
        data += more
    return data


def _write(path: Path, file: BinaryIO, data: bytes) -> None:
    """All of it or nothing: what a full disk took of it is taken back."""
    before = file.seek(0, os.SEEK_END)
    left = memoryview(data)
    try:
        while left:
            left = left[file.write(left) :]
        os.fsync(file.fileno())
    except OSError as error:
        with suppress(OSError):
            file.truncate(before)
        raise RunLogError(
            f"{path}: the run could not be added: {error.strerror or error}. Results are not "
            f"touched by that; make room, and run again to have it in the log"
        ) from error


def _write_head(path: Path, entry: dict[str, Any]) -> None:
    text = json.dumps({"run": entry["run"], "hash": entry["hash"]}) + "\n"
    try:
        write_file(head_of(path), text.encode("ascii"))
    except RolefitError as error:
        raise RunLogError(f"{path}: the run was added, but {error}") from error
