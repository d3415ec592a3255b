"""Text -> the taxonomy's phrases in it: leftmost, longest, linear time.

A walk over words instead of characters: the first two words of a place say which lengths a phrase
there can have, and each is one look-up. A character automaton over the same 90,000 labels takes
0.5 s (pyahocorasick) to 1.2 s (ahocorasick-rs) to build at every start, since neither can be stored
without pickle, and can take back a longest match that a case rule refuses only by searching again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from rolefit.language.taxonomy import ANY, COMPANY, EXACT, EXACT_COMPANY, LENGTHS, NEVER, Taxonomy
from rolefit.language.words import TOKEN, lowered, stem

_BESIDE = 40  # characters between two skills of one enumeration
_TIE = re.compile(r"[,/|;&+•()\t]|\band\b|\bor\b")
_SHOUTED = re.compile("[A-Z]{5}")  # a word in capitals that is hardly an abbreviation
_GLUE = "&@_$'"  # beside a short name these make it part of another: R&D, C$, O'R
_SHORT = 2
_CHUNK = 1_024  # characters at a time: what one piece needs stays in the processor's cache
_WINDOW = 200  # characters of a line that are looked at on either side


@dataclass(frozen=True, slots=True)
class Hit:
    """`phrase` stands at text[start:end]."""

    start: int
    end: int
    phrase: int


def find(text: str, taxonomy: Taxonomy, trusted: Callable[[int], bool] | None = None) -> list[Hit]:
    """Every phrase of the taxonomy in the cleaned `text`, in order, without overlaps.

    `trusted(offset)` says where names stand that need no company: in a list of skills.
    """
    hits: list[Hit] = []
    low = lowered(text)
    start = 0
    while start < len(low):
        end = low.find("\n", start + _CHUNK) + 1 or len(low)  # no phrase crosses a line
        matches = list(TOKEN.finditer(low, start, end))
        found = _phrases([match[0] for match in matches], taxonomy)
        hits += _chosen(text, matches, found, taxonomy)
        start = end
    return _in_company(text, hits, taxonomy, trusted)


Found = tuple[int, int, int]  # first word, number of words, phrase


def _phrases(plain: list[str], taxonomy: Taxonomy) -> list[Found]:
    """Every phrase in any case, overlaps included, the longest first at each word."""
    phrases = taxonomy.phrases
    stems = [*map(stem, plain), ""]
    # Most words begin nothing; the maps find the few that do without a step of Python each.
    pairs = map(taxonomy.starts.get, map(" ".join, pairwise(stems)))
    found = []
    for i, (lengths, single) in enumerate(zip(pairs, map(phrases.get, plain), strict=True)):
        if lengths is not None:
            for length in LENGTHS[lengths]:
                number = phrases.get(" ".join(stems[i : i + length]))
                if number is not None and i + length <= len(plain):
                    found.append((i, length, number))
        if single is not None:
            found.append((i, 1, single))
    return found


def _chosen(
    text: str, matches: list[re.Match[str]], found: list[Found], taxonomy: Taxonomy
) -> Iterator[Hit]:
    """Leftmost and longest of those that are written as they must be."""
    free = 0
    for first, length, number in found:
        if first < free:
            continue
        start, end = matches[first].start(), matches[first + length - 1].end()
        if taxonomy.rules[number] != ANY and not _written(text, start, end, number, taxonomy):
            continue
        if end - start <= _SHORT and _glued(text, start, end):
            continue
        yield Hit(start, end, number)
        free = first + length


def _written(text: str, start: int, end: int, number: int, taxonomy: Taxonomy) -> bool:
    """Whether an exact phrase stands there as it must be written."""
    if taxonomy.rules[number] not in (EXACT, EXACT_COMPANY):
        return True
    return text[start:end] in taxonomy.surfaces[number]


def _glued(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    if (before and before in _GLUE) or (after and after in _GLUE + "'"):
        return True
    return (before in ".-" and text[start - 2 : start - 1].isalnum() if before else False) or (
        after in ".-" and text[end + 1 : end + 2].isalnum() if after else False
    )


def _in_company(
    text: str, hits: list[Hit], taxonomy: Taxonomy, trusted: Callable[[int], bool] | None
) -> list[Hit]:
    """Drop what may be an ordinary word, unless it is enumerated with what is none."""
    kept: list[Hit] = []
    sure: list[bool] = []
    for hit in hits:
        sure.append(not _doubtful(text, hit, taxonomy))
    for order in (range(len(hits)), range(len(hits) - 1, -1, -1)):
        # Forwards, then backwards: in "Swift, Go and Python" Python vouches for Go, Go for Swift.
        last = -1
        for i in order:
            if not sure[i] and last >= 0:
                sure[i] = _enumerated(text, hits[last], hits[i])
            if sure[i] and taxonomy.rules[hits[i].phrase] != NEVER:
                last = i
    for hit, good in zip(hits, sure, strict=True):
        if taxonomy.rules[hit.phrase] == NEVER:
            continue
        if good or (trusted is not None and trusted(hit.start)):
            kept.append(hit)
    return kept


def _doubtful(text: str, hit: Hit, taxonomy: Taxonomy) -> bool:
    """Names of company; exact ones where case says nothing: first in a sentence, or in capitals."""
    rule = taxonomy.rules[hit.phrase]
    if rule in (COMPANY, EXACT_COMPANY):
        return True
    if rule != EXACT:
        return False
    name = text[hit.start : hit.end]
    before = text[max(0, hit.start - _WINDOW) : hit.start].rpartition("\n")[2]
    after = text[hit.end : hit.end + _WINDOW].partition("\n")[0]
    line = f"{before}{name}{after}"
    if line.strip("• \t.,;") == name:
        return False  # a line of its own is a list's item
    if name.isupper():
        rest = line.replace(name, "", 1)
        return rest.isupper() and _SHOUTED.search(rest) is not None
    if name[1:].islower() and name[0].isupper():
        before = before.rstrip(" ")
        return not before or before[-1] in '.!?:\n•-"'
    return False


def _enumerated(text: str, one: Hit, other: Hit) -> bool:
    first, second = sorted((one, other), key=lambda hit: hit.start)
    between = text[first.end : second.start]
    if len(between) > _BESIDE or "\n" in between or ". " in between:
        return False
    words = between.split()
    return bool(_TIE.search(between)) and len(words) <= 3
