"""Sources -> prepared documents: read, look in the cache, prepare on the encoder's threads."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, Union, cast

from rolefit import __version__
from rolefit.bundle import FILES, Bundle
from rolefit.cache import Cache
from rolefit.encode import TextEncoder
from rolefit.errors import ReadError
from rolefit.language.taxonomy import shipped_sha256
from rolefit.reading import (
    Columns,
    Limits,
    Part,
    from_text,
    open_parts,
    read,
    read_part,
    the_only,
)
from rolefit.reading.libraries import versions
from rolefit.records import Document, Notice, Profile
from rolefit.stuffing import own_words
from rolefit.tokens import Tokenizer

if TYPE_CHECKING:
    from rolefit.prepare import Job, Resume

Source = Union[str, "os.PathLike[str]", Document, Part]
Side = Literal["resume", "job"]
_Read = tuple[Side, str | None, str, Document, "Origin"]
# Hash of the code and tables that a profile comes from, so that no cache outlives a change of them.
# tests/test_read_with.py fails where it is stale, and says how it is written anew.
READ_WITH = "afa050ca17a6"


class Kept(Protocol):
    """A document that somebody keeps, to be had when it is needed."""

    def document(self, with_hidden: bool) -> Document: ...


Origin = Path | Document | Part | Kept  # what a document can be read from once more


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A document ready to be compared."""

    name: str
    notices: tuple[Notice, ...]
    profile: Profile
    source: Origin | None = None  # what it was read from, to be read again
    sha256: str = ""  # of the bytes that were read

    @property
    def hides(self) -> bool:
        """Whether it holds words that a person would not see, and they can be read."""
        codes = [notice.code for notice in self.notices]
        again = self.source is not None and not isinstance(self.source, Document)
        return again and "hidden-text" in codes


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
        columns: Columns | None = None,
    ) -> None:
        self.bundle = bundle
        self.encoder = open_encoder(bundle, jobs)
        self.cache = cache
        self.limits = limits or Limits()
        self.as_of = as_of
        self.columns = columns
        self._kept: dict[tuple[str, str, Side], Resume | Job] | None = None

    def remember(self) -> None:
        """Keep all that is prepared in memory, for runs that meet the same documents many times."""
        self._kept = {}

    def prepare(
        self,
        sources: Iterable[tuple[Source, Side]],
        unread: list[ReadError] | None = None,
        many: bool = False,
    ) -> Iterator[Prepared]:
        """Read on this thread (PDFium is not thread-safe), encode on the encoder's threads.

        Each source comes with the side it stands on. It holds one document, or with `many` any
        number of them. Errors of reading go to `unread`, or are raised where that is None.
        """

        def read_all() -> Iterator[Prepared | _Read]:
            for source, side in sources:
                for part in self._parts(source, many):
                    try:
                        if isinstance(part, ReadError):
                            raise part
                        yield self._read(part, side, isinstance(source, Part))
                    except ReadError as error:
                        if unread is None:
                            raise
                        unread.append(error)

        yield from self.encoder.map(self._finish, read_all())

    def _parts(self, source: Source, many: bool) -> Iterator[str | Document | Part | ReadError]:
        if isinstance(source, (str, Document)):
            yield source
            return
        # The path as given, not the file name alone: folders may hold files of one name.
        name = source.name if isinstance(source, Part) else os.fspath(source)
        found = self.opened(source, name)
        if many:
            yield from found
            return
        try:
            yield the_only(found, name)
        except ReadError as error:
            yield error

    def opened(self, source: os.PathLike[str] | Part, name: str) -> Iterator[Part | ReadError]:
        """The documents in a file, or in bytes, called by `name`."""
        if not isinstance(source, Part):
            return open_parts(source, name=name, limits=self.limits, columns=self.columns)
        if source.kind:
            return iter([source])
        return open_parts(source.data, name=name, limits=self.limits, columns=self.columns)

    def _read(
        self, source: str | Document | Part, side: Side, handed: bool = False
    ) -> Prepared | _Read:
        """What the cache holds of the source, or (side, cache key, name, document, origin).

        Texts and Documents have no key: the bytes they came from may be read as another format.
        The name of bytes that were `handed` over is only a name: it leads to no file.
        """
        if isinstance(source, Document):
            return side, None, source.name, source, source
        if isinstance(source, str):
            document = from_text(source, name="text")
            return side, None, "text", document, document
        sha256 = hashlib.sha256(source.data).hexdigest()
        key = self._key(source, sha256, side)
        if self.cache and (hit := self.cache.get(key)):
            notices, profile = hit
            origin = source if handed else Path(source.name)
            return Prepared(source.name, notices, profile, origin, sha256)
        document = read_part(source, self.limits)
        self.check_kind(document, side)
        if not handed:
            return side, key, source.name, document, Path(source.name)
        # Bytes are kept only where they are read again; of an archive they may be many.
        hides = any(notice.code == "hidden-text" for notice in document.notices)
        return side, key, source.name, document, source if hides else document

    def _key(self, part: Part, sha256: str, side: Side) -> str:
        """What a profile depends on: bytes, which side it is, readers (ours, and the libraries
        below them), encoder, taxonomy, date."""
        # What it was taken out of may say what it is, or that its letters were guessed.
        said = "".join(notice.code for notice in part.notices)
        made = f"{__version__}:{READ_WITH}:{versions()}"
        known = f"{made}:{self.bundle.encoder_sha256}:{shipped_sha256()}:{self.as_of}"
        return f"{sha256}:{part.kind}:{said}:{side}:{known}"

    def _finish(self, item: Prepared | _Read) -> Prepared:
        if isinstance(item, Prepared):
            return item
        side, key, name, document, origin = item
        found = self._prepared(document, side)
        if self.cache and key:
            self.cache.put(key, found.notices, found.profile)
        return Prepared(name, found.notices, found.profile, origin, document.sha256)

    def resume(self, source: Source) -> Resume:
        """With everything that was found in it. Raises ReadError."""
        return cast("Resume", self._prepared(self._checked(source, "resume"), "resume"))

    def job(self, source: Source) -> Job:
        """With everything that was found in it. Raises ReadError."""
        return cast("Job", self._prepared(self._checked(source, "job"), "job"))

    def _checked(self, source: Source, side: Side) -> Document:
        document = self.document(source)
        if not isinstance(source, (str, Document)):
            self.check_kind(document, side)
        return document

    def document(self, source: Source) -> Document:
        """What is read of a source that holds one document. Raises ReadError."""
        if isinstance(source, str):
            return from_text(source, name="text")
        if isinstance(source, Document):
            return source
        return self._file(source)

    def _file(self, source: os.PathLike[str] | Part, with_hidden: bool = False) -> Document:
        """The one document of a file or of its bytes."""
        if not isinstance(source, Part):
            return read(source, limits=self.limits, columns=self.columns, with_hidden=with_hidden)
        part = the_only(self.opened(source, source.name), source.name)
        return read_part(part, self.limits, with_hidden)

    def _prepared(self, document: Document, side: Side) -> Resume | Job:
        # The language rooms take a tenth of a second to import; what is cached needs none of them.
        from rolefit.prepare import prepare_job, prepare_resume

        prepare = prepare_resume if side == "resume" else prepare_job
        if self._kept is None:
            return prepare(document, self.encoder, self.as_of)
        key = (document.name, document.text, side)
        if key not in self._kept:
            self._kept[key] = prepare(document, self.encoder, self.as_of)
        return self._kept[key]

    def check_kind(self, document: Document, side: Side) -> None:
        """Files are looked at, what they are; a text or Document was handed over on purpose.

        Raises OtherKindError.
        """
        from rolefit.prepare import check_kind

        check_kind(document, side)

    def with_hidden(self, resume: Prepared) -> Profile:
        """The resume's profile with the words that a person does not see."""
        return self.resume(self.again(resume, with_hidden=True)).profile

    def in_own_words(self, resume: Prepared, job: Profile) -> Profile:
        """The resume's profile without what it has word for word from the job."""
        return self.resume(self.own(self.again(resume), job)).profile

    def again(self, resume: Prepared, with_hidden: bool = False) -> Document:
        """The document that it was prepared from. Raises ReadError."""
        source = resume.source
        assert source is not None
        if isinstance(source, Document):
            return source
        if isinstance(source, (Path, Part)):
            return self._file(source, with_hidden)
        return source.document(with_hidden)

    def whole(self, documents: Iterable[Document], side: Side) -> Iterator[Resume | Job]:
        """Each with everything that was found in it, in order, on the encoder's threads."""
        yield from self.encoder.map(lambda document: self._prepared(document, side), documents)

    def own(self, resume: Document, job: Profile) -> Document:
        """The resume without what it has word for word from the job, in whatever letters."""
        from rolefit.prepare import as_seen

        return own_words(as_seen(resume), job.shingles)
