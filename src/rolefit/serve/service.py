"""The application: what it holds, and how a request becomes an answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rolefit.errors import RequestError
from rolefit.matcher import Matcher
from rolefit.pool import Pool
from rolefit.reading import Limits
from rolefit.serve import Allowed, body, conventions, openapi, page
from rolefit.serve.desk import Desk
from rolefit.serve.endpoints import CHANGES, ENDPOINTS, PAGES, POOLS, Endpoint
from rolefit.serve.guard import Guard, answer
from rolefit.serve.metrics import TYPE, Metrics
from rolefit.serve.problems import to_json

Handler = Callable[[Request], Awaitable[Response]]


class Service:
    """What all requests share. `app` is the ASGI application.

    With `changes` clients may add to `pools` and have people forgotten.
    """

    def __init__(
        self,
        matcher: Matcher,
        allowed: Allowed | None = None,
        token: str = "",
        hosts: Collection[str] = (),
        pools: Mapping[str, Pool] | None = None,
        changes: bool = False,
    ) -> None:
        self.matcher = matcher
        self.fast = matcher.without_reader()
        self.bundle = matcher.bundle
        self.pools = dict(pools or {})
        self.endpoints = (
            *ENDPOINTS,
            *(POOLS if self.pools else ()),
            *(CHANGES if self.pools and changes else ()),
        )
        self.allowed = allowed or Allowed()
        self.metrics = Metrics()
        self.held = body.Held(self.allowed.held_bytes)
        self.desk = Desk(self.allowed, matcher.encoder.jobs)
        self.metrics.waiting.set_function(lambda: self.desk.waiting)
        self.metrics.held.set_function(lambda: self.held.bytes)
        self.schema = openapi.document(
            self.bundle, self.endpoints, conventions.names(self), bool(token)
        )
        paths = [*PAGES, *(endpoint.path for endpoint in self.endpoints)]
        most = self.allowed.head_bytes
        self.app = Guard(self._routes(), self.metrics, paths, most, token, hosts)

    @property
    def limits(self) -> Limits:
        """Of one document."""
        return self.matcher.intake.limits

    def warm(self) -> None:
        """Load all that the first requests would wait for. Raises BundleError."""
        self.matcher.explain("Nurse, 2019 to 2021.", "We look for a nurse with a licence.")
        if self.matcher.reader is not None:
            _ = self.matcher.reader.session

    def _routes(self) -> Starlette:
        pages: dict[str, tuple[str, bytes]] = {
            "/": ("text/html", page.html(self.schema).encode()),
            "/docs": ("text/html", page.html(self.schema).encode()),
            "/openapi.json": ("application/json", to_json(self.schema)),
            "/healthz": ("application/json", to_json({"status": "ok"})),
            "/v1/models": ("application/json", to_json(conventions.models(self))),
        }
        routes = [Route(path, _fixed(*content)) for path, content in pages.items()]
        routes.append(Route("/metrics", self._metrics))
        routes += [
            Route(endpoint.path, self._handler(endpoint), methods=["POST"])
            for endpoint in self.endpoints
        ]
        app = Starlette(
            routes=routes,
            exception_handlers={HTTPException: _not_found},
        )
        app.router.redirect_slashes = False
        return app

    async def _metrics(self, request: Request) -> Response:
        return Response(self.metrics.text(), headers={"Content-Type": TYPE})

    def _handler(self, endpoint: Endpoint) -> Handler:
        async def handle(request: Request) -> Response:
            try:
                return Response(await answered(request), media_type="application/json")
            except Exception as error:  # noqa: BLE001 - Starlette would answer it in its own way
                return self.app.response(error)

        async def answered(request: Request) -> bytes:
            with self.held.counting() as pieces:
                forms = endpoint.options is not None
                raw = await body.received(request, forms, self.allowed, self.held, pieces)
                return await self.desk.run(
                    lambda ticket: to_json(
                        endpoint.work(self, endpoint.asked(raw, self.allowed), ticket)
                    ),
                    sum(pieces),
                    request.receive,
                )

        return handle


def _fixed(kind: str, content: bytes) -> Handler:
    async def handle(request: Request) -> Response:
        return Response(content, media_type=kind)

    return handle


async def _not_found(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 405:
        allowed = (error.headers or {}).get("Allow", "")
        return answer(
            RequestError(
                405, "MethodNotAllowed", f"{request.method} is not what this path is asked with",
                f"Use {allowed}.",
            ),
            {"Allow": allowed},
        )  # fmt: skip
    return answer(
        RequestError(
            404, "NotFound", "there is nothing at this path",
            "GET /docs shows what there is.",
        )
    )  # fmt: skip
