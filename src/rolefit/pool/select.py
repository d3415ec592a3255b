"""A filter's tree -> whom it lets through, by id.

    domain, level, years, degree, country          from the board, in memory
    skill, licence, language, title, subject       from the pool's terms
    name, id                                       from the pool's entries

What a document does not say is `unknown`: it passes no comparison, only `field = unknown`.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from rolefit.errors import InputError
from rolefit.language import find_skills
from rolefit.language.education import DEGREES
from rolefit.language.levels import LEVELS
from rolefit.pool import filters
from rolefit.pool.codes import Board, Mask
from rolefit.pool.country import named, packed
from rolefit.pool.facts import SETS
from rolefit.pool.rows import plain
from rolefit.pool.store import Store

UNKNOWN = "unknown"
FIELDS = {
    "domain": "a profession it reads like", "level": "of the ladder " + " < ".join(LEVELS),
    "years": "a number", "degree": " < ".join(DEGREES), "country": "a name or two letters",
    "skill": "", "licence": "", "language": "", "title": "", "subject": "of a degree",
    "name": "of the file", "id": "a number",
}  # fmt: skip
_ALIASES = {
    "domains": "domain", "education": "degree", "skills": "skill", "licences": "licence",
    "license": "licence", "licenses": "licence", "languages": "language", "titles": "title",
    "profession": "domain", "file": "name", "experience": "years",
}  # fmt: skip
_ORDERS: dict[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
# "registered nurse" means "registered nurse licence"; the kind of paper is no part of the name.
_PAPERS = (" licence", " license", " certificate", " certification")


@dataclass(frozen=True, slots=True)
class Selection:
    """Evaluates filters on one state of one pool."""

    store: Store
    board: Board
    domains: Sequence[str]  # of the pool's bits, in order

    def mask(self, where: str) -> Mask:
        """(rows,) whether each id is there and passes. Raises InputError."""
        here = self.board.here
        return here & self._of(filters.parse(where)) if where.strip() else here.copy()

    def _of(self, tree: filters.Tree) -> Mask:
        if isinstance(tree, filters.Not):
            return ~self._of(tree.inner)
        if isinstance(tree, (filters.And, filters.Or)):
            join = np.logical_and if isinstance(tree, filters.And) else np.logical_or
            found = self._of(tree.parts[0])
            for part in tree.parts[1:]:
                join(found, self._of(part), out=found)
            return found
        field = field_named(tree.field)
        test = _TESTS.get(field, _in_terms)
        found = test(self, field, tree.sign, tree.values[0])
        for value in tree.values[1:]:
            found |= test(self, field, tree.sign, value)
        return found

    def ids(self, query: str, values: Sequence[Any]) -> Mask:
        """Of a query for one column of ids."""
        found = np.zeros(self.board.rows, np.bool_)
        if said := self.store.ids(query, values):
            ids = np.array(said.split(","), dtype=np.int64)
            found[ids[ids < self.board.rows]] = True
        return found


def field_named(field: str) -> str:
    """The field as it is called here. Raises InputError that names all there are."""
    name = _ALIASES.get(field, field)
    if name not in FIELDS:
        known = ", ".join(FIELDS)
        raise InputError(f"filter: there is no field {field!r}; the fields are {known}")
    return name


def _years(at: Selection, field: str, sign: str, value: str) -> Mask:
    own = at.board.columns["years"]
    if value.casefold() == UNKNOWN and sign == "=":
        return np.asarray(np.isnan(own), np.bool_)
    return np.asarray(_order(field, sign)(own, np.float16(_number(field, value))))


def _ladder(at: Selection, field: str, sign: str, value: str) -> Mask:
    own, steps = at.board.columns[field], LEVELS if field == "level" else DEGREES
    wanted = plain(value)
    if wanted == UNKNOWN and sign == "=":
        return np.asarray(own < 0)
    if wanted not in steps:
        ladder = " < ".join(steps)
        raise InputError(f"filter: {field}: expected one of {ladder}, or {UNKNOWN}; got {value!r}")
    return np.asarray(_order(field, sign)(own, steps.index(wanted)) & (own >= 0))


def _country(at: Selection, field: str, sign: str, value: str) -> Mask:
    _equality(field, sign)
    letters = "" if value.casefold() == UNKNOWN else named(value)
    if not letters and value.casefold() != UNKNOWN:
        raise InputError(
            f"filter: country: expected a country's name or two letters, such as Germany or DE, "
            f"or {UNKNOWN}; got {value!r}"
        )
    return np.asarray(at.board.columns["country"] == packed(letters))


def _domain(at: Selection, field: str, sign: str, value: str) -> Mask:
    _equality(field, sign)
    own, wanted = at.board.columns["domains"], plain(value.replace("-", " "))
    if wanted == UNKNOWN:
        return np.asarray(own == 0)
    known = [plain(name) for name in at.domains]
    if wanted not in known:
        names = ", ".join(at.domains) or "none: its model knows no professions"
        raise InputError(f"filter: domain: expected one of {names}; got {value!r}")
    return np.asarray(own & np.uint64(1 << known.index(wanted)) != 0, np.bool_)


def _in_terms(at: Selection, field: str, sign: str, value: str) -> Mask:
    """Any one of a set."""
    wanted = plain(value)
    if sign == "contains":
        query = "field = ? AND instr(value, ?) > 0"
        return at.ids(f"SELECT entry AS id FROM terms JOIN holds ON term = terms.id WHERE {query}",
                      (field, wanted))  # fmt: skip
    _equality(field, sign, "contains")
    if wanted == UNKNOWN:
        query = "SELECT entry AS id FROM terms JOIN holds ON term = terms.id WHERE field = ?"
        return ~at.ids(query, (field,))
    spelled = [wanted]
    if field == "licence":
        spelled += [wanted + paper for paper in _PAPERS]
    elif field == "skill":  # "k8s" and "python" by the names that the taxonomy has for them
        spelled += [plain(skill.label) for skill in find_skills(value)]
    marks = ", ".join("?" * len(spelled))
    return at.ids(
        "SELECT entry AS id FROM terms JOIN holds ON term = terms.id "
        f"WHERE field = ? AND value IN ({marks})",
        (field, *spelled),
    )


def _name(at: Selection, field: str, sign: str, value: str) -> Mask:
    if sign != "contains":
        _equality(field, sign, "contains")
        return at.ids("SELECT id FROM entries WHERE name = ?", (value,))
    return at.ids("SELECT id FROM entries WHERE instr(lower(name), lower(?)) > 0", (value,))


def _id(at: Selection, field: str, sign: str, value: str) -> Mask:
    return np.asarray(_order(field, sign)(np.arange(at.board.rows), _number(field, value)))


_TESTS: dict[str, Callable[[Selection, str, str, str], Mask]] = {
    "years": _years, "level": _ladder, "degree": _ladder, "country": _country, "domain": _domain,
    "name": _name, "id": _id,
}  # fmt: skip
assert set(FIELDS) == {*_TESTS, *SETS}


def _order(field: str, sign: str) -> Callable[[Any, Any], Any]:
    if sign not in _ORDERS:
        raise InputError(f"filter: {field} {sign}: expected one of = != < <= > >= in")
    return _ORDERS[sign]


def _equality(field: str, sign: str, *more: str) -> None:
    if sign != "=":
        allowed = " ".join(("=", "!=", "in", *more))
        raise InputError(f"filter: {field} {sign}: {field} has no order; expected one of {allowed}")


def _number(field: str, value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = float("nan")
    if not np.isfinite(number):
        raise InputError(f"filter: {field}: expected a number, got {value!r}")
    return number
