"""JSON Resume (jsonresume.org, `basics`, `work`, ...), older forms of it too, as JSON or YAML."""

from __future__ import annotations

import json
from typing import Any

from rolefit.errors import DamagedFileError, LimitError, UnknownFormatError, how_to_install
from rolefit.reading import text
from rolefit.reading.common import Extract
from rolefit.reading.limits import Allowance
from rolefit.reading.person import Entry, Person, Section, bullets, write

_PARTS = ("work", "education", "skills", "volunteer", "projects", "certificates", "languages")
_KNOWN = frozenset((*_PARTS, "basics", "awards", "publications", "interests", "references", "meta",
                    "$schema"))  # fmt: skip
MOST = 200_000  # values in it
_MOST_YAML = 1 << 20  # bytes; the parser takes seconds for each million


def is_resume(data: object) -> bool:
    """Whether it is one, told by its parts."""
    if not isinstance(data, dict):
        return False
    parts = [name for name in _PARTS if isinstance(data.get(name), list)]
    return len(parts) > (0 if isinstance(data.get("basics"), dict) else 1)


def load(source: str) -> Any:
    """JSON -> its value, None for what is none."""
    try:
        return json.loads(source)
    except (ValueError, RecursionError):
        return None


def extract(data: bytes, allowance: Allowance) -> Extract:
    """Raises DamagedFileError."""
    source, notices = text.decode(data)
    content = load(source)
    if not is_resume(content):
        cause = "it begins like JSON Resume and then makes no sense"
        raise DamagedFileError(allowance.name, cause, "Export it once more.")
    return written(content, allowance, notices)


def from_yaml(data: bytes, allowance: Allowance) -> Extract:
    """Raises DamagedFileError, LimitError; UnknownFormatError where nothing reads YAML."""
    try:
        import yaml  # type: ignore[import-untyped,unused-ignore]
    except ModuleNotFoundError as error:
        remedy = f"Save it as JSON, or install what reads YAML. {how_to_install('files')}"
        raise UnknownFormatError(allowance.name, "it is a resume in YAML", remedy) from error
    if len(data) > _MOST_YAML:
        cause = f"it has {len(data):,} bytes of YAML, the limit is {_MOST_YAML:,}"
        raise LimitError(allowance.name, cause, "Save it as JSON.")
    source, notices = text.decode(data)
    try:
        # Everything as text: a date is to stay as it was written. Nothing else is ever made.
        content = yaml.load(source, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        cause = f"its YAML makes no sense ({error})"
        raise DamagedFileError(allowance.name, cause, "Export it once more.") from error
    if not is_resume(content):
        cause = "it begins like JSON Resume in YAML and then makes no sense"
        raise DamagedFileError(allowance.name, cause, "Export it once more.")
    return written(content, allowance, notices)


def written(content: Any, allowance: Allowance, notices: Any = ()) -> Extract:
    if count(content) > MOST:
        cause = f"it holds more than {MOST:,} values"
        raise LimitError(allowance.name, cause, "Check where the file comes from.")
    found = person(content)
    if not found.says_something and not found.label:
        cause = "it has the form of JSON Resume and says nothing"
        raise UnknownFormatError(allowance.name, cause, "Check that it was filled in.")
    return Extract((write(found),), tuple(notices))


def count(content: Any) -> int:
    """How many values it holds; nothing recurses."""
    waiting, found = [content], 0
    while waiting and found <= MOST:
        value = waiting.pop()
        found += 1
        if isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    return found


def person(data: dict[str, Any]) -> Person:
    basics = record(data.get("basics"))
    place = record(basics.get("location"))
    contacts = [said(basics, "email"), said(basics, "phone"), said(basics, "url", "website")]
    contacts += [said(place, "city"), said(place, "region")]
    contacts += [said(one, "url") or said(one, "username") for one in records(basics, "profiles")]
    sections = (
        Section("SUMMARY", (Entry(lines=(said(basics, "summary"),)),)),
        Section("EXPERIENCE", tuple(map(_position, records(data, "work")))),
        Section("PROJECTS", tuple(map(_project, records(data, "projects")))),
        Section("VOLUNTEER EXPERIENCE", tuple(map(_position, records(data, "volunteer")))),
        Section("EDUCATION", tuple(map(_school, records(data, "education")))),
        Section("CERTIFICATIONS", tuple(
            Entry((said(one, "name"), said(one, "issuer")), said(one, "date"))
            for one in records(data, "certificates", "certifications"))),
        Section("SKILLS", (Entry(lines=tuple(map(_skill, records(data, "skills")))),)),
        Section("LANGUAGES", (Entry(lines=tuple(
            _pair(said(one, "language", "name"), said(one, "fluency", "level"))
            for one in records(data, "languages"))),)),
        Section("AWARDS", tuple(
            Entry((said(one, "title"), said(one, "awarder")), said(one, "date"),
                  lines=(said(one, "summary"),))
            for one in records(data, "awards"))),
        Section("PUBLICATIONS", tuple(
            Entry((said(one, "name"), said(one, "publisher")), said(one, "releaseDate"),
                  lines=(said(one, "summary"),))
            for one in records(data, "publications"))),
        Section("INTERESTS", (Entry(lines=tuple(map(_skill, records(data, "interests")))),)),
        *(Section(name.upper(), (Entry(lines=tuple(texts(value))),))
          for name, value in data.items() if name not in _KNOWN and name != "certifications"),
    )  # fmt: skip
    return Person(
        said(basics, "name"), said(basics, "label"), tuple(filter(None, contacts)), sections
    )


def _position(one: dict[str, Any]) -> Entry:
    return Entry(
        (said(one, "position", "title"), said(one, "name", "company", "organization"),
         said(one, "location")),
        said(one, "startDate"), said(one, "endDate"), True,
        (said(one, "summary", "description"), *bullets(texts(one.get("highlights")))),
    )  # fmt: skip


def _project(one: dict[str, Any]) -> Entry:
    used = ", ".join(texts(one.get("keywords")))
    return Entry(
        (said(one, "name"), ", ".join(texts(one.get("roles"))), said(one, "entity")),
        said(one, "startDate"), said(one, "endDate"), False,
        (said(one, "description", "summary"), *bullets(texts(one.get("highlights"))), used),
    )  # fmt: skip


def _school(one: dict[str, Any]) -> Entry:
    degree, field = said(one, "studyType"), said(one, "area")
    both = f"{degree} in {field}" if degree and field else degree or field
    courses = ", ".join(texts(one.get("courses")))
    return Entry(
        (both, said(one, "institution")), said(one, "startDate"), said(one, "endDate"), False,
        (f"Courses: {courses}" if courses else "",),
    )  # fmt: skip


def _skill(one: dict[str, Any]) -> str:
    words = ", ".join(texts(one.get("keywords")))
    return _pair(said(one, "name"), words) if words else said(one, "name")


def _pair(name: str, more: str) -> str:
    return f"{name}: {more}" if name and more else name or more


def record(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def records(data: dict[str, Any], *names: str) -> list[dict[str, Any]]:
    """The entries of the first of `names` that has some; a plain text is an entry with a name."""
    for name in names:
        value = data.get(name)
        if isinstance(value, list) and value:
            found = (one if isinstance(one, dict) else {"name": one} for one in value)
            return [one for one in found if one]
    return []


def said(data: dict[str, Any], *names: str) -> str:
    """The first of `names` that has a text or a number."""
    for name in names:
        value = data.get(name)
        if isinstance(value, str) and value.strip():
            return value
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return number(value)
    return ""


def number(value: float) -> str:
    """As JavaScript writes it too."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


def texts(value: object) -> list[str]:
    """All texts and numbers in it, in order, however deep."""
    found: list[str] = []
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str) and one.strip():
            found.append(one)
        elif isinstance(one, (int, float)) and not isinstance(one, bool):
            found.append(number(one))
        elif isinstance(one, (dict, list)):
            waiting += reversed(list(one.values()) if isinstance(one, dict) else one)
    return found
