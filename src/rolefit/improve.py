"""What a job seeker can change about a resume that is true already, and what no words can change.

A rewording puts the advert's word for a skill where the resume uses another word for the same
thing. Three rules keep it truthful:
- the taxonomy must call both words one thing, and the advert's must be its name, a short form of
  it, or another spelling; "Kubernetes" never becomes "EKS", which is only one kind of it;
- the sentence must plainly say that the writer did it (`language.claims`);
- what it gains is the score of the changed text less that of the text as it stands, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from rolefit.language import canonical, find_skills
from rolefit.language.claims import claimed
from rolefit.language.skills import KINDS
from rolefit.records import Document, Explanation, Line, Mention, Requirement, Skill

Rescore = Callable[[str], float]  # a resume's text -> its score for the same job

# Points. A score moves by less, as a rule, when a word is swapped that the job does not even ask
# about (benchmarks/rewording.py), and people see no fractions of a point. Less says nothing.
NOISE = 1.0
MOST = 12  # rewordings that are tried: each is a score, about as slow as the first
NAMED = (*KINDS, "degree", "title")
_SMALL = ("of", "in", "and", "the", "for")
_NUMERAL = re.compile(r"([a-z])(\d+)([a-z])")  # k8s
_BEFORE = re.compile(r"\S*\Z")  # of what stands before a mention: all that touches it
_AFTER = re.compile(r"\S*")
_ADDRESS = re.compile(r"@|://|www\.|\.(?:com|org|net|io|edu)\b|\w/\0|\0/\w")  # \0 is the mention


@dataclass(frozen=True, slots=True)
class Rewording:
    """Another word for what the resume says, at one place."""

    skill: str  # the name of what both words mean
    id: str
    before: str
    after: str  # the advert's word
    start: int  # span of `before` in the resume's text
    end: int
    line: Line  # of the resume
    requirement: Requirement | None  # of the job, that uses the advert's word
    score: float = 0.0  # with this change alone
    gain: float = 0.0  # points above the score of the text as it stands


@dataclass(frozen=True, slots=True)
class Gap:
    """Something asked for that no rewording can supply."""

    kind: str  # "years", "level", ... as in Comparison; "requirement", "partly", "skill", "mention"
    asked: str
    shown: str  # what the resume says of it; "" if nothing
    cost: float = 0.0  # points of the needs that it leaves; 0 where that is not known


@dataclass(frozen=True, slots=True)
class Advice:
    """What `improve` found. Gains below `noise` points count as none."""

    score: float  # of the resume's text as it stands
    rewordings: tuple[Rewording, ...]  # largest gain first
    together: float  # score with all that gain; the score as it stands if none does
    gaps: tuple[Gap, ...]
    untried: int  # rewordings beyond MOST
    noise: float = NOISE

    @property
    def gaining(self) -> tuple[Rewording, ...]:
        return tuple(item for item in self.rewordings if item.gain >= self.noise)


def improve(explanation: Explanation, rescore: Rescore, noise: float = NOISE) -> Advice:
    """Truthful rewordings of a resume and what each gains, and the gaps that stay.

    `rescore` is called with whole texts: the resume's own, each with one change, and at last the
    one with all changes that gain `noise` points or more.
    """
    text = explanation.resume.text
    score = rescore(text)
    found = rewordings(explanation)
    tried = [
        replace(item, score=new, gain=new - score)
        for item in found[:MOST]
        for new in [rescore(reworded(text, item))]
    ]
    tried.sort(key=lambda item: (-item.gain, item.start))
    gaining = [item for item in tried if item.gain >= noise]
    together = score
    if gaining:
        together = gaining[0].score if len(gaining) == 1 else rescore(reworded(text, *gaining))
    untried = max(0, len(found) - MOST)
    return Advice(score, tuple(tried), together, gaps(explanation, found), untried, noise)


def reworded(text: str, *changes: Rewording) -> str:
    """`text` with `changes` made; their spans do not overlap."""
    for change in sorted(changes, key=lambda item: item.start, reverse=True):
        text = text[: change.start] + change.after + text[change.end :]
    return text


def rewordings(explanation: Explanation) -> tuple[Rewording, ...]:
    """Candidates, not yet scored: those of must-haves and requirements first, one for a skill."""
    resume, job = explanation.resume, explanation.job
    shown = {skill.id: skill for skill in find_skills(resume.text, kinds=NAMED)}
    pairs = [
        (skill, shown[skill.id])
        for skill in find_skills(job.text, kinds=NAMED)
        if skill.id in shown
    ]
    names = _canonical_names(resume.text)
    candidates = []
    taken: list[tuple[int, int]] = []
    for asked, said in pairs:
        item = _rewording(asked, said, explanation, names)
        if item and not any(item.start < end and start < item.end for start, end in taken):
            taken.append((item.start, item.end))
            candidates.append(item)
    return tuple(sorted(candidates, key=_urgency))


def _urgency(item: Rewording) -> int:
    if item.requirement is None:
        return 3
    return 0 if item.requirement.must else 2 if item.requirement.kind == "preferred" else 1


def _rewording(
    asked: Skill, said: Skill, explanation: Explanation, names: dict[tuple[int, int], str]
) -> Rewording | None:
    """The best place to write the advert's word for `asked`, if any is truthful and needed."""
    resume = explanation.resume
    requirement, word = _advert_word(asked, explanation)
    wanted = _plain(word)
    places = [m for m in said.mentions if claimed(resume.text, m.start, m.end)]
    supporting = _supporting_lines(explanation, requirement)
    already = {_plain(resume.text[m.start : m.end]) for m in places}
    if wanted in already:
        # It is there, but perhaps not in the line that speaks for a requirement half met.
        places = [m for m in places if _within(m, supporting)]
        if any(_plain(resume.text[m.start : m.end]) == wanted for m in places):
            return None
    fitting = [
        m
        for m in places
        if not _part_of_address(resume.text, m)
        and _truthful(resume.text[m.start : m.end], word, _name(m, said, resume.text, names))
    ]
    if not fitting:
        return None
    best = min(fitting, key=lambda m: (not _within(m, supporting), m.manner != "used", m.start))
    line = next(line for line in resume.lines if line.start < best.end and best.start < line.end)
    before = resume.text[best.start : best.end]
    return Rewording(
        _short(asked.label), asked.id, before, word, best.start, best.end, line, requirement
    )


def _advert_word(asked: Skill, explanation: Explanation) -> tuple[Requirement | None, str]:
    """The requirement that names the skill, and the word it uses."""
    text = explanation.job.text
    for item in explanation.evidence:
        line = item.requirement.line
        for m in asked.mentions:
            if line.start <= m.start < line.end:
                return item.requirement, " ".join(text[m.start : m.end].split())
    first = asked.mentions[0]
    return None, " ".join(text[first.start : first.end].split())


def _supporting_lines(explanation: Explanation, requirement: Requirement | None) -> list[Line]:
    """The best line for a requirement that is met in part; none for one that is met."""
    return [
        item.support[0].line
        for item in explanation.evidence
        if item.requirement is requirement and item.status == "partly" and item.support
    ]


def _within(mention: Mention, lines: list[Line]) -> bool:
    return any(line.start <= mention.start < line.end for line in lines)


def _canonical_names(text: str) -> dict[tuple[int, int], str]:
    """{span in `text`: the alias file's name for what stands there}."""
    whole = canonical(text)
    return {whole.original(r.start, r.end): r.after for r in whole.replacements}


def _name(mention: Mention, said: Skill, text: str, names: dict[tuple[int, int], str]) -> str:
    """The common name of what a mention says. ESCO's own other labels are looser than the alias
    file's, so of those nothing but the word itself is known."""
    word = text[mention.start : mention.end]
    label = _short(said.label)
    own = label if _plain(label) == _plain(word) else word
    return names.get((mention.start, mention.end), own)


def _truthful(before: str, after: str, name: str) -> bool:
    """Whether `after` says no more than `before`, of which `name` is the common name."""
    old, new, common = _plain(before), _plain(after), _plain(name)
    if not new or old.rstrip("s") == new.rstrip("s"):
        return False  # one word to any reader
    if new == common or _initials(before, after):  # a special or short form becomes the name
        return True
    return any(_initials(after, long) or _begins(after, long) for long in (before, name))


def _initials(short: str, long: str) -> bool:
    """ "JS" of JavaScript, "AWS" of Amazon Web Services, "k8s" of Kubernetes; not "EKS" of it."""
    brief, full = _plain(short), _plain(long)
    if numeral := _NUMERAL.fullmatch(brief):
        ends = (full[:1], full[-1:]) == (numeral[1], numeral[3])
        return ends and len(full) == int(numeral[2]) + 2
    capitals = "".join(re.findall(r"[A-Z]", long)).lower()
    words = re.findall(r"[a-z0-9]+", long.lower())
    heads = ("".join(w[0] for w in words), "".join(w[0] for w in words if w not in _SMALL))
    return len(brief) > 1 and brief in (capitals, *heads)


def _begins(short: str, long: str) -> bool:
    """ "Postgres" of PostgreSQL."""
    brief, full = _plain(short), _plain(long)
    return len(long.split()) == 1 and len(brief) > 1 and full.startswith(brief)


def _plain(word: str) -> str:
    """Letters, digits and the signs that tell C from C++ and C#."""
    return "".join(char for char in word.casefold() if char.isalnum() or char in "+#")


def _short(label: str) -> str:
    """ESCO's "Python (computer programming)" without the bracket."""
    return label.split(" (")[0]


def _part_of_address(text: str, mention: Mention) -> bool:
    """Whether the mention is part of a link, an address or a file name."""
    before = _BEFORE.search(text[: mention.start][-200:])
    after = _AFTER.match(text[mention.end : mention.end + 200])
    around = (before[0] if before else "") + "\0" + (after[0] if after else "")
    return bool(_ADDRESS.search(around))


def gaps(explanation: Explanation, found: Sequence[Rewording] = ()) -> tuple[Gap, ...]:
    """What the job asks for and the resume does not show, or shows in part; facts first.

    Requirements stand by the points they leave, most first.

    A requirement that is met in part and that one of `found` is for is not counted.
    """
    bettered = [item.requirement for item in found]
    open_ = [
        Gap(fact.name, fact.asked, fact.shown)
        for fact in explanation.comparisons
        if fact.verdict != "met"
    ]
    by_cost = sorted(explanation.evidence, key=lambda item: item.points - item.most)
    open_ += [
        Gap("requirement", _words(explanation.job, item.requirement.line), "", item.most)
        for item in by_cost
        if item.status == "not shown"
    ]
    open_ += [
        Gap(
            "partly", _words(explanation.job, item.requirement.line), item.settled_by,
            item.most - item.points,
        )
        for item in by_cost
        if item.status == "partly" and item.requirement not in bettered
    ]  # fmt: skip
    open_ += [Gap("skill", _short(skill.label), "") for skill in explanation.missing]
    open_ += _only_mentioned(explanation)
    return tuple(open_)


def _only_mentioned(explanation: Explanation) -> Iterator[Gap]:
    """Skills that the resume names, but nowhere as something its writer did."""
    text = explanation.resume.text
    for asked, said in explanation.matched:
        if not any(claimed(text, m.start, m.end) for m in said.mentions):
            place = said.mentions[0]
            start = text.rfind("\n", 0, place.start) + 1
            end = text.find("\n", place.end)
            line = text[start : end if end >= 0 else len(text)]
            yield Gap("mention", _short(asked.label), " ".join(line.split()))


def _words(document: Document, line: Line) -> str:
    return " ".join(document.line_text(line).split())
