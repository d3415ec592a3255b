"""`rolefit train finetune`: what it reads, says and refuses."""

import json

import pytest
import scored

pytestmark = pytest.mark.slow

COMMAND = (
    "--set", "steps=2", "--set", "max_tokens=32", "--set", "eval_every=2", "--set", "save_every=2",
)  # fmt: skip


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return scored.make_data(tmp_path_factory.mktemp("finetune"))


def test_the_command_trains_reports_and_goes_on(tmp_path, data, run):
    base, train, validation = data
    bad = tmp_path / "bad.jsonl"
    bad.write_text(train.read_text() + '{"resume": "x"}\n')
    arguments = ("train", "finetune", bad, "--validation", validation, "--base", base, *COMMAND)
    refused = run(*arguments, "-o", tmp_path / "out", model=False)
    assert refused.status != 0
    assert "line 385" in refused.err
    trained = run(*arguments, "-o", tmp_path / "out", "--skip-bad-rows", model=False)
    assert trained.status == 0, trained.err
    for says in ("1 bad rows are left out", "384 pairs, 96 to validate on", "tokens a step",
                 "step 2: on unseen documents: pearson"):  # fmt: skip
        assert says in trained.err
    assert "best weights by pearson" in trained.out
    again = run(*arguments, "-o", tmp_path / "out", "--skip-bad-rows", model=False)
    assert "holds checkpoints of a run" in again.err


def test_the_command_reads_texts_by_id_and_splits_by_document(tmp_path, data, run):
    rows = [json.loads(line) for line in data[1].read_text().splitlines()]
    ids = {side: list(dict.fromkeys(row[side] for row in rows)) for side in ("resume", "job")}
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_text("".join(
        json.dumps({"cv": f"r{ids['resume'].index(row['resume'])}",
                    "job": f"j{ids['job'].index(row['job'])}", "score": row["score"] / 100}) + "\n"
        for row in rows
    ))  # fmt: skip
    for side in ids:
        (tmp_path / f"{side}s.jsonl").write_text("".join(
            json.dumps({"id": f"{side[0]}{i}", "text": text}) + "\n"
            for i, text in enumerate(ids[side])
        ))  # fmt: skip
    done = run(
        "train", "finetune", pairs, "--base", data[0], "-o", tmp_path / "out",
        "--resumes", tmp_path / "resumes.jsonl", "--adverts", tmp_path / "jobs.jsonl",
        "--columns", "resume=cv", "--score-range", "0-1", *COMMAND, model=False,
    )  # fmt: skip
    assert done.status == 0, done.err
    assert "are used for neither" in done.err
    assert (tmp_path / "out" / "model.safetensors").exists()
