"""What a search looks at of everybody: one bit a dimension of two vectors, and a few numbers.

    bit d of a code  =  component d of the vector > 0
    people nearest to a vector  =  codes that differ from its code in the fewest bits

A record is 15 bytes and two codes, 143 bytes at 512 dimensions. They lie in blocks of records, in
the order of ids; a block is one blob of the pool's file, and the whole is held in memory by column.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from rolefit.records import FloatArray, HalfArray

BLOCK = 1024  # records in one blob
CHUNK = 1 << 15  # records compared at a time, so that sums stay in the processor's cache
FEW = 8  # where fewer than one in so many may be found, only those are compared

Mask = npt.NDArray[np.bool_]
Distances = npt.NDArray[np.uint16]
Ids = npt.NDArray[np.int64]
Records = npt.NDArray[Any]
NUMBERS = ("years", "level", "degree", "country", "domains", "here")


def record(hidden: int) -> np.dtype[Any]:
    """One person. `here` is 0 where nobody has the id; unknown years are NaN, a ladder's -1."""
    width = -(-hidden // 8)
    return np.dtype([
        ("document", "u1", (width,)),
        ("title", "u1", (width,)),
        ("years", "<f2"),
        ("level", "i1"),
        ("degree", "i1"),
        ("country", "<u2"),  # its two letters; 0 for none
        ("domains", "<u8"),  # a bit for each of the pool's professions that is likely
        ("here", "u1"),
    ])  # fmt: skip


def code(vector: FloatArray | HalfArray) -> npt.NDArray[np.uint8]:
    """(hidden,) -> (hidden / 8,)"""
    return np.packbits(np.asarray(vector, np.float32) > 0)


class Board:
    """All records of a pool in memory, by column; row number = id."""

    def __init__(self, hidden: int) -> None:
        self.dtype = record(hidden)
        self.words = -(-hidden // 64)
        self.rows: int = 0
        self.columns: dict[str, npt.NDArray[Any]] = {}
        self.codes: dict[str, npt.NDArray[np.uint64]] = {}
        self._grow(BLOCK)

    def reserve(self, blocks: int) -> None:
        """Make room for so many blocks at once: growing step by step takes twice the memory."""
        if blocks * BLOCK > self.rows:
            self._grow(blocks * BLOCK)

    def adopt(
        self,
        columns: dict[str, npt.NDArray[Any]],
        codes: dict[str, npt.NDArray[np.uint64]],
        rows: int,
    ) -> None:
        """Take these arrays as the board's own."""
        self.columns, self.codes, self.rows = columns, codes, rows

    def put(self, block: int, data: bytes) -> None:
        """Take in one block as it lies in the file."""
        rows = np.frombuffer(data, self.dtype)
        first = block * BLOCK
        if first + len(rows) > self.rows:
            self._grow(max(first + len(rows), self.rows + self.rows // 8))
        place = slice(first, first + len(rows))
        for name in NUMBERS:
            self.columns[name][place] = rows[name]
        for name in ("document", "title"):
            wide = np.zeros((len(rows), 8 * self.words), np.uint8)
            wide[:, : rows[name].shape[1]] = rows[name]
            self.codes[name][:, place] = wide.view(np.uint64).T

    @property
    def here(self) -> Mask:
        """Whether there is somebody, by id."""
        return self.columns["here"].view(np.bool_)

    @property
    def nbytes(self) -> int:
        arrays = (*self.columns.values(), *self.codes.values())
        return sum(array.nbytes for array in arrays)

    def _grow(self, rows: int) -> None:
        rows = -(-rows // BLOCK) * BLOCK
        for name in NUMBERS:
            fresh = np.zeros(rows, self.dtype[name])
            if name in self.columns:
                fresh[: self.rows] = self.columns[name]
            self.columns[name] = fresh
        for name in ("document", "title"):
            # A word of all codes side by side: adding up bits then runs along memory.
            codes = np.zeros((self.words, rows), np.uint64)
            if name in self.codes:
                codes[:, : self.rows] = self.codes[name]
            self.codes[name] = codes
        self.rows = rows

    def nearest(self, which: str, vector: FloatArray | HalfArray, among: Ids, count: int) -> Ids:
        """The `count` ids of `among` (rising) nearest to the vector, nearest first."""
        if not len(among):
            return among
        query = np.zeros(8 * self.words, np.uint8)
        packed = code(vector)
        query[: len(packed)] = packed
        found = self._distances(which, query.view(np.uint64), among)
        return among[smallest(found, count)]

    def _distances(self, which: str, query: npt.NDArray[np.uint64], among: Ids) -> Distances:
        codes = self.codes[which]
        if len(among) * FEW < self.rows:
            return differing(np.ascontiguousarray(codes[:, among]), query)
        return differing(codes, query)[among]


def differing(codes: npt.NDArray[np.uint64], query: npt.NDArray[np.uint64]) -> Distances:
    """How many bits of each code, (words, n), differ from the query's: (n,)."""
    count = codes.shape[1]
    total = np.zeros(count, np.uint16)
    for first in range(0, count, CHUNK):
        part = total[first : first + CHUNK]
        for word, asked in zip(codes, query, strict=True):
            part += _ones(word[first : first + CHUNK] ^ asked)
    return total


def smallest(values: Distances, count: int) -> Ids:
    """Places of the `count` smallest, smallest first; of equals the earlier ones."""
    if count < len(values):
        # Distances are few whole numbers: counting them finds the last one that is in.
        upto = np.cumsum(np.bincount(values))
        last = int(np.searchsorted(upto, count))
        places = np.flatnonzero(values <= last)
    else:
        places = np.arange(len(values))
    return places[np.argsort(values[places], kind="stable")][:count]


def _by_table(words: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint8]:
    """For numpy 1, which counts no bits."""
    parts = _ONES[words.view(np.uint16)].reshape(-1, 4)
    return np.asarray(parts.sum(axis=1, dtype=np.uint8))


_ONES = np.array([bin(number).count("1") for number in range(1 << 16)], np.uint8)
_ones: Callable[[npt.NDArray[np.uint64]], npt.NDArray[np.uint8]] = getattr(
    np, "bitwise_count", _by_table
)


def fused(lists: Iterable[Ids], count: int, rank: int = 60) -> Ids:
    """Reciprocal rank fusion (Cormack, Clarke, Buettcher 2009): by the sum of 1 / (rank + place).

    Of what is equal the smaller ids come first, so that the same pool answers the same.
    """
    some = [ids for ids in lists if len(ids)]
    if not some:
        return np.zeros(0, np.int64)
    ids, where = np.unique(np.concatenate(some), return_inverse=True)
    worth = np.concatenate([1.0 / (rank + 1 + np.arange(len(found))) for found in some])
    totals = np.bincount(where.ravel(), worth)
    return ids[np.argsort(-totals, kind="stable")][:count]
