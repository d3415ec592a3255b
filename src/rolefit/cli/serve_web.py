"""rolefit serve-web"""

from __future__ import annotations

import functools
import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from typing import Annotated, Any, BinaryIO

from rolefit.cli.command import argument, echo, option
from rolefit.errors import InputError

# The first two let the page use several threads; the third is the page's promise, said by the host
# too; the last makes browsers ask whether a file has changed instead of guessing.
HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Content-Security-Policy": "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; "
    "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm"}


class Handler(SimpleHTTPRequestHandler):
    """Files of one folder, brotli copies where there are any and the browser takes them."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | TYPES
    protocol_version = "HTTP/1.1"

    def send_head(self) -> BinaryIO | None:
        path = self.translate_path(self.path)
        if os.path.isfile(path) and os.path.isfile(path + ".br") and self._takes_brotli():
            return self._send_packed(path)
        return super().send_head()

    def _takes_brotli(self) -> bool:
        offered = self.headers.get("Accept-Encoding", "")
        return "br" in (item.split(";")[0].strip() for item in offered.split(","))

    def _send_packed(self, path: str) -> BinaryIO | None:
        packed = open(path + ".br", "rb")  # noqa: SIM115 - closed by the caller, as its parent does
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "br")
        self.send_header("Content-Length", str(os.fstat(packed.fileno()).st_size))
        self.end_headers()
        return packed

    def list_directory(self, path: str | os.PathLike[str]) -> None:
        """Folders are not listed: only the page's own files are meant to be seen."""
        self.send_error(HTTPStatus.NOT_FOUND, "File not found")

    def end_headers(self) -> None:
        for name, value in HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is logged: who opened the page is nobody's business."""


class Server(ThreadingHTTPServer):
    def server_bind(self) -> None:
        """As its parent, which also asks the resolver, and so maybe the network, for a name."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]  # type: ignore[assignment]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that hangs up is no error; anything else is told as its parent tells it."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def server(site: Path, host: str, port: int) -> Server:
    """A server that is bound and not yet running. Raises InputError."""
    if not (site / "index.html").is_file():
        raise InputError(
            f"{site}: expected an exported page, there is no index.html. "
            f"Make one with: rolefit export web --out {site}"
        )
    try:
        return Server((host, port), functools.partial(Handler, directory=str(site)))
    except OSError as error:
        raise InputError(
            f"port {port} of {host} cannot be used: {error.strerror}. Name another with --port"
        ) from error


def serve_web(
    site: Annotated[
        Path | None, argument(metavar="SITE", help="Folder of `export web`; default: the own page.")
    ] = None,
    port: Annotated[int, option(metavar="N", min=0, max=65535, help="0: a free one.")] = 8000,
    host: Annotated[str, option(metavar="NAME", help="Address to listen at.")] = "127.0.0.1",
) -> None:
    """Serve the browser app on this computer, with the headers that let it use several threads."""
    with own_page() if site is None else nullcontext(site) as folder:
        running = server(folder, host, port)
        echo(f"http://{host}:{running.server_address[1]}/  (Ctrl-C ends it)")
        with running:
            running.serve_forever()


@contextmanager
def own_page() -> Iterator[Path]:
    """The page and the model of this installation, for as long as they are served."""
    from rolefit.export.web import export_web

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # or the folder would stay
    with tempfile.TemporaryDirectory(prefix="rolefit-") as folder:
        export_web(Path(folder))
        yield Path(folder)
