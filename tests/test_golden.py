"""The shipped bundle still makes of the examples what was recorded (tests/golden/record.py)."""

import json

import numpy as np
import pytest

from golden.record import FILE, JOBS, RESUMES, record
from rolefit.bundle import Bundle

GOLDEN = json.loads(FILE.read_text(encoding="utf-8"))
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def now():
    return json.loads(json.dumps(record()))


def entries(recorded):
    return [*recorded["texts"], *recorded["documents"]]


def test_the_record_is_of_the_shipped_bundle():
    assert GOLDEN["bundle"] == Bundle.open().sha256


def test_the_record_covers_every_example():
    names = [path.name for path in (*JOBS, *RESUMES)]
    assert [entry["name"] for entry in GOLDEN["documents"]] == names


def test_readers_give_the_same_text(now):
    for old, new in zip(entries(GOLDEN), entries(now), strict=True):
        for key in ("name", "text_sha256", "lines"):
            assert old[key] == new[key], old["name"]


def test_token_ids_and_spans_are_equal(now):
    for old, new in zip(entries(GOLDEN), entries(now), strict=True):
        assert old["ids"] == new["ids"], old["name"]
        assert old["spans"] == new["spans"], old["name"]


def test_vectors_are_equal_up_to_the_arithmetic_of_the_processor(now):
    for old, new in zip(entries(GOLDEN), entries(now), strict=True):
        np.testing.assert_allclose(old["vector"], new["vector"], atol=2e-5)


def test_scores_are_equal_to_a_hundredth_of_a_point(now):
    np.testing.assert_allclose(GOLDEN["scores"], now["scores"], atol=0.01)


BEST = {
    "backend-engineer.txt": "amara-osei-senior-backend.pdf",
    "financial-accountant.docx": "helen-marchetti-senior-accountant.docx",
    "staff-nurse-icu.html": "lucia-ferreira-icu-nurse.pdf",
}
NEAR = {
    "backend-engineer.txt": "tomas-lindqvist-junior-full-stack.md",
    "financial-accountant.docx": "deshawn-pruitt-accounts-payable.docx",
    "staff-nurse-icu.html": "rosalind-mbatha-med-surg-nurse.txt",
}
# The files' author expects these at the bottom: another profession altogether.
FAR = {
    "backend-engineer.txt": ["renzo-albrecht-chef.txt", "lucia-ferreira-icu-nurse.pdf",
                             "owen-gallardo-primary-teacher.html"],
    "financial-accountant.docx": ["ingrid-vasko-graphic-designer.pdf", "renzo-albrecht-chef.txt",
                                  "lucia-ferreira-icu-nurse.pdf"],
    "staff-nurse-icu.html": ["ingrid-vasko-graphic-designer.pdf", "amara-osei-senior-backend.pdf",
                             "camille-ames-marketing-manager.docx"],
}  # fmt: skip


@pytest.mark.parametrize("job", BEST)
def test_the_fitting_resume_leads_and_other_professions_trail(job):
    column = GOLDEN["jobs"].index(job)
    scores = dict(zip(GOLDEN["resumes"], np.array(GOLDEN["scores"])[:, column], strict=True))
    ranked = sorted(scores, key=scores.__getitem__, reverse=True)
    assert set(ranked[:2]) == {BEST[job], NEAR[job]}
    assert scores[BEST[job]] >= scores[NEAR[job]]
    assert max(scores[name] for name in FAR[job]) < 41
    assert min(scores[BEST[job]], scores[NEAR[job]]) - max(scores[n] for n in FAR[job]) > 15
