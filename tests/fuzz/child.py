"""A process of its own that does what may end badly: it answers, or it dies alone.

It is asked over its pipes until they end. A question is a pickled (target, arguments), an answer a
pickled `Answer`; the targets are the functions of `targets.py`.
"""

from __future__ import annotations

import pickle
import resource
import struct
import sys
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

MIB = 1024 * 1024
ADDRESSES = 4096 * MIB  # the safety net: no more can be asked of the system, whatever is wrong
_LENGTH = struct.Struct("<Q")


@dataclass(frozen=True)
class Answer:
    """What became of a question."""

    outcome: str  # "ok", the name of an error of rolefit, or "unexpected"
    value: str = ""  # of "ok": a digest of what came; of an error: what it says
    seconds: float = 0.0
    peak: int = 0  # bytes of memory that the process held at most


def send(pipe: BinaryIO, message: object) -> None:
    data = pickle.dumps(message)
    pipe.write(_LENGTH.pack(len(data)) + data)
    pipe.flush()


def receive(pipe: BinaryIO) -> Any:
    """The next message; raises EOFError if there will be none."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    return pickle.loads(pipe.read(_LENGTH.unpack(head)[0]))


def answer(target: str, arguments: tuple[Any, ...]) -> Answer:
    import targets

    from rolefit.errors import RolefitError

    started = time.monotonic()
    try:
        outcome, value = "ok", str(getattr(targets, target)(*arguments))
    except RolefitError as error:
        outcome, value = type(error).__name__, str(error)
    except BaseException:  # noqa: BLE001 - to report exactly these is what this process is for
        outcome, value = "unexpected", traceback.format_exc()[-3000:]
    return Answer(outcome, value, time.monotonic() - started, peak())


def peak() -> int:
    """Bytes of memory that this process held at most."""
    try:  # getrusage counts in what the parent held when it made this process
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return int(status.split("VmHWM:")[1].split()[0]) * 1024
    except (OSError, IndexError):
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * 1024


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, resource.RLIM_INFINITY))
    out = sys.stdout.buffer
    sys.stdout = sys.stderr  # a library that prints must not speak in between
    while True:
        try:
            target, arguments = receive(sys.stdin.buffer)
        except EOFError:
            return
        send(out, answer(target, arguments))
