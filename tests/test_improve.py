"""`rolefit improve` renames what a resume shows, says what that gains, and invents nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent / "report"))

from explaining import RESUME, Ask, explain

from rolefit.improve import Advice, improve, reworded, rewordings
from rolefit.language import find_skills
from rolefit.language.claims import claimed, disclaimed

ADVERT = """Platform Engineer

What you need
- Kubernetes and JavaScript every day.
- PostgreSQL, Amazon Web Services, Java, C++, SAP.
"""
ASKS = (
    Ask("Kubernetes and", "partly", ()),
    Ask("PostgreSQL, Amazon", "partly", ()),
)
SKILLS = ("kubernetes", "javascript", "postgresql", "amazon web services", "java", "c++", "sap")

# What a resume may say of a skill without showing it. Each names the skill by another word than the
# advert or by the advert's own: neither may ever be suggested.
LURES = (
    "Worked next to the Java team and shared their coffee.",
    "Worked next to the JS team and shared their coffee.",
    "No experience with SAP, K8s or C++ so far.",
    "I have no experience with\nK8s yet, nor with JS.",
    "I don't know K8s.",
    "I don\u2019t know K8s.",
    "Eager to learn Kubernetes and JS.",
    "Keen to pick up K8s in my next job.",
    "Gave references to C++ developers I hired.",
    "Hired six JS developers and two Postgres administrators.",
    "Recruited for AWS and K8s positions.",
    "Led engineers who wrote JS and ran K8s.",
    "Sat with the Postgres team on Tuesdays.",
    "Managed a department of JS programmers.",
    "Would like to work with K8s one day.",
    "Read about K8s, tried AWS at home.",
    "| read about, tried at home | Go, K8s, AWS, Postgres |",
    "Interested in K8s and AWS.",
    "Never used Postgres in anger.",
    "Everything except K8s and JS.",
    "Moved the firm away from Postgres before I came.",
    "My brother writes JS for a living.",
    "Sold K8s training to banks.",
    "Interviewed candidates on JS and Postgres.",
    "GOALS\nK8s, JS, Postgres",
    "Things I want to learn:\n- K8s\n- JS\n- AWS",
    "What I have not used yet:\n- K8s\n- Postgres",
    "References\nJS lead at Larkfield",
    "My site is https://example.org/JS/K8s and mail JS@example.org",
    "Screened applicants for the Postgres ward.",
    "The company runs on AWS; I did not touch it.",
    "Familiar faces: the K8s guild and the JS community.",
    "Shadowed somebody on K8s.",
)
# What the words around a name say is learned, and these two are still taken for claims.
MISSED = ("If needed I could learn JS.", "Currently learning: K8s, AWS, Postgres.")


def flat(text: str) -> float:
    return 50.0


def advise(text: str, job: str = ADVERT, rescore: Callable[[str], float] = flat) -> Advice:
    asks = ASKS if job == ADVERT else ()
    return improve(explain(text, job, asks, facts=()), rescore)


def pairs(advice: Advice) -> set[tuple[str, str]]:
    return {(item.before, item.after) for item in advice.rewordings}


def test_the_adverts_word_is_offered_for_another_word_of_the_same_skill() -> None:
    advice = advise("Ran eleven services on K8s.\nWrote JS for the shop.\nTuned Postgres.")
    assert pairs(advice) == {
        ("K8s", "Kubernetes"), ("JS", "JavaScript"), ("Postgres", "PostgreSQL")
    }  # fmt: skip


def test_a_short_form_of_the_advert_is_offered_for_the_full_name() -> None:
    advice = advise("Ran services on Amazon Web Services.", "Engineer\n- AWS daily.\n")
    assert pairs(advice) == {("Amazon Web Services", "AWS")}


@pytest.mark.parametrize("line", LURES)
def test_a_lure_is_never_suggested(line: str) -> None:
    advice = advise(f"Developer, Leeds\n\n{line}\n\nBuilt timetables for a bus company.\n")
    assert advice.rewordings == ()


def test_an_address_at_the_end_of_a_line_takes_nothing_from_the_next() -> None:
    advice = advise("Developer, Leeds\n\nMail: pat@example.org\nK8s and services since 2019.\n")
    assert pairs(advice) == {("K8s", "Kubernetes")}


def test_a_lure_that_is_missed_is_no_denial_of_what_is_shown_elsewhere() -> None:
    text = "Developer, Leeds\n\nEXPERIENCE\n- Ran services on K8s for four years.\n\n"
    for line in MISSED:
        assert ("K8s", "Kubernetes") in pairs(advise(f"{text}{line}\n"))


@pytest.mark.parametrize("line", LURES)
def test_a_lure_takes_nothing_from_the_same_skill_shown_elsewhere(line: str) -> None:
    text = f"Developer, Leeds\n\nEXPERIENCE\n- Ran services on K8s for four years.\n\n{line}\n"
    assert ("K8s", "Kubernetes") in pairs(advise(text)) or "Kubernetes" in line
    assert all(item.start < text.index(line) for item in advise(text).rewordings)


@pytest.mark.parametrize(
    ("said", "asked"),
    [("Kubernetes", "EKS"), ("K8s", "AKS"), ("GKE", "EKS"), ("Linux", "Ubuntu"),
     ("Ubuntu", "RHEL"), ("Docker", "Docker swarm"), ("Unreal Engine", "Unreal Engine 5"),
     ("JavaScript", "ES6"), ("DevOps", "DevSecOps")],
)  # fmt: skip
def test_a_general_word_never_becomes_one_kind_of_the_thing(said: str, asked: str) -> None:
    assert (
        advise(f"Ran {said} for two years.", f"Engineer\n- {asked} in production.").rewordings == ()
    )


def test_one_kind_of_a_thing_may_be_called_by_the_name_of_the_thing() -> None:
    assert pairs(advise("Ran services on EKS for two years.")) == {("EKS", "Kubernetes")}


def test_the_advert_alone_suggests_nothing() -> None:
    assert advise("Baked bread for nine years in a village.").rewordings == ()


@pytest.mark.parametrize(
    "text", ["Ran services on Kubernetes.", "Kubernetes, K8s", "ran kubernetes; wrote Java Script"]
)
def test_a_word_that_is_there_already_is_not_offered_again(text: str) -> None:
    assert not any(item.after == "Kubernetes" for item in advise(text).rewordings)


def test_the_line_that_half_meets_a_requirement_gets_the_word_it_lacks() -> None:
    text = "Skills\nKubernetes, Git, SQL\n\nEXPERIENCE\n- Moved four services to K8s.\n"
    asks = (Ask("Kubernetes and", "partly", ["Moved four"]),)
    (item,) = improve(explain(text, ADVERT, asks, facts=()), flat).rewordings
    assert text[item.start : item.end] == "K8s"
    assert item.requirement is not None


def test_the_gain_is_that_of_the_changed_text_and_not_a_guess() -> None:
    seen: list[str] = []

    def rescore(text: str) -> float:
        seen.append(text)
        return 40.0 + 5.0 * ("Kubernetes" in text) + 2.0 * ("JavaScript" in text)

    text = "Ran services on K8s.\nWrote JS for the shop."
    advice = advise(text, rescore=rescore)
    assert [(item.after, item.gain) for item in advice.rewordings] == [
        ("Kubernetes", 5.0), ("JavaScript", 2.0)
    ]  # fmt: skip
    assert (advice.score, advice.together) == (40.0, 47.0)
    assert set(seen) == {
        text,
        "Ran services on Kubernetes.\nWrote JS for the shop.",
        "Ran services on K8s.\nWrote JavaScript for the shop.",
        "Ran services on Kubernetes.\nWrote JavaScript for the shop.",
    }


@pytest.mark.parametrize("change", [0.0, 0.9, -4.0])
def test_a_gain_below_the_noise_is_none(change: float) -> None:
    advice = advise("Ran K8s.", rescore=lambda text: 40.0 + change * ("Kubernetes" in text))
    assert len(advice.rewordings) == 1
    assert advice.gaining == ()
    assert advice.together == advice.score


def test_no_more_than_twelve_changes_are_scored() -> None:
    names = "JS TS K8s Postgres AWS GCP ML RN BLS ACLS PMP CPA SEO QA".split()
    job = "Jack of all trades\n" + "".join(
        f"- {skill.label.split(' (')[0]}.\n" for skill in find_skills(", ".join(names))
    )
    calls: list[str] = []

    def rescore(text: str) -> float:
        calls.append(text)
        return 1.0

    advice = advise("\n".join(f"- Used {name} daily." for name in names), job, rescore)
    assert len(calls) == 1 + len(advice.rewordings) <= 13


def test_what_no_words_can_supply_is_listed_and_not_suggested() -> None:
    advice = improve(explain(), flat)
    found = {(gap.kind, gap.asked) for gap in advice.gaps}
    assert ("licence", "driving licence") in found
    assert ("years", "5 years") in found
    assert ("skill", "RabbitMQ") in found
    assert ("requirement", "- Kafka or RabbitMQ.") in found
    assert not any("RabbitMQ" in item.after for item in advice.rewordings)


def test_a_skill_that_is_only_named_is_told_apart_from_one_that_is_shown() -> None:
    advice = advise("Built bridges.\n\nEager to learn Kubernetes.\n")
    assert ("mention", "Kubernetes") in {(gap.kind, gap.asked) for gap in advice.gaps}


def test_a_resume_of_one_line_and_one_without_skills_get_an_answer() -> None:
    for text in ("Developer", "I like long walks."):
        advice = advise(text)
        assert (advice.rewordings, advice.together) == ((), advice.score)


WORDS = st.sampled_from(
    "K8s JS Postgres AWS Kubernetes JavaScript and no not eager to learn the team Java built "
    "developers hired in with C++ SAP EKS , . : \n - next experience Skills".split(" ")
)


@given(st.lists(WORDS, max_size=30).map(" ".join).filter(str.strip))
@settings(max_examples=60, deadline=None)
def test_every_change_names_a_skill_that_the_resume_claims_there(text: str) -> None:
    explanation = explain(text, ADVERT, ASKS, facts=())
    shown = {skill.id: skill for skill in find_skills(text)}
    for item in rewordings(explanation):
        assert (item.start, item.end) in {(m.start, m.end) for m in shown[item.id].mentions}
        assert claimed(text, item.start, item.end)
        # The changed resume names no skill that it did not name before.
        assert {s.id for s in find_skills(reworded(text, item))} <= set(shown)


@pytest.mark.parametrize(
    "line",
    [
        "Wrote the tracking service in Java; it answers 900 requests a second.",
        "Built a notification service (Java, AWS).",
        "Java, C++, Python",
        "Programming: Java, C++",
        "- Led a team of four and wrote most of the Java myself.",
        "Java developer since 2019.",
    ],
)
def test_plain_claims_are_claims(line: str) -> None:
    text = f"EXPERIENCE\n{line}\n"
    at = text.index("Java")
    assert claimed(text, at, at + 4)


def test_the_examples_resume_is_left_as_it_was() -> None:
    explanation = explain()
    items = rewordings(explanation)
    assert reworded(RESUME, *items).count("\n") == RESUME.count("\n")
    assert explanation.resume.text == RESUME


@pytest.mark.parametrize(
    ("line", "taken_back"),
    [("Hosting is a couple of droplets, no Java.", True), ("No experience with SAP or Java.", True),
     ("I don't know Java.", True), ("Eager to learn Java.", True),
     ("| read about, tried at home | Go, Java |", True), ("Have not touched Java yet.", True),
     ("Not only Java but Go.", False), ("No budget was left. Java services since 2019.", False),
     ("Java, no Perl.", False), ("Ran Java services without an outage.", False),
     ("Java", False)],
)  # fmt: skip
def test_what_stands_right_before_a_skill_can_take_it_back(line: str, taken_back: bool) -> None:
    at = line.index("Java")
    assert disclaimed(line, at, at + 4) is taken_back
