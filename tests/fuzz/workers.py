"""Processes that answer for what is fuzzed, and are started again when one dies or hangs."""

from __future__ import annotations

import selectors
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

from child import Answer, receive, send

HERE = Path(__file__).parent


class Worker:
    """One process, asked again and again."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, target: str, *arguments: Any, seconds: float = 60.0) -> Answer:
        """The answer; "died" or "hung" if there was none within `seconds`."""
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            send(process.stdin, (target, arguments))
            if not _readable(process.stdout, seconds):
                self.close()
                return Answer("hung", f"no answer in {seconds:g} seconds", seconds)
            answer: Answer = receive(process.stdout)
        except (EOFError, BrokenPipeError):
            code = process.wait()
            self.close()
            return Answer("died", f"the process ended with {code}")
        return answer

    def close(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = _start()
        return self._process


def once(target: str, *arguments: Any, seconds: float = 120.0) -> Answer:
    """The answer of a process of its own, which then says truly what it cost."""
    worker = Worker()
    try:
        return worker.ask(target, *arguments, seconds=seconds)
    finally:
        worker.close()


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", "import child; child.main()"],
        cwd=HERE, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _readable(pipe: IO[bytes], seconds: float) -> bool:
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        return bool(selector.select(seconds))
