"""The environment, read here and nowhere else.

    ROLEFIT_CACHE      the file in which encodings are kept
    ROLEFIT_TAXONOMY   a compiled taxonomy to read instead of the package's (docs/taxonomy.md)
    XDG_CACHE_HOME     the folder for caches on Linux (an absolute path)
    LOCALAPPDATA       the folder for caches on Windows
    OPENBLAS_NUM_THREADS  threads of numpy, 1 for commands that train nothing
    SQLITE_TMPDIR      SQLite's: where a large pool is written anew
    ROLEFIT_TOKEN      what clients of `rolefit serve` must show

NO_COLOR, FORCE_COLOR and COLUMNS are rich's; it reads them itself.

What other libraries read, and would send something without, is written here too: `send_nothing`
when `rolefit` is imported, `stay_offline` when its command runs.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

# Read once, when the library is loaded, and inherited by every process that is started from here.
QUIET = {
    "ORT_DISABLE_TELEMETRY": "1",  # onnxruntime from 1.29 on, Linux and macOS: device id and events
    "HF_HUB_DISABLE_TELEMETRY": "1",  # huggingface_hub, which the extra `train` brings
}
# Only in our own process: whoever imports rolefit may well mean to download something.
OFFLINE = {"HF_HUB_OFFLINE": "1"}
# A score takes many small products of matrices. OpenBLAS, which numpy's wheels bring, starts
# threads for each; where others use the cores too these wait for one another, far longer than the
# product takes.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}


def send_nothing() -> None:
    """Turn off what libraries send by themselves. Must come before any of them is loaded."""
    os.environ.update(QUIET)


def stay_offline() -> None:
    """Let no library of the workshop look anything up: models come from folders."""
    os.environ.update(OFFLINE)


def share_cores() -> None:
    """Let numpy use one thread unless the user says otherwise. Must come before numpy is loaded."""
    for name, value in ONE_THREAD.items():
        os.environ.setdefault(name, value)


def cache_file() -> Path:
    """Where encodings are kept between runs. Raises RuntimeError if there is no home folder."""
    if named := os.environ.get("ROLEFIT_CACHE"):
        return Path(named).expanduser()
    return _cache_folder() / "rolefit" / "encodings.sqlite"


def own_taxonomy() -> Path | None:
    """The compiled taxonomy that the user made, if one is named."""
    named = os.environ.get("ROLEFIT_TAXONOMY")
    return Path(named).expanduser() if named else None


def service_token() -> str:
    """What clients of the service must show; "" where nothing is asked of them."""
    return os.environ.get("ROLEFIT_TOKEN", "")


def _cache_folder() -> Path:
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return Path(local) if local else Path.home() / "AppData" / "Local"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    # The XDG specification tells programs to ignore a path that is not absolute.
    xdg = os.environ.get("XDG_CACHE_HOME", "")
    return Path(xdg) if os.path.isabs(xdg) else Path.home() / ".cache"
