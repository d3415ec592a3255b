"""HTTP/1.1 of uvicorn, with an end to all waiting for a client.

uvicorn waits for ever for a request that was begun, and for an answer to be taken. Here a
connection has some seconds for the head of a request, some more for all of it, and some to take its
answer; and where there are as many connections as are allowed, a new one takes the place of the
oldest that keeps the service waiting.
"""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import Any, cast

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from rolefit.errors import RequestError
from rolefit.serve import Allowed
from rolefit.serve.guard import HEADERS, headers_of
from rolefit.serve.problems import busy, refused, to_json

_MALFORMED = RequestError(
    400, "BadRequest", "this is no HTTP/1.1 request, or its head is too long",
    "Let an HTTP library write it.",
)  # fmt: skip
_SLOW = RequestError(
    408, "RequestTimeout", "the request came too slowly", "Send it again, in one go."
)


class Protocol(H11Protocol):
    """One connection. `allowed` is set by `protocol`, which makes the class that is used."""

    allowed: Allowed

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._born = self.loop.time()
        self._timer: asyncio.TimerHandle | None = None  # for a request to arrive
        self._unread: asyncio.TimerHandle | None = None  # for an answer to be taken
        self._in_body = False
        self._arm(self.allowed.head_seconds)
        if len(self.connections) > self.allowed.connections:
            self._make_room()

    def data_received(self, data: bytes) -> None:
        if self._timer is None:
            self._arm(self.allowed.head_seconds)
        super().data_received(data)
        self._follow()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._in_body = False
        self._follow()
        if self.transport.get_write_buffer_size():
            self._wait_until_taken()

    def connection_lost(self, exc: Exception | None) -> None:
        self._disarm()
        if self._unread is not None:
            self._unread.cancel()
        self._unset_keepalive_if_required()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._wait_until_taken()

    def timeout_keep_alive_handler(self) -> None:
        if self.transport.get_write_buffer_size():
            self.transport.abort()
        else:
            super().timeout_keep_alive_handler()

    def send_400_response(self, msg: str) -> None:
        self._refuse(_MALFORMED)

    @property
    def dawdles(self) -> bool:
        """Whether nothing is being worked on for it: it is idle, or its request is incomplete."""
        return self.cycle is None or self.cycle.response_complete or self.cycle.more_body

    def _follow(self) -> None:
        """Set the clock by where the request stands that is arriving now."""
        state = self.conn.their_state
        if state is h11.SEND_BODY and not self._in_body:
            self._in_body = True
            self._arm(self.allowed.body_seconds)
        elif state not in (h11.IDLE, h11.SEND_BODY) or not self._begun():
            self._disarm()

    def _begun(self) -> bool:
        """Whether a part of a request is there."""
        return self.conn.their_state is h11.SEND_BODY or bool(self.conn.trailing_data[0])

    def _arm(self, seconds: float) -> None:
        self._disarm()
        self._timer = self.loop.call_later(seconds, self._late)

    def _disarm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _late(self) -> None:
        self._timer = None
        if self.conn.their_state is h11.IDLE and not self._begun():
            self.transport.close()  # it never said a word
        else:
            self._refuse(_SLOW)

    def _refuse(self, error: RequestError) -> None:
        """Answer and hang up; without an answer where another one has begun."""
        status, content, _ = refused(error)
        body = to_json(content)
        own = {"Content-Type": "application/json", "Content-Length": str(len(body)),
               "Connection": "close"}  # fmt: skip
        try:
            reason = HTTPStatus(status).phrase.encode()
            head = h11.Response(
                status_code=status, headers=headers_of(HEADERS | own), reason=reason
            )
            events = (head, h11.Data(data=body), h11.EndOfMessage())
            answer = b"".join(self.conn.send(event) or b"" for event in events)
        except h11.LocalProtocolError:
            self.transport.abort()
            return
        if self.cycle is not None:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self.transport.write(answer)
        self.transport.close()
        self._wait_until_taken()

    def _wait_until_taken(self) -> None:
        if self._unread is None:
            seconds = self.allowed.unread_seconds
            self._unread = self.loop.call_later(seconds, self._hang_up_if_unread)

    def _hang_up_if_unread(self) -> None:
        self._unread = None
        if self.transport.get_write_buffer_size():
            self.transport.abort()

    def _make_room(self) -> None:
        others = cast("set[Any]", self.connections) - {self}
        slow = min(
            (one for one in others if one.dawdles), key=lambda one: one._born, default=None
        )  # fmt: skip
        if slow is not None:
            self.connections.discard(slow)
            slow.transport.abort()
        else:
            self._refuse(busy())


def protocol(allowed: Allowed) -> type[Protocol]:
    """The class for connections that are allowed so much."""
    return type("Protocol", (Protocol,), {"allowed": allowed})
