"""A service that runs in this process, and a client that says exactly what it is told to."""

from __future__ import annotations

import json
import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any

from rolefit.bundle import Bundle
from rolefit.matcher import Matcher
from rolefit.pool import Pool
from rolefit.serve import Allowed
from rolefit.serve.server import bound, server
from rolefit.serve.service import Service

JSON = {"Content-Type": "application/json"}


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def error(self) -> str:
        """The type of an error that has all its parts."""
        error = self.json["error"]
        assert set(error) == {"type", "message", "hint"}
        assert all(error.values())
        return str(error["type"])


@dataclass
class Client:
    port: int
    service: Service

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, headers or {})
            got = connection.getresponse()
            return Answer(got.status, {k.lower(): v for k, v in got.getheaders()}, got.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, headers=headers)

    def post(self, path: str, content: Any, **headers: str) -> Answer:
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        return self.ask("POST", path, body, JSON | headers)

    def form(self, path: str, *fields: tuple[str, str | tuple[str, bytes]]) -> Answer:
        """Fields are (name, text) or (name, (file name, bytes))."""
        kind, body = form(*fields)
        return self.ask("POST", path, body, {"Content-Type": kind})

    def dial(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=30)


def form(*fields: tuple[str, str | tuple[str, bytes]]) -> tuple[str, bytes]:
    """(content type, body)"""
    boundary = uuid.uuid4().hex
    pieces = []
    for name, value in fields:
        said, data = f'form-data; name="{name}"', value
        if isinstance(value, tuple):
            file, data = value
            said += f'; filename="{file}"'
        raw = data if isinstance(data, bytes) else str(data).encode()
        head = f"--{boundary}\r\nContent-Disposition: {said}\r\n\r\n"
        pieces.append(head.encode() + raw + b"\r\n")
    return (
        f"multipart/form-data; boundary={boundary}",
        b"".join(pieces) + f"--{boundary}--\r\n".encode(),
    )


@contextmanager
def serving(
    bundle: Bundle, allowed: Allowed | None = None, token: str = "", hosts: tuple[str, ...] = (),
    matcher: Matcher | None = None, pools: dict[str, Pool] | None = None, changes: bool = False,
) -> Iterator[Client]:  # fmt: skip
    service = Service(matcher or Matcher(bundle), allowed, token, hosts, pools, changes)
    listening = bound("127.0.0.1", 0)
    running = server(service)
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield Client(listening.getsockname()[1], service)
    finally:
        running.should_exit = True
        thread.join(60)
        service.desk.close()
        listening.close()
    assert not thread.is_alive()


def eventually(true: Callable[[], bool], seconds: float = 60.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.02)
    return False


def until_closed(dialled: socket.socket) -> bytes:
    """All that comes until the other side hangs up."""
    pieces = []
    try:
        while piece := dialled.recv(65536):
            pieces.append(piece)
    except ConnectionError:
        pass
    return b"".join(pieces)
