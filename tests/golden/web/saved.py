"""What Python reads of postings, saved pages, escaped texts and links, and what it leaves of a job.

    PYTHONPATH=tests:tests/reading python tests/golden/web/saved.py

Writes saved.json.gz; web/tests/postings.test.ts reads the same sources and must get the same.
"""

from __future__ import annotations

import base64
import gzip
import json
from pathlib import Path
from typing import Any

from board_pages_more import PAGES
from postings import LINKS, MANY, POSTINGS

from rolefit.errors import ReadError
from rolefit.reading import chrome, read

FILE = Path(__file__).with_name("saved.json.gz")


def sources() -> dict[str, bytes]:
    texts = POSTINGS | MANY | {f"{page.name}.html": page.html for page in PAGES}
    return {name: text.encode() for name, text in texts.items()} | LINKS


def record(name: str, data: bytes) -> dict[str, Any]:
    entry: dict[str, Any] = {"file": name, "data": base64.b64encode(data).decode()}
    try:
        document = read(data, name=name)
    except ReadError as error:
        return entry | {"error": type(error).__name__, "cause": error.cause}
    left = chrome.posting(document)
    return entry | {
        "text": document.text,
        "notices": [notice.code for notice in document.notices],
        "posting": [left.line_text(line) for line in left.lines],
    }


if __name__ == "__main__":
    entries = [record(name, data) for name, data in sources().items()]
    FILE.write_bytes(gzip.compress(json.dumps(entries, ensure_ascii=False).encode(), 9, mtime=0))
    print(f"{FILE.name}: {FILE.stat().st_size:,} bytes, {len(entries)} documents")
