"""A client that is slow, gone or silent holds nobody up."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from serving import Client, eventually, serving, until_closed

from conftest import ADVERT, NURSE
from rolefit.bundle import Bundle
from rolefit.serve import Allowed

SHORT = Allowed(
    head_seconds=0.5, body_seconds=1.0, unread_seconds=1.0, idle_seconds=1, connections=40
)
HEAD = b"POST /v1/score HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
PAIR = {"resume": NURSE, "job": ADVERT}


@pytest.fixture(scope="module")
def hasty(tiny_bundle: Bundle) -> Iterator[Client]:
    with serving(tiny_bundle, SHORT) as running:
        yield running


def trickle(dialled: socket.socket, piece: bytes) -> None:
    """Send one piece after the other until the other side has had enough."""
    dialled.settimeout(0.1)
    try:
        for _ in range(600):
            dialled.sendall(piece)
            time.sleep(0.05)
    except OSError:
        return


@pytest.mark.parametrize(
    ("beginning", "piece"),
    [
        (b"", b""),
        (b"GET /healthz HTTP/1.1\r\n", b"X: y\r\n"),
        (HEAD + b"Content-Length: 100000\r\n\r\n", b"x"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"\r\n"),
    ],
    ids=["silent", "endless head", "slow body", "endless chunks", "no chunk"],
)
def test_a_request_that_does_not_arrive_ends(hasty: Client, beginning: bytes, piece: bytes) -> None:
    started = time.monotonic()
    with hasty.dial() as dialled:
        dialled.sendall(beginning)
        trickling = threading.Thread(target=trickle, args=(dialled, piece or b""))
        if piece:
            trickling.start()
        dialled.settimeout(15)
        said = until_closed(dialled)
        if piece:
            trickling.join(60)
    assert time.monotonic() - started < 15
    assert said == b"" or said.startswith((b"HTTP/1.1 408", b"HTTP/1.1 400"))
    assert hasty.get("/healthz").status == 200


def test_a_second_request_on_a_connection_has_its_clock_too(hasty: Client) -> None:
    with hasty.dial() as dialled:
        dialled.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert dialled.recv(4096).startswith(b"HTTP/1.1 200")
        dialled.sendall(b"GET /healthz HTTP/1.1\r\nHost: loc")
        assert b"HTTP/1.1 408" in until_closed(dialled)


def test_two_requests_sent_at_once_are_both_answered(hasty: Client) -> None:
    one = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with hasty.dial() as dialled:
        dialled.sendall(one + one + one)
        assert until_closed(dialled).count(b"HTTP/1.1 200") == 3


@pytest.mark.parametrize(
    "request_",
    [
        b"no http at all\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n" + b"A: b\r\n" * 20_000 + b"\r\n",
        HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n{}",
        HEAD + b"Content-Length: -1\r\n\r\n{}",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        HEAD + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ],
    ids=["words", "no host", "two hosts", "long header", "long path", "many headers",
         "two lengths", "length below 0", "no chunk size",
         "length and chunks", "TLS"],
)  # fmt: skip
def test_what_is_no_request_is_refused_in_json(hasty: Client, request_: bytes) -> None:
    with hasty.dial() as dialled:
        with suppress(ConnectionError):
            dialled.sendall(request_)
        said = until_closed(dialled)
    # A body that is still on its way when the connection is closed can take the answer with it.
    if said:
        head, _, body = said.partition(b"\r\n\r\n")
        assert head.startswith((b"HTTP/1.1 400", b"HTTP/1.1 431"))
        assert json.loads(body)["error"]["type"] in ("BadRequest", "HeadTooLong")
    assert hasty.get("/healthz").status == 200


def test_slow_connections_make_room_for_a_new_one(hasty: Client) -> None:
    slow = [hasty.dial() for _ in range(60)]
    try:
        for dialled in slow[:39]:
            try:
                dialled.sendall(b"GET /healthz HTTP/1.1\r\nX: ")
            except ConnectionError:
                continue
        started = time.monotonic()
        assert hasty.get("/healthz").status == 200
        assert time.monotonic() - started < 10
    finally:
        for dialled in slow:
            dialled.close()


def test_the_work_of_a_vanished_client_ends(tiny_bundle: Bundle) -> None:
    with serving(tiny_bundle) as running:
        body = json.dumps({"job": ADVERT, "resumes": [f"{NURSE} {n}" for n in range(900)]}).encode()
        for _ in range(6):  # more than there are threads
            dialled = running.dial()
            dialled.sendall(
                b"POST /v1/rank HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + f"Content-Length: {len(body)}\r\n\r\n".encode()
                + body
            )
            dialled.close()
        lanes, threads = running.service.desk.lanes, running.service.desk.threads
        assert eventually(lambda: running.service.held.bytes == 0)
        assert eventually(lambda: all(lane._value == threads for lane in lanes))
        assert running.service.desk.waiting == 0
        assert running.post("/v1/score", PAIR).status == 200
        gone = running.get("/metrics").body.decode()
        assert 'rolefit_requests_total{path="/v1/rank",status="499"} 6.0' in gone


def test_an_answer_that_nobody_takes_is_dropped(hasty: Client) -> None:
    with hasty.dial() as dialled:
        dialled.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        try:
            for _ in range(400):
                dialled.settimeout(0.5)
                dialled.sendall(b"GET /docs HTTP/1.1\r\nHost: localhost\r\n\r\n")
        except OSError:
            pass
        assert eventually(lambda: _open(hasty) <= 1)


def _open(client: Client) -> float:
    lines = client.get("/metrics").body.decode().splitlines()
    return next(
        float(line.split()[1]) for line in lines if line.startswith("rolefit_requests_open")
    )


def test_beyond_what_may_wait_a_request_is_refused_at_once(tiny_bundle: Bundle) -> None:
    with serving(tiny_bundle, Allowed(waiting=0)) as running:
        lane = running.service.desk.lanes[0]
        lane._value = 0
        answer = running.post("/v1/score", PAIR)
        assert (answer.status, answer.error) == (503, "Busy")
        lane._value = 2
        assert running.post("/v1/score", PAIR).status == 200


def test_sixty_four_clients_at_once_are_all_answered_alike(client: Client) -> None:
    found: list[tuple[int, float]] = []

    def ask() -> None:
        answer = client.post("/v1/score", PAIR)
        found.append((answer.status, answer.json["results"][0]["score"]))

    threads = [threading.Thread(target=ask) for _ in range(64)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert len(found) == 64
    assert set(found) == {found[0]}
    assert found[0][0] == 200
