"""The order in which the rooms are walked: read, prepare, compare, score, explain.

bytes -> Document -> facts, skills, units, vectors -> Profile     one document (prepare.py)
two Profiles -> Findings -> Features -> score -> Match            a pair
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from rolefit import parts
from rolefit.bundle import FILES, Bundle, as_of_month
from rolefit.cache import Cache
from rolefit.domains import Domains
from rolefit.encode import TextEncoder
from rolefit.errors import ReadError
from rolefit.evidence import CAP, assess, missing_licences
from rolefit.features import lacking, pair_features
from rolefit.intake import Intake, Origin, Prepared, Side, Source
from rolefit.language.taxonomy import shipped_sha256
from rolefit.parts import PartsHead
from rolefit.reading import Columns, Limits, Part
from rolefit.records import (
    Document,
    Domain,
    Evidence,
    Explanation,
    Features,
    Finding,
    FloatArray,
    Match,
    Notice,
    Reading,
)
from rolefit.score import Float64Array, Mapper
from rolefit.stuffing import pasted

if TYPE_CHECKING:
    from rolefit.prepare import Job, Resume
    from rolefit.reader import Reader

Progress = Callable[[int, int], None]  # done, total


class Matcher:
    """Scores resumes against jobs with one model bundle.

    Every score is a pure function of the two documents and the bundle.
    """

    def __init__(
        self,
        bundle: Bundle,
        *,
        jobs: int | None = None,
        cache: Cache | None = None,
        limits: Limits | None = None,
        cosine_only: bool = False,
        as_of: str = "",
        columns: Columns | None = None,
        reads: bool = True,
    ) -> None:
        self.bundle = bundle
        self.reads = reads
        self.mapper = Mapper.load(bundle.folder, FILES.cosine_prefix if cosine_only else "")
        self.lacks = lacking(self.mapper.feature_names, FILES.parts in bundle.files)
        if self.lacks:
            self.mapper = Mapper.load(bundle.folder, FILES.cosine_prefix)
        bundle.check_taxonomy(shipped_sha256())
        self.cosine_only = cosine_only
        month = as_of_month(as_of) if as_of else bundle.as_of
        self.intake = Intake(bundle, jobs, cache, limits, month, columns)

    @cached_property
    def parts(self) -> PartsHead | None:
        """What reads the four parts of a score; None if the mapper does not ask for them."""
        if not set(parts.NAMES) & set(self.mapper.feature_names):
            return None
        return PartsHead.load(self.bundle.folder, self.bundle.encoder_sha256)

    @property
    def encoder(self) -> TextEncoder:
        """Texts -> vectors."""
        return self.intake.encoder

    @cached_property
    def background(self) -> tuple[Float64Array, Float64Array]:
        """Features of ordinary pairs (rows, k), and what each row counts (rows,).

        A bundle without them measures against the middle of the range that its mapper knows.
        """
        from rolefit.explain import read_background

        return read_background(self.bundle, self.mapper)

    @cached_property
    def reader(self) -> Reader | None:
        """What reads requirements for `explain`; None where there is none for this tokenizer."""
        from rolefit.reader import Reader  # with the language rooms, slow to import

        if self.cosine_only or not self.reads:
            return None
        reader = Reader.open()
        own = self.bundle.files[FILES.tokenizer]["sha256"]
        return reader if reader and reader.tokenizer_sha256 == own else None

    @cached_property
    def domains(self) -> Domains | None:
        """The professions that the bundle knows; None if it has none. Raises BundleError."""
        if FILES.domains not in self.bundle.files:
            return None
        return Domains.load(self.bundle.folder, self.bundle.encoder_sha256)

    @classmethod
    def load(
        cls,
        folder: str | Path | None = None,
        *,
        jobs: int | None = None,
        cache: Cache | None = None,
        limits: Limits | None = None,
        cosine_only: bool = False,
        as_of: str = "",
        columns: Columns | None = None,
        reads: bool = True,
    ) -> Matcher:
        """Open a bundle folder, by default the shipped one. Raises BundleError.

        `jobs` is how many documents are encoded side by side (default: the usable cores).
        `cosine_only` scores by the document vectors alone, as the published recipe does. `as_of` is
        the month that "present" stands for in a resume: "2026-11", or "document" for the latest
        date that the resume names; by default the bundle's. `columns` says which columns of a table
        are read, where that is not plain. Without `reads` an explanation rests on nearest lines and
        facts, and comes sooner.
        """
        return cls(
            Bundle.open(folder), jobs=jobs, cache=cache, limits=limits, cosine_only=cosine_only,
            as_of=as_of, columns=columns, reads=reads,
        )  # fmt: skip

    def without_reader(self) -> Matcher:
        """This one, but for the reader, which it does without."""
        if not self.reads:
            return self
        fast = copy.copy(self)
        fast.reads = False
        vars(fast).pop("reader", None)  # opened already, maybe
        return fast

    def score(self, resume: Source, job: Source) -> Match:
        """How well `resume` fits `job`.

        Either side is a text (str), a file (pathlib.Path), the bytes of one with a name
        (rolefit.reading.Part) or a Document. A file that holds other files holds one, or the path
        goes on to one of them. Raises ReadError.
        """
        # In one go, so that both are encoded side by side.
        person, wanted = self.intake.prepare([(resume, "resume"), (job, "job")])
        return self.matches(wanted, [person])[0]

    def rank(
        self,
        job: Source,
        resumes: Iterable[Source],
        progress: bool | Progress = False,
        unread: list[ReadError] | None = None,
        prepared: list[Prepared] | None = None,
    ) -> list[Match]:
        """Matches of `resumes` to `job`, best first; what ties keeps the order given.

        Archives, mailboxes and tables among the resumes count as what they hold.
        A resume that cannot be read raises its ReadError, or, with a list as `unread`, is added to
        it while the rest is ranked. `progress` is True for a progress bar, or called with
        (done, total) after each resume. What was compared is added to a list as `prepared`.
        """
        wanted = next(self.intake.prepare([(job, "job")]))
        found = list(self._with_progress(list(resumes), progress, unread))
        if prepared is not None:
            prepared += found
        return best_first(self.matches(wanted, found))

    def score_matrix(self, resumes: Sequence[Source], jobs: Sequence[Source]) -> FloatArray:
        """Scores of every pair: float32 (n_resumes, n_jobs)."""
        sources: list[tuple[Source, Side]] = [(resume, "resume") for resume in resumes]
        sources += [(job, "job") for job in jobs]
        prepared = list(self.intake.prepare(sources))
        left, right = prepared[: len(resumes)], prepared[len(resumes) :]
        scores = np.zeros((len(left), len(right)), dtype=np.float32)
        for column, job in enumerate(right):
            scores[:, column] = self._compare(left, job)[0]
        return scores

    def explain(self, resume: Source, job: Source) -> Explanation:
        """Why `resume` has its score for `job`. Raises ReadError."""
        return self.explainer(job)(resume)

    def explainer(self, job: Source) -> Callable[[Source], Explanation]:
        """`explain` for many resumes of one job, which is read once. Raises ReadError.

        Everything is read anew: the cache holds no text to quote.
        """
        from rolefit.explain import explain  # with the language rooms, slow to import

        wanted = self.intake.job(job)
        advert = wanted.document
        asked = Prepared(advert.name, wanted.notices, wanted.profile, sha256=advert.sha256)

        def explained(resume: Source) -> Explanation:
            whole = self.intake.resume(resume)
            read = whole.document
            again = origin(resume, read)
            shown = Prepared(read.name, whole.notices, whole.profile, again, read.sha256)
            person = self._in_own_words(whole, wanted)
            match = self.matches(asked, [shown])[0]
            findings = assess(person.profile, wanted.profile, self.bundle.line_scale)
            readings = self._read(person, wanted, findings)
            return explain(match, person, wanted, self.mapper, self.background, findings, readings)

        return explained

    def evidence(self, jobs: Sequence[Source]) -> Callable[[Source], list[tuple[Evidence, ...]]]:
        """What a resume shows for each requirement of each of `jobs`, which are read once.

        As `explain` has it, and sooner, as no points are worked out. Raises ReadError.
        """
        from rolefit.explain import evidence

        asked = [self.intake.job(job) for job in jobs]

        def shown(resume: Source) -> list[tuple[Evidence, ...]]:
            whole = self.intake.resume(resume)
            found = []
            for job in asked:
                person = self._in_own_words(whole, job)
                findings = assess(person.profile, job.profile, self.bundle.line_scale)
                found.append(evidence(person, job, findings, self._read(person, job, findings)))
            return found

        return shown

    def _in_own_words(self, resume: Resume, job: Job) -> Resume:
        """What is scored is what is explained; the page still shows the whole text."""
        if not pasted(resume.profile.shingles, job.profile.shingles):
            return resume
        own = self.intake.resume(self.intake.own(resume.document, job.profile))
        return replace(own, document=resume.document)

    def _read(self, resume: Resume, job: Job, findings: Sequence[Finding]) -> tuple[Reading, ...]:
        if self.reader is None:
            return ()
        return self.reader.read(resume, job, findings, self.encoder, self.intake.as_of)

    def _with_progress(
        self, sources: list[Source], progress: bool | Progress, unread: list[ReadError] | None
    ) -> Iterator[Prepared]:
        work = self.intake.prepare(((source, "resume") for source in sources), unread, many=True)
        if progress is True:
            from rich.progress import track

            yield from track(work, description="Reading", total=len(sources))
        elif callable(progress):
            for done, item in enumerate(work, start=1):
                reached = done + len(unread or ())
                # How many documents a file holds is known when it has been read.
                progress(reached, max(reached, len(sources)))
                yield item
        else:
            yield from work

    def _compare(
        self, resumes: Sequence[Prepared], job: Prepared
    ) -> tuple[Float64Array, Float64Array, list[tuple[str, ...]]]:
        """Scores (n,), features (n, k) and the licences for want of which a score was capped.

        What a resume has word for word from the job shows nothing and is left out.
        """
        names = self.mapper.feature_names
        values = np.zeros((len(resumes), len(names)))
        missing = []
        for row, resume in enumerate(resumes):
            profile = resume.profile
            if _pasted(resume, job):
                profile = self.intake.in_own_words(resume, job.profile)
            findings = assess(profile, job.profile, self.bundle.line_scale)
            values[row] = pair_features(names, profile, job.profile, findings, self.parts)
            missing.append(missing_licences(findings))
        scores = self.mapper.score(values)
        capped = [() if score <= CAP else lack for score, lack in zip(scores, missing, strict=True)]
        return np.where([bool(lack) for lack in capped], CAP, scores), values, capped

    def matches(self, job: Prepared, resumes: Sequence[Prepared]) -> list[Match]:
        """A Match of each of `resumes`, in their order, of what the intake made of them."""
        if not resumes:
            return []
        scores, values, capped = self._compare(resumes, job)
        bands = self.mapper.band(scores)
        by_likeness = f"scored by overall likeness alone: {self.lacks}"
        about_bundle = [Notice("bundle", by_likeness)] if self.lacks else []
        about_job = [Notice(f"job-{n.code}", n.message) for n in job.notices]
        reads_like = self._domains(job)
        matches = [
            Match(
                resume=resume.name,
                job=job.name,
                score=float(score),
                band=(float(band[0]), float(band[1])),
                features=Features(self.mapper.feature_names, tuple(map(float, row))),
                notices=(
                    *about_bundle,
                    *about_job,
                    *resume.notices,
                    *_capped(lack),
                    *_pasted(resume, job),
                    *(self._with_hidden(resume, job) if resume.hides else ()),
                ),
                resume_domains=self._domains(resume),
                job_domains=reads_like,
                resume_sha256=resume.sha256,
                job_sha256=job.sha256,
            )
            for resume, score, band, row, lack in zip(
                resumes, scores, bands, values, capped, strict=True
            )
        ]
        return _mark_duplicates(matches, resumes)

    def _domains(self, document: Prepared) -> tuple[Domain, ...]:
        return self.domains.of(document.profile.encoding.vector) if self.domains else ()

    def _with_hidden(self, resume: Prepared, job: Prepared) -> tuple[Notice, ...]:
        """What the score would be if the words were read that a person does not see."""
        shown = replace(resume, profile=self.intake.with_hidden(resume))
        score = self._compare([shown], job)[0][0]
        return (Notice("hidden-text-score", f"with the hidden words it would be {score:.0f}"),)


def best_first(matches: Iterable[Match]) -> list[Match]:
    """As a ranking shows them; what ties keeps its order."""
    # Beyond the range the mapper was fitted on scores are equal; the first feature, function or
    # the cosine, still tells such resumes apart.
    return sorted(matches, key=lambda match: (-match.score, -match.features.values[0]))


def origin(source: Source, document: Document) -> Origin:
    """What `document` was read from, to be read again: a text is its own document."""
    if isinstance(source, (str, Document)):
        return document
    return source if isinstance(source, Part) else Path(source)


def _pasted(resume: Prepared, job: Prepared) -> tuple[Notice, ...]:
    """A notice where the resume repeats the job word for word: such words show nothing."""
    found = pasted(resume.profile.shingles, job.profile.shingles)
    return (found,) if found else ()


def _capped(licences: tuple[str, ...]) -> tuple[Notice, ...]:
    if not licences:
        return ()
    names = "; ".join(dict.fromkeys(licences))
    return (Notice("capped", f"held at {CAP:.0f}: not shown in the resume: {names}"),)


def _mark_duplicates(matches: list[Match], resumes: Sequence[Prepared]) -> list[Match]:
    """Note on every later copy of the same file, or of the same text in another file."""
    first: dict[bytes, str] = {}
    marked = []
    for match, resume in zip(matches, resumes, strict=True):
        vector = resume.profile.encoding.vector.tobytes()
        if vector not in first:
            first[vector] = match.resume
        else:
            notice = Notice("duplicate", f"same text as {first[vector]}")
            match = replace(match, notices=(*match.notices, notice))
        marked.append(match)
    return marked
