"""Work on threads: few at once, within a time, and dropped when nobody waits for it any more.

A thread cannot be ended from outside. Work gets a Ticket and asks it between documents whether to
go on, so that what a vanished client asked for ends within one document.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar

from rolefit.errors import ReadError
from rolefit.serve import Allowed
from rolefit.serve.problems import busy, late

T = TypeVar("T")
QUICK = 128 * 1024  # bytes of a request that does not wait behind piles


class Gone(Exception):
    """The client hung up: there is nobody to answer."""


class Ticket:
    """Whether work is still wanted."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.ends = time.monotonic() + seconds
        self.wanted = True

    @property
    def left(self) -> float:
        return max(0.0, self.ends - time.monotonic())

    def check(self) -> None:
        """Raises Gone or RequestError where nobody waits for the answer any more."""
        if not self.wanted:
            raise Gone
        if self.left == 0:
            raise late(self.seconds)

    def progress(self, done: int, total: int) -> None:
        """`check`, as `Matcher.rank` calls it after each document."""
        self.check()


class Unread(list[ReadError]):
    """What could not be read. A pile of such files must end with its ticket too."""

    def __init__(self, ticket: Ticket) -> None:
        super().__init__()
        self.ticket = ticket

    def append(self, error: ReadError) -> None:
        self.ticket.check()
        super().append(error)


class Desk:
    """Threads in two lanes, so that a line of text never waits behind a thousand resumes."""

    def __init__(self, allowed: Allowed, threads: int) -> None:
        self.allowed = allowed
        self.threads = threads  # of each lane
        self.pool = ThreadPoolExecutor(2 * threads, thread_name_prefix="rolefit-serve")
        self.lanes = (asyncio.Semaphore(threads), asyncio.Semaphore(threads))
        self.waiting = 0

    async def run(
        self, work: Callable[[Ticket], T], size: int, receive: Callable[[], Awaitable[Any]]
    ) -> T:
        """What `work` returns. Raises RequestError (busy, late), Gone, and what `work` raises."""
        ticket = Ticket(self.allowed.seconds)
        gone = asyncio.create_task(_gone(receive))
        done = asyncio.create_task(self._queued(work, ticket, self.lanes[size > QUICK]))
        try:
            first, _ = await asyncio.wait(
                (gone, done), timeout=ticket.left, return_when=asyncio.FIRST_COMPLETED
            )
            if done in first:
                return done.result()
            raise Gone if gone in first else late(ticket.seconds)
        finally:
            ticket.wanted = False
            gone.cancel()
            done.cancel()  # while it waits for its turn; work that runs asks its ticket

    async def _queued(
        self, work: Callable[[Ticket], T], ticket: Ticket, lane: asyncio.Semaphore
    ) -> T:
        if lane.locked() and self.waiting >= self.allowed.waiting:
            raise busy()
        self.waiting += 1
        try:
            await lane.acquire()
        finally:
            self.waiting -= 1
        loop = asyncio.get_running_loop()

        def release(_: Future[T]) -> None:
            with suppress(RuntimeError):  # the loop has ended before the work
                loop.call_soon_threadsafe(lane.release)

        try:
            future = self.pool.submit(work, ticket)
        except BaseException:
            lane.release()
            raise
        future.add_done_callback(release)
        return await asyncio.wrap_future(future)

    def close(self) -> None:
        """Begin nothing more; what runs ends by itself or by its ticket."""
        self.pool.shutdown(wait=False, cancel_futures=True)


async def _gone(receive: Callable[[], Awaitable[Any]]) -> None:
    """Returns when the client has hung up."""
    while (await receive())["type"] != "http.disconnect":
        pass
