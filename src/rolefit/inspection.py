"""What a machine reads of one document, without another one to compare it with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from rolefit.bundle import Bundle, as_of_month
from rolefit.errors import InputError
from rolefit.language import find_skills, sections
from rolefit.language.clean import clean
from rolefit.language.job_facts import job_facts
from rolefit.language.personal import find_masks
from rolefit.language.resume_facts import resume_facts
from rolefit.language.section_order import in_order
from rolefit.language.units import units
from rolefit.prepare import as_seen
from rolefit.reading import Part, chrome, from_text, open_parts, read_part, the_only
from rolefit.reading.files import Source, called
from rolefit.reading.limits import Limits
from rolefit.reading.shape import Shape, shape_of
from rolefit.records import Document, Inspection, JobFacts, ResumeFacts, Section, Span
from rolefit.risks import of_file, of_resume, of_text

SIDES = ("resume", "job")
_HIDDEN = 200  # words of hidden text that are told


def inspect(
    source: Source | Document | Part,
    side: str = "",
    *,
    as_of: str = "",
    limits: Limits | None = None,
) -> Inspection:
    """Read one document as `side`, "resume" or "job" ("": what it looks like): what is found in it.

    A `str` is a text, a `Path` a file, bytes (or a Part, which has a name) one file's content.
    `as_of` ("2026-11") is the month that "present" stands for; "" takes the shipped model's. Needs
    no model and encodes nothing.

    Raises ReadError's children as `read` does, InputError for another side.
    """
    if side not in ("", *SIDES):
        raise InputError(f"expected a document as {' or '.join(SIDES)}, got {side!r}")
    document, shape, hidden = _read(source, limits or Limits())
    seen = as_seen(document)
    month = as_of_month(as_of) if as_of else Bundle.open().as_of
    posting = as_seen(chrome.posting(document))  # as a score reads a job
    ordered, moved = in_order(seen)
    person = moved.back(resume_facts(ordered, month))
    job = job_facts(posting, units(posting))
    masks = tuple(Span(mask.start, mask.end, mask.kind) for mask in find_masks(seen))
    contacts = sum(mask.kind == "contact" for mask in masks)
    side = side or _side(seen, person, job, contacts)
    risks = [*of_file(document, shape), *of_text(document)]
    if side == "resume":
        risks += of_resume(seen, person, contacts)
    return Inspection(
        document=replace(document, notices=(*document.notices, *clean(document.text)[2])),
        side=side,
        hidden=hidden,
        sections=tuple(_sections(seen)),
        resume=person if side == "resume" else None,
        job=job if side == "job" else None,
        personal=masks if side == "resume" else (),
        skills=find_skills(seen.text),
        risks=tuple(risks),
    )


def _read(
    source: Source | Document | Part, limits: Limits
) -> tuple[Document, Shape, tuple[str, ...]]:
    """The document, how its file is built, and the words that a person does not see."""
    if isinstance(source, Document):
        return source, Shape(), ()
    if isinstance(source, str):
        return from_text(source, name="text"), Shape(), ()
    name = "document" if isinstance(source, bytes) else None
    if isinstance(source, Part):
        name = source.name
        source = source.data
    part = the_only(open_parts(source, name=name, limits=limits), called(source, name))
    document = read_part(part, limits)
    hidden: tuple[str, ...] = ()
    if any(notice.code == "hidden-text" for notice in document.notices):
        hidden = _more(document.text, read_part(part, limits, with_hidden=True).text)
    return document, shape_of(part.kind, part.data), hidden


def _more(text: str, whole: str) -> tuple[str, ...]:
    """Words of `whole` that `text` has less often, in their order."""
    left = Counter(text.split())
    found = []
    for word in whole.split():
        left[word] -= 1
        if left[word] < 0:
            found.append(word)
    return tuple(found[:_HIDDEN])


def _sections(document: Document) -> Iterator[Section]:
    known = sections.find(document.text)
    starts = (*known.starts, len(document.text))
    for (start, end), name in zip(pairwise(starts), known.names, strict=True):
        heading = document.text[start:end].partition("\n")[0]
        end = start + len(document.text[start:end].rstrip())
        yield Section(name, start, end, " ".join(heading.partition(":")[0].split()))


def _side(document: Document, person: ResumeFacts, job: JobFacts, contacts: int) -> str:
    """What it looks like: people have held positions and leave a number, jobs ask for things."""
    names = sections.find(document.text).names
    held = any(position.first is not None for position in person.positions)
    asks = sum(requirement.kind != "duty" for requirement in job.requirements)
    a_person = 2 * held + (contacts > 0) + ("education" in names) + ("experience" in names)
    a_job = 2 * (asks > 1) + sum(name in names for name in ("requirements", "preferred", "duties"))
    return "resume" if a_person >= a_job else "job"
