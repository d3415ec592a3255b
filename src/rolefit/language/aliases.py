"""The alias file: lines that a person edits -> entries. docs/taxonomy.md tells how to write them.

[Degrees | degree]                              group and kind of the lines below
Bachelor of Technology = B.Tech, B-Tech, BTech  one form, and what is rewritten to it
"Go"? = Golang                                  quotes: as written; ?: only beside other skills
work in teams ~ teamwork, team player           ~ : the same skill, but the text stays as it is
Python = Python 3 > Python (computer programming)   > : the preferred label in ESCO
! go to, excel at                               never a skill
"""

from __future__ import annotations

from dataclasses import dataclass

from rolefit.errors import TaxonomyError

KINDS = ("skill", "degree", "certificate", "licence", "title", "language")


@dataclass(frozen=True, slots=True)
class Form:
    text: str
    exact: bool = False  # only in this case: "IT", not "it"
    company: bool = False  # only beside other skills


@dataclass(frozen=True, slots=True)
class Entry:
    label: str  # "" for what is never a skill
    forms: tuple[Form, ...]  # the label first
    rewrite: bool  # whether the canonical text says `label` for all of them
    esco: str | None
    group: str
    kind: str


def parse(text: str, name: str = "aliases.txt") -> list[Entry]:
    """Raises TaxonomyError that names the line."""
    entries: list[Entry] = []
    group, kind = "", ""
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        try:
            if line.startswith("["):
                group, kind = _heading(line)
            elif not group:
                raise ValueError("expected a heading such as [Degrees | degree] above it")
            else:
                entries.append(_entry(line, group, kind))
        except ValueError as error:
            raise TaxonomyError(f"{name}, line {number}: {error}. The line: {line}") from error
    return entries


def _heading(line: str) -> tuple[str, str]:
    group, bar, kind = (part.strip() for part in line.strip("[]").partition("|"))
    if not line.endswith("]") or not group or not bar or kind not in KINDS:
        raise ValueError(f"expected [Group | kind] with a kind of {', '.join(KINDS)}")
    return group, kind


def _entry(line: str, group: str, kind: str) -> Entry:
    if line.startswith("!"):
        return Entry("", tuple(_forms(line[1:])), False, None, group, kind)
    rest, _, esco = (part.strip() for part in line.partition(" > "))
    left, sign, right = rest, "=", ""
    for mark in (" = ", " ~ "):
        if mark in rest:
            left, _, right = rest.partition(mark)
            sign = mark.strip()
            break
    first, *others = [*_forms(left), *(_forms(right) if right.strip() else [])]
    return Entry(first.text, (first, *others), sign == "=", esco or None, group, kind)


def _forms(listed: str) -> list[Form]:
    forms = []
    for part in listed.split(","):
        form = part.strip()
        company = form.endswith("?")
        form = form.removesuffix("?").strip()
        exact = len(form) > 2 and form.startswith('"') and form.endswith('"')
        form = form.strip('"') if exact else form
        if not form or '"' in form:
            raise ValueError("expected names between commas, each bare or in a pair of quotes")
        forms.append(Form(form, exact, company))
    return forms
