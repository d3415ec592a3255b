"""What Python reads in documents that hide words, in honest ones alike, in RTF and in layouts.

    PYTHONPATH=tests:tests/reading python tests/golden/web/hidden.py [--documents | --missing]

Writes hidden.json, from hidden.zip: web/tests/hidden.test.ts reads the same files and must get the
same text and the same notices, with and without the hidden words. With --documents, hidden.zip is
made anew first (reportlab and zipfile do not promise the same bytes tomorrow); with --missing only
documents that it does not hold yet are added.
"""

from __future__ import annotations

import argparse
import json
import zipfile
from pathlib import Path
from typing import Any

from hidden_documents import documents

from rolefit.errors import ReadError
from rolefit.reading import read

FILE = Path(__file__).with_name("hidden.json")
DOCUMENTS = Path(__file__).with_name("hidden.zip")


def record(name: str, data: bytes) -> dict[str, Any]:
    """What is read of one file: "seen", and "whole" with the hidden words."""
    entry: dict[str, Any] = {"file": name}
    for key, with_hidden in (("seen", False), ("whole", True)):
        try:
            document = read(data, name=name, with_hidden=with_hidden)
        except ReadError as error:
            entry[key] = {"error": type(error).__name__, "cause": error.cause}
            continue
        entry[key] = {
            "text": document.text,
            "lines": len(document.lines),
            "pages": document.pages,
            "notices": [[notice.code, notice.message] for notice in document.notices],
        }
    return entry


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", action="store_true", help="make hidden.zip anew first")
    parser.add_argument("--missing", action="store_true", help="add new documents to it first")
    given = parser.parse_args()
    if given.documents or given.missing:
        mode = "w" if given.documents else "a"
        with zipfile.ZipFile(DOCUMENTS, mode, zipfile.ZIP_DEFLATED, compresslevel=9) as archive:  # type: ignore[call-overload]
            for name, data in documents().items():
                if name not in archive.namelist():
                    archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    with zipfile.ZipFile(DOCUMENTS) as archive:
        entries = [record(name, archive.read(name)) for name in archive.namelist()]
    FILE.write_text(json.dumps(entries, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(*(f"{file.name}: {file.stat().st_size:,} bytes" for file in (DOCUMENTS, FILE)), sep="\n")


if __name__ == "__main__":
    main()
