"""Where two words were run together: "workunder pressureAdept" hides an end, "JavaScript" none.

Adverts pasted into one line lose their line breaks, so that a small letter meets a capital. A name
like "PowerPoint" looks the same. What tells them apart: a glued left word is mostly in small
letters ("pressureAdept"), and a name's is not; a right word that opens requirements ("Ability",
"Must", "The") or a left one that closes headings ("Requirements") settles the rest.
"""

# ruff: noqa: RUF001  (curly quotes and dashes are what is read)
from __future__ import annotations

import re

# Words that begin a line of an advert; after a capitalised word they are no half of a name.
STARTERS = frozenset(
    """a ability able about accountable accurate achieve acts additional administer advanced all
    also an analytical analyze and answer any applicants applies apply are arrange as ask
    assist assisting assists associate associates at attend attention available bachelor
    bachelor's based basic be being benefits bonus build calculate candidate candidates
    certification certifications check clean coach collaborate collect comfortable communicate
    communicates communication company compensation competitive complete complies computer
    conduct conducts consult contact contract coordinate coordinates create creates creating
    cultivate customer decision define deliver demonstrate demonstrated department dependable
    description design desired detail determine develop developing develops direct disability
    do drive due duties each education effective eligible employees employer employment
    enforces engage enjoy ensure ensures ensuring entry establish evaluate excellent
    exceptional excited execute exhibit experience experienced explain extensive familiar
    familiarity first flexible focus follow for formal from full fully general generous get
    good graduate great had handle handles hands has have high highly hire hours hourly how
    identify identifying if implement implements in include includes including independent
    initiate inspect interact interpersonal it job join keep key knowledge knowledgeable lead
    leads learn level lift location maintain maintains make makes manage manages managing many
    master master's maximum may meet meets minimal minimum monitor monitors most multiple must
    my necessary negotiate no not one operate operates optional or order organize other our
    overall oversee overview own paid partner participate participates passion people perform
    performing performs physical plan please position possess possesses prefer preferred
    prepare prepares present previous prior proactive problem process professional proficiency
    proficient promote proven provide provides providing qualifications qualified receive
    recruit regular report reports required requirement requirements requires requisition
    research resolve respond responsibilities responsible responsibility review reviews role
    salary schedule seeking self sell send serve serves set shift should skilled skills solid
    solve some speak specific start strong submit successful summary supervise supervises
    support supports take team tests the their there these they this thorough through to track
    train training travel troubleshoot type under understand understanding use uses utilize
    valid verify verifies veterans we we're well what when where who why will willing
    willingness with within work working write written years yes you your you'll you're
    besides financial additionally however once while since after before both every more many
    plus also further previous paid vacation join about click visit call email""".split()
)
# Words that end a heading; what follows them without a blank is the first line below it.
ENDERS = frozenset(
    """requirements responsibilities qualifications description descriptions summary skills
    duties functions benefits overview education experience profile preferred required desired
    purpose competencies abilities requirement qualification responsibility role us we're
    position""".split()
)
# Names with a capital inside whose halves would pass for glued words.
NAMES = frozenset(
    """linkedin javascript typescript powerpoint powershell postscript mysql postgresql nosql
    openssl macos watchos tvos openstack github gitlab wordpress youtube tiktok facebook phd
    edd whatsapp paypal fedex quickbooks peoplesoft autocad solidworks sharepoint onedrive
    onenote onenote salesforce servicenow bigquery dynamodb mongodb cassandradb graphql
    couchdb mariadb indexdb clickhouse databricks tensorflow pytorch mathcad matlab labview
    simulink healthcare childcare daycare homecare medicare hubspot mailchimp dropbox airtable
    datadog newrelic webex gotomeeting goto netsuite docusign nodejs reactjs angularjs vuejs
    expressjs nextjs threejs coffeescript actionscript applescript jquery jboss jmeter junit
    testng xcode vmware virtualbox checkpoint infopath coreldraw indesign photoshop
    aftereffects filemaker foxpro freebsd openbsd openshift websphere weblogic cloudformation
    sagemaker""".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SEAM = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z]{2})(?=[A-Z][a-z])")
_PREFIXES = {"Mc", "Mac", "Fitz", "De", "Di", "Du", "La", "Le", "Van", "Von", "Des", "Del", "Mic"}
_SIGNS = {"JS", "SQL", "OS", "DB", "NET", "ML", "QL", "API", "CSS", "HTML", "XML", "UI", "UX", "ID"}
_ADDRESS = re.compile(r"://|www\.|@|\.(?:com|org|net|edu|gov)\b", re.I)
_MIXED = re.compile(r"[a-z][A-Z]|[A-Z]{3}[a-z]")
# What meets without a blank beside letters: "1990Leader", "(if any)Maintain", "Preferred2+ years".
_FIGURE = re.compile(r"\d(?=[A-Z][a-z]{2})")
_BRACKET = re.compile(
    r"[a-z]\)(?=[A-Z])|[\w+]\)(?=[A-Z][a-z])|\+(?=[A-Z][a-z]{3})|[a-z0-9];(?=[A-Z][a-z])"
)
_HEADING = re.compile(
    r"\b(?:Responsibilities|Requirements|Qualifications|Duties|Description)(?=[a-z]{3}|\d)"
    r"|[*!?).](?=(?:Requirements?|Responsibilities|Qualifications|Duties|Skills)(?:[A-Z:\s]|$))"
    r"|[*!?).](?=(?:REQUIREMENTS?|RESPONSIBILITIES|QUALIFICATIONS|DUTIES|SKILLS)\b)|(?<=\w)(?=\*\*[A-Z])"
)
# "UPS processing Must have a licence": what begins so begins a sentence, stop or no stop.
_DEMAND = re.compile(
    r"(?P<before>[\w+#)]+)\s+(?=(?:Must (?:have|be|possess)|Minimum (?:of|\d|one|two|three)"
    r"|Ability to|You will|Candidates? must|Experience (?:with|in|working|using)"
    r"|Proficien(?:t|cy) (?:in|with|working)|Knowledge of|Familiar(?:ity)? with"
    r"|Understanding of|Bachelor['’]s degree in)\b)"
)
_OPEN = re.compile(r"(?:and|or|of|the|in|with|to|for|a|an|your|our|their|is|are)", re.I)
_YEARS = re.compile(r"\d{1,2}\s?(?:\+|-\s?\d|to\s\d|years?\b|yrs?\b)")
_BLANK = re.compile(r"\s|$")


def seams(text: str, start: int, end: int) -> list[int]:
    """Offsets in `text[start:end]` where one thing ends and the next begins without a blank."""
    found = [
        m.end() for marks in (_FIGURE, _BRACKET, _HEADING) for m in marks.finditer(text, start, end)
    ]
    for match in _DEMAND.finditer(text, start, end):
        before = match["before"]
        if not before.istitle() and not _OPEN.fullmatch(before):
            found.append(match.end())
    for match in _YEARS.finditer(text, start + 3, end):
        before = text[match.start() - 3 : match.start()]
        if before.isalpha() and before.islower():
            found.append(match.start())
    if _MIXED.search(text, start, end):
        for word in _WORD.finditer(text, start, end):
            token = word.group()
            if not (token.islower() or token.isupper() or token.istitle()):
                found += [word.start() + at for at in _inside(token)]
    if found and _ADDRESS.search(text, start, end):
        found = [at for at in found if not _in_address(text, at)]
    return sorted(found)


def _in_address(text: str, at: int) -> bool:
    first = max(text.rfind(" ", 0, at), text.rfind("\n", 0, at)) + 1
    last = _BLANK.search(text, at)
    return _ADDRESS.search(text, first, last.start() if last else at) is not None


def _inside(token: str) -> list[int]:
    places = [match.start() for match in _SEAM.finditer(token)]
    edges = [0, *places, len(token)]
    return [
        at
        for number, at in enumerate(places)
        if _glued(token[edges[number] : at], token[at : edges[number + 2]])
    ]


def _glued(left: str, right: str) -> bool:
    low = right.lower()
    if (left + right).lower() in NAMES or left in _PREFIXES:
        return False
    if left.isupper():  # "VAThe", not "SQLServer"
        return (low in STARTERS and len(low) > 1) or left.lower() in ENDERS
    if left[0].isupper():
        return left.lower() in ENDERS or (low in STARTERS and len(left) > 2)
    if right.isupper() and len(right) > 1:
        return len(left) > 2 and right not in _SIGNS
    return len(left) > 2 or (low in STARTERS and len(left) > 1)
