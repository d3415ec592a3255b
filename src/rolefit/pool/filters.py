"""A filter's words -> a tree.

    any     = all {"or" all}
    all     = one {"and" one}
    one     = "not" one | "(" any ")" | field compare
    compare = ("=" | "!=" | "<" | "<=" | ">" | ">=" | "contains") value
            | ["not"] "in" "(" value {"," value} ")"
    value   = a word, a number, or anything in quotes ('...' or "...")

Words such as `and` count in either case. What may stand for a field is its owner's business
(`fields`); what is wrong with the form is said here, with the place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NoReturn, TypeAlias

from rolefit.errors import InputError

LONGEST = 10_000  # characters
DEEPEST = 100  # brackets in brackets
ORDERS = ("<", "<=", ">", ">=")
_TOKEN = re.compile(
    r"""\s*(?:(?P<quoted>'(?:[^']|'')*'|"(?:[^"]|"")*")|(?P<sign>[<>!=]=|<>|[<>=(),])"""
    r"""|(?P<word>[^\s'"<>!=(),]+)|(?P<odd>\S))"""
)
_KEYWORDS = frozenset(("and", "or", "not", "in", "contains"))
_SAME = {"==": "=", "<>": "!="}


@dataclass(frozen=True, slots=True)
class Check:
    """`field sign any of values`; more than one value only with "=" (which `in` becomes)."""

    field: str
    sign: str  # "=", "!=", "<", "<=", ">", ">=" or "contains"
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Not:
    inner: Tree


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple[Tree, ...]


Tree: TypeAlias = "Check | Not | And | Or"


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # "value" in quotes, "word", "sign", "end"
    text: str
    at: int  # the character it begins at, from 1


def parse(text: str) -> Tree:
    """Raises InputError that says what was expected where."""
    if len(text) > LONGEST:
        raise InputError(f"filter: expected at most {LONGEST:,} characters, got {len(text):,}")
    parser = _Parser(_tokens(text))
    tree = parser.any(0)
    if parser.now.kind != "end":
        parser.fail("`and`, `or` or the end")
    return tree


def _tokens(text: str) -> list[_Token]:
    found, at = [], 0
    while match := _TOKEN.match(text, at):
        kind, at = str(match.lastgroup), match.end()
        said, place = match[kind], match.start(kind) + 1
        if kind == "odd":
            what = "a quote that is never closed" if said in "'\"" else f"{said!r}"
            raise InputError(f"filter: got {what} at character {place}: {text}")
        if kind == "quoted":
            quote = said[0]
            found.append(_Token("value", said[1:-1].replace(2 * quote, quote), place))
        else:
            found.append(_Token(kind, _SAME.get(said, said), place))
    return [*found, _Token("end", "the end", len(text) + 1)]


class _Parser:
    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens
        self.place = 0

    @property
    def now(self) -> _Token:
        return self.tokens[self.place]

    def any(self, depth: int) -> Tree:
        parts = [self.all(depth)]
        while self.take("or"):
            parts.append(self.all(depth))
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def all(self, depth: int) -> Tree:
        parts = [self.one(depth)]
        while self.take("and"):
            parts.append(self.one(depth))
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def one(self, depth: int) -> Tree:
        if depth > DEEPEST:
            raise InputError(f"filter: expected at most {DEEPEST} `not` and brackets in each other")
        if self.take("not"):
            return Not(self.one(depth + 1))
        if self.take("("):
            inner = self.any(depth + 1)
            if not self.take(")"):
                self.fail("`)`")
            return inner
        if self.now.kind != "word" or self.now.text.casefold() in _KEYWORDS:
            self.fail("the name of a field")
        field = self.step().text.casefold()
        return self.compared(field)

    def compared(self, field: str) -> Tree:
        negated = self.take("not")
        if self.take("in"):
            test = Check(field, "=", self.values())
            return Not(test) if negated else test
        if negated:
            self.fail("`in` after `not`")
        if self.take("contains"):
            return Check(field, "contains", (self.value(),))
        if self.now.kind != "sign" or self.now.text in "(),":
            self.fail(f"one of = != < <= > >= in contains after `{field}`")
        sign = self.step().text
        if sign == "!=":
            return Not(Check(field, "=", (self.value(),)))
        return Check(field, sign, (self.value(),))

    def values(self) -> tuple[str, ...]:
        if not self.take("("):
            self.fail("`(` after `in`")
        found = [self.value()]
        while self.take(","):
            found.append(self.value())
        if not self.take(")"):
            self.fail("`,` or `)`")
        return tuple(found)

    def value(self) -> str:
        plain = self.now.kind == "word" and self.now.text.casefold() not in _KEYWORDS
        if not plain and self.now.kind != "value":
            self.fail("a value (in quotes where it has more than one word)")
        return self.step().text

    def take(self, text: str) -> bool:
        """Step over `text` if it stands here unquoted."""
        found = self.now.kind in ("word", "sign") and self.now.text.casefold() == text
        self.place += found
        return found

    def step(self) -> _Token:
        self.place += 1
        return self.tokens[self.place - 1]

    def fail(self, expected: str) -> NoReturn:
        got = self.now.text if self.now.kind == "end" else f"{self.now.text!r}"
        raise InputError(f"filter: expected {expected} at character {self.now.at}, got {got}")
