"""Sources -> prepared documents: read, look in the cache, prepare on the encoder's threads."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, Union

from rolefit import __version__
from rolefit.bundle import FILES, Bundle
from rolefit.cache import Cache
from rolefit.encode import TextEncoder
from rolefit.errors import ReadError
from rolefit.language.clean import clean
from rolefit.language.english import LEAST
from rolefit.language.english import share as english_share
from rolefit.language.taxonomy import shipped_sha256
from rolefit.prepare import Job, Resume, prepare_resume
from rolefit.reading import Limits, from_text, load_bytes, read
from rolefit.records import Document, Encoding, Notice, Profile
from rolefit.stuffing import own_words, stuffed
from rolefit.tokens import Tokenizer

Source = Union[str, "os.PathLike[str]", Document]
T = TypeVar("T", Resume, Job)
Prepare = Callable[[Document, TextEncoder, "int | None"], "Resume | Job"]
_Read = tuple[Prepare, str | None, str, Document]

# A text this short says too little about a person or a job to be scored with confidence.
SHORT_TOKENS = 60


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A document ready to be compared."""

    name: str
    notices: tuple[Notice, ...]
    profile: Profile
    source: Path | Document | None = None  # what it was read from, to be read again

    @property
    def hides(self) -> bool:
        """Whether it holds words that a person would not see, and they can be read."""
        codes = [notice.code for notice in self.notices]
        return isinstance(self.source, Path) and "hidden-text" in codes


def open_encoder(bundle: Bundle, jobs: int | None = None) -> TextEncoder:
    """The bundle's encoder with its tokenizer; `jobs` documents side by side."""
    return TextEncoder(bundle, Tokenizer(bundle.path(FILES.tokenizer), bundle.max_tokens), jobs)


class Intake:
    """Reads and prepares documents for one bundle. `as_of` is the month of "present"."""

    def __init__(
        self,
        bundle: Bundle,
        jobs: int | None,
        cache: Cache | None,
        limits: Limits | None,
        as_of: int | None,
    ) -> None:
        self.bundle = bundle
        self.encoder = open_encoder(bundle, jobs)
        self.cache = cache
        self.limits = limits or Limits()
        self.as_of = as_of

    def prepare(
        self, sources: Iterable[tuple[Source, Prepare]], unread: list[ReadError] | None = None
    ) -> Iterator[Prepared]:
        """Read on this thread (PDFium is not thread-safe), encode on the encoder's threads.

        Each source comes with what prepares it. Errors of reading go to `unread`, or are raised
        where that is None.
        """

        def read_all() -> Iterator[Prepared | _Read]:
            for source, prepare in sources:
                try:
                    yield self._read(source, prepare)
                except ReadError as error:
                    if unread is None:
                        raise
                    unread.append(error)

        yield from self.encoder.map(self._finish, read_all())

    def _read(self, source: Source, prepare: Prepare) -> Prepared | _Read:
        """What the cache holds of the source, or (what prepares it, cache key, name, document).

        Texts and Documents have no key: the bytes they came from may be read as another format.
        """
        if isinstance(source, Document):
            return prepare, None, source.name, source
        if isinstance(source, str):
            return prepare, None, "text", from_text(source, name="text")
        # The path as given, not the file name alone: folders may hold files of one name.
        name = os.fspath(source)
        data = load_bytes(Path(source), self.limits)
        key = self._key(data, prepare)
        if self.cache and (hit := self.cache.get(key)):
            notices, profile = hit
            return Prepared(name, notices, profile, Path(source))
        return prepare, key, name, read(data, name=name, limits=self.limits)

    def _key(self, data: bytes, prepare: Prepare) -> str:
        """What a profile depends on: bytes, which side it is, readers, encoder, taxonomy, date."""
        sha256 = hashlib.sha256(data).hexdigest()
        side = "resume" if prepare is prepare_resume else "job"
        known = f"{__version__}:{self.bundle.encoder_sha256}:{shipped_sha256()}:{self.as_of}"
        return f"{sha256}:{side}:{known}"

    def _finish(self, item: Prepared | _Read) -> Prepared:
        if isinstance(item, Prepared):
            return item
        prepare, key, name, document = item
        found = prepare(document, self.encoder, self.as_of)
        notices = notices_of(found)
        if self.cache and key:
            self.cache.put(key, notices, found.profile)
        return Prepared(name, notices, found.profile, Path(name) if key else document)

    def whole(self, source: Source, prepare: Callable[[Document, TextEncoder, int | None], T]) -> T:
        if isinstance(source, str):
            source = from_text(source, name="text")
        elif not isinstance(source, Document):
            source = read(source, limits=self.limits)
        return prepare(source, self.encoder, self.as_of)

    def with_hidden(self, resume: Prepared) -> Profile:
        """The resume's profile with the words that a person does not see."""
        assert isinstance(resume.source, Path)
        document = read(resume.source, limits=self.limits, with_hidden=True)
        return prepare_resume(document, self.encoder, self.as_of).profile

    def in_own_words(self, resume: Prepared, job: Profile) -> Profile:
        """The resume's profile without what it has word for word from the job."""
        source = resume.source
        document = read(source, limits=self.limits) if isinstance(source, Path) else source
        assert document is not None
        own = own_words(document, job.shingles)
        return prepare_resume(own, self.encoder, self.as_of).profile


def notices_of(found: Resume | Job) -> tuple[Notice, ...]:
    notices = [*found.document.notices, *_length_notices(found.profile.encoding)]
    english = english_share(found.document.text)
    if english is not None and english < LEAST:
        message = "this is no English prose, and nothing else is understood; low confidence"
        notices.append(Notice("language", message))
    notices += clean(found.document.text)[2]
    if isinstance(found, Resume) and (flag := stuffed(found.skills)):
        notices.append(flag)
    short = found.profile.encoding.n_tokens < SHORT_TOKENS
    if (
        not short
        and isinstance(found, Job)
        and not any(r.kind != "duty" for r in found.facts.requirements)
    ):
        message = "no line asks for anything in so many words; duties stand in for requirements"
        notices.append(Notice("no-requirements", message))
    return tuple(notices)


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
