"""Fitting a bundle's mappers: all or nothing, unseen documents, true reports."""

from __future__ import annotations

import csv
import json
import shutil

import numpy as np
import pytest

from rolefit.bundle import FILES, Bundle
from rolefit.errors import DataError
from rolefit.evaluation.systems import load
from rolefit.evidence import CAP
from rolefit.training import fit
from rolefit.training.crossfit import MapperSettings
from rolefit.training.metrics import Sheet

SETTINGS = MapperSettings(
    hidden_layers=(3,), folds=2, max_epochs=2, alphas=(1.0,), min_band_pairs=10
)
TRADES = ("chef kitchen food staff cost", "nurse hospital patient care ward")
LICENCE = "Requirements\n- Active Registered Nurse (RN) license required."


def documents(first, count, rng, licence=""):
    rows = []
    for i in range(first, first + count):
        words = " ".join(map(str, rng.permutation((TRADES[i % 2] + " team years").split() * 3)))
        ending = f"\n{licence}" if licence and i % 2 else ""
        rows.append({"id": f"D{i}", "text": f"Document number {i}.\n{words}.{ending}"})
    return rows


def pairs(resumes, jobs):
    return [
        {"resume": a["id"], "job": b["id"],
         "score": (95 if int(a["id"][1:]) % 2 == int(b["id"][1:]) % 2 else 5) + (i + j) % 5}
        for i, a in enumerate(resumes) for j, b in enumerate(jobs)
    ]  # fmt: skip


def write(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


@pytest.fixture
def data(tmp_path, tiny_bundle):
    """(bundle folder, labels, check, resumes, jobs): 10 x 8 documents to fit on, 4 x 4 others."""
    rng = np.random.default_rng(1)
    resumes, jobs = documents(0, 14, rng), documents(0, 12, rng, LICENCE)
    return (
        shutil.copytree(tiny_bundle.folder, tmp_path / "bundle"),
        [write(tmp_path / "labels.jsonl", pairs(resumes[:10], jobs[:8]))],
        [write(tmp_path / "check.jsonl", pairs(resumes[10:], jobs[8:]))],
        write(tmp_path / "resumes.jsonl", resumes),
        write(tmp_path / "jobs.jsonl", jobs),
    )


def fitted(data, **changes):
    return fit.fit_bundle(*data, settings=SETTINGS, jobs=1, **changes)


def content(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_both_mappers_and_the_background_go_into_the_manifest(data):
    report = fitted(data)
    bundle = Bundle.open(data[0])
    bundle.verify()
    for prefix in ("", FILES.cosine_prefix):
        assert prefix + FILES.mapper in bundle.files
    assert FILES.background in bundle.files
    assert not [name for name in content(data[0]) if "partial" in name]
    assert report.count("90% band, cross-fitted, covers ") == 2


@pytest.mark.parametrize("broken", ["fit_mapper", "_measure"])
def test_a_fit_that_is_stopped_leaves_the_bundle_as_it_was(data, monkeypatch, broken):
    before, honest, calls = content(data[0]), getattr(fit, broken), []

    def stopped(*arguments):
        calls.append(broken)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return honest(*arguments)

    monkeypatch.setattr(fit, broken, stopped)
    with pytest.raises(KeyboardInterrupt):
        fitted(data)
    assert content(data[0]) == before


def test_what_is_checked_are_the_scores_that_a_user_gets(data, monkeypatch):
    """Held where a licence is missing, too."""
    seen = []

    def noted(predicted, *arguments):
        seen.append(predicted)
        return Sheet(predicted, *arguments)

    monkeypatch.setattr(fit, "Sheet", noted)
    fitted(data)
    rows = [json.loads(line) for line in data[2][0].read_text().splitlines()]
    texts = [
        {row["id"]: row["text"] for row in map(json.loads, path.read_text().splitlines())}
        for path in data[3:]
    ]
    matrix = load(data[0], 1).score_matrix(
        [texts[0][f"D{i}"] for i in range(10, 14)], [texts[1][f"D{i}"] for i in range(8, 12)]
    )
    given = [matrix[int(row["resume"][1:]) - 10, int(row["job"][1:]) - 8] for row in rows]
    assert seen[0] == pytest.approx(np.array(given), abs=1e-4)
    nurses = [row["resume"][1:] in ("11", "13") and row["job"][1:] in ("9", "11") for row in rows]
    assert (seen[0][nurses] == CAP).all()


def test_a_check_on_a_text_that_was_fitted_on_is_refused_even_under_another_id(data):
    rows = [json.loads(line) for line in data[4].read_text().splitlines()]
    rows[9]["text"] = rows[3]["text"].upper().replace(" ", "  ")
    write(data[4], rows)
    with pytest.raises(DataError, match=r"1 jobs are in .*, D9 \(the text of D3\) among them"):
        fitted(data)


def test_label_rows_marked_reserved_are_left_out_and_counted(data):
    path = data[2][0]
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    secret = {"resume": "D0", "job": "D0", "score": 5, "reserved": True}
    write(path, [secret, *rows])
    assert "1 label rows marked reserved were left out" in fitted(data)


@pytest.mark.parametrize("row", ['{"id": "x"}', '{"text": "x"}', '{"id": "x", "text": " "}'])
def test_a_text_without_an_id_or_words_is_named_by_its_line(data, row):
    with data[3].open("a") as file:
        file.write(row + "\n")
    with pytest.raises(DataError, match=r"resumes\.jsonl, line 15: expected an `id` and a `text`"):
        fitted(data)


def as_csv(path, rows, delimiter=",", **columns):
    """Rows under other names of columns; with a byte-order mark, as Excel writes it."""
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow([columns.get(name, name) for name in rows[0]])
        writer.writerows([row.values() for row in rows])
    return path


def whole(data, number):
    """The rows of labels with the texts in the place of the ids."""
    texts = [
        {row["id"]: row["text"] for row in map(json.loads, path.read_text().splitlines())}
        for path in data[3:]
    ]
    rows = map(json.loads, data[number][0].read_text().splitlines())
    return [
        {"resume": texts[0][r["resume"]], "job": texts[1][r["job"]], "score": r["score"]}
        for r in rows
    ]


@pytest.mark.slow
def test_a_csv_of_ids_gives_the_mappers_that_json_lines_give(data, tmp_path, run, monkeypatch):
    monkeypatch.setattr(fit, "MapperSettings", lambda **_: SETTINGS)
    other = shutil.copytree(data[0], tmp_path / "other")
    fitted(data)
    rows = [json.loads(line) for line in data[1][0].read_text().splitlines()]
    for row in rows:
        row["score"] /= 100
    path = as_csv(tmp_path / "a.csv", rows, ";", resume="cv", score="label")
    done = run(
        "train", "mapper", path, "--resumes", data[3], "--adverts", data[4], "--model", other,
        "--columns", "resume=cv,score=label", "--score-range", "0-1", "--jobs", "1", model=False,
    )  # fmt: skip
    assert done.status == 0, done.err
    for name in ("mapper.json", "neural_weights.json", "ridge_weights.json", "background.json"):
        assert (data[0] / name).read_bytes() == (other / name).read_bytes()


@pytest.mark.slow
def test_a_csv_may_hold_the_texts_themselves(data, tmp_path, run, monkeypatch):
    """As those of `finetune` and `evaluate` may."""
    monkeypatch.setattr(fit, "MapperSettings", lambda **_: SETTINGS)
    for name, number in (("a.csv", 1), ("b.csv", 2)):
        as_csv(tmp_path / name, whole(data, number), resume="cv")
    asked = ("train", "mapper", tmp_path / "a.csv", "--check", tmp_path / "b.csv",
             "--columns", "resume=cv", "--model", data[0])  # fmt: skip
    done = run(*asked, model=False)
    assert done.status == 0, done.err
    assert "fitted on 80 pairs" in done.out
    assert "checked on 16 pairs of unseen documents" in done.out
    shared = run(*asked[:3], "--check", tmp_path / "a.csv", *asked[5:], model=False)
    assert "a check needs unseen documents" in shared.err


@pytest.mark.slow
@pytest.mark.parametrize("command", [
    ("train", "finetune", "--base", "none", "--out", "none"),
    ("train", "mapper"), ("train", "tiers"), ("evaluate", "pairs"),
])  # fmt: skip
def test_all_commands_that_read_pairs_refuse_a_row_in_the_same_words(command, data, tmp_path, run):
    rows = whole(data, 1)
    rows[7]["score"] = "ninety"
    path = as_csv(tmp_path / "bad.csv", rows)
    model = () if command[1] == "finetune" else ("--model", data[0])
    found = run(*command, path, *model, model=False)
    assert found.status == 2
    assert "1 of 80 rows cannot be used (mend them, or leave them out with --skip-bad-rows)" in (
        found.err
    )
    assert "expected a score from 0 to 100, got 'ninety'" in found.err
    only = run(*command, path, *model, "--resumes", data[3], model=False)
    assert "ids need both --resumes and --adverts" in only.err


@pytest.mark.slow
def test_rows_left_out_on_purpose_are_listed(data, tmp_path, run, monkeypatch):
    monkeypatch.setattr(fit, "MapperSettings", lambda **_: SETTINGS)
    rows = whole(data, 1)
    rows[7]["score"] = 101
    path = as_csv(tmp_path / "bad.csv", rows)
    done = run("train", "mapper", path, "--skip-bad-rows", "--model", data[0], model=False)
    assert done.status == 0, done.err
    assert "fitted on 79 pairs" in done.out
    assert "expected a score from 0 to 100, got '101'" in done.out
