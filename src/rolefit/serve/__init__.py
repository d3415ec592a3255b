"""The HTTP service: the answers of the command line for programs, and for clients of others' APIs.

    bytes of a client -> protocol -> guard -> body -> desk (threads) -> answers -> bytes

`protocol` ends connections that dawdle, `guard` refuses whoever may not ask, `body` makes requests
of JSON and of forms, `desk` hands the work to threads and takes it back from clients that are gone,
`answers` and `conventions` do it. `endpoints` lists what can be asked; routes, the OpenAPI document
and the page of documentation are made from that list.
"""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024
TEXT = 1_000_000  # characters of one text; what the encoder reads of it is some 40,000


@dataclass(frozen=True, slots=True)
class Allowed:
    """What clients may ask of the service."""

    request_bytes: int = 64 * MIB  # of one request's body
    held_bytes: int = 256 * MIB  # of all bodies at once
    documents: int = 1000  # resumes or texts in one request
    seconds: float = 120.0  # from the arrival of a request to its answer
    waiting: int = 256  # requests that wait for a thread
    connections: int = 512
    head_seconds: float = 10.0  # for the head of a request to arrive
    body_seconds: float = 60.0  # for all of it
    unread_seconds: float = 30.0  # that an answer may wait for a client to take it
    idle_seconds: int = 15  # that a connection is kept between requests
    head_bytes: int = 32 * 1024  # of a request's first line and headers
