"""rolefit serve"""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from rolefit.cli import options
from rolefit.cli.command import echo, option
from rolefit.errors import InputError
from rolefit.settings import service_token

if TYPE_CHECKING:
    from rolefit.matcher import Matcher
    from rolefit.pool import Pool

ASKING = "What clients may ask"
SHORTEST = 16  # characters of a token


def serve(
    port: Annotated[int, option(metavar="N", min=0, max=65535, help="0: a free one.")] = 8000,
    host: Annotated[str, option(metavar="ADDRESS", help="Address to listen at.")] = "127.0.0.1",
    token_file: Annotated[
        Path | None,
        option(metavar="FILE", help="Holds what clients must show.", show_default="$ROLEFIT_TOKEN"),
    ] = None,
    without_token: Annotated[
        bool, option(metavar="", help="Let other computers in without one.")
    ] = False,
    allow_host: Annotated[
        list[str] | None,
        option(metavar="NAME", help="A name that leads here; may be given more than once."),
    ] = None,
    pool: Annotated[
        list[str] | None,
        option(metavar="POOL", help="A pool to search; may be given more than once."),
    ] = None,
    pool_changes: Annotated[
        bool, option(metavar="", help="Let clients add to pools and have people forgotten.")
    ] = False,
    max_request_mb: Annotated[
        float, option(metavar="MB", min=0.001, help="Size of a request.", panel=ASKING)
    ] = 64.0,
    max_documents: Annotated[
        int, option(metavar="N", min=1, help="Resumes or texts in a request.", panel=ASKING)
    ] = 1000,
    max_seconds: Annotated[
        float, option(metavar="S", min=1, help="Time for an answer.", panel=ASKING)
    ] = 120.0,
    model: options.Model = None,
    jobs: options.Jobs = None,
    no_cache: options.NoCache = False,
    max_mb: options.MaxMb = options.MAX_MB,
    max_pages: options.MaxPages = options.MAX_PAGES,
    timeout: options.Timeout = options.TIMEOUT,
) -> None:
    """Answer programs over HTTP: score, rank, explain, improve, inspect, embeddings, rerank.

    At 127.0.0.1 unless another address is named, which asks for a token. /docs shows what can be
    asked. SIGTERM and Ctrl-C end it once what runs is done.
    """
    token = _token(token_file)
    with options.extra("the service", "serve"):
        from rolefit.serve import MIB, TEXT, Allowed
        from rolefit.serve.server import address, bound, is_local, server
        from rolefit.serve.service import Service
    if not (is_local(host) or token or without_token):
        raise InputError(
            f"at {host} other computers reach the service, and nothing is asked of them. Give a "
            "token (ROLEFIT_TOKEN or --token-file), or let them in with --without-token"
        )
    # The languages' rooms take ten seconds for a million characters, which nothing can end.
    reading = replace(options.limits(max_mb, max_pages, timeout), characters=TEXT)
    allowed = Allowed(
        request_bytes=int(max_request_mb * MIB), documents=max_documents, seconds=max_seconds,
        held_bytes=max(Allowed().held_bytes, int(max_request_mb * MIB)),
    )  # fmt: skip
    listening = bound(host, port)
    with (
        listening,
        options.matcher(model, jobs, no_cache, reading) as matcher,
        _opened(pool or (), matcher) as pools,
    ):
        hosts = [name.lower() for name in allow_host or ()]
        service = Service(matcher, allowed, token, hosts, pools, pool_changes)
        service.warm()
        # uvicorn ends what runs and then raises the signal again, which would end us with an error.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        echo(f"{address(listening)}  (docs at /docs; Ctrl-C ends it)")
        try:
            server(service).run(sockets=[listening])
        finally:
            service.desk.close()


@contextmanager
def _opened(places: Sequence[str], matcher: Matcher) -> Iterator[dict[str, Pool]]:
    """Pools by the names of their files, or of their schemas. Raises PoolError, InputError."""
    from rolefit.pool import Pool

    with ExitStack() as opened:
        pools: dict[str, Pool] = {}
        for place in places:
            pool = opened.enter_context(Pool.open(place, matcher))
            if pool.name in pools:
                raise InputError(f"{pool.path}: another pool has the name {pool.name}. Rename one")
            pools[pool.name] = pool
        yield pools


def _token(file: Path | None) -> str:
    """Raises InputError."""
    if file is None:
        token, place = service_token(), "ROLEFIT_TOKEN"
        if not token:
            return ""
    else:
        place = str(file)
        try:
            token = file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"{file}: cannot be read as a token: {error}") from error
    if len(token) < SHORTEST or not token.isascii() or not token.isprintable() or " " in token:
        raise InputError(
            f"{place}: expected a token of at least {SHORTEST} letters, digits and signs without "
            "blanks. One is made by: python3 -c 'import secrets; print(secrets.token_urlsafe())'"
        )
    return token
