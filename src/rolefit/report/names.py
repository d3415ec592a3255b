"""File names made fit for a narrow column and for a terminal."""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import takewhile
from pathlib import PurePath

from rich.cells import cell_len

TAIL = 6  # cells of a long name's stem that stay in front of its extension


def printable(name: str) -> str:
    """`name` without characters that move the cursor, change colours or turn the text around."""
    return "".join(char if char.isprintable() else "\ufffd" for char in name)


def without_folder(names: Sequence[str]) -> list[str]:
    """`names` without the folder that all of them share."""
    folders = [os.path.dirname(name) for name in names]
    try:
        shared = os.path.commonpath(folders) if all(folders) else ""
    except ValueError:  # some absolute, some not, or on different drives
        shared = ""
    return [os.path.relpath(name, shared) if shared else name for name in names]


def shorten(names: Sequence[str], width: int, dots: str = "…") -> list[str]:
    """`names` in at most `width` cells each, cut in the middle.

    The extension stays. Names that would come out the same are cut where they are alike, so that
    the difference stays too.
    """
    short = [_cut(name, width, dots) for name in names]
    groups: dict[str, list[int]] = {}
    for i, text in enumerate(short):
        groups.setdefault(text, []).append(i)
    for same in groups.values():
        different = len({names[i] for i in same}) > 1
        alike = _alike([names[i] for i in same])
        for i in same if different else ():
            short[i] = _cut_before(names[i], alike, width, dots)
    return short


def _alike(names: Sequence[str]) -> int:
    """How many characters all `names` begin with in common."""
    columns = zip(*names, strict=False)
    return sum(1 for _ in takewhile(lambda column: len(set(column)) == 1, columns))


def _cut(name: str, width: int, dots: str) -> str:
    """Head, dots, the end of the stem, extension."""
    if cell_len(name) <= width:
        return name
    tail = min(len(_extension(name)) + TAIL, max(width // 2, 1))
    end = _last(name, tail)
    return _first(name, width - cell_len(end) - cell_len(dots)) + dots + end


def _cut_before(name: str, alike: int, width: int, dots: str) -> str:
    """Head, dots, and then what follows the first `alike` characters, as much as fits."""
    head = _first(name, width // 4)
    room = width - cell_len(head) - cell_len(dots)
    rest = name[alike:]
    if cell_len(rest) <= room:
        return head + dots + _last(name, room)
    end = _extension(name)
    return head + dots + _first(rest, room - cell_len(dots) - cell_len(end)) + dots + end


def _extension(name: str) -> str:
    suffix = PurePath(name).suffix
    return suffix if len(suffix) <= 6 else ""


def _first(text: str, cells: int) -> str:
    while text and cell_len(text) > cells:
        text = text[:-1]
    return text


def _last(text: str, cells: int) -> str:
    while text and cell_len(text) > cells:
        text = text[1:]
    return text
