"""Pools over HTTP say what the command says, and change only where that is allowed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from serving import Client, serving

from conftest import ADVERT, CHEF, NURSE, Run
from rolefit.bundle import Bundle
from rolefit.matcher import Matcher
from rolefit.pool import Pool
from rolefit.reading import from_text

PEOPLE = {
    "ana": NURSE,
    "bo": CHEF,
    "cy": "Teacher. School, children, team. " * 9,
    "dee": "Accountant. Ledger, audit, cost, finance. " * 9,
}


@pytest.fixture(scope="module")
def people(tiny_bundle: Bundle, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    file = tmp_path_factory.mktemp("pools") / "people.pool"
    matcher = Matcher(tiny_bundle)
    with Pool.open(file, matcher, create=True) as pool:
        pool.add([from_text(text, name=name) for name, text in PEOPLE.items()])
        with serving(tiny_bundle, matcher=matcher, pools={"people": pool}) as running:
            yield running


@pytest.fixture
def changing(tiny_bundle: Bundle, tmp_path: Path) -> Iterator[Client]:
    matcher = Matcher(tiny_bundle)
    with (
        Pool.open(tmp_path / "people.pool", matcher, create=True) as pool,
        serving(tiny_bundle, matcher=matcher, pools={"people": pool}, changes=True) as running,
    ):
        yield running


def test_a_search_is_the_record_of_the_command_and_the_ranking_of_the_same_people(
    people: Client, run: Run, tmp_path: Path
) -> None:
    answer = people.form("/v1/pool/search", ("job", ("job.txt", ADVERT.encode())), ("top", "3"))
    (tmp_path / "job.txt").write_text(ADVERT)
    pool = people.service.pools["people"].path
    printed = run("pool", "search", pool, tmp_path / "job.txt", "--json", "--top", 3).json
    given = answer.json
    assert (given["passed"], given["ranked"], given["truncated"]) == (4, 4, False)
    bare = [
        {name: value for name, value in one.items() if name not in ("id", "truncated")}
        for one in given["results"]
    ]
    assert bare == printed["results"]
    ranked = people.post("/v1/rank", {"job": ADVERT, "resumes": [
        {"name": name, "text": text} for name, text in PEOPLE.items()]}).json  # fmt: skip
    assert [(one["file"], one["score"], one["band"]) for one in given["results"]] == [
        (one["file"], one["score"], one["band"]) for one in ranked["results"]
    ][:3]


def test_likes_and_numbers_of_a_pool_are_answered(people: Client) -> None:
    likes = people.post("/v1/pool/like", {"document": NURSE, "top": 2}).json["results"]
    assert [one["file"] for one in likes][:1] == ["ana"]
    numbers = people.post("/v1/pool/stats", {"pool": "people"}).json
    assert (numbers["people"], numbers["side"]) == (4, "resume")


@pytest.mark.parametrize(
    ("path", "content", "status", "kind"),
    [
        ("search", {"job": ADVERT, "filter": "shoes = 44"}, 422, "InputError"),
        ("search", {"job": ADVERT, "filter": "years >="}, 422, "InputError"),
        ("search", {"job": ADVERT, "pool": "others"}, 404, "UnknownPool"),
        ("search", {"job": " "}, 422, "InvalidRequest"),
        ("search", {"job": ADVERT, "candidates": 0}, 422, "InvalidRequest"),
        ("jobs", {"resume": NURSE}, 422, "PoolError"),
    ],
)
def test_what_a_pool_cannot_answer_is_named_and_its_path_is_not(
    people: Client, path: str, content: dict[str, object], status: int, kind: str
) -> None:
    answer = people.post(f"/v1/pool/{path}", content)
    assert (answer.status, answer.error) == (status, kind)
    assert str(people.service.pools["people"].path.parent) not in answer.body.decode()


def test_without_leave_a_pool_is_only_read_and_without_a_pool_there_is_no_path(
    people: Client, client: Client
) -> None:
    assert people.post("/v1/pool/forget", {"who": ["ana"]}).status == 404
    assert people.post("/v1/pool/add", {"documents": [NURSE]}).status == 404
    assert client.post("/v1/pool/search", {"job": ADVERT}).status == 404
    assert "/v1/pool/search" in people.get("/openapi.json").json["paths"]
    assert "/v1/pool/search" not in client.get("/openapi.json").json["paths"]


def test_people_are_added_searched_and_forgotten(changing: Client) -> None:
    added = changing.form(
        "/v1/pool/add",
        ("documents", ("ana.txt", NURSE.encode())),
        ("documents", ("bo.txt", CHEF.encode())),
        ("documents", ("odd.bin", b"\x7fELF" + bytes(99))),
    ).json
    assert (added["added"], added["people"]) == (2, 2)
    assert [one["file"] for one in added["not_read"]] == ["odd.bin"]
    again = changing.post("/v1/pool/add", {"documents": [PEOPLE["cy"], PEOPLE["dee"]]}).json
    more = changing.post("/v1/pool/add", {"documents": [PEOPLE["cy"]]}).json
    assert (again["added"], more["same"], more["people"]) == (2, 1, 4)
    found = changing.post("/v1/pool/search", {"job": ADVERT}).json["results"]
    assert found[0]["file"] == "ana.txt"
    gone = changing.post("/v1/pool/forget", {"who": ["ana.txt", found[1]["id"]]}).json
    assert (gone["forgotten"][0]["name"], gone["people"]) == ("ana.txt", 2)
    missing = changing.post("/v1/pool/forget", {"who": ["ana.txt"]})
    assert (missing.status, missing.error) == (422, "PoolError")
    left = changing.post("/v1/pool/search", {"job": ADVERT}).json["results"]
    assert {one["file"] for one in left}.isdisjoint({"ana.txt", found[1]["file"]})


def test_a_pool_of_jobs_answers_the_other_direction(tiny_bundle: Bundle, tmp_path: Path) -> None:
    matcher = Matcher(tiny_bundle)
    with Pool.open(tmp_path / "jobs.pool", matcher, side="job", create=True) as pool:
        pool.add([from_text(ADVERT, name="ward"), from_text(f"We seek a cook. {CHEF}", name="inn")])
        with serving(tiny_bundle, matcher=matcher, pools={"jobs": pool}) as running:
            answer = running.post("/v1/pool/jobs", {"resume": {"name": "ana", "text": NURSE}})
            score = running.post("/v1/score", {"resume": NURSE, "job": ADVERT}).json["results"][0]
    first = answer.json["results"][0]
    assert (answer.json["resume"], first["job"]) == ("ana", "ward")
    assert (first["score"], first["band"], first["truncated"]) == (
        score["score"], score["band"], False,
    )  # fmt: skip
