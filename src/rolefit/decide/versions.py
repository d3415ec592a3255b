"""Several files of one person, found by the words they share and shown as one.

    runs of eight words in common  ->  share of the shorter text  ->  alike
    alike, and no name or contact says otherwise                  ->  versions of one person

A name alone never makes two files one: people share names. Nor do words alone where the names
differ: people share templates, and some copy. Such pairs stay apart, and a notice says what they
share.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from rolefit.decided import Version
from rolefit.errors import ReadError
from rolefit.intake import Prepared
from rolefit.language.personal import find_masks
from rolefit.language.resume_facts import resume_facts
from rolefit.matcher import Matcher
from rolefit.prepare import as_seen
from rolefit.records import Document, Match, Notice, Shingles

# Of 3,076,000 pairs of 2,481 real resumes 23 share half of the shorter one's runs, all that were
# looked at of one text; 13 share 30 to 50%, some by a template alone.
SAME = 0.5
ALIKE = 0.3
LEAST = 20  # runs in common: 27 words in a row, or a few lines
TEMPLATE = 20  # files that hold a run; what more hold is a form that was filled in
_WORD = re.compile(r"[^\W\d_]{2,}")
_TITLES = frozenset("mr mrs ms miss dr prof rn bsn msn mba phd jr sr".split())
Reread = Callable[[int], Document]


@dataclass(frozen=True, slots=True)
class Group:
    """Files of one person: the one that stands for all, and the others."""

    shown: int
    others: tuple[Version, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    groups: tuple[Group, ...]  # one for each person, in the order given of the first file
    notices: dict[int, tuple[Notice, ...]] = field(default_factory=dict)  # of files that stay apart


@dataclass(slots=True)
class _Person:
    """Who a file says it is of, and how new and how whole it is."""

    names: frozenset[str]
    contacts: frozenset[str]
    rank: tuple[int, int, int, int]


def alike(runs: Sequence[Shingles]) -> list[tuple[float, int, int]]:
    """[(share of the shorter one's runs, one, other)] of those that share ALIKE, most first."""
    files = np.repeat(np.arange(len(runs)), [len(own) for own in runs])
    if not len(files):
        return []
    hashes = np.concatenate(runs)
    order = np.argsort(hashes, kind="stable")
    hashes, files = hashes[order], files[order]
    starts = np.flatnonzero(np.r_[True, hashes[1:] != hashes[:-1]])
    counts = np.diff(np.r_[starts, len(hashes)])
    common: Counter[tuple[int, int]] = Counter()
    for start, count in zip(starts, counts, strict=True):
        if 1 < count <= TEMPLATE:
            held = files[start : start + count].tolist()
            common.update((a, b) for i, a in enumerate(held) for b in held[i + 1 :])
    found = (
        (shared / min(len(runs[one]), len(runs[other])), one, other)
        for (one, other), shared in common.items()
        if shared >= LEAST
    )
    return sorted((f for f in found if f[0] >= ALIKE), key=lambda f: (-f[0], f[1], f[2]))


def versions(
    names: Sequence[str],
    scores: Sequence[float],
    runs: Sequence[Shingles],
    reread: Reread,
    as_of: int | None = None,
) -> Found:
    """Which of the files are of one person. Only files that are alike are read again, for names.

    `as_of` is the month that "present" stands for.
    """
    near = alike(runs)
    people = {i: _person(reread, i, as_of) for _, *pair in near for i in pair}
    group = {i: {i} for i in range(len(names))}
    notices: dict[int, tuple[Notice, ...]] = {}
    for share, one, other in near:
        if group[one] is group[other]:
            continue
        why = _apart(people, share, group[one], group[other])
        if why is not None:
            for own, theirs in ((one, other), (other, one)) if why else ():
                text = f"shares {share:.0%} of the shorter text with {names[theirs]}: {why}"
                notices[own] = (*notices.get(own, ()), Notice("alike", text))
            continue
        joined = group[one] | group[other]
        for member in joined:
            group[member] = joined
    shares = {(one, other): share for share, one, other in near}
    groups = []
    for i in range(len(names)):
        if i == min(group[i]):
            groups.append(_group(sorted(group[i]), people, names, scores, shares))
    return Found(tuple(groups), notices)


def _group(
    members: Sequence[int],
    people: dict[int, _Person],
    names: Sequence[str],
    scores: Sequence[float],
    shares: dict[tuple[int, int], float],
) -> Group:
    if len(members) == 1:
        return Group(members[0])
    newest = max(members, key=lambda i: (people[i].rank, -i))
    others = tuple(
        Version(names[i], scores[i], shares.get((min(i, newest), max(i, newest)), 0.0))
        for i in members
        if i != newest
    )
    return Group(newest, others)


def _apart(people: dict[int, _Person], share: float, left: set[int], right: set[int]) -> str | None:
    """Why two groups are not taken for one person, "" if there is nothing to say of it.

    None if they are one.
    """
    named = any(_other_name(people[one], people[other]) for one in left for other in right)
    if share < SAME:  # with other names it is a template, and nobody's business
        return "" if named else "one person, or one template; look at both"
    return "under another name; look at both" if named else None


def _other_name(one: _Person, other: _Person) -> bool:
    if one.contacts & other.contacts or not (one.names and other.names):
        return False
    return not (one.names <= other.names or other.names <= one.names)


def _person(reread: Reread, number: int, as_of: int | None) -> _Person:
    try:
        document = reread(number)
    except ReadError:  # gone since it was scored: nothing is known of it
        return _Person(frozenset(), frozenset(), (0, 0, 0, 0))
    masks = find_masks(document)
    text = document.text
    named = [text[m.start : m.end] for m in masks if m.kind == "name"]
    contacts = [text[m.start : m.end] for m in masks if m.kind == "contact"]
    return _Person(
        _words(named[:1]),
        frozenset(filter(None, map(_contact, contacts))),
        _newness(document, as_of),
    )


def _newness(document: Document, as_of: int | None) -> tuple[int, int, int, int]:
    """(latest month that a position began, positions, fewest notices, words)."""
    facts = resume_facts(as_seen(document), as_of)
    began = [p.first for p in facts.positions if p.first is not None]
    return (
        max(began, default=0),
        len(facts.positions),
        -len(document.notices),
        len(document.text.split()),
    )


def _words(names: Sequence[str]) -> frozenset[str]:
    found = (word[0].casefold() for name in names for word in _WORD.finditer(name))
    return frozenset(word for word in found if word not in _TITLES)


def _contact(text: str) -> str:
    """An address in small letters, a number as its last nine digits; "" for less than that."""
    if "@" in text:
        return "".join(text.split()).casefold()
    digits = "".join(char for char in text if char.isdigit())
    return digits[-9:] if len(digits) >= 7 else ""


def fold(
    matcher: Matcher, matches: Sequence[Match], prepared: Sequence[Prepared]
) -> tuple[list[Match], dict[str, tuple[Version, ...]]]:
    """`matches` with one of each person's files, and by its name the others.

    `prepared` is what they were made of. The newest file stands for a person: the one whose latest
    position began last, then the one with most positions, fewest notices and most words.
    """
    known: dict[tuple[str, str], list[Prepared]] = {}
    for one in prepared:
        known.setdefault((one.name, one.sha256), []).append(one)
    rows = [known[match.resume, match.resume_sha256].pop(0) for match in matches]
    found = versions(
        [match.resume for match in matches],
        [match.score for match in matches],
        [row.profile.shingles for row in rows],
        lambda i: matcher.intake.again(rows[i]),
        matcher.intake.as_of,
    )
    shown = []
    others: dict[str, tuple[Version, ...]] = {}
    for group in sorted(found.groups, key=lambda group: group.shown):
        match = matches[group.shown]
        notices = [*match.notices, *found.notices.get(group.shown, ())]
        if group.others:
            notices = [n for n in notices if n.code != "duplicate"]
            notices.append(Notice("versions", _told(group.others)))
            others[match.resume] = group.others
        shown.append(replace(match, notices=tuple(notices)))
    return shown, others


def _told(others: Sequence[Version]) -> str:
    named = ", ".join(f"{one.file} ({int(one.score + 0.5)})" for one in others)
    return f"the newest of {len(others) + 1} files of one person; also {named}"
