"""Scored pairs: every format, every bad row with its line, no document on both sides of a split."""

import csv
import gzip
import json
import zipfile

import numpy as np
import pytest

from rolefit.errors import DataError, InputError
from rolefit.evaluation.judged import read_documents
from rolefit.training.grids import GridPlan, batches, window
from rolefit.training.pairs import PairFormat, read_pairs, read_texts_by_id
from rolefit.training.splits import check_apart, split


def rows(n_resumes=8, n_jobs=8, start=0):
    return [
        {"resume": f"resume {r}", "job": f"job {j}", "score": (7 * r + 13 * j) % 101}
        for r in range(start, start + n_resumes)
        for j in range(start, start + n_jobs)
    ]


def jsonl(path, content):
    lines = (row if isinstance(row, str) else json.dumps(row) for row in content)
    path.write_text("".join(line + "\n" for line in lines))
    return path


def write_csv(path, content):
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.DictWriter(file, ["resume", "job", "score"])
        writer.writeheader()
        writer.writerows(content)
    return path


def write_parquet(path, content):
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    parquet.write_table(pyarrow.Table.from_pylist(content), path)
    return path


def write_gzip(path, content):
    path.write_bytes(gzip.compress("".join(json.dumps(r) + "\n" for r in content).encode()))
    return path


@pytest.mark.parametrize(
    ("name", "write"),
    [("a.jsonl", jsonl), ("a.csv", write_csv), ("a.parquet", write_parquet),
     ("a.jsonl.gz", write_gzip)],
)  # fmt: skip
def test_every_format_gives_the_same_pairs(tmp_path, name, write):
    expected = read_pairs([jsonl(tmp_path / "expected.jsonl", rows())])
    found = read_pairs([write(tmp_path / name, rows())])
    assert found.fingerprint == expected.fingerprint
    assert len(found.scores) == 64
    assert found.resumes[3] == "resume 3"


@pytest.mark.slow
def test_a_datasets_folder_gives_the_same_pairs_and_a_dictionary_of_splits_is_refused(tmp_path):
    datasets = pytest.importorskip("datasets")
    table = datasets.Dataset.from_list(rows())
    table.save_to_disk(tmp_path / "one")
    datasets.DatasetDict({"train": table, "test": table}).save_to_disk(tmp_path / "two")
    expected = read_pairs([jsonl(tmp_path / "expected.jsonl", rows())])
    assert read_pairs([tmp_path / "one"]).fingerprint == expected.fingerprint
    assert read_pairs([tmp_path / "two" / "train"]).fingerprint == expected.fingerprint
    with pytest.raises(DataError, match="holds test, train; name one"):
        read_pairs([tmp_path / "two"])


def test_columns_and_the_range_of_scores_can_be_mapped(tmp_path):
    content = [{"cv": r["resume"], "jd": r["job"], "label": r["score"] / 100} for r in rows()]
    layout = PairFormat(top=1.0).with_columns("resume=cv, job=jd,score=label")
    found = read_pairs([jsonl(tmp_path / "a.jsonl", content)], layout)
    expected = read_pairs([jsonl(tmp_path / "b.jsonl", rows())])
    assert found.scores == pytest.approx(expected.scores)
    with pytest.raises(InputError, match="got cv=resume"):
        PairFormat().with_columns("cv=resume")


def test_one_text_can_hold_resume_and_job(tmp_path):
    content = [{"text": f"{r['resume']}[SEP]{r['job']}", "score": r["score"]} for r in rows()]
    found = read_pairs([jsonl(tmp_path / "a.jsonl", content)], PairFormat(separator="[SEP]"))
    assert found.fingerprint == read_pairs([jsonl(tmp_path / "b.jsonl", rows())]).fingerprint
    content[4]["text"] = "no separator"
    content[5]["text"] = "resume [SEP] "
    with pytest.raises(DataError, match=r"line 5: .*got 0 separators\n.*line 6: no text on one"):
        read_pairs([jsonl(tmp_path / "a.jsonl", content)], PairFormat(separator="[SEP]"))


def bad_rows():
    content = rows()
    return [
        content[0],
        {"job": "job 1", "score": 3},
        {"resume": " ", "job": "job 1", "score": 3},
        {"resume": "x", "job": "job 1", "score": 101},
        {"resume": "x", "job": "job 1", "score": float("nan")},
        {"resume": "x", "job": "job 1", "score": "high"},
        {"resume": "x", "job": "job 1", "score": True},
        "{broken",
        "[1]",
        content[0],
        *content[1:],
    ]


def test_bad_rows_are_all_listed_with_their_lines(tmp_path):
    with pytest.raises(DataError) as caught:
        read_pairs([jsonl(tmp_path / "a.jsonl", bad_rows())])
    message = str(caught.value)
    assert message.startswith("9 of 73 rows cannot be used")
    for says in (
        "line 2: no column `resume`; there are job, score",
        "line 3: expected text in `resume`, got ' '",
        "line 4: expected a score from 0 to 100, got 101",
        "line 5: expected a score from 0 to 100, got nan",
        "line 6: expected a score from 0 to 100, got 'high'",
        "line 7: expected a score from 0 to 100, got True",
        "line 8: not JSON",
        "line 9: expected an object, got [1]",
        "line 10: the same resume and job already stand at",
    ):
        assert says in message


def test_bad_rows_are_skipped_only_if_told_to_and_then_reported(tmp_path):
    found = read_pairs([jsonl(tmp_path / "a.jsonl", bad_rows())], skip_bad_rows=True)
    assert len(found.scores) == 64
    assert len(found.skipped) == 9
    assert "a.jsonl, line 2" in found.skipped[0]


def test_rows_marked_reserved_are_left_out_and_counted_unless_they_are_let_in(tmp_path):
    content = [{**row, "reserved": i < 3} for i, row in enumerate(rows())]
    for path in (jsonl(tmp_path / "a.jsonl", content), tmp_path / "a.csv"):
        if path.suffix == ".csv":
            with path.open("w", newline="") as file:
                writer = csv.DictWriter(file, ["resume", "job", "score", "reserved"])
                writer.writeheader()
                writer.writerows(content)
        found = read_pairs([path])
        assert (len(found.scores), found.reserved, found.skipped) == (61, 3, ())
        assert len(read_pairs([path], reserved=True).scores) == 64
    with pytest.raises(DataError, match="got 61 besides 3 reserved"):
        read_pairs([path], min_pairs=62)


def test_lines_of_a_csv_are_counted_where_a_row_begins(tmp_path):
    content = [{**rows()[0], "resume": "a\nb\nc"}, {**rows()[1], "score": "x"}]
    with pytest.raises(DataError, match="line 5: expected a score"):
        read_pairs([write_csv(tmp_path / "a.csv", content)])
    (tmp_path / "b.csv").write_text("resume,job,score\na,b\n")
    with pytest.raises(DataError, match="line 2: expected 3 fields"):
        read_pairs([tmp_path / "b.csv"])


def test_too_few_pairs_constant_scores_and_a_mistaken_range_are_refused(tmp_path):
    with pytest.raises(DataError, match="at least 50 scored pairs, got 4"):
        read_pairs([jsonl(tmp_path / "a.jsonl", rows(2, 2))])
    same = [{**row, "score": 7} for row in rows()]
    with pytest.raises(DataError, match="all 64 scores are 7"):
        read_pairs([jsonl(tmp_path / "a.jsonl", same)])
    small = [{**row, "score": row["score"] / 100} for row in rows()]
    with pytest.raises(DataError, match="--score-range 0-1"):
        read_pairs([jsonl(tmp_path / "a.jsonl", small)])


def test_a_file_of_another_kind_or_that_is_missing_is_named(tmp_path):
    (tmp_path / "a.xlsx").write_text("x")
    (tmp_path / "a.parquet").write_text("x")
    for name, says in (("a.xlsx", "expected .jsonl"), ("no.jsonl", "No such file"),
                       ("a.parquet", "Parquet")):  # fmt: skip
        with pytest.raises(DataError, match=says):
            read_pairs([tmp_path / name])


def test_rows_may_name_texts_by_id(tmp_path):
    texts = ({"R1": "one resume", "R2": "another"}, {"J1": "a job"})
    content = [
        {"resume": "R1", "job": "J1", "score": 5},
        {"resume": "R2", "job": "J1", "score": 50},
    ]
    found = read_pairs([jsonl(tmp_path / "a.jsonl", content)], texts=texts, min_pairs=2)
    assert (found.resumes, found.resume_names) == (("one resume", "another"), ("R1", "R2"))
    content.append({"resume": "R3", "job": "J1", "score": 5})
    with pytest.raises(DataError, match="line 3: unknown resume 'R3'"):
        read_pairs([jsonl(tmp_path / "a.jsonl", content)], texts=texts, min_pairs=2)


def test_reserved_texts_are_never_read_and_an_id_stands_for_one_text(tmp_path):
    content = [{"id": 1, "text": "a"}, {"id": "2", "text": "b", "reserved": True}]
    path = jsonl(tmp_path / "a.jsonl", content)
    assert read_texts_by_id(path, path) == ({"1": "a"}, {"1": "a"})
    jsonl(path, [*content, {"id": 1, "text": "c"}])
    with pytest.raises(DataError, match="line 3: id 1 stood for another text"):
        read_texts_by_id(path, path)


def test_extra_pairs_have_their_own_weight(tmp_path):
    main = jsonl(tmp_path / "a.jsonl", rows())
    extra = jsonl(tmp_path / "b.jsonl", rows(2, 3, start=7)[1:])
    found = read_pairs([main], extra=[extra], extra_weight=0.25)
    assert found.weights.tolist() == [1.0] * 64 + [0.25] * 5
    assert len(found.resumes) == 9
    with pytest.raises(DataError, match="already stand at"):
        read_pairs([main], extra=[main])


def test_a_document_on_both_sides_is_a_leak_even_under_another_id(tmp_path):
    train = read_pairs([jsonl(tmp_path / "a.jsonl", rows())])
    check_apart(train, read_pairs([jsonl(tmp_path / "b.jsonl", rows(start=8))]))
    leaking = rows(start=8)
    leaking[10]["job"] = "JOB  3"
    with pytest.raises(DataError, match="1 jobs are in the training and in the validation pairs"):
        check_apart(train, read_pairs([jsonl(tmp_path / "b.jsonl", leaking)]))


def test_whole_groups_are_held_out_where_there_are_some(tmp_path):
    content = [row for k in range(10) for row in rows(4, 4, start=4 * k)]
    pairs = read_pairs([jsonl(tmp_path / "a.jsonl", content)])
    train, validation, how = split(pairs, 0.2, seed=1)
    assert (len(train.scores), len(validation.scores)) == (128, 32)
    assert "2 of 10 groups" in how
    check_apart(train, validation)
    again = read_pairs([jsonl(tmp_path / "b.jsonl", content[::-1])])
    assert set(split(again, 0.2, seed=1)[1].resumes) == set(validation.resumes)


def test_two_ids_of_one_text_fall_on_one_side_of_a_split(tmp_path):
    """Ten groups that share no id, every other with the texts of the group before it."""
    content = [
        {"resume": f"R{k}-{i}", "job": f"J{k}-{j}", "score": (7 * i + 13 * j + k) % 101}
        for k in range(10) for i in range(4) for j in range(4)
    ]  # fmt: skip
    texts = tuple(
        {f"{side}{k}-{i}": f"{'TEXT' if k % 2 else 'text'} {side} {k // 2} {i}"
         for k in range(10) for i in range(4)}
        for side in "RJ"
    )  # fmt: skip
    pairs = read_pairs([jsonl(tmp_path / "a.jsonl", content)], texts=texts)
    train, validation, how = split(pairs, 0.2, seed=1)
    check_apart(train, validation)
    assert len(train.scores) + len(validation.scores) == 160
    assert "of 5 groups" in how


def test_in_one_dense_block_both_sides_of_the_validation_are_unseen(tmp_path):
    pairs = read_pairs([jsonl(tmp_path / "a.jsonl", rows(30, 20))])
    train, validation, how = split(pairs, 0.1, seed=3)
    check_apart(train, validation)
    assert len(train.scores) + len(validation.scores) < 600
    assert "used for neither" in how


def test_an_epoch_of_grids_holds_every_pair_once(tmp_path):
    content = [{**row, "block": k} for k in range(3) for row in rows(30, 20, start=30 * k)]
    content += rows(3, 1, start=200) + rows(5, 2, start=210)  # small groups share a grid
    pairs = read_pairs([jsonl(tmp_path / "a.jsonl", content)])
    plan = GridPlan(pairs, 16, 8, seed=1)
    grids = plan.epoch(0)
    assert sorted(np.concatenate(grids).tolist()) == list(range(len(content)))
    assert len(grids) == 3 * 6 + 1
    sizes = [(len(g.resumes), len(g.jobs)) for g in map(plan.at, range(len(grids)))]
    assert max(r for r, _ in sizes) <= 16
    assert max(j for _, j in sizes) <= 8
    grid = plan.at(4)
    for r, resume in enumerate(grid.resumes):
        for j, job in enumerate(grid.jobs):
            known = (pairs.rows == [resume, job]).all(axis=1)
            assert known.any() == (grid.weights[r, j] > 0) == (not np.isnan(grid.scores[r, j]))
            if known.any():
                assert grid.scores[r, j] == pairs.scores[known][0]


def test_grids_follow_from_seed_and_step_alone(tmp_path):
    pairs = read_pairs([jsonl(tmp_path / "a.jsonl", rows(40, 20))])
    onwards, afresh = GridPlan(pairs, 16, 8, seed=1), GridPlan(pairs, 16, 8, seed=1)
    walked = [onwards.at(step) for step in range(30)]
    assert np.array_equal(walked[25].scores, afresh.at(25).scores, equal_nan=True)
    other = GridPlan(pairs, 16, 8, seed=2).at(0)
    assert walked[0].resumes.tolist() != other.resumes.tolist()
    assert walked[0].resumes.tolist() != walked[len(onwards.epoch(0))].resumes.tolist()


def test_sparse_pairs_are_drawn_with_the_applicants_that_jobs_share(tmp_path):
    content = [
        {"resume": f"r{r}", "job": f"j{j}", "score": (r + j) % 50}
        for j in range(40)
        for r in range(10 * (j // 2), 10 * (j // 2) + 10)
    ]
    content += [{"resume": "r0", "job": f"j{j}", "score": 3} for j in range(2, 40)]
    pairs = read_pairs([jsonl(tmp_path / "a.jsonl", content)])
    plan = GridPlan(pairs, 16, 8, seed=1)
    grids = [plan.at(step) for step in range(len(plan.epoch(0)))]
    assert sum(int((g.weights > 0).sum()) for g in grids) == len(content)


def test_a_window_is_the_head_a_stretch_of_the_rest_and_the_last_token():
    drawn = [window(100, 20, np.random.default_rng(seed)) for seed in range(200)]
    for piece in drawn:
        assert len(piece) == 20
        assert piece[:10].tolist() == list(range(10))
        assert piece[-1] == 99
        assert np.diff(piece[10:-1]).tolist() == [1] * 8
    assert {int(piece[10]) for piece in drawn} >= {10, 90}
    assert window(100, 100, np.random.default_rng(0)).tolist() == list(range(100))


def test_documents_of_like_length_are_put_together():
    assert batches([5, 100, 6, 90], 200) == [[1, 3], [2, 0]]
    assert batches([5, 100, 6, 90], 1) == [[1], [3], [2], [0]]


@pytest.fixture(params=["folder", "zip"])
def people(request, tmp_path):
    """Two resumes as files, one of them in a folder below, and a note that is hidden."""
    files = {"ana.txt": "Ana is a nurse.", "2024/ben.html": "<p>Ben cooks.</p>", ".note": "no"}
    if request.param == "zip":
        with zipfile.ZipFile(tmp_path / "people.zip", "w") as packed:
            for name, text in files.items():
                packed.writestr(name, text)
        return tmp_path / "people.zip"
    for name, text in files.items():
        (tmp_path / "people" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "people" / name).write_text(text)
    return tmp_path / "people"


def test_texts_may_be_files_in_a_folder_or_an_archive_by_their_names(people, tmp_path):
    jobs = jsonl(tmp_path / "jobs.jsonl", [{"id": "j", "text": "A nurse is wanted."}])
    resumes, _ = read_texts_by_id(people, jobs)
    assert resumes == {"ana.txt": "Ana is a nurse.", "2024/ben.html": "Ben cooks."}
    assert read_documents(people).texts == resumes


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "people").mkdir()
    (tmp_path / "people" / "ana.pdf").write_bytes(b"%PDF-1.7 broken")
    jobs = jsonl(tmp_path / "jobs.jsonl", [{"id": "j", "text": "A nurse is wanted."}])
    with pytest.raises(DataError, match=r"people, ana\.pdf: .*ana\.pdf"):
        read_texts_by_id(tmp_path / "people", jobs)
