"""What each requirement of an advert does to the people who might apply.

A requirement taken as a must removes whoever does not show it. `alone` is how many it removes by
itself, `only` how many it is the only one to remove: so many would come back without it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from rolefit.audit.impact import Impact, impact
from rolefit.audit.outcomes import UNKNOWN, Outcome, Outcomes
from rolefit.audit.wording import Narrowing
from rolefit.decide.population import Shown
from rolefit.decided import Confirmed
from rolefit.errors import InputError

LEAST = 5  # people of a profession or level that are told apart
NOT_SHOWN = "not shown"


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement and how many people it leaves."""

    id: str
    text: str
    kind: str
    counted: bool  # among those that remove together: required lines, or the musts
    met: int
    partly: int
    alone: int  # people who do not show it
    only: int  # people whom no other counted line removes


@dataclass(frozen=True, slots=True)
class Slice:
    """People of one profession or level."""

    by: str  # "profession" or "level"
    name: str
    people: int
    left: int  # who show every counted requirement, at least partly
    hardest: str  # id of the counted requirement that removes most of them; "" if none removes any
    removed: int  # by it


@dataclass(frozen=True, slots=True)
class Groups:
    """Impact ratios of one requirement, or of all that count together ("")."""

    id: str
    impact: Impact


@dataclass(frozen=True, slots=True)
class Advert:
    job: str
    people: int
    left: int  # who show every counted requirement, at least partly
    lines: tuple[Line, ...]
    slices: tuple[Slice, ...]
    wording: tuple[Narrowing, ...]
    groups: tuple[Groups, ...] = ()
    without_group: int = 0  # people of whom the groups' file says nothing

    @property
    def nobody(self) -> tuple[Line, ...]:
        """Requirements that nobody meets, not even partly."""
        return tuple(line for line in self.lines if self.people and line.alone == self.people)

    @property
    def everybody(self) -> tuple[Line, ...]:
        """Requirements that everybody meets, which tell nobody apart."""
        return tuple(line for line in self.lines if self.people and line.met == self.people)


def advert(
    confirmed: Confirmed,
    people: Sequence[Shown],
    wording: Iterable[Narrowing] = (),
    groups: Mapping[str, tuple[str | None, str | None]] | None = None,
    musts_alone: bool = False,
) -> Advert:
    """What `confirmed`'s requirements do to `people`, whose statuses are in their order.

    Counted together are required lines, or with `musts_alone` the musts. `groups` says (sex,
    race/ethnicity) by a resume's name or path. Raises InputError where there is nobody.
    """
    if not people:
        raise InputError("no resume could be read: there is nobody to look at")
    counted = [
        wish.must if musts_alone else (wish.must or wish.kind == "required") and wish.weight > 0
        for wish in confirmed.wishes
    ]
    lacks = [
        {i for i, s in enumerate(person.statuses) if counted[i] and s == NOT_SHOWN}
        for person in people
    ]
    lines = []
    for i, wish in enumerate(confirmed.wishes):
        column = [person.statuses[i] for person in people]
        lines.append(
            Line(
                wish.id, wish.text, wish.kind, counted[i], column.count("met"),
                column.count("partly"), column.count(NOT_SHOWN), sum(own == {i} for own in lacks),
            )
        )  # fmt: skip
    ids = [wish.id for wish in confirmed.wishes]
    found, missing = _groups(ids, people, lacks, groups) if groups is not None else ((), 0)
    return Advert(
        confirmed.job, len(people), sum(not own for own in lacks), tuple(lines),
        (*_slices("profession", lambda p: p.domain, people, lacks, ids),
         *_slices("level", lambda p: p.level, people, lacks, ids)),
        tuple(wording), found, missing,
    )  # fmt: skip


def _slices(
    by: str, key: Callable[[Shown], str], people: Sequence[Shown], lacks: Sequence[set[int]],
    ids: Sequence[str],
) -> list[Slice]:  # fmt: skip
    """Largest first; those of fewer than LEAST people are left out."""
    rows: dict[str, list[set[int]]] = {}
    for person, own in zip(people, lacks, strict=True):
        rows.setdefault(key(person) or "not known", []).append(own)
    found = []
    for name, members in rows.items():
        if len(members) < LEAST:
            continue
        removed = [sum(i in own for own in members) for i in range(len(ids))]
        most = max(removed, default=0)
        hardest = ids[removed.index(most)] if most else ""
        left = sum(not own for own in members)
        found.append(Slice(by, name, len(members), left, hardest, most))
    return sorted(found, key=lambda one: (-one.people, one.name))


def _groups(
    ids: Sequence[str],
    people: Sequence[Shown],
    lacks: Sequence[set[int]],
    groups: Mapping[str, tuple[str | None, str | None]],
) -> tuple[tuple[Groups, ...], int]:
    """Ratios of all counted requirements together, then of each that removes anybody."""
    known = [groups.get(p.name) or groups.get(PurePath(p.name).name) for p in people]
    rows = [(group, own) for group, own in zip(known, lacks, strict=True) if group is not None]
    if not rows:
        raise InputError(
            "the file of groups names none of these resumes: its column `file` holds their paths "
            "or names, as the ranking shows them"
        )

    def ratios(kept: Callable[[set[int]], bool]) -> Impact:
        outcomes = tuple(Outcome(sex, race, None, kept(own)) for (sex, race), own in rows)
        return impact(Outcomes("advert", "", outcomes, 0, "selection"))

    found = [Groups("", ratios(lambda own: not own))]
    for i, name in enumerate(ids):
        if any(i in own for _, own in rows):
            found.append(Groups(name, ratios(lambda own, i=i: i not in own)))  # type: ignore[misc]
    return tuple(found), len(people) - len(rows)


def read_groups(path: Path) -> dict[str, tuple[str | None, str | None]]:
    """{file: (sex, race/ethnicity)} of a CSV with `file` and one or both. Raises InputError."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        table, header = list(reader), list(reader.fieldnames or [])
    except OSError as error:
        raise InputError(f"{path}: cannot be opened: {error.strerror or error}") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path}: expected a CSV in UTF-8: {error}") from error
    if "file" not in header or not {"sex", "race_ethnicity"} & set(header):
        raise InputError(
            f"{path}: expected the columns file and sex, race_ethnicity or both; there are "
            f"{', '.join(header) or 'none'}"
        )
    return {
        str(row["file"]).strip(): (_known(row.get("sex")), _known(row.get("race_ethnicity")))
        for row in table
    }


def _known(value: str | None) -> str | None:
    text = " ".join((value or "").split())
    return None if text.lower() in UNKNOWN else text


def as_dict(found: Advert) -> dict[str, Any]:
    """Ready for JSON."""
    return {
        "job": found.job,
        "people": found.people,
        "left": found.left,
        "requirements": [
            {name: getattr(line, name) for name in Line.__slots__} for line in found.lines
        ],
        "nobody": [line.id for line in found.nobody],
        "everybody": [line.id for line in found.everybody],
        "slices": [{name: getattr(one, name) for name in Slice.__slots__} for one in found.slices],
        "wording": [
            {name: getattr(one, name) for name in Narrowing.__slots__} for one in found.wording
        ],
        "groups": [
            {
                "requirement": one.id,
                "lowest": one.impact.lowest,
                "tables": [
                    {
                        "by": table.by,
                        "unknown": table.unknown,
                        "categories": [
                            {"name": c.label, "people": c.n, "left": c.above, "ratio": c.ratio}
                            for c in table.categories
                        ],
                    }
                    for table in one.impact.tables
                ],
            }
            for one in found.groups
        ],
        "without_group": found.without_group,
    }
