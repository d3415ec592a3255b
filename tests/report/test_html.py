"""The pages: one file, nothing loaded, nothing run that a document brought along."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace

import pytest
from explaining import ASKS, JOB, RESUME, Ask, explain
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from rolefit.bundle import Bundle
from rolefit.errors import ImageOnlyError
from rolefit.reading import from_text
from rolefit.records import Explanation, Line, Notice
from rolefit.report import Report
from rolefit.report.explain_view import NO_REQUIREMENTS, NO_SKILLS
from rolefit.report.html_explain import REQUIREMENTS, to_html
from rolefit.report.html_markup import el, text
from rolefit.report.html_ranking import ranking_html
from rolefit.report.html_text import LONGEST_LINE, Mark, text_html

EVIL = (
    "<script>alert(1)</script>",
    "</p></section></main><img src=x onerror=alert(2)>",
    "\"><a href='javascript:alert(3)'>x</a>",
    "</style><style>*{display:none}</style>",
    "<!-- &amp; &#60;b&#62; ]]> <![CDATA[",
    "{{ 7*7 }} ${7*7} <%= 7 %>",
)


def parsed(page: str) -> LexborHTMLParser:
    return LexborHTMLParser(page)


def words(page: str) -> str:
    body = parsed(page).body
    assert body is not None
    return " ".join(body.text(separator=" ").split())


def ranking(bundle: Bundle, explained: int = 2, rows: int = 3) -> str:
    people = [explain(names=(f"pool/{i}.txt", "job.txt"), base=30.0 - i) for i in range(rows)]
    people[1] = replace(
        people[1],
        match=replace(people[1].match, notices=(Notice("duplicate", "same text as pool/0.txt"),)),
    )
    unread = (ImageOnlyError("pool/scan.pdf", "its pages are pictures", "Run it through OCR."),)
    matches = tuple(person.match for person in people)
    report = Report("adverts/job.txt", matches, unread, bundle, ranked=rows + 4)
    return ranking_html(report, people[:explained])


@pytest.fixture(params=["explain", "rank"])
def page(request: pytest.FixtureRequest, tiny_bundle: Bundle) -> str:
    return to_html(explain(capped_at=45)) if request.param == "explain" else ranking(tiny_bundle)


def test_a_page_asks_the_network_for_nothing(page: str) -> None:
    tree = parsed(page)
    for name in ("src", "srcset", "data", "action", "background", "poster", "ping", "manifest"):
        assert not tree.css(f"[{name}]"), name
    assert not tree.css("link, iframe, object, embed, form, base, img")
    assert all(a.attributes["href"].startswith("#") for a in tree.css("a"))  # type: ignore[union-attr]
    assert not re.search(r"url\(|@import|https?:", tree.css_first("style").text())


def test_the_policy_lets_in_only_what_the_page_itself_brings(page: str) -> None:
    tree = parsed(page)
    policy = tree.css_first("meta[http-equiv=Content-Security-Policy]").attributes["content"] or ""
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    assert "unsafe" not in policy
    for element in ("style", "script"):
        inside = [node.text() for node in tree.css(element)]
        hashes = [base64.b64encode(hashlib.sha256(t.encode()).digest()).decode() for t in inside]
        assert rules.get(f"{element}-src", "") == " ".join(f"'sha256-{h}'" for h in hashes)
    assert not tree.css("[style]"), "a style attribute would be refused by the policy"


def test_no_element_carries_a_handler(page: str) -> None:
    for node in parsed(page).css("*"):
        assert not any(name.startswith("on") for name in node.attributes)


def test_every_link_leads_somewhere_and_every_id_is_there_once(page: str) -> None:
    tree = parsed(page)
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    assert len(ids) == len(set(ids))
    targets = {(a.attributes["href"] or "")[1:] for a in tree.css("a")}
    assert targets - {"top"} <= set(ids)


def test_lines_and_requirements_are_linked_both_ways() -> None:
    tree = parsed(to_html(explain()))
    for number in (1, 2, 3):
        item = tree.css_first(f"#e-q{number}")
        (quote, *_) = item.css("blockquote a")
        line = tree.css_first(quote.attributes["href"] or "")
        assert quote.text() in line.text()
        assert f"#e-q{number}" in {a.attributes["href"] for a in line.css("a.ref")}
    assert not tree.css_first("#e-q4").css("blockquote mark")


def test_only_the_words_of_the_evidence_are_marked() -> None:
    explanation = explain()
    support = explanation.evidence[1].support[0]
    start = explanation.resume.text.index("tracking service")
    part = replace(support, line=Line(start, start + len("tracking service"), 1))
    evidence = list(explanation.evidence)
    evidence[1] = replace(evidence[1], support=(part,))
    tree = parsed(to_html(replace(explanation, evidence=tuple(evidence))))
    assert "tracking service" in [mark.text() for mark in tree.css("article mark.met")]


def test_the_page_has_what_the_terminal_has() -> None:
    said = words(to_html(explain(RESUME.replace("k8s", "K8s"), capped_at=45)))
    for part in (
        "A long shot 45 of 100", "between 24 and 69, 9 times in 10", "Held down: a licence",
        "must have 0 of 1", "An average pair", "Overall likeness", "4.9 of 5 years",
        "Not shown in the resume.", "Kubernetes (“K8s”)", "RabbitMQ", "driving licence",
        "not shown in the resume", "It can be wrong and is not a decision.",
    ):  # fmt: skip
        assert part in said, part


@pytest.mark.parametrize("evil", EVIL)
def test_markup_in_a_document_or_a_name_comes_out_as_text(evil: str, tiny_bundle: Bundle) -> None:
    resume = RESUME.replace("Git", f"Git {evil}").replace("Moved", f"Moved {evil}")
    asks = (*ASKS, Ask("evil", "met", ["Moved"], settled_by=f"skill: {evil}"))
    plain = explain(RESUME, JOB + "- evil\n", asks)
    hostile = explain(resume, JOB + f"- evil {evil}\n", asks, names=(f"a {evil}", f"b {evil}"),
                      notices=(Notice("short", evil), Notice("job-short", evil)))  # fmt: skip
    unread = (ImageOnlyError(f"{evil}.pdf", evil, evil),)
    for page, base in (
        (to_html(hostile), to_html(plain)),
        (rank_of(hostile, tiny_bundle, unread), rank_of(plain, tiny_bundle, ())),
    ):
        assert evil in " ".join(parsed(page).body.text().split())  # type: ignore[union-attr]
        tags = ("script", "style", "img", "iframe", "b", "main", "section")
        assert [len(parsed(page).css(t)) for t in tags[:4]] == [
            len(parsed(base).css(t)) for t in tags[:4]
        ]
        assert not parsed(page).css("[onerror], [href^='javascript']")


def rank_of(explanation: Explanation, bundle: Bundle, unread: tuple[ImageOnlyError, ...]) -> str:
    report = Report(explanation.match.job, (explanation.match,), unread, bundle, ranked=1)
    return ranking_html(report, [explanation])


@given(st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_any_text_comes_back_as_it_was_but_for_what_cannot_be_shown(value: str) -> None:
    page = f"<!doctype html><body>{el('p', value, title=value)}</body>"
    page.encode("utf-8")
    node = parsed(page).css_first("p")
    expected = str(text(value))
    for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'")):
        expected = expected.replace(entity, char)
    expected = expected.replace("&amp;", "&").replace("\r\n", "\n").replace("\r", "\n")
    assert node.text() == expected
    assert len(parsed(page).css("body *")) == 1


def test_marks_that_turn_text_around_do_not_reach_the_page() -> None:
    page = to_html(explain(RESUME.replace("Git", "Git\u202egnp.exe\u2066 \x07")))
    assert not set(page) & {"\u202e", "\u2066", "\x07"}


def test_an_advert_that_asks_for_nothing_says_so() -> None:
    page = words(to_html(explain("Hello", "Wanted.", asks=(), facts=())))
    assert NO_REQUIREMENTS in page
    assert NO_SKILLS in page


def test_200_pages_stay_a_file_of_a_few_megabytes_with_all_evidence_in_it() -> None:
    filler = "\n".join(f"Line {i} of a very long life, told in some detail." for i in range(9_000))
    resume = f"{filler}\n{RESUME}"
    job = JOB + "\n".join(f"- Know thing number {i:04}." for i in range(400))
    asks = [*ASKS, *(Ask(f"number {i:04}", "not shown") for i in range(0, 400, 2))]
    page = to_html(explain(resume, job, asks))
    assert len(page.encode()) < 3_000_000
    said = words(page)
    assert "Wrote the tracking service in Python" in said
    assert re.search(r"… [\d,]+ lines left out here; none of them is marked …", said)
    assert f"{len(asks) - REQUIREMENTS:,} more are left out here" in said


def test_one_line_of_a_megabyte_is_cut_and_says_so() -> None:
    document = from_text("x" * 1_000_000, name="long.txt")
    html = text_html(document, [Mark(0, 10, 1, "met")], "e-r", 300_000)
    assert len(html) < 2 * LONGEST_LINE
    assert "996,000 characters of this line left out" in html


def test_the_ranking_has_a_row_for_all_and_reasons_for_the_best(tiny_bundle: Bundle) -> None:
    tree = parsed(ranking(tiny_bundle))
    rows = tree.css("table.ranking tbody tr")
    assert len(rows) == 3
    assert [len(row.css("a")) for row in rows] == [1, 1, 0]
    assert len(tree.css("details.person")) == 2
    assert "must have 0 of 1" in rows[0].text()
    assert "same text as pool/0.txt" in rows[1].text()
    said = words(ranking(tiny_bundle))
    assert "7 resumes for job.txt" in said
    assert "4 more have a lower score" in said
    assert "pool/scan.pdf: its pages are pictures. Run it through OCR." in said.replace(" :", ":")


def test_a_link_of_the_table_leads_into_the_explanation_it_opens(tiny_bundle: Bundle) -> None:
    tree = parsed(ranking(tiny_bundle))
    for link in tree.css("table.ranking a"):
        target = tree.css_first(link.attributes["href"] or "")
        assert target.parent is not None
        assert target.parent.tag == "details", "only what is inside is opened without the script"


def test_a_ranking_of_nobody_is_a_page_too(tiny_bundle: Bundle) -> None:
    page = ranking_html(Report("job.txt", (), (), tiny_bundle, 0), [])
    assert "No resume has a score." in words(page)


def test_a_ranking_of_long_resumes_shares_the_room(tiny_bundle: Bundle) -> None:
    filler = "\n".join(f"Line {i} of a very long life, told in some detail." for i in range(1_500))
    person = explain(f"{filler}\n{RESUME}")
    report = Report("job.txt", (person.match,) * 20, (), tiny_bundle, 20)
    page = ranking_html(report, [person] * 20)
    assert len(page.encode()) < 3_000_000
    assert page.count("lines left out here") == 20
