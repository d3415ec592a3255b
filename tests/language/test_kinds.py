"""What is no resume is told from what is one, however odd; texts in tests/kinds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rolefit.bundle import Bundle
from rolefit.errors import OtherKindError, ReadError
from rolefit.language.kinds import kinds, verdict
from rolefit.matcher import Matcher
from rolefit.prepare import check_kind
from rolefit.reading import from_text

KINDS = Path(__file__).parents[1] / "kinds"


def blocks(name: str, half: int) -> dict[str, str]:
    """Of the texts every other one; with those of half 0 the model was fitted."""
    found = re.split(r"^=== (.*)\n", (KINDS / name).read_text(encoding="utf-8"), flags=re.M)[1:]
    pairs = list(zip(found[::2], found[1::2], strict=True))
    return dict(pairs[half::2])


ODD, NOT = (blocks(name, 0) | blocks(name, 1) for name in ("odd_resumes.txt", "not_resumes.txt"))
ADVERTS = {name: text for name, text in NOT.items() if name.startswith("job-")}


@pytest.mark.parametrize("half", [0, 1])
def test_no_odd_resume_is_refused(half: int) -> None:
    found = {
        name: verdict(text, "resume")[0] for name, text in blocks("odd_resumes.txt", half).items()
    }
    assert len(found) == 21
    assert [name for name, said in found.items() if said == "refused"] == []


@pytest.mark.parametrize("half", [0, 1])
def test_most_of_what_is_no_resume_is_refused_and_most_of_the_rest_doubted(half: int) -> None:
    found = [verdict(text, "resume")[0] for text in blocks("not_resumes.txt", half).values()]
    assert len(found) >= 33
    assert found.count("refused") >= 0.65 * len(found)
    assert len(found) - found.count("") >= 0.75 * len(found)


@pytest.mark.parametrize("name", ADVERTS)
def test_an_advert_is_no_resume_and_is_one_for_a_job(name: str) -> None:
    assert verdict(ADVERTS[name], "resume")[1] == "a job advert"
    assert verdict(ADVERTS[name], "job") == ("", "")


def test_a_resume_is_no_advert() -> None:
    resume = ODD["academic"]
    assert verdict(resume, "job") == ("refused", "a resume")
    with pytest.raises(OtherKindError, match="it is no job advert: it reads like a resume"):
        check_kind(from_text(resume, "x.txt"), "job")


def test_a_text_of_few_known_words_is_never_refused() -> None:
    for text in ("Zimtsterne backen: Mehl, Eiweiss, Zucker, Mandeln", NOT["german-letter"]):
        assert verdict(text, "resume")[0] != "refused"
    assert verdict(NOT["lab-report"], "resume")[0] == "doubted"
    dated = NOT["german-letter"] + "\n2011 - 2015 Koch"
    assert verdict(dated, "resume") == ("", "")


def test_of_sixty_things_that_are_no_resume_five_in_six_are_told() -> None:
    """None of the texts that the model was not fitted with is among the resumes it refuses."""
    told = [verdict(text, "resume")[0] for text in NOT.values()]
    assert len(told) >= 60
    assert len(told) - told.count("") >= 5 / 6 * len(told)
    assert [name for name, text in ODD.items() if verdict(text, "resume")[0] == "refused"] == []


def test_two_ranges_of_years_keep_a_text_from_being_refused() -> None:
    text = NOT["contract"]
    assert verdict(text, "resume")[0] == "refused"
    assert verdict(text + "\n2011 - 2015 x\n2015 - present y", "resume")[0] != "refused"


def test_the_three_probabilities_add_up() -> None:
    found = kinds(next(iter(ADVERTS.values())))
    assert found.resume + found.job + found.other == pytest.approx(1)


def test_a_file_that_is_no_resume_is_listed_and_the_others_are_ranked(
    tiny_bundle, tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "advert.txt").write_text(ADVERTS["job-nurse"])
    (tmp_path / "resume.txt").write_text(ODD["three-lines"])
    unread: list[ReadError] = []
    matches = Matcher.load(tiny_bundle.folder).rank(
        "Kitchen porter wanted", [tmp_path / "advert.txt", tmp_path / "resume.txt"], unread=unread
    )
    assert [Path(match.resume).name for match in matches] == ["resume.txt"]
    assert "it reads like a job advert" in str(unread[0])
    with pytest.raises(OtherKindError):
        Matcher.load(tiny_bundle.folder).explain(tmp_path / "advert.txt", "Kitchen porter wanted")


def test_a_text_that_is_handed_over_is_scored_with_a_notice(tiny_bundle: Bundle) -> None:
    match = Matcher.load(tiny_bundle.folder).score(ADVERTS["job-nurse"], "Kitchen porter wanted")
    assert "other-kind" in [notice.code for notice in match.notices]
