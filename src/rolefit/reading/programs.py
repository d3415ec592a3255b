"""Programs that are not brought along, run on one document: apart from the user, and not for long.

In a folder of their own, without the user's environment, in a network without interfaces where the
system lets users make one, and stopped with all that they started when their time is over.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from functools import cache
from pathlib import Path

from rolefit.errors import LimitError
from rolefit.reading.limits import Allowance

# The rest of the user's environment may name proxies and profiles.
_KEPT = frozenset(("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "SystemRoot", "TESSDATA_PREFIX"))


def find(*names: str) -> str | None:
    """The first of these programs that is installed."""
    return next(filter(None, map(shutil.which, names)), None)


def run(
    arguments: tuple[str, ...], folder: Path, allowance: Allowance, reserve: float = 0.0
) -> bytes:
    """What it prints. Raises LimitError `reserve` seconds before the document's time is over."""
    left = allowance.limits.seconds - (time.monotonic() - allowance.started) - reserve
    environment = {key: value for key, value in os.environ.items() if key in _KEPT}
    # One thread: documents are read beside each other, and threads for a page wait for each other.
    environment |= {"HOME": str(folder), "TMPDIR": str(folder), "TEMP": str(folder),
                    "TMP": str(folder), "OMP_THREAD_LIMIT": "1"}  # fmt: skip
    with (folder / "printed").open("w+b") as printed:
        process = subprocess.Popen(
            (*_cut_off(), *arguments), stdin=subprocess.DEVNULL, stdout=printed,
            stderr=subprocess.DEVNULL, cwd=folder, start_new_session=True, env=environment,
        )  # fmt: skip
        try:
            process.wait(max(left, 0.1))
        except subprocess.TimeoutExpired as error:
            raise LimitError(
                allowance.name,
                f"reading it took longer than {allowance.limits.seconds:g} seconds",
                "Save it as DOCX or PDF with its text, or raise --timeout "
                "(in Python: Limits(seconds=...)).",
            ) from error
        finally:
            _stop(process)
        printed.seek(0)
        return printed.read(allowance.limits.bytes)


def _stop(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@cache
def _cut_off() -> tuple[str, ...]:
    """What runs a program in a network without interfaces, where the system lets users do so."""
    unshare = shutil.which("unshare")
    if not unshare:
        return ()
    try:
        done = subprocess.run((unshare, "-rn", "true"), capture_output=True, timeout=5, check=False)
    except (OSError, subprocess.SubprocessError):
        return ()
    return (unshare, "-rn") if done.returncode == 0 else ()
