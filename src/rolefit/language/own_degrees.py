"""The degrees of a resume's writer: not those of people taught, nor those not finished.

`education.find_degrees` finds every degree that a text names; an advert means each of them.
"""

# ruff: noqa: RUF001  (curly quotes and dashes are what is read)
from __future__ import annotations

import re

from rolefit.language import sections
from rolefit.language.education import find_degrees
from rolefit.records import Fact

_REACH = 70  # characters of its line on either side that speak of a degree
_PEOPLE = (
    r"(?:students?|candidates?|holders?|interns?|researchers|scholars|applicants?|recruits?|fellows|"
    r"trainees|graduates|engineers|colleagues|residents|cohorts?|admissions?|hires)"
)
# "Mentored PhD students", "MBA office": people, and what an institution has.
_OF_PEOPLE = re.compile(
    rf"^['’]?s?(?:[ -]level)?\s(?:(?!plus\b|and\b|or\b|with\b)\w+\s)?{_PEOPLE}\b", re.I
)
_OF_AN_OFFICE = re.compile(
    r"^['’]?s?(?:[ -]level)?\s(?:(?!plus\b|and\b|or\b|with\b)\w+\s)?"
    r"(?:office|committee|department|council|programmes|programs|"
    r"theses|dissertations|courses|classes|curricul\w+|staff|teams?|level)\b",
    re.I,
)
# "Coursework toward a Bachelor's degree", "pursuing an MBA"
_BEGUN = re.compile(
    r"\b(?:(?:course ?work|credits?|classes|hours|units|progress(?:ing)?|work(?:ing|ed)?|"
    r"stud(?:y|ies|ying|ied)|courses?)\b[^.;\n]{0,20}\b(?:toward|towards)|pursuing|seeking|"
    r"enrolled (?:in|for|on)|preparing for|studying for|candidate for)"
    r"(?: (?:an?|the|my|his|her|their|part[ -]time|full[ -]time|online))* ?$",
    re.I,
)
_UNFINISHED = re.compile(
    r"\b(?:not (?:yet )?(?:completed?|finished|awarded|conferred|obtained)|incomplete|unfinished|"
    r"(?:did not|didn['’]t) (?:complete|finish|graduate)|in[ -]progress|ongoing|ABD|"
    r"all but dissertation|dropped out|withdrew|withdrawn|discontinued|no degree)\b",
    re.I,
)
_EXPECTED = re.compile(r"\b(?:expected|anticipated|expecting|anticipating|projected|due)\b", re.I)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_STOP = re.compile(r"[;•|\n]|\.\s+(?=[A-Z])")


def held_degrees(text: str, now: int | None = None) -> list[Fact]:
    """In text order; `now` is the month from which on what is expected is not held."""
    known = sections.find(text)
    found = find_degrees(text)
    kept = []
    for number, fact in enumerate(found):
        following = found[number + 1].start if number + 1 < len(found) else len(text)
        # The field behind a degree may have taken "students" up.
        name = fact.end - len(fact.detail) if fact.detail else fact.end
        before = text[max(0, fact.start - _REACH) : fact.start].rpartition("\n")[2]
        after = text[fact.end : min(following, fact.end + _REACH)].partition("\n")[0]
        behind = text[name : name + _REACH].partition("\n")[0]
        at_school = known.at(fact.start) == "education"
        theirs = any(
            _OF_PEOPLE.match(piece) or (not at_school and _OF_AN_OFFICE.match(piece))
            for piece in (after, behind if behind.startswith(" ") else f" {behind}")
        )
        said = text[fact.start : fact.end] + _STOP.split(after)[0]
        begun = _BEGUN.search(before) and "\n" not in said  # else a second one follows below
        if theirs or begun or _UNFINISHED.search(said):
            continue
        if now is not None and _is_to_come(after, now):
            continue
        kept.append(fact)
    return kept


def _is_to_come(after: str, now: int) -> bool:
    years = [int(year) for year in _YEAR.findall(after)]
    return _EXPECTED.search(after) is not None and bool(years) and 12 * max(years) > now
