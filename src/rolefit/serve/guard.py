"""Who may ask, and what every answer carries. The outermost layer: nothing gets past it unseen.

A page that somebody opens in a browser on this computer can send requests here too. It cannot read
the answers (no CORS) unless its own name leads here (DNS rebinding), which is why the Host header
is looked at; and a form that it sends is refused by its Origin.
"""

from __future__ import annotations

import hmac
import ipaddress
import sys
import time
import traceback
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rolefit.errors import RequestError, RolefitError
from rolefit.serve.desk import Gone
from rolefit.serve.metrics import Metrics
from rolefit.serve.problems import refused, to_json

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
FREE = ("/healthz",)  # needs no token: whether it runs is no secret
OWN = ("localhost",)
GONE = 499  # among the counts: the client hung up


def answer(error: RolefitError, headers: dict[str, str] | None = None) -> Response:
    """The error as clients see it."""
    status, content, wait = refused(error)
    more = dict(headers or {})
    if wait:
        more["Retry-After"] = str(wait)
    if status == 401:
        more["WWW-Authenticate"] = "Bearer"
    return Response(to_json(content), status, more, "application/json")


@dataclass
class Guard:
    app: ASGIApp
    metrics: Metrics
    paths: Collection[str]  # that are counted by name
    head_bytes: int
    token: str = ""
    hosts: Collection[str] = field(default_factory=tuple)  # names besides this computer's own

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        seen = _Seen(send)
        started = time.perf_counter()
        self.metrics.open.inc()
        try:
            self._check_form(scope)
            self._check(scope["path"], Headers(scope=scope))
            await self.app(scope, receive, seen)
        except Exception as error:  # noqa: BLE001 - whatever it is, the service goes on
            response = self.response(error)
            if not seen.status:
                await response(scope, receive, seen)
        finally:
            path = scope["path"] if scope["path"] in self.paths else "other"
            self.metrics.open.dec()
            self.metrics.requests.labels(path, str(seen.status)).inc()
            self.metrics.seconds.labels(path).observe(time.perf_counter() - started)

    def response(self, error: Exception) -> Response:
        """What a client is told of an error; faults of ours are noted."""
        if isinstance(error, (Gone, ClientDisconnect)):
            return Response(status_code=GONE)  # nobody reads it
        if isinstance(error, RolefitError):
            if refused(error)[0] >= 500 and not isinstance(error, RequestError):
                self._note(error)
            return answer(error)
        self._note(error)
        return answer(FAULT)

    def _check_form(self, scope: Scope) -> None:
        """What came in one go was not measured on its way. Raises RequestError."""
        names = {name for name, _ in scope["headers"]}
        if {b"content-length", b"transfer-encoding"} <= names:
            # A server before this one may have gone by the other of the two.
            raise RequestError(
                400, "BadRequest", "the request says in two ways how long it is",
                "Send Content-Length or Transfer-Encoding, not both.",
            )  # fmt: skip
        size = len(scope["raw_path"]) + len(scope["query_string"])
        size += sum(len(name) + len(value) + 4 for name, value in scope["headers"])
        if size > self.head_bytes:
            raise RequestError(
                431, "HeadTooLong", f"path and headers have more than {self.head_bytes:,} bytes",
                "Send what is long in the body.",
            )  # fmt: skip

    def _check(self, path: str, headers: Headers) -> None:
        """Raises RequestError."""
        host = headers.get("host", "")
        if not self._is_ours(host):
            raise RequestError(
                403, "ForbiddenHost", "the Host header names another computer",
                "Ask by this one's address, or start the service with --allow-host and the name.",
            )  # fmt: skip
        origin = headers.get("origin")
        if origin and origin.partition("://")[2] != host:
            raise RequestError(
                403, "ForbiddenOrigin", "the request comes from a page of another place",
                "Ask from a program. Pages of other places are not let in.",
            )  # fmt: skip
        if self.token and path not in FREE and not self._is_told(headers):
            raise RequestError(
                401, "Unauthorized", "the token is missing or wrong",
                "Send it as the header Authorization: Bearer TOKEN.",
            )  # fmt: skip

    def _is_ours(self, host: str) -> bool:
        name = _without_port(host)
        if name in OWN or name in self.hosts:
            return True
        try:
            ipaddress.ip_address(name.strip("[]"))  # no name, so none that could lead elsewhere
        except ValueError:
            return False
        return True

    def _is_told(self, headers: Headers) -> bool:
        scheme, _, told = headers.get("authorization", "").partition(" ")
        right = hmac.compare_digest(told.strip().encode("latin-1", "replace"), self.token.encode())
        return right and scheme.lower() == "bearer"

    def _note(self, error: BaseException) -> None:
        """Where it happened. What an error says may quote a document, so that is not told."""
        kind = type(error).__name__
        self.metrics.faults.labels(kind).inc()
        places = " < ".join(
            f"{Path(place.filename).name}:{place.lineno}"
            for place in reversed(traceback.extract_tb(error.__traceback__)[-6:])
        )
        print(f"rolefit: fault in the service: {kind} at {places}", file=sys.stderr, flush=True)


FAULT = RequestError(
    500, "InternalError", "the service has a fault",
    "Tell whoever runs it: the kind of the fault stands in its error output.",
)  # fmt: skip


class _Seen:
    """`send` that adds the headers and remembers the status."""

    def __init__(self, send: Send) -> None:
        self.send = send
        self.status = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await self.send(message)


def _without_port(host: str) -> str:
    """ "[::1]:8000" -> "[::1]", "Name:80" -> "name"."""
    name, colon, port = host.rpartition(":")
    if colon and port.isdigit() and (name.endswith("]") or ":" not in name):
        host = name
    return host.lower().rstrip(".")


def headers_of(values: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode(), value.encode()) for name, value in values.items()]
