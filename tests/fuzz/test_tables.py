"""Whatever a model folder, receipt, taxonomy, cache or table holds: a value or an error of ours."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import mutate
import pytest
import seeds
import targets
from fuzzing import fuzz
from hypothesis import strategies as st
from workers import Worker, once

from rolefit import receipts

RECEIPT = {
    "format": 1, "rolefit": "0", "resume": {"name": "a", "sha256": "b"}, "job": {}, "taxonomy": "",
    "bundle": {"name": "x"}, "features": {"cosine": 0.5}, "score": 71.3, "band": [60.1, 82.5],
}  # fmt: skip
ROWS = [{"resume": f"Python {i}", "job": "Backend\n", "score": 10 * i} for i in range(4)]
CSV = "resume,job,score,block\n" + "".join(
    f'"Python, {i}","Back\nend",{10 * i},\n' for i in range(4)
)
BODY = {
    "phrases": {
        "key": "a\nb",
        "concept": [0, 1],
        "rule": "01",
        "surface": {"0": ["a"]},
        "form": {},
    },
    "starts": {"words": "a\nb", "lengths": [1, 1]},
    "concepts": {"id": "a\nb"},
}


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.close()


def test_the_sound_model_folder_is_opened(worker: Worker) -> None:
    answer = worker.ask("bundle", seeds.model())
    assert (answer.outcome, answer.value) == ("ok", "tiny [50.]")


@pytest.mark.slow
def test_a_spoilt_manifest_is_refused(worker: Worker) -> None:
    sound = json.loads(seeds.model()["manifest.json"])
    files = mutate.json_of(sound).map(lambda data: {**seeds.model(), "manifest.json": data})
    fuzz(worker, "bundle", st.tuples(files))


@pytest.mark.slow
@pytest.mark.parametrize("name", seeds.MODEL)
def test_a_spoilt_file_of_a_model_is_refused(worker: Worker, name: str) -> None:
    files = mutate.json_of(seeds.MODEL[name]).map(lambda data: seeds.model({name: data}))
    fuzz(worker, "bundle", st.tuples(files))


@pytest.mark.slow
def test_a_spoilt_receipt_is_refused(worker: Worker) -> None:
    whole = {**RECEIPT, "digest": receipts.digest(RECEIPT)}
    fuzz(worker, "receipt", st.tuples(mutate.json_of(whole)))


@pytest.mark.slow
def test_a_spoilt_taxonomy_is_refused_even_if_its_hash_fits(worker: Worker) -> None:
    sound = seeds.taxonomy(json.dumps(BODY).encode())
    files = mutate.spoilt(sound) | mutate.json_of(BODY).map(seeds.taxonomy)
    fuzz(worker, "a_taxonomy", st.tuples(files))


@pytest.mark.slow
def test_a_spoilt_cache_stops_nothing(worker: Worker) -> None:
    old = targets.an_old_cache()
    fuzz(worker, "cache", st.tuples(mutate.spoilt(old), st.none() | st.binary(max_size=40)))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["pairs.jsonl", "pairs.csv", "pairs.csv.gz"])
def test_a_spoilt_table_of_pairs_is_read_or_refused(worker: Worker, name: str) -> None:
    lines = "".join(json.dumps(row) + "\n" for row in ROWS)
    if name == "pairs.jsonl":
        line = mutate.json_of(ROWS[0]).map(lambda data: lines.encode() + data)
        files = mutate.spoilt(lines.encode()) | line
    else:
        files = mutate.spoilt(CSV.encode()) | mutate.pieces(CSV, r"[\",\n]").map(str.encode)
    if name.endswith(".gz"):
        files = files.map(gzip.compress) | mutate.spoilt(gzip.compress(CSV.encode(), mtime=0))
    fuzz(worker, "table", st.tuples(files, st.just(name)))


def test_a_worker_that_dies_is_reported_and_started_again(worker: Worker) -> None:
    assert worker.ask("no such target").outcome == "unexpected"
    worker.ask("receipt", b"{}")
    process = worker._process
    assert process is not None
    process.kill()
    process.wait()
    assert worker.ask("receipt", b"{}").outcome == "died"
    assert worker.ask("receipt", b"{}").outcome == "ReceiptError"


def test_a_worker_that_does_not_answer_is_reported(tmp_path: Path) -> None:
    assert once("reading", b"Jane", seconds=0.0).outcome == "hung"
