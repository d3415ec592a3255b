"""Degrees that a text names, with their fields of study.

Abbreviations of two letters are read only where the text around them speaks of degrees: "BS in
Biology", "BA/BS", "MS, Computer Science"; not "MS Office", "Quincy, MA" or "AS NEEDED".
"""

# ruff: noqa: RUF001  (curly quotes and dashes are what is read)
from __future__ import annotations

import re

from rolefit.language.windows import windows
from rolefit.records import Fact

DEGREES = ("high school", "associate", "bachelor", "master", "doctorate")  # rising

_HIGH_SCHOOL = r"""(?:high[-\s]?school|secondary(?:\sschool)?)\s(?:level\s)?(?:diploma|degree
    |graduat(?:e|ion)
    |grad\b|education|equivalen\w+|certificate)|h\.?s\.?\s(?:diploma|degree|graduate|grad\b
    |education|or\sged)
    |graduat\w+\s(?:from|of)\shigh\sschool|completion\sof\shigh\sschool|completed\shigh\sschool
    |high\sschool(?=\s?(?:or|/|,)\s?(?:ged|g\.e\.d|equivalen))
    |\bged\b|g\.e\.d\.?|general\seducation(?:al)?\sdevelopment|high\sschool\sequivalency
    |(?<!graduate\s)(?<!nursing\s)(?<!school\s)diploma(?=\s?(?:or|/|,|and)\s?(?:ged|g\.e\.d
    |equivalen))
    |high[-\s]school,\s?diploma|international\sbaccalaureate|\babitur\b|fachhochschulreife|\bmatura\b
    |\ba-levels?\b|\ba\slevels(?=\s?[:(,\n]|$)|\bgcses?\b|baccalauréat
    |\b(?:XII|X|12th|10th)\b(?:\s(?:std|standard|grade|class)\.?)?\s?\((?:HSC|SSC|SSLC|CBSE|ICSE)\)
    |twelfth\sgrade|12th\sgrade\s(?:education|diploma)"""
_ASSOCIATE = r"""associate(?:['’]?s['’]?)?(?:[-\s]level)?\s(?:degree|diploma)s?
    |associate(?:['’]?s)?\s(?:of|in)\s(?:applied\s|specialized\s)?(?:science|arts?|engineering|business
    |nursing|technology|occupational\sstudies|general\sstudies|liberal|health\sscience)\w*
    |associate['’]s\b|associates?(?=\s?(?:/|or|and)\s?bachelor)|(?:two
    |2)[-\s]year\s(?:college\s)?(?:degree|diploma)
    |diploma\sin\s(?=[A-Z])|(?:trade|technical|vocational)\s(?:school\s)?(?:degree|diploma)
    |\bA\.A\.S\.?|\bA\.A\.
    |\bA\.S\.(?=\s|$|[,;:)])|\bAAS\b(?=\s(?:degree|in\b))|higher\snational\sdiploma|\bHN[DC]\b
    |foundation\sdegree"""
_BACHELOR = r"""bachelor(?:['’]?s?['’]?)?(?:\s(?:of|in)\s(?:applied\s)?(?:science|arts?
    |engineering|business\sadministration
    |technology|commerce|fine\sarts|education|laws|architecture|social\swork|pharmacy|nursing
    |music))
    |bachelor(?!['’]?s?\s(?:party|parties|pad|apartment|button))(?:['’]s|s['’]?)?\b
    |baccalaureate(?:\sdegree)?
    |\bB\.\s?S\.?(?:\s?N\.|\s?c\.)?(?![\w])|\bB\.A\.?(?!\w)|\bB\.?Sc\b\.?|\bB\.?\s?Tech\b\.?
    |\bB\.?Com\b\.?|\bB\.?Ed\b\.?
    |\bB(?:A|S|Sc|Eng)\s\(?Hons\b\.?\)?|\bLL\.?B\b\.?|\bMBBS\b|\bMB\s?ChB\b
    |\bB\.?\s?Pharm\b\.?|\bB\.?Arch\b\.?|\bBDS\b|\bB\.?V\.?Sc\b\.?|\bB\.?Mus\b\.?|\bBPhil\b
    |\bBAppSc\b|\bBHSc\b|\bBBus\b|licenciatura|licenciad[oa]\sen|laurea(?:\striennale)?\b
    |bacharel(?:ado)?\b|diplom[-\s]?\w*\s?\(FH\)|law\sdegree
    |\bB\.?Eng\b\.?|\bB\.E\.(?!\w)|\bB\.?B\.?A\b\.?|\bBFA\b|\bB\.F\.A\.?|\bBSN\b|\bBSW\b
    |\bB\.S\.W\.?|\bBSBA\b|\bBS(?:EE|ME|CS|CE|IT|IE)\b|\bBCA\b
    |(?:four|4)[-\s]?(?:year|yr)\.?\s(?:college\s|university\s
    |accredited\s)*(?:or\suniversity\s)?degree|(?:four|4)[-\s]year\scollege
    |undergraduate\sdegree|(?:college|university|honou?rs)\s(?:or\suniversity\s)?(?:degree
    |graduate)|post[-\s]?graduate\sdiploma
    |(?:focused|relevant|related|science|engineering|business|professional|accredited)\sdegree
    |\bdegree(?=\s(?:and/or|or\s(?:relevant|related|comparable)|in\s[A-Za-z]|required|preferred
    |or\sequivalent|from\s(?:an?|the)\s(?:accredited|U)|educated))"""
_MASTER = r"""master(?:['’]s|s['’]?)?\s(?:of|in)\s(?:applied\s|public\s|business\s|fine\s
    |social\s)?(?:science|arts?|engineering|education|technology
    |administration|health|policy|work|laws?|accountancy|commerce|divinity|library|nursing
    |business|computer|music|teaching|healthcare)\w*
    |master(?:['’]?s)?(?:[-\s]level)?\s(?:degree|diploma)s?|master['’]s(?!\s(?:schedule
    |tournament))\b|masters(?=\s?(?:/|or\b|and\sph|and\sdoct|in\s|preferred|required|level|program
    |from|,|\.|;|$|\)))
    |\bM\.\s?S\.?c?\b\.?|\bM\.A\.?(?!\w)|\bM\.?Sc\b\.?|\bM\.?B\.?A\b\.?|\bM\.?Ed\b\.?
    |engineer['’]?s?['’]?\sdegree|dipl(?:om|\.)?\s?-?\s?ing(?:enieur(?:in)?\b|\.|\b)
    |diplom-\w+\b|\bmagister\b|laurea\s(?:magistrale|specialistica)|mestrado\b|maestr[ií]a\b
    |\bmáster\sen\b|maîtrise\b|staatsexamen\b|civilingenjör\b|diplôme\sd['’]ingénieur
    |\bM\.?\s?Pharm\b\.?|\bM\.\s?Arch\b\.?|\bMChem\b|\bMPhys\b|\bMMath\b|\bMBiol\b|\bMRes\b
    |\bM\.?Litt\b\.?|\bM\.?Mus\b\.?|\bM\.?\s?Com\b\.?(?!\w)
    |\bMSci\b|\bM\.?Phil\b\.?|\bM\.?Tech\b\.?|\bM\.?Eng\b\.?|\bMSN\b|\bM\.?S\.?W\b\.?|\bM\.?P\.?H\b\.?|\bMFA\b|\bM\.F\.A\.?
    |\bMPA\b|\bMPP\b|\bMCA\b|\bLL\.?M\b\.?|\bMLIS\b|\bM\.Div\b\.?|\bMAcc\b|\bMHA\b
    |(?:post[-\s]?)?graduate(?:[-\s]level)?\sdegree|advanced\s(?:university\s)?degree
    |higher\sdegree"""
_DOCTORATE = r"""\bph\.?\s?d\b\.?['’]?s?|\bD\.?Phil\b\.?|doctorate(?:\sdegree)?
    |doctoral(?:[-\s]level)?(?:\sdegree)?|doctor\sof\s(?:philosophy|education|medicine
    |osteopathic\smedicine|pharmacy|nursing\spractice|physical\stherapy|dental\s\w+
    |veterinary\smedicine|business\sadministration|jurisprudence|psychology
    |science|engineering|theology|law)
    |\bdr\.[-\s]?(?:ing|rer)\.|doktorat?\b|doctorat\b|doctorado\b|doutorado\b|dottorato\b
    |\bD\.\s?Sc\b\.?|\bSc\.D\b\.?|\bTh\.?D\b\.?
    |juris\sdoctor(?:ate)?|\bj\.d\b\.?|law\sschool\sgraduate|\bm\.d\.(?!\w)
    |medical\sdegree|\bpharm\.?\s?d\b\.?|\bed\.?d\b\.?|\bd\.?n\.?p\b\.?(?!\w)
    |\bdpt\b|\bd\.?d\.?s\b\.?|\bd\.?v\.?m\b\.?|\bpsy\.?d\b\.?|terminal\sdegree"""
_FIELDS = (
    r"(?:Comp|Info|Bus|Acc|Fin|Eng|Math|Stat|Bio|Chem|Phys|Psych|Econ|Market|Manag|Educ|Nurs|Comm"
    r"|Crim|Soc|Poli|Hist|Art|Graph|Elec|Mech|Civil|Ind|Hum|Heal|Jour|Hosp|Public|Envir|Law|Data"
    r"|Aero|Kines|Philo|Engl|Geog|Geol|Agri|Archit|Music|Spanish|French|Nutri|Exercise|Anthro|Theat|Fashion"
    r"|Liberal|Linguist|Pharma|Urban|Sport)"
)
# Two letters without dots, and the company they need.
_SHORT = {"AA": 1, "AS": 1, "BA": 2, "BS": 2, "BE": 2, "MA": 3, "MS": 3, "ME": 3, "MD": 4, "JD": 4}
_PAIR = (
    r"(?:B\.?[ASE]\.?|M\.?[ASE]\.?|A\.?[AS]\.?|Ph\.?D\.?|MBA|BBA|JD|J\.D\.|BSc|MSc"
    r"|[Bb]achelor\S*|[Mm]aster\S*|[Aa]ssociate\S*)"
)
_COMPANY = re.compile(
    rf"""(?:(?<=[\s(/,.;:|•-])|(?<=^))(?:AA|AS|BA|BS|BE|MA|MS|ME|MD|JD)(?=
    [-\s](?:[Dd]egree|DEGREE|level|diploma)|\s?/\s?{_PAIR}\b|,?\s(?:or|and)\s{_PAIR}(?:\s|,|\.|;
    |$)|,\s{_PAIR}(?:,|\s(?:or|and)\s)
    |\s(?:in|IN)\s(?:an?\s|the\s)?(?:[A-Z]|related|relevant|technical)|\s(?:or|and)\s(?:higher
    |equivalent|advanced|above|related)|\s?[,(]\s?(?:19|20)\d\d
    |,\s(?:University\sof|(?:[A-Z][\w.'&-]+\s){{1,4}}(?:University|College|Institute))
    |\s(?:required|preferred)\b|\s?[,:(-]\s?{_FIELDS}|\s{_FIELDS}|,?\s(?:from|minimum)\s)
    |(?<=[A-Za-z.])(?:/|\s/\s)(?:AA|AS|BA|BS|BE|MA|MS|ME)\b(?=[\s,.;:)]|$)
    |(?:(?<=BA\sor\s)|(?<=BS\sor\s)|(?<=B\.S\.\sor\s)|(?<=B\.A\.\sor\s)|(?<=BS,\s)|(?<=AA\sor\s)
    |(?<=MBA\sor\s)|(?<=MA\sor\s))
    (?:BA|BS|BE|MA|MS|ME|AS)\b""",
    re.X,
)
_ALL = re.compile(
    "|".join(
        f"(?P<d{rank}>{pattern})"
        for rank, pattern in (
            (4, _DOCTORATE),
            (3, _MASTER),
            (2, _BACHELOR),
            (1, _ASSOCIATE),
            (0, _HIGH_SCHOOL),
        )
    ),
    re.I | re.X,
)
# Cheap to look for; the long expression is tried only around it.
_HINT = re.compile(
    r"degree|diploma|[Bb]achelor|BACHELOR|[Mm]aster|MASTER|[Aa]ssociate|ASSOCIATE|[Dd]octor|DOCTOR|DEGREE|DIPLOMA|Degree|Diploma"
    r"|[Hh]igh[ -][Ss]chool|HIGH SCHOOL|\bGED\b|[Gg]raduate|GRADUATE|[Bb]accalaureate"
    r"|[Pp]h\.? ?[Dd]\b|12th|10th|Pharm|PHARM|Psy\.?D|Th\.?D\b|[Dd]r\.[- ]?(?:[Ii]ng|rer)"
    r"|\b[ABDEJLM]\.? ?(?:[A-Z]\b|[A-Z]\.|[A-Z]{2}\b|Sc\b|Tech\b|Com\b|Ed\b|Eng\b|S[A-Z]{2}\b"
    r"|B\.?A|LIS\b|Div|Acc|Sci\b|\.?Phil\b|BBS\b|B ?ChB\b|L\.?B\b|Arch\b|V\.?Sc\b|Mus\b|Res\b"
    r"|Litt\b|Chem\b|Phys\b|Math\b|Biol\b|AppSc\b|HSc\b|Bus\b)|\bB(?:A|S|Sc|Eng) \(?Hons"
    r"|[Dd]ipl|[Ll]icencia|[Ll]aurea|[Mm]agister|[Mm]estrad|[Mm]aestr|[Mm]áster|[Mm]aîtrise|[Bb]acharel"
    r"|[Dd]outor|[Dd]ottor|[Dd]oktor|[Ss]taatsex|[Cc]ivilingenj|[Aa]bitur|[Mm]atura\b|[Ff]achhoch"
    r"|[Aa][- ][Ll]evel|GCSE|HSC|SSC|CBSE|ICSE|accalaur|HN[DC]\b"
    r"|4[- ]y|[Ff]our[- ]y|2[- ]y|[Tt]wo[- ]y|[Cc]ollege|COLLEGE|\bged\b|\bbtech\b|\bmba\b",
)
_REACH = 60  # characters of a window on either side of a hint
# Abbreviations whose small letters are words or names: they need their capitals.
_CAPITALS = re.compile(r"(?:[a-z]\.?){2,4}")
_STATE = re.compile(r",\s?$")
# "No degree required".
_NONE = re.compile(r"\bno (?:college |university |formal |specific )?$", re.I)
_FIELD = re.compile(
    rf"""(?:['’]?s?\s)?(?:\s?\((?:[A-Z][\w./ ]{{0,12}})\))?[\s,]*(?:degrees?\b
    |diploma\b)?(?:\s?\([\w./ ]{{1,12}}\))?
    \s?(?:\s?(?={_FIELDS})|[:,]\s?|\s-\s|(?:with\s)?(?:an?\s)?(?:major|concentration|emphasis
    |focus|specialization|specializing|majoring)?\s?(?:in|of)\s(?:an?\s|the\s)?)
    (?P<field>[A-Za-z][\w&/'’,\- ]{{2,110}})""",
    re.X | re.I,
)
_STOP = re.compile(
    r"""[\s,]*(?:\s(?:or|and)\s(?:an?\s|in\san?\s|other\s)*(?:related|equivalent|similar|relevant
    |other|higher|comparable|another|relatable|closely|equal|work|\d)
    |\b(?:or|and)\s(?:an?\s)?(?:bachelor|master|ph\.?d|mba|graduate|associate|high\sschool|ged)
    |\s(?:required|preferred|is|are|from|with|plus|at|strongly|desired|highly|and/or|including|but
    |may|will|can|such|obtained|who|that|for|completed)\b
    |\srelated\s|\ba\srelated|\ban?\sequivalent|\s-\s|\d|\bequivalent|\bdegree\b|\bfield\b
    |\bminimum|,\s(?:university|college|city|state|gpa)\b|\s\s|\bprefer\w+|\bideally|\brequired
    |\b(?:university|college|institute|school)\b).*$""",
    re.I | re.X | re.S,
)
_ONE = re.compile(r"\s?\(|\s?/\s?|\s?[-,:]?\s?|\sor\s|\s?degree\s?\(?|\)?\s?degree\s?[:,]?\s?")
_CALLED = re.compile(r"['’]?s?\s(?:degree|diploma)s?\b", re.I)
_TOWN = re.compile(r",\s(?=[A-Z][a-z]+\s?,\s?[A-Z]{2}\b)")
_CAPITAL = re.compile(r"[A-Z]")
_IN = re.compile(r"\bin\s+(?:an?\s)?$")


def find_degrees(text: str) -> list[Fact]:
    """Every degree that `text` names, in text order.

    `value` is one of DEGREES, `detail` the field of study or "", the span that of the degree and
    its field. "Degree" alone counts as a bachelor's where a field or a demand goes with it.
    """
    found: list[Fact] = []
    free = 0
    for start, end, rank in _named(text):
        if start < free:
            continue
        field, after = _field(text, end)
        previous = found[-1] if found else None
        if previous and previous.value == DEGREES[rank] and _same(text[previous.end : start]):
            found.pop()
            start, field = previous.start, field or previous.detail
        found.append(Fact(DEGREES[rank], start, after, field))
        free = after
    return found


def _named(text: str) -> list[tuple[int, int, int]]:
    """Start, end and rank, in text order; of overlapping ones the first and longest first."""
    found = []
    for first, last in windows(text, _HINT, _REACH):
        for match in _ALL.finditer(text, first, last):
            if _NONE.search(text, max(0, match.start() - 24), match.start()):
                continue
            if not _CAPITALS.fullmatch(match.group()) or match.group() == "ged":
                rank = int((match.lastgroup or "d0")[1:])
                found.append((match.start(), match.end(), rank))
    for match in _COMPANY.finditer(text):
        name = match.group().strip(" /")
        start = match.end() - len(name)
        if name in ("MA", "MD", "ME") and _STATE.search(text[:start][-3:]):
            continue
        if name in ("AS", "BE", "ME"):
            line = text[text.rfind("\n", 0, start) + 1 : start + 60].partition("\n")[0]
            if line.isupper() and "DEGREE" not in line:
                continue
        found.append((start, match.end(), _SHORT[name]))
    return sorted(found, key=lambda item: (item[0], -item[1]))


def _same(between: str) -> bool:
    """Whether two names with `between` between them are one degree: "Bachelor of Science (BS)"."""
    return _ONE.fullmatch(between) is not None


def _field(text: str, end: int) -> tuple[str, int]:
    """The field of study that follows, and where the whole mention ends."""
    match = _FIELD.match(text, end, end + 170)
    if match is None:
        degree = _CALLED.match(text, end)
        return "", degree.end() if degree else end
    raw = match.group("field")
    kept = _STOP.sub("", raw + " ").rstrip(" ,-/")
    kept = _TOWN.split(kept)[0].strip(" ,-/")
    if len(kept) < 3 or (
        not _CAPITAL.search(kept) and not _IN.search(text[end : match.start("field")])
    ):
        degree = _CALLED.match(text, end)
        return "", degree.end() if degree else end
    return kept, match.start("field") + len(kept)
