"""Several files of one person are shown as one; two people with one template are not."""

from __future__ import annotations

from pathlib import Path

import pytest
from adverts import NURSE_JOB

from conftest import Run
from rolefit.decide.versions import alike, versions
from rolefit.errors import FileAccessError
from rolefit.reading import from_text
from rolefit.records import Document
from rolefit.stuffing import shingles

LINES = [
    "Cared for up to eight surgical patients on a busy ward of thirty beds",
    "Set up infusion pumps and charted every hour in the electronic record",
    "Trained nine new colleagues in wound care and early mobilisation after surgery",
    "Led the change to bedside handover which cut missed medication by a third",
    "Answered to the families of patients in English and in Polish every day",
]
TEMPLATE = [
    "Motivated and reliable professional with a proven record of success in a fast paced team",
    "Able to work under pressure and to meet tight deadlines with great attention to detail",
]
OTHERS = [
    "Baked sourdough and rye for two shops from three in the morning onwards",
    "Ordered flour butter and yeast for the whole week and kept the books",
    "Repaired the old deck oven with a friend who is an electrician by trade",
    "Taught apprentices to shape and score loaves and to taste what they made",
    "Sold at the market on Saturdays whatever the weather had in store for us",
]


def resume(name: str, lines: list[str], contact: str = "", since: int = 2019) -> str:
    rows = "\n".join(f"- {line}." for line in lines)
    head = f"{name}\n{contact}\n" if contact else f"{name}\n"
    return f"{head}\nExperience\nStaff Nurse, Lakeside Hospital, {since} - {since + 4}\n{rows}\n"


def documents(*texts: str) -> list[Document]:
    return [from_text(text, name=f"{i}.txt") for i, text in enumerate(texts)]


def grouped(*texts: str) -> tuple[list[tuple[int, ...]], dict[int, tuple[str, ...]]]:
    """[(the file shown, others of the same person)], and what notices say."""
    files = documents(*texts)
    names = [file.name for file in files]
    runs = [shingles(file.text) for file in files]
    found = versions(names, [50.0] * len(files), runs, lambda i: files[i])
    groups = [(g.shown, *(names.index(v.file) for v in g.others)) for g in found.groups]
    return groups, {i: tuple(n.message for n in ns) for i, ns in found.notices.items()}


def test_an_older_file_of_one_person_stands_under_the_newer_one() -> None:
    old = resume("Amelia Novak", LINES[:4], since=2015)
    new = resume("Amelia Novak", LINES, since=2019)
    assert grouped(old, resume("Bruno Keller", OTHERS), new) == ([(2, 0), (1,)], {})


def test_two_people_with_the_same_template_stay_two() -> None:
    one = resume("Amelia Novak", [*TEMPLATE, *LINES])
    other = resume("Bruno Keller", [*TEMPLATE, *OTHERS])
    groups, notices = grouped(one, other)
    assert groups == [(0,), (1,)]
    assert notices == {}


def test_two_people_of_one_name_stay_two() -> None:
    one, other = resume("Amelia Novak", LINES), resume("Amelia Novak", OTHERS)
    assert grouped(one, other)[0] == [(0,), (1,)]


def test_the_same_words_under_another_name_stay_two_and_are_told() -> None:
    one, other = resume("Amelia Novak", LINES), resume("Bruno Keller", LINES)
    groups, notices = grouped(one, other)
    assert groups == [(0,), (1,)]
    assert "1.txt: under another name" in notices[0][0]
    assert "0.txt: under another name" in notices[1][0]


def test_another_name_with_the_same_address_is_one_person() -> None:
    one = resume("Amelia Novak", LINES, "amelia.n@example.org")
    other = resume("Amelia Keller", LINES, "amelia.n@example.org")
    assert grouped(one, other)[0] == [(1, 0)] or grouped(one, other)[0] == [(0, 1)]


def test_half_a_name_is_no_other_name() -> None:
    one, other = resume("Amelia Novak", LINES), resume("Amelia Maria Novak", LINES)
    assert len(grouped(one, other)[0]) == 1


def test_a_third_of_the_words_in_common_is_told_and_not_joined() -> None:
    one = resume("Amelia Novak", [*LINES[:3], *OTHERS[:3]])
    other = resume("Amelia Novak", LINES[:3] + TEMPLATE + TEMPLATE[::-1], since=2010)
    groups, notices = grouped(one, other)
    assert groups == [(0,), (1,)]
    assert "one person, or one template" in notices[0][0]


def test_a_file_without_a_name_joins_no_two_names() -> None:
    """A is like B and B like C; A and C have other names."""
    nameless = "Experience\n" + "\n".join(f"- {line}." for line in LINES)
    groups, _ = grouped(resume("Amelia Novak", LINES), nameless, resume("Bruno Keller", LINES))
    assert max(map(len, groups)) == 2
    assert not any({0, 2} <= set(group) for group in groups)


def test_what_a_whole_pile_shares_is_a_form() -> None:
    names = ["".join(chr(97 + (i * 7 + k * 3) % 26) for k in range(6)) for i in range(25)]
    form = [resume(name.title() + " " + name[::-1].title(), LINES) for name in names]
    groups, notices = grouped(*form)
    assert (len(groups), notices) == (25, {})


def test_a_few_words_in_common_are_nothing() -> None:
    text = "one two three four five six seven eight nine ten"
    assert alike([shingles(text), shingles(text)]) == []


def test_a_file_that_is_gone_is_joined_by_its_words_alone() -> None:
    files = documents(resume("Amelia Novak", LINES), resume("Amelia Novak", LINES))

    def gone(_: int) -> Document:
        raise FileAccessError("x", "it is missing", "Look for it.")

    found = versions(["a", "b"], [1.0, 2.0], [shingles(f.text) for f in files], gone)
    assert len(found.groups) == 1


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "job.txt").write_text(NURSE_JOB)
    people = tmp_path / "people"
    people.mkdir()
    (people / "novak-2019.txt").write_text(resume("Amelia Novak", LINES[:4], since=2015))
    (people / "novak-2023.txt").write_text(resume("Amelia Novak", LINES))
    (people / "keller.txt").write_text(resume("Bruno Keller", OTHERS))
    return tmp_path


def test_rank_shows_a_person_once_and_names_the_other_file(run: Run, folder: Path) -> None:
    found = run("rank", folder / "job.txt", folder / "people", "--json").json
    files = {Path(r["file"]).name: r for r in found["results"]}
    assert set(files) == {"novak-2023.txt", "keller.txt"}
    (other,) = files["novak-2023.txt"]["versions"]
    assert other["file"].endswith("novak-2019.txt")
    assert other["shared"] > 0.5
    assert (found["ranked"], found["folded"]) == (2, 1)
    assert "versions" not in files["keller.txt"]
    screen = run("rank", folder / "job.txt", folder / "people").out
    assert "the newest of 2 files of one person; also" in " ".join(screen.split())
    assert "1 file is an older one of people above" in screen


def test_every_file_is_shown_where_that_is_asked_for(run: Run, folder: Path) -> None:
    found = run("rank", folder / "job.txt", folder / "people", "--json", "--all-versions").json
    assert len(found["results"]) == 3
    assert "folded" not in found


def test_a_score_is_the_same_whether_shown_with_others_or_not(run: Run, folder: Path) -> None:
    asked = ("rank", folder / "job.txt", folder / "people", "--json")
    shown = {r["file"]: r["score"] for r in run(*asked).json["results"]}
    every = {r["file"]: r["score"] for r in run(*asked, "--all-versions").json["results"]}
    assert shown.items() <= every.items()
