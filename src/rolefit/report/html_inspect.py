"""An inspection as one page: the text with what was found in it, and the findings beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import PurePath

from rolefit.records import Document, Inspection, Line, Span
from rolefit.report.html_markup import Html, el, join, page, text
from rolefit.report.inspect_view import rows

_BUDGET = 300_000  # characters of the text that are shown
# Of marks that overlap the first of these stands out.
_KINDS = (
    "title", "employer", "dates", "degree", "licence", "language", "must", "required", "preferred",
    "duty", "skill", "heading",
)  # fmt: skip


def to_html(found: Inspection) -> str:
    name = PurePath(found.document.name).name
    groups = [
        el("section", el("h2", heading), el("table", *(
            el("tr", el("th", row.name, scope="row"), el("td", row.text)) for row in group
        ), class_="found"))
        for heading, group in rows(found)
    ]  # fmt: skip
    used = sorted({mark.kind for mark in marks(found)}, key=_KINDS.index)
    legend = [el("mark", kind, class_=f"k-{kind}") for kind in used]
    body = [
        el("header", el("h1", name), el("p", f"What a machine reads of it, as a {found.side}")),
        *groups,
        el("section", el("h2", "The text, in the order in which it is read"),
           el("p", *_parted(legend), class_="legend"),
           el("div", _text(found.document, marks(found)), class_="text", tabindex=0)),
    ]  # fmt: skip
    return page(f"{name}: what a machine reads", el("main", *body))


def marks(found: Inspection) -> list[Span]:
    """What stands out in the text."""
    return [
        mark
        for mark in (*_of_resume(found), *_of_job(found), *_of_both(found))
        if mark.start < mark.end
    ]


def _of_resume(found: Inspection) -> Iterator[Span]:
    if found.resume is None:
        return
    for position in found.resume.positions:
        if position.title:
            yield Span(position.title.start, position.title.end, "title")
        if position.employer:
            yield Span(position.employer.start, position.employer.end, "employer")
    for kind, facts in (
        ("degree", found.resume.education),
        ("licence", found.resume.licences),
        ("language", found.resume.languages),
    ):
        yield from (Span(fact.start, fact.end, kind) for fact in facts)


def _of_job(found: Inspection) -> Iterator[Span]:
    if found.job is None:
        return
    if found.job.title:
        yield Span(found.job.title.start, found.job.title.end, "title")
    for requirement in found.job.requirements:
        kind = "must" if requirement.must else requirement.kind
        yield Span(requirement.line.start, requirement.line.end, kind)


def _of_both(found: Inspection) -> Iterator[Span]:
    for skill in found.skills:
        if skill.kind == "skill":
            yield from (Span(mention.start, mention.end, "skill") for mention in skill.mentions)
    for section in found.sections:
        yield Span(section.start, section.start + len(section.heading), "heading")


def _text(document: Document, found: Sequence[Span]) -> Html:
    ordered = sorted(found, key=lambda mark: mark.start)
    parts, before, room, first = [], None, _BUDGET, 0
    for line in document.lines:
        room -= line.end - line.start
        if room < 0:
            parts.append(el("p", "… the rest is left out here …", class_="omitted"))
            break
        if document.pages > 1 and (before is None or before.page != line.page):
            parts.append(el("p", f"page {line.page}", class_="page"))
        gap = before is not None and document.text.count("\n", before.end, line.start) > 1
        while first < len(ordered) and max(m.end for m in ordered[first : first + 1]) <= line.start:
            first += 1
        over = [
            m for m in ordered[first : first + 400] if m.start < line.end and line.start < m.end
        ]
        parts.append(el("p", *_pieces(document.text, line, over), class_="gap" if gap else None))
        before = line
    return join(*parts)


def _pieces(text_: str, line: Line, over: Sequence[Span]) -> Iterator[Html]:
    edges = {line.start, line.end}
    edges |= {edge for m in over for edge in (m.start, m.end) if line.start < edge < line.end}
    for first, last in pairwise(sorted(edges)):
        kinds = [mark.kind for mark in over if mark.start < last and first < mark.end]
        words = text_[first:last]
        if not kinds or not words.strip():
            yield text(words)
        else:
            kind = min(kinds, key=_KINDS.index)
            yield el("mark", words, class_=f"k-{kind}", title=kind)


def _parted(legend: Sequence[Html]) -> Iterator[Html]:
    for number, item in enumerate(legend):
        if number:
            yield text(" ")
        yield item
