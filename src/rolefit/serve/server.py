"""A socket and uvicorn on it: started here, ended by SIGTERM or Ctrl-C once what runs is done."""

from __future__ import annotations

import ipaddress
import logging
import socket

import uvicorn

from rolefit.errors import InputError
from rolefit.serve.protocol import protocol
from rolefit.serve.service import Service

GRACE = 5  # seconds beyond the longest request until a service that is told to end does


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens at `host`. Raises InputError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=1024)
    except OSError as error:
        raise InputError(
            f"port {port} of {host} cannot be used: {error.strerror}. Name another with --port"
        ) from error


def is_local(host: str) -> bool:
    """Whether only programs on this computer reach it there."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def server(service: Service) -> uvicorn.Server:
    """A server for `service`, not yet running; `run(sockets=[...])` runs it."""
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "asyncio", "python_multipart",
                 "python_multipart.multipart"):  # fmt: skip
        # They quote requests. What goes wrong is said by `guard`, in words that quote nothing.
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    allowed = service.allowed
    config = uvicorn.Config(
        service.app, http=protocol(allowed), loop="asyncio", ws="none", lifespan="off",
        interface="asgi3", log_config=None, access_log=False, proxy_headers=False,
        server_header=False, timeout_keep_alive=allowed.idle_seconds,
        timeout_graceful_shutdown=int(allowed.seconds) + GRACE,
        h11_max_incomplete_event_size=allowed.head_bytes,
    )  # fmt: skip
    return uvicorn.Server(config)


def address(listening: socket.socket) -> str:
    """ "http://127.0.0.1:8000/" """
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
