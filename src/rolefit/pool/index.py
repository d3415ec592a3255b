"""What a pool holds in memory of everybody, and how it keeps up with the pool."""

from __future__ import annotations

from rolefit.pool import mapped
from rolefit.pool.codes import Board
from rolefit.pool.store import Store


class Index:
    """The board of one store. Its owner holds a lock."""

    def __init__(self, store: Store, hidden: int) -> None:
        self.store = store
        self.hidden = hidden
        self.board = Board(hidden)
        self._seen = 0  # the last change of the pool that the board knows
        self._behind = 0  # blocks that the file to be mapped lacks
        self._due: tuple[int, int] | None = None  # (blocks, change) to make that file of

    def refresh(self) -> None:
        """Take in what any process has changed since. Within a snapshot."""
        change = int(self.store.meta("change"))
        if change == self._seen:
            return
        known = self._seen or mapped.load(self.store, self.board)
        (last,) = self.store.db.execute("SELECT max(block) FROM blocks").fetchone()
        blocks, read = (last or 0) + 1, 0
        self.board.reserve(blocks)
        for block, data in self.store.blocks(known):
            self.board.put(block, data)
            read += 1
        self._behind += read
        self._due = (blocks, change) if mapped.due(blocks, self._behind) else None
        self._seen = change

    def settle(self) -> None:
        """What is to be done between two snapshots."""
        if self._due is not None:
            due, self._due, self._behind = self._due, None, 0
            mapped.write(self.store, self.board, *due)

    def let_go(self) -> bool:
        """Forget all, and delete the file; whether that could be done."""
        self.board, self._seen, self._behind, self._due = Board(self.hidden), 0, 0, None
        return mapped.delete(self.store)
