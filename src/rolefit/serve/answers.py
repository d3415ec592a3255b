"""The answers of the command line: the records of --json, and whether anything was cut off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from rolefit import decide
from rolefit.bundle import Bundle
from rolefit.decided import Confirmed
from rolefit.errors import ReadError
from rolefit.intake import Prepared
from rolefit.reading import Part, from_text, read
from rolefit.records import Document, Match
from rolefit.report import Report, as_json, explain_json, improve_json, inspect_json
from rolefit.serve.body import Asked
from rolefit.serve.decisions import confirmed
from rolefit.serve.desk import Ticket, Unread
from rolefit.serve.forms import Item

if TYPE_CHECKING:
    from rolefit.serve.service import Service

CUT = ("truncated", "job-truncated")


def source(item: Item) -> Part | Document:
    """A file as its bytes, a text as the document it is. Raises ReadError."""
    return item if isinstance(item, Part) else from_text(item.text, name=item.name)


def truncated(match: Match) -> bool:
    """Whether the end of the resume or of the job was not read."""
    return any(notice.code in CUT for notice in match.notices)


def score(service: Service, asked: Asked, ticket: Ticket) -> dict[str, Any]:
    options = asked.options
    matcher = service.fast if options.fast else service.matcher
    resume, job = _pair(asked)
    wishes = confirmed(matcher, job, options)
    match = matcher.score(resume, job)
    weights = (decide.Weigher(matcher, job, wishes)(resume, match),) if wishes else ()
    service.metrics.documents.inc(2)
    return ranking(Report(match.job, (match,), (), service.bundle, 1, 0, wishes, weights))


def rank(service: Service, asked: Asked, ticket: Ticket) -> dict[str, Any]:
    options = asked.options
    matcher = service.fast if options.fast else service.matcher
    job = source(asked.documents["job"][0])
    wishes = confirmed(matcher, job, options)
    unread = Unread(ticket)
    resumes = []
    for item in asked.documents["resumes"]:
        try:
            resumes.append(source(item))
        except ReadError as error:
            unread.append(error)
    prepared: list[Prepared] = []
    matches = matcher.rank(job, resumes, ticket.progress, unread, prepared)
    service.metrics.documents.inc(1 + len(matches))
    found = decide.listed(
        matcher, job, matches, prepared, wishes, order=options.order,
        all_versions=options.all_versions, top=options.top, progress=ticket.progress,
    )  # fmt: skip
    return ranking(report(job.name, found, service.bundle, wishes, options.top, unread))


def report(
    job: str, found: decide.Listed, bundle: Bundle, wishes: Confirmed | None, top: int | None,
    unread: Sequence[ReadError] = (),
) -> Report:  # fmt: skip
    return Report(
        job, found.matches[:top], tuple(unread), bundle, len(found.matches), 0, wishes,
        found.weighted[:top], found.tiering, found.versions,
    )  # fmt: skip


def explain(service: Service, asked: Asked, ticket: Ticket) -> dict[str, Any]:
    from rolefit.blind import shown

    matcher = service.fast if asked.options.fast else service.matcher
    explanation = matcher.explain(*_pair(asked))
    service.metrics.documents.inc(2)
    if asked.options.blind:
        explanation = shown(explanation)
    content = explain_json.content(explanation, service.bundle)
    return {**content, "truncated": truncated(explanation.match)}


def improve(service: Service, asked: Asked, ticket: Ticket) -> dict[str, Any]:
    from rolefit.improve import improve as advise

    matcher = service.matcher
    resume, given = _pair(asked)
    # Scored many times: it is read once.
    job = read(given.data, name=given.name, limits=service.limits) if isinstance(
        given, Part) else given  # fmt: skip
    explanation = matcher.explain(resume, job)
    name = explanation.resume.name

    def rescored(text: str) -> float:
        ticket.check()
        return matcher.score(from_text(text, name=name), job).score

    advice = advise(explanation, rescored)
    service.metrics.documents.inc(2)
    content = improve_json.content(explanation, advice, service.bundle)
    match = explanation.match
    return {**content, "band": list(match.band), "truncated": truncated(match)}


def inspect(service: Service, asked: Asked, ticket: Ticket) -> dict[str, Any]:
    from rolefit.inspection import inspect as inspected

    document = source(asked.documents["document"][0])
    found = inspected(document, asked.options.side, limits=service.limits)
    service.metrics.documents.inc()
    return inspect_json.content(found)


def _pair(asked: Asked) -> tuple[Part | Document, Part | Document]:
    return source(asked.documents["resume"][0]), source(asked.documents["job"][0])


def ranking(report: Report) -> dict[str, Any]:
    content = as_json.content(report)
    results: Iterable[dict[str, Any]] = content["results"]
    cut = [truncated(match) for match in report.matches]
    content["results"] = [
        {**result, "truncated": one} for result, one in zip(results, cut, strict=True)
    ]
    return {**content, "truncated": any(cut)}
