"""One program at a time: a lock on an open file, which the system lets go if the program dies."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

PATIENCE = 60.0  # seconds to wait for the other program
_PAUSE = 0.02

if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 40  # Windows locks bytes; one that no file has does for all of it

    def _take(file: BinaryIO) -> None:
        place = file.tell()
        file.seek(_FAR)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        finally:
            file.seek(place)

    def _leave(file: BinaryIO) -> None:
        file.seek(_FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _leave(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)


@contextmanager
def locked(file: BinaryIO, patience: float = PATIENCE) -> Iterator[None]:
    """Raises TimeoutError, an OSError, if another program holds it for longer than `patience`."""
    last = time.monotonic() + patience
    while True:
        try:
            _take(file)
            break
        except (BlockingIOError, PermissionError) as error:
            if time.monotonic() > last:
                raise TimeoutError(
                    None, f"another program has held it for {patience:g} seconds"
                ) from error
            time.sleep(_PAUSE)
    try:
        yield
    finally:
        _leave(file)
