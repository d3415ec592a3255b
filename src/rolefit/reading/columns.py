"""Which column of a table is the resume, and which names the row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rolefit.errors import ColumnsError

_APART = re.compile(r"[^a-z0-9]+")
_HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LONGEST = 60  # characters of a column's name
_RESUME = frozenset("resume resumes cv cvs curriculum lebenslauf".split())
# Beside a word for the resume these say that it is not there itself.
_ABOUT = frozenset(
    "id ids url link links file files filename path html date name score status title source type "
    "language lang page pages no number uploaded updated received parsed".split()
)
_TEXT = frozenset("text texts content contents body document profile description".split())
_IDS = (
    ("id",), ("candidate", "id"), ("resume", "id"), ("applicant", "id"), ("person", "id"),
    ("application", "id"), ("cv", "id"), ("ref",), ("reference",), ("key",), ("uuid",), ("nr",),
    ("no",), ("number",), ("file",), ("filename",), ("file", "name"),
)  # fmt: skip
_NAMES = (
    ("name",), ("full", "name"), ("fullname",), ("candidate",), ("candidate", "name"),
    ("applicant",), ("applicant", "name"), ("person",),
)  # fmt: skip
# What columns of tables of people are called otherwise.
_OTHERS = frozenset(
    "email mail phone mobile telephone city location country address skills experience education "
    "summary title headline position company employer category label years notes status date "
    "applied stage source linkedin salary availability gender age degree university school "
    "languages certifications role job department score rating tags comments".split()
)
_PROSE = 200  # characters that a resume has at least, on average, under a name that says nothing
_CLEARLY = 5  # times longer than any other column
_SAMPLE = 200  # rows looked at


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of a table are read; what is not named is guessed where it is plain."""

    text: tuple[str, ...] = ()  # several are joined, each under its name
    id: str = ""  # names the rows
    by_name: bool = True  # whether a column of people's names may name the rows


@dataclass(frozen=True, slots=True)
class Chosen:
    text: tuple[int, ...]  # places of columns
    id: int | None  # None if rows go by number


def tidy(cell: str) -> str:
    return " ".join(cell.replace("\ufeff", "").split())


def words(column: str) -> tuple[str, ...]:
    parted = _HUMPS.sub(" ", column)
    return tuple(word for word in _APART.split(parted.lower()) if word)


def is_head(row: Sequence[str]) -> bool:
    """Whether these are names of columns, as tables of people have them."""
    cells = [tidy(cell) for cell in row]
    named = [cell for cell in cells if cell]
    if len(cells) < 2 or len(named) < len(cells) - 1 or not _differ(named):
        return False
    if any(len(cell) > _LONGEST or "@" in cell or "://" in cell for cell in named):
        return False
    return is_row(named)


def _differ(cells: Sequence[str]) -> bool:
    return len(set(map(str.lower, cells))) == len(cells)


def names_resume(row: Sequence[str]) -> bool:
    """Whether a column is named for the resume itself."""
    return any(set(words(cell)) & _RESUME and len(words(cell)) < 4 for cell in row)


def is_row(named: Sequence[str]) -> bool:
    """Whether tables of people have columns of these names."""
    if names_resume(named):
        return True
    known = 0
    for cell in named:
        parts = words(cell)
        is_known = (
            parts in _IDS or parts in _NAMES or parts in (("first", "name"), ("last", "name"))
        )
        known += is_known or (len(parts) < 4 and bool(set(parts) & (_OTHERS | _TEXT)))
    return known > 1 and known >= len(named) / 2


def choose(
    name: str, head: Sequence[str], rows: Sequence[Sequence[str]], columns: Columns
) -> Chosen:
    """Raises ColumnsError, with what to say instead."""
    if columns.text:
        said = tuple(_place(name, head, column) for column in columns.text)
    else:
        said = (_guess_text(name, head, rows),)
    if columns.id:
        return Chosen(said, _place(name, head, columns.id))
    return Chosen(said, _guess_id(head, rows, said, columns.by_name))


def _place(name: str, head: Sequence[str], column: str) -> int:
    for same in (tidy(column), tidy(column).lower()):
        shown = [one if same == tidy(column) else one.lower() for one in head]
        if same in shown:
            return shown.index(same)
    raise ColumnsError(name, f'it has no column "{column}"', f"Its columns are {_named(head)}.")


def _named(head: Sequence[str]) -> str:
    return ", ".join(f'"{column}"' for column in head if column) or "without names"


def _guess_text(name: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """A column named for it, else one whose cells are far longer than those of all others."""
    lengths = [_length(rows, at) for at in range(len(head))]
    parts = [words(column) for column in head]
    plain = [at for at, said in enumerate(parts) if set(said) & _RESUME and not set(said) & _ABOUT]
    plain = [at for at in plain if not _is_pointer(rows, at)]
    if len(plain) > 1:
        plain = [at for at in plain if lengths[at] == max(lengths[one] for one in plain)]
    if plain:
        return plain[0]
    texts = [at for at, said in enumerate(parts) if set(said) & _TEXT and len(said) < 3]
    if len(texts) == 1 and lengths[texts[0]] == max(lengths):
        return texts[0]
    longest = sorted(range(len(head)), key=lambda at: -lengths[at])
    if longest and lengths[longest[0]] >= _PROSE:
        rest = max((lengths[at] for at in longest[1:]), default=0)
        if lengths[longest[0]] >= _CLEARLY * rest:
            return longest[0]
    raise ColumnsError(
        name,
        f"it is a table, and which of its columns is the resume is not plain: {_named(head)}",
        "Name it, or several: --text-column NAME (Python: Columns(text=('NAME',))).",
    )


def _is_pointer(rows: Sequence[Sequence[str]], at: int) -> bool:
    """Whether the cells name a file or an address where the resume lies."""
    cells = [row[at].strip() for row in rows[:_SAMPLE] if at < len(row) and row[at].strip()]
    pointers = sum(bool(_POINTER.fullmatch(cell)) for cell in cells)
    return bool(cells) and pointers > len(cells) / 2


_POINTER = re.compile(r"https?://\S+|[^\n]{1,200}\.(?:pdf|docx?|rtf|odt|html?|txt)", re.IGNORECASE)


def _length(rows: Sequence[Sequence[str]], at: int) -> float:
    cells = [len(row[at]) for row in rows[:_SAMPLE] if at < len(row)]
    return sum(cells) / len(cells) if cells else 0.0


def _guess_id(
    head: Sequence[str], rows: Sequence[Sequence[str]], said: tuple[int, ...], by_name: bool
) -> int | None:
    parts = [words(column) for column in head]
    for known in (_IDS, _NAMES if by_name else ()):
        for wanted in known:
            for at, have in enumerate(parts):
                if have == wanted and at not in said and _tells(rows, at):
                    return at
    return None


def _tells(rows: Sequence[Sequence[str]], at: int) -> bool:
    """Whether nearly every row has something there, and no two the same."""
    cells = [row[at].strip() for row in rows if at < len(row) and row[at].strip()]
    return len(cells) >= 0.9 * len(rows) and len(set(cells)) >= 0.9 * len(cells)
