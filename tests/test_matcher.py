"""A score depends on the two documents and the bundle, and on nothing else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rolefit import Matcher
from rolefit.bundle import Bundle
from rolefit.cache import Cache
from rolefit.errors import EmptyDocumentError, FileAccessError, ReadError
from rolefit.reading import from_text

WORDS = st.sampled_from(["nurse", "chef", "python", "ledger", "ward", "x", "7", "é", ",", "\n"])
TEXTS = st.lists(WORDS, min_size=1, max_size=30).map(lambda words: "a " + " ".join(words))
JOB = "We look for a nurse with five years of experience."


@pytest.fixture(scope="module")
def matcher(tiny_bundle: Bundle) -> Matcher:
    return Matcher.load(tiny_bundle.folder, jobs=3)


@given(texts=st.lists(TEXTS, max_size=12), order=st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=60)
def test_rank_is_a_permutation_whose_scores_no_neighbour_changes(
    matcher: Matcher, texts: list[str], order: object
) -> None:
    resumes = [from_text(text, name=str(i)) for i, text in enumerate(texts)]
    ranked = matcher.rank(JOB, resumes)
    assert sorted(int(match.resume) for match in ranked) == list(range(len(texts)))
    scores = [match.score for match in ranked]
    assert scores == sorted(scores, reverse=True)
    alone = {doc.name: matcher.score(doc, JOB).score for doc in resumes}
    assert {match.resume: match.score for match in ranked} == alone  # to the last bit
    shuffled = list(resumes)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert {match.resume: match.score for match in matcher.rank(JOB, shuffled)} == alone


@given(texts=st.lists(TEXTS, min_size=1, max_size=8))
@settings(deadline=None, max_examples=40)
def test_a_vector_is_the_same_alone_and_in_company(matcher: Matcher, texts: list[str]) -> None:
    together = matcher.encoder.encode(texts, batch_size=3)
    backwards = matcher.encoder.encode(texts[::-1], batch_size=1)[::-1]
    alone = np.stack([matcher.encoder.encode([text])[0] for text in texts])
    assert together.tobytes() == backwards.tobytes() == alone.tobytes()


def test_equal_scores_keep_the_order_given(matcher: Matcher) -> None:
    resumes = [from_text("A nurse.", name=name) for name in "cab"]
    assert [match.resume for match in matcher.rank(JOB, resumes)] == ["c", "a", "b"]


def test_what_is_no_english_and_what_asks_for_nothing_is_noticed(matcher: Matcher) -> None:
    german = "Ich habe in der Klinik als Pfleger gearbeitet und viele Kranke betreut. " * 4
    dull = "The company was founded by two brothers and has grown with the town ever since. " * 5
    codes = {notice.code for notice in matcher.score(german, dull).notices}
    assert codes >= {"language", "job-no-requirements"}


def test_letters_that_pose_as_others_change_no_score_and_are_noticed(matcher: Matcher) -> None:
    resume = "I have cared for the patients of a ward with my team as a nurse. " * 12
    posed = resume.replace("nurse", "nursе")  # noqa: RUF001  (the last letter is Cyrillic)
    honest, fooled = (matcher.score(text, JOB) for text in (resume, posed))
    assert fooled.score == honest.score
    assert "homoglyphs" in {notice.code for notice in fooled.notices}


def test_copies_are_marked_even_if_they_have_one_name(matcher: Matcher) -> None:
    ranked = matcher.rank(JOB, ["A nurse.", "A nurse.", "A chef."])
    codes = [sorted(notice.code for notice in match.notices) for match in ranked]
    assert sorted(codes) == sorted(
        [["job-short", "short"], ["duplicate", "job-short", "short"], ["job-short", "short"]]
    )


def test_what_is_cut_off_or_too_short_is_noticed(matcher: Matcher) -> None:
    def codes(resume: str) -> list[str]:
        job = "You must have experience of the care of patients. " * 12
        return [notice.code for notice in matcher.score(resume, job).notices]

    assert codes("I have cared for the patients of a ward with my team. " * 12) == []
    assert codes("nurse") == ["short"]
    assert codes("the nurse " * 1000) == ["truncated"]


def test_an_unread_resume_is_raised_or_collected_and_a_job_always_raised(
    matcher: Matcher, tmp_path: Path
) -> None:
    (tmp_path / "empty.txt").touch()
    sources = ["A nurse.", tmp_path / "empty.txt", tmp_path / "missing.txt"]
    with pytest.raises(EmptyDocumentError):
        matcher.rank(JOB, sources)
    unread: list[ReadError] = []
    seen: list[tuple[int, int]] = []
    ranked = matcher.rank(JOB, sources, lambda done, total: seen.append((done, total)), unread)
    assert [match.resume for match in ranked] == ["text"]
    assert [type(error) for error in unread] == [EmptyDocumentError, FileAccessError]
    assert seen[-1] == (3, 3)
    with pytest.raises(FileAccessError):
        matcher.rank(tmp_path / "missing.txt", sources, unread=unread)


def test_a_text_is_never_taken_for_a_file_of_the_same_bytes(
    tiny_bundle: Bundle, tmp_path: Path
) -> None:
    rtf = r"{\rtf1 Nurse, patient care.}"
    file = tmp_path / "page.rtf"
    file.write_text(rtf)
    fresh = Matcher.load(tiny_bundle.folder).score(file, JOB).score
    with Cache.open(tmp_path / "c.sqlite") as cache:
        cached = Matcher.load(tiny_bundle.folder, cache=cache)
        assert cached.score(rtf, JOB).score != fresh
        assert cached.score(file, JOB).score == fresh
        assert cached.score(file, JOB).score == fresh  # from the cache


def test_another_bundle_never_gets_this_ones_encodings(tiny_bundle: Bundle) -> None:
    other = Bundle._from_manifest(
        tiny_bundle.folder,
        {
            "format": 1, "name": "x", "version": "0", "files": tiny_bundle.files,
            "encoder": {"max_tokens": 100, "hidden_size": 16},
        },
        "0",
    )  # fmt: skip
    assert other.encoder_sha256 != tiny_bundle.encoder_sha256


@pytest.mark.parametrize(
    ("line", "held"),
    [("An active RN license is required.", True), ("A CPA license is required.", False)],
)
def test_only_a_licence_that_the_law_asks_for_holds_a_score_down(
    matcher: Matcher, monkeypatch: pytest.MonkeyPatch, line: str, held: bool
) -> None:
    monkeypatch.setattr(type(matcher.mapper), "score", lambda self, rows: np.full(len(rows), 90.0))
    job = f"Ward Clerk\nRequirements\n{line}\nYou work with the team of the ward."
    match = matcher.score("I have worked as a clerk with the team of a ward.", job)
    assert match.score == (60.0 if held else 90.0)
    assert ("capped" in {notice.code for notice in match.notices}) == held
