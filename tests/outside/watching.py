"""A command as its surroundings see it: the sockets it opens, whether through Python or through a
native library, and the files it leaves below a home folder that was empty.
"""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

# Those that libraries take as "do not send" (CI silences onnxruntime), or that lead files
# elsewhere. What is measured is rolefit on a desk where none of them is set.
HIDING = ("CI", "ORT_", "HF_", "DISABLE_TELEMETRY", "DO_NOT_TRACK", "XDG_", "ROLEFIT_", "TMPDIR")
_CALL = re.compile(r"^\d+\s+(?P<name>\w+)\((?P<rest>.*)$")
_INSIDE = re.compile(r"\bAF_(UNIX|LOCAL)\b")
_LOOPBACK = re.compile(r'inet_addr\("127\.|inet_pton\(AF_INET6, "(::1|::ffff:127\.)')
_FAMILY = re.compile(r"\b(?:AF|PF)_[A-Z0-9]+\b")


@dataclass(frozen=True)
class Seen:
    status: int
    out: str
    err: str
    traced: bool  # whether strace saw the command start at all
    outward: list[str]  # calls that name anything but this computer
    families: set[str]  # of the sockets that were opened: AF_UNIX, AF_INET, ...
    files: set[str]  # below the home folder


def missing() -> str:
    """Why a command cannot be watched here, or nothing."""
    if sys.platform != "linux":
        return "watching system calls needs Linux"
    if not shutil.which("strace"):
        return "strace is missing: apt-get install strace"
    probe = ["strace", "-f", "-o", os.devnull, "true"]
    if subprocess.run(probe, capture_output=True).returncode:
        return "strace may not trace here (a container without ptrace?)"
    return ""


@functools.cache
def unplugged() -> tuple[str, ...]:
    """What to put before a command so that it has no network interface; empty where not allowed."""
    for words in (("unshare", "-rn"), ("unshare", "-n")):
        allowed = shutil.which("unshare") and subprocess.run([*words, "true"], capture_output=True)
        if allowed and not allowed.returncode:
            return words
    return ()


def environment(home: Path) -> dict[str, str]:
    """The process's own, with a home of its own and nothing that tells libraries to be silent."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(HIDING)}
    (home / "tmp").mkdir(parents=True)
    return {**kept, "HOME": str(home), "TMPDIR": str(home / "tmp"), "PYTHONDONTWRITEBYTECODE": "1"}


def tracing(log: Path, *command: object) -> list[str]:
    return ["strace", "-f", "-qq", "-e", "trace=network,execve", "-o", str(log), *map(str, command)]


def watch(
    command: list[str], folder: Path, before: tuple[str, ...] = (), given: str | None = None
) -> Seen:
    """Run `command` under strace in a fresh home below `folder`; `given` is its standard input."""
    home, log = folder / "home", folder / "calls"
    done = subprocess.run(
        [*before, *tracing(log, *command)], env=environment(home), cwd=folder,
        capture_output=True, text=True, timeout=300, input=given,
    )  # fmt: skip
    return seen(done, log, home)


def seen(done: subprocess.CompletedProcess[str], log: Path, home: Path) -> Seen:
    calls = log.read_text(errors="replace").splitlines() if log.is_file() else []
    return Seen(
        done.returncode, done.stdout, done.stderr, any("execve(" in call for call in calls),
        [call for call in calls if _is_outward(call)], _families(calls), files_below(home),
    )  # fmt: skip


def files_below(home: Path) -> set[str]:
    return {file.relative_to(home).as_posix() for file in home.rglob("*") if file.is_file()}


def _families(calls: list[str]) -> set[str]:
    found = set()
    for call in calls:
        match = _CALL.match(call)
        if match and match["name"] in ("socket", "socketpair"):
            found |= set(_FAMILY.findall(match["rest"])[:1])
    return found


def _is_outward(call: str) -> bool:
    """Whether the call names an address that is neither a local file nor the loopback."""
    match = _CALL.match(call)
    if not match or match["name"] == "execve" or "sa_family=" not in match["rest"]:
        return False
    return not (_INSIDE.search(match["rest"]) or _LOOPBACK.search(match["rest"]))
