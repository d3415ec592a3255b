"""Bodies of requests: JSON, or a form with files. Everything stays in memory, nothing on disk."""

from __future__ import annotations

import re
import sys
from collections.abc import AsyncGenerator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import msgspec
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from rolefit.errors import RequestError
from rolefit.reading import Part
from rolefit.serve import MIB, TEXT, Allowed, forms
from rolefit.serve.forms import Form, Item
from rolefit.serve.problems import busy, invalid, too_large
from rolefit.serve.requests import SEEN, AnyText

FORM = "multipart/form-data"
JSON = "application/json"
_CHARSET = re.compile(r';\s*charset="?([^\s;"]*)', re.IGNORECASE)
_FIELDS = 64  # of a form, besides its documents


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it is worked on: documents by the field they came in, and the rest."""

    documents: dict[str, list[Item]] = field(default_factory=dict)
    options: Any = None


class Held:
    """Bytes of bodies that are in memory, of all requests at once."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.bytes = 0

    @contextmanager
    def counting(self) -> Iterator[list[int]]:
        """A list for the sizes of one request's pieces, which are let go at the end."""
        pieces: list[int] = []
        try:
            yield pieces
        finally:
            self.bytes -= sum(pieces)

    def take(self, size: int, pieces: list[int]) -> None:
        """Raises RequestError where there is no room."""
        if self.bytes + size > self.most:
            raise busy()
        self.bytes += size
        pieces.append(size)


async def received(
    request: Request, forms: bool, allowed: Allowed, held: Held, pieces: list[int]
) -> bytes | Form:
    """The body as it came. Raises RequestError for another type, or for more than is allowed."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    _check_type(request, kind, forms)
    said = request.headers.get("content-length", "0")
    if said.isdigit() and int(said) > allowed.request_bytes:
        raise _too_long(allowed)
    pieces_of = _bounded(request, allowed, held, pieces)
    if kind == FORM:
        return await _form(request, pieces_of, allowed)
    return b"".join([piece async for piece in pieces_of])


def _check_type(request: Request, kind: str, forms: bool) -> None:
    if kind != JSON and not (forms and kind == FORM):
        wanted = f"{JSON} or {FORM}" if forms else JSON
        raise RequestError(
            415, "UnsupportedMediaType", f"expected a body of {wanted}, got {kind or 'no type'}",
            f"Send the header Content-Type: {JSON}.",
        )  # fmt: skip
    charset = _CHARSET.search(request.headers.get("content-type", ""))
    if charset and charset[1].lower() not in ("utf-8", "utf8"):
        raise RequestError(
            415, "UnsupportedMediaType", f"expected UTF-8, got {charset[1]}", "Send it in UTF-8."
        )  # fmt: skip
    coding = request.headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("", "identity"):
        raise RequestError(
            415, "UnsupportedMediaType", f"expected a body as it is, got one packed with {coding}",
            "Send it without Content-Encoding.",
        )  # fmt: skip


async def _bounded(
    request: Request, allowed: Allowed, held: Held, pieces: list[int]
) -> AsyncGenerator[bytes, None]:
    async for piece in request.stream():
        held.take(len(piece), pieces)
        if sum(pieces) > allowed.request_bytes:
            raise _too_long(allowed)
        yield piece


def _too_long(allowed: Allowed) -> RequestError:
    return too_large(
        f"the request is larger than {allowed.request_bytes / MIB:g} MiB",
        "Send fewer documents at once, or start the service with more --max-request-mb.",
    )


class _Parser(MultiPartParser):
    spool_max_size = sys.maxsize  # beyond that a file would go to disk

    def on_part_end(self) -> None:
        if self._current_part.file is None:
            try:
                self._current_part.data.decode("utf-8")
            except UnicodeDecodeError as error:
                raise MultiPartException("a field is no UTF-8") from error
        super().on_part_end()


async def _form(request: Request, pieces: AsyncGenerator[bytes, None], allowed: Allowed) -> Form:
    parser = _Parser(
        request.headers, pieces, max_files=allowed.documents + _FIELDS,
        max_fields=allowed.documents + _FIELDS, max_part_size=4 * TEXT,
    )  # fmt: skip
    try:
        found = await parser.parse()
    except MultiPartException as error:
        raise RequestError(
            400, "BadRequest", f"the form cannot be read: {error.message.rstrip('.')}",
            "Send it as multipart/form-data with a boundary, as browsers and curl -F do.",
        ) from error  # fmt: skip
    form: Form = []
    for name, value in found.multi_items():
        if isinstance(value, UploadFile):
            data = value.file.read()
            value.file.close()
            form.append((name, Part(value.filename or name, data)))
        else:
            form.append((name, value))
    return form


def decoded(body: bytes, kind: type[msgspec.Struct]) -> Any:
    """JSON as `kind`. Raises RequestError."""
    try:
        return _typed(body, kind)
    except msgspec.ValidationError as error:
        raise invalid(_said(error)) from error
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        raise RequestError(
            400, "BadRequest", f"expected JSON in UTF-8: {_said(error)}",
            "Let a JSON library write the body.",
        ) from error  # fmt: skip


def _typed(body: bytes, kind: type[msgspec.Struct]) -> Any:
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        if "got `float`" not in str(error):
            raise
        # Some programs write 5.0 for 5, which JSON Schema calls an integer too.
        return msgspec.convert(_whole(msgspec.json.decode(body)), kind)


def _whole(content: Any) -> Any:
    if isinstance(content, float) and content.is_integer():
        return int(content)
    if isinstance(content, dict):
        return {name: _whole(value) for name, value in content.items()}
    return [_whole(value) for value in content] if isinstance(content, list) else content


def asked(
    raw: bytes | Form, kind: type[msgspec.Struct], options: type[msgspec.Struct] | None,
    fields: Iterable[str], allowed: Allowed,
) -> Asked:  # fmt: skip
    """What a body asks for; its documents are in `fields`. Raises RequestError."""
    if isinstance(raw, bytes):
        request = decoded(raw, kind)
        documents = {name: _named(getattr(request, name), name) for name in fields}
        found = Asked(documents, request)
    else:
        assert options is not None
        documents, given = forms.parted(raw, tuple(fields))
        _check_documents(documents, kind)
        found = Asked(documents, _converted(given, options))
    for name, items in found.documents.items():
        check_count(len(items), name, allowed)
    return found


def check_count(count: int, name: str, allowed: Allowed) -> None:
    """Raises RequestError for more than are allowed at once."""
    if count > allowed.documents:
        raise too_large(
            f"{name} holds {count:,}, and at most {allowed.documents:,} are taken at once",
            "Send them in several requests, or start the service with more --max-documents.",
        )


def _named(value: Any, name: str) -> list[Item]:
    """One value, or a list, each with the name that it was given or that of its place."""
    if isinstance(value, list):
        return [_text(item, f"{name}[{place}]") for place, item in enumerate(value)]
    return [_text(value, name)]


def _text(value: Any, place: str) -> Item:
    if isinstance(value, str):
        return AnyText(value, place)
    return AnyText(value.text, value.name or place)


def _check_documents(documents: dict[str, list[Item]], kind: type[msgspec.Struct]) -> None:
    many = {part.name for part in msgspec.structs.fields(kind) if "list[" in str(part.type).lower()}
    for name, items in documents.items():
        if not items or (len(items) > 1 and name not in many):
            wanted = "at least one" if name in many else "one"
            raise invalid(f"expected {wanted} {name!r} in the form, got {len(items)}")


def _converted(given: dict[str, list[str | Part]], options: type[msgspec.Struct]) -> Any:
    try:
        return msgspec.convert(forms.values(given, options), options, strict=False)
    except msgspec.ValidationError as error:
        raise invalid(_said(error)) from error


def _said(error: Exception) -> str:
    """The library's words, without its quotes of code."""
    said = str(error).replace("`", "").rstrip(".")
    return said.replace(f"str matching regex {SEEN!r}", "a text that is not empty")
