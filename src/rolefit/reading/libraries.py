"""Which versions of other people's readers are installed, without loading them.

Whoever keeps what was read must not keep it beyond them. `importlib.metadata` says the same and
takes a tenth of a second; names of folders take a quarter of a millisecond.
"""

from __future__ import annotations

import os
import re
import sys
from functools import cache

_READERS = ("pypdfium2", "selectolax", "striprtf", "pyyaml")
_INSTALLED = re.compile(rf"({'|'.join(_READERS)})-(.+)\.(dist|egg)-info", re.I)


@cache
def versions() -> str:
    """Such as "pypdfium2 5.15.2, selectolax 1.0.2"; without those that are nowhere found."""
    found: dict[str, str] = {}
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")
        except OSError:  # a ZIP file, or a folder that is not there
            continue
        for match in filter(None, map(_INSTALLED.fullmatch, names)):
            found.setdefault(match[1].lower(), match[2])  # the first on the path is the one loaded
    return ", ".join(f"{name} {found[name]}" for name in _READERS if name in found)
