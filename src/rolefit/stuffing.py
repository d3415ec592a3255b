"""What is written for a machine rather than for a reader: pasted adverts, stuffed lists, orders.

Nothing is refused; a notice says what was seen, and a person decides. `own_words` is what a resume
says apart from a pasted advert, `unlisted` apart from stuffed lists, `unordered` apart from orders
to a program. Pure functions: `shingles` of each document can be kept with its profile, they hold
no text.
"""

from __future__ import annotations

import re
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from rolefit.records import Document, Notice, Shingles, Skill

BoolArray = npt.NDArray[np.bool_]

WORDS = 8  # in a row; two people hardly write the same eight
PASTED = 12  # shared shingles: 19 words in a row, or a few lines
PASTED_SHARE = 0.25  # of an advert too short for that
FEWEST = 5  # shared shingles below which a share of a short advert says nothing
REPEATED = 6  # times that one skill is listed
REPEATED_SKILLS = 3  # skills that are listed so often
LISTED = 60  # skills listed and never used in a sentence
LISTED_RATIO = 4  # of those to skills that are used
_WORD = re.compile(r"[^\W_]+")
# Said to a program that reads, not to a person. "The candidate" is what people in HR write about.
_ORDER = re.compile(
    r"\b(?:ignore|disregard|forget|override)\s+(?:[\w']+\s+){0,3}?(?:all|any|the|previous|prior|above|"
    r"earlier|your|these|those|other)\b[^.!?]{0,30}\b(?:instructions?|prompts?|guidelines)\b"
    r"|\b(?:give|assign|award|rate|score|rank|grade)\s+this\s+(?:resume|cv|candidate|applicant)\b"
    r"|\bthis\s+(?:resume|cv|candidate|applicant)\b[^.!?]{0,20}"
    r"\b(?:perfect|ideal|best|must\s+be|should\s+be)\b[^.!?]{0,30}"
    r"\b(?:match|fit|candidate|ranked|scored|rated|hired|selected|shortlisted|first)\b"
    r"|\byou\s+are\s+(?:an?\s+)?(?:ai|llm|language\s+model|chatbot)\b",
    re.IGNORECASE,
)
_END = re.compile(r"[.!?\n]")


def shingles(text: str) -> Shingles:
    """Hashes of every eight words in a row, each once, rising. Case and punctuation do not count.

    Two different runs of words share a hash once in four thousand million.
    """
    return np.unique(_runs(list(_WORD.finditer(text))))


def own_words(document: Document, job: Shingles) -> Document:
    """The document with whatever it has word for word from the advert made blank.

    Runs of eight words and more are; all that is left keeps its place, so spans stay true.
    """
    words = list(_WORD.finditer(document.text))
    copied = np.zeros(len(words), dtype=bool)
    for first in np.flatnonzero(np.isin(_runs(words), job)):
        copied[first : first + WORDS] = True
    gone = np.zeros(len(document.text), dtype=bool)
    for number in np.flatnonzero(copied):
        joined = number + 1 < len(words) and copied[number + 1]
        end = words[number + 1].start() if joined else words[number].end()
        gone[words[number].start() : end] = True
    return _blanked(document, gone)


def _runs(words: Sequence[re.Match[str]]) -> Shingles:
    """A hash for each place where eight words in a row begin, in text order."""
    lowered = [word[0].lower() for word in words]
    count = max(0, len(words) - WORDS + 1)
    runs = (zlib.crc32(" ".join(lowered[i : i + WORDS]).encode()) for i in range(count))
    return np.fromiter(runs, dtype=np.uint32, count=count)


def pasted(resume: Shingles, job: Shingles) -> Notice | None:
    """A notice if the resume repeats the advert word for word."""
    shared = len(np.intersect1d(resume, job, assume_unique=True))
    if shared < PASTED and (shared < FEWEST or shared < PASTED_SHARE * len(job)):
        return None
    return Notice(
        "pasted-advert",
        f"{shared / len(job):.0%} of the advert stands in the resume word for word; not counted",
    )


def stuffed(skills: Sequence[Skill]) -> Notice | None:
    """A notice if skills are listed again and again, or many and hardly one is ever used.

    `skills` are those of a resume, with every mention.
    """
    times = [sum(mention.manner == "listed" for mention in skill.mentions) for skill in skills]
    often = sum(count >= REPEATED for count in times)
    if often >= REPEATED_SKILLS:
        most = skills[times.index(max(times))].label
        return Notice(
            "stuffed-skills",
            f"{often} skills are listed {REPEATED} times or more ({most}: {max(times)} times); "
            f"skills that are only listed are not counted",
        )
    used = sum(count < len(skill.mentions) for skill, count in zip(skills, times, strict=True))
    listed = len(skills) - used
    if listed >= LISTED and listed >= LISTED_RATIO * used:
        return Notice(
            "stuffed-skills",
            f"{listed} skills are only listed and not counted, {used} are used in a sentence",
        )
    return None


def unordered(document: Document) -> tuple[Document, Notice | None]:
    """The document without sentences that tell a program what to do, and a notice if it had any.

    They are made blank; all that is left keeps its place.
    """
    text = document.text
    orders = list(_ORDER.finditer(text))
    if not orders:
        return document, None
    gone = np.zeros(len(text), dtype=bool)
    ends = [0, *(end.end() for end in _END.finditer(text)), len(text)]
    for order in orders:
        first = bisect_right(ends, order.start()) - 1
        last = bisect_left(ends, order.end())
        gone[ends[first] : ends[last]] = True
    notice = Notice("instruction", "it tells a program what to do; such sentences are not counted")
    return _blanked(document, gone), notice


def unlisted(document: Document, skills: Sequence[Skill]) -> Document:
    """The document with its lists of skills made blank; all that is left keeps its place.

    A line of which they are half or more goes whole: what stands between them is their like.
    """
    listed = np.zeros(len(document.text), dtype=bool)
    for skill in skills:
        for mention in skill.mentions:
            if mention.manner == "listed":
                listed[mention.start : mention.end] = True
    said = np.array([not char.isspace() for char in document.text], dtype=bool)
    for line in document.lines:
        inside = slice(line.start, line.end)
        if 2 * (listed & said)[inside].sum() >= said[inside].sum():
            listed[inside] = True
    return _blanked(document, listed)


def _blanked(document: Document, gone: BoolArray) -> Document:
    """Characters `gone` (n,) as blanks; lines of which nothing is left go too."""
    text = "".join(
        " " if lost and not char.isspace() else char
        for char, lost in zip(document.text, gone, strict=True)
    )
    lines = tuple(line for line in document.lines if text[line.start : line.end].strip())
    return replace(document, text=text, lines=lines)
