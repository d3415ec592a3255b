"""Archives: ZIP, TAR and gzip -> the files in them. Nothing is written to disk.

Sizes in the headers are not believed: a member is unpacked piece by piece under its limits.
"""

from __future__ import annotations

import io
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from rolefit.errors import (
    DamagedFileError,
    EncryptedError,
    LimitError,
    ReadError,
    UnknownFormatError,
    UnsafeNameError,
)
from rolefit.reading import sniff
from rolefit.reading.limits import Allowance
from rolefit.reading.parts import Opening, Part

_CHUNK = 1 << 16
_ENCRYPTED = 0x1  # flag bits of a ZIP entry
_UTF8 = 0x800
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # zipfile unpacks the others without a bound
# What computers put beside files, and what they hide.
_LITTER = frozenset(("__MACOSX", "Thumbs.db", "desktop.ini"))
_LONGEST = 500  # characters of a name
_AGAIN = "Fetch or pack it once more."
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, OSError, ValueError)


def from_zip(part: Part, opening: Opening) -> Iterator[Part | ReadError]:
    seen: set[str] = set()
    with zipfile.ZipFile(io.BytesIO(part.data)) as archive:
        for info in archive.infolist():
            name = _zip_name(info)
            if info.is_dir() or is_litter(name):
                continue
            opening.count()
            mode = info.external_attr >> 16
            link = bool(mode) and stat.S_ISLNK(mode)
            try:
                label = member_name(part.name, name, seen, link)
                if opening.wants(label):
                    data = unzipped(archive, info, opening.allowance(label))
                    yield _taken(Part(label, data), opening)
            except _Over as over:
                raise over.error from None
            except ReadError as error:
                yield error


def from_tar(part: Part, opening: Opening) -> Iterator[Part | ReadError]:
    yield from _untarred(part, io.BytesIO(part.data), opening)


def from_gzip(part: Part, opening: Opening) -> Iterator[Part | ReadError]:
    """A TAR that is packed as a whole, or a single file."""
    unpacked = _Gunzip(part, opening)
    try:
        unpacked.again = head = unpacked.read(512)
        if head[257:262] == b"ustar":
            yield from _untarred(part, unpacked, opening)
            return
        name = part.name.rsplit("/", 1)[-1]
        name = name[:-3] if name.lower().endswith(".gz") and len(name) > 3 else "file"
        label = f"{part.name}/{name}"
        opening.count()
        yield Part(label, _bounded(unpacked, opening.allowance(label)))
    except _Over as over:
        raise over.error from None


def _untarred(
    part: Part, file: IO[bytes] | _Gunzip, opening: Opening
) -> Iterator[Part | ReadError]:
    seen: set[str] = set()
    try:
        # "r|": members are read in one go through the stream, none is looked for twice.
        with tarfile.open(fileobj=file, mode="r|") as archive:  # type: ignore[call-overload]
            for info in archive:
                if info.isdir() or is_litter(info.name):
                    continue
                opening.count()
                try:
                    inner = _tar_member(archive, info, part.name, seen, opening)
                    if inner is not None:
                        # What comes out of gzip was counted there.
                        yield inner if isinstance(file, _Gunzip) else _taken(inner, opening)
                except ReadError as error:
                    yield error
    except _Over as over:
        raise over.error from None
    except (tarfile.TarError, *_BROKEN) as error:
        cause = f"the archive breaks off or is damaged ({error})"
        raise DamagedFileError(part.name, cause, _AGAIN) from error


def _tar_member(
    archive: tarfile.TarFile, info: tarfile.TarInfo, name: str, seen: set[str], opening: Opening
) -> Part | None:
    """None if nobody asked for it."""
    label = member_name(name, info.name, seen, not info.isreg())
    if info.issparse():
        raise UnknownFormatError(label, "it is a sparse file", _AGAIN)
    content = archive.extractfile(info)
    if content is None or not opening.wants(label):
        return None
    return Part(label, _bounded(content, opening.allowance(label)))


class _Over(Exception):
    """The archive as a whole is at its end, for the reason in `error`."""

    def __init__(self, error: ReadError) -> None:
        super().__init__()
        self.error = error


def _taken(part: Part, opening: Opening) -> Part:
    try:
        opening.took(len(part.data))
    except LimitError as error:
        raise _Over(error) from None
    return part


def _zip_name(info: zipfile.ZipInfo) -> str:
    """As it was meant: without the flag for UTF-8 many write UTF-8 all the same."""
    name = info.orig_filename  # `filename` ends at a NUL
    if not info.flag_bits & _UTF8:
        try:
            return name.encode("cp437").decode("utf-8")
        except UnicodeError:
            pass
    return name


def is_litter(name: str) -> bool:
    """Hidden files, lock files of Word, what operating systems leave in folders."""
    steps = [step for step in name.replace("\\", "/").split("/") if step not in ("", ".", "..")]
    return any(step.startswith((".", "~$")) or step in _LITTER for step in steps)


def member_name(archive: str, name: str, seen: set[str], link: bool = False) -> str:
    """The name of a member below its archive's. Raises UnsafeNameError."""
    steps = name.replace("\\", "/").split("/")
    shown = "".join(c if c.isprintable() else "?" for c in name[:_LONGEST])
    cause = ""
    if not name.isprintable():
        cause = "its name holds signs that no name has"
    elif not steps[0] or steps[0][1:2] == ":":
        cause = "its name begins at the root of a disk"
    elif ".." in steps:
        cause = "its name leads out of the archive"
    elif len(name) > _LONGEST:
        cause = f"its name is longer than {_LONGEST} characters"
    elif link:
        cause = "it is a link, not a file"
    label = "/".join((archive, *(step for step in steps if step not in ("", "."))))
    if not cause and label in seen:
        cause = "another file in the archive has the same name"
    if cause:
        remedy = "Check where the archive comes from; unpack it and give the files that you trust."
        raise UnsafeNameError(f"{archive}/{shown}", cause, remedy)
    seen.add(label)
    return label


def unzipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo, allowance: Allowance) -> bytes:
    """A member's bytes. Raises EncryptedError, UnknownFormatError, DamagedFileError, LimitError."""
    if info.flag_bits & _ENCRYPTED:
        remedy = "Unpack the archive with its password and give the files."
        raise EncryptedError(allowance.name, "it is encrypted", remedy)
    if info.compress_type not in _METHODS:
        cause = f"it is packed in an uncommon way (method {info.compress_type})"
        remedy = "Pack the archive again as an ordinary ZIP."
        raise UnknownFormatError(allowance.name, cause, remedy)
    try:
        with archive.open(info) as file:
            return _bounded(file, allowance, info.compress_size)
    except (*_BROKEN, NotImplementedError, RuntimeError) as error:
        cause = f"it breaks off or is damaged ({error})"
        raise DamagedFileError(allowance.name, cause, _AGAIN) from error


def _bounded(file: IO[bytes] | _Gunzip, allowance: Allowance, packed: int | None = None) -> bytes:
    """All of the file, if that is no more than one may be. Raises LimitError.

    `packed` is its packed size where that is known.
    """
    limits = allowance.limits
    pieces: list[bytes] = []
    size = 0
    while piece := file.read(_CHUNK):
        pieces.append(piece)
        size += len(piece)
        if packed is not None:
            allowance.check_expanded(size, packed, 0)
        if size > limits.bytes and (size > limits.archive_bytes or not sniff.may_hold(pieces[0])):
            raise LimitError(
                allowance.name,
                f"it unpacks to more than {limits.bytes:,} bytes",
                "Save it smaller (without pictures) or raise --max-mb "
                "(in Python: Limits(bytes=...)).",
            )
        allowance.check_clock()
    return b"".join(pieces)


class _Gunzip:
    """The unpacked bytes of a gzip file, counted as they come. Raises _Over."""

    def __init__(self, part: Part, opening: Opening) -> None:
        self.again = b""  # read once more before the rest
        self._part = part
        self._opening = opening
        self._at = 0  # of what is packed
        self._rest = b""  # given to the stream and not used yet
        self._stream = zlib.decompressobj(wbits=31)
        self._allowance = opening.allowance(part.name)
        self._unpacked = 0
        self._over: _Over | None = None  # what ended it, told once all before it was read

    def read(self, size: int = -1) -> bytes:
        if self._over:
            raise self._over
        pieces = [self.again]
        missing = size - len(self.again)
        self.again = b""
        while missing > 0:
            try:
                piece = self._piece(min(missing, _CHUNK))
            except _Over as over:
                if not any(pieces):
                    raise
                self._over = over
                break
            if not piece:
                break
            pieces.append(piece)
            missing -= len(piece)
        return b"".join(pieces)

    def _piece(self, size: int) -> bytes:
        packed = self._part.data
        while True:
            if self._stream.eof:
                if not self._rest.startswith(sniff.GZIP):  # several in a row are one
                    return b""
                self._stream = zlib.decompressobj(wbits=31)
            if not self._rest:
                self._rest = packed[self._at : self._at + _CHUNK]
                self._at += len(self._rest)
            try:
                piece = self._stream.decompress(self._rest, size)
            except zlib.error as error:
                raise self._damaged(str(error)) from error
            done = self._stream.eof
            left = self._stream.unused_data if done else self._stream.unconsumed_tail
            if not piece and not self._rest:
                raise self._damaged("it ends too early")
            self._rest = left
            if done and len(left) < len(sniff.GZIP):
                self._rest = left + packed[self._at : self._at + _CHUNK]
                self._at += _CHUNK
            if piece:
                self._unpacked += len(piece)
                try:
                    self._opening.took(len(piece))
                    self._allowance.check_expanded(self._unpacked, len(packed), 0)
                except LimitError as error:
                    raise _Over(error) from None
                return piece

    def _damaged(self, why: str) -> _Over:
        cause = f"the archive breaks off or is damaged ({why})"
        return _Over(DamagedFileError(self._part.name, cause, _AGAIN))
