"""A document as bytes and back, equal in every field.

Profiles are packed as the cache packs them; a document's text is what its scores can be explained
and made anew from, with another model too.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import asdict
from typing import Any

from rolefit.pool.facts import Facts
from rolefit.records import Document, Line, Notice


def pack_document(document: Document) -> bytes:
    content = {
        "name": document.name, "text": document.text, "kind": document.kind,
        "pages": document.pages, "sha256": document.sha256,
        "lines": [[line.start, line.end, line.page] for line in document.lines],
        "furniture": [[line.start, line.end, line.page] for line in document.furniture],
        "notices": [[notice.code, notice.message] for notice in document.notices],
        "columns": document.columns,
    }  # fmt: skip
    return zlib.compress(json.dumps(content).encode(), 6)


def unpack_document(data: bytes) -> Document:
    """Raises zlib.error, ValueError and KeyError for what was altered."""
    known = json.loads(zlib.decompress(data))
    return Document(
        name=known["name"], text=known["text"], lines=_lines(known["lines"]), kind=known["kind"],
        pages=known["pages"], sha256=known["sha256"],
        notices=tuple(Notice(*notice) for notice in known["notices"]),
        furniture=_lines(known["furniture"]), columns=tuple(known["columns"]),
    )  # fmt: skip


def pack_facts(facts: Facts) -> str:
    return json.dumps(asdict(facts), ensure_ascii=True)


def unpack_facts(text: str) -> Facts:
    known = json.loads(text)
    lists = {name: tuple(value) for name, value in known.items() if isinstance(value, list)}
    return Facts(**{**known, **lists})


def _lines(rows: list[list[Any]]) -> tuple[Line, ...]:
    return tuple(Line(*row) for row in rows)
