"""JSON-RPC 2.0 in lines on two streams: reads on this thread, works on another, one call at a time.

A line that is too long, no JSON or no request is answered with its error, and the next is read.
"""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Callable
from typing import Any, BinaryIO

LINE = 4 << 20  # bytes
WAITING = 32  # calls that may wait
PARSE, INVALID, NO_METHOD, PARAMS, BUSY = -32700, -32600, -32601, -32602, -32000
Answer = dict[str, Any]


class RpcError(Exception):
    """An error as JSON-RPC has them."""

    def __init__(self, code: int, message: str, data: Any = None) -> None:
        super().__init__(message)
        self.code = code
        self.data = data


class Stopped(Exception):
    """Raised in a call that nobody waits for any more."""


class Call:
    """One call of a tool: answered once, by whoever is first."""

    def __init__(self, wire: Wire, id: str | int, params: dict[str, Any]) -> None:
        self.wire = wire
        self.id = id
        self.params = params
        self.stopped = threading.Event()
        self._lock = threading.Lock()
        self._answered = False

    def check(self) -> None:
        """Called now and then by the work. Raises Stopped."""
        if self.stopped.is_set():
            raise Stopped

    def answer(self, result: Answer) -> None:
        if self._first():
            self.wire.send({"jsonrpc": "2.0", "id": self.id, "result": result})

    def fail(self, error: RpcError) -> None:
        if self._first():
            self.wire.send_error(self.id, error)

    def cancel(self) -> None:
        """A client that cancels wants no answer."""
        self._first()
        self.stopped.set()

    def _first(self) -> bool:
        with self._lock:
            first, self._answered = not self._answered, True
        return first


class Wire:
    """`at_once` answers what is quick, `work` gets the calls that are not (None from `at_once`)."""

    def __init__(
        self,
        source: BinaryIO,
        target: BinaryIO,
        at_once: Callable[[str, dict[str, Any]], Answer | None],
        work: Callable[[Call], None],
    ) -> None:
        self.source = source
        self.target = target
        self.at_once = at_once
        self.work = work
        self._sending = threading.Lock()
        self._calls: queue.Queue[Call | None] = queue.Queue(WAITING)
        self._open: dict[str | int, Call] = {}

    def run(self) -> None:
        """Until the other side closes; what was asked before that is still answered."""
        worker = threading.Thread(target=self._work, daemon=True)
        worker.start()
        while line := self.source.readline(LINE + 1):
            if len(line) > LINE:
                while line and not line.endswith(b"\n"):
                    line = self.source.readline(LINE)
                self.send_error(None, RpcError(INVALID, f"a message is at most {LINE} bytes"))
            elif line.strip():
                self._take(line)
        self._calls.put(None)
        worker.join()

    def send(self, message: Answer) -> None:
        data = json.dumps(message, ensure_ascii=True, separators=(",", ":")).encode("ascii")
        with self._sending:
            try:
                self.target.write(data + b"\n")
                self.target.flush()
            except (BrokenPipeError, ValueError):
                pass  # nobody listens any more; the end of the input comes next

    def send_error(self, id: str | int | None, error: RpcError) -> None:
        content: Answer = {"code": error.code, "message": str(error)}
        if error.data is not None:
            content["data"] = error.data
        self.send({"jsonrpc": "2.0", "id": id, "error": content})

    def _take(self, line: bytes) -> None:
        try:
            message = json.loads(line)
        except (ValueError, RecursionError):
            self.send_error(None, RpcError(PARSE, "expected one JSON message a line, in UTF-8"))
            return
        if not isinstance(message, dict) or message.get("jsonrpc") != "2.0":
            self.send_error(None, RpcError(INVALID, "expected a message of JSON-RPC 2.0"))
            return
        method, id, params = message.get("method"), message.get("id"), message.get("params", {})
        if method is None:
            return  # an answer, and nothing was asked
        if "id" not in message:
            if method == "notifications/cancelled" and isinstance(params, dict):
                self._cancel(params.get("requestId"))
            return
        fit = isinstance(id, (str, int)) and not isinstance(id, bool)
        if not fit or not isinstance(method, str):
            self.send_error(None, RpcError(INVALID, "expected a method and an id, text or number"))
            return
        try:
            self._answer(method, id, params)
        except RpcError as error:
            self.send_error(id, error)

    def _answer(self, method: str, id: Any, params: Any) -> None:
        if not isinstance(params, dict):
            raise RpcError(PARAMS, "expected params as an object")
        result = self.at_once(method, params)
        if result is not None:
            self.send({"jsonrpc": "2.0", "id": id, "result": result})
            return
        if id in self._open:
            raise RpcError(INVALID, "a request of this id is not answered yet")
        self._open[id] = call = Call(self, id, params)
        try:
            self._calls.put_nowait(call)
        except queue.Full:
            del self._open[id]
            raise RpcError(BUSY, f"{WAITING} calls are waiting: ask again later") from None

    def _cancel(self, id: Any) -> None:
        if isinstance(id, (str, int)) and (call := self._open.get(id)):
            call.cancel()

    def _work(self) -> None:
        while call := self._calls.get():
            try:
                if not call.stopped.is_set():
                    self.work(call)
            finally:
                self._open.pop(call.id, None)
