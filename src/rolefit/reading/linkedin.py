"""LinkedIn's export of one's own data: a ZIP of Profile.csv, Positions.csv, Skills.csv and others.

Left out: birth date, address, connections, messages, and whatever else is no resume.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable

from rolefit.errors import DamagedFileError
from rolefit.reading import text
from rolefit.reading.archives import unzipped
from rolefit.reading.common import Extract
from rolefit.reading.limits import Allowance
from rolefit.reading.person import Entry, Person, Section, write

Row = dict[str, str]
_TELLING = frozenset(("profile.csv", "positions.csv", "education.csv", "skills.csv"))
_AGAIN = "Ask LinkedIn for the export once more: Settings, Data privacy, Get a copy of your data."


def is_export(members: Iterable[str]) -> bool:
    names = {_base(member) for member in members}
    return "positions.csv" in names and len(names & _TELLING) > 1


def _base(member: str) -> str:
    return member.replace("\\", "/").rsplit("/", 1)[-1].lower()


def extract(data: bytes, allowance: Allowance) -> Extract:
    """Raises DamagedFileError, EncryptedError, LimitError."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {_base(info.orig_filename): info for info in reversed(archive.infolist())}

        def rows(name: str) -> list[Row]:
            info = files.get(f"{name}.csv")
            return _rows(unzipped(archive, info, allowance)) if info else []

        try:
            person = _person({name: rows(name) for name in _FILES})
        except (csv.Error, DamagedFileError) as error:
            cause = f"a file of LinkedIn's export is damaged ({error})"
            raise DamagedFileError(allowance.name, cause, _AGAIN) from error
    return Extract((write(person),))


_FILES = (
    "profile", "positions", "education", "skills", "certifications", "languages", "projects",
    "volunteering", "honors", "publications", "courses",
)  # fmt: skip


def _rows(data: bytes) -> list[Row]:
    """Rows by the names of their columns, which are written this way and that."""
    lines = csv.reader(io.StringIO(text.decode(data)[0], newline=""))
    head = [name.strip().lower() for name in next(lines, [])]
    return [dict(zip(head, line, strict=False)) for line in lines if any(line)]


def _person(files: dict[str, list[Row]]) -> Person:
    profile = files["profile"][0] if files["profile"] else {}
    name = " ".join(filter(None, (profile.get("first name"), profile.get("last name"))))

    def entries(file: str, *head: str, first: str = "", last: str = "", open: bool = False,
                more: tuple[str, ...] = ("description",)) -> tuple[Entry, ...]:  # fmt: skip
        return tuple(
            Entry(
                tuple(row.get(column, "") for column in head), row.get(first, ""),
                row.get(last, ""), open, tuple(row.get(column, "") for column in more),
            )
            for row in files[file]
        )  # fmt: skip

    def lines(file: str, column: str, detail: str = "") -> tuple[Entry, ...]:
        found = ((row.get(column, ""), row.get(detail, "")) for row in files[file])
        return (Entry(lines=tuple(": ".join(filter(None, pair)) for pair in found)),)

    started, finished = "started on", "finished on"
    sections = (
        Section("SUMMARY", (Entry(lines=(profile.get("summary", ""),)),)),
        Section("EXPERIENCE", entries("positions", "title", "company name", "location",
                                      first=started, last=finished, open=True)),
        Section("PROJECTS", entries("projects", "title", first=started, last=finished)),
        Section("VOLUNTEER EXPERIENCE", entries("volunteering", "role", "company name",
                                                first=started, last=finished, open=True)),
        Section("EDUCATION", entries("education", "degree name", "school name",
                                     first="start date", last="end date",
                                     more=("notes", "activities"))),
        Section("CERTIFICATIONS", entries("certifications", "name", "authority", first=started)),
        Section("SKILLS", lines("skills", "name")),
        Section("LANGUAGES", lines("languages", "name", "proficiency")),
        Section("COURSEWORK", lines("courses", "name")),
        Section("AWARDS", entries("honors", "title", first="issued on")),
        Section("PUBLICATIONS", entries("publications", "name", "publisher",
                                        first="published on")),
    )  # fmt: skip
    return Person(name, profile.get("headline", ""), (), sections)
