"""One source -> the documents in it. Most files are one; archives, mails and tables hold many.

What holds documents is opened here and nowhere else, whatever asks: each of its members comes out
as bytes with a name, "people.zip/ana.pdf", that leads back to it. A member that cannot be taken out
is an error among the others, never the end of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module

from rolefit.errors import EmptyDocumentError, LimitError, ReadError
from rolefit.reading import delimited, sniff
from rolefit.reading.columns import Columns
from rolefit.reading.limits import Allowance, Limits
from rolefit.records import Notice

# Kind of what holds documents: the module that opens it, and its function.
_OPENERS = {
    "zip": ("archives", "from_zip"),
    "tar": ("archives", "from_tar"),
    "gzip": ("archives", "from_gzip"),
    "mail": ("mail", "from_mail"),
    "mbox": ("mail", "from_mbox"),
    "csv": ("tables", "from_csv"),
    "json-rows": ("tables", "from_json_rows"),
    "xlsx": ("workbook", "from_xlsx"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One document as bytes; `kind` is "" until it was told from them."""

    name: str
    data: bytes
    kind: str = ""
    notices: tuple[Notice, ...] = ()  # what was guessed on the way to it


class Opening:
    """The opening of one source: what was asked for, and what it may still cost."""

    def __init__(self, name: str, limits: Limits, columns: Columns, wanted: str) -> None:
        self.name = name
        self.limits = limits
        self.columns = columns
        self._wanted = wanted  # the name of the one part that is asked for, "" for all
        self._members = 0
        self._unpacked = 0

    def count(self) -> None:
        """One more member. Raises LimitError, which ends the whole."""
        self._members += 1
        if self._members > self.limits.members:
            raise LimitError(
                self.name,
                f"more than {self.limits.members:,} documents lie in it; the others were not read",
                "Divide it, or raise it in Python: Limits(members=...).",
            )

    def took(self, size: int) -> None:
        """So many bytes were taken out. Raises LimitError, which ends the whole."""
        self._unpacked += size
        if self._unpacked > self.limits.archive_expanded:
            raise LimitError(
                self.name,
                f"it unpacks to more than {self.limits.archive_expanded:,} bytes; "
                "what comes after was not read",
                "Divide it, or raise it in Python: Limits(archive_expanded=...).",
            )

    def wants(self, name: str) -> bool:
        """Whether it is the part that was asked for, may hold it, or lies in it."""
        return not self._wanted or related(self._wanted, name)

    def wants_all(self, name: str) -> bool:
        """Whether everything that lies in it was asked for."""
        return not self._wanted or f"{name}/".startswith(f"{self._wanted}/")

    def allowance(self, name: str) -> Allowance:
        return Allowance(name, self.limits)


def parts(
    data: bytes,
    name: str,
    limits: Limits,
    columns: Columns | None = None,
    wanted: str = "",
) -> Iterator[Part | ReadError]:
    """The documents in `data`, in order; one if it is a document itself.

    `wanted` is the name of the only part that is asked for. Errors are yielded, not raised.
    """
    opening = Opening(name, limits, columns or Columns(), wanted)
    try:
        yield from _opened(Part(name, data), opening, 0)
    except ReadError as error:
        yield error


def related(one: str, other: str) -> bool:
    """Whether two names are the same, or one lies in the other."""
    return f"{one}/".startswith(f"{other}/") or other.startswith(f"{one}/")


def _opened(part: Part, opening: Opening, depth: int) -> Iterator[Part | ReadError]:
    try:
        if not part.kind:
            part = replace(part, kind=_kind(part, opening.columns))
        if part.kind not in _OPENERS:
            opening.allowance(part.name).check_bytes(len(part.data))
            yield part
            return
        if depth == opening.limits.depth:
            raise LimitError(
                part.name,
                f"it lies in {depth} others, and holds documents itself",
                "Unpack it and give its files.",
            )
    except ReadError as error:
        yield error
        return
    module, function = _OPENERS[part.kind]
    opener: Callable[[Part, Opening], Iterator[Part | ReadError]] = getattr(
        import_module(f"rolefit.reading.{module}"), function
    )
    found = False
    for inner in opener(part, opening):
        found = True
        if isinstance(inner, ReadError):
            yield inner
        else:
            yield from _opened(inner, opening, depth + 1)
    if not found and opening.wants_all(part.name):
        yield EmptyDocumentError(part.name, "nothing lies in it", "Check that it was packed whole.")


def _kind(part: Part, columns: Columns) -> str:
    if not part.data:
        raise EmptyDocumentError(
            part.name,
            "the file is empty (0 bytes)",
            "Check that it was saved and copied whole.",
        )
    kind = sniff.kind_of(part.data, part.name)
    if kind != "text":
        return kind
    # Columns of any name are a table where the file's name or whoever asks says so.
    named = part.name.lower().endswith((".csv", ".tsv", ".tab"))
    if (named or columns.text) and delimited.is_table(part.data, columns.text, named):
        return "csv"
    return kind
