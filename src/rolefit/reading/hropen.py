"""HR Open and HR-XML: the candidate records of staffing systems and of Europass, JSON or XML.

Versions name things differently and nest them differently. Both forms become one tree of names
without case, and a thing is found by any of the names that it goes by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Union

from rolefit.errors import UnknownFormatError
from rolefit.reading import jsonresume, text
from rolefit.reading.common import Extract
from rolefit.reading.limits import Allowance
from rolefit.reading.person import Entry, Person, Section, write
from rolefit.reading.xmltree import local, parse

Node = dict[str, list[Union["Node", str]]]  # by name; "" is its own text
_ROOTS = frozenset(("resume", "candidate", "candidates", "staffingsupplycandidate"))
_PARTS = frozenset(("profiles", "profile", "candidateprofile", "employment", "employmenthistory",
                    "education", "educationhistory"))  # fmt: skip
_PAPERS = ("licenseorcertification", "certification", "certifications", "license", "licenses")
_PLAIN = re.compile(r"[^a-z0-9]")
# Where the words of a thing stand if it is a record itself.
_WORDS = ("", "value", "name", "formattedname", "formatteddatetime", "anydate", "yearmonth",
          "year", "date", "competencyname", "text", "legalid", "code")  # fmt: skip


def is_candidate(data: object) -> bool:
    """Whether JSON is such a record: a person beside profiles, or both inside of something."""
    if not isinstance(data, dict):
        return False
    names = {_PLAIN.sub("", str(key).lower()) for key in data}
    if names & {"person", "candidateperson"} and names & _PARTS:
        return True
    inner = [value for value in data.values() if isinstance(value, dict)]
    return len(inner) == 1 and bool(names & _ROOTS) and is_candidate(inner[0])


def is_candidate_xml(root: str) -> bool:
    """Whether the first element, as it is written, begins such a record."""
    return local(root.replace(":", " ")).lower() in _ROOTS


def from_json(data: bytes, allowance: Allowance) -> Extract:
    source, notices = text.decode(data)
    content = jsonresume.load(source)
    if jsonresume.count(content) > jsonresume.MOST:
        content = None
    try:
        root = _tree(content)
    except RecursionError:  # what nests without end says nothing
        root = {}
    return _written(root, allowance, notices)


def from_xml(data: bytes, allowance: Allowance) -> Extract:
    """Raises DamagedFileError, LimitError, UnknownFormatError."""
    root: Node = {}
    open_nodes: list[Node] = [root]

    def start(tag: str, attributes: dict[str, str]) -> None:
        node: Node = {}
        for name, value in attributes.items():
            node.setdefault(local(name).lower(), []).append(value)
        open_nodes[-1].setdefault(local(tag).lower(), []).append(node)
        open_nodes.append(node)

    def characters(run: str) -> None:
        node = open_nodes[-1]
        before = node.get("", [""])[0]
        node[""] = [f"{before}{run}"]

    def end(tag: str) -> None:
        open_nodes.pop()

    parse(data, allowance, start, end, characters)
    return _written(root, allowance, ())


def _tree(value: Any) -> Node:
    """Keys without case and signs; {"item": [...]} is the list that it wraps."""
    node: Node = {}
    for key, inner in jsonresume.record(value).items():
        name = _PLAIN.sub("", key.lower())
        if isinstance(inner, dict) and set(inner) == {"item"}:
            inner = inner["item"]
        for one in inner if isinstance(inner, list) else [inner]:
            if isinstance(one, dict):
                node.setdefault(name, []).append(_tree(one))
            elif one is not None and not isinstance(one, list):
                said = str(one).lower() if isinstance(one, bool) else jsonresume.texts(one)
                node.setdefault(name, []).append(said if isinstance(said, str) else "".join(said))
    return node


def _written(root: Node, allowance: Allowance, notices: Any) -> Extract:
    person = _person(root)
    if not person.says_something:
        for whole in _find(root, "textresume"):
            if full := _said(whole):
                return Extract((full,), tuple(notices))
        cause = "it is a record of HR Open or HR-XML without positions, education or skills"
        raise UnknownFormatError(allowance.name, cause, "Export the whole candidate.")
    return Extract((write(person),), tuple(notices))


def _person(root: Node) -> Person:
    named = next(_find(root, "personname", "name"), {})
    name = _one(named, "formattedname") or " ".join(
        filter(None, (_one(named, "given", "givenname"), _one(named, "family", "familyname")))
    )
    summary = [_said(one) for one in _find(root, "executivesummary", "objective")]
    jobs = [one for part in _find(root, "employment", "employmenthistory", "employments")
            for one in _inner(part, "employerorg", "employerhistory", "employer")]  # fmt: skip
    schools = [
        one
        for part in _find(root, "education", "educationhistory")
        for one in _inner(part, "schoolorinstitution", "educationorganizationattendance")
    ]
    papers = [one for part in _find(root, "licensesandcertifications", *_PAPERS)
              for one in _inner(part, *_PAPERS)]  # fmt: skip
    skills, tongues = _competencies(root)
    sections = (
        Section("SUMMARY", (Entry(lines=tuple(summary)),)),
        Section("EXPERIENCE", tuple(entry for job in jobs for entry in _positions(job))),
        Section("EDUCATION", tuple(map(_school, schools))),
        Section("CERTIFICATIONS", tuple(map(_paper, papers))),
        Section("SKILLS", (Entry(lines=(", ".join(skills),)),)),
        Section("LANGUAGES", (Entry(lines=(", ".join(tongues),)),)),
    )
    title = next((_said(one) for one in _find(root, "profilename", "headline")), "")
    return Person(name, "" if title.lower() == "candidate profile" else title, (), sections)


def _positions(job: Node) -> Iterator[Entry]:
    """Each position held with one employer."""
    employer = _one(job, "employerorgname", "organizationname", "orgname", "organization")
    held = [node for name in ("positionhistory", "positionhistories", "position")
            for node in job.get(name, []) if isinstance(node, dict)]  # fmt: skip
    for one in held or [job]:
        first, last, on = _dates(one) if _dates(one)[0] else _dates(job)
        where = _one(one, "orgname", "organizationname") or employer
        title = _one(one, "title", "positiontitle", "positiontitles")
        said = [_said(node) for node in _all(one, "description", "descriptions", "summary")]
        if one is not job:
            said += [_said(node) for node in _all(job, "description", "descriptions")]
        yield Entry((title, where), first, last, on, tuple(said))


def _school(one: Node) -> Entry:
    degrees = [node for name in ("degree", "educationdegree", "educationdegrees", "degrees")
               for node in one.get(name, [])]  # fmt: skip
    degree = next(filter(None, map(_degree, degrees)), "")
    degree = degree or _one(one, "degreename", "programname", "programs", "educationlevelcodes")
    majors = [major for node in [one, *degrees] if isinstance(node, dict)
              for major in map(_said, _all(node, "degreemajor", "majors", "major"))]  # fmt: skip
    field = ", ".join(filter(None, majors))
    first, last, _ = _dates(one)
    if not last:
        dated = (_one(node, "degreedate", "date") for node in degrees if isinstance(node, dict))
        last = next(filter(None, dated), "")
    both = f"{degree} in {field}" if degree and field else degree or field
    school = _one(one, "schoolname", "organizationname", "institution", "school")
    return Entry((both, school), first, last, False)


def _degree(node: Node | str) -> str:
    return node if isinstance(node, str) else _one(node, "degreename", "name", "degreetype")


def _paper(one: Node) -> Entry:
    name = _one(one, "name", "certificationname", "licensename", "certificationtypecode", "type")
    issuer = _one(one, "issuingauthority", "issuingauthorityname")
    return Entry((name, issuer), _one(one, "firstissued", "issued", "firstissueddate"))


def _competencies(root: Node) -> tuple[list[str], list[str]]:
    """Skills and languages."""
    skills: list[str] = []
    tongues = [_one(one, "languagename", "languagecode", "language", "name") or _said(one)
               for part in _find(root, "languages", "language")
               for one in _inner(part, "language")]  # fmt: skip
    kinds = ("competency", "personcompetency", "personcompetencies", "skill")
    parts = _find(root, "competencies", "skills", "qualifications", *kinds)
    for one in (one for part in parts for one in _inner(part, *kinds)):
        name = _one(one, "competencyname", "name") or _said(one)
        is_tongue = _one(one, "taxonomyid").lower() == "language"
        (tongues if is_tongue else skills).append(name)
    return [*dict.fromkeys(filter(None, skills))], [*dict.fromkeys(filter(None, tongues))]


def _dates(one: Node) -> tuple[str, str, bool]:
    """Start, end, and whether it goes on."""
    for name in ("employmentperiod", "attendanceperiod", "datesofattendance"):
        for node in one.get(name, []):
            if isinstance(node, dict):
                one = {**one, **node}
    on = _one(one, "current", "ongoing", "currentindicator", "currentemployer").lower() == "true"
    last = _one(one, "enddate", "end")
    return _one(one, "startdate", "start"), "" if on else last, on or not last


def _inner(part: Node, *names: str) -> list[Node]:
    """The entries of a part: those of these names in it, or the part itself, of a list."""
    found = [node for name in names for node in part.get(name, []) if isinstance(node, dict)]
    return found or [part]


def _find(root: Node, *names: str) -> Iterator[Node]:
    """Records of these names anywhere, in order; what lies in one that was found is not one."""
    waiting: list[tuple[str, Node | str]] = [("", root)]
    while waiting:
        name, node = waiting.pop()
        if name in names:
            yield node if isinstance(node, dict) else {"": [node]}
        elif isinstance(node, dict):
            inner = [(key, one) for key, values in node.items() for one in values]
            waiting += reversed(inner)


def _all(node: Node, *names: str) -> list[Node | str]:
    return [one for name in names for one in node.get(name, [])]


def _one(node: Node, *names: str) -> str:
    """What the first of `names` says that says something."""
    return next(filter(None, map(_said, _all(node, *names))), "")


def _said(node: Node | str) -> str:
    for _ in range(4):  # words lie a few records deep at most
        if isinstance(node, str):
            return node.strip()
        inner = [one for name in _WORDS for one in node.get(name, [])
                 if not isinstance(one, str) or one.strip()]  # fmt: skip
        if not inner:
            return ""
        node = inner[0]
    return ""
