"""An explanation on the screen says what the Explanation says, in 80 columns."""

from __future__ import annotations

import io
import re

import pytest
from explaining import ASKS, JOB, RESUME, Ask, explain, shown_score
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from rolefit.features import KNOWN
from rolefit.records import Explanation, Notice
from rolefit.report import explain_words
from rolefit.report.explain_terminal import REQUIREMENTS, print_explanation
from rolefit.report.explain_view import NO_REQUIREMENTS, NO_SKILLS, base_and_steps, quote, tidy


def shown(explanation: Explanation, width: int = 80, encoding: str = "utf-8") -> str:
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding=encoding, errors="backslashreplace", newline="\n")
    console = Console(width=width, file=file, force_terminal=True, color_system=None,
                      highlight=False, markup=False, emoji=False, legacy_windows=False)  # fmt: skip
    print_explanation(explanation, console)
    file.flush()
    return raw.getvalue().decode(encoding)


def flat(text: str) -> str:
    return " ".join(text.split())


def test_word_band_and_score_stand_at_the_top() -> None:
    head = shown(explain()).splitlines()[:8]
    assert head[1:3] == ["dana.txt", "for backend.txt"]
    assert head[4].startswith("A long shot  52 ")
    assert head[5] == "between 31 and 76, 9 times in 10"
    assert "must-haves: 0 of 1 met" in head


def test_every_requirement_has_its_status_what_settled_it_and_its_best_line() -> None:
    text = flat(shown(explain()))
    assert "At least 5 years of backend work. partly · 4.9 of 5 years" in text
    assert "met · skills: Python “Wrote the tracking service in Python" in text
    assert "You must hold a full driving licence. not shown" in text
    assert "Must have 1 not shown" in text


def test_the_nearest_line_is_not_quoted_for_what_is_not_shown() -> None:
    assert "“Backend developer, Leeds”" not in shown(explain())


def test_never_lacking_always_not_shown() -> None:
    text = shown(explain(capped_at=40)).lower()
    assert "not shown" in text
    assert not any(word in text for word in ("lack", "missing", "fail", "unqualified"))


def test_what_held_the_score_down_is_said_beside_the_score_and_in_the_steps() -> None:
    text = shown(explain(capped_at=40))
    assert "Held down: a licence that the job must have is not shown." in flat(text)
    assert re.search(r"^  Held down +\N{MINUS SIGN}12 ", text, re.MULTILINE)
    assert shown(explain()).count("Held down") == 0


def test_skills_facts_and_notices_are_there() -> None:
    notices = (Notice("truncated", "only half was read"), Notice("job-short", "few words"))
    text = flat(shown(explain(RESUME.replace("k8s", "K8s"), notices=notices)))
    assert "In both (3): Python, PostgreSQL (“Postgres”), Kubernetes (“K8s”)" in text
    assert "Asked for, not shown (3): " in text
    assert "Years of work: asked 5 years; the resume shows 4.9 years" in text
    assert "Licence or certificate: asked driving licence; not shown in the resume" in text
    assert "The resume: only half was read" in text
    assert "The job: few words" in text


def test_an_advert_that_asks_for_nothing_and_texts_without_skills_say_so() -> None:
    text = flat(shown(explain("Hello", "Wanted.", asks=(), facts=())))
    assert NO_REQUIREMENTS in text
    assert NO_SKILLS in text


def test_of_very_many_requirements_the_rest_is_counted() -> None:
    job = "\n".join(f"- Know thing number {i:03}." for i in range(300))
    asks = [Ask(f"number {i:03}", "not shown") for i in range(300)]
    text = shown(explain(RESUME, job, asks))
    assert f"and {300 - REQUIREMENTS} more" in text
    assert len(text.splitlines()) < 200


@pytest.mark.parametrize("width", [40, 80, 200])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_no_line_is_wider_than_the_screen(width: int, encoding: str) -> None:
    long = "Ünglaublich 李小龍 " if encoding == "utf-8" else "Unbelievably "
    resume = RESUME.replace("Moved the JS", long * 30 + "the JS front end and four")
    text = shown(explain(resume), width, encoding)
    assert max(map(cell_len, text.splitlines())) <= min(width, 80)
    assert encoding == "utf-8" or "\\u2501" not in text


def test_a_text_cannot_move_the_cursor() -> None:
    resume = RESUME.replace("in Python;", "in \x1b[2J Python\u202e;")
    assert "\x1b" not in shown(explain(resume))
    assert "\u202e" not in shown(explain(resume))


numbers = st.floats(-40, 40).map(lambda x: round(x, 3))


@given(st.floats(0, 60), st.lists(numbers, max_size=12), st.none() | st.floats(0, 100))
@settings(max_examples=40, deadline=None)
def test_the_steps_lead_from_the_base_to_the_score_shown(
    base: float, points: list[float], cap: float | None
) -> None:
    total = base + sum(points)
    if not 0 <= total <= 100:  # base + points is a mapper's score
        points.append(min(100.0, max(0.0, total)) - total)
    explanation = explain(points=[(f"f{i}", 0.0, p) for i, p in enumerate(points)], base=base,
                          capped_at=cap)  # fmt: skip
    start, steps = base_and_steps(explanation)
    assert start + sum(step.points for step in steps) == shown_score(explanation)
    at = start
    for step in steps:
        assert (step.before, step.after) == (at, at + step.points)
        at = step.after
    for step, given_points in zip(steps, points, strict=False):
        assert abs(step.points - given_points) <= 1.0 + 1e-9


def test_every_feature_that_can_be_computed_has_words_of_its_own() -> None:
    assert set(explain_words.FEATURES) == set(KNOWN)
    for name in KNOWN:
        told = explain_words.words(name)
        assert told.meaning.endswith(".")
        assert len(told.label) <= 34
        assert len({told.show(0.2), told.show(1.0)}) >= 1


def test_an_unknown_feature_goes_by_its_name() -> None:
    assert explain_words.words("moon_phase").label == "moon phase"


@pytest.mark.parametrize(
    ("value", "name", "words"),
    [(-3.0, "years_gap", "3.0 fewer"), (0.0, "years_gap", "as asked"),
     (2.5, "years_gap", "2.5 more"), (-1.0, "level_gap", "1 step below"),
     (2.0, "education_gap", "2 steps above"),
     (0.5, "skills", "50%")],
)  # fmt: skip
def test_values_are_told_in_words(value: float, name: str, words: str) -> None:
    assert explain_words.words(name).show(value) == words


def test_quotes_lose_bullets_and_table_edges_and_are_cut() -> None:
    assert tidy("  •  Ran\n  things ", 50) == "Ran things"
    assert tidy("| often | Python |", 50) == "often | Python"
    assert tidy("-", 50) == "-"
    assert tidy("word " * 40, 20) == "word word word word…"
    explanation = explain(RESUME, JOB, ASKS)
    assert quote(explanation.job, explanation.evidence[1].requirement.line) == (
        "Strong Python and PostgreSQL."
    )
