"""Text runs of a page joined to lines, white space folded as a browser folds it."""

from __future__ import annotations

import re

from rolefit.reading.common import words

_SPACE = re.compile(r"[ \t\n\r\f\v]+")


class Lines:
    def __init__(self) -> None:
        self._done: list[tuple[str, bool]] = []  # and whether all of it is furniture
        self._open: list[str] = []
        self._aside = True

    def add(self, run: str, aside: bool = True) -> None:
        self._open.append(run)
        self._aside = self._aside and (aside or not words(run))

    def add_broken(self, run: str, aside: bool) -> None:
        """A run whose line breaks are shown."""
        first, *rest = run.split("\n")
        self.add(first, aside)
        for line in rest:
            self.end_line()
            self.add(line, aside)

    def end_line(self) -> None:
        cells = "".join(self._open).split("\0")
        line = "\t".join(filter(None, (_SPACE.sub(" ", cell).strip(" ") for cell in cells)))
        if line:
            self._done.append((line, self._aside))
        self._open.clear()
        self._aside = True

    def end_cell(self) -> None:
        self._open.append("\0")  # HTML parsers let no NUL through, so it can stand for the border

    def text(self) -> tuple[str, tuple[tuple[int, int], ...]]:
        """The text and the spans of its lines that are furniture."""
        self.end_line()
        spans, at = [], 0
        for line, aside in self._done:
            if aside:
                spans.append((at, at + len(line)))
            at += len(line) + 1
        return "\n".join(line for line, _ in self._done), tuple(spans)
