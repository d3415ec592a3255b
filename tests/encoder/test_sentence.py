"""`SentenceTransformer(folder)` gives what rolefit's own encoder gives."""

import json
import warnings

import numpy as np
import pytest
import torch

pytest.importorskip("sentence_transformers")
with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the library's own imports
    import sentence_transformers
    from sentence_transformers import SentenceTransformer

    from rolefit.encoder.sentence import (
        SentenceEncoder,
        sentence_transformer,
        write_sentence_files,
    )

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

from rolefit.encoder import Encoder, EncoderConfig, load_encoder, save_encoder
from rolefit.encoder.model import mean_pool
from rolefit.errors import InputError, WeightsError

# From version 6 on the library asks for this consent for classes of any other package.
CONSENT = {"trust_remote_code": True} if sentence_transformers.__version__ >= "6" else {}
WORDS = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    *"nurse ward care python code server data years of".split(),
]
TEXTS = [
    "nurse",
    "ward care " * 40,
    "",
    "python code of server data",
    "years of data " * 700,
    "nurse ward years of care",
]
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")


def small_tokenizer():
    ids = {word: i for i, word in enumerate(WORDS)}
    tokenizer = Tokenizer(models.WordPiece(ids, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    return tokenizer


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    torch.manual_seed(5)
    shape = EncoderConfig(
        vocab_size=len(WORDS),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=48,
    )
    encoder = Encoder(shape).eval()
    for parameter in encoder.parameters():
        torch.nn.init.normal_(parameter, std=0.4)
    path = tmp_path_factory.mktemp("weights")
    save_encoder(encoder, path)
    small_tokenizer().save(str(path / "tokenizer.json"))
    write_sentence_files(path)
    return path


@pytest.fixture(autouse=True)
def _offline(monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")


@pytest.fixture
def model(folder):
    return SentenceTransformer(str(folder), device="cpu", **CONSENT)


@pytest.fixture(scope="module")
def expected(folder):
    """Each text alone, through rolefit's own torch encoder."""
    return np.stack([alone(folder, text) for text in TEXTS])


def alone(folder, text, most=8_192):
    ids = small_tokenizer().encode(text).ids
    ids = ids if len(ids) <= most else [*ids[: most - 1], ids[-1]]
    with torch.inference_mode():
        return mean_pool(load_encoder(folder)(torch.tensor([ids])))[0].numpy()


def cosines(left, right):
    return (left.astype(np.float64) * right).sum(axis=1)


@pytest.mark.parametrize("batch_size", [1, 4, 32])
def test_vectors_equal_those_of_each_text_alone_whatever_the_batch(model, expected, batch_size):
    vectors = model.encode(TEXTS, batch_size=batch_size)
    assert vectors.shape == (len(TEXTS), 32)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert cosines(vectors, expected).min() > 0.99999


def test_the_factory_needs_no_consent_and_gives_the_same_vectors(folder, expected):
    assert cosines(sentence_transformer(folder).encode(TEXTS), expected).min() > 0.99999


def test_saving_and_loading_again_changes_nothing(model, tmp_path, expected):
    model.save(str(tmp_path / "copy"))
    again = SentenceTransformer(str(tmp_path / "copy"), device="cpu", **CONSENT)
    np.testing.assert_array_equal(again.encode(TEXTS), model.encode(TEXTS))
    weights, copy = model[0].encoder.state_dict(), load_encoder(tmp_path / "copy").state_dict()
    assert all(torch.equal(weights[name], copy[name]) for name in weights)


def test_max_seq_length_is_8192_can_be_lowered_and_is_saved(model, folder, tmp_path):
    assert model.max_seq_length == 8_192
    model.max_seq_length = 256
    long = TEXTS[4]
    assert model.tokenize([long])["input_ids"].shape == (1, 256)
    assert cosines(model.encode([long]), alone(folder, long, 256)[None])[0] > 0.99999
    model.save(str(tmp_path / "short"))
    assert SentenceTransformer(str(tmp_path / "short"), **CONSENT).max_seq_length == 256


def test_a_prompt_is_put_in_front_and_the_dimension_is_known(model):
    prompted = model.encode(["code"], prompt="python ")
    np.testing.assert_allclose(prompted, model.encode(["python code"]), atol=1e-6)
    dimension = getattr(model, "get_embedding_dimension", None)
    assert (dimension or model.get_sentence_embedding_dimension)() == 32


def test_it_can_be_trained_through_the_library(model):
    features = model.tokenize(["nurse ward", "python"])
    model(features)["sentence_embedding"].sum().backward()
    assert model[0].encoder.word.weight.grad is not None


def test_no_code_in_the_folder_is_run(folder, tmp_path):
    for path in folder.rglob("*"):
        if path.is_file():
            target = tmp_path / path.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    trap = "raise AssertionError('code of the folder was run')"
    for name in ("rolefit.py", "sentence.py", "rolefit.encoder.sentence.py"):
        (tmp_path / name).write_text(trap)
    loaded = SentenceTransformer(str(tmp_path), device="cpu", **CONSENT)
    assert type(loaded[0]) is SentenceEncoder


def test_every_module_that_the_folder_names_is_an_installed_class(folder):
    kinds = [entry["type"] for entry in json.loads((folder / "modules.json").read_text())]
    assert kinds[0] == "rolefit.encoder.sentence.SentenceEncoder"
    assert all(kind.startswith("sentence_transformers.") for kind in kinds[1:])


def test_what_it_cannot_read_or_write_is_refused(model, folder, tmp_path):
    with pytest.raises(InputError, match="list of texts, got int"):
        model[0].preprocess([3])
    with pytest.raises(InputError, match="never pickle"):
        model.save(str(tmp_path), safe_serialization=False)
    for name in ("config.json", "model.safetensors"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    (tmp_path / "tokenizer.json").unlink(missing_ok=True)
    with pytest.raises(WeightsError, match="expected a tokenizer"):
        SentenceEncoder.from_folder(tmp_path)
