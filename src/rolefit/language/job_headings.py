"""The headings of an advert: what the lines below one are, and where one stands in mid text."""

# ruff: noqa: RUF001  (curly quotes and dashes are what is read)
from __future__ import annotations

import re

# Kinds of headings. Below the first three stand requirements of that kind, below MIXED anything
# ("Job description"), below OTHER none ("Benefits").
REQUIRED, PREFERRED, DUTY, MIXED, OTHER = "required", "preferred", "duty", "mixed", "other"
_LONGEST = 14  # words of a heading that ends in a colon; of another one half as many

# A line without a colon is a heading only if it holds no other word than these.
_WORDS = frozenset(
    """a about abilities ability accountabilities additional an and apply applying are as at
    attributes background basic be benefits bonus bring brings candidate candidates
    certification certifications characteristics company compensation competencies competency
    conditions core credentials criteria culture day demands description desirable desired
    details disclaimer do does doing duties education educational eeo eligibility employer
    employment environment equal essential excited expect expectations experience expertise
    following for functional function functions general get haves have here highlights hiring
    hours how i'll ideal ideally impact in information is it job join key knowledge language
    languages level licenses license licensure life like ll location look looking love main
    major make makes mandatory master minimum mission must need needed needs nice note
    objective of offer offered offers on opportunity or other our overview package pay perks
    personal physical plus pluses points position preferable preferred prerequisites primary
    principal process professional profile proficiencies purpose qualification qualifications
    qualified qualities range required requirement requirements responsibilities
    responsibility responsible role roles s salary schedule scope selection set should skill
    skills special specific specifics status stand out statement strongly succeed success
    successful summary supervisory take takes tasks team technical technologies technology
    that the there these this to tools training traits type typical up us values want we we'd
    we'll we're what what's who why will with work working would you you'd you'll you're
    you've your yourself objectives assignments deliverables accountability day-to-day
    must-haves must-have nice-to-have nice-to-haves ksa's ksas considerations also certificate
    certificates licensing trained""".split()
)
_OTHER = re.compile(
    r"""\b(?:benefits?|perks|compensation|salary|pay(?:\srange)?|(?:we|on)\soffer(?:ed)?
    |we\sprovide|why\b.*
    |about\s(?!the\s(?:role|job|position|opportunity)|you\b|this\s(?:role|job|position)).*
    |who\s(?:we\sare|are\swe)|(?:company|employer|client)(?:\s(?:profile|overview|description
    |information|culture))?
    |our\s(?:company|team|mission|values|story|culture|commitment|client)
    |equal\s.*|e\.?e\.?o\.?.*|disclaimer|how\sto\sapply|to\sapply|apply(?:ing)?|applications?
    |contact.*|locations?
    |what's\sin\sit\sfor\syou|in\sreturn|diversity.*|schedule|(?:working\s)?hours|shifts?
    |job\stype|note|notice
    |additional\sinformation|privacy.*|rewards?|you(?:'ll|\swill|\scan)?\s(?:get|receive|expect)
    |physical\s(?:demands?|requirements?)|work(?:ing)?\s(?:environment|conditions)|accommodations?
    |selection\sprocess|reports\sto|status|classification|department
    |(?:job|requisition)\s(?:id|number|code)|(?:position|employment)\stype|key\s?words?
    |job\ssegment|details|hiring\sprocess|culture|values)$""",
    re.I | re.X,
)
_PREFERRED = re.compile(
    r"""\b(?:preferred|preferences?|nice[-\s]to[-\s]haves?|bonus(?:\spoints)?|desir(?:ed|able)
    |pluses|plus|ideally
    |even\sbetter|optional|added\sadvantages?|advantageous|(?:great|good)\sto\shaves?|additional
    \squalifications|additional\sconsiderations|apart|assets?|stand\sout)\b""",
    re.I | re.X,
)
_NEEDS = re.compile(
    r"\b(?:skills?|qualif\w*|requir\w*|competenc\w+|attributes|background|you\s(?:\w+\s)?(?:bring|need|have)|you(?:'ll|\swill)\s(?:bring|need|have)|bring|must[-\s]haves?|(?:must|should)\s(?:have|possess)|looking\sfor)\b",
    re.I,
)
_DUTY = re.compile(
    r"""\b(?:trained\sto|(?:main|primary)\sfocus|responsibilit(?:y|ies)|responsible\sfor|duties
    |functions?|accountabilit(?:y|ies)|tasks
    |what\s(?:you(?:'ll|\swill|'d|\swould)?|will\syou)\s*(?:do|be\sdoing|take\son).*|you(?:'ll
    |\swill|'d)(?:\s(?:do|be)\b.*)?$
    |impact|day[-\s]to[-\s]day|deliverables|assignments?|a\sday\sin)\b""",
    re.I | re.X,
)
_MIXED = re.compile(
    r"""\b(?:descriptions?|overview|summary|purpose|objectives?|definition|mission|scope|role
    |position|opportunity
    |job|details|highlights)\b""",
    re.I | re.X,
)
_REQUIRED = re.compile(
    r"""\b(?:competenc(?:y|ies)|abilities|ability|knowledge|education|experience|credentials
    |licen[sc](?:es?|ure)
    |certifi(?:cates?|cations?)|who\syou\sare|about\syou|profile|looking\sfor|(?:ideal|successful
    |right)\s
    (?:candidate|applicant|person)s?|background|attributes|expertise|proficienc(?:y|ies)
    |prerequisites?|to\ssucceed
    |eligibility|training|criteria|specification|minimums?|what\sit\stakes|characteristics|traits
    |qualities
    |tools|technologies|languages?)\b""",
    re.I | re.X,
)
# A class even among other words: "Why Norvale?", "About Salina", "Knowledge of:".
_SURE = re.compile(
    r"\b(?:key\s?words|preferred|nice[-\s]to|bonus|desired|benefits?|why|about|purpose$|summary$|overview$|description$|education|experience|knowledge|certif\w+|licen\w+|ideal|candidates?|job\sdescription|equal|eeo)\b",
    re.I,
)
_TRIM = re.compile(r"^[\W\d_]+|[\W_]+$")
_BULLETED = re.compile(r"\s*(?:[•▪●◦■·*➢►✓\uf0b7\uf0a7]|â€¢|-\s)")
_ENDS = re.compile(r"[\s|*_]+$")
_WORD = re.compile(r"[\w'-]+")
_SENTENCES = re.compile(r"[.!]\s")
_LEARNT = re.compile(r"\b(?:education|experience|knowledge)\b", re.I)


def kind_of(text: str) -> str | None:
    """What stands below `text` if it is a heading, else None.

    With a colon or a question mark a heading names what follows; without, it says nothing else.
    """
    bare = _ENDS.sub("", text).replace("’", "'")
    plain = _TRIM.sub("", bare)
    words = _WORD.findall(plain)
    if not 0 < len(words) <= _LONGEST or _SENTENCES.search(plain):
        return None
    known = all(word.lower() in _WORDS for word in words)
    if bare.endswith("?") and not _ASKING.match(plain):
        return None
    if bare.endswith((":", "?")):
        if known or _NEEDS.search(plain) or _DUTY.search(plain) or _SURE.search(plain):
            return _class_of(plain)
        return None
    if words[-1].lower() in _LAST and all(w[0].isupper() or w.lower() in _WORDS for w in words):
        return _class_of(plain)
    if len(words) > _LONGEST // 2 or _BULLETED.match(text) or not plain[0].isupper():
        return None
    if bare.endswith((".", ";", ",")) or not known:
        return None
    return _class_of(plain)


_ASKING = re.compile(r"(?:what|who|why|how|where|when|about)\b", re.I)
_LAST = frozenset("requirements responsibilities qualifications duties competencies".split())


def _class_of(plain: str) -> str | None:
    if _PREFERRED.search(plain):
        return PREFERRED
    if _OTHER.search(plain):
        return OTHER
    for pattern, kind in ((_NEEDS, REQUIRED), (_DUTY, DUTY)):
        if pattern.search(plain):
            return kind
    if _LEARNT.search(plain):
        return REQUIRED
    if _MIXED.search(plain):
        return MIXED
    return REQUIRED if _REQUIRED.search(plain) else None


_TITLED = r"(?:[JS]r\.|[A-Z0-9][\w'’/&-]*(?:\.\w+)*|&)"
_RUN = re.compile(
    rf"{_TITLED}(?:,?\s+(?:(?:and|of|the|to|or|for|&|you|and/or|will|do)\s+)*{_TITLED}){{0,6}}\s*$"
)
_COLON = re.compile(r"[:：](?=\s*\S)")
# Said in two words, a heading is recognised without a colon, if a sentence begins after it.
_BARE = re.compile(
    r"""(?:(?:Required|Minimum|Preferred|Basic|Desired|Additional|Job|Position|Role|Key|Essential
    |Primary|Specific
    |Main|Major|Technical|Core|Principal|General
    |Education(?:al)?)\s(?:and\s)?(?:[A-Z]\w+\s(?:and\s|&\s)?)?
    (?:Qualifications|Requirements|Responsibilities|Duties|Functions|Skills|Experience|Description
    |Summary|Overview
    |Competencies|Knowledge)|Duties\sand\sResponsibilities|Roles\sand\sResponsibilities
    |What\s[Yy]ou(?:'ll|’ll|\s[Ww]ill)\s(?:[Dd]o|[Bb]ring|[Nn]eed)|About\s[Tt]he\s(?:[Rr]ole
    |[Jj]ob|[Pp]osition)
    |Responsibilities|Requirements|Qualifications|Duties|(?:JOB\s|KEY\s|ESSENTIAL\s|MINIMUM\s
    |REQUIRED\s|PREFERRED\s)?(?:QUALIFICATIONS|REQUIREMENTS|RESPONSIBILITIES|DUTIES))
    (?=\s+(?!AND\b|OF\b|FOR\b|TO\b|May\b|Include|Of\b|For\b)[A-Z0-9•·][\w'+-]*\s)""",
    re.X,
)
_STOP = re.compile(r"[.!?;]\s?")
_REACH = 70  # characters of a heading before its colon


def inline(text: str, start: int, end: int) -> list[int]:
    """Offsets in `text[start:end]` where a heading in mid text begins or ends."""
    cuts: list[int] = []
    for colon in _COLON.finditer(text, start, end):
        at = colon.start()
        glued = text[at + 1].isupper()
        run = _RUN.search(text, max(start, at - _REACH), at)
        if run is None:
            said = _STOP.split(text[max(start, at - 2 * _REACH) : at])[-1]
            if glued or kind_of(said.strip() + ":") in (REQUIRED, PREFERRED, DUTY):
                cuts.append(at + 1)
            continue
        if glued or kind_of(run.group() + ":") is not None:
            cuts += [run.start(), at + 1]
    for bare in _BARE.finditer(text, start, end):
        before = text[start : bare.start()].rstrip()
        if before == "" or before[-1] in ".!?•:)":
            cuts += [bare.start(), bare.end()]
    return cuts
