"""A large pool's records as they lie in memory, in a file beside it that is mapped, not read.

Beyond some hundred thousand people opening a pool is copying: 143 bytes for each. The file holds a
snapshot at one change of the pool and is never written to but where people were removed; what
changed since is read from the pool into pages of one's own (copy on write). It is made when it is
missing or far behind, and may be deleted at any time. A token that stands in the pool too tells
that it is this pool's and of this history of it.
"""

from __future__ import annotations

import json
import os
import secrets
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from rolefit.errors import PoolError
from rolefit.pool.codes import BLOCK, NUMBERS, Board
from rolefit.pool.store import Store

LEAST = 128  # blocks from which there is such a file
BEHIND = 0.1  # share of blocks that may have changed until it is made anew
_HEAD = 4096  # bytes of JSON before the columns, padded
_FORMAT = 1
_CODES = ("document", "title")


def beside(pool: Path) -> Path:
    return pool.with_name(f"{pool.name}-codes")


def load(store: Store, board: Board) -> int:
    """Map the file into the empty `board`; the change that it shows, 0 where there is none."""
    if store.file is None:
        return 0
    path = beside(store.file)
    try:
        with path.open("rb") as file:
            head = json.loads(file.read(_HEAD))
        whole = np.memmap(path, np.uint8, "c")
    except (OSError, ValueError):
        return 0
    token = store.meta("codes")
    own = isinstance(head, dict) and head == _head(
        token, head.get("change"), head.get("rows"), board
    )
    if not token or not own or len(whole) != _size(board, head["rows"]):
        return 0
    places = _places(board, head["rows"])
    rows = {name: whole[at : at + size].view(board.dtype[name]) for name, at, size in places[:-2]}
    codes = {
        name: whole[at : at + size].view(np.uint64).reshape(board.words, -1)
        for name, at, size in places[-2:]
    }
    board.adopt(rows, codes, head["rows"])
    return int(head["change"])


def due(blocks: int, changed: int) -> bool:
    """Whether to make it, where so many of the blocks had to be read from the pool."""
    return blocks >= LEAST and changed > BEHIND * blocks


def write(store: Store, board: Board, blocks: int, change: int) -> None:
    """Make the file of `board`, which is at `change`. Where it cannot be made, nothing is lost."""
    if store.file is None:
        return
    path = beside(store.file)
    token, rows = secrets.token_hex(16), blocks * BLOCK
    room = -(-rows * 9 // 8 // BLOCK) * BLOCK  # for those who come; no bytes on the disk yet
    fresh = path.with_name(f"{path.name}.{token[:8]}")
    try:
        owned = os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(owned, "w+b") as file:
            file.write(json.dumps(_head(token, change, room, board)).encode().ljust(_HEAD))
            for name, at, size in _places(board, room):
                _columns(file, board, name, at, size, rows)
            file.truncate(_size(board, room))
            file.flush()
            os.fsync(file.fileno())
        # In this order: with another token in the pool the file is not looked at.
        os.replace(fresh, path)
        with store.transaction():
            # Who was removed since would be in it.
            if store.meta("change") == str(change):
                store.set_meta("codes", token)
            else:
                delete(store)
    except (OSError, PoolError):
        pass
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def removed(store: Store, board: Board, ids: list[int]) -> None:
    """Zeros for the codes of these people. Within the transaction that removes them."""
    if store.file is None:
        return
    path = beside(store.file)
    try:
        with path.open("r+b") as file:
            head = json.loads(file.read(_HEAD))
            token = secrets.token_hex(16)
            for name, at, size in _places(board, head["rows"]):
                width = size // head["rows"] if name in NUMBERS else 8
                starts = [at] if name in NUMBERS else range(at, at + size, 8 * head["rows"])
                for start in starts:
                    for id in ids:
                        if id < head["rows"]:
                            file.seek(start + id * width)
                            file.write(bytes(width))
            file.seek(0)
            head["token"] = token
            file.write(json.dumps(head).encode().ljust(_HEAD))
            file.flush()
            os.fsync(file.fileno())
        store.set_meta("codes", token)
    except (OSError, ValueError, KeyError, TypeError):
        delete(store)


def delete(store: Store) -> bool:
    """Whether the file is gone, or never was."""
    try:
        if store.file is not None:
            beside(store.file).unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _head(token: str, change: Any, rows: Any, board: Board) -> dict[str, Any]:
    return {
        "rolefit codes": _FORMAT, "token": token, "change": change, "rows": rows,
        "record": board.dtype.itemsize, "order": sys.byteorder,
    }  # fmt: skip


def _places(board: Board, rows: int) -> list[tuple[str, int, int]]:
    """(column, first byte, bytes) of each, numbers first."""
    found, at = [], _HEAD
    for name in (*NUMBERS, *_CODES):
        size = rows * (board.dtype[name].itemsize if name in NUMBERS else 8 * board.words)
        found.append((name, at, size))
        at += size
    return found


def _size(board: Board, rows: Any) -> int:
    _, at, size = _places(board, int(rows))[-1]
    return at + size


def _columns(file: Any, board: Board, name: str, at: int, size: int, rows: int) -> None:
    if name in NUMBERS:
        file.seek(at)
        file.write(np.ascontiguousarray(board.columns[name][:rows]).data)
        return
    for number, word in enumerate(board.codes[name]):
        file.seek(at + number * size // board.words)
        file.write(np.ascontiguousarray(word[:rows]).data)
