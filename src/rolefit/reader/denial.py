"""A safety net under the model: passages that say in so many words that something is not there.

A model of this size reads "I have no experience with ventilators" as a line about ventilators.
Such a passage is never quoted as proof; where the model points to it first, nothing is
shown. Only plain denials, wishes and lapses of the writer's own count: "no accidents in ten years"
is none.
"""

from __future__ import annotations

import re

_HAD = r"experience|knowledge|licen[cs]es?|certificat\w+|training|background|qualifications?|degree"
_DONE = (
    r"worked|used|held|done|had|been|taken|completed|obtained|driven|managed|taught|coded|touched"
)
_DENIED = re.compile(
    r"\b(?:no|little|limited|without(?: any)?|lack(?:s|ing)?(?: of)?)\s+"
    rf"(?:[\w/+#-]+\s+){{0,3}}(?:{_HAD})\b"
    rf"|\b(?:never|not|n't)\s+(?:yet\s+|actually\s+)?(?:{_DONE})\b"
    r"|\b(?:do|does|did)(?:\s+not|n't)\s+(?:\w+\s+)?(?:have|hold|possess|know|speak|use|drive)\b"
    r"|\b(?:hope|hoping|like|love|want|wanting|eager|keen|plan|planning|looking|intend)\s+to\s+"
    r"(?:\w+\s+)?(?:learn|study|train|gain|obtain|qualify|become|move into|get into)\b"
    r"|\b(?:expired|lapsed|revoked|surrendered)\b"
    r"|(?::|-|–)\s*none\b|\bnone\s+(?:held|yet)\b",  # noqa: RUF001
    re.I,
)


def denies(passage: str) -> bool:
    """Whether `passage` says that its writer lacks, wishes for or has lost something."""
    return _DENIED.search(passage.replace("’", "'")) is not None  # noqa: RUF001
