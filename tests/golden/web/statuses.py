"""What Python's reader says of pairs: for the browser's to say again.

    PYTHONPATH=tests:tests/reading python tests/golden/web/statuses.py

Writes statuses.json: of each requirement the status, its chance and the quoted spans. A pair's
resume and job are files of documents.zip or texts from below and from improve.py, which
statuses.json repeats. Record it anew whenever golden.json is, and with a new reader. Offsets count
code points.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from improve import TEXTS as REWORDED
from record import load_documents

from rolefit.bundle import Bundle
from rolefit.matcher import Matcher
from rolefit.reading import from_text, read
from rolefit.records import Document

FILE = Path(__file__).with_name("statuses.json")
TEXTS = {
    **{name: text for name, text in REWORDED.items() if not name.startswith("everything")},
    # Denials, wishes, a lapse, another's work, an absence that is none.
    "care.txt": """Care worker, nights

What we ask for
- Experience with ventilated patients
- Spanish
- Active registered nurse licence required
- Master's degree in nursing
- Bachelor's degree in health sciences or equivalent experience
- Clean driving record
- At least 3 years in a care home
- You must be able to lift residents safely
""",
    "care-resume.txt": """Ruth Amadi
Care assistant

Experience
Care Assistant, Holm Lodge, May 2018 \u2013 August 2023
- Helped residents with washing, dressing and meals; used hoists every shift
- I have never worked with ventilated patients
- I hope to learn Spanish one day; my sister teaches it
- No accidents in five years of driving the minibus
- I don\u2019t hold a master\u2019s degree
My RN licence lapsed in 2015.

Education
BTEC Health and Social Care, 2016
""",
    # A career that changed, dates of all kinds, digits that are none to some, a line said twice.
    "stores.txt": """Stores Manager \U0001f4e6

Responsibilities
- Keep stock records right and count the stores every month
- Lead a team of four to eight people
Requirements
- Forklift licence (counterbalance)
- 5+ years of work in stores or a warehouse
- Excel or another spreadsheet
- NVQ level 3 in warehousing is a plus
- CIPS membership desirable
""",
    "stores-resume.txt": """J\u00f8rgen Ha\u00edl
Stockroom lead, 900 m\u00b2 of racking

SUMMARY
Warehouse hand who became a lead \U0001f680; \u2461 sites; calm on busy days

WORK HISTORY
Stockroom Lead, Fenwick Tiles, 03/2021 - present
- Led six people on two shifts
- Counted stock every month and cleared the differences
- Counted stock every month and cleared the differences
Warehouse Operative, Fenwick Tiles, 2015 - 02/2021
- Picked, packed and loaded; drove the counterbalance truck
Barber, own shop, 2009 - 2014
- Cut hair, kept the books in a spreadsheet

CERTIFICATES
Counterbalance forklift licence, renewed 2023
""",
    "long-resume.txt": "Noor Haddad\nData analyst\n\nExperience\nAnalyst, Brookhill, 2014 - 2024\n"
    + "".join(
        f"- Report {n}: counted the visits of week {n} and wrote what had changed\n"
        for n in range(1, 240)
    )
    + "- Built the stock forecast in Python and pandas\n",
    "one-line.txt": "Nurse",
    "no-requirements.txt": "We are a family firm in Leeds.\nWe bake bread and cakes.\n",
}
PAIRS = (
    ("care-resume.txt", "care.txt"),
    ("stores-resume.txt", "stores.txt"),
    ("stores-resume.txt", "care.txt"),
    ("long-resume.txt", "stores.txt"),
    ("one-line.txt", "ward.txt"),
    ("care-resume.txt", "no-requirements.txt"),
    ("platform-resume.txt", "platform.txt"),
    ("ward-resume.txt", "ward.txt"),
    ("ward-resume.txt", "care.txt"),
    ("resume-11-0.pdf", "job-backend-engineer.txt"),
    ("resume-amara-osei-senior-backend.pdf", "job-backend-engineer.txt"),
    ("resume-helen-marchetti-senior-accountant.docx", "job-financial-accountant.docx"),
    ("resume-03-2.pdf", "job-financial-accountant.docx"),
    ("resume-lucia-ferreira-icu-nurse.pdf", "job-staff-nurse-icu.html"),
    ("resume-rosalind-mbatha-med-surg-nurse.txt", "job-staff-nurse-icu.html"),
)


def record(matcher: Matcher, resume: Document, job: Document) -> dict[str, Any]:
    explanation = matcher.explain(resume, job)
    findings = [
        {
            "asked": [item.requirement.line.start, item.requirement.line.end],
            "status": item.status,
            "probability": None if item.probability is None else round(item.probability, 4),
            "settled": item.settled_by,
            "quoted": [[support.line.start, support.line.end] for support in item.support],
            "points": round(item.points, 3),
        }
        for item in explanation.evidence
    ]
    elsewhere = round(explanation.elsewhere, 3)
    return {
        "resume": resume.name, "job": job.name, "evidence": findings, "elsewhere": elsewhere,
    }  # fmt: skip


def main() -> None:
    matcher = Matcher(Bundle.open(), jobs=1)
    files = load_documents()
    documents = {name: from_text(text, name=name) for name, text in TEXTS.items()}
    for name in {name for pair in PAIRS for name in pair} - set(TEXTS):
        documents[name] = read(files[name], name=name)
    pairs = [record(matcher, documents[resume], documents[job]) for resume, job in PAIRS]
    whole = {"bundle": matcher.bundle.sha256, "texts": TEXTS, "pairs": pairs}
    FILE.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{FILE.name}: {FILE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
