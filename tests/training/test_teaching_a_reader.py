"""A reader is taught, exported, and reads as it did in torch."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from rolefit.encode import open_session
from rolefit.errors import DataError
from rolefit.export.reader_graph import ABSENT, ReaderShape, build
from rolefit.training.reader import fit_last
from rolefit.training.reader_labels import _check
from rolefit.training.reader_net import ReaderNet, pad

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def net() -> ReaderNet:
    from transformers import BertConfig, BertModel

    torch.manual_seed(3)
    config = BertConfig(
        vocab_size=60, hidden_size=32, num_hidden_layers=2, num_attention_heads=4,
        intermediate_size=48, max_position_embeddings=64,
    )  # fmt: skip
    net = ReaderNet(BertModel(config), 3).eval()
    torch.nn.init.normal_(net.seg.weight, std=0.3)
    return net


def test_the_graph_reads_as_torch_does_alone_and_across(net: ReaderNet, tmp_path: Path) -> None:
    weights = {name: value.numpy() for name, value in net.state_dict().items()}
    path = tmp_path / "reader.onnx"
    path.write_bytes(build(weights, ReaderShape(32, 2, 4, 3), int8=False).SerializeToString())
    session = open_session(path)
    ids = [2, 17, 21, 3, 9, 30, 3, 41, 3]
    parts = [0, 0, 0, 0, 2, 2, 2, 1, 1]
    with torch.no_grad():
        alone = net.alone([ids])[0].numpy()
        status, points = net.across(*(pad([row])[0] for row in (ids, parts)), pad([ids])[1])
    marks = np.minimum(parts, 2)
    feed = {"ids": np.array(ids), "marks": marks, "parts": np.array(parts)}
    got_status, got_points = session.run(["status", "points"], feed)
    np.testing.assert_allclose(got_status, status[0].numpy(), atol=1e-5)
    np.testing.assert_allclose(got_points, points[0].numpy(), atol=1e-5)
    assert (got_points[1:] == ABSENT).all()
    feed = {"ids": np.array(ids), "marks": np.full(9, 3), "parts": np.zeros(9, np.int64)}
    np.testing.assert_allclose(session.run(["vector"], feed)[0], alone, atol=1e-5)


def test_the_last_step_learns_which_numbers_tell_the_status() -> None:
    rng = np.random.default_rng(5)
    status = rng.integers(0, 3, 300)
    rows = np.column_stack([status + rng.normal(0, 0.2, 300), rng.normal(0, 1, 300)])
    last = fit_last(rows, status)
    called = (rows @ np.array(last["w"]).T + last["b"]).argmax(1)
    assert (called == status).mean() > 0.9


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"resume": "R9"}, "no text of resume 'R9'"),
        ({"status": "maybe"}, "expected a status of"),
        ({"span": [4, 4]}, "expected a span"),
        ({"kind": "wish"}, "a kind of"),
    ],
)
def test_a_label_that_does_not_fit_is_named(change: dict[str, object], said: str) -> None:
    row = {"resume": "R1", "job": "J1", "span": [0, 4], "kind": "duty", "status": "met"}
    with pytest.raises(DataError, match=said):
        _check({**row, **change}, "labels.jsonl, row 7", {"R1": "text"}, {"J1": "text"})
