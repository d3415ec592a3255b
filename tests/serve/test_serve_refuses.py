"""What cannot be answered is refused with what was expected, what came and what to do."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from serving import JSON, Client, eventually, form, serving

from conftest import ADVERT, CHEF, NURSE
from rolefit.bundle import Bundle
from rolefit.matcher import Matcher
from rolefit.reading import Limits
from rolefit.serve import MIB, TEXT, Allowed

PAIR = {"resume": NURSE, "job": ADVERT}


@pytest.mark.parametrize(
    ("path", "content", "status", "kind"),
    [
        ("/v1/score", b"", 400, "BadRequest"),
        ("/v1/score", b"{", 400, "BadRequest"),
        ("/v1/score", b'{"resume": "\xff\xfe", "job": "x"}', 400, "BadRequest"),
        ("/v1/score", b'{"resume": "\\ud800", "job": "x"}', 400, "BadRequest"),
        ("/v1/score", b"[" * 100_000, 422, "InvalidRequest"),
        ("/v1/score", b'{"resume": ' + b"[" * 100_000, 422, "InvalidRequest"),
        ("/v1/score", [], 422, "InvalidRequest"),
        ("/v1/score", {"resume": NURSE}, 422, "InvalidRequest"),
        ("/v1/score", {**PAIR, "weights": {"needs": -2}}, 422, "InvalidRequest"),
        ("/v1/score", {"resume": " \n", "job": ADVERT}, 422, "InvalidRequest"),
        ("/v1/score", {"resume": 7, "job": ADVERT}, 422, "InvalidRequest"),
        ("/v1/score", {"resume": "a" * (TEXT + 1), "job": ADVERT}, 422, "InvalidRequest"),
        ("/v1/rank", {"job": ADVERT, "resumes": []}, 422, "InvalidRequest"),
        ("/v1/rank", {"job": ADVERT, "resumes": NURSE}, 422, "InvalidRequest"),
        ("/v1/rank", {"job": ADVERT, "resumes": [NURSE], "top": 0}, 422, "InvalidRequest"),
        ("/v1/rank", {"job": ADVERT, "resumes": [NURSE], "top": -1}, 422, "InvalidRequest"),
        ("/v1/rank", {"job": ADVERT, "resumes": ["x"] * 10_000}, 413, "TooLarge"),
        ("/v1/inspect", {"document": NURSE, "as": "invoice"}, 422, "InvalidRequest"),
        ("/v1/embeddings", {"model": "gpt", "input": "x"}, 404, "UnknownModel"),
        ("/v1/embeddings", {"model": "rolefit", "input": [1, 2]}, 422, "InvalidRequest"),
        ("/v1/embeddings", {"model": "rolefit", "input": ""}, 422, "InvalidRequest"),
        ("/v1/embeddings", {"model": "rolefit", "input": []}, 422, "InvalidRequest"),
        ("/v1/embeddings", {"model": "rolefit", "input": ["x"] * 10_000}, 413, "TooLarge"),
        ("/v1/embeddings", {"model": "rolefit", "input": "x", "dimensions": 7}, 422,
         "InvalidRequest"),
        ("/v1/rerank", {"query": ADVERT, "documents": ["x", " "]}, 422, "InvalidRequest"),
        ("/v1/rerank", {"query": ADVERT, "documents": ["x"], "top_n": 0}, 422, "InvalidRequest"),
        ("/v1/rerank", {"query": ADVERT, "documents": ["x"], "model": "no"}, 404, "UnknownModel"),
        ("/embed", {"inputs": "x", "normalize": False}, 422, "InvalidRequest"),
        ("/rerank", {"query": ADVERT, "texts": ["x"] * 10_000}, 413, "TooLarge"),
    ],
)  # fmt: skip
def test_json_that_cannot_be_used_is_named(
    client: Client, path: str, content: Any, status: int, kind: str
) -> None:
    answer = client.post(path, content)
    assert (answer.status, answer.error) == (status, kind)
    assert answer.headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    ("file", "data", "status", "kind"),
    [
        ("cv.pdf", b"%PDF-1.7 broken", 422, "DamagedFileError"),
        ("cv.pdf", b"\x7fELF" + bytes(100), 422, "UnknownFormatError"),
        ("cv.txt", b"", 422, "EmptyDocumentError"),
        ("cv.txt", b"a " * (11 * MIB), 413, "LimitError"),
        ("cv.zip", b"PK\x03\x04 and nothing", 422, None),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_what_to_do(
    client: Client, file: str, data: bytes, status: int, kind: str | None
) -> None:
    answer = client.form("/v1/score", ("resume", (file, data)), ("job", ADVERT))
    assert answer.status == status
    assert kind in (answer.error, None)
    assert file in answer.json["error"]["message"]


def test_a_file_with_more_text_than_a_request_may_have_is_refused(tiny_bundle: Bundle) -> None:
    limits = Limits(characters=TEXT)
    with serving(tiny_bundle, matcher=Matcher(tiny_bundle, limits=limits)) as running:
        long = ("resume", ("cv.txt", b"ward " * (TEXT // 4)))
        answer = running.form("/v1/score", long, ("job", ADVERT))
        assert (answer.status, answer.error) == (413, "LimitError")
        assert "characters" in answer.json["error"]["message"]


def test_a_zip_bomb_is_refused_before_it_is_unpacked(client: Client) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", bytes(30 * MIB))
    answer = client.form(
        "/v1/rank", ("job", ADVERT), ("resumes", ("people.zip", packed.getvalue())),
        ("resumes", ("chef.txt", CHEF.encode())),
    )  # fmt: skip
    assert answer.status == 200
    assert [one["file"] for one in answer.json["results"]] == ["chef.txt"]
    assert [one["error"] for one in answer.json["not_read"]] == ["LimitError"]


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ((), "resume"),
        ((("resume", NURSE),), "job"),
        ((("resume", NURSE), ("resume", CHEF), ("job", ADVERT)), "resume"),
        ((("resume", NURSE), ("job", ADVERT), ("picture", ("a.png", b"x"))), "picture"),
        ((("resume", NURSE), ("job", ADVERT), ("colour", "green")), "colour"),
        ((("resume", NURSE), ("job", ADVERT), ("fast", "true"), ("fast", "false")), "fast"),
        ((("resume", NURSE), ("job", ADVERT), ("must", ("a.txt", b"x"))), "must"),
    ],
)
def test_a_form_that_lacks_or_has_too_much_is_refused(
    client: Client, fields: tuple[Any, ...], word: str
) -> None:
    answer = client.form("/v1/score", *fields)
    assert (answer.status, answer.error) == (422, "InvalidRequest")
    assert word in answer.json["error"]["message"]


def test_a_form_without_an_end_or_a_boundary_or_utf8_is_refused(client: Client) -> None:
    kind, body = form(("resume", NURSE), ("job", ADVERT))
    for type_, data in (
        ("multipart/form-data", body),
        ("multipart/form-data; boundary=other", body),
        (kind, b"no form at all"),
        (kind, body.replace(b"nurse", b"n\xffrse")),
        (kind, b""),
    ):
        answer = client.ask("POST", "/v1/score", data, {"Content-Type": type_})
        assert (type_, answer.status) in ((type_, 400), (type_, 422))
        assert answer.error in ("BadRequest", "InvalidRequest")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        JSON | {"Content-Encoding": "gzip"},
        {"Content-Type": "application/json; charset=utf-16"},
    ],
)
def test_other_types_of_body_are_refused(client: Client, headers: dict[str, str]) -> None:
    answer = client.ask("POST", "/v1/score", json.dumps(PAIR).encode(), headers)
    assert (answer.status, answer.error) == (415, "UnsupportedMediaType")
    _, body = form(("input", "x"))
    answer = client.ask("POST", "/v1/embeddings", body, {"Content-Type": "multipart/form-data"})
    assert answer.status == 415


def test_other_methods_and_paths_are_refused_and_head_is_get_without_a_body(
    client: Client,
) -> None:
    for method in ("GET", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"):
        answer = client.ask(method, "/v1/score")
        assert (answer.status, answer.error) == (405, "MethodNotAllowed")
        assert answer.headers["allow"] == "POST"
    assert client.post("/healthz", {}).status == 405
    head = client.ask("HEAD", "/healthz")
    assert (head.status, head.body) == (200, b"")
    for path in ("/nothing", "/v1/score/", "/v1/../v1/score", "//v1/score", "/%2e%2e/etc/passwd"):
        assert (path, client.get(path).status) == (path, 404)


def test_a_request_beyond_the_limit_is_refused_whether_it_says_so_or_not(
    tiny_bundle: Bundle,
) -> None:
    with serving(tiny_bundle, Allowed(request_bytes=10_000)) as running:
        said = running.post("/v1/score", {"resume": "x" * 20_000, "job": ADVERT})
        assert (said.status, said.error) == (413, "TooLarge")
        with running.dial() as dialled:
            dialled.sendall(
                b"POST /v1/score HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                b"Transfer-Encoding: chunked\r\n\r\n"
            )
            for _ in range(3):
                dialled.sendall(b"1388\r\n" + b"x" * 5000 + b"\r\n")
            assert dialled.recv(100).startswith(b"HTTP/1.1 413")
        assert running.post("/v1/score", PAIR).status == 200


def test_bodies_of_all_requests_have_a_limit_together(tiny_bundle: Bundle) -> None:
    with serving(tiny_bundle, Allowed(held_bytes=5_000)) as running:
        answer = running.post("/v1/score", {"resume": "x" * 6_000, "job": ADVERT})
        assert (answer.status, answer.error) == (503, "Busy")
        assert int(answer.headers["retry-after"]) > 0
        assert running.post("/v1/score", PAIR).status == 200
        assert running.service.held.bytes == 0


def test_what_takes_too_long_ends_and_frees_its_thread(tiny_bundle: Bundle) -> None:
    with serving(tiny_bundle, Allowed(seconds=0.2)) as running:
        answer = running.post("/v1/rank", {"job": ADVERT, "resumes": [NURSE] * 900})
        assert (answer.status, answer.error) == (503, "Timeout")
        desk = running.service.desk
        desk.allowed = Allowed()
        assert eventually(lambda: all(lane._value == desk.threads for lane in desk.lanes))
        assert running.post("/v1/embeddings", {"model": "rolefit", "input": "x"}).status == 200


def test_a_whole_number_may_be_written_as_a_fraction_of_nothing(client: Client) -> None:
    asked = {"job": ADVERT, "resumes": [NURSE, CHEF], "top": 1.0}
    assert len(client.post("/v1/rank", asked).json["results"]) == 1
    assert client.post("/v1/rank", {**asked, "top": 1.5}).status == 422
    fields = (("job", ADVERT), ("resumes", NURSE), ("resumes", CHEF))
    assert len(client.form("/v1/rank", *fields, ("top", "1.0")).json["results"]) == 1
    assert client.form("/v1/rank", *fields, ("top", "1.5")).status == 422


def test_yes_and_no_are_words_in_a_form_and_no_numbers(client: Client) -> None:
    fields = (("resume", NURSE), ("job", ADVERT))
    assert client.form("/v1/score", *fields, ("fast", "true")).status == 200
    for said in ("0", "1", "yes", "{}"):
        answer = client.form("/v1/score", *fields, ("fast", said))
        assert (answer.status, "fast" in answer.json["error"]["message"]) == (422, True)
