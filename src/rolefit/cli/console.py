"""What commands say: results on stdout, everything else on stderr, and how they end."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from rolefit.errors import InputError
from rolefit.files import to_bytes

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

    from rolefit.matcher import Progress as Callback

PATIENCE = 1.0  # seconds of work before a progress bar is worth its flicker


class Exit(IntEnum):
    """The statuses that the command ends with."""

    OK = 0
    USAGE = 2
    UNREAD = 3
    DIFFERS = 4
    INTERRUPTED = 130


def out() -> Console:
    """stdout, for people."""
    from rich.console import Console

    return Console(highlight=False, emoji=False, markup=False)


def err() -> Console:
    """stderr, for people."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, emoji=False, markup=False)


def note(message: object) -> None:
    """A line on stderr that changes nothing about the result."""
    err().print(f"rolefit: {_plain(message)}", style="dim", soft_wrap=True)


def complain(message: object, status: Exit) -> int:
    """Say on stderr, in one line, what went wrong; returns `status`."""
    err().print(f"rolefit: {_plain(message)}", soft_wrap=True)
    return int(status)


def end(status: Exit) -> NoReturn:
    from rolefit.cli.command import Exit as Exited

    raise Exited(int(status))


def _plain(message: object) -> str:
    from rolefit.report.names import printable

    return " ".join(printable(part) for part in str(message).splitlines())


@contextmanager
def progress_bar(what: str) -> Iterator[Callback | bool]:
    """A callback of (done, total) that draws on stderr once work takes longer than a second.

    False where stderr is not a terminal.
    """
    if not sys.stderr.isatty():
        yield False
        return
    started = time.monotonic()
    bar: Progress | None = None

    def show(done: int, total: int) -> None:
        nonlocal bar
        if bar is None and time.monotonic() - started > PATIENCE and done < total:
            bar = _bar()
            bar.add_task(what)
            bar.start()
        if bar is not None:
            bar.update(bar.task_ids[0], completed=done, total=total)

    try:
        yield show
    finally:
        if bar is not None:
            bar.stop()


def _bar() -> Progress:
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(*columns, TimeRemainingColumn(), console=err(), transient=True)


def check_writable(path: Path | None) -> None:
    """Raises InputError now rather than after the work is done."""
    if path is None:
        return
    if path.is_dir():
        raise InputError(f"{path}: expected a file to write to, got a folder")
    if not path.parent.is_dir():
        raise InputError(f"{path}: there is no folder {path.parent}; make it first")


def write_stdout(text: str) -> None:
    """Machine output: UTF-8 and the line ends as they are, whatever the system prefers.

    What is no character in a file name becomes a backslash escape, which JSON reads back.
    """
    sys.stdout.flush()
    sys.stdout.buffer.write(to_bytes(text))
    sys.stdout.flush()


def step_bars(bars: ExitStack) -> Callable[[str], Callback | None]:
    """Each step in words where stderr is no terminal, with a bar where it is."""

    def say(what: str) -> Callback | None:
        bars.close()  # the bar of the step before
        show = bars.enter_context(progress_bar(what))
        if callable(show):
            return show
        note(what)
        return None

    return say
