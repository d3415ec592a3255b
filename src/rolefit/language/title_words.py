"""A title with its short names spelt out, as its vector is made: an RN and a registered nurse."""

from __future__ import annotations

import re

# Names that mean one thing in a title; the encoder knows most of them badly. No BA, PM or PT.
SPELT = {
    "ai": "artificial intelligence", "ap": "accounts payable", "ar": "accounts receivable",
    "asst": "assistant", "avp": "assistant vice president",
    "bdr": "business development representative",
    "bi": "business intelligence", "ceo": "chief executive officer",
    "cfo": "chief financial officer",
    "cio": "chief information officer", "cma": "certified medical assistant",
    "cna": "certified nursing assistant", "coo": "chief operating officer",
    "crna": "nurse anesthetist", "csr": "customer service representative",
    "cto": "chief technology officer", "dba": "database administrator",
    "emt": "emergency medical technician", "flt": "forklift", "gp": "general practitioner",
    "hca": "healthcare assistant", "hgv": "lorry", "lgv": "lorry",
    "lpn": "licensed practical nurse", "lvn": "licensed vocational nurse", "mgr": "manager",
    "ml": "machine learning", "np": "nurse practitioner", "pct": "patient care technician",
    "qa": "quality assurance", "qs": "quantity surveyor", "rgn": "registered general nurse",
    "rmn": "registered mental health nurse", "rn": "registered nurse",
    "sde": "software development engineer", "sdet": "software development engineer in test",
    "sdr": "sales development representative", "senco": "special educational needs coordinator",
    "slp": "speech language pathologist", "sre": "site reliability engineer",
    "svp": "senior vice president", "swe": "software engineer", "ta": "teaching assistant",
    "ui": "user interface", "ux": "user experience", "vp": "vice president",
}  # fmt: skip
_WORD = re.compile(r"[^\W_]+")


def spelt(title: str) -> str:
    return _WORD.sub(lambda match: SPELT.get(match[0].lower(), match[0]), title)
