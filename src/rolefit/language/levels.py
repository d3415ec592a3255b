"""A job title -> how high it stands. Resumes and adverts are read with the same rules.

A word such as "manager" or "executive" says little alone: an account executive leads nobody and
an assistant manager is no beginner. So the rules go from the exceptions to the plain words.
"""

from __future__ import annotations

import re
from functools import lru_cache

LEVELS = ("intern", "entry", "mid", "senior", "manager", "director", "executive")  # rising

# Nouns that a job title ends in. A line without one of them is no title.
_OCCUPATIONS = frozenset(
    """
    accountant activist actor actress actuary adjudicator adjunct adjuster administrator admin
    advertiser adviser advisor advocate agent agronomist aid aide ambassador analyst anchor
    anesthesiologist anesthetist animator apprentice appraiser arborist archaeologist architect
    archivist artist assembler assessor assistant asst associate astronomer athlete attache
    attendant attorney auctioneer auditor author bagger bailiff baker banker barback barber barista
    barman bartender beautician bellman biller biochemist biologist blogger boilermaker bookkeeper
    bouncer brewer bricklayer broker builder busboy busser butcher butler buyer cameraman
    canvasser captain cardiologist caregiver caretaker carpenter caseworker cashier caterer
    chairman chairperson chairwoman chaplain chauffeur chef chemist chiropractor
    choreographer clerk clinician coach coder collector columnist commander commis commissioner
    communicator composer comptroller concierge conductor conservator constable
    consultant contractor controller cook coordinator copywriter corpsman corporal correspondent
    cosmetologist counsel counselor counsellor courier crewman crewmember curator custodian
    cutter dancer dealer dean demonstrator dentist deputy dermatologist designer detailer detective
    developer dietitian dietician director dishwasher dispatcher distributor doctor docent
    draftsman drafter driver ecologist economist editor educator electrician engineer enumerator
    entrepreneur epidemiologist escort estimator esthetician evaluator examiner executive expediter
    expert extern externship fabricator facilitator farmer filmmaker
    firefighter fisherman florist foreman forester founder freelancer fundraiser
    gardener generalist geographer geologist geophysicist glazier governess governor grader
    greeter groomer groundskeeper guard guardsman gunner gunsmith hacker hairdresser
    hairstylist handler handyman harvester helper historian homemaker hostess housekeeper
    hygienist illustrator incharge inspector installer instructor intern internee
    internship interpreter interviewer inventor investigator investor ironworker janitor jeweler
    journalist journeyman judge laborer labourer landscaper lawyer leader lecturer
    lender liaison librarian lieutenant lifeguard linguist lineman loader lobbyist locksmith
    logistician machinist magistrate maid maintainer maker manager manger marketer mason masseuse
    mathematician mechanic mechanist mediator mentor merchandiser merchant messenger
    meteorologist microbiologist midwife millwright moderator musician
    nanny naturalist navigator negotiator neurologist nurse nutritionist obstetrician officer
    operator optician optometrist orderly organizer owner packager packer painter paraeducator
    paralegal paramedic paraprofessional pastor pathologist pediatrician performer
    pharmacist phlebotomist photographer photojournalist physician physicist physiologist
    physiotherapist pianist picker pilot pipefitter planner plasterer plumber podiatrist
    policeman porter poster postmaster practitioner preacher preparer presenter president presser
    principal printer processor producer professional professor programmer projectionist promoter
    proofreader proprietor prosecutor provider provost psychiatrist psychologist publicist
    publisher purchaser radiographer radiologist rancher ranger realtor receiver receptionist
    recruiter referee registrar rep repairman repairer reporter representative rescuer researcher
    reservationist restaurateur retoucher reviewer rigger roofer sailor salesman
    salesperson saleswoman sampler sanitarian scheduler scientist scribe sculptor seamstress
    secretary seller sergeant server sharpener shopper singer sitter soldier solicitor
    sonographer sorter specialist stagehand statistician stenographer steward stewardess stocker
    storekeeper polisher giver strategist stylist superintendent superviser supervisor surgeon
    surveyor sweeper tailor
    teacher technician technologist telemarketer teller tester therapist tiler toolmaker trader
    trainee trainer transcriber transcriptionist translator transporter traveler treasurer
    trucker trustee tutor typist typesetter underwriter upholsterer usher valet vendor
    veterinarian videographer vp waiter waitress warden watchman weaver webmaster welder
    wholesaler winemaker woodworker worker writer zoologist
    avp ceo cfo chro cio cmo cna coo cpo cso csr cto dba emt evp lpn lvn rn sde sdet svp
    airman seaman yeoman ordnanceman boatswain infantryman rifleman
    freelance volunteer cofounder observer barback coop
    """.split()
)
_EXECUTIVE = re.compile(
    r"\b(?:vp|svp|evp|vice[ -]president|president|chief [a-z& ]*officer|chief executive|"
    r"c[efotimps]o|chro|chair(?:man|woman|person)|(?:co-?)?founder|managing director|"
    r"executive director|provost|managing partner|general counsel)\b"
)
_DIRECTOR = re.compile(
    r"\b(?:director|head of|deputy head|dean|avp|assistant vice[ -]president|chief of staff|"
    r"associate vice[ -]president|controller|comptroller|(?<!business )partner)\b"
)
# Directors of a craft, not of an organisation.
_SMALL_DIRECTOR = re.compile(
    r"\b(?:assistant|asst\.?|art|activity|activities|funeral|music|choir|program|camp|recreation|"
    r"technical|stage|center|daycare)(?: program)? director\b"
)
_MANAGER = re.compile(
    r"\b(?:manager|manger|mgr|supervis[oe]r|superintendent|foreman|principal|leader|lead|owner|"
    r"proprietor|co-owner|head|chief|executive chef|head chef|chef de cuisine|department chair|"
    r"commander|captain|postmaster)\b"
)
# Occupations only at the end of a title: "Inside Sales", not "Sales Department".
_FINAL = frozenset(
    "sales staff member head chief lead guide fellow host chair model monitor mate carrier "
    "fighter faculty tech partner keeper fitter hand advocate companion minister runner mover "
    "finisher".split()
)
# Managers of accounts, projects and cases: they lead work, not necessarily people.
_LEADS_WORK = re.compile(
    r"\b(?:account|accounts|case|project|product|program|programme|projects|relationship|"
    r"relations|community|media|content|brand|campaign|category|territory|risk|records?|document|"
    r"documentation|database|client|clients|success|release|configuration|change|contracts?|"
    r"portfolio|asset|care|wealth|event|events|communications?|seo|proposal|partner|grants?|"
    r"knowledge|delivery|vendor|leasing|loan|marketing campaign)\s+(?:manager|manger|mgr)\b"
)
_NO_CHIEF = re.compile(
    r"\b(?:lead generation|sales lead generat\w+|(?:petty|warrant) officer|first class|"
    r"team member|account leader|thought leader|squadron leader's)\b"
)
_SENIOR = re.compile(r"\b(?:senior|sr|snr|iii|iv|3|charge nurse|staff (?:software )?engineer)\b")
_NOT_SENIOR = re.compile(r"\bsenior (?:citizens?|living|care|center|services|housing|adults?)\b")
_PLAIN_LEAD = re.compile(
    r"\blead (?:\w+ )?(?:teacher|cashier|cook|server|clerk|associate|technician|tech|bartender|"
    r"barista|stylist|instructor|nurse|operator|guard|driver|receptionist|tutor|welder)\b"
)
_INTERN = re.compile(
    r"\b(?:intern|internee|internship|extern|externship|co-op|student (?:teacher|nurse|intern|"
    r"trainee|worker|assistant)|industrial trainee|summer associate)\b"
)
_ENTRY = re.compile(
    r"\b(?:junior|jr|jnr|entry|trainee|apprentice|helper|volunteer$|manager in training|"
    r"in training|fresher|i|1)\b"
)
_DATA_ENTRY = re.compile(r"\b(?:data|order) entry\b")
# "assistant" before a noun makes a beginner of it, or a deputy; after one it is the occupation.
_DEPUTY = re.compile(
    r"\b(?:assistant|asst|deputy|associate)(?: \w+){0,2} (?:manager|manger|mgr|supervisor|"
    r"superintendent|director|principal|dean|head|controller|foreman|leader)\b"
)
_BEGINNER = re.compile(
    r"\b(?:assistant|asst)(?: \w+)? (?:engineer|accountant|teacher|buyer|designer|editor|chef|cook|"
    r"planner|analyst|architect|developer|producer|technician|coordinator|auditor|merchandiser|"
    r"bookkeeper|instructor|trainer|surveyor|estimator|stylist|photographer)\b"
)
_ASSISTS = re.compile(r"\b(?:assistant|secretary|aide|associate)$")
_ASSISTANT = re.compile(r"\b(?:assistant|asst|associate)\b")
_VICE = re.compile(r"\b(?:assistant|associate) vice[ -]president\b")
_HIGH_DEPUTY = re.compile(r"principal|superintendent|dean|controller")
_SAYS_SENIOR = re.compile(r"\b(?:senior|sr)\b")
_SCHOLAR = re.compile(r"\bassistant (?:\w+ )?professor\b")
_PLAIN_EXECUTIVE = re.compile(r"\bexecutive (?:personal )?(?:assistant|secretary|admin\w*|support)")
_SPLIT = re.compile(r"\s*(?:/|\||&|;|\s\+\s|\band\b|\\)\s*")
_PART = re.compile(r"\s*(?:,|\(|\)|\s[-–—:]+\s|:)\s*")  # noqa: RUF001
_CUT = re.compile(r"\s+(?:of|for|to|at|in|with|on|within|@|reporting to)\s+")
_NUMBERED = re.compile(r"^\W*\d{1,2}[.)]\s+")  # of a list: "1. Registered Nurse" is no beginner
_STUCK = re.compile(r"\b(sr|jr|asst)\.(?=\w)")  # "Sr.Designer"
_WORD = re.compile(r"[a-z0-9][a-z0-9'.+#]*")
_SAID = frozenset(
    "a an the my our their your his her is was were are be been that which who by as from all each "
    "i'm we you they this these those not".split()
)
_LONGEST = 12  # words of a title


@lru_cache(maxsize=4096)
def level_of(title: str) -> str | None:
    """The one of LEVELS that the words of a job title mean; None if it is no title.

    Of several titles in one ("Bookkeeper / Office Manager") the highest counts.
    """
    plain = _STUCK.sub(r"\1 ", title.lower().replace("’", "'"))  # noqa: RUF001
    plain = " ".join(_NUMBERED.sub("", plain).split()).strip(" .,:;-*•–|")  # noqa: RUF001
    if not plain or len(plain) > 120:
        return None
    found = [level for part in _SPLIT.split(plain) if (level := _level(part))]
    return max(found, key=LEVELS.index) if found else None


def _level(title: str) -> str | None:
    parts = [part for part in _PART.split(title) if part]
    cores = [_core(part) for part in parts]
    if "head of" in title and not title.startswith("head of"):
        cores.append("head of")
    titled = next((i for i, core in enumerate(cores) if is_occupation(core)), None)
    if titled is None:
        return None
    core = cores[titled]
    if core in ("head", "chief") and parts[titled].startswith(("head of", "chief of staff")):
        core = " ".join(parts[titled].split()[:3])
    beside = " ".join(part for i, part in enumerate(cores) if i != titled and len(part.split()) < 2)
    rank = _rank(core)
    if rank in ("mid", "senior") and beside:  # "Engineer, Senior"; "Accounting - Intern"
        rank = _rank(f"{beside} {core}")
    return rank


def _core(part: str) -> str:
    """ "Intern to the Director" is an intern; "Point of Sale Manager" has its noun at the end."""
    head = _CUT.split(part)[0]
    return head if is_occupation(head) else part


def is_occupation(words: str) -> bool:
    """Whether the words (in lower case) name an occupation and are no sentence."""
    names = [word.strip(".'") for word in _WORD.findall(words)]
    if not 0 < len(names) <= _LONGEST or _SAID.intersection(names):
        return False
    if names[0].endswith("ed") and names[0] not in _PARTICIPLES:
        return False
    if names[-1] in _FINAL:
        return True
    return any(name in _OCCUPATIONS or name.rstrip("s") in _OCCUPATIONS for name in names)


_PARTICIPLES = frozenset(
    "registered licensed certified skilled limited accredited chartered retired med experienced "
    "dedicated enrolled specialized qualified ed embedded applied advanced unmanned distributed "
    "integrated united allied centralized used commissioned noncommissioned combined red self "
    "special unlimited automated bed feed speed need united".split()
)


def _rank(core: str) -> str:
    words = core.replace(".", "")
    if _INTERN.search(words):
        return "intern"
    if _ENTRY.search(words) and not _DATA_ENTRY.search(words):
        return "entry"
    if _ASSISTS.search(words) and not _DEPUTY.search(words):
        return "senior" if _SAYS_SENIOR.search(words) else "mid"
    if _VICE.search(words):
        return "director"
    if _EXECUTIVE.search(words):
        return "executive"
    if _SMALL_DIRECTOR.search(words):
        return "manager"
    if _DIRECTOR.search(words):
        return "director"
    return _rank_below_director(words)


def _rank_below_director(words: str) -> str:
    senior = bool(_SENIOR.search(_NOT_SENIOR.sub("", words)))
    if _SCHOLAR.search(words) or _PLAIN_EXECUTIVE.search(words):
        return "senior" if senior else "mid"
    if _LEADS_WORK.search(words):
        beginner = _ASSISTANT.search(words)
        return "senior" if senior else "entry" if beginner else "mid"
    if _DEPUTY.search(words):
        return "manager" if _HIGH_DEPUTY.search(words) else "senior"
    if _BEGINNER.search(words):
        return "entry"
    if _PLAIN_LEAD.search(words):
        return "senior"
    if _MANAGER.search(_NO_CHIEF.sub("", words)):
        return "manager"
    return "senior" if senior else "mid"
