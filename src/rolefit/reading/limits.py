"""What a document may cost before the reader gives it up."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from rolefit.errors import LimitError

MIB = 1024 * 1024
RATIO_FLOOR = 1 * MIB  # bytes; below this a high ratio is a short text said often, not a bomb
PAIRS = 50_000_000  # of attributes in one tag
LINES = 500_000  # of a document; a book has ten thousand
COPIES = 10  # of formatting elements for each allowed tag


@dataclass(frozen=True, slots=True)
class Limits:
    """Ceilings for one document; what exceeds one is a `LimitError`, never a shortened text.

    The last four are of what holds documents: an archive, a mailbox, a table.
    """

    bytes: int = 20 * MIB  # of the file as it lies on disk
    pages: int = 200  # of a PDF
    characters: int = 64 * MIB  # of its text; what is read of a long one takes seconds a million
    expanded_bytes: int = 64 * MIB  # all that is unpacked from a DOCX or from a PDF's streams
    ratio: int = 250  # unpacked size over packed size, looked at from 1 MiB unpacked
    nesting: int = 4000  # elements inside each other; a parser slows down with its square
    tags: int = 200_000  # of an HTML page; large ones have some ten thousand
    attributes: int = 1000  # of one HTML tag; a parser slows down with their square
    seconds: float = 30.0  # wall clock for one document
    members: int = 10_000  # files, mails and rows, in all that lies in one file
    depth: int = 3  # what holds documents inside each other: a table attached to a mail in a ZIP
    archive_bytes: int = 256 * MIB  # of the file as it lies on disk, where it holds others
    archive_expanded: int = 1024 * MIB  # all that is taken out of it; one document at a time


@dataclass(frozen=True, slots=True)
class Allowance:
    """The limits at work on one document; the clock starts when it is made."""

    name: str
    limits: Limits
    started: float = field(default_factory=time.monotonic)

    def check_bytes(self, size: int) -> None:
        if size > self.limits.bytes:
            raise LimitError(
                self.name,
                f"the file has {size:,} bytes, the limit is {self.limits.bytes:,}",
                "Save it smaller (without pictures) or raise --max-mb "
                "(in Python: Limits(bytes=...)).",
            )

    def check_characters(self, characters: int) -> None:
        if characters > self.limits.characters:
            raise LimitError(
                self.name,
                f"its text has {characters:,} characters, the limit is {self.limits.characters:,}",
                "Cut it to the pages that matter or raise it in Python: Limits(characters=...).",
            )

    def check_pages(self, pages: int) -> None:
        if pages > self.limits.pages:
            raise LimitError(
                self.name,
                f"it has {pages:,} pages, the limit is {self.limits.pages:,}",
                "Cut it to the pages that matter or raise --max-pages "
                "(in Python: Limits(pages=...)).",
            )

    def check_expanded(self, unpacked: int, packed: int, total: int) -> None:
        """`unpacked` from `packed` bytes in one part, `total` unpacked so far in all parts."""
        if total > self.limits.expanded_bytes:
            raise LimitError(
                self.name,
                f"it unpacks to more than {self.limits.expanded_bytes:,} bytes",
                "A resume is never that large: check where the file comes from, "
                "or raise it in Python: Limits(expanded_bytes=...).",
            )
        if unpacked > RATIO_FLOOR and unpacked > self.limits.ratio * max(packed, 1):
            raise LimitError(
                self.name,
                f"a part of it unpacks to more than {self.limits.ratio:,} times its size",
                "This is how zip bombs look: check where the file comes from, "
                "or raise it in Python: Limits(ratio=...).",
            )

    def check_nesting(self, depth: int) -> None:
        if depth > self.limits.nesting:
            raise LimitError(
                self.name,
                f"its elements nest more than {self.limits.nesting:,} deep",
                "Save the page's text instead, or raise it in Python: Limits(nesting=...).",
            )

    def check_tags(self, tags: int) -> None:
        if tags > self.limits.tags:
            raise LimitError(
                self.name,
                f"the page has {tags:,} tags, the limit is {self.limits.tags:,}",
                "Save the page's text instead, or raise it in Python: Limits(tags=...).",
            )

    def check_attributes(self, count: int, pairs: int) -> None:
        """`count` in one tag; `pairs` of attributes in one tag so far, in all tags."""
        if pairs > PAIRS:
            raise LimitError(
                self.name,
                "its tags have more attributes than a page's have",
                "Save the page's text instead.",
            )
        if count > self.limits.attributes:
            raise LimitError(
                self.name,
                f"a tag of it has {count:,} attributes, the limit is {self.limits.attributes:,}",
                "Save the page's text instead, or raise it in Python: Limits(attributes=...).",
            )

    def check_copies(self, copies: int) -> None:
        """`copies` of formatting elements that are never closed: a parser may make that many."""
        if copies > COPIES * self.limits.tags:
            raise LimitError(
                self.name,
                "it leaves so much formatting open that each of its paragraphs repeats it",
                "Save the page's text instead, or raise it in Python: Limits(tags=...).",
            )

    def check_clock(self) -> None:
        """Call between units of work that are short by themselves."""
        if time.monotonic() - self.started > self.limits.seconds:
            raise LimitError(
                self.name,
                f"reading it took longer than {self.limits.seconds:g} seconds",
                "Save it in a simpler form (plain text) or raise --timeout "
                "(in Python: Limits(seconds=...)).",
            )
