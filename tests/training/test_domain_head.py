"""Labels of professions, and the fit: what is held back, what is written, what is refused."""

from __future__ import annotations

import gzip
import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rolefit.bundle import FILES
from rolefit.domains import Domains
from rolefit.errors import DataError
from rolefit.training.domain_labels import DomainRules, Label
from rolefit.training.domain_measures import measure, share
from rolefit.training.domains import Example, check, read_examples, train_domains

RULES = DomainRules.read()
SMALL = """
[care]
categories: NURSING
occupations: nurse*
[food]
categories: KITCHEN
occupations: chef*
[code]
occupations: developer*
"""
TEXTS = {
    "care": "nurse hospital patient ward care",
    "food": "chef kitchen food staff menu",
    "code": "backend python sql data software",
}


def _title(title: str) -> str | None:
    found = RULES.of_title(title)
    return found[0] if found else None


def test_there_are_thirteen_domains_and_each_category_is_in_one() -> None:
    assert len(RULES.names) == 13
    assert len(RULES.categories) == 24
    assert all(RULES.about)


@pytest.mark.parametrize(
    ("title", "domain"),
    [
        ("Senior Software Engineer", "technology"),
        ("Founding Machine Learning Engineer", "technology"),
        ("Mechanical Engineer II", "engineering"),
        ("Sales Engineer", "sales"),
        ("Registered Nurse - Med/Surg", "healthcare"),
        ("Nurse Recruiter", "human resources"),
        ("Computer Science Teacher", "education"),
        ("Director of Finance", "finance"),
        ("Graphic Designer", "design"),
        ("Class A CDL Driver", "trades"),
        ("Sous Chef", "hospitality"),
        ("Paralegal", "law"),
        ("Marketing Manager", "marketing"),
        ("Office Manager", "management"),
        ("French Tutor with verification", "education"),
        ("Associate", None),
    ],
)
def test_a_title_names_its_domain(title: str, domain: str | None) -> None:
    assert _title(title) == domain


def test_the_titles_of_a_career_outvote_a_category_that_holds_all_sorts() -> None:
    label = RULES.label("ADVOCATE", ("Patient Advocate", "Registered Nurse", "Nursing Assistant"))
    assert label is not None
    assert label.domain == "healthcare"
    assert label.share > 0.8


def test_a_document_that_names_nothing_has_no_label() -> None:
    assert RULES.label("", ("Summary",)) is None


def test_a_category_in_two_domains_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rules.txt"
    path.write_text(SMALL.replace("KITCHEN", "NURSING"), encoding="utf-8")
    with pytest.raises(DataError, match="NURSING in one domain"):
        DomainRules.read(path)


@pytest.fixture
def rules(tmp_path: Path) -> DomainRules:
    path = tmp_path / "rules.txt"
    path.write_text(SMALL, encoding="utf-8")
    return DomainRules.read(path)


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """Ninety documents of three domains, and one that is reserved."""
    rows = [
        {"id": f"{name}{i}", "text": f"{text} {i} years", "title": title}
        for name, text, title in (
            ("care", TEXTS["care"], "Nurse"), ("food", TEXTS["food"], "Chef"),
            ("code", TEXTS["code"], "Developer"),
        )
        for i in range(30)
    ]  # fmt: skip
    rows.append({"id": "R", "text": "a secret", "title": "Chef", "reserved": True})
    path = tmp_path / "jobs.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def test_reserved_rows_are_never_read(texts: Path, rules: DomainRules) -> None:
    found = read_examples([texts], None, rules)
    assert len(found) == 90
    assert not any("secret" in example.text for example in found)


def labelled(tmp_path: Path, *rows: dict[str, object]) -> Path:
    path = tmp_path / "labels.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def test_what_somebody_read_counts_before_the_title(
    tmp_path: Path, texts: Path, rules: DomainRules
) -> None:
    two = {"id": "food2", "domain": "care", "second": "food"}
    labels = labelled(tmp_path, {"id": "food1", "domain": "care"}, two)
    found = read_examples([texts], None, rules, labels)[31:33]
    assert [example.label for example in found] == [Label("care", 1.0), Label("care", 0.6)]
    assert [example.vote for example in found] == ["food", "food"]
    head = Domains(("care", "food", "code"), np.eye(3), np.zeros(3), 1.0)
    report = measure(head, found, np.eye(3)[[0, 1]])
    assert "Labels are what a reader of the documents said" in report
    rows = {line[:34].strip(): line[34:].split()[:2] for line in report.splitlines() if "(" in line}
    assert rows["all with a label"] == ["2", "0.500"]
    assert rows["all with clear labels"] == ["1", "1.000"]
    assert rows["category and titles, against it"] == ["2", "0.000"]


def test_a_label_of_no_domain_is_refused_with_its_row(
    tmp_path: Path, texts: Path, rules: DomainRules
) -> None:
    labels = labelled(tmp_path, {"id": "a", "domain": "food"}, {"id": "b", "domain": "cheese"})
    with pytest.raises(DataError, match=r"line 2: expected id, domain .*cheese"):
        read_examples([texts], None, rules, labels)
    labels.write_text("[1]", encoding="utf-8")
    with pytest.raises(DataError, match=r"line 1: expected id, domain .*\[1\]"):
        read_examples([texts], None, rules, labels)


def test_copies_of_a_text_fall_on_one_side(texts: Path, rules: DomainRules) -> None:
    twice = read_examples([texts, texts], None, rules)
    sides: dict[str, set[bool]] = {}
    for example in twice:
        sides.setdefault(example.text, set()).add(example.held_back)
    assert all(len(side) == 1 for side in sides.values())
    assert 0 < sum(example.held_back for example in twice) < len(twice) / 2


def test_case_and_white_space_do_not_move_a_text_to_the_other_side(
    tmp_path: Path, texts: Path, rules: DomainRules
) -> None:
    rows = [json.loads(line) for line in texts.read_text("utf-8").splitlines()]
    spaced = tmp_path / "spaced.jsonl"
    changed = [row | {"text": row["text"].upper().replace(" ", " \n")} for row in rows]
    spaced.write_text("\n".join(map(json.dumps, changed)), encoding="utf-8")
    sides = [[e.held_back for e in read_examples([p], None, rules)] for p in (texts, spaced)]
    assert sides[0] == sides[1]
    assert any(sides[0])


@pytest.mark.parametrize("row", ["[1]", "null", '{"id": "x"}', '{"id": "x", "text": 3}'])
def test_a_text_that_is_none_is_refused_with_its_line(
    texts: Path, rules: DomainRules, row: str
) -> None:
    with texts.open("a", encoding="utf-8") as file:
        file.write(f"\n{row}\n")
    with pytest.raises(DataError, match=r"line 92: expected an (`id` and a `text`|object)"):
        read_examples([texts], None, rules)


def test_a_file_that_is_cut_off_is_refused(tmp_path: Path, texts: Path, rules: DomainRules) -> None:
    cut = tmp_path / "cut.jsonl.gz"
    cut.write_bytes(gzip.compress(texts.read_bytes())[:-40])
    with pytest.raises(DataError, match="cannot be read as a table"):
        read_examples([cut], None, rules)


def test_occupations_do_not_stand_in_for_documents(rules: DomainRules) -> None:
    document = Example("x", Label("food", 1.0), None, "jobs", held_back=False)
    examples = [replace(document, label=Label(name, 1.0)) for name in rules.names] * 10
    check(examples, rules)
    fewer = [replace(e, counts=0.3) if i < 3 else e for i, e in enumerate(examples)]
    with pytest.raises(DataError, match="got care 9, food 9, code 9"):
        check(fewer, rules)


def test_a_domain_with_too_few_texts_is_refused(texts: Path) -> None:
    with pytest.raises(DataError, match="at least 10 texts of each domain"):
        check(read_examples([texts], None, RULES), RULES)


def test_occupations_are_read_with_their_essential_skills_first(
    tmp_path: Path, rules: DomainRules
) -> None:
    path = tmp_path / "esco.csv"
    path.write_text(
        "occupation,relation,skill_label\n"
        "chef,optional,speak French\nchef,essential,cook\nusher,essential,greet\n",
        encoding="utf-8",
    )
    (found,) = read_examples([], path, rules)
    assert found.text == "chef\ncook\nspeak French"
    assert not found.is_document


OCCUPATIONS = b"occupation,relation,skill_label\nchef,essential,cook\nchef,optional,taste\n"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.csv", OCCUPATIONS + b"chef,essential\n", "line 4: expected 3 fields"),
        ("a.csv", b"occupation,relation\nchef,essential\n", "line 2: expected the columns"),
        ("a.csv.gz", gzip.compress(OCCUPATIONS)[:-12], "cannot be read as a table"),
        ("a.csv.gz", gzip.compress(OCCUPATIONS)[:20] + b"\xff" * 9, "cannot be read as a table"),
    ],
)
def test_a_table_of_occupations_that_breaks_off_is_refused(
    tmp_path: Path, rules: DomainRules, name: str, content: bytes, says: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DataError, match=says):
        read_examples([], tmp_path / name, rules)


@pytest.mark.slow
def test_the_head_goes_into_the_bundle_and_finds_what_it_was_taught(
    tiny_bundle, tmp_path: Path, texts: Path, rules: DomainRules
) -> None:
    folder = Path(shutil.copytree(tiny_bundle.folder, tmp_path / "bundle"))
    report = train_domains(folder, [texts], rules=rules, jobs=1)
    content = json.loads((folder / FILES.domains).read_text("utf-8"))
    assert content["names"] == ["care", "food", "code"]
    assert FILES.domains in json.loads((folder / FILES.manifest).read_text("utf-8"))["files"]
    assert Domains.load(folder, tiny_bundle.encoder_sha256).names == ("care", "food", "code")
    assert "jobs, all with a label" in report
    assert "1.000" in report


def test_an_interval_holds_the_share_and_is_narrower_for_more() -> None:
    assert share(np.array([True] * 8 + [False] * 2)) == "0.800 (0.49-0.94)"
    assert share(np.array([True] * 800 + [False] * 200)) == "0.800 (0.77-0.82)"
    assert share(np.array([])) == ""
