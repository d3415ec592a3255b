"""The environment, read here and nowhere else.

    ROLEFIT_CACHE      the file in which encodings are kept
    XDG_CACHE_HOME     the folder for caches on Linux (an absolute path)
    LOCALAPPDATA       the folder for caches on Windows

NO_COLOR, FORCE_COLOR and COLUMNS are rich's; it reads them itself.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


def cache_file() -> Path:
    """Where encodings are kept between runs. Raises RuntimeError if there is no home folder."""
    if named := os.environ.get("ROLEFIT_CACHE"):
        return Path(named).expanduser()
    return _cache_folder() / "rolefit" / "encodings.sqlite"


def _cache_folder() -> Path:
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return Path(local) if local else Path.home() / "AppData" / "Local"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    # The XDG specification tells programs to ignore a path that is not absolute.
    xdg = os.environ.get("XDG_CACHE_HOME", "")
    return Path(xdg) if os.path.isabs(xdg) else Path.home() / ".cache"
