"""What Python's `improve` says of pairs: for the browser's to say again.

    PYTHONPATH=tests:tests/reading python tests/golden/web/improve.py

Writes improve.json. A pair's resume and job are files of documents.zip or texts from below, which
improve.json repeats. Record it anew whenever golden.json is. Offsets count code points.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from record import load_documents

from rolefit.bundle import Bundle
from rolefit.improve import improve
from rolefit.matcher import Matcher
from rolefit.reading import from_text, read
from rolefit.records import Document
from rolefit.report.improve_json import to_json

FILE = Path(__file__).with_name("improve.json")
NAMES = "JS TS K8s Postgres AWS GCP ML BLS ACLS PMP CPA SEO QA RN".split()
TEXTS = {
    "platform.txt": """Platform Engineer

What you need
- You must have run Kubernetes in production for three years.
- JavaScript or TypeScript on the front end.
- PostgreSQL and Amazon Web Services.
- SAP is a plus, and so is a driving licence.
- A bachelor's degree in computer science.
""",
    # Letters of two halves, a letter of another alphabet, an address, and lures of all kinds.
    "platform-resume.txt": """\U0001f680 Pat Lindgren \U0001f600
Mail pat@example.org
JS and services since 2019, https://example.org/K8s

EXPERIENCE
Engineer, Larkfield Buses, 2019 - 2024
- Ran eleven services on \u041a8s and moved four more to K8s.
- Tuned Postgres; kept the AWS bill down.
- Sat next to the SAP team and shared their coffee.

GOALS
Kubernetes certificates, SAP
""",
    "ward.txt": """Registered Nurse, intensive care

Requirements
- Registered nurse licence.
- Basic Life Support, Advanced Cardiovascular Life Support.
- Electronic health records every shift.
- Two years of work in intensive care.
""",
    "ward-resume.txt": """Kim Achterberg
RN, ICU

Experience
ICU nurse, Northgate Hospital, 2018 - 2023
- Two patients a shift on ventilators, charting in an EHR.
- BLS and ACLS, renewed in 2022.
- Keen to learn dialysis.
""",
    "everything.txt": "Jack of all trades\n\nRequirements\n"
    "- JavaScript, TypeScript.\n- Kubernetes.\n- PostgreSQL.\n- Amazon Web Services.\n"
    "- Google Cloud Platform.\n- Machine learning.\n- Basic Life Support.\n"
    "- Advanced Cardiovascular Life Support.\n- Project Management Professional.\n"
    "- Certified Public Accountant.\n- Search engine optimization.\n- Quality assurance.\n"
    "- Registered nurse.\n",
    "everything-resume.txt": "Sam Okoro\n\nExperience\n"
    + "".join(f"- Used {name} daily for a year.\n" for name in NAMES),
}  # fmt: skip
PAIRS = (
    ("platform-resume.txt", "platform.txt"),
    ("ward-resume.txt", "ward.txt"),
    ("everything-resume.txt", "everything.txt"),
    ("resume-11-0.pdf", "job-backend-engineer.txt"),
    ("resume-helen-marchetti-senior-accountant.docx", "job-financial-accountant.docx"),
    ("resume-03-2.pdf", "job-financial-accountant.docx"),
    ("resume-lucia-ferreira-icu-nurse.pdf", "job-staff-nurse-icu.html"),
)


def record(matcher: Matcher, resume: Document, job: Document) -> dict[str, Any]:
    explanation = matcher.explain(resume, job)
    advice = improve(
        explanation, lambda text: matcher.score(from_text(text, resume.name), job).score
    )
    said: dict[str, Any] = json.loads(to_json(explanation, advice, matcher.bundle))
    return {key: said[key] for key in said if key not in ("schema", "rolefit", "bundle")}


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
