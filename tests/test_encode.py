"""Encoding: one document, one run; neighbours, order and parallel runs change no bit."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rolefit.bundle import Bundle
from rolefit.encode import pool_lines
from rolefit.errors import BundleError, InputError
from rolefit.intake import open_encoder
from rolefit.reading import from_text
from rolefit.records import Tokens
from rolefit.tokens import Tokenizer

texts = st.lists(st.text(alphabet="abc nurse\n", min_size=1, max_size=60).filter(str.strip),
                 min_size=1, max_size=12)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(texts=texts, seed=st.integers(0, 99))
def test_neighbours_order_and_parallel_runs_change_no_bit(tiny_bundle, texts, seed):
    encoder = open_encoder(tiny_bundle, jobs=3)
    together = encoder.encode(texts, batch_size=5)
    order = np.random.default_rng(seed).permutation(len(texts))
    shuffled = encoder.encode([texts[i] for i in order])
    alone = [open_encoder(tiny_bundle, jobs=1).encode([text])[0] for text in texts]
    assert together.dtype == np.float32
    np.testing.assert_array_equal(together[order], shuffled)
    np.testing.assert_array_equal(together, np.stack(alone))


def test_vectors_have_unit_length(tiny_bundle):
    rows = open_encoder(tiny_bundle).encode(["nurse ward patient", "python server"])
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-6)


def test_no_texts_give_no_rows(tiny_bundle):
    assert open_encoder(tiny_bundle).encode([]).shape == (0, tiny_bundle.hidden_size)


def test_one_string_instead_of_a_list_is_refused(tiny_bundle):
    with pytest.raises(InputError, match="pass \\[text\\]"):
        open_encoder(tiny_bundle).encode("nurse")


@pytest.mark.parametrize("jobs", [0, -1])
def test_less_than_one_job_is_refused(tiny_bundle, jobs):
    with pytest.raises(InputError, match="at least 1"):
        open_encoder(tiny_bundle, jobs=jobs)


def test_a_line_vector_is_the_unit_mean_of_its_tokens(tiny_bundle):
    encoder = open_encoder(tiny_bundle)
    document = from_text("Senior nurse\n\n  ward staff  \npython", "d")
    encoding = encoder.encode_document(document)
    tokens = encoder.tokenize(document.text)
    _, hidden = encoder.run(tokens)
    assert encoding.lines.shape == (3, tiny_bundle.hidden_size)
    for line, vector in zip(document.lines, encoding.lines, strict=True):
        inside = [line.start <= s and e <= line.end and e > s for s, e in tokens.spans]
        mean = hidden[inside].mean(axis=0)
        np.testing.assert_allclose(vector, mean / np.linalg.norm(mean), atol=1e-6)


def test_lines_beyond_the_limit_have_zero_vectors_and_the_cut_is_counted(tiny_bundle):
    encoder = open_encoder(tiny_bundle)
    document = from_text("nurse ward\n" * 400, "long")
    encoding = encoder.encode_document(document)
    assert encoding.n_tokens == tiny_bundle.max_tokens
    assert encoding.dropped == 800 + 2 - tiny_bundle.max_tokens
    assert not encoding.lines[-1].any()
    assert encoding.lines[0].any()


def test_a_document_without_lines_pools_none(tiny_bundle):
    tokens = Tokens(np.array([2, 3]), np.array([[0, 0], [0, 0]]), 0)
    assert pool_lines(np.ones((2, 4), np.float32), tokens, np.zeros((0, 2), int)).shape == (0, 4)


def test_token_spans_slice_the_text_they_came_from(tiny_bundle):
    text = "Nurse café 北京 C++"
    tokens = open_encoder(tiny_bundle).tokenize(text)
    assert text[slice(*tokens.spans[1])] == "Nurse"
    assert (tokens.spans[:, 0] <= tokens.spans[:, 1]).all()
    assert tokens.spans.max() <= len(text)


def test_map_draws_only_a_few_items_ahead(tiny_bundle):
    drawn = []

    def items():
        for i in range(100):
            drawn.append(i)
            yield i

    results = open_encoder(tiny_bundle, jobs=2).map(lambda x: x, items())
    assert next(results) == 0
    assert len(drawn) < 10
    assert list(results) == list(range(1, 100))


def test_an_error_in_one_document_reaches_the_caller(tiny_bundle):
    def fail(item):
        raise InputError(f"bad {item}")

    with pytest.raises(InputError, match="bad 0"):
        list(open_encoder(tiny_bundle).map(fail, range(50)))


def test_a_model_file_that_is_no_onnx_is_a_bundle_error(tiny_bundle, tmp_path):
    for file in tiny_bundle.folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    path = tmp_path / "encoder.int8.onnx"
    path.write_bytes(bytes(path.stat().st_size))
    with pytest.raises(BundleError, match="onnxruntime cannot load it"):
        open_encoder(Bundle.open(tmp_path)).encode(["nurse"])


def test_a_tokenizer_that_is_no_json_is_a_bundle_error(tmp_path):
    (tmp_path / "tokenizer.json").write_text("{")
    with pytest.raises(BundleError, match=r"expected a tokenizer\.json"):
        Tokenizer(tmp_path / "tokenizer.json", 8)("text")
