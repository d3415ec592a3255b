"""Clients of other programs get what they are used to."""

from __future__ import annotations

import base64

import numpy as np
import openai
import pytest
from serving import Client

from conftest import ADVERT, CHEF, NURSE

TEXTS = ["ICU nurse", "Chef. Kitchen.", "Backend engineer, python, sql"]


@pytest.fixture
def own(client: Client) -> np.ndarray:
    return client.service.matcher.encoder.encode(TEXTS)


@pytest.mark.parametrize("form", ["float", "base64", None])
def test_the_official_client_gets_the_encoders_vectors(
    client: Client, own: np.ndarray, form: str | None
) -> None:
    with openai.OpenAI(base_url=f"{client.url}/v1", api_key="unused") as official:
        more = {"encoding_format": form} if form else {}
        got = official.embeddings.create(model="rolefit", input=TEXTS, **more)
        assert "rolefit" in [one.id for one in official.models.list()]
    vectors = [
        np.frombuffer(base64.b64decode(one.embedding), "<f4")
        if isinstance(one.embedding, str)
        else np.array(one.embedding, np.float32)
        for one in got.data
    ]
    assert np.array_equal(np.stack(vectors), own)
    assert [one.index for one in got.data] == [0, 1, 2]
    assert got.usage.total_tokens == got.usage.prompt_tokens > 0


def test_the_official_client_raises_its_own_error_for_an_unknown_model(client: Client) -> None:
    with (
        openai.OpenAI(base_url=f"{client.url}/v1", api_key="unused", max_retries=0) as official,
        pytest.raises(openai.NotFoundError, match="there is no model 'gpt'"),
    ):
        official.embeddings.create(model="gpt", input="text")


def test_a_text_alone_has_the_vector_that_it_has_among_others(
    client: Client, own: np.ndarray
) -> None:
    for text, vector in zip(TEXTS, own, strict=True):
        got = client.post("/v1/embeddings", {"model": "rolefit", "input": text}).json
        assert np.array_equal(np.array(got["data"][0]["embedding"], np.float32), vector)
        assert np.array_equal(
            np.array(client.post("/embed", {"inputs": text}).json[0], np.float32), vector
        )
    got = client.post("/embed", {"inputs": TEXTS, "truncate": True, "normalize": True}).json
    assert np.array_equal(np.array(got, np.float32), own)


def test_an_embedding_says_whether_its_text_was_cut_off(client: Client) -> None:
    long = "ward " * 2000
    got = client.post("/v1/embeddings", {"model": "rolefit", "input": ["ward", long]}).json
    assert [one["truncated"] for one in got["data"]] == [False, True]
    assert client.post("/embed", {"inputs": [long]}).error == "TooLarge"
    assert client.post("/embed", {"inputs": [long], "truncate": True}).status == 200
    assert client.post("/rerank", {"query": "x y", "texts": [long]}).error == "TooLarge"


def test_rerank_gives_scores_over_a_hundred_best_first(client: Client) -> None:
    request = {"model": "rolefit", "query": ADVERT, "documents": [CHEF, NURSE, {"text": "Cook"}]}
    got = client.post("/v1/rerank", {**request, "top_n": 2, "return_documents": True}).json
    ranked = client.post("/v1/rank", {"job": ADVERT, "resumes": [CHEF, NURSE, "Cook"]}).json
    expected = [(one["file"], one["score"], one["band"]) for one in ranked["results"]][:2]
    assert [
        (f"resumes[{one['index']}]", round(one["score"], 4), [round(end, 4) for end in one["band"]])
        for one in got["results"]
    ] == expected
    assert all(one["relevance_score"] == one["score"] / 100 for one in got["results"])
    assert got["results"][0]["document"] == {"text": NURSE}
    assert [one["truncated"] for one in got["results"]] == [False, False]


def test_tei_rerank_gives_the_same_in_its_own_words(client: Client) -> None:
    asked = {"query": ADVERT, "texts": [CHEF, NURSE]}
    plain = client.post("/rerank", asked).json
    raw = client.post("/rerank", {**asked, "raw_scores": True, "return_text": True}).json
    other = client.post("/v1/rerank", {"query": ADVERT, "documents": [CHEF, NURSE]}).json["results"]
    assert [one["index"] for one in plain] == [one["index"] for one in other] == [1, 0]
    assert [one["score"] for one in plain] == [one["relevance_score"] for one in other]
    assert [(one["score"], one["text"]) for one in raw] == [
        (other[0]["score"], NURSE), (other[1]["score"], CHEF),
    ]  # fmt: skip


def test_equal_texts_get_equal_scores_and_each_its_place(client: Client) -> None:
    got = client.post("/rerank", {"query": ADVERT, "texts": [NURSE, CHEF, NURSE]}).json
    assert sorted(one["index"] for one in got) == [0, 1, 2]
    assert got[0]["score"] == got[1]["score"]
