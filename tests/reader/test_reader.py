"""Statuses and passages are read, not measured by likeness."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from rolefit import Matcher
from rolefit.bundle import Bundle
from rolefit.errors import BundleError
from rolefit.language.claims import denies
from rolefit.reader import DEFAULT, SETTINGS, Reader
from rolefit.reader.passages import PLACES, passages

RESUME = """Ines Calloway
Payroll clerk

Experience
Payroll Clerk, Harrow Foods, January 2017 - March 2024
- Ran the weekly payroll for 240 people in Sage 50 and filed the returns to HMRC
- Answered questions about tax codes, sick pay and pension deductions
- Checked time sheets against rotas and corrected them with the shift leaders

Receptionist, Tenby Dental Practice, June 2014 - December 2016
- Booked appointments and took payments at the front desk

Education
A levels in Mathematics and French, 2014
"""
JOB = """Payroll Administrator

What we ask for
- Experience of running a weekly payroll
- Working knowledge of Sage 50
- Experience of brazing copper pipes
- Forklift licence
"""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher.load(jobs=1)


def test_what_the_resume_says_in_so_many_words_is_not_called_missing_and_its_line_is_quoted(
    matcher: Matcher,
) -> None:
    payroll = matcher.explain(RESUME, JOB).evidence[0]
    assert payroll.status in ("met", "partly")
    quoted = [RESUME[s.line.start : s.line.end] for s in payroll.support]
    assert any("weekly payroll" in line for line in quoted)


def test_another_trade_is_not_shown(matcher: Matcher) -> None:
    brazing = matcher.explain(RESUME, JOB).evidence[2]
    assert brazing.status == "not shown"


def test_every_status_carries_a_probability_of_its_own(matcher: Matcher) -> None:
    for item in matcher.explain(RESUME, JOB).evidence:
        assert item.probability is not None
        assert 0.0 <= item.probability <= 1.0


def test_the_score_is_the_same_with_and_without_reading(matcher: Matcher) -> None:
    without = Matcher.load(jobs=1, reads=False)
    assert matcher.explain(RESUME, JOB).match.score == without.explain(RESUME, JOB).match.score
    assert all(item.probability is None for item in without.explain(RESUME, JOB).evidence)


def test_reading_depends_on_the_pair_alone() -> None:
    alone = Matcher.load(jobs=1)
    explained = alone.explainer(JOB)
    explained("Chef de partie with ten years in hotel kitchens. Fish, sauces, ordering, rotas.")
    again = explained(RESUME).evidence
    assert again == Matcher.load(jobs=2).explain(RESUME, JOB).evidence


def test_a_licence_that_the_law_wants_is_settled_by_the_fact_alone(matcher: Matcher) -> None:
    job = JOB + "- Registered Nurse licence required\n"
    nurse = "Registered Nurse, RN license 44812, active. Ward nurse for six years."
    for resume, expected in ((RESUME, "not shown"), (nurse, "met")):
        *_, last = matcher.explain(resume, job).evidence
        assert last.status == expected


def test_a_resume_of_one_line_and_a_job_of_one_line_are_read(matcher: Matcher) -> None:
    assert [item.status for item in matcher.explain("Nurse", JOB).evidence] == ["not shown"] * 4
    for item in matcher.explain(RESUME, "We are a family firm in Leeds.").evidence:
        assert item.status == "not shown"


def test_a_model_with_another_tokenizer_is_explained_without_reading(tmp_path: Path) -> None:
    folder = tmp_path / "bundle"
    shutil.copytree(Bundle.open().folder, folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"]["tokenizer.json"]["sha256"] = "0" * 64
    (folder / "manifest.json").write_text(json.dumps(manifest))
    assert Matcher.load(folder).reader is None


@pytest.mark.parametrize("spoil", ["{", '{"format": 2}', '{"format": 1}'])
def test_spoilt_settings_are_refused_by_name(tmp_path: Path, spoil: str) -> None:
    (tmp_path / SETTINGS).write_text(spoil)
    with pytest.raises(BundleError, match=SETTINGS):
        Reader.open(tmp_path)


def test_a_folder_without_a_reader_has_none(tmp_path: Path) -> None:
    assert Reader.open(tmp_path) is None
    assert (DEFAULT / SETTINGS).exists()


def test_passages_know_the_position_that_they_stand_under(matcher: Matcher) -> None:
    person = matcher.intake.resume(RESUME)
    shown = passages(person, matcher.intake.as_of)
    rows = dict(zip(shown.texts, shown.under, strict=True))
    booked = next(title for text, title in rows.items() if "Booked appointments" in text)
    assert booked == "Receptionist"
    assert "Payroll Clerk, 7 years" in shown.card
    assert shown.traits.shape == (len(shown.texts), 7)
    assert np.isfinite(shown.traits).all()
    assert shown.traits[:, 0].max() < len(PLACES)


DENIALS = """Ruth Amadi
Care assistant

Experience
Care Assistant, Holm Lodge, May 2018 - August 2023
- Helped residents with washing, dressing and meals
- I have never worked with ventilated patients
- I hope to learn Spanish one day
- No accidents in five years of driving the minibus
My RN licence lapsed in 2015.
"""
ASKS = """Care worker

What we ask for
- Experience with ventilated patients
- Spanish
- Active registered nurse licence required
- Master's degree in nursing
"""


def test_a_denial_a_wish_or_a_lapse_is_never_quoted_as_proof(matcher: Matcher) -> None:
    for item in matcher.explain(DENIALS, ASKS).evidence:
        quoted = [DENIALS[s.line.start : s.line.end] for s in item.support]
        assert not any(denies(line) for line in quoted), (item.status, quoted)
        assert item.status != "met"


def test_no_status_says_more_than_the_fact_that_stands_beside_it(matcher: Matcher) -> None:
    explanation = matcher.explain(DENIALS, ASKS)
    facts = {fact.name: fact.verdict for fact in explanation.comparisons}
    *_, licence, degree = explanation.evidence
    assert facts["licence"] == licence.status == "not shown"
    assert facts["education"] == degree.status == "not shown"


@pytest.mark.parametrize(
    ("passage", "denied"),
    [
        ("I have no experience with ventilated patients", True),
        ("Never used Rust", True),
        ("Don't speak German", True),
        ("Would love to learn Kotlin", True),
        ("CPR certificate expired in 2019", True),
        ("Security clearance: none", True),
        ("No accidents in ten years on the road", False),
        ("Nobody left the ward without a plan", False),
        ("Taught new drivers not to brake late", False),
        ("Not only wrote but also tested the billing code", False),
    ],
)
def test_only_plain_denials_count(passage: str, denied: bool) -> None:
    assert denies(passage) is denied


def test_settings_beside_another_model_are_refused(tmp_path: Path) -> None:
    shutil.copyfile(DEFAULT / SETTINGS, tmp_path / SETTINGS)
    (tmp_path / "reader.int8.onnx").write_bytes(b"another")
    with pytest.raises(BundleError, match="bytes expected"):
        Reader.open(tmp_path)
