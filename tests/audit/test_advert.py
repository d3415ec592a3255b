"""What each requirement of an advert does to the people who might apply."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from adverts import CHEF, NURSE, NURSE_JOB

from conftest import Run
from rolefit import decide
from rolefit.audit import impact
from rolefit.audit.advert import advert, as_dict, read_groups
from rolefit.audit.wording import narrowing
from rolefit.cli.advert import FOUR_FIFTHS
from rolefit.decide.population import Shown
from rolefit.decided import Confirmed, Wish
from rolefit.errors import InputError
from rolefit.reading import from_text

ASKED = Confirmed(
    "job.txt",
    "0",
    (
        Wish("r1", "licence", "required", True),
        Wish("r2", "years", "required", False),
        Wish("r3", "a wish", "preferred", False),
    ),
)
NOT = "not shown"


def person(name: str, *statuses: str, domain: str = "healthcare", level: str = "mid") -> Shown:
    return Shown(name, domain, level, statuses)


PEOPLE = [
    person("a", "met", "met", NOT),
    person("b", "met", NOT, NOT),
    person("c", NOT, "partly", NOT),
    person("d", NOT, NOT, NOT),
    person("e", NOT, "met", NOT),
]


def test_a_requirement_removes_alone_and_those_whom_no_other_removes() -> None:
    found = advert(ASKED, PEOPLE)
    licence, years, wish = found.lines
    assert (licence.met, licence.partly, licence.alone, licence.only) == (2, 0, 3, 2)
    assert (years.met, years.partly, years.alone, years.only) == (2, 1, 2, 1)
    assert (wish.counted, wish.alone, wish.only) == (False, 5, 0)
    assert (found.people, found.left) == (5, 1)


def test_musts_alone_leave_out_what_is_only_required() -> None:
    found = advert(ASKED, PEOPLE, musts_alone=True)
    assert [line.counted for line in found.lines] == [True, False, False]
    assert found.left == 2


def test_what_nobody_and_what_everybody_meets_is_named() -> None:
    found = advert(ASKED, [person("a", "met", "partly", NOT), person("b", "met", "met", NOT)])
    assert [line.id for line in found.nobody] == ["r3"]
    assert [line.id for line in found.everybody] == ["r1"]


def test_professions_and_levels_of_five_people_are_told_apart() -> None:
    more = [person(str(i), NOT, "met", NOT, domain="sales", level="") for i in range(4)]
    found = advert(ASKED, [*PEOPLE, *more])
    assert [(s.by, s.name, s.people, s.left) for s in found.slices] == [
        ("profession", "healthcare", 5, 1),
        ("level", "mid", 5, 1),
    ]
    assert (found.slices[0].hardest, found.slices[0].removed) == ("r1", 3)


def test_groups_have_impact_ratios_of_each_requirement_and_of_all() -> None:
    groups: dict[str, tuple[str | None, str | None]] = {
        "a": ("F", None), "b": ("F", None), "c": ("M", None), "d": ("M", None),
    }  # fmt: skip
    found = advert(ASKED, PEOPLE, groups=groups)
    assert [one.id for one in found.groups] == ["", "r1", "r2"]
    women, men = found.groups[1].impact.tables[0].categories
    assert (women.label, women.ratio, men.label, men.ratio) == ("F", 1.0, "M", 0.0)
    assert found.without_group == 1


def test_nobody_to_look_at_is_refused() -> None:
    with pytest.raises(InputError, match="nobody to look at"):
        advert(ASKED, [])
    with pytest.raises(InputError, match="names none of these resumes"):
        advert(ASKED, PEOPLE, groups={"x": ("F", None)})


def test_four_fifths_is_one_number() -> None:
    assert FOUR_FIFTHS == impact.FOUR_FIFTHS


def wording(*lines: str, title: str = "Clerk") -> list[tuple[str, str]]:
    text = f"{title}\n\nRequirements\n" + "\n".join(f"- {line}" for line in lines) + "\n"
    return [(one.code, one.requirement) for one in narrowing(from_text(text, name="j"))]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("At least 12 years of bookkeeping.", "years"),
        ("Bachelor's degree in accounting required.", "degree"),
        ("First aid certificate required.", "licence"),
    ],
)
def test_wording_that_keeps_people_out_is_found(line: str, code: str) -> None:
    assert (code, "r1") in wording(line)


@pytest.mark.parametrize(
    "line",
    [
        "At least 3 years of bookkeeping.",
        "Bachelor's degree in accounting or equivalent experience required.",
        "First aid certificate, or willing to get it within 3 months.",
        "Registered nurse licence required.",  # the law asks for it
    ],
)
def test_wording_that_keeps_nobody_out_needlessly_is_let_be(line: str) -> None:
    assert wording(line) == []


def test_beginners_are_not_asked_for_years() -> None:
    lines = ("At least 3 years of bookkeeping.",)
    assert ("years", "r1") in wording(*lines, title="Entry Level Clerk")
    assert wording(*lines, title="Clerk") == []


def test_a_native_speaker_is_told_with_what_to_say_instead() -> None:
    (found,) = narrowing(
        from_text("Clerk\n\nRequirements\n- Native speaker of English.\n", name="j")
    )
    assert found.code == "coded"
    assert "which level" in found.advice


def test_very_many_required_lines_are_told_once() -> None:
    lines = [f"Knowledge of rule {word} of bookkeeping required." for word in "abcdefghijklmnopq"]
    assert wording(*lines).count(("many", "")) == 1


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "job.txt").write_text(NURSE_JOB)
    (tmp_path / "people").mkdir()
    (tmp_path / "people" / "nurse.txt").write_text(NURSE)
    (tmp_path / "people" / "chef.txt").write_text(CHEF)
    (tmp_path / "groups.csv").write_text("file,sex\nnurse.txt,F\nchef.txt,M\n")
    return tmp_path


def test_the_command_says_whom_each_requirement_removes(run: Run, folder: Path) -> None:
    asked = ("advert", folder / "job.txt", folder / "people", "--groups", folder / "groups.csv")
    found = run(*asked, "--json").json
    licence = found["requirements"][0]
    assert (found["people"], licence["met"], licence["alone"]) == (2, 1, 1)
    assert found["groups"][0]["requirement"] == ""
    screen = run(*asked).out
    assert "2 people for" in screen
    assert "M 0% (0.00) below four fifths" in screen


def test_a_pool_says_the_same_as_its_files(run: Run, folder: Path) -> None:
    pool = folder / "people.pool"
    assert run("pool", "add", pool, folder / "people").status == 0
    by_files = run("advert", folder / "job.txt", folder / "people", "--json").json
    by_pool = run("advert", folder / "job.txt", "--pool", pool, "--json").json
    assert by_pool["requirements"] == by_files["requirements"]
    assert by_pool["left"] == by_files["left"]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ((), "expected people"),
        (("people", "--pool", "x.pool"), "expected people"),
        (("people", "--filter", "years >= 5"), "--filter is for --pool"),
        (("people", "--must", "forklift licence"), "only requirements that the advert has"),
        (("people", "--groups", "job.txt"), "expected the columns file"),
    ],
)
def test_what_cannot_be_looked_at_is_refused(
    run: Run,
    folder: Path,
    arguments: tuple[str, ...],
    complaint: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(folder)
    found = run("advert", "job.txt", *arguments)
    assert found.status == 2
    assert complaint in found.err


def test_groups_are_read_with_what_is_unknown_left_open(tmp_path: Path) -> None:
    path = tmp_path / "g.csv"
    path.write_text("file,sex,race_ethnicity\na,F,unknown\nb,,B\n")
    assert read_groups(path) == {"a": ("F", None), "b": (None, "B")}


def test_everything_goes_into_the_json() -> None:
    text = json.dumps(as_dict(advert(ASKED, PEOPLE, groups={"a": ("F", "A"), "d": ("M", "B")})))
    assert {"people", "left", "requirements", "nobody", "everybody", "slices", "wording", "groups",
            "without_group", "job"} == set(json.loads(text))  # fmt: skip


def test_the_ids_are_those_of_inspect() -> None:
    found = decide.requirements(from_text(NURSE_JOB, name="j"))
    assert [w.id for w in found.wishes][:2] == ["r1", "r2"]
