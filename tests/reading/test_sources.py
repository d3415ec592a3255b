"""Whatever holds documents, every command takes it: each counts, by a name of its own."""

from __future__ import annotations

import io
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import makers
import pytest

from conftest import Run
from rolefit import Matcher, read_all
from rolefit.bundle import Bundle
from rolefit.cache import Cache
from rolefit.errors import ImageOnlyError, ReadError, SeveralDocumentsError
from rolefit.reading import Part, open_parts

NURSE = b"Staff nurse on an intensive care ward, patient care, ten years of experience"
CHEF = b"Chef in a hotel kitchen, food cost and menu design, four years of experience"
HIDING = makers.html(["Nurse on a ward"]) + b'<p style="display:none">senior staff nurse, patients'
JOB = "We look for a nurse with five years of experience."


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """Two people and a file that cannot be read."""
    file = tmp_path / "pile.zip"
    members = {"in/nurse.txt": NURSE, "chef.txt": CHEF, "logo.png": makers.PNG}
    file.write_bytes(makers.archive(members))
    return file


def test_rank_takes_every_document_of_an_archive(tiny_bundle: Bundle, pile: Path) -> None:
    unread: list[ReadError] = []
    matcher = Matcher.load(tiny_bundle.folder)
    ranked = matcher.rank(JOB, [pile, pile.parent / "pile.zip"], unread=unread)
    names = [f"{pile}/in/nurse.txt", f"{pile}/chef.txt"]
    assert sorted(match.resume for match in ranked) == sorted(names * 2)
    assert [type(error) for error in unread] == [ImageOnlyError] * 2
    assert {match.score for match in ranked if match.resume == names[0]} == {
        matcher.score(NURSE.decode(), JOB).score
    }
    with pytest.raises(ImageOnlyError, match=r"logo\.png"):
        matcher.rank(JOB, [pile])


def test_a_name_in_a_ranking_leads_back_to_the_document(tiny_bundle: Bundle, pile: Path) -> None:
    matcher = Matcher.load(tiny_bundle.folder)
    best = matcher.rank(JOB, [pile], unread=[])[0]
    explanation = matcher.explain(Path(best.resume), JOB)
    assert explanation.match.score == best.score
    assert explanation.resume.text == NURSE.decode()


def test_score_takes_one_document_and_refuses_several(tiny_bundle: Bundle, pile: Path) -> None:
    matcher = Matcher.load(tiny_bundle.folder)
    with pytest.raises(SeveralDocumentsError, match=r"in/nurse\.txt"):
        matcher.score(pile, JOB)
    with pytest.raises(SeveralDocumentsError):
        matcher.score_matrix([pile], [JOB])
    one = pile.with_name("one.zip")
    one.write_bytes(makers.archive({"nurse.txt": NURSE}))
    match = matcher.score(one, JOB)
    assert (match.resume, match.score) == (
        f"{one}/nurse.txt",
        matcher.score(NURSE.decode(), JOB).score,
    )


def test_what_a_document_in_an_archive_hides_is_told(tiny_bundle: Bundle, tmp_path: Path) -> None:
    file = tmp_path / "pile.zip"
    file.write_bytes(makers.archive({"hides.html": HIDING, "chef.txt": CHEF}))
    ranked = Matcher.load(tiny_bundle.folder).rank(JOB, [file])
    codes = {match.resume: [n.code for n in match.notices] for match in ranked}
    assert "hidden-text-score" in codes[f"{file}/hides.html"]


def test_a_document_in_an_archive_is_kept_in_the_cache(
    tiny_bundle: Bundle, pile: Path, tmp_path: Path
) -> None:
    with Cache.open(tmp_path / "cache") as cache:
        first = Matcher.load(tiny_bundle.folder, cache=cache).rank(JOB, [pile], unread=[])
        matcher = Matcher.load(tiny_bundle.folder, cache=cache)
        matcher.intake._finish = None  # type: ignore[method-assign, assignment]
        kept = [
            cache.get(matcher.intake._key(part, sha256(part.data).hexdigest(), "resume"))
            for part in _parts(pile)
        ]
    assert len(first) == len([hit for hit in kept if hit]) == 2


def _parts(file: Path) -> list[Part]:
    return [part for part in open_parts(file, name=str(file)) if isinstance(part, Part)]


def test_every_document_is_read_from_python(pile: Path) -> None:
    unread: list[ReadError] = []
    assert [doc.name for doc in read_all(pile, unread=unread)] == [
        "pile.zip/in/nurse.txt",
        "pile.zip/chef.txt",
    ]
    assert [error.file for error in unread] == ["pile.zip/logo.png"]


def test_the_command_ranks_an_archive_and_explains_what_is_in_it(
    run: Run, pile: Path, job: Path, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    done = run("rank", job, pile, "--json", "--html", page)
    assert done.status == 3
    assert [match["file"] for match in done.json["results"]] == [
        f"{pile}/in/nurse.txt",
        f"{pile}/chef.txt",
    ]
    assert [error["file"] for error in done.json["not_read"]] == [f"{pile}/logo.png"]
    assert "intensive care ward" in page.read_text(encoding="utf-8")
    assert run("explain", f"{pile}/chef.txt", job, "--json").status == 0


def test_the_command_says_what_to_do_about_several_where_one_is_wanted(
    run: Run, pile: Path, job: Path
) -> None:
    for command in (
        ["score", pile, job],
        ["explain", pile, job],
        ["score", job.parent / "pool" / "nurse.txt", pile],
    ):
        done = run(*command)
        assert done.status == 3
        assert "more than one document" in done.err
        assert "in/nurse.txt" in done.err


def test_an_archive_may_come_through_standard_input(
    run: Run, pile: Path, job: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stdin = SimpleNamespace(buffer=io.BytesIO(pile.read_bytes()), isatty=lambda: False)
    monkeypatch.setattr("sys.stdin", stdin)
    done = run("rank", job, "-", "--json")
    assert [match["file"] for match in done.json["results"]] == [
        "standard input/in/nurse.txt",
        "standard input/chef.txt",
    ]
    assert done.json["not_read"][0]["file"] == "standard input/logo.png"


def test_the_command_ranks_the_rows_of_a_table(run: Run, job: Path, tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_bytes(b"code,who,bio\nA,Lina,%s\nB,Tom,%s\nC,Ada,\n" % (
        NURSE.replace(b",", b";"), CHEF.replace(b",", b";")))  # fmt: skip
    done = run("rank", job, table, "--json")
    assert done.json["not_read"][0]["error"] == "ColumnsError"
    columns = ("--text-column", "bio", "--id-column", "code")
    done = run("rank", job, table, "--json", *columns)
    assert [match["file"] for match in done.json["results"]] == [f"{table}/A", f"{table}/B"]
    assert [error["file"] for error in done.json["not_read"]] == [f"{table}/C"]
    assert "row 4" in done.json["not_read"][0]["cause"]
    assert run("explain", f"{table}/B", job, "--json", *columns).status == 0
    assert run("score", f"{table}/row 3", job, "--json", "--text-column", "bio").status == 0


def test_blind_names_no_row_by_a_person(run: Run, job: Path, tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_bytes(b'name,resume\nLina,"%s"\nTom,"%s"\n' % (NURSE, CHEF))
    assert f"{table}/Lina" in run("rank", job, table, "--json").out
    assert f"{table}/row 2" in run("rank", job, table, "--json", "--blind").out
