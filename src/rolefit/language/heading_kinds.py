"""Whether a short line of a resume is the heading of a section, and of which.

People head their work "WHERE I HAVE BEEN" and their licences "Tickets"; job titles, employers and
items of lists look much the same. Learned by recipes/heading_kinds.py from lines that were read
one by one; docs/log.md has the figures on others.
"""

from __future__ import annotations

import re
from itertools import pairwise

from rolefit.language import learned

KINDS = (
    "experience", "education", "certificates", "skills", "languages", "accomplishments", "grants",
    "summary", "interests", "entry", "text",
)  # fmt: skip
HEADINGS = 9  # of KINDS; the others head nothing
SURE = 0.6  # a probability from which a line is taken for a heading
MODEL = learned.load("heading_kinds.json")
LONGEST = 50  # characters of a heading
WORDS = 8
BULLETS = tuple("-*•·–▪●○■◦➢✓")  # noqa: RUF001
_WORD = re.compile(r"\w+")
_ADDRESS = re.compile(
    r"@|://|[0-9][0-9 ()+-]{5,}[0-9]"
)  # of mail, page or telephone: never a heading
_DATE = re.compile(r"(?:19|20)[0-9]{2}|[0-9]{1,2}/[0-9]{2,4}")
_STEM = 5  # letters by which long words are alike
_BELOW = 6  # words of the next line


def kind_of(before: str, line: str, after: str) -> str:
    """The section that `line` heads, or ""; `before` and `after` are the lines beside it."""
    if not 0 < len(line.strip()) <= LONGEST or len(line.split()) > WORDS or _ADDRESS.search(line):
        return ""
    found = learned.shares(MODEL, features(before, line, after))[:HEADINGS]
    return KINDS[found.index(max(found))] if sum(found) >= SURE else ""


def features(before: str, line: str, after: str) -> dict[str, float]:
    """{feature: value}; no value is zero."""
    line = line.strip()
    words = _WORD.findall(line.lower())
    found = {f"w={word}": 1.0 for word in words}
    found |= {f"p={word[:_STEM]}": 0.7 for word in words if len(word) > _STEM}
    found |= {f"b={left} {right}": 0.7 for left, right in pairwise(words)}
    if words:
        found |= {f"first={words[0]}": 0.7, f"last={words[-1]}": 0.7, f"all={' '.join(words)}": 1.0}
    found |= {f"n{count}": 0.5 for count in range(1, min(len(words), WORDS) + 1)}
    upper = line.isupper()
    titled = all(word[0].isupper() for word in line.split())
    shape = {
        "caps": upper, "title": titled, "colon": line.endswith(":"), "mid": ":" in line[:-1],
        "digit": any(letter.isdigit() for letter in line), "date": bool(_DATE.search(line)),
        "comma": "," in line, "stop": line.endswith("."), "bullet": line[:1] in BULLETS,
        "lower": line[:1].islower(), "at": "@" in line or "://" in line, "paren": "(" in line,
        "bar": "|" in line,
    }  # fmt: skip
    found |= {name: 1.0 for name, holds in shape.items() if holds}
    above = _shape(before)
    letters = "upper" if upper else "titled" if titled else "lower"
    found |= {f"above={above}": 1.0, f"below={_shape(after)}": 1.0, f"{letters},{above}": 0.7}
    return found | {f"under={w[:_STEM]}": 0.35 for w in _WORD.findall(after.lower())[:_BELOW]}


def _shape(line: str) -> str:
    line = line.strip()
    if not line:
        return "blank"
    if _DATE.search(line):
        return "date"
    if line[0] in BULLETS:
        return "bullet"
    if len(line.split()) > WORDS:
        return "long"
    return "caps" if line.isupper() else "short"
