"""The title of a job advert: the words of its text that most likely name the job, or none.

Candidates are runs of words that end in the noun of an occupation, or where a short line or a part
of one ends. A logistic regression chooses among them and none of them: it reads the words before
and behind a candidate, which of its own words titles are made of, the kind and the place of its
line, and how often the text says it. Fitted by recipes/job_title.py; docs/log.md has its figures.
English words only.
"""

# ruff: noqa: RUF001  (curly quotes and dashes are what is read)
from __future__ import annotations

import json
import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from rolefit.language import places
from rolefit.language.levels import is_occupation
from rolefit.language.roles import ORGANISATIONS
from rolefit.records import Document, Fact, Line

# `weights` of features and of `none` of them in steps of STEP; `ends` and `inside` are words of
# titles in six lists, by how much more often they end one, or stand in one, than in adverts.
MODEL: dict[str, Any] = json.loads(
    Path(__file__).with_name("job_title.json").read_text(encoding="utf-8")
)
STEP = 0.05
SHORT = 14  # words of a line that may be a title
LONGEST = 8  # words of a title in a sentence
LEAST = 0.01  # of the share of the likeliest; candidates below it do not count
OWN = 1.0  # what a candidate's own share counts beside those that agree with it
HEAD = 3  # lines in which a title may be a part of a long line
_TOKEN = re.compile(r"(?P<word>[^\W_](?:[\w'’.&+#/*-]*[\w+#])?)|[^\w\s]")
_LABEL = re.compile(r"\W*(?:job|position|role)?\s?title\s?:(?=(?P<line>[^\n]*))", re.I)
_PART = re.compile(r"\s+[-–—]+\s|\s*[,(]\s*")
_EXTRA = re.compile(
    r"\b(?:remote|hybrid|on-?site|(?:full|part)[- ]time|days?|nights?|shifts?|evenings?|weekends?"
    r"|prn|per\sdiem|urgent\w*|immediate\w*|needed|wanted|hiring|hours?|hrs?|growing|great"
    r"|competitive|bonus|sign[- ]on|relocation|opportunit(?:y|ies)|verification|temporary"
    r"|permanent|[mfwhd]/[mfwhd](?:/[dx])?)\b",
    re.I,
)
_HARD = frozenset('.;!?|•●▪◦·*$£€:…"“”=<>[]{}#%')  # no title reaches over one
_SHORTENED = frozenset("sr jr asst st mgr dr".split())  # but over a full stop behind one of these
_FUNCTION = frozenset(
    "a an the our your their his her its this that these those we you they i it he she is are be "
    "was were will would can could should may must has have had to who with for in at on from by "
    "as and or of not no if when where what which how all any each every some such than then so "
    "but about into".split()
)
# Between one of these and a word of _FUNCTION any words may be a title.
_ASKS = frozenset(
    "a an our as for seeking hiring another experienced need needs recruiting".split()
)


def levels(lists: Sequence[str]) -> dict[str, int]:
    """{word: 1 to 6}"""
    return {word: at for at, words in enumerate(lists, start=1) for word in words.split()}


ENDS, INSIDE = levels(MODEL["ends"]), levels(MODEL["inside"])


class Token(NamedTuple):
    start: int
    end: int
    said: str  # a word in small letters, or a sign
    word: bool


class Candidate(NamedTuple):
    start: int
    end: int
    features: list[str]


def find(document: Document, units: Sequence[Line], kinds: Sequence[str]) -> Fact | None:
    """What the job is called; `kinds` are those of `line_kinds` for `units`."""
    text = document.text
    found = candidates(text, units, kinds)
    label = _LABEL.match(text)
    if label:  # the line that says that it is the title holds it, known or not
        found = [one for one in found if label.end() <= one.start and one.end <= label.end("line")]
    best = likeliest(found, MODEL["none"] if label is None else -math.inf)
    if best is None:
        return None
    end = _end(text, best.start, best.end)
    return Fact(" ".join(text[best.start : end].split()), best.start, end)


def _end(text: str, start: int, end: int) -> int:
    """Where a title ends without the place, the hours and the praise behind it."""
    while parts := list(_PART.finditer(text, start + 1, end)):
        last = parts[-1].start()
        if not (_EXTRA.search(text, last, end) or places.at(text, last)):
            break
        end = last
    return end


def likeliest(found: Sequence[Candidate], none: float) -> Candidate | None:
    """The candidate that most of the probability agrees with; None where most is for none.

    "Nurse" and "Nurse (nights)" at one place agree: whichever is right, both name the job.
    """
    weights = [sum(MODEL["weights"].get(name, 0) for name in one.features) for one in found]
    most = max([none, *weights])
    shares = [math.exp(STEP * (weight - most)) for weight in weights]
    best, best_share = None, math.exp(STEP * (none - most))
    near = [at for at, share in enumerate(shares) if share > LEAST]
    ends = [found[at].end for at in near]  # rising; only those that touch one another may agree
    longest = max((found[at].end - found[at].start for at in near), default=0)
    for at in near:
        first = bisect_right(ends, found[at].start)
        beyond = bisect_left(ends, found[at].end + longest)
        agreed = sum(shares[to] for to in near[first:beyond] if _agree(found[at], found[to]))
        if (share := agreed + OWN * shares[at]) > best_share:
            best, best_share = found[at], share
    return best


def _agree(left: Candidate, right: Candidate) -> bool:
    """Whether they share half of the longer of the two."""
    shared = min(left.end, right.end) - max(left.start, right.start)
    return 2 * shared >= max(left.end - left.start, right.end - right.start)


def candidates(text: str, units: Sequence[Line], kinds: Sequence[str]) -> list[Candidate]:
    """In the order of their ends, each with what is seen of it."""
    lines = [_tokens(text, unit.start, unit.end) for unit in units]
    spans = [(at, *span) for at, line in enumerate(lines) for span in _spans(line, at)]
    times = Counter(_plain(lines[at][first:last]) for at, first, last in spans)
    found = []
    for at, first, last in spans:
        line = lines[at]
        features = [
            *_of_line(line, at, kinds[at], first, last),
            *_of_context(lines, at, first, last),
            *_of_words(text, line[first:last], _place(at)),
        ]
        said = min(times[_plain(line[first:last])], 4)
        features += [f"said={said}", f"said={said},line={_place(at)}"]
        if said > 1:
            features.append(f"said,last={level(ENDS, line[last - 1].said)}")
        found.append(Candidate(line[first].start, line[last - 1].end, features))
    return found


def _tokens(text: str, start: int, end: int) -> list[Token]:
    return [
        Token(
            match.start(),
            match.end(),
            match[0].lower().replace("’", "'"),
            match["word"] is not None,
        )
        for match in _TOKEN.finditer(text, start, end)
    ]


def _spans(line: Sequence[Token], at: int) -> Iterator[tuple[int, int]]:
    """First token, and the one behind the last, of each candidate of a line."""
    short = _length(line) <= SHORT
    for last in range(1, len(line) + 1):
        token = line[last - 1]
        if token.said in _FUNCTION or not (token.word or token.said == ")"):
            continue
        behind = line[last] if last < len(line) else None
        ends = behind is None or not behind.word
        closed = ends or (behind is not None and behind.said in _FUNCTION)
        known = token.word and is_end(token.said)
        taken, open_ = 0, 0
        for first in range(last - 1, -1, -1):
            one = line[first]
            taken += one.word
            open_ += (one.said == "(") - (one.said == ")")
            if _parts(line, first) or taken > (SHORT if short else LONGEST):
                break
            if not one.word or one.said in _FUNCTION or open_:
                continue
            opens = first == 0 or not line[first - 1].word
            whole = ends and opens and (short or at < HEAD)
            if known or whole or (closed and first and line[first - 1].said in _ASKS):
                yield first, last


def _parts(line: Sequence[Token], at: int) -> bool:
    said = line[at].said
    return said in _HARD and not (said == "." and at > 0 and line[at - 1].said in _SHORTENED)


def _length(tokens: Sequence[Token]) -> int:
    return sum(token.word for token in tokens)


@lru_cache(maxsize=4096)
def is_end(word: str) -> bool:
    """Whether titles end in the word."""
    return level(ENDS, word) > 0 or is_occupation(word)


def level(table: Mapping[str, int], word: str) -> int:
    """From 1 to 6; 0 for a word that titles do not have, neither in the singular."""
    return table.get(word) or table.get(word.removesuffix("s"), 0)


def _plain(tokens: Sequence[Token]) -> str:
    return " ".join(token.said.removesuffix("s") for token in tokens if token.word)


def _place(at: int) -> str:
    return str(at) if at < 3 else "3" if at < 6 else "6" if at < 12 else "12"


def _of_line(line: Sequence[Token], at: int, kind: str, first: int, last: int) -> list[str]:
    words, place = _length(line), _place(at)
    size = "4" if words < 5 else "8" if words < 9 else "14" if words <= SHORT else "long"
    reach = f"{first == 0:d}{last == len(line):d}"
    return [
        f"line={place}", f"kind={kind}", f"kind={kind},line={place}",
        f"line={place},size={size},{reach}", f"size={size},{reach}",
        f"line={place},opens={first == 0:d}",
    ]  # fmt: skip


def _of_context(lines: Sequence[Sequence[Token]], at: int, first: int, last: int) -> Iterator[str]:
    line = lines[at]
    before = [token.said for token in line[max(0, first - 3) : first]]
    if not before and at:
        above = lines[at - 1]
        before = [*(token.said for token in above[-2:] if len(above) < 8), "^"]
    after = [token.said for token in line[last : last + 2]]
    left, right, known = before[-1:], after[:1], f"{is_end(line[last - 1].said):d}"
    for name, said in (
        ("b", left),
        ("b2", before[-2:]),
        ("b3", before),
        ("a", right),
        ("a2", after),
    ):
        yield f"{name}={' '.join(said)}"
    yield f"b={''.join(left)},{known}"
    yield f"a={''.join(right)},{known}"
    if first and line[first - 1].word:
        yield f"before={level(INSIDE, line[first - 1].said)}"
    if last < len(line) and line[last].word:
        yield f"after={level(INSIDE, line[last].said)},{level(ENDS, line[last].said)}"


def _of_words(text: str, tokens: Sequence[Token], place: str) -> Iterator[str]:
    words = [token.said for token in tokens if token.word]
    inside = [level(INSIDE, word) for word in words]
    ends = [level(ENDS, word) for word in words]
    known = f"{any(map(_is_occupation, words)):d}"
    yield from (f"n={len(words)}", f"first={words[0]}", f"last={words[-1]}", f"first:{inside[0]}")
    yield from (f"last:{ends[-1]}", f"job={_is_occupation(words[-1]):d},{ends[-1] > 0:d}")
    yield from (f"most={max(ends)}", f"job={known},{is_end(words[-1]):d},line={place}")
    yield f"firm={any(word in ORGANISATIONS for word in words):d},{known}"
    yield f"mean={(4 * sum(inside) + len(words)) // (2 * len(words))}"
    yield f"suffix={words[-1].removesuffix('s')[-3:]}"
    yield from (f"in={word}" for word in words[1:-1])
    yield from (f"sign={token.said}" for token in tokens if not token.word)
    yield f"unknown={min(3, inside.count(0))}"
    said = text[tokens[0].start : tokens[-1].end]
    yield f"case={_case(text, said, tokens)}"
    yield f"digits={any(char.isdecimal() for char in said):d}"


def _case(text: str, said: str, tokens: Sequence[Token]) -> str:
    if said.isupper() or said.islower():
        return "upper" if said.isupper() else "lower"
    names = [token for token in tokens if token.word and token.said not in _FUNCTION]
    return "title" if all(text[token.start].isupper() for token in names) else "mixed"


@lru_cache(maxsize=4096)
def _is_occupation(word: str) -> bool:
    return is_occupation(word)
