"""--blind: resumes are masked before anything is read from them, and quoted with blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rolefit.cli import sources
from rolefit.errors import ReadError

if TYPE_CHECKING:
    from rolefit.reading import Limits
    from rolefit.records import Document, Explanation

Blind = Annotated[
    bool,
    typer.Option("--blind", metavar="", help="Mask names, contacts, age, sex before scoring."),
]


class Blinding:
    """The resumes of one command, masked if that was asked for.

    A masked resume is a Document, which is not looked up in the cache: it is encoded anew.
    """

    def __init__(self, wanted: bool, limits: Limits) -> None:
        self.wanted = wanted
        self.limits = limits
        self._read: dict[str, Document] = {}  # as they were, by name

    def resume(self, path: Path) -> Path | Document:
        """`path`, or what is there with masks. Raises ReadError."""
        if not self.wanted:
            return sources.document(path, self.limits)
        from rolefit.blind import blind

        document = sources.read_document(path, self.limits)
        self._read[document.name] = document
        return blind(document)

    def resumes(self, paths: Sequence[Path], unread: list[ReadError]) -> list[Path | Document]:
        """`resume` of each; what cannot be read is added to `unread`."""
        if not self.wanted:
            return sources.documents(paths, self.limits, unread)
        found = []
        for path in paths:
            try:
                found.append(self.resume(path))
            except ReadError as error:
                unread.append(error)
        return found

    def shown(self, explanation: Explanation) -> Explanation:
        """The explanation with the resume's own words, and blocks where it was masked."""
        if not self.wanted:
            return explanation
        from rolefit.blind import redacted

        return replace(explanation, resume=redacted(self._read[explanation.resume.name]))
