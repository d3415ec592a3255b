"""Which files a client may name: those in the folders that a flag named, and no others."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from rolefit.errors import CallError, InputError

_OUTSIDE = (
    "expected a file in one of the allowed folders, by a path that starts there, without '..', "
    "hidden names and links that lead out"
)


class Folders:
    """Folders as they were named when the server started, and the way to files in them."""

    def __init__(self, folders: Sequence[Path]) -> None:
        """Raises InputError for what is no folder."""
        for folder in folders:
            if not folder.is_dir():
                raise InputError(f"--folder {folder}: expected a folder that exists")
        self.roots = [Path(os.path.realpath(folder)) for folder in folders]
        self._named = [os.path.abspath(folder) for folder in folders]  # maybe by way of a link

    def find(self, named: str, folder: bool = False) -> Path:
        """The real path of a file (or folder) in an allowed folder.

        `named` starts in one of the folders, or is absolute. It may go on into a file:
        "people.zip/ana.pdf". Raises CallError for everything else, which says no more of a path
        outside than that it is outside.
        """
        if not self.roots:
            raise CallError("no folder is allowed: start rolefit mcp with --folder, or give texts")
        parts = _parts(named)
        for root, name in zip(self.roots, self._named, strict=True):
            for start in dict.fromkeys((str(root), name)):
                below = _below(start, parts, named)
                found = None if below is None else _inside(root, below, folder)
                if found is not None:
                    return found
        raise CallError(_OUTSIDE)

    def files(self, folder: Path) -> Iterator[Path]:
        """Real paths of the files below, sorted; without hidden ones and links that lead out."""
        root = next(root for root in self.roots if _within(root, folder))
        for parent, names, files in os.walk(folder):
            names[:] = sorted(name for name in names if not _hidden(name))
            for name in sorted(files):
                path = Path(os.path.realpath(Path(parent, name)))
                if not _hidden(name) and path.is_file() and _within(root, path):
                    yield path

    def shown(self, name: str) -> str:
        """A path as a client names it: below its folder, absolute where that would be another."""
        for place, root in enumerate(self.roots):
            start = f"{root}{os.sep}"
            if not name.startswith(start):
                continue
            below = name[len(start) :]
            earlier = any((other / below).exists() for other in self.roots[:place])
            return name if earlier else below.replace(os.sep, "/")
        return name

    def unplaced(self, said: str) -> str:
        """Words of ours that name files of the folders, by the names that a client can use."""
        for root in self.roots:
            said = said.replace(f"{root}{os.sep}", "")
        return said


def _parts(named: str) -> tuple[str, ...]:
    """Raises CallError for what could lead anywhere but down."""
    if "\0" in named or len(named) > 4096:
        raise CallError(_OUTSIDE)
    if sys.platform == "win32":
        drive, rest = os.path.splitdrive(named)
        # Streams ("a.txt:b"), devices ("\\\\.\\"), other computers ("\\\\server"), drive-relative.
        if ":" in rest or (drive and (len(drive) != 2 or not rest.startswith(("/", "\\")))):
            raise CallError(_OUTSIDE)
        named = named.replace("\\", "/")
    parts = tuple(part for part in named.split("/") if part not in ("", "."))
    if ".." in parts:
        raise CallError(_OUTSIDE)
    return parts


def _below(start: str, parts: tuple[str, ...], named: str) -> tuple[str, ...] | None:
    """The parts below `start`; None of an absolute path that is not written as one below it."""
    absolute = named.startswith(("/", "\\")) or bool(os.path.splitdrive(named)[0])
    if not absolute:
        return parts
    own = _parts(start)
    if tuple(map(os.path.normcase, parts[: len(own)])) != tuple(map(os.path.normcase, own)):
        return None
    return parts[len(own) :]


def _inside(root: Path, below: tuple[str, ...], folder: bool) -> Path | None:
    if any(map(_hidden, below)):
        return None
    path = root
    for place, part in enumerate(below):
        path = path / part
        try:
            if path.is_file():
                real = Path(os.path.realpath(path))
                inside = below[place + 1 :]
                allowed = _within(root, real) and not folder
                return real.joinpath(*inside) if allowed else None
            if not path.is_dir():
                return None
        except OSError:
            return None
    real = Path(os.path.realpath(path))
    return real if folder and _within(root, real) else None


def _within(root: Path, real: Path) -> bool:
    """Asks the file system, not the letters: names may differ in case where it does not care."""
    try:
        hidden = any(map(_hidden, real.relative_to(root).parts))
    except ValueError:
        hidden = False
    try:
        return not hidden and any(os.path.samefile(root, up) for up in (real, *real.parents))
    except OSError:
        return False


def _hidden(name: str) -> bool:
    return name.startswith((".", "~$"))
