"""Words that are written with blanks between their letters: "E X P E R I E N C E", "J o h n".

Only a line, cell or part of a line of nothing but single letters is such a word; "Plan B", "A B
testing", "C, R", grades and the alphabet are not. Wider gaps part words; where all are alike, the
words of headings are known, and a capital after a small letter begins a word.
"""

from __future__ import annotations

import re
from itertools import pairwise

from rolefit.reading.headed import parted

_MANY = 4  # letters at least
_SHARE = 0.6  # of the signs that are letters
_MAY_HOLD = re.compile(r"(?<!\S)\S(?:[^\S\n]{1,8}\S){3}(?!\S)")
_PART = re.compile(r"[^\t\n|\u00b7\u2022]+")
_SIGN = re.compile(r"\S")
_ALONE = re.compile(r"\s*\S(?:\s+\S(?!\S))*\s*")
_RUN = re.compile(
    r"(?:(?<=\s\s)|(?<![\s\S]))[^\W\d_](?:[ \u00a0][^\W\d_](?![^\s])){4,}"
    r"(?=\s\s|\s?[(:;\u2013\u2014]|(?![\s\S]))"
)
_GAP = re.compile(r"\s+")
_GRADES = re.compile(r"[A-FU]+|[a-fu]+")
_VOWEL = re.compile(
    r"[aeiouy\u00e0-\u00e6\u00e8-\u00ef\u00f2-\u00f6\u00f8-\u00fd\u0100-\u024f]|[^\x00-\u024f]"
)
_HUMP = re.compile(r"(?<=[a-z\u00df-\u00ff])(?=[A-Z\u00c0-\u00de])")
_AND = re.compile(r"(?<=[^\W\d_]{2})[&+/](?=[^\W\d_]{2})")
_LONGEST = 40  # letters of one word


def joined(text: str) -> tuple[str, int]:
    """The text with such words joined, and how many were."""
    if not _MAY_HOLD.search(text):
        return text, 0
    count = 0

    def part(match: re.Match[str]) -> str:
        nonlocal count
        whole = match.group()
        made = _whole(whole) if _ALONE.fullmatch(whole) else None
        if made is not None:
            count += len(made.split())
            return made
        made, runs = _RUN.subn(lambda run: _word(run.group()) or run.group(), whole)
        count += runs if made != whole else 0
        return made

    return _PART.sub(part, text), count


def _whole(part: str) -> str | None:
    """A part of single signs as words; None if it is none."""
    signs = part.split()
    letters = [sign for sign in signs if sign.upper() != sign.lower()]
    if len(letters) < _MANY or len(letters) < _SHARE * len(signs):
        return None
    bare = part.strip()
    gaps = [len(gap) for gap in _GAP.findall(bare)]
    least = min(gaps)
    words, start = [], 0
    if max(gaps) > least:
        for gap in _GAP.finditer(bare):
            if len(gap.group()) > least:
                words.append(bare[start : gap.start()])
                start = gap.end()
    words.append(bare[start:])
    made = ["".join(word.split()) for word in words]
    if not _are_words("".join(letters)) or max(map(len, made)) > _LONGEST:
        return None
    if len(made) == 1:
        made = [_split(word) for word in _AND.sub(lambda sign: f" {sign[0]} ", made[0]).split()]
    before, after = part[: len(part) - len(part.lstrip())], part[len(part.rstrip()) :]
    return before + " ".join(made) + after


def _word(run: str) -> str | None:
    made = "".join(run.split())
    return _split(made) if _are_words(made) else None


def _are_words(letters: str) -> bool:
    """Whether these letters may be words: no grades, no alphabet, nothing without a vowel."""
    low = letters.lower()
    steps = {ord(b) - ord(a) for a, b in pairwise(low)}
    return bool(_VOWEL.search(low)) and steps != {1} and not _GRADES.fullmatch(letters)


def _split(word: str) -> str:
    """One word, or those of a heading, or what begin with capitals."""
    made = parted(word)
    return _HUMP.sub(" ", word) if made == word else made
