"""The names that parts of a resume have, as far as the place of a text depends on them."""

from __future__ import annotations

import re

_HEADING = re.compile(
    r"\W*(?:contact|profile|summary|about me|objective|(?:\w+ )?skills|languages|education|"
    r"(?:work |professional )?experience|employment(?: history)?|work history|certifications?|"
    r"certificates|interests|hobbies|projects|references|awards|publications|expertise)\W*",
    re.I,
)
_WORDS = frozenset(
    "about academic accomplishments achievements activities additional and areas at awards "
    "background career certificates certifications coding competences competencies computer "
    "contact core courses data details development digital education employment examples "
    "experience expertise government highlights history hobbies honors honours industry "
    "information interests internship internships it key knowledge language languages "
    "leadership licences licenses management me memberships my objective of organisations "
    "organizations other overview personal portfolio positions professional profile programming "
    "project projects publications qualifications references relevant research selected skills "
    "social soft software statement strengths summary tech technical technologies the tools "
    "training volunteer volunteering with work".split()
)
_LONGEST = 40  # letters


def parted(letters: str) -> str:
    """The words of a heading, "WORKEXPERIENCE" as "WORK EXPERIENCE"; else the letters given."""
    low = letters.lower()
    if len(low) > _LONGEST or len(low) != len(letters) or low in _WORDS:
        return letters
    ends: list[int | None] = [0, *[None] * len(low)]  # where the last word of a prefix begins
    for end in range(1, len(low) + 1):
        for start in range(end):
            if ends[start] is not None and low[start:end] in _WORDS:
                ends[end] = start
                break
    words: list[str] = []
    end = len(low)
    while end and (begin := ends[end]) is not None:
        words.append(letters[begin:end])
        end = begin
    return letters if end else " ".join(reversed(words))


def is_heading(text: str) -> bool:
    """Whether it is the name of a part of a resume and nothing else."""
    return _HEADING.fullmatch(text) is not None
