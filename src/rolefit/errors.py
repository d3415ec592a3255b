"""Everything rolefit raises on purpose, as one tree.

    RolefitError
    ├── ReadError                 a document could not be read; names file, cause and remedy
    │   ├── FileAccessError       it is missing, a folder, or may not be opened
    │   ├── UnknownFormatError    the bytes are no format that rolefit reads
    │   ├── EmptyDocumentError    there is no text in it at all
    │   ├── ImageOnlyError        its pages are pictures; there is no text layer
    │   ├── EncryptedError        it asks for a password
    │   ├── DamagedFileError      it starts like its format and then breaks off or makes no sense
    │   ├── LimitError            it is larger, longer or slower than the limits allow
    │   ├── OtherKindError        it is surely no resume, or no job advert, as it was given
    │   ├── ManyJobsError         it holds several job postings, and one is asked for
    │   ├── SeveralDocumentsError it holds several documents where one was expected
    │   ├── UnsafeNameError       an archive names a file as no honest archive does
    │   └── ColumnsError          a table does not say which of its columns is the resume
    ├── InputError                an argument or a text cannot be used as given
    │   └── CallError             what an assistant asks a tool for; quotes nothing of it
    ├── RequestError              a request to the service cannot be answered as it came
    ├── TaxonomyError             the taxonomy or alias file is missing, altered or out of date
    ├── PoolError                 a pool is none, is of another model, or cannot be read or written
    ├── ReceiptError              a receipt was edited, or is not of these documents and this model
    ├── RunLogError               a run log cannot be written, or was changed
    ├── BundleError               a model folder is incomplete, altered or of another format
    ├── WeightsError              a weight file does not fit the architecture, key by key
    ├── ParityError               an exported model differs from its source by more than allowed
    ├── TrainingError             training cannot start or cannot go on
    │   ├── DataError             the training rows cannot be used
    │   └── CheckpointError       a checkpoint is of another run or cannot be read or written
    └── MissingExtraError         an optional part is not installed; names the pip extra

A message says what was expected, what came, and what to do.
"""

from __future__ import annotations

from collections.abc import Sequence


class RolefitError(Exception):
    """Base of every error that rolefit raises on purpose."""


class ReadError(RolefitError):
    """A document could not be read.

    `file` names it, `cause` says in a clause what is wrong, `remedy` what to do about it.
    """

    def __init__(self, file: str, cause: str, remedy: str) -> None:
        super().__init__(f"{file}: {cause}. {remedy}")
        self.file = file
        self.cause = cause
        self.remedy = remedy

    def __reduce__(self) -> tuple[type[ReadError], tuple[str, str, str]]:
        return type(self), (self.file, self.cause, self.remedy)


class FileAccessError(ReadError):
    """The file is missing, is a folder, or may not be opened."""


class UnknownFormatError(ReadError):
    """The bytes are no format that rolefit reads."""


class EmptyDocumentError(ReadError):
    """The file holds no text at all."""


class ImageOnlyError(ReadError):
    """The pages are pictures without a text layer."""


class EncryptedError(ReadError):
    """The file asks for a password."""


class DamagedFileError(ReadError):
    """The file breaks off or contradicts its own format."""


class OtherKindError(ReadError):
    """The file is not what it was given as: an advert as a resume, an invoice as either."""


class ManyJobsError(ReadError):
    """The file holds several job postings; `titles` are what they are called."""

    def __init__(self, file: str, titles: Sequence[str]) -> None:
        some = "; ".join(titles[:3]) + ("; ..." if len(titles) > 3 else "")
        super().__init__(
            file,
            f"it holds {len(titles)} job postings ({some}), and one is scored at a time",
            "Save the posting that you mean in a file of its own.",
        )
        self.titles = tuple(titles)

    def __reduce__(self) -> tuple[type[ManyJobsError], tuple[str, tuple[str, ...]]]:  # type: ignore[override]
        return type(self), (self.file, self.titles)


class LimitError(ReadError):
    """The file is larger, longer or slower than the limits allow."""


class SeveralDocumentsError(ReadError):
    """An archive, a mailbox or a table holds several documents where one was expected."""


class UnsafeNameError(ReadError):
    """A file in an archive has a name that leads out of it, is there twice, or is a link."""


class ColumnsError(ReadError):
    """Which columns of a table are to be read is not plain, or the one named is not there."""


class InputError(RolefitError):
    """An argument or a text cannot be used as given."""


class CallError(InputError):
    """What a program asks for cannot be done as it is asked; quotes nothing of it."""


class RequestError(RolefitError):
    """A request to the service (`rolefit serve`) cannot be answered as it came.

    `status` is the HTTP status, `kind` a stable name, `hint` says what to do.
    """

    def __init__(self, status: int, kind: str, message: str, hint: str, wait: int = 0) -> None:
        super().__init__(f"{message}. {hint}")
        self.status = status
        self.kind = kind
        self.message = message
        self.hint = hint
        self.wait = wait  # seconds after which it may be sent again; 0: not as it is

    def __reduce__(self) -> tuple[type[RequestError], tuple[int, str, str, str, int]]:
        return type(self), (self.status, self.kind, self.message, self.hint, self.wait)


class TaxonomyError(RolefitError):
    """The taxonomy or the alias file is missing, altered, faulty, or of another version."""


class PoolError(RolefitError):
    """A file is no pool, is one of another model or side, or cannot be read or written."""


class ReceiptError(RolefitError):
    """A receipt cannot be read, was edited, or is not of these documents and this model."""


class RunLogError(RolefitError):
    """A run log cannot be written or read, or is not as it was written."""


class BundleError(RolefitError):
    """A model folder is incomplete, altered, or of a format this version does not know."""


class WeightsError(RolefitError):
    """A weight file does not fit the architecture; lists the keys that are wrong."""


class ParityError(RolefitError):
    """An exported model differs from its source by more than allowed."""


class TrainingError(RolefitError):
    """Training cannot start or cannot go on."""


class DataError(TrainingError):
    """The training rows cannot be used."""


class CheckpointError(TrainingError):
    """A checkpoint belongs to another run, or cannot be read or written."""


def how_to_install(extra: str) -> str:
    """A command that works, also in cmd, which knows no single quotes: rolefit is installed from a
    copy of its repository, not by its name."""
    cpu = (
        " Without an NVIDIA card first: pip install torch --index-url "
        "https://download.pytorch.org/whl/cpu (2 GB less)."
    )
    return (
        "Install them in the folder that rolefit was installed from (its repository): "
        f'pip install -e ".[{extra}]".' + (cpu if extra == "train" else "")
    )


class MissingExtraError(RolefitError):
    """An optional part of rolefit is not installed."""

    def __init__(self, purpose: str, extra: str) -> None:
        super().__init__(
            f"{purpose} needs packages that are not installed. {how_to_install(extra)}"
        )
        self.extra = extra
