"""What one line of an advert is, by its own words and the heading above it."""

# ruff: noqa: RUF001  (curly quotes and dashes are what is read)
from __future__ import annotations

import re
from bisect import bisect_right

from rolefit.language.job_headings import DUTY, OTHER, PREFERRED, REQUIRED, TAIL
from rolefit.language.job_words import OPENERS, PHRASES
from rolefit.language.phrases import Hit
from rolefit.language.words import lowered

_ADDRESS = re.compile(r"https?:|www\.|\[email\]|\[phone\]|\w@\w|\$\s?\d")
# Where one wish ends and the next begins: "Bachelor's required; Master's a plus". A comma may
# part two wishes, or the items of one.
_BREAK = re.compile(
    r"""[;.|!]\s|[;|(]|[.!](?=[A-Z])|\)|\s-\s|,?\sbut\s|(?<=required)[\s,]+
    |\s(?:and|or|with)\s(?=(?:an?\s)?(?:master|mba|ph\.?\s?d|advanced|graduate
    |bachelor)\S*\s(?:\w+\s){0,2}(?:preferred|desired|a\splus|is\sa|strongly|highly))""",
    re.X | re.I,
)
_CLAUSE = re.compile(
    r"""[;.|,]\s|[;|(]|[.,](?=[A-Z])|\)\s|\s-\s|,?\sbut\s|(?<=required)\s(?=and\s)
    |\sand\s(?=\w+\s(?:preferred|a\splus))
    |\s(?:and|or|with)\s(?=(?:an?\s)?(?:master|mba|ph\.?\s?d|advanced|graduate
    |bachelor)\S*\s(?:\w+\s){0,2}(?:preferred|desired|a\splus|is\sa|strongly|highly))""",
    re.X | re.I,
)
_LEAD = re.compile(
    r"""[^\w$(]*(?:\([\d\s%–—-]+\)\s*)?(?:\d{1,2}[.)]\s*)?[^\w$]*(?:(?:will|to|may|can|also|and|or|then|other|responsibly|safely|accurately|timely|\w+ly|as\sneeded,|daily)\s)*""",
    re.X | re.I,
)
_ASIDE = re.compile(r"prefera\w+|ideally", re.I)
_START = 12  # characters; an "ideally" further on speaks of a part of the line
_ITEM = 5  # words; a blurb as short may be an item of a list
_SHORT = 16  # words of a line of a list
_ASKS = ("ask", "strong", "demand")
_FIRST = re.compile(r"[A-Za-z]+")
# What opens like a duty and is none: "Working knowledge of", "Planning skills", "Lift 50 lbs".
_NO_DUTY = re.compile(
    r"""(?:working|written|understanding|programming|planning|managing|operating|design|support
    |market|project|research|report|work)
    \s(?:\w+\s)?(?:knowledge|familiarity|experience|skills?|understanding|proficiency|ability
    |abilities)\b|\w+\sexperience\b
    |understanding\sof|set\sof|work\s(?:ethic|permit|authori)|leading\s(?:provider|\w+\sin)|lift\b
    |speaking\b|be\s(?:able|a|an|at)\b""",
    re.X | re.I,
)
_SUBJECT = re.compile(
    r"""\W*(?:(?:We|Our|Us)\b|At\s[A-Z]|With\s(?:over|more|offices|a\s(?:history|heritage))
    |For\s(?:over|more|nearly|the\spast)
    |(?:[A-Z][\w&.'’-]*\s(?:of\s|and\s|the\s|for\s|&\s)?){1,6}(?:is|was|are|has|have|provides?
    |offers?|specializes|operates|serves|delivers|helps?|believes?
    |continues|combines|strives|employs|empowers|enables|works\swith|seeks|partners)\b)""",
    re.X,
)
_NO_SUBJECT = re.compile(
    r"\W*(?:You|The\s(?:Ideal|Successful|Candidate|Position|Job|Role)|This|Candidate|Applicant|Must|Experience|Knowledge|Ability|Applicants|Candidates|Who)\b"
)
# Not every question mark: it is also what is left of a bullet in another encoding.
_QUESTION = re.compile(
    r"\W*(?:are|do|does|want|would|can|could|have\syou|is|interested|looking|searching|ready|sound|what|why|who"
    r"|how|need|tired|if)\b.*\?[\s|]*$",
    re.I | re.S,
)
_WORDS = re.compile(r"[^\W_]+")
_WE = re.compile(
    r"\W*(?:we|our)\b(?!.*\b(?:require|need|ask\sfor|expect|look(?:ing)?\sfor|want|prefer)\b)", re.I
)
_SEEKS = re.compile(
    r"\b(?:seek(?:s|ing)|look(?:s|ing)\sfor|need\sof|search(?:ing)?\s(?:of|for)|hiring|recruiting)\b",
    re.I,
)
_COUNTED = re.compile(
    r"""(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine
    |ten))\S*\s?(?:\(\d+\)\s?)?\+?\s?(?:years?|yrs?
    |months?)['’]?\s(?:of\s)?(?:[\w/,&-]+\s){0,6}(?:experience|exp\b)
    |bachelor|\bdegree\s(?:in|required)|high\sschool\s(?:diploma|grad)|\bged\b
    |driver['’]?s?\slicen|experience\s(?:is\s)?(?:required|preferred)|clearance\s(?:is\s)?req
    |\byoe\b|^\W*\d{1,2}\s?(?:-\s?\d{1,2}\s?)?\+?\s?(?:years|yrs)\b""",
    re.X | re.I,
)
_TOLD = re.compile(
    r"\b(?:you\swill\sbe|is|are)\sresponsible\b|\b(?:duties|responsibilities)\sinclude\b", re.I
)
_FIRST_PERSON = re.compile(r"\b(?:we|our|us)\b", re.I)
_WILL = re.compile(
    r"\W*(?:you|the\s\w+(?:\s\w+)?|candidates?|this\s\w+)\s?(?:'ll|’ll|will)\s(?!need|have|possess|bring|be\sable|be\sa\b|be\san\b|love|also\shave)",
    re.I,
)
_RESPONSIBLE = re.compile(r"\W*responsib(?:le\sfor|ilities)\b", re.I)
_DEMANDED = re.compile(r"\b(?:required|mandatory|must|requires?)\b", re.I)


class Said:
    """A line and the phrases in it; `groups` are the lists of job_words that it speaks from."""

    def __init__(self, text: str, hits: list[Hit], title: frozenset[str] = frozenset()) -> None:
        self.text = text
        self._title = title
        self.hits = hits
        self.groups = {hit.group for hit in hits}
        if "not_preferred" in self.groups:
            self.groups.discard("preferred")
        self._bounds = [m.end() for m in _CLAUSE.finditer(text)]
        self._breaks = [m.end() for m in _BREAK.finditer(text)]

    @property
    def counted(self) -> bool:
        """It asks for years, a degree or a licence: no mere praise, and no blurb."""
        if not ({"strong", "ask"} & self.groups or "year" in self.text):
            return False
        return _COUNTED.search(self.text) is not None

    @property
    def asks_at_once(self) -> bool:
        """It begins as requirements do: "Ability to", "CDL license", "Strong record keeping"."""
        return any(hit.group in _ASKS and hit.start < _START for hit in self.hits)

    @property
    def opens_duty(self) -> bool:
        """It begins as duties do: "Manages the ...", "Responsible for ..."."""
        lead = _LEAD.match(self.text)
        at = lead.end() if lead else 0
        first = _FIRST.match(self.text, at)
        return (
            first is not None
            and first.group().lower() in OPENERS
            and not _NO_DUTY.match(self.text, at)
            and (not self.text[at:].istitle() or len(self.text) < _START)
        )

    @property
    def speaks_of_company(self) -> bool:
        """ "We are the largest ...", "Norvale offers ..."; not "Instructors are expected to"."""
        subject = _SUBJECT.match(self.text)
        words = _WORDS.findall(subject.group().lower())[:-1] if subject else []
        if words and self._title.issuperset(words):
            return False  # "The City Manager provides" is what the job does
        return bool(
            subject
            and not _NO_SUBJECT.match(self.text)
            and (_WE.match(self.text) or not {"demand", "preferred", "do"} & self.groups)
        )

    @property
    def preferred(self) -> bool:
        """All that the line asks for would only be nice to have."""
        if "preferred" not in self.groups:
            return False
        wishes = [hit.start for hit in self.hits if hit.group == "preferred"]
        if wishes[0] > _START and all(_ASIDE.match(self.text, at) for at in wishes):
            return False  # "tools, preferably Podman" asks for tools
        wished = {bisect_right(self._breaks, at) for at in wishes}
        clauses = {self._clause(at) for at in wishes}
        for hit in self.hits:
            if hit.group == "demand" and self._clause(hit.start) not in clauses:
                return False
            if hit.group in _ASKS and bisect_right(self._breaks, hit.start) not in wished:
                return False
        return True

    def optional(self, start: int, end: int) -> bool:
        """Whether the clause around text[start:end] says that this would only be nice to have."""
        clauses = set(range(self._clause(start), self._clause(max(start, end - 1)) + 1))
        return any(
            hit.group == "preferred" and self._clause(hit.start) in clauses for hit in self.hits
        )

    def _clause(self, at: int) -> int:
        return bisect_right(self._bounds, at)


def read(texts: list[str]) -> list[Said]:
    """Each line with the phrases it speaks from; the first is taken for the job's title."""
    title = frozenset(_WORDS.findall(texts[0].lower() if texts else "")) | {"the", "this", "a"}
    return [Said(text, PHRASES.find(lowered(text)), title) for text in texts]


def is_blurb(said: Said) -> bool:
    """The law, benefits, how to apply: nothing that anybody asks for."""
    return "blurb" in said.groups or _ADDRESS.search(said.text) is not None


def kind_of(said: Said, heading: str | None) -> str:
    """ "required", "preferred" or "duty"; "" where the line asks for nothing.

    The heading above says which; the line's own words say it where they are plainer, and where
    there is no heading.
    """
    if is_blurb(said) and not (said.counted and "strong" in said.groups):
        return ""
    if _QUESTION.match(said.text) and not said.counted:
        return ""
    words = len(said.text.split())
    if words < 2 and heading not in (REQUIRED, PREFERRED):
        return ""
    if heading == OTHER:
        if said.counted or {"must", "demand"} <= said.groups:
            return PREFERRED if said.preferred else REQUIRED
        return DUTY if _TOLD.search(said.text) else ""
    if heading == TAIL and not (said.counted or (said.asks_at_once and words < _SHORT)):
        return ""
    if heading in (REQUIRED, PREFERRED):
        return _under_needs(said, heading)
    if said.preferred and not said.opens_duty:
        return PREFERRED
    if heading == DUTY:
        return _under_duties(said)
    return _by_words(said)


def _under_needs(said: Said, heading: str) -> str:
    weak = "about" in said.groups and "strong" not in said.groups
    if (said.speaks_of_company or weak) and not said.counted:
        return ""
    if heading == PREFERRED:
        return REQUIRED if "demand" in said.groups and not said.preferred else PREFERRED
    if said.preferred:
        return PREFERRED
    return DUTY if _WILL.match(said.text) or _RESPONSIBLE.match(said.text) else REQUIRED


def _under_duties(said: Said) -> str:
    if said.opens_duty:
        return DUTY
    if said.speaks_of_company and "do" not in said.groups and not said.counted:
        return ""
    if ("strong" in said.groups and said.counted) or "must" in said.groups:
        return REQUIRED
    first = min(
        (hit for hit in said.hits if hit.group in ("ask", "do", "demand", "strong")), default=None
    )
    if first is not None and first.group != "do" and first.start < 12:
        return REQUIRED
    return DUTY if "about" not in said.groups or "do" in said.groups else ""


def _by_words(said: Said) -> str:
    """Without a heading that says."""
    if said.opens_duty:
        return DUTY
    seeks = _SEEKS.search(said.text) is not None
    if (said.speaks_of_company or "about" in said.groups) and not (
        said.counted or (seeks and "ask" in said.groups)
    ):
        return DUTY if "do" in said.groups and not said.speaks_of_company else ""
    strong = "strong" in said.groups
    does = next((hit for hit in said.hits if hit.group == "do"), None)
    if strong and (said.counted or does is None or "must" in said.groups):
        return REQUIRED
    if does is not None:
        return DUTY
    if _FIRST_PERSON.search(said.text) and not (strong or seeks):
        return ""
    return REQUIRED if "ask" in said.groups or strong else ""


def ends_list(said: Said) -> bool:
    """A blurb after which a list of requirements is over; "No felony record" is an item of one."""
    return is_blurb(said) and not said.asks_at_once and len(said.text.split()) > _ITEM


def is_must(said: Said, countable: bool) -> bool:
    """ "Must have", or "required" of what can be counted.

    Not of manners: nobody is out for want of a positive attitude that no resume can prove.
    """
    if "must" in said.groups:
        return countable or "soft" not in said.groups
    return countable and _DEMANDED.search(said.text) is not None
