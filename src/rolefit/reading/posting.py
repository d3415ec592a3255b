"""A job posting in JSON: as search engines read it (schema.org) and as applicant tracking systems
hand it out (Greenhouse, Lever, Ashby, SmartRecruiters, Workable, Recruitee and their like).

They differ in names only: a title, fields of HTML or text, lists of sections. So a posting is told
by what it has, not by who wrote it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from rolefit.errors import ManyJobsError

LEAST = 40  # characters of all that a posting says
DEPTH = 6  # of lists and objects inside each other
NODES = 20_000  # that are looked at
LISTED = 3  # titles that a message names

TITLES = ("title", "jobTitle", "job_title", "positionTitle", "PositionTitle", "full_title", "text",
          "name", "position")  # fmt: skip
# Fields in the order in which they are read, and the heading that stands above each.
FIELDS = (
    ("descriptionHtml", ""), ("description", ""), ("content", ""), ("jobDescription", ""),
    ("job_description", ""), ("body", ""), ("descriptionPlain", ""), ("descriptionBody", ""),
    ("jobAd", ""), ("lists", ""), ("responsibilities", "Responsibilities"),
    ("requirements", "Requirements"), ("qualifications", "Qualifications"),
    ("experienceRequirements", "Experience required"),
    ("educationRequirements", "Education required"), ("skills", "Skills required"),
    ("additional", ""), ("additionalPlain", ""), ("benefits", "Benefits"),
    ("jobBenefits", "Benefits"),
)  # fmt: skip
# Beside a title and a text, one of these tells a posting from any other object.
MARKS = frozenset(
    "hostedUrl applyUrl jobUrl absolute_url descriptionPlain descriptionHtml categories jobAd "
    "employmentType employment_type department departments hiringOrganization company company_name "
    "location locations requirements responsibilities qualifications validThrough datePosted "
    "jobLocation shortcode careers_url".split()
)
# What a resume in JSON has at its top; it may hold positions with titles and descriptions.
RESUME = frozenset("basics work education employment experience workExperience resume cv".split())
_KIND = re.compile(r"(?:^|[/:])JobPosting$")
_PLAIN = re.compile(r"(?:Plain|Html|Body)$")

Fragment = Callable[[str], str]  # a piece of HTML, or a plain text, as it is read


def of_scripts(scripts: Sequence[str], shown: str, fragment: Fragment) -> str | None:
    """The posting in a page's JSON-LD; of several the one whose title the page shows alone."""
    found = [posting for script in scripts for posting in _postings(_parsed(script), typed=True)]
    texts = list(dict.fromkeys(filter(None, (_text(posting, fragment) for posting in found))))
    if len(texts) > 1:
        head = shown[:4000]
        texts = [text for text in texts if text.partition("\n")[0] in head]
    return texts[0] if len(texts) == 1 else None


def of_json(text: str, name: str, fragment: Fragment) -> str | None:
    """The posting that a JSON text is, or None. Raises ManyJobsError."""
    if not text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        return None
    value = _parsed(text)
    if isinstance(value, dict) and not RESUME.isdisjoint(value):
        return None
    texts = list(
        dict.fromkeys(filter(None, (_text(p, fragment) for p in _postings(value, typed=False))))
    )
    if len(texts) > 1:
        titles = [text.partition("\n")[0] for text in texts]
        raise ManyJobsError(name, titles)
    return texts[0] if texts else None


def is_posting(value: Any) -> bool:
    """Whether a value of JSON is a posting, or holds some."""
    return next(_postings(value, typed=False), None) is not None


def _parsed(text: str) -> Any:
    try:
        return json.loads(text.strip("\ufeff \t\r\n"))
    except (ValueError, RecursionError):
        return None


def _postings(value: Any, typed: bool) -> Iterator[dict[str, Any]]:
    """In document order; what is in a posting is no other."""
    waiting: list[tuple[Any, int]] = [(value, 0)]
    for _ in range(NODES):
        if not waiting:
            return
        one, depth = waiting.pop()
        if isinstance(one, dict) and _is_posting(one, typed):
            yield one
            continue
        inner = list(one.values()) if isinstance(one, dict) else one
        if isinstance(inner, list) and depth < DEPTH:
            waiting += [(each, depth + 1) for each in reversed(inner)]


def _is_posting(one: dict[str, Any], typed: bool) -> bool:
    kinds = one.get("@type")
    if any(_KIND.search(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds])):
        return True
    return not typed and bool(_title(one)) and not MARKS.isdisjoint(one) and _says(one)


def _says(one: dict[str, Any]) -> bool:
    return any(
        isinstance(one.get(name), list if name == "lists" else (dict if name == "jobAd" else str))
        and one[name]
        for name, heading in FIELDS
        if not heading
    )


def _title(one: dict[str, Any]) -> str:
    found = (one.get(name) for name in TITLES)
    return next((" ".join(t.split()) for t in found if isinstance(t, str) and t.strip()), "")


def _text(one: dict[str, Any], fragment: Fragment) -> str | None:
    """Title, firm and place, then what the posting says, each part once; None if it says little."""
    parts: list[str] = []
    read: set[str] = set()
    for name, heading in FIELDS:
        kind = _PLAIN.sub("", name)
        if not one.get(name) or kind in read:
            continue
        said = "\n".join(_said(one[name], fragment))
        if said.strip() and said not in "\n".join(parts):
            read.add(kind)
            parts.append(f"{heading}:\n{said}" if heading else said)
    if sum(map(len, parts)) < LEAST:
        return None
    head = [fragment(_title(one)), *_facts(one)]
    return "\n".join(filter(None, (*head, *parts)))


def _facts(one: dict[str, Any]) -> Iterator[str]:
    """The firm and the kind of employment."""
    for name in ("hiringOrganization", "company", "company_name", "companyName"):
        firm = one.get(name)
        firm = firm.get("name") if isinstance(firm, dict) else firm
        if isinstance(firm, str) and firm.strip():
            yield " ".join(firm.split())
            break
    kind = one.get("employmentType") or one.get("employment_type")
    if isinstance(kind, str):
        yield kind.replace("_", "-").capitalize()


def _said(value: Any, fragment: Fragment) -> Iterator[str]:
    """The lines of a field, whatever it is made of."""
    if isinstance(value, str):
        yield fragment(value)
    elif isinstance(value, list):
        for each in value[:200]:
            yield from _said(each, fragment)
    elif isinstance(value, dict):
        months = value.get("monthsOfExperience")
        if isinstance(months, (int, float, str)) and str(months).split(".")[0].isdigit():
            yield _experience(int(str(months).split(".")[0]))
        elif "sections" in value:
            inner = value["sections"]
            yield from _said(list(inner.values()) if isinstance(inner, dict) else inner, fragment)
        else:
            for key in _keys(value):
                if isinstance(value.get(key), str) and value[key].strip():
                    yield fragment(value[key])


def _keys(value: dict[str, Any]) -> tuple[str, ...]:
    """Lever's lists and SmartRecruiters' sections have a heading and a text of their own."""
    if "content" in value:
        return ("text", "content")
    if "title" in value and "text" in value:
        return ("title", "text")
    return ("title", "name", "credentialCategory", "description", "value")


def _experience(months: int) -> str:
    if months % 12:
        return f"{months} months of experience"
    return f"{months // 12} year{'' if months == 12 else 's'} of experience"
