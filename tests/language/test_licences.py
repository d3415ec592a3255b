"""Who holds a licence, and who must: registers of many countries, denials, wishes, other people."""

from __future__ import annotations

import pytest

from rolefit.language import licences as room
from rolefit.language.job_facts import job_facts
from rolefit.language.licences import HARD, held_licences
from rolefit.prepare import as_seen
from rolefit.reading import from_text


def held(line: str, before: str = "") -> list[str]:
    return [fact.value for fact in held_licences(f"Wanda Pettigrew\n{before}\n{line}\n")]


def asked(line: str, title: str = "Worker") -> list[tuple[bool, tuple[str, ...]]]:
    """(whether who lacks it is out, licences) of the advert's lines that ask for some."""
    text = (
        f"{title}\n\nAbout us\nWe mend things for people who need them mended.\n\n"
        f"Requirements\n- Two years in a workshop\n- {line}\n- Patience with people\n"
    )
    found = job_facts(as_seen(from_text(text, name="job"))).requirements
    return [(one.must, one.licences) for one in found if one.licences]


REGISTERS = [
    ("Registered pharmacist (GPhC)", "Pharmacist registered with the GPhC", "pharmacist licence"),
    ("NMC registered nurse", "Nurse, NMC PIN 98Z7654E", "registered nurse licence"),
    ("Registration with a state nursing council", "Registered with the Kerala Nursing Council",
     "nursing council registration"),
    ("NMBI registration", "On the register of the NMBI, general division",
     "nursing council registration"),
    ("NMC registration", "Registered midwife since 2011", "nursing council registration"),
    ("Registered nurse with a provincial licence", "Registered with the College of Nurses of "
     "Manitoba", "registered nurse licence"),
    ("Current SANC registration", "Professional nurse (general), R425",
     "nursing council registration"),
    ("Full GMC registration with a licence to practise", "GMC number 7654321, full registration",
     "physician licence"),
    ("HCPC registration", "HCPC registered dietitian (DT55555)", "HCPC registration"),
    ("Current AHPRA registration", "AHPRA registered podiatrist", "AHPRA registration"),
    ("CORU registration", "CORU registered dietitian", "CORU registration"),
    ("SSSC registration", "Registered with the SSSC as a practitioner",
     "social care registration"),
    ("RCI registration", "RCI registered special educator", "RCI registration"),
    ("Enrolled with a State Bar Council", "Enrolled with the Bar Council of Punjab",
     "admission to the bar"),
    ("Admitted solicitor with an SRA practising certificate", "Solicitor, SRA number 555444",
     "admission to the bar"),
    ("SACE registration", "Registered with SACE since 2011", "teaching licence"),
    ("Registered with COREN", "COREN registered since 2013", "professional engineer licence"),
    ("Gas Safe registration", "Gas Safe engineer, all appliances", "Gas Safe registration"),
    ("NICEIC approved electrician", "Qualified supervisor, NICEIC approved contractor",
     "NICEIC registration"),
    ("Valid CSCS card", "Blue CSCS card", "CSCS card"),
    ("SIA licence", "SIA door supervisor badge to 2028", "security guard licence"),
    ("HGV Class 1 licence", "C+E since 2009", "lorry licence C+E"),
    ("HGV Class 2 licence", "C+E since 2009", "lorry licence C"),
    ("Driver CPC", "DCPC done to 2029", "Driver CPC"),
    ("PCV licence", "PCV licence, no points", "bus licence"),
    ("White card", "White card (construction induction)", "white card"),
]  # fmt: skip


@pytest.mark.parametrize(("wanted", "shown", "name"), REGISTERS)
def test_a_register_counts_as_a_licence_on_both_sides(wanted: str, shown: str, name: str) -> None:
    assert name in HARD
    assert any(must and name in names for must, names in asked(f"{wanted} required"))
    assert name in held(shown)


@pytest.mark.parametrize(
    "line",
    [
        "Answered GPhC inspectors and kept the folders for them",
        "Drove a GMC Sierra and a flatbed",
        "Counted newts in two SSSI ponds",
        "Wrote to the Nursing Council about the car park",
        "Bent EMT and pulled MC cable",
        "Met the HCPC standards of conduct as an assistant",
        "ADR and mediation for two law firms",
    ],
)
def test_who_keeps_a_register_is_named_for_much_besides(line: str) -> None:
    assert held(line) == []


@pytest.mark.parametrize(
    "line",
    [
        "CDL: none", "CDL - no", "CDL: n/a", "Driving licence: no", "TWIC no.",
        "CDL class B, gave it up when I moved", "SIA badge ran out in spring",
        "BLS card 2016 (expired)", "HCPC registration lapsed in 2020", "RN licence is inactive",
        "Forklift licence: applied for in May", "PMP - attended the course, exam not scheduled",
        "NEBOSH certificate: exam booked", "CPA: 2 of 4 parts", "CCNA: not yet passed",
        "Non-CDL driver of box vans", "No SIA licence", "I do not hold a CDL",
        "My husband is an RN in Leeds", "Worked under the RN of the night shift",
        "Signed off by the RN", "Applied to the RN program of the college",
        "Hired CDL drivers for two depots", "Sold payroll software to CPA firms",
        "Completing my registration with NMBI", "Signed up for Green Belt",
        "Looking for work while I study for the CPA",
    ],
)  # fmt: skip
def test_what_is_denied_lost_begun_or_anothers_is_not_held(line: str) -> None:
    assert held(line) == []


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("CDL class A, no points", "commercial driver's licence class A"),
        ("RN licence, never lapsed", "registered nurse licence"),
        ("ACLS (renewal pending, card valid to May)", "advanced cardiac life support"),
        ("BLS 2014 (expired), ACLS to 2029", "advanced cardiac life support"),
        ("PMP expires 2031", "Project Management Professional"),
        ("Registered nurse and pending the move, still working", "registered nurse licence"),
        ("NMC PIN, no restrictions on practice", "registered nurse licence"),
        ("Commercial driver's license, Class A", "commercial driver's licence class A"),
    ],
)
def test_what_is_held_is_not_lost_by_the_words_beside_it(line: str, name: str) -> None:
    assert name in held(line)


@pytest.mark.parametrize(
    "line",
    [
        "No CDL required", "A CDL is not required", "CDL not necessary for this role",
        "You do not need a CDL", "You won't need an SIA licence", "A CDL isn't essential",
        "CDL or ability to obtain one", "CDL, or willing to obtain one",
        "HCPC registration (or eligible to register)", "Secret clearance or able to get it",
        "Willingness to gain a CDL", "Must be working towards AHPRA registration",
        "CSCS card (training provided)", "We pay for your SIA licence",
        "You don't need HGV papers or a CDL", "You don't need SIA or CDL",
        "Clean driving record, CDL no.",
        "Securities papers (Series 6, 63) and insurance licences are not required",
        "LPN licence or one certified medical aide", "CDL a plus",
        "CDL within 90 days of hire", "Eligible for NMC registration",
    ],
)  # fmt: skip
def test_what_is_not_asked_or_may_come_later_caps_nothing(line: str) -> None:
    assert [names for must, names in asked(line) if must] == []


@pytest.mark.parametrize(
    "line",
    [
        "CDL required, no experience necessary",
        "Must have a CDL with no more than three points",
        "CDL: your licence must not have been suspended in three years",
        "You need a CDL, we provide the truck",
        "CDL is required; forklift licence is not required",
        "CDL or LPN licence required",
        "CDL required or no interview",
    ],
)
def test_other_denials_in_the_line_leave_the_licence_asked(line: str) -> None:
    assert any(must and "commercial driver's licence" in names for must, names in asked(line))


def test_what_covers_another_licence_meets_it() -> None:
    assert "commercial driver's licence" in held("CDL class A since 2003")
    assert "commercial driver's licence class A" not in held("CDL class B since 2003")
    assert "lorry licence C+E" not in held("HGV class 2 licence")


@pytest.mark.parametrize(
    ("line", "other", "name"),
    [
        ("CPC, in date", "HGV driver, artics and tacho work", "Driver CPC"),
        ("CPC, in date", "Medical coder, ICD-10", "certified professional coder"),
        ("LPC, Bristol", "Trainee solicitor, litigation", "Legal Practice Course"),
        ("LPC, Ohio", "Counseling of families, mental health", "licensed professional counselor"),
        ("EMT, county ambulance", "Emergency care", "emergency medical technician"),
    ],
)
def test_letters_of_several_meanings_are_told_by_the_work(line: str, other: str, name: str) -> None:
    assert held(line, other) == [name]


def test_the_law_course_in_an_advert_is_no_licence_that_caps() -> None:
    found = asked("LPC and two years of conveyancing", "Trainee solicitor")
    assert found == [(False, ("Legal Practice Course",))]


def test_checks_that_employers_see_to_are_held_and_never_asked() -> None:
    assert held("Enhanced DBS on the update service") == ["DBS check"]
    assert asked("Enhanced DBS check required") == []


def test_of_several_mentions_the_one_that_speaks_of_a_licence_is_quoted() -> None:
    text = "Wanda Pettigrew, RN\nLeeds\n\nPapers\nRegistered nurse, NMC PIN valid to 2029\n"
    places = {fact.value: fact.start for fact in held_licences(text)}
    assert places["registered nurse licence"] > text.index("Papers")


def test_every_phrase_of_the_lists_is_well_formed() -> None:
    for lists in (room.PHRASES, room.REGISTERS, room.CHECKS):
        assert lists.check() > 10
