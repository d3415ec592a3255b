"""How well a resume matches a job: a 0-100 score with a band and its reasons, offline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rolefit.settings import send_nothing

send_nothing()  # here, because every entry passes here before a native library is loaded

__version__ = "0.6.0"
__all__ = [
    "Document",
    "Match",
    "Matcher",
    "Pool",
    "RolefitError",
    "__version__",
    "inspect",
    "read",
    "read_all",
]

if TYPE_CHECKING:
    from rolefit.errors import RolefitError
    from rolefit.inspection import inspect
    from rolefit.matcher import Matcher
    from rolefit.pool import Pool
    from rolefit.reading import read, read_all
    from rolefit.records import Document, Match

# Where each public name lives; loaded on first use, so that `import rolefit` costs nothing.
_HOMES = {
    "Document": "rolefit.records",
    "Match": "rolefit.records",
    "Matcher": "rolefit.matcher",
    "Pool": "rolefit.pool",
    "RolefitError": "rolefit.errors",
    "inspect": "rolefit.inspection",
    "read": "rolefit.reading",
    "read_all": "rolefit.reading",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'rolefit' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
