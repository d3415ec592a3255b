"""Growing base weights: starts near the teacher, survives a kill, refuses what does not fit."""

import os
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
import tiny
import torch
from safetensors.torch import load_file

from rolefit.encoder import EncoderConfig, load_encoder
from rolefit.errors import CheckpointError, DataError, TrainingError
from rolefit.training import base, checkpoint
from rolefit.training.base import grow
from rolefit.training.corpus import load_corpus
from rolefit.training.teacher import kept_layers, load_teacher, targets, tokenizer_of, warm_start
from rolefit.training.vocabulary import trim

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def teacher_folder(tmp_path_factory):
    return tiny.make_teacher(tmp_path_factory.mktemp("teacher"))


@pytest.fixture(scope="module")
def corpus_file(tmp_path_factory):
    return tiny.make_corpus(tmp_path_factory.mktemp("corpus") / "texts.jsonl")


def run(corpus_file, teacher_folder, out, *, resume=False, settings=tiny.SETTINGS, **options):
    steps = []
    grow(
        [corpus_file],
        out,
        settings,
        shape=tiny.SHAPE,
        teacher_folder=teacher_folder,
        resume=resume,
        report=steps.append,
        **options,
    )
    return steps


def test_a_killed_run_resumes_to_the_same_weights(tmp_path, corpus_file, teacher_folder):
    steps = run(corpus_file, teacher_folder, tmp_path / "whole")
    assert [p.step for p in steps] == [1, 2, 3, 4, 5, 6]
    command = [
        sys.executable,
        tiny.__file__,
        str(teacher_folder),
        str(corpus_file),
        str(tmp_path / "killed"),
    ]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == "3":
            process.kill()
            break
    process.stdout.close()
    assert process.wait() != 0
    resumed = run(corpus_file, teacher_folder, tmp_path / "killed", resume=True)
    assert 3 <= resumed[0].step <= 5
    assert resumed[-1].step == 6
    whole, killed = (
        load_file(tmp_path / x / "checkpoint.safetensors") for x in ("whole", "killed")
    )
    assert whole.keys() == killed.keys()
    for name, value in whole.items():
        assert torch.equal(value, killed[name]), name


def test_training_writes_weights_that_load_and_a_log_line_a_step(
    tmp_path, corpus_file, teacher_folder
):
    run(corpus_file, teacher_folder, tmp_path)
    assert load_encoder(tmp_path).config.hidden_size == 32
    assert len((tmp_path / "log.jsonl").read_text().splitlines()) == 6
    assert (tmp_path / "tokenizer.json").exists()


def test_training_brings_the_student_nearer_to_the_teacher(tmp_path, corpus_file, teacher_folder):
    settings = replace(tiny.SETTINGS, steps=60, eval_every=60, save_every=60, learning_rate=3e-3)
    steps = run(corpus_file, teacher_folder, tmp_path, settings=settings)
    assert np.mean([p.loss for p in steps[-10:]]) < 0.7 * np.mean([p.loss for p in steps[:5]])


def test_resuming_with_other_settings_is_refused_and_names_them(
    tmp_path, corpus_file, teacher_folder
):
    run(corpus_file, teacher_folder, tmp_path)
    other = replace(tiny.SETTINGS, learning_rate=1.0)
    with pytest.raises(CheckpointError, match=r"learning_rate was 0\.0004, is 1\.0"):
        run(corpus_file, teacher_folder, tmp_path, resume=True, settings=other)


def test_resuming_with_other_texts_is_refused(tmp_path, corpus_file, teacher_folder):
    run(corpus_file, teacher_folder, tmp_path)
    fewer = tiny.make_corpus(tmp_path / "fewer.jsonl", texts=80)
    with pytest.raises(CheckpointError, match="corpus was"):
        run(fewer, teacher_folder, tmp_path, resume=True)


def test_resuming_with_another_teacher_is_refused(tmp_path, corpus_file, teacher_folder):
    run(corpus_file, teacher_folder, tmp_path / "out")
    other = tiny.make_teacher(tmp_path / "other", seed=2)
    with pytest.raises(CheckpointError, match="teacher was"):
        run(corpus_file, other, tmp_path / "out", resume=True)


def test_a_folder_with_a_checkpoint_is_not_started_over(tmp_path, corpus_file, teacher_folder):
    run(corpus_file, teacher_folder, tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(CheckpointError, match="holds the checkpoint of a run; go on with --resume"):
        run(corpus_file, teacher_folder, tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_run_killed_after_its_last_checkpoint_still_writes_its_weights(
    tmp_path, corpus_file, teacher_folder, monkeypatch
):
    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(base, "save_encoder", killed)
        with pytest.raises(KeyboardInterrupt):
            run(corpus_file, teacher_folder, tmp_path)
    assert not (tmp_path / "model.safetensors").exists()
    assert run(corpus_file, teacher_folder, tmp_path, resume=True) == []
    weights = load_file(tmp_path / "model.safetensors")
    trained = load_file(tmp_path / checkpoint.FILE)
    for name, value in weights.items():
        assert torch.equal(value, trained[f"model.{name}"].half()), name


def test_resuming_nothing_is_an_error(tmp_path, corpus_file, teacher_folder):
    with pytest.raises(CheckpointError, match="no checkpoint"):
        run(corpus_file, teacher_folder, tmp_path, resume=True)


def test_a_run_may_be_given_more_steps(tmp_path, corpus_file, teacher_folder):
    run(corpus_file, teacher_folder, tmp_path)
    longer = run(
        corpus_file, teacher_folder, tmp_path, resume=True, settings=replace(tiny.SETTINGS, steps=8)
    )
    assert [p.step for p in longer] == [7, 8]


def test_a_loss_that_is_no_number_stops_and_keeps_the_last_good_checkpoint(
    tmp_path, corpus_file, teacher_folder, monkeypatch
):
    honest = base._loss

    def poisoned(*arguments):
        loss = honest(*arguments)
        poisoned.calls += 1
        return loss * float("nan") if poisoned.calls == 4 else loss

    poisoned.calls = 0
    monkeypatch.setattr(base, "_loss", poisoned)
    with pytest.raises(TrainingError, match="nan at step 3"):
        run(corpus_file, teacher_folder, tmp_path)
    saved = load_file(tmp_path / checkpoint.FILE)
    assert all(torch.isfinite(value).all() for value in saved.values())


def test_a_full_disk_keeps_the_old_checkpoint(tmp_path, corpus_file, teacher_folder, monkeypatch):
    run(corpus_file, teacher_folder, tmp_path)
    before = (tmp_path / checkpoint.FILE).read_bytes()

    def full(descriptor):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CheckpointError, match="is intact"):
        run(
            corpus_file,
            teacher_folder,
            tmp_path,
            resume=True,
            settings=replace(tiny.SETTINGS, steps=7),
        )
    assert (tmp_path / checkpoint.FILE).read_bytes() == before


def test_reserved_and_excluded_texts_are_never_read(tmp_path, teacher_folder):
    path = tmp_path / "texts.jsonl"
    tiny.make_corpus(path)
    marked = path.read_text().replace(
        '"id": "T0", "reserved": false', '"id": "T0", "reserved": true'
    )
    path.write_text(marked)
    tokenizer = trim(tokenizer_of(teacher_folder)).tokenizer
    corpus = load_corpus([path], tokenizer, frozenset({"T1", "T2"}))
    assert len(corpus.train) + len(corpus.held_out) == 120 - 3


def test_a_broken_corpus_line_is_named_by_its_number(tmp_path, teacher_folder):
    path = tmp_path / "texts.jsonl"
    path.write_text('{"id": "a", "text": "x"}\n{"id": \n')
    with pytest.raises(DataError, match="line 2: not JSON"):
        load_corpus([path], tokenizer_of(teacher_folder), frozenset())


@pytest.mark.parametrize(
    "row", ['["a", "x"]', '{"text": "x"}', '{"id": "b"}', '{"id": 1, "text": 2}']
)
def test_a_corpus_row_without_id_and_text_is_named_by_its_number(tmp_path, teacher_folder, row):
    path = tmp_path / "texts.jsonl"
    path.write_text('{"id": "a", "text": "x"}\n' + row + "\n")
    with pytest.raises(DataError, match=r"line 2: expected an (`id` and a `text`|object)"):
        load_corpus([path], tokenizer_of(teacher_folder), frozenset())


def test_the_tokenizer_drops_unused_and_foreign_words_and_keeps_the_rest(teacher_folder):
    vocabulary = trim(tokenizer_of(teacher_folder))
    words = vocabulary.tokenizer.get_vocab()
    assert "[unused0]" not in words
    assert "привет" not in words
    assert set(tiny.WORDS) < words.keys()
    old = tokenizer_of(teacher_folder)
    text = f"{tiny.WORDS[0]} {tiny.WORDS[-1]}"
    new_ids = vocabulary.tokenizer.encode(text).ids
    assert vocabulary.kept[new_ids].tolist() == old.encode(text).ids


def started_without_positions(teacher, vocabulary, shape, monkeypatch):
    """A student whose heads look equally far, and ids (5, 20) to try it on."""
    monkeypatch.setattr("rolefit.encoder.config.alibi_slopes", lambda heads: [0.0] * heads)
    kept = torch.from_numpy(vocabulary.kept)
    body = torch.randint(4, len(kept), (5, 20))
    return warm_start(teacher, shape, kept, vocabulary.for_teacher(body), seed=1), body


def test_without_positions_and_skipped_layers_the_start_equals_the_teacher(
    teacher_folder, monkeypatch
):
    """With all that the start cannot copy removed, widening preserves the function."""
    teacher = load_teacher(teacher_folder)
    state = teacher.model.state_dict()
    state["embeddings.position_embeddings.weight"].zero_()
    for layer in (2, 4):  # the layers the student lacks: made silent
        for part in ("attention.output", "output"):
            name = f"encoder.layer.{layer}.{part}"
            state[f"{name}.dense.weight"].zero_()
            state[f"{name}.dense.bias"].zero_()
    vocabulary = trim(tokenizer_of(teacher_folder))
    shape = EncoderConfig(
        vocab_size=len(vocabulary.kept),
        hidden_size=32,
        num_hidden_layers=4,
        num_attention_heads=4,
        intermediate_size=40,
    )
    student, body = started_without_positions(teacher, vocabulary, shape, monkeypatch)
    _, pooled = targets(teacher, vocabulary, body, 20, kept_layers(shape))
    with torch.no_grad():
        mine = student(vocabulary.framed(body)).mean(dim=1)[:, :24]
    cosines = torch.cosine_similarity(mine, pooled, dim=-1)
    # Copied dimensions shift LayerNorm's mean and variance a little, at width 24 more than at 384.
    assert cosines.min() > 0.97


def test_without_positions_a_student_of_the_teachers_shape_is_the_teacher(
    teacher_folder, monkeypatch
):
    """Biases of the feed-forward included, though no dimension is kept for a constant."""
    teacher = load_teacher(teacher_folder)
    teacher.model.state_dict()["embeddings.position_embeddings.weight"].zero_()
    vocabulary = trim(tokenizer_of(teacher_folder))
    shape = EncoderConfig(
        vocab_size=len(vocabulary.kept),
        hidden_size=teacher.model.config.hidden_size,
        num_hidden_layers=6,
        num_attention_heads=teacher.model.config.num_attention_heads,
        intermediate_size=teacher.model.config.intermediate_size,
    )
    student, body = started_without_positions(teacher, vocabulary, shape, monkeypatch)
    layers, _ = targets(teacher, vocabulary, body, 20, kept_layers(shape))
    with torch.no_grad():
        states = student.hidden_states(vocabulary.framed(body))[1:]
    for mine, theirs in zip(states, layers, strict=True):
        assert torch.allclose(mine[:, 1:-1], theirs, atol=1e-4)


def test_a_student_of_another_number_of_layers_is_refused(teacher_folder):
    shape = EncoderConfig(vocab_size=8, hidden_size=384, num_hidden_layers=5)
    with pytest.raises(TrainingError, match="students of 4 or 6 layers, got 5"):
        kept_layers(shape)
