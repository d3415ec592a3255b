"""A pool finds whom `rank` finds, keeps what it was given, and forgets whom it was told to."""

from __future__ import annotations

import os
import sqlite3
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pools import bytes_of, resume, write

from conftest import ADVERT, make_tiny_bundle
from rolefit import Matcher, Pool, read
from rolefit.bundle import FILES, Bundle, rewrite_manifest
from rolefit.errors import InputError, PoolError, ReadError
from rolefit.pool import renewed, sqlite
from rolefit.reading import Columns

REAL = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def matcher(tiny_bundle: Bundle) -> Matcher:
    return Matcher(tiny_bundle)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    return write(tmp_path / "resumes", range(40))


@pytest.fixture
def people(tmp_path: Path, matcher: Matcher, files: list[Path]) -> Iterator[Pool]:
    with Pool.open(tmp_path / "people.pool", matcher, create=True) as pool:
        pool.add(files)
        yield pool


def test_a_search_gives_what_rank_gives_to_the_last_digit(
    people: Pool, matcher: Matcher, files: list[Path]
) -> None:
    found = people.search(ADVERT, top=None)
    assert list(found.matches) == matcher.rank(ADVERT, files)
    assert [e.name for e in found.entries] == [m.resume for m in found.matches]
    assert (found.scored, found.passed) == (40, 40)


@pytest.mark.slow
def test_a_search_gives_what_rank_gives_with_the_shipped_model(tmp_path: Path) -> None:
    matcher = Matcher.load()
    files = sorted((REAL / "resumes").iterdir())
    job = REAL / "jobs" / "backend-engineer.txt"
    with Pool.open(tmp_path / "people.pool", matcher, create=True) as pool:
        pool.add(files)
        assert pool.verify() == []
        assert list(pool.search(job).matches) == matcher.rank(job, files)
        nurses = pool.search(job, where="domain = healthcare and licence = 'registered nurse'")
        names = [Path(match.resume).name for match in nurses.matches]
        assert names == ["lucia-ferreira-icu-nurse.pdf", "rosalind-mbatha-med-surg-nurse.txt"]
        assert sorted(nurses.matches, key=str) == sorted(
            (m for m in matcher.rank(job, files) if Path(m.resume).name in names), key=str
        )


def test_pasted_adverts_and_hidden_words_count_as_in_rank(
    people: Pool, matcher: Matcher, tmp_path: Path
) -> None:
    advert = " ".join(f"word{n} nurse{n % 7}" for n in range(40))
    pasted, hiding = tmp_path / "pasted.txt", tmp_path / "hiding.html"
    pasted.write_text(resume(0) + advert)
    hiding.write_text(
        "<html><body><h1>Chef</h1>"
        + "<p>Kitchen, food and menus for the team.</p>" * 9
        + '<p style="display:none">nurse hospital patient care ward</p></body></html>'
    )
    people.add([pasted, hiding])
    ranked = {m.resume: m for m in matcher.rank(advert, [pasted, hiding])}
    found = {m.resume: m for m in people.search(advert, top=None).matches}
    assert {name: found[name] for name in ranked} == ranked
    codes = [{notice.code for notice in ranked[str(f)].notices} for f in (pasted, hiding)]
    assert "pasted-advert" in codes[0]
    assert {"hidden-text", "hidden-text-score"} <= codes[1]


def test_few_candidates_get_their_whole_scores_and_the_best_are_among_them(people: Pool) -> None:
    everybody = people.search(ADVERT, top=None).matches
    some = people.search(ADVERT, top=None, candidates=30)
    assert (some.scored, some.passed) == (30, 40)
    scores = {match.resume: match.score for match in everybody}
    assert all(scores[match.resume] == match.score for match in some.matches)
    assert {m.resume for m in everybody[:3]} <= {m.resume for m in some.matches}
    assert people.search(ADVERT, top=None, candidates=30) == some


def test_a_pool_of_jobs_is_searched_with_a_resume(tmp_path: Path, matcher: Matcher) -> None:
    adverts = {trade: f"We look for a {trade}. {trade} wanted. " * 9
               for trade in ("nurse", "chef", "teacher")}  # fmt: skip
    paths = []
    for trade, text in adverts.items():
        paths.append(tmp_path / f"{trade}.txt")
        paths[-1].write_text(text)
    with Pool.open(tmp_path / "jobs.pool", matcher, side="job", create=True) as jobs:
        jobs.add(paths)
        found = jobs.jobs(resume(0), top=None).matches
        expected = {m.job: m.score for p in paths for m in matcher.rank(p, [resume(0)])}
        assert {m.job: m.score for m in found} == expected
        assert Path(found[0].job).name == "nurse.txt"
        with pytest.raises(PoolError, match=r"holds jobs\. Use: rolefit pool jobs"):
            jobs.search(ADVERT)
    with Pool.open(tmp_path / "jobs.pool", matcher) as again:
        assert (again.side, len(again)) == ("job", 3)


def test_like_finds_the_same_text_first_and_says_what_is_shared(people: Pool) -> None:
    first, second, *_ = people.like(resume(2), top=5)
    assert Path(first.entry.name).name == "2.txt"
    assert first.likeness == pytest.approx(1, abs=1e-3)
    assert first.likeness > second.likeness
    assert any("python" in skill.lower() for skill in first.shared)


def test_adding_again_changes_nothing_and_a_new_text_replaces_the_old(
    people: Pool, files: list[Path]
) -> None:
    assert (people.add(files).same, len(people)) == (40, 40)
    before = {entry.name: entry.id for entry in people.entries()}
    files[3].write_text(resume(333))
    done = people.add(files)
    assert (done.new, done.replaced, done.same) == (0, 1, 39)
    assert {entry.name: entry.id for entry in people.entries()} == before
    texts = {one.entry.id: one.text for one in people.export()}
    assert "Number333" in texts[before[str(files[3])]]
    assert people.verify() == []


def test_the_same_bytes_under_another_name_are_the_same_person(
    people: Pool, files: list[Path], tmp_path: Path
) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_bytes(files[0].read_bytes())
    assert people.add([copy, copy]).same == 2
    assert len(people) == 40


def test_archives_and_tables_are_added_as_what_they_hold(people: Pool, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "more.zip", "w") as archive:
        archive.writestr("a.txt", resume(101))
        archive.writestr("b.txt", "")
    (tmp_path / "people.csv").write_text(
        "id,resume\n" + "".join(f'p{n},"{resume(n)}"\n' for n in (102, 103))
    )
    unread: list[ReadError] = []
    added = people.add([tmp_path / "more.zip", tmp_path / "people.csv"], unread=unread)
    assert added.new == 3
    assert [Path(error.file).name for error in unread] == ["b.txt"]
    names = {entry.name for entry in people.entries("name contains people.csv")}
    assert names == {str(tmp_path / "people.csv" / f"p{n}") for n in (102, 103)}


def test_texts_and_documents_can_be_added(people: Pool) -> None:
    document = read(resume(201).encode(), name="from the form")
    assert people.add([resume(200), document]).new == 2
    assert len(list(people.entries("name = 'from the form'"))) == 1


def test_what_cannot_be_read_raises_or_is_told(people: Pool, tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="there is no such file"):
        people.add([tmp_path / "missing.pdf"])
    unread: list[ReadError] = []
    (tmp_path / "odd.txt").write_bytes(b"Nurse \xff\xfe\x80 ward " * 40)
    done = people.add([tmp_path / "missing.pdf", tmp_path / "odd.txt"], unread=unread)
    assert (done.new, len(unread)) == (1, 1)
    assert people.verify() == []


@pytest.mark.parametrize("large", [False, True])
def test_no_byte_of_somebody_forgotten_is_left_on_the_disk(
    tmp_path: Path,
    matcher: Matcher,
    files: list[Path],
    monkeypatch: pytest.MonkeyPatch,
    large: bool,
) -> None:
    if large:  # as a pool of gigabytes is written anew
        monkeypatch.setattr(sqlite, "IN_MEMORY", 0)
    secret = tmp_path / "quixwort-vandermaelen.txt"
    secret.write_text("Quixwort Vandermaelen\nGlockenspielbauer\n\n" + resume(7))
    path = tmp_path / "forgetful" / "people.pool"
    path.parent.mkdir()
    with Pool.open(path, matcher, create=True) as pool:
        pool.add([*files[:20], secret, *files[20:]])
        db = sqlite3.connect(path)
        (id, sha) = db.execute("SELECT id, sha256 FROM entries WHERE name LIKE '%quix%'").fetchone()
        kept = [
            db.execute(f"SELECT {column} FROM {table} WHERE id = ?", (id,)).fetchone()[0]
            for table, column in (("documents", "document"), ("profiles", "vectors"))
        ]
        db.close()
        marks = [b"quixwort", b"Glockenspiel", b"glockenspiel", sha.encode(),
                 kept[0][40:64], kept[1][4:28]]  # fmt: skip
        before = bytes_of(path)
        assert [mark for mark in marks if mark not in before] == []
        (gone,) = pool.forget([str(secret)])
        assert (gone.id, len(pool)) == (id, 40)
        left = bytes_of(path)
        assert [mark for mark in marks if mark in left] == []
        assert pool.verify() == []
        assert list(pool.search(ADVERT, top=None).matches) == matcher.rank(ADVERT, files)


def test_whoever_is_removed_is_found_no_more_and_the_number_is_not_given_again(
    people: Pool, files: list[Path]
) -> None:
    last = max(entry.id for entry in people.entries())
    gone = people.remove([last, str(files[0])])
    assert sorted(e.id for e in gone) == [1, last]
    names = {match.resume for match in people.search(ADVERT, top=None).matches}
    assert not names & {entry.name for entry in gone}
    people.add([resume(900)])
    assert max(entry.id for entry in people.entries()) == last + 1
    assert people.verify() == []


def test_nobody_is_removed_where_one_of_them_is_not_there(people: Pool) -> None:
    with pytest.raises(PoolError, match="nobody has the name or number '77'"):
        people.remove([1, 77])
    assert len(people) == 40


def test_an_open_pool_sees_what_another_process_changes(
    people: Pool, matcher: Matcher, files: list[Path]
) -> None:
    assert people.search(ADVERT).passed == 40
    with Pool.open(people.path, matcher) as other:
        other.add([resume(500), resume(501)])
        other.remove([1])
    assert people.search(ADVERT).passed == 41


def test_a_pool_of_another_model_is_refused_with_the_command_that_makes_one(
    people: Pool, tmp_path: Path, matcher: Matcher
) -> None:
    (tmp_path / "other").mkdir()
    other = make_tiny_bundle(tmp_path / "other")
    (other.folder / FILES.tokenizer).write_bytes(
        (other.folder / FILES.tokenizer).read_bytes() + b"\n"
    )
    changed = Matcher(rewrite_manifest(other.folder))
    with pytest.raises(PoolError, match=r"rolefit pool renew .*people\.pool .*people-new\.pool"):
        Pool.open(people.path, changed)
    new = tmp_path / "new.pool"
    assert renewed(people.path, new, changed) == 40
    assert renewed(people.path, new, changed) == 40  # again: nothing is left to do
    with Pool.open(new, changed) as pool:
        assert pool.verify() == []
        ours = {match.resume: match.score for match in pool.search(ADVERT, top=None).matches}
    assert len(ours) == 40
    with pytest.raises(PoolError, match="got the old one's"):
        renewed(people.path, people.path, matcher)


def test_people_read_by_another_version_are_told_of(people: Pool) -> None:
    assert people.stats().notices == ()
    with sqlite3.connect(people.path) as db:
        db.execute("UPDATE makes SET made_with = 'an older one'")
    (notice,) = people.search(ADVERT).notices
    assert "40 were read by another version" in notice.message


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7 what is this", "got a file of another kind"),
        (b"\xff\xfe invalid UTF-8 \x80", "got a file of another kind"),
        (b"", "got an empty file"),
        (None, "there is no such pool"),
    ],
)
def test_what_is_no_pool_is_refused_and_left_alone(
    tmp_path: Path, matcher: Matcher, content: bytes | None, said: str
) -> None:
    path = tmp_path / "x.pool"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(PoolError, match=said):
        Pool.open(path, matcher)
    assert (path.read_bytes() if path.exists() else None) == content
    with pytest.raises(PoolError, match="got a folder"):
        Pool.open(tmp_path, matcher)


def test_another_programs_database_is_refused(tmp_path: Path, matcher: Matcher) -> None:
    path = tmp_path / "other.sqlite"
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE theirs (x)")
    db.commit()
    db.close()
    before = path.read_bytes()
    for create in (False, True):
        with pytest.raises(PoolError, match="a database of another program"):
            Pool.open(path, matcher, create=create)
    assert path.read_bytes() == before


def test_verify_says_what_was_altered(people: Pool) -> None:
    with sqlite3.connect(people.path) as db:
        db.execute("UPDATE profiles SET vectors = zeroblob(length(vectors)) WHERE id = 4")
        db.execute("UPDATE entries SET facts = '{' WHERE id = 5")
        db.execute("DELETE FROM holds WHERE entry = 6")
        db.execute("DELETE FROM documents WHERE id = 7")
        db.execute("UPDATE entries SET facts = replace(facts, 'null', '99.5') WHERE id = 8")
        (block,) = db.execute("SELECT records FROM blocks").fetchone()
        size = len(block) // 1024
        other = block[: 9 * size] + bytes([block[9 * size] ^ 1]) + block[9 * size + 1 :]
        db.execute("UPDATE blocks SET records = ?, change = 1000", (other,))
        db.execute("UPDATE meta SET value = '1000' WHERE name = 'change'")
    found = "\n".join(people.verify())
    assert "number 4: its vectors were altered" in found
    assert "number 5: its text or facts were altered" in found
    assert "number 6: its skills, licences or titles are others in the index" in found
    assert "number 7 is without documents" in found
    assert "number 9: its code of the document is another one in the index" in found
    with pytest.raises(PoolError, match="was altered or has rotten"):
        people.search(ADVERT)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_the_file_is_its_owners_alone(people: Pool) -> None:
    for path in people.path.parent.glob("people.pool*"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_advert_that_asks_for_nothing_ranks_and_says_so(people: Pool) -> None:
    advert = "Our kitchen is a lovely place by the sea and has been so for years and years. " * 9
    found = people.search(advert, top=3, candidates=10)
    assert len(found.matches) == 3
    assert "job-no-requirements" in {n.code for n in found.matches[0].notices}


def test_an_empty_pool_answers_with_nobody(tmp_path: Path, matcher: Matcher) -> None:
    with Pool.open(tmp_path / "empty.pool", matcher, create=True) as pool:
        assert pool.search(ADVERT).matches == ()
        assert pool.like(resume(1)) == []
        assert pool.stats().people == 0
        assert pool.verify() == []
        assert list(pool.export()) == []


def test_exported_people_can_be_added_to_another_pool(
    people: Pool, tmp_path: Path, matcher: Matcher
) -> None:
    from rolefit.pool.exporting import csv_head, csv_row, json_line

    lines = [json_line(one) for one in people.export("id <= 4")]
    (tmp_path / "out.jsonl").write_text("".join(lines), encoding="utf-8")
    rows = [csv_head(), *(csv_row(one) for one in people.export("id <= 4"))]
    (tmp_path / "out.csv").write_text("".join(rows), encoding="utf-8", newline="")
    for file in ("out.jsonl", "out.csv"):
        reading = Matcher(matcher.bundle, columns=Columns(("resume",), "id"))
        with Pool.open(tmp_path / f"{file}.pool", reading, create=True) as second:
            assert second.add([tmp_path / file]).new == 4
            texts = {one.text.strip() for one in second.export()}
        assert texts == {resume(n).strip() for n in range(4)}


def test_wrong_arguments_are_named(people: Pool, tmp_path: Path, matcher: Matcher) -> None:
    with pytest.raises(InputError, match="candidates: expected 1 or more"):
        people.search(ADVERT, candidates=0)
    with pytest.raises(InputError, match="expected resume or job, got 'cv'"):
        Pool.open(tmp_path / "y.pool", matcher, side="cv", create=True)


def test_ids_are_whole_numbers_of_python(people: Pool) -> None:
    """A numpy integer would not go into JSON."""
    assert {type(entry.id) for entry in people.search(ADVERT).entries} == {int}
    assert not any(isinstance(entry.id, np.integer) for entry in people.entries())
