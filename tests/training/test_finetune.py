"""Fine-tuning: learns, survives a kill, refuses what does not fit, reads each document once."""

import contextlib
import json
import math
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import scored
import torch
from safetensors.torch import load_file
from tiny import WORDS
from tokenizers import Tokenizer

from rolefit.encoder import load_encoder
from rolefit.encoder.sentence import sentence_transformer
from rolefit.errors import CheckpointError, DataError, InputError, TrainingError
from rolefit.training import gridtrainer
from rolefit.training.finetune import finetune
from rolefit.training.grids import Reading, Texts
from rolefit.training.gridtrainer import backward
from rolefit.training.losses import LossWeights
from rolefit.training.pairs import Pairs, read_pairs
from rolefit.training.plan import FinetuneSettings
from rolefit.training.scorer import Scorer, coverage, title_cosines

pytestmark = pytest.mark.slow

SETTINGS = FinetuneSettings(
    resumes_per_step=6,
    jobs_per_step=4,
    learning_rate=3e-3,
    steps=6,
    max_tokens=64,
    window_tokens=24,
    window_share=0.5,
    loss=LossWeights(mse=1, affine=0.5, cosent=0.1, listwise=0.1, high_scores=1),
    eval_every=3,
    save_every=1,
    keep_tokens=200,
)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return scored.make_data(tmp_path_factory.mktemp("finetune"))


def tune(data, out, settings=SETTINGS, **options):
    base, train, validation = data
    seen = []
    finetune(
        base, read_pairs([train]), read_pairs([validation]), out, settings, report=seen.append,
        **options,
    )  # fmt: skip
    return seen


def last_weights(out, step=6):
    return load_file(out / "checkpoints" / f"checkpoint-{step}" / "model.safetensors")


def test_a_killed_run_resumes_to_the_same_weights(tmp_path, data):
    tune(data, tmp_path / "whole")
    command = [sys.executable, __file__, *map(str, data), str(tmp_path / "killed")]
    path = os.pathsep.join([*sys.path, os.environ.get("PYTHONPATH", "")])
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": path}
    )
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == "4":
            process.kill()
            break
    process.stdout.close()
    assert process.wait() != 0
    seen = tune(data, tmp_path / "killed", resume=True)
    assert 3 < seen[0].step <= 6
    whole, killed = last_weights(tmp_path / "whole"), last_weights(tmp_path / "killed")
    assert whole.keys() == killed.keys()
    for name, value in whole.items():
        assert torch.equal(value, killed[name]), name


def test_training_raises_the_agreement_with_unseen_scores_and_writes_the_best(tmp_path, data):
    settings = replace(SETTINGS, steps=40, eval_every=10, save_every=40, window_tokens=0)
    seen = tune(data, tmp_path, replace(settings, loss=LossWeights(), patience=9))
    measured = [p.measured["pearson"] for p in seen if p.measured]
    losses = [p.loss for p in seen if not p.measured]
    assert max(measured) > 0.5
    assert np.mean(losses[-5:]) < 0.5 * np.mean(losses[:3])
    assert load_file(tmp_path / "model.safetensors")["word.weight"].dtype == torch.float16
    assert load_encoder(tmp_path).config.hidden_size == 32
    vectors = sentence_transformer(tmp_path).encode([WORDS[0], WORDS[99]])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    log = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert sum("mse" in row and row["tokens"] > 0 for row in log) == 40
    assert sum("eval_within_job" in row for row in log) == 4


def reading(length, titles=()):
    """Units of four tokens each, the special tokens outside."""
    units = torch.arange(length) // 4
    units[-1] = -1
    weights = torch.ones(int(units.max()) + 1)
    return Reading(torch.randint(4, 50, (length,)), units, weights, titles)


def test_coverage_is_the_weighted_mean_of_the_best_lines_cosine():
    unit = torch.nn.functional.normalize(torch.randn(6, 8), dim=-1)
    resumes = [unit[[0, 1, 2, 5]], unit[[0, 3]]]  # a row for the document, then lines, then titles
    jobs = [unit[[5, 1, 4]]]
    weights = (torch.ones(2), torch.ones(1), torch.tensor([3.0, 1.0]))
    of = [Reading(torch.zeros(3), weights=weight) for weight in weights]
    found = coverage(resumes, jobs, of[:2], of[2:])
    best = [max(float(unit[4] @ unit[1]), float(unit[4] @ unit[2])), float(unit[4] @ unit[3])]
    assert found[0, 0] == pytest.approx((3 * 1 + best[0]) / 4, abs=1e-5)
    assert found[1, 0] == pytest.approx((3 * float(unit[1] @ unit[3]) + best[1]) / 4, abs=1e-5)


def test_the_best_title_counts_and_the_cosine_where_there_is_none():
    unit = torch.nn.functional.normalize(torch.randn(6, 8), dim=-1)
    resumes, jobs = [unit[[0, 1, 2]], unit[[0]]], [unit[[5, 1]], unit[[4]]]
    of = [Reading(torch.zeros(3))] * 2
    found = title_cosines(resumes, jobs, of, of, torch.full((2, 2), 0.25))
    assert found[0].tolist() == pytest.approx([1.0, 0.25])
    assert found[1].tolist() == pytest.approx([0.25, 0.25])


def test_lines_and_titles_are_learned_beside_the_cosine_and_measured_with_it(tmp_path, data):
    loss = LossWeights(mse=1, combined=1)
    settings = replace(SETTINGS, steps=40, eval_every=20, save_every=40, loss=loss, patience=9)
    seen = tune(data, tmp_path, settings)
    log = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    combined = [row["combined mse"] for row in log if "combined mse" in row]
    assert np.mean(combined[-5:]) < 0.5 * np.mean(combined[:3])
    assert max(p.measured["pearson"] for p in seen if p.measured) > 0.5
    head = last_weights(tmp_path, 40)["combined_head"]
    assert not torch.equal(head, torch.tensor([0.4, 0.4, 0.2, 0.0]))


def test_sections_of_a_resume_can_be_read_in_another_order(data):
    resume = f"{WORDS[0]}\nSkills\n{WORDS[1]} {WORDS[2]}\nEducation\n{WORDS[3]}"
    pairs = Pairs(
        (resume,), (WORDS[4],), ("r",), ("j",), np.array([[0, 0]]), np.array([50.0]),
        np.array([1.0]), ("",),
    )  # fmt: skip
    texts = Texts(pairs, Tokenizer.from_file(str(data[0] / "tokenizer.json")))
    natural = np.arange(len(texts.ids[0]))
    orders = {tuple(texts.reordered(0, natural, np.random.default_rng(seed))) for seed in range(20)}
    # Read in one order: [CLS] word | Education word | Skills word word | [SEP]
    assert orders == {(0, 1, 2, 3, 4, 5, 6, 7), (0, 1, 4, 5, 6, 2, 3, 7)}


def test_names_that_mean_the_same_are_drawn_together(tmp_path, data):
    names = tmp_path / "names.jsonl"
    groups = [
        [f"{word} {other}", other] for word, other in zip(WORDS[:60], WORDS[60:], strict=False)
    ]
    names.write_text("".join(json.dumps({"names": group}) + "\n" for group in groups))
    settings = replace(SETTINGS, steps=20, eval_every=20, save_every=20, loss=LossWeights(names=1))
    tune(data, tmp_path / "out", settings, names=names)
    log = [json.loads(line) for line in (tmp_path / "out" / "log.jsonl").read_text().splitlines()]
    apart = [row["names"] for row in log if "names" in row]
    assert len(apart) == 20
    assert np.mean(apart[-4:]) < 0.8 * np.mean(apart[:4])


def test_gradients_do_not_depend_on_how_many_graphs_fit_in_memory(data):
    torch.manual_seed(0)
    titles = (torch.tensor([2, 9, 3]), torch.tensor([2, 8, 7, 3]))
    documents = [reading(length, titles) for length in (9, 30, 12, 30, 5)]
    target = torch.rand(5, 5)

    def loss_of(rows):
        vectors = torch.stack([found[0] for found in rows])
        combined = model.combined(rows[:3], rows[3:], documents)
        return (vectors @ vectors.T - target).square().mean() + combined.square().mean()

    gradients = []
    for batch_tokens, keep_tokens in ((1, 10_000), (1, 0), (1, 40), (64, 0), (10_000, 10_000)):
        model = Scorer(load_encoder(data[0]))
        loss = backward(
            model,
            documents,
            loss_of,
            batch_tokens=batch_tokens,
            keep_tokens=keep_tokens,
            context=contextlib.nullcontext,
        )
        assert torch.isfinite(loss)
        gradients.append(
            torch.cat([p.grad.flatten() for p in model.encoder.parameters()]) / loss.item()
        )
    for other in gradients[1:]:
        assert torch.allclose(gradients[0], other, rtol=1e-3, atol=1e-6)


def test_each_document_of_a_step_is_read_once(tmp_path, data, monkeypatch):
    rows = []
    honest = Scorer.forward

    def counted(self, documents):
        rows.append((torch.is_grad_enabled(), len(documents)))
        return honest(self, documents)

    monkeypatch.setattr(Scorer, "forward", counted)
    settings = replace(SETTINGS, steps=1, eval_every=1, keep_tokens=10**6)
    seen = tune(data, tmp_path, settings)
    # Without gradients: validation (12 + 8 documents). Else: twice 3 and 3 in the speed probes.
    assert sum(n for graph, n in rows if not graph) == 20
    assert sum(n for graph, n in rows if graph) == 2 * 6 + 6 + 4
    assert seen[0].tokens <= 10 * 64


def test_resuming_with_other_settings_or_data_is_refused_and_names_them(tmp_path, data):
    tune(data, tmp_path)
    with pytest.raises(CheckpointError, match=r"learning_rate was 0\.003, is 1e-05"):
        tune(data, tmp_path, replace(SETTINGS, learning_rate=1e-5), resume=True)
    with pytest.raises(CheckpointError, match=r"loss mse was 1, is 2"):
        tune(data, tmp_path, replace(SETTINGS, loss=replace(SETTINGS.loss, mse=2)), resume=True)
    other = (data[0], scored.make_pairs(tmp_path / "other.jsonl", 9, 24, 16), data[2])
    with pytest.raises(CheckpointError, match="training pairs was"):
        tune(other, tmp_path, resume=True)


def test_a_finished_folder_is_not_started_over_and_an_empty_one_not_resumed(tmp_path, data):
    with pytest.raises(CheckpointError, match="no checkpoint to resume"):
        tune(data, tmp_path, resume=True)
    tune(data, tmp_path)
    with pytest.raises(CheckpointError, match="holds checkpoints of a run"):
        tune(data, tmp_path)


def test_a_loss_that_is_no_number_stops_and_keeps_the_last_good_checkpoint(
    tmp_path, data, monkeypatch
):
    honest = gridtrainer.grid_loss

    def poisoned(*arguments):
        poisoned.calls += 1
        loss, terms = honest(*arguments)
        return (loss * float("nan") if poisoned.calls == 4 else loss), terms

    poisoned.calls = 0
    monkeypatch.setattr(gridtrainer, "grid_loss", poisoned)
    with pytest.raises(TrainingError, match="the loss became nan at step 4; the last good"):
        tune(data, tmp_path)
    assert all(torch.isfinite(value).all() for value in last_weights(tmp_path, 3).values())


def test_a_full_disk_keeps_the_checkpoint_before(tmp_path, data, monkeypatch):
    honest = torch.save
    calls = []

    def full(what, where, *arguments, **options):
        if "checkpoint-4" in str(where):
            calls.append(where)
            raise OSError(28, os.strerror(28))
        honest(what, where, *arguments, **options)

    monkeypatch.setattr(torch, "save", full)
    with pytest.raises(CheckpointError, match=r"No space left.*is intact"):
        tune(data, tmp_path)
    assert calls
    kept = sorted(p.name for p in (tmp_path / "checkpoints").iterdir())
    assert kept == ["checkpoint-2", "checkpoint-3"]
    monkeypatch.setattr(torch, "save", honest)
    assert tune(data, tmp_path, resume=True)[0].step == 4


def test_training_stops_early_when_validation_gets_no_better(tmp_path, data, monkeypatch):
    monkeypatch.setattr(gridtrainer.Validation, "measure", lambda self, model: {"pearson": 0.5})
    seen = tune(data, tmp_path, replace(SETTINGS, steps=30, eval_every=1, patience=2))
    assert seen[-1].step == 3


def test_a_resumed_run_has_no_more_patience_than_was_left(tmp_path, data, monkeypatch):
    monkeypatch.setattr(gridtrainer.Validation, "measure", lambda self, model: {"pearson": 0.5})
    settings = replace(SETTINGS, steps=30, eval_every=1, patience=3)

    def killed(progress):
        if progress.step == 3 and not progress.measured:
            raise KeyboardInterrupt  # one evaluation was the best, one since was no better

    with pytest.raises(KeyboardInterrupt):
        finetune(
            data[0], read_pairs([data[1]]), read_pairs([data[2]]), tmp_path, settings,
            report=killed,
        )  # fmt: skip
    assert tune(data, tmp_path, settings, resume=True)[-1].step == 4


def test_pairs_that_share_a_document_with_validation_are_refused(tmp_path, data):
    base, train, _ = data
    with pytest.raises(DataError, match="must be unseen"):
        tune((base, train, train), tmp_path)


def test_the_plan_counts_an_epoch_and_keeps_to_the_hours(tmp_path, data):
    plans = []
    tune(data, tmp_path / "a", announce=plans.append)
    assert (plans[0].pairs, plans[0].epoch, plans[0].steps) == (384, 16, 6)
    assert plans[0].tokens[0] <= 10 * 24
    assert "about 0.0 hours" in str(plans[0])
    settings = replace(SETTINGS, steps=0, hours=1e-6, save_every=1)
    tune(data, tmp_path / "b", settings, announce=plans.append)
    assert plans[1].steps == 1


def test_the_rate_warms_up_holds_and_falls_to_zero():
    recipe = FinetuneSettings(steps=100)
    rates = [recipe.rate(step) for step in range(100)]
    assert rates[14] == max(rates) == 1
    assert rates[7] == pytest.approx(8 / 15)
    assert rates[99] == pytest.approx(1 / 85)
    held = [replace(recipe, decay_share=0.2).rate(step) for step in range(100)]
    assert held[14:83] == [1] * 69


@pytest.mark.parametrize(
    "change",
    [{"learning_rate": 0.0}, {"select": "luck"}, {"patience": 0}, {"seed": -1},
     {"weight_decay": -0.1}, {"epochs": math.inf}, {"epochs": math.nan}, {"hours": math.inf},
     {"hours": math.nan}],
)  # fmt: skip
def test_settings_out_of_range_are_named(tmp_path, data, change):
    with pytest.raises(InputError, match=next(iter(change))):
        tune(data, tmp_path, replace(SETTINGS, **change))


def test_settings_can_be_written_as_words():
    found = FinetuneSettings.from_words(["epochs=3", "cosent=0.5", "select=rmse", "steps=7"])
    assert found == FinetuneSettings(
        epochs=3.0, steps=7, select="rmse", loss=LossWeights(cosent=0.5)
    )
    with pytest.raises(InputError, match="steps: expected int, got 'many'"):
        FinetuneSettings.from_words(["steps=many"])
    with pytest.raises(InputError, match=r"one of resumes_per_step, .*, mse, .*got 'luck=1'"):
        FinetuneSettings.from_words(["luck=1"])


def test_pairs_know_what_they_are(data):
    pairs = read_pairs([data[1]])
    assert isinstance(pairs, Pairs)
    assert pairs.fingerprint == read_pairs([data[1]]).fingerprint
    assert pairs.fingerprint != pairs.subset(range(1, 384)).fingerprint


if __name__ == "__main__":
    base, train, validation, out = sys.argv[1:]
    finetune(
        Path(base), read_pairs([Path(train)]), read_pairs([Path(validation)]),
        Path(out), SETTINGS, report=lambda progress: print(progress.step, flush=True),
    )  # fmt: skip
