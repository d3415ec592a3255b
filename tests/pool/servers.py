"""A PostgreSQL server for tests: started here, on a socket in a folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

MISSING = "NOT RUN: there is no PostgreSQL here. It needs: apt-get install postgresql"


def programs() -> Path | None:
    """The folder of initdb and postgres."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return folders[-1].parent if folders else None


@contextmanager
def postgres() -> Iterator[tuple[str, Path, subprocess.Popen[bytes]]]:
    """(the URL of a database, the server's data, its process)."""
    folder = programs()
    if folder is None or os.name == "nt":
        pytest.skip(MISSING)
    home = Path(tempfile.mkdtemp(prefix="rolefit-pg-"))
    data, as_user = home / "data", []
    if os.geteuid() == 0:  # which PostgreSQL refuses to run as
        if subprocess.run(["id", "postgres"], capture_output=True, check=False).returncode:
            pytest.skip(MISSING)
        shutil.chown(home, "postgres")
        as_user = ["runuser", "-u", "postgres", "--"]
    try:
        subprocess.run([*as_user, folder / "initdb", "-D", data, "-A", "trust", "-U", "rolefit",
                        "-E", "UTF8", "--no-locale"],
                       check=True, stdout=subprocess.DEVNULL, cwd=home)  # fmt: skip
        server = subprocess.Popen(
            [*as_user, folder / "postgres", "-D", data, "-k", home, "-c", "listen_addresses="],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=home,
        )  # fmt: skip
        try:
            for _ in range(600):
                ready = subprocess.run([folder / "pg_isready", "-h", home, "-U", "rolefit"],
                                       stdout=subprocess.DEVNULL, check=False)  # fmt: skip
                if ready.returncode == 0:
                    break
                time.sleep(0.1)
            yield f"postgresql://rolefit@/postgres?host={home}", data, server
        finally:
            pid = (data / "postmaster.pid").read_text().split()[0]
            os.kill(int(pid), 2)  # ends at once, in order
            server.wait(60)
    finally:
        shutil.rmtree(home)
