"""The one writer of documents.zip and golden.json: what Python makes of documents of many formats.

    PYTHONPATH=tests:tests/reading python tests/golden/web/record.py [--documents]

Any other implementation must agree: web/tests/golden.test.ts compares the TypeScript rooms. Without
--documents the files of documents.zip stay as they are. Record anew only when the model or a reader
is meant to change, and say why in the commit.

Arrays are base64 of zlib of little-endian numbers: int32 for ids and spans, float16 for vectors.
Offsets count code points.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import zipfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np

from rolefit.bundle import Bundle
from rolefit.errors import ReadError
from rolefit.matcher import Matcher
from rolefit.reading import read
from rolefit.records import Document, Match

HERE = Path(__file__).parent
FILE = HERE / "golden.json"
DOCUMENTS = HERE / "documents.zip"
NOT_ENCODED = "text-too-long.txt"  # its 8,192 tokens would take most of the tests' time


def load_documents() -> dict[str, bytes]:
    with zipfile.ZipFile(DOCUMENTS) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def record() -> dict[str, Any]:
    matcher = Matcher(Bundle.open(), jobs=1)
    files = load_documents()
    good = {n: read(data, name=n) for n, data in files.items() if not n.startswith("not-read/")}
    jobs = [document for name, document in good.items() if name.startswith("job-")]
    resumes = [document for name, document in good.items() if name.startswith("resume-")]
    rows = _pairs(matcher, resumes, jobs)
    return {
        "bundle": matcher.bundle.sha256,
        "documents": [_entry(matcher, document) for document in good.values()],
        "jobs": [job.name for job in jobs],
        "resumes": [resume.name for resume in resumes],
        "features": list(matcher.mapper.feature_names),
        "scores": [[round(match.score, 3) for match in row] for row in rows],
        "values": [[[round(v, 5) for v in match.features.values] for match in row] for row in rows],
        "pair_notices": [[[n.code for n in match.notices] for match in row] for row in rows],
        "not_read": [
            _refusal(name, data) for name, data in files.items() if name.startswith("not-read/")
        ],
    }


def _pairs(
    matcher: Matcher, resumes: list[Document], jobs: list[Document]
) -> list[tuple[Match, ...]]:
    """A row for each resume, a Match for each job; each document is encoded once."""
    people = list(matcher.intake.prepare((resume, "resume") for resume in resumes))
    wanted = matcher.intake.prepare((job, "job") for job in jobs)
    return list(zip(*(matcher.matches(job, people) for job in wanted), strict=True))


def _entry(matcher: Matcher, document: Any) -> dict[str, Any]:
    tokens = matcher.encoder.tokenize(document.text)
    entry = {
        "file": document.name,
        "kind": document.kind,
        "pages": document.pages,
        "lines": len(document.lines),
        "sha256": document.sha256,
        "text_sha256": hashlib.sha256(document.text.encode()).hexdigest(),
        "notices": [notice.code for notice in document.notices],
        "ids": pack(tokens.ids, "<i4"),
        "starts": pack(tokens.spans[:, 0], "<i4"),
        "ends": pack(tokens.spans[:, 1], "<i4"),
        "dropped": tokens.dropped,
    }
    if document.name != NOT_ENCODED:
        encoding = matcher.encoder.encode_document(document)
        entry["vector"] = pack(encoding.vector, "<f2")
        # Two numbers check a line's 512: its cosines with the document and with the line before.
        before = np.roll(encoding.lines, 1, axis=0)
        pairs = [encoding.lines @ encoding.vector, (encoding.lines * before).sum(axis=1)]
        entry["line_cosines"] = pack(np.stack(pairs, axis=1).ravel(), "<f2")
    return entry


def _refusal(name: str, data: bytes) -> dict[str, str]:
    try:
        read(data, name=name)
    except ReadError as error:
        return {"file": name, "error": type(error).__name__, "cause": error.cause}
    raise AssertionError(f"{name} was read")


def pack(values: Any, dtype: str) -> str:
    return base64.b64encode(zlib.compress(np.asarray(values).astype(dtype).tobytes(), 9)).decode()


def _write_documents() -> None:
    from golden.web.documents import documents, unreadable

    files = documents() | {f"not-read/{name}": data for name, data in unreadable().items()}
    with zipfile.ZipFile(DOCUMENTS, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", action="store_true", help="make documents.zip anew first")
    if parser.parse_args().documents:
        _write_documents()
    FILE.write_text(json.dumps(record()) + "\n", encoding="utf-8")
    print(*(f"{file.name}: {file.stat().st_size:,} bytes" for file in (DOCUMENTS, FILE)), sep="\n")
