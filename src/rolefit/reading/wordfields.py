"""The fields of a DOCX ("PAGE", "HYPERLINK ..."): which of them show what they hold."""

from __future__ import annotations

from dataclasses import dataclass

# They are marks for an index or set a variable; Word shows nothing where they stand.
SILENT = frozenset("ASK PRIVATE RD SET TA TC XE".split())
_CODE = 100  # characters of a code that are looked at


@dataclass(slots=True)
class _Field:
    code: str = ""
    shows: bool = False  # whether its result is open, not its code
    broken: bool = False  # its code does not end where it began: perhaps it has no end at all

    @property
    def hides(self) -> bool:
        if not self.shows:
            return not self.broken
        return bool(words := self.code.split()) and words[0] in SILENT


class Fields:
    """The open ones, outermost first."""

    def __init__(self) -> None:
        self._open: list[_Field] = []

    def mark(self, kind: str) -> None:
        """A mark inside a run: "begin", "separate" or "end"."""
        if kind == "begin":
            self._open.append(_Field())
        elif kind == "separate" and self._open:
            self._open[-1].shows = True
        elif kind == "end" and self._open:
            self._open.pop()

    def begin(self, code: str) -> None:
        """A field that is an element; it ends by `mark`."""
        self._open.append(_Field(code[:_CODE].upper(), shows=True))

    def code(self, text: str) -> None:
        if self._open and len(self._open[-1].code) < _CODE:
            self._open[-1].code += text[:_CODE].upper()

    def end_paragraph(self) -> None:
        for one in self._open:
            one.broken = not one.shows

    @property
    def hide(self) -> bool:
        """Whether nothing is seen of a text that stands here."""
        return any(one.hides for one in self._open)
