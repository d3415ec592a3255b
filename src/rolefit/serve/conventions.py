"""What clients of other programs say: OpenAI's embeddings, Cohere's and Jina's rerank, TEI's both.

Vectors and scores are ours; the words around them are theirs. A query is a job, the documents are
resumes, and a relevance is the score over 100.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from rolefit.errors import ReadError, RequestError
from rolefit.reading import from_text
from rolefit.records import Encoding, Match
from rolefit.serve.answers import truncated
from rolefit.serve.body import Asked, check_count
from rolefit.serve.desk import Ticket
from rolefit.serve.problems import invalid, too_large
from rolefit.serve.requests import (
    EmbeddingsRequest,
    RerankRequest,
    TeiEmbedRequest,
    TeiRerankRequest,
)

if TYPE_CHECKING:
    from rolefit.serve.service import Service

NAME = "rolefit"  # of the model that the service runs, whichever it is


def models(service: Service) -> dict[str, Any]:
    """OpenAI's list of models."""
    return {
        "object": "list",
        "data": [
            {"id": name, "object": "model", "created": 0, "owned_by": "rolefit"}
            for name in names(service)
        ],
    }


def embeddings(service: Service, asked: Asked, ticket: Ticket) -> dict[str, Any]:
    request: EmbeddingsRequest = asked.options
    _check_model(service, request.model)
    width = service.bundle.hidden_size
    if request.dimensions not in (None, width):
        raise invalid(f"dimensions: vectors have {width} numbers, {request.dimensions} were asked")
    texts = [request.input] if isinstance(request.input, str) else request.input
    found = _encoded(service, texts, "input", ticket)
    tokens = sum(encoding.n_tokens for encoding in found)
    return {
        "object": "list",
        "data": [
            {
                "object": "embedding",
                "index": index,
                "embedding": _vector(encoding, request.encoding_format),
                "truncated": encoding.dropped > 0,
            }
            for index, encoding in enumerate(found)
        ],
        "model": request.model,
        "usage": {"prompt_tokens": tokens, "total_tokens": tokens},
    }


def rerank(service: Service, asked: Asked, ticket: Ticket) -> dict[str, Any]:
    request: RerankRequest = asked.options
    _check_model(service, request.model)
    texts = [item if isinstance(item, str) else item.text for item in request.documents]
    results = []
    for index, match in _ranked(service, request.query, texts, "documents", ticket):
        result: dict[str, Any] = {
            "index": index,
            "relevance_score": match.score / 100,
            "score": match.score,
            "band": list(match.band),
            "truncated": truncated(match),
        }
        if request.return_documents:
            result["document"] = {"text": texts[index]}
        results.append(result)
    return {"model": request.model, "results": results[: request.top_n]}


def tei_embed(service: Service, asked: Asked, ticket: Ticket) -> list[list[float]]:
    request: TeiEmbedRequest = asked.options
    texts = [request.inputs] if isinstance(request.inputs, str) else request.inputs
    found = _encoded(service, texts, "inputs", ticket)
    for index, encoding in enumerate(found):
        if encoding.dropped and not request.truncate:
            raise _too_long(service, f"inputs[{index}]")
    return [encoding.vector.tolist() for encoding in found]


def tei_rerank(service: Service, asked: Asked, ticket: Ticket) -> list[dict[str, Any]]:
    request: TeiRerankRequest = asked.options
    results = []
    for index, match in _ranked(service, request.query, request.texts, "texts", ticket):
        if truncated(match) and not request.truncate:
            raise _too_long(service, f"the query or texts[{index}]")
        result = {
            "index": index,
            "score": match.score if request.raw_scores else match.score / 100,
            "band": list(match.band),
            "truncated": truncated(match),
        }
        if request.return_text:
            result["text"] = request.texts[index]
        results.append(result)
    return results


def _encoded(service: Service, texts: Sequence[str], field: str, ticket: Ticket) -> list[Encoding]:
    """Encodings of texts, several at once; a vector is the same whatever comes with it."""
    check_count(len(texts), field, service.allowed)
    ticket.check()
    service.metrics.texts.inc(len(texts))
    encoder = service.matcher.encoder
    if len(texts) == 1:  # no thread of its own is worth it
        return [encoder.encode_units(texts[0], ())]
    return list(encoder.encodings(texts, check=ticket.check))


def _ranked(
    service: Service, query: str, texts: Sequence[str], field: str, ticket: Ticket
) -> list[tuple[int, Match]]:
    """(place in `texts`, match), best first."""
    check_count(len(texts), field, service.allowed)
    places = {f"{field}[{place}]": place for place in range(len(texts))}
    try:
        job = from_text(query, name="query")
        resumes = [from_text(text, name=name) for name, text in zip(places, texts, strict=True)]
    except ReadError as error:
        raise invalid(str(error)) from error
    matches = service.matcher.rank(job, resumes, progress=ticket.progress)
    service.metrics.documents.inc(1 + len(matches))
    return [(places[match.resume], match) for match in matches]


def _vector(encoding: Encoding, form: str) -> str | list[float]:
    if form == "base64":
        return base64.b64encode(encoding.vector.astype(np.dtype("<f4")).tobytes()).decode()
    floats: list[float] = encoding.vector.tolist()
    return floats


def names(service: Service) -> tuple[str, ...]:
    """What clients may call the model."""
    bundle = service.bundle
    return tuple(dict.fromkeys((NAME, bundle.name, f"{bundle.name}-{bundle.version}")))


def _check_model(service: Service, name: str) -> None:
    if name not in names(service):
        raise RequestError(
            404, "UnknownModel", f"there is no model {name!r} here",
            f"Ask for one of: {', '.join(names(service))}.",
        )  # fmt: skip


def _too_long(service: Service, what: str) -> RequestError:
    return too_large(
        f"{what} is longer than the {service.bundle.max_tokens:,} tokens that the model reads",
        "Send less, or with truncate: true to have its beginning read.",
    )
