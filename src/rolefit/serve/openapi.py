"""The OpenAPI 3.1 document, made from the list of endpoints and the types of their requests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from rolefit import __version__
from rolefit.bundle import Bundle
from rolefit.serve.endpoints import Endpoint
from rolefit.serve.schemas import ANSWERS, Schema, named

ERRORS = {
    400: "No HTTP, JSON or form that could be read.",
    401: "The token is missing or wrong.",
    403: "Asked by another computer's name, or from a page of another place.",
    404: "No such path or model.",
    408: "The request came too slowly.",
    413: "More than is allowed at once.",
    415: "Another type of body than is taken.",
    431: "Path or headers are too long.",
    422: "A field or a document that cannot be used; the message names it.",
    500: "A fault of the service.",
    503: "Too many at once, or it took too long.",
}
_PLACE = "#/components/schemas/{name}"
_ABOUT = (
    "How well resumes fit a job, from 0 to 100, with ranges and reasons. Everything is computed on "
    "the computer that the service runs on; nothing that is sent is kept as text."
)


def document(
    bundle: Bundle, endpoints: Sequence[Endpoint], models: Sequence[str], token: bool
) -> dict[str, Any]:
    """The whole document; `models`: their names; `token`: whether clients must show one."""
    _, requests = msgspec.json.schema_components(
        [endpoint.request for endpoint in endpoints], ref_template=_PLACE
    )
    for name in ("EmbeddingsRequest", "RerankRequest"):
        requests[name]["properties"]["model"]["enum"] = list(models)
    requests["EmbeddingsRequest"]["properties"]["dimensions"] |= {
        "anyOf": [{"const": bundle.hidden_size}, {"type": "null"}]
    }
    found: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {
            "title": "rolefit", "version": __version__, "summary": "Resumes and jobs, scored.",
            "description": f"{_ABOUT} The model is {bundle.name} {bundle.version}.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": {**{e.path: {"post": _operation(e)} for e in endpoints}, **_pages()},
        "components": {"schemas": {**requests, **ANSWERS}},
    }  # fmt: skip
    if token:
        found["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        found["security"] = [{"token": []}]
        found["paths"]["/healthz"]["get"]["security"] = []
    return found


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    name = endpoint.request.__name__
    content = {
        "application/json": {"schema": named(name), "example": endpoint.example},
    }
    if endpoint.options is not None:
        content["multipart/form-data"] = {"schema": _form(endpoint)}
    return {
        "operationId": endpoint.name,
        "summary": endpoint.summary,
        "description": endpoint.about,
        "requestBody": {"required": True, "content": content},
        "responses": {
            "200": _json("The answer.", endpoint.answer),
            **{str(status): _json(about, "Error") for status, about in ERRORS.items()},
        },
    }


def _form(endpoint: Endpoint) -> Schema:
    """Documents as files (any format that rolefit reads) or as text fields, and the options.

    A document has no type: in a form everything is bytes, and whatever they are is read as a text.
    """
    assert endpoint.options is not None
    _, components = msgspec.json.schema_components([endpoint.options], ref_template=_PLACE)
    properties: Schema = dict(components[endpoint.options.__name__]["properties"])
    file: Schema = {
        "contentMediaType": "application/octet-stream", "description": "A file, or a text.",
    }  # fmt: skip
    for field, said in properties.items():
        about = {"description": said["description"]} if "description" in said else {}
        if "additionalProperties" in said:  # names and numbers
            words = {"type": "string", "pattern": r".=[0-9.]+$", "examples": ["needs=2"]}
            said = {"type": "array", "items": words}
        if "items" in said:  # a field that stands once is a list of one
            properties[field] = {"anyOf": [said, said["items"]], **about}
    for field in endpoint.documents:
        many = field.endswith("s")
        several: Schema = {"type": "array", "items": file, "minItems": 1}
        properties[field] = {"anyOf": [several, file]} if many else file
    return {"type": "object", "properties": properties, "required": list(endpoint.documents)}


def _pages() -> dict[str, Any]:
    html = {"description": "A page.", "content": {"text/html": {"schema": {"type": "string"}}}}
    text = {"description": "Numbers.", "content": {"text/plain": {"schema": {"type": "string"}}}}
    whole = {
        "description": "This document.",
        "content": {"application/json": {"schema": {"type": "object"}}},
    }
    pages = {
        "/healthz": ("Whether the service runs.", _json("It does.", "Health")),
        "/metrics": ("What the service counts, for Prometheus.", text),
        "/v1/models": ("The model, as OpenAI's clients ask for it.", _json("One.", "Models")),
        "/openapi.json": ("This document.", whole),
        "/docs": ("It as a page.", html),
    }
    return {
        path: {
            "get": {
                "operationId": "get_" + path.strip("/").replace("/", "_").replace(".", "_"),
                "summary": summary,
                "responses": {
                    "200": answer,
                    **{str(status): _json(ERRORS[status], "Error") for status in (401, 403)},
                },
            }
        }
        for path, (summary, answer) in pages.items()
    }


def _json(description: str, name: str) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": named(name)}}}
