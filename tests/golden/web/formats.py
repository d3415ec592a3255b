"""What Python finds in files that hold documents, and in resumes as data.

    PYTHONPATH=tests:tests/reading python tests/golden/web/formats.py [--documents]

Writes formats.json, from formats.zip: web/tests/formats.test.ts opens the same files and must find
the same documents and refuse the same. With --documents, formats.zip is made anew first.
"""

from __future__ import annotations

import argparse
import json
import zipfile
from pathlib import Path
from typing import Any

import datas
import makers
from test_candidate_tables import CSV, LINA
from test_mail import GREETING, PDF, mail

from golden.web.format_files import more
from rolefit.errors import ReadError
from rolefit.reading import open_parts, programs, read_part

FILE = Path(__file__).with_name("formats.json")
DOCUMENTS = Path(__file__).with_name("formats.zip")


def documents() -> dict[str, bytes]:
    attached = mail(
        GREETING, ("application/pdf", "cv.pdf", PDF), ("text/plain", "J\u00f8rgen.txt", b"Bo, cook")
    )
    body = mail("J\u00f8rgen, welder since 2011")
    pile = makers.archive({"in/ana.txt": b"Ana, nurse", "bo.html": makers.html(["Bo"]),
                           ".hid": b"x", "x.gif": b"GIF89a\0\0"})  # fmt: skip
    outer = makers.archive({"pile.zip": pile, "../out.txt": b"x", "mail.eml": attached.as_bytes()})
    start = b"From a@example.org Mon Nov 30 10:00:00 2026\n"
    return {
        "mail.eml": attached.as_bytes(),
        "body.eml": body.as_bytes(),
        "box.mbox": start + attached.as_bytes() + b"\n" + start + body.as_bytes(),
        "pile.zip": outer,
        "people.csv": CSV.encode(),
        "semicolons.csv": CSV.replace(",", ";").encode("utf-16"),
        "gaps.csv": f'name,cv\nLina,"{LINA}"\n\nTom,\nAda,a,b\n'.encode(),
        "unplain.csv": b"name,skills,town\nLina,MIG,Bergen\nTom,bread,Oslo\n",
        "open.csv": b'id,resume\n1,"a b c\n2,d\n3,e\n',
        "resume.json": datas.FILES["resume.json"],
        "empty.json": b'{"basics": {"name": "A"}, "work": []}',
        "letter.txt": b"Lina Berg, Welder\nBergen, Norway\nMIG, TIG\n",
        **more(),
    }


def _no_program(*_: str) -> None:
    """A browser has no other program to read pictures and old Word documents with."""


def record(name: str, data: bytes) -> dict[str, Any]:
    found: list[dict[str, Any]] = []
    for part in open_parts(data, name=name):
        try:
            if isinstance(part, ReadError):
                raise part
            document = read_part(part)
        except ReadError as error:
            found.append({"name": error.file, "error": type(error).__name__, "cause": error.cause})
            continue
        codes = [notice.code for notice in document.notices]
        found.append(
            {"name": document.name, "kind": document.kind, "text": document.text, "notices": codes}
        )
    return {"file": name, "documents": found}


def main() -> None:
    programs.find = _no_program
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", action="store_true", help="make formats.zip anew first")
    if parser.parse_args().documents:
        with zipfile.ZipFile(DOCUMENTS, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            for name, data in documents().items():
                archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    with zipfile.ZipFile(DOCUMENTS) as archive:
        entries = [record(name, archive.read(name)) for name in archive.namelist()]
    FILE.write_text(json.dumps(entries, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
