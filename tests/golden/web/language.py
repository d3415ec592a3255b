"""What Python's language rooms find in documents: for the browser's rooms to find again.

    PYTHONPATH=tests:tests/reading python tests/golden/web/language.py [OUT TEXTS.jsonl.gz [N]]

Without arguments it writes language.json.gz beside it, from documents.zip and language_texts.py.
With them it writes the same of the first N texts of a corpus, to check a change on more than is
kept here (`LANGUAGE_GOLDEN=OUT npm test` in web/).

Every document is read both as a resume and as a job. Offsets count code points.
"""

from __future__ import annotations

import gzip
import json
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from language_texts import TEXTS
from record import load_documents

from rolefit.bundle import Bundle
from rolefit.language import find_skills
from rolefit.language.clean import without_lookalikes
from rolefit.language.job_facts import job_facts
from rolefit.language.personal import find_masks, impersonal
from rolefit.language.resume_facts import resume_facts
from rolefit.language.units import units
from rolefit.prepare import _shown, job_titles, resume_titles
from rolefit.reading import from_text, read
from rolefit.records import Document
from rolefit.stuffing import pasted, shingles, stuffed, unlisted, unordered
from rolefit.training.corpus import read_jsonl

FILE = Path(__file__).with_name("language.json.gz")


def facts(document: Document, as_of: int | None) -> dict[str, Any]:
    seen = replace(document, text=without_lookalikes(document.text))
    found = units(seen)
    person, job = resume_facts(seen, as_of), job_facts(seen, found)
    skills = find_skills(seen.text)
    masked, masked_facts = impersonal(seen, as_of)
    return {
        "name": document.name,
        "text": document.text,
        "lines": [[line.start, line.end, line.page] for line in document.lines],
        "units": [[unit.start, unit.end, unit.page] for unit in found],
        "skills": [asdict(skill) for skill in skills],
        "shown": [skill.id for skill in _shown(seen.text)],
        "resume": asdict(person),
        "resume_titles": resume_titles(person),
        "job": asdict(job),
        "job_titles": job_titles(job),
        "shingles": shingles(document.text).tolist()[:20],
        "masks": [[mask.start, mask.end, mask.kind] for mask in find_masks(seen)],
        "impersonal": {
            "text": masked.text,
            "units": [[unit.start, unit.end, unit.page] for unit in units(masked)],
            "resume": asdict(masked_facts),
        },
        "stuffed": asdict(notice) if (notice := stuffed(skills)) else None,
        "unlisted": unlisted(replace(document, text=seen.text), skills).text,
        "unordered": unordered(document)[0].text,
        "pasted": pasted(shingles(document.text), shingles(document.text)) is not None,
    }


def record(documents: list[Document]) -> bytes:
    as_of = Bundle.open().as_of
    whole = {"as_of": as_of, "documents": [facts(document, as_of) for document in documents]}
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), 9, mtime=0)


def main(out: str = "", texts: str = "", count: str = "100") -> None:
    if out:
        rows = [row for row in read_jsonl(Path(texts)) if not row.get("reserved")][: int(count)]
        Path(out).write_bytes(record([from_text(row["text"], name=row["id"]) for row in rows]))
        return
    files = {n: data for n, data in load_documents().items() if not n.startswith("not-read/")}
    documents = [read(data, name=n) for n, data in files.items()]
    documents += [from_text(text, name=f"resume-{name}") for name, text in TEXTS.items()]
    FILE.write_bytes(record(documents))
    print(f"wrote {FILE}, {FILE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
