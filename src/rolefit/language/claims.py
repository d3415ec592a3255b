"""Whether the words around a name say that the writer did it: "built it in Java" does, "next to the
Java team" does not.

Rather a claim too few than one too many: whatever in the same sentence, in the line that leads a
list, or in the heading above it speaks of wishes, of lacks or of other people, is no claim.
"""

from __future__ import annotations

import re

_REACH = 400  # characters of a sentence that are looked at on either side
_UP = 40  # lines above, to find the heading
_WRAPPED = 60  # characters of a line that may go on in the next one

# A star is any letters. "next" is a wish ("next: Rust") and a neighbour ("next to the team").
_NEGATED = """
    no, not, *n't, never, none, neither, nor, without, lack*, cannot, unable, zero, except,
    excluding, other than, rather than, instead of, unfamiliar, unlike, away from, replac*,
    avoid*, hardly, barely, little experience, little knowledge, little or no, weak*, gap, gaps,
    minimal, non
"""
_WISHED = """
    eager, keen, hope, hopes, hoping, want, wants, wanted, wanting, would, 'd like, 'd love,
    wish*, willing*, plan to, plans to, planned, planning to, aim, aims, aiming, aspir*, goal,
    goals, intend*, interest, interests, interested, curious, looking for, looking to, looking
    forward, looking into, seek*, excited, ready to, learn, learns, learning, to study,
    studying, enrol*, beginner*, someday, some day, one day, soon, future, upcoming, explor*,
    getting into, in progress, next, dream*, objective, read about, reading about, read up,
    reading up, heard, tried, trying, aware*, observ*, watch*, shadow*, exposure, open to,
    course on, courses on, unfinished, if, could, might, to be trained, picking up, pick up
"""
_OTHERS = """
    beside, alongside, near, sat with, hire, hired, hires, hiring, recruit*, interview*,
    candidate, candidates, reference, references, sourced, sourcing, screened, screening,
    headhunt*, staffing, placed, sold, selling, sales of, outsourc*, subcontract*, colleague*,
    coworker*, peers, brother, sister, husband, wife, friend*, competitor*, vendor*, someone,
    somebody, other, others, they, their, his, her, partner team, partner teams
"""


def _any_of(*lists: str) -> re.Pattern[str]:
    cues = [cue.strip() for one in lists for cue in one.replace("\n", " ").split(",")]
    forms = (re.escape(cue).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for cue in cues)
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)(?!\.js)", re.I)


_CUE = _any_of(_NEGATED, _WISHED, _OTHERS)
_PEOPLE = (
    r"(?:teams?|squads?|guilds?|departments?|groups?|units?|developers|engineers|programmers|"
    r"people|specialists|consultants|contractors|experts|admins|administrators|analysts|students|"
    r"users|customers|clients|suppliers|nurses|accountants|community|shops?|wards?|staff|folks|"
    r"teachers|candidates|interns|juniors|architects|testers|designers|managers)"
)
# "the Java team", "C++ developers"; "engineers who wrote Java", "a team of five using Java".
_OF_PEOPLE = re.compile(rf"[\s/-]+(?:[\w+#.-]+\s+){{0,2}}{_PEOPLE}\b", re.I)
_PEOPLE_WHO = re.compile(
    rf"\b{_PEOPLE}\s+(?:of\s+\w+\s+)?"
    r"(?:who|that|which|whose|using|writing|working|doing|with|on|in)\b",
    re.I,
)
_CLAUSE = re.compile(r"[.;:!?]\s|\n\s*(?:\n|[-*•])")
_WORDS = r"(?:,? +[\w/+#.&|-]+)"
# What is lacked ends before these: "with no findings under SOX", "without downtime to AWS".
_LACKED = r"(?:,? +(?:expos(?:ed|ure) to|(?!(?:to|using|under|across|via)\b)[\w/+#.&|-]+))"
_TAKEN_BACK = re.compile(
    r"(?:(?:\b(?:no(?! (?:less|fewer|more|later|one))|not(?! (?:only|just))|nor|lack(?:s|ing)?|"
    rf"unfamiliar)\b|n't\b){_LACKED}{{0,4}}"
    rf"|\b(?:never|without)\b{_LACKED}{{0,2}}"
    r"|\b(?:to (?:learn|study|pick up|get into)|"
    r"(?:interest(?:ed)?|keen|eager|course|courses|classes|progress|beginner) in "
    r"(?:learning|studying|picking up|getting into)|"
    rf"(?:read|heard) (?:about|of))\b{_WORDS}{{0,9}}"
    r"),?\s*\(?$",
    re.I,
)
_END = re.compile(r"[.!?](?=\s)|\n[ \t]*\n|\n(?=[ \t]*(?:[-*•▪·‣●○–]|\d+[.)])\s)")  # noqa: RUF001
_BULLET = re.compile(r"^[ \t]*(?:[-*•▪·‣●○–]|\d+[.)])\s")  # noqa: RUF001
_GOES_ON = re.compile(
    r"(?:[,(/&-]|\b(?:a|an|and|as|at|by|for|from|in|no|not|of|on|or|the|to|using|with|without))$",
    re.I,
)


def claimed(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]`, a skill or title, is plainly said of the writer's own doing."""
    text = text.replace("’", "'")  # noqa: RUF001
    first, last = _sentence(text, start, end)
    before, after = text[first:start], text[end:last]
    if _CUE.search(before) or _CUE.search(after):
        return False
    if _OF_PEOPLE.match(after.split("\n")[0]) or _PEOPLE_WHO.search(before):
        return False
    return not _CUE.search(_heading(text, first))


def disclaimed(text: str, start: int, end: int) -> bool:
    """Whether the words right before `text[start:end]` take it back: "no Kubernetes", "eager to
    learn SAP", "read about Go".

    Not the opposite of `claimed`: where nothing is said either way, both are False.
    """
    before = text[max(0, start - 2 * _WRAPPED) : start].replace("’", "'")  # noqa: RUF001
    return bool(_TAKEN_BACK.search(_CLAUSE.split(before)[-1]))


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of the sentence around a name, also where it is wrapped over several lines."""
    low = max(0, start - _REACH)
    first = max((match.end() for match in _END.finditer(text, low, start)), default=low)
    high = min(len(text), end + _REACH)
    ending = _END.search(text, end, high)
    last = ending.start() if ending else high
    breaks = [i for i in range(first, start) if text[i] == "\n" and not _wraps(text, i)]
    first = breaks[-1] + 1 if breaks else first
    later = [i for i in range(end, last) if text[i] == "\n" and not _wraps(text, i)]
    return first, (later[0] if later else last)


def _wraps(text: str, at: int) -> bool:
    """Whether the sentence before the line break at `at` goes on after it."""
    line = text[text.rfind("\n", 0, at) + 1 : at].strip()
    following = text[at + 1 : at + 80].lstrip(" \t")
    if not line or not following.strip() or line[0] == "|" or following[0] == "|":
        return False  # the rows of a table stand alone
    return following[0].islower() or len(line) >= _WRAPPED or bool(_GOES_ON.search(line))


def _heading(text: str, at: int) -> str:
    """The nearest line above `at` that is a heading: short and bare, or ending in a colon."""
    above = text[:at].split("\n")[:-1]
    for line in reversed(above[-_UP:]):
        bare = line.strip().strip("#*_=|").strip()
        if not bare:
            continue
        if bare.endswith(":"):
            return bare
        words = bare.split()
        ends = bare[-1] in ".,;!?"
        if not _BULLET.match(line) and len(words) <= 6 and not ends and "," not in bare:
            return bare
    return ""
