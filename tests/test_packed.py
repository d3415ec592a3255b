"""Short texts that share a run of the encoder have the vectors that they have alone, to the bit."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from rolefit import packed
from rolefit.bundle import FILES, Bundle
from rolefit.encode import TextEncoder, session_of
from rolefit.intake import open_encoder

WORDS = "nurse ward python sql ledger audit kitchen staff lessons data sales site".split()


def words(count: int, seed: int = 0) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=count))


@pytest.fixture(scope="module")
def encoder() -> TextEncoder:
    return open_encoder(Bundle.open())


def test_texts_of_every_length_have_the_same_vectors_together_and_alone(
    encoder: TextEncoder,
) -> None:
    texts = [words(count, seed) for count in (1, 2, 5, 14, 31, 63, 126) for seed in range(4)]
    alone = [encoder.vector(text) for text in texts]
    together = encoder.encode(texts)
    assert encoder._packer is not None  # it was tried, and holds here
    assert all(map(np.array_equal, together, alone))


def test_a_text_has_the_same_vector_whoever_shares_its_run(encoder: TextEncoder) -> None:
    text, others = words(9), [words(9, seed) for seed in range(1, 40)]
    alone = encoder.vector(text)
    for count in (1, 3, 39):
        for at in (0, count):
            row = encoder.encode([*others[:at], text, *others[at:count]])[at]
            assert np.array_equal(row, alone)


def test_long_texts_and_none_at_all_stand_in_their_places(encoder: TextEncoder) -> None:
    texts = [words(300), "", words(3), words(200), words(3, 1), words(400)]
    found = list(encoder.encodings(texts))
    assert [one.n_tokens for one in found] == [len(encoder.tokenize(text).ids) for text in texts]
    assert all(
        np.array_equal(f.vector, encoder.vector(t)) for f, t in zip(found, texts, strict=True)
    )
    assert list(encoder.encodings([])) == []


def test_texts_of_one_length_share_runs_and_others_do_not(
    encoder: TextEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert encoder.encode([words(3), words(3, 1)]).shape == (2, 512)
    runs: list[int] = []
    vectors = packed.Packer.vectors

    def counted(self: packed.Packer, rows: list[np.ndarray]) -> list[np.ndarray]:
        runs.append(len(rows))
        return vectors(self, rows)

    monkeypatch.setattr(packed.Packer, "vectors", counted)
    encoder.encode([words(7, seed) for seed in range(16)] + [words(20), words(30)])
    assert sum(runs) == 16
    assert max(runs) <= 16 / min(encoder.jobs, 4)


def test_every_place_is_run_once_and_no_pack_is_larger_than_it_may_be() -> None:
    draw = random.Random(1)
    for threads in (1, 2, 16):
        lengths = [draw.choice((3, 5, 16, 128, 129, 4000)) for _ in range(500)]
        found = packed.packs(lengths, threads)
        assert sorted(place for places in found for place in places) == list(range(500))
        for places in found:
            sizes = {lengths[place] for place in places}
            assert len(sizes) == 1
            assert len(places) == 1 or len(places) * max(sizes) <= packed.ROOM
            assert len(places) == 1 or max(sizes) <= packed.LONGEST


def test_work_that_nobody_waits_for_ends_between_runs(encoder: TextEncoder) -> None:
    calls = []

    def check() -> None:
        calls.append(1)
        if len(calls) > 2:
            raise TimeoutError

    with pytest.raises(TimeoutError):
        list(encoder.encodings([words(200, seed) for seed in range(20)], check=check))
    assert len(calls) < 20


def test_a_graph_of_another_make_is_run_text_by_text(tiny_bundle: Bundle) -> None:
    assert packed.understood(tiny_bundle.path(FILES.encoder).read_bytes()) is None
    assert packed.understood(b"no model at all") is None
    encoder = open_encoder(tiny_bundle)
    texts = [words(4, seed) for seed in range(8)]
    assert np.array_equal(encoder.encode(texts), np.stack([encoder.vector(t) for t in texts]))
    assert encoder._packer is None


def test_a_pack_that_gives_other_bits_is_never_used(encoder: TextEncoder) -> None:
    graph = packed.understood(Bundle.open().path(FILES.encoder).read_bytes())
    assert graph is not None
    assert packed.Packer.tried(encoder.session, graph, session_of) is not None
    one_reach_left = replace(graph, reaches=graph.reaches[:-1])
    assert packed.Packer.tried(encoder.session, one_reach_left, session_of) is None
    unknown = replace(graph, reaches=(*graph.reaches, "i_none"))
    assert packed.Packer.tried(encoder.session, unknown, session_of) is None
