"""What an inspection says, as rows for a screen and a page: the same words on both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rolefit.records import Fact, Inspection, JobFacts, Position, ResumeFacts

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


@dataclass(frozen=True, slots=True)
class Row:
    """A name on the left and what was found on the right; an empty name goes on with the last."""

    name: str
    text: str


def rows(found: Inspection) -> list[tuple[str, list[Row]]]:
    """Groups of rows under their headings, in the order in which they are shown."""
    groups = [("What was read", _reading(found))]
    if found.resume:
        groups += [("Positions", _positions(found.resume)), ("The person", _person(found.resume))]
    if found.job:
        groups += [("What it asks for", _requirements(found)), ("The job", _job(found.job))]
    groups.append(("Skills", _skills(found)))
    if found.hidden:
        groups.append(("Hidden words, not counted", [Row("", " ".join(found.hidden))]))
    risks = [Row(risk.code, risk.message) for risk in found.risks]
    groups.append(("In other programs", risks or [Row("", "nothing that is known to go wrong")]))
    return groups


def when(position: Position) -> str:
    """ "Mar 2018 - now", or what is said where no dates were read."""
    if position.first is None:
        return "no dates"
    last = "now" if position.current else _month(position.last or position.first)
    return f"{_month(position.first)} - {last}"


def _month(number: int) -> str:
    return f"{_MONTHS[number % 12]} {number // 12}"


def _reading(found: Inspection) -> list[Row]:
    document = found.document
    words = sum(any(map(str.isalnum, word)) for word in document.text.split())
    pages = f", {document.pages} pages" if document.pages > 1 else ""
    read = [Row("format", f"{document.kind}{pages}, {words:,} words")]
    if columns := [str(count) for count in document.columns]:
        read.append(Row("columns", ", ".join(columns) + (" (page by page)" if pages else "")))
    names = [section.heading for section in found.sections]
    read.append(Row("sections", " · ".join(names) or "no heading was known"))
    read += [Row("notice", notice.message) for notice in document.notices]
    return read


def _positions(facts: ResumeFacts) -> list[Row]:
    found = [
        Row(when(p), " · ".join(fact.value for fact in (p.title, p.employer) if fact) or "-")
        for p in facts.positions
    ]
    return found or [Row("", "none was found")]


def _person(facts: ResumeFacts) -> list[Row]:
    years = "not shown" if facts.years is None else f"{facts.years:g}"
    claimed = "" if facts.claimed_years is None else f", {facts.claimed_years:g} in its own words"
    found = [Row("years", years + claimed)]
    if facts.headline:
        found.insert(0, Row("headline", facts.headline.value))
    return found + _facts(
        ("level", [facts.level] if facts.level else []),
        ("education", facts.education),
        ("licences", facts.licences),
        ("languages", facts.languages),
        ("cannot be", [Fact(slip.detail, 0, 0, slip.value) for slip in facts.slips]),
    )


def _requirements(found: Inspection) -> list[Row]:
    assert found.job is not None
    lines = []
    for number, requirement in enumerate(found.job.requirements, start=1):
        name = f"r{number} {'must' if requirement.must else requirement.kind}"
        text = found.document.text[requirement.line.start : requirement.line.end]
        lines.append(Row(name, " ".join(text.split())))
    return lines or [Row("", "no line asks for anything in so many words")]


def _job(facts: JobFacts) -> list[Row]:
    return _facts(
        ("title", [facts.title] if facts.title else []),
        ("years", [facts.years] if facts.years else []),
        ("level", [facts.level] if facts.level else []),
        ("education", [facts.education] if facts.education else []),
        ("licences", facts.licences),
        ("languages", facts.languages),
    ) or [Row("", "nothing else was found")]


def _facts(*groups: tuple[str, Iterable[Fact]]) -> list[Row]:
    found = []
    for name, facts in groups:
        for number, fact in enumerate(facts):
            detail = f" ({fact.detail})" if fact.detail else ""
            found.append(Row("" if number else name, fact.value + detail))
    return found


def _skills(found: Inspection) -> list[Row]:
    labels = sorted({skill.label for skill in found.skills if skill.kind == "skill"}, key=str.lower)
    return [Row("", " · ".join(labels) if labels else "none was found")]
