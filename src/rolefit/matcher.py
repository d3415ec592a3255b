"""The order in which the rooms are walked: read, encode, compare, score."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Union

import numpy as np

from rolefit import __version__
from rolefit.bundle import FILES, Bundle
from rolefit.cache import Cache
from rolefit.encode import TextEncoder
from rolefit.errors import ReadError
from rolefit.features import pair_features
from rolefit.reading import Limits, from_text, load_bytes, read
from rolefit.records import Document, Encoding, Features, FloatArray, Match, Notice
from rolefit.score import Mapper
from rolefit.tokens import Tokenizer

Source = Union[str, "os.PathLike[str]", Document]
Progress = Callable[[int, int], None]  # done, total

# A text this short says too little about a person or a job to be scored with confidence.
SHORT_TOKENS = 60


@dataclass(frozen=True, slots=True, eq=False)
class _Prepared:
    """A document ready to be compared."""

    name: str
    notices: tuple[Notice, ...]
    encoding: Encoding


def open_encoder(bundle: Bundle, jobs: int | None = None) -> TextEncoder:
    """The bundle's encoder with its tokenizer; `jobs` documents side by side."""
    return TextEncoder(bundle, Tokenizer(bundle.path(FILES.tokenizer), bundle.max_tokens), jobs)


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
    ) -> None:
        self.bundle = bundle
        self.encoder = open_encoder(bundle, jobs)
        self.mapper = Mapper.load(bundle.folder)
        self.cache = cache
        self.limits = limits or Limits()

    @classmethod
    def load(
        cls,
        folder: str | Path | None = None,
        *,
        jobs: int | None = None,
        cache: Cache | None = None,
        limits: Limits | None = None,
    ) -> Matcher:
        """Open a bundle folder, by default the shipped one. Raises BundleError.

        `jobs` is how many documents are encoded side by side (default: the usable cores).
        """
        return cls(Bundle.open(folder), jobs=jobs, cache=cache, limits=limits)

    def score(self, resume: Source, job: Source) -> Match:
        """How well `resume` fits `job`.

        Either side is a text (str), a file (pathlib.Path) or a Document. Raises ReadError.
        """
        prepared = list(self._prepare([resume, job], None))
        return self._matches(prepared[1], prepared[:1])[0]

    def rank(
        self,
        job: Source,
        resumes: Iterable[Source],
        progress: bool | Progress = False,
        unread: list[ReadError] | None = None,
    ) -> list[Match]:
        """Matches of `resumes` to `job`, best first; what ties keeps the order given.

        A resume that cannot be read raises its ReadError, or, with a list as `unread`, is added to
        it while the rest is ranked. `progress` is True for a progress bar, or called with
        (done, total) after each document.
        """
        sources = [job, *resumes]
        first, *prepared = self._with_progress(sources, progress, unread)
        matches = self._matches(first, prepared)
        # Beyond the range the mapper was fitted on scores are equal; the first feature, the cosine,
        # still tells such resumes apart.
        return sorted(matches, key=lambda match: (-match.score, -match.features.values[0]))

    def score_matrix(self, resumes: Sequence[Source], jobs: Sequence[Source]) -> FloatArray:
        """Scores of every pair: float32 (n_resumes, n_jobs)."""
        prepared = [item.encoding for item in self._prepare([*resumes, *jobs], None)]
        left, right = prepared[: len(resumes)], prepared[len(resumes) :]
        if not left or not right:
            return np.zeros((len(left), len(right)), dtype=np.float32)
        features = pair_features(self.mapper.feature_names, left, right)
        scores = self.mapper.score(features.reshape(-1, features.shape[-1]))
        return scores.reshape(len(left), len(right)).astype(np.float32)

    def _with_progress(
        self, sources: list[Source], progress: bool | Progress, unread: list[ReadError] | None
    ) -> Iterator[_Prepared]:
        if progress is True:
            from rich.progress import track

            yield from track(
                self._prepare(sources, unread), description="Reading", total=len(sources)
            )
        elif callable(progress):
            for done, item in enumerate(self._prepare(sources, unread), start=1):
                progress(done + len(unread or ()), len(sources))
                yield item
        else:
            yield from self._prepare(sources, unread)

    def _prepare(
        self, sources: Iterable[Source], unread: list[ReadError] | None
    ) -> Iterator[_Prepared]:
        """Read on this thread (PDFium is not thread-safe), encode on the encoder's threads.

        The first source, the job or the only resume, is never forgiven an error.
        """

        def read_all() -> Iterator[tuple[str | None, str, Document | _Prepared]]:
            for index, source in enumerate(sources):
                try:
                    yield self._read(source)
                except ReadError as error:
                    if unread is None or index == 0:
                        raise
                    unread.append(error)

        yield from self.encoder.map(self._encode, read_all())

    def _read(self, source: Source) -> tuple[str | None, str, Document | _Prepared]:
        """(cache key, name, the document or what the cache holds of it).

        Texts and Documents have no key: the bytes they came from may be read as another format.
        """
        if isinstance(source, Document):
            document = source
        elif isinstance(source, str):
            document = from_text(source, name="text")
        else:
            # The path as given, not the file name alone: folders may hold files of one name.
            name = os.fspath(source)
            data = load_bytes(Path(source), self.limits)
            key = self._key(data)
            if self.cache and (hit := self.cache.get(key)):
                notices, encoding = hit
                return key, name, _Prepared(name, notices, _light(encoding))
            return key, name, read(data, name=name, limits=self.limits)
        return None, document.name, document

    def _key(self, data: bytes) -> str:
        """What an encoding depends on: the file's bytes, the readers, the encoder."""
        sha256 = hashlib.sha256(data).hexdigest()
        return f"{sha256}:{__version__}:{self.bundle.encoder_sha256}"

    def _encode(self, item: tuple[str | None, str, Document | _Prepared]) -> _Prepared:
        key, name, found = item
        if isinstance(found, _Prepared):
            return found
        encoding = self.encoder.encode_document(found)
        notices = (*found.notices, *_length_notices(encoding))
        if self.cache and key:
            self.cache.put(key, notices, encoding)
        return _Prepared(name, notices, _light(encoding))

    def _matches(self, job: _Prepared, resumes: Sequence[_Prepared]) -> list[Match]:
        if not resumes:
            return []
        names = self.mapper.feature_names
        values = pair_features(names, [r.encoding for r in resumes], [job.encoding])[:, 0]
        scores = self.mapper.score(values)
        bands = self.mapper.band(scores)
        about_job = [Notice(f"job-{n.code}", n.message) for n in job.notices]
        matches = [
            Match(
                resume=resume.name,
                job=job.name,
                score=float(score),
                band=(float(band[0]), float(band[1])),
                features=Features(names, tuple(map(float, row))),
                notices=(*about_job, *resume.notices),
            )
            for resume, score, band, row in zip(resumes, scores, bands, values, strict=True)
        ]
        return _mark_duplicates(matches, resumes)


def _light(encoding: Encoding) -> Encoding:
    """Without line vectors: no feature reads them yet, and they are 160 KB a resume."""
    return replace(encoding, lines=encoding.lines[:0].copy())


def _length_notices(encoding: Encoding) -> tuple[Notice, ...]:
    if encoding.dropped:
        total = encoding.n_tokens + encoding.dropped
        return (
            Notice(
                "truncated",
                f"only the first {encoding.n_tokens:,} of {total:,} tokens were read",
            ),
        )
    if encoding.n_tokens < SHORT_TOKENS:
        return (Notice("short", f"only {encoding.n_tokens - 2} tokens of text; low confidence"),)
    return ()


def _mark_duplicates(matches: list[Match], resumes: Sequence[_Prepared]) -> list[Match]:
    """Note on every later copy of the same file, or of the same text in another file."""
    first: dict[bytes, str] = {}
    marked = []
    for match, resume in zip(matches, resumes, strict=True):
        vector = resume.encoding.vector.tobytes()
        if vector not in first:
            first[vector] = match.resume
        else:
            notice = Notice("duplicate", f"same text as {first[vector]}")
            match = replace(match, notices=(*match.notices, notice))
        marked.append(match)
    return marked
