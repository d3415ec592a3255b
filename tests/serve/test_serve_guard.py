"""Who may ask, and what stays secret."""

from __future__ import annotations

import json
import logging

import pytest
from serving import JSON, Client, serving, until_closed

from conftest import ADVERT, NURSE
from rolefit.bundle import Bundle

TOKEN = "a-token-of-some-length"
PAIR = {"resume": NURSE, "job": ADVERT}


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "localhost.evil.example", "127.0.0.1.nip.io", "x y"]
)
def test_a_name_that_was_not_allowed_is_refused(client: Client, host: str) -> None:
    answer = client.get("/healthz", Host=host)
    assert (answer.status, answer.error) == (403, "ForbiddenHost")


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "LOCALHOST:99", "localhost.", "[::1]:80", "10.0.0.9"]
)
def test_this_computer_by_address_or_as_localhost_is_served(client: Client, host: str) -> None:
    assert client.get("/healthz", Host=host).status == 200


def test_a_name_that_was_allowed_is_served(tiny_bundle: Bundle) -> None:
    with serving(tiny_bundle, hosts=("hr.example",)) as running:
        assert running.get("/healthz", Host="HR.example:8000").status == 200
        assert running.get("/healthz", Host="hr.example.evil").status == 403


def test_a_form_of_a_foreign_page_is_refused_and_no_page_may_read(client: Client) -> None:
    for origin in ("https://evil.example", "null", "http://127.0.0.1:1"):
        answer = client.post("/v1/score", PAIR, Origin=origin)
        assert (answer.status, answer.error) == (403, "ForbiddenOrigin")
    own = client.post("/v1/score", PAIR, Origin=client.url)
    assert own.status == 200
    asked = client.ask("OPTIONS", "/v1/score", headers={"Access-Control-Request-Method": "POST"})
    for answer in (own, asked):
        assert not [name for name in answer.headers if name.startswith("access-control")]


def test_every_answer_forbids_keeping_framing_and_guessing(client: Client) -> None:
    answers = [client.get("/docs"), client.get("/none"), client.post("/v1/score", PAIR),
               client.get("/healthz", Host="evil.example")]  # fmt: skip
    with client.dial() as dialled:
        dialled.sendall(b"no http\r\n\r\n")
        raw = until_closed(dialled).lower()
    for name in ("cache-control", "content-security-policy", "x-content-type-options"):
        assert all(name in answer.headers for answer in answers)
        assert name.encode() in raw
    assert all("server" not in answer.headers for answer in answers)


def test_without_the_token_nothing_is_answered_but_whether_it_runs(tiny_bundle: Bundle) -> None:
    with serving(tiny_bundle, token=TOKEN) as running:
        for told in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": f"Basic {TOKEN}"},
                     {"Authorization": "Bearer \xe9"}, {"Authorization": TOKEN}):  # fmt: skip
            for path in ("/docs", "/metrics", "/openapi.json", "/nothing"):
                answer = running.get(path, **told)
                assert (answer.status, answer.error) == (401, "Unauthorized")
                assert answer.headers["www-authenticate"] == "Bearer"
            assert running.post("/v1/score", PAIR, **told).status == 401
        assert running.get("/healthz").status == 200
        right = {"Authorization": f"bearer {TOKEN}"}
        assert running.post("/v1/score", PAIR, **right).status == 200
        schema = running.get("/openapi.json", **right).json
        assert schema["security"] == [{"token": []}]


def test_a_body_is_not_read_before_the_token_is_seen(tiny_bundle: Bundle) -> None:
    with serving(tiny_bundle, token=TOKEN) as running, running.dial() as dialled:
        dialled.sendall(
            b"POST /v1/score HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000000\r\n"
            b"Content-Type: application/json\r\n\r\n"
        )
        assert dialled.recv(100).startswith(b"HTTP/1.1 401")


def test_a_fault_is_told_by_its_kind_and_place_and_quotes_nothing(
    tiny_bundle: Bundle, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    secret = "Zaphod Beeblebrox"
    with serving(tiny_bundle) as running, caplog.at_level(logging.DEBUG):

        def broken(resume: object, job: object) -> None:
            raise KeyError(secret)

        monkeypatch.setattr(running.service.matcher, "score", broken)
        answer = running.post("/v1/score", {"resume": secret, "job": ADVERT})
        assert (answer.status, answer.error) == (500, "InternalError")
        monkeypatch.undo()
        assert (
            running.post("/v1/score", {"resume": f"{secret}, nurse", "job": ADVERT}).status == 200
        )
        metrics = running.get("/metrics").body.decode()
    told = capsys.readouterr()
    assert "KeyError at" in told.err
    assert secret not in told.out + told.err + caplog.text + metrics
    assert 'rolefit_faults_total{type="KeyError"} 1.0' in metrics


def test_metrics_count_by_path_and_know_no_names_that_clients_make_up(client: Client) -> None:
    client.post("/v1/score", PAIR)
    client.get("/v1/resume-of-zaphod")
    lines = client.get("/metrics").body.decode().splitlines()
    assert any(
        line.startswith('rolefit_requests_total{path="/v1/score",status="200"}') for line in lines
    )
    assert any(line.startswith("rolefit_request_seconds_bucket") for line in lines)
    assert "zaphod" not in "\n".join(lines)


def test_the_openapi_document_names_every_path_and_its_examples_are_answered(
    client: Client,
) -> None:
    document = client.get("/openapi.json").json
    assert document["openapi"].startswith("3.1")
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if method == "get":
                assert client.get(path).status == 200
                continue
            content = operation["requestBody"]["content"]["application/json"]
            assert (path, client.post(path, content["example"]).status) == (path, 200)


def test_the_page_of_documentation_loads_nothing_and_runs_nothing(client: Client) -> None:
    answer = client.get("/docs")
    page = answer.body.decode()
    assert answer.headers["content-type"].startswith("text/html")
    for path in client.get("/openapi.json").json["paths"]:
        assert path in page
    for tag in ("<script", "<link", "<img", "<iframe", "@import", "url("):
        assert tag not in page
    links = [part.split('"')[0] for part in page.split('href="')[1:]]
    assert links == ["/openapi.json"]
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_name_with_line_breaks_stays_inside_the_json(client: Client) -> None:
    name = "a\r\nSet-Cookie: x=1\r\n\r\n<script>"
    answer = client.post("/v1/score", {"resume": {"text": NURSE, "name": name}, "job": ADVERT})
    assert answer.json["results"][0]["file"] == name
    assert "set-cookie" not in answer.headers
    body = json.dumps(PAIR).encode()
    assert client.ask("POST", "/v1/score?a=%0d%0aX:1", body, JSON).status == 200
