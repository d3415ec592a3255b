"""The one writer of golden.json: what the shipped bundle makes of the examples.

    python tests/golden/record.py

Token ids, spans, vectors and scores, read by the tests here and by any other implementation that
must agree with this one. Record anew only when the model or a reader is meant to change, and say
why in the commit.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from rolefit.bundle import Bundle
from rolefit.intake import open_encoder
from rolefit.matcher import Matcher
from rolefit.reading import from_text, read
from rolefit.records import Document

ROOT = Path(__file__).parents[2]
FILE = Path(__file__).with_name("golden.json")
JOBS = sorted((ROOT / "examples" / "jobs").iterdir())
RESUMES = sorted((ROOT / "examples" / "resumes").iterdir())
# Where tokenizers differ: case, accents, symbols, other scripts, long words, odd blanks.
TEXTS = [
    "C++, C#, .NET, Node.js and R; AWS/GCP.",
    "Naïve café résumé Zürich Łódź ﬁne",
    "Kubernetes\u00a0Terraform\tCI/CD\r\n24/7 on-call",
    "北京 Привет مرحبا 😀 ★★★★☆",
    "soft\u00adhyphen zero\u200bwidth",
    "a" * 150 + " Donaudampfschifffahrtsgesellschaft",
    "RN, BSN (2019\u20132024) • £45,000 p.a. ½ m² 5µm",
]


def record() -> dict[str, object]:
    bundle = Bundle.open()
    encoder = open_encoder(bundle, jobs=1)

    def entry(document: Document) -> dict[str, object]:
        tokens = encoder.tokenize(document.text)
        vector, _ = encoder.run(tokens)
        return {
            "name": document.name,
            "text_sha256": hashlib.sha256(document.text.encode()).hexdigest(),
            "lines": len(document.lines),
            "ids": tokens.ids.tolist(),
            "spans": tokens.spans.tolist(),
            "vector": [round(float(x), 7) for x in vector],
        }

    matcher = Matcher(bundle)
    scores = matcher.score_matrix(RESUMES, JOBS)
    return {
        "bundle": bundle.sha256,
        "texts": [{"text": text, **entry(from_text(text, "text"))} for text in TEXTS],
        "documents": [entry(read(path, name=path.name)) for path in (*JOBS, *RESUMES)],
        "jobs": [path.name for path in JOBS],
        "resumes": [path.name for path in RESUMES],
        "scores": [[round(float(x), 3) for x in row] for row in scores],
    }


if __name__ == "__main__":
    FILE.write_text(json.dumps(record(), ensure_ascii=True) + "\n", encoding="utf-8")
    print(f"wrote {FILE.relative_to(ROOT)}, {FILE.stat().st_size:,} bytes")
