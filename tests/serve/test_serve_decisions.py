"""What counts, asked over HTTP, is what the options of the command line make of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from adverts import CHEF, NURSE, NURSE_JOB
from serving import Client, serving

from conftest import Run
from rolefit.bundle import Bundle
from rolefit.matcher import Matcher
from rolefit.pool import Pool
from rolefit.reading import from_text

PEOPLE = {"nurse.txt": NURSE, "chef.txt": CHEF}
DECIDED = {"must": ["RN licence", "driver's licence"], "not_must": ["Epic"], "weight": {"r4": 3}}
OPTIONS = ("--must", "RN licence", "--must", "driver's licence", "--not-must", "Epic",
           "--weight", "r4=3")  # fmt: skip
FIELDS = (("must", "RN licence"), ("must", "driver's licence"), ("not_must", "Epic"),
          ("weight", "r4=3"))  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "job.txt").write_text(NURSE_JOB)
    for name, text in PEOPLE.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def job() -> tuple[str, tuple[str, bytes]]:
    return "job", ("job.txt", NURSE_JOB.encode())


def bare(record: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Without what only the service says, and by the names that files have there."""
    found = json.loads(json.dumps(record).replace(f"{folder}/", ""))
    for one in (found, *found["results"]):
        one.pop("truncated", None)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("fast", [True, False])
def test_a_ranking_by_musts_and_weights_is_the_record_of_the_command(
    client: Client, run: Run, folder: Path, fast: bool
) -> None:
    files = [("resumes", (name, text.encode())) for name, text in PEOPLE.items()]
    asked = client.form("/v1/rank", job(), *files, *FIELDS, ("fast", str(fast).lower()))
    printed = run(
        "rank", folder / "job.txt", *(folder / name for name in PEOPLE), *OPTIONS, "--json",
        "--no-cache", *(["--fast"] if fast else []),
    ).json  # fmt: skip
    assert asked.status == 200
    assert bare(asked.json, folder) == bare(printed, folder)
    assert asked.json["results"][1]["weighted"]["must_not_shown"]


def test_a_score_by_musts_and_weights_is_the_record_of_the_command(
    client: Client, run: Run, folder: Path
) -> None:
    asked = client.form("/v1/score", ("resume", ("chef.txt", CHEF.encode())), job(), *FIELDS)
    printed = run("score", folder / "chef.txt", folder / "job.txt", *OPTIONS, "--json").json
    assert bare(asked.json, folder) == bare(printed, folder)
    assert asked.json["results"][0]["weighted"]["steps"]


def test_texts_and_files_are_decided_about_alike(client: Client) -> None:
    texts = client.post("/v1/rank", {
        "job": {"name": "job.txt", "text": NURSE_JOB},
        "resumes": [{"name": name, "text": text} for name, text in PEOPLE.items()], **DECIDED,
    })  # fmt: skip
    files = [("resumes", (name, text.encode())) for name, text in PEOPLE.items()]
    assert texts.json["results"] == client.form("/v1/rank", job(), *files, *FIELDS).json["results"]


def test_what_was_confirmed_can_be_sent_as_the_file_of_the_command_and_as_it_was_answered(
    client: Client, run: Run, folder: Path
) -> None:
    confirmed = folder / "asked.json"
    run("inspect", folder / "job.txt", "--as", "job", "--requirements", confirmed, model=False)
    content = json.loads(confirmed.read_text())
    content["requirements"][3]["weight"] = 3
    content["requirements"].append({"text": "forklift licence", "must": True})
    confirmed.write_text(json.dumps(content))
    printed = run(
        "score", folder / "chef.txt", folder / "job.txt", "--requirements", confirmed, "--json"
    ).json
    resume = ("resume", ("chef.txt", CHEF.encode()))
    sent = ("requirements", ("asked.json", confirmed.read_bytes()))
    by_file = client.form("/v1/score", resume, job(), sent)
    by_text = client.form("/v1/score", resume, job(), ("requirements", confirmed.read_text()))
    assert bare(by_file.json, folder) == bare(by_text.json, folder) == bare(printed, folder)
    again = client.post("/v1/score", {
        "resume": {"name": "chef.txt", "text": CHEF},
        "job": {"name": "job.txt", "text": NURSE_JOB}, "requirements": printed["confirmed"],
    })  # fmt: skip
    assert again.json["results"] == by_file.json["results"]
    assert again.json["confirmed"] == by_file.json["confirmed"]


def test_without_decisions_nothing_is_said_of_them(client: Client) -> None:
    found = client.post("/v1/rank", {"job": NURSE_JOB, "resumes": [NURSE, CHEF]}).json
    assert "confirmed" not in found
    assert all("weighted" not in one for one in found["results"])


def test_people_of_one_name_are_each_read_for_themselves(client: Client) -> None:
    alike = [{"name": "cv.pdf", "text": NURSE}, {"name": "cv.pdf", "text": CHEF}]
    asked = {"job": NURSE_JOB, "must": ["RN licence"], "fast": True}
    found = client.post("/v1/rank", {"resumes": alike, **asked}).json["results"]
    assert [one["weighted"]["must_not_shown"] for one in found] == [[], ["r1"]]


def test_versions_of_one_person_are_one_unless_every_file_is_asked_for(client: Client) -> None:
    people = [{"name": "old", "text": NURSE}, {"name": "new", "text": NURSE}, {"text": CHEF}]
    asked = {"job": NURSE_JOB, "resumes": people}
    folded = client.post("/v1/rank", asked).json
    assert (len(folded["results"]), folded["folded"]) == (2, 1)
    assert [one["file"] for one in folded["results"][0]["versions"]] == ["new"]
    whole = client.post("/v1/rank", {**asked, "all_versions": True}).json
    assert len(whole["results"]) == 3
    assert "folded" not in whole


@pytest.mark.parametrize(
    ("decided", "words"),
    [
        ({"weight": {"needs": -1}}, ("weight of needs", "from 0", "-1")),
        ({"weight": {"r4": 101}}, ("weight of r4", "to 100")),
        ({"weight": {"needs": "two"}}, ("weight",)),
        ({"weight": {"juggling": 2}}, ("weight:", "no requirement of this advert")),
        ({"not_must": ["juggling"]}, ("not_must:", "no requirement of this advert")),
        ({"must": ["r99"]}, ("must:", "no requirement of this advert")),
        ({"must": ["  -- "]}, ("must:", "expected words")),
        ({"must": ["RN licence"], "not_must": ["r1"]}, ("not_must:", "one requirement, r1")),
        ({"must": "RN licence"}, ("must",)),
        ({"requirements": {"job": {"sha256": "0" * 64}, "requirements": []}},
         ("requirements:", "another advert")),
        ({"requirements": {"job": {"sha256": ""}, "requirements": [], "colour": 1}},
         ("colour", "requirements")),
        ({"order": "age"}, ("order",)),
    ],
)  # fmt: skip
def test_a_decision_that_cannot_be_used_is_refused_by_the_name_of_its_field(
    client: Client, decided: dict[str, Any], words: tuple[str, ...]
) -> None:
    for path, people in (("/v1/rank", {"resumes": [NURSE]}), ("/v1/score", {"resume": NURSE})):
        if path == "/v1/score" and "order" in decided:
            continue
        answer = client.post(path, {"job": NURSE_JOB, **people, **decided})
        assert (answer.status, bool(answer.error)) == (422, True)
        assert all(word in answer.json["error"]["message"] for word in words)


@pytest.mark.parametrize("said", ["needs=-1", "needs", "=2", "needs=nan"])
def test_a_weight_of_a_form_is_said_as_on_the_command_line(client: Client, said: str) -> None:
    fields = (("resume", NURSE), ("job", NURSE_JOB), ("weight", said))
    answer = client.form("/v1/score", *fields)
    assert (answer.status, answer.json["error"]["message"][:6]) == (422, "weight")


def test_a_job_that_cannot_be_read_is_refused_as_it_is_without_decisions(client: Client) -> None:
    odd = ("job", ("odd.bin", b"\x7fELF" + bytes(200)))
    one = client.form("/v1/score", ("resume", NURSE), odd)
    other = client.form("/v1/score", ("resume", NURSE), odd, ("must", "RN licence"))
    assert (one.status, one.json) == (other.status, other.json)
    assert one.status == 422


@pytest.fixture
def people(tiny_bundle: Bundle, tmp_path: Path) -> Iterator[Client]:
    matcher = Matcher(tiny_bundle)
    with Pool.open(tmp_path / "people.pool", matcher, create=True) as pool:
        texts = {**PEOPLE, "nurse-again.txt": NURSE + "\nMore of the same ward.\n"}
        pool.add([from_text(text, name=name) for name, text in texts.items()])
        with serving(tiny_bundle, matcher=matcher, pools={"people": pool}) as running:
            yield running


def test_a_pool_is_searched_by_musts_and_weights_and_shows_a_person_once(
    people: Client, run: Run, folder: Path
) -> None:
    asked = people.form("/v1/pool/search", job(), *FIELDS, ("fast", "true"))
    pool = people.service.pools["people"].path
    printed = run("pool", "search", pool, folder / "job.txt", *OPTIONS, "--json", "--fast").json
    found = asked.json
    assert [{k: v for k, v in one.items() if k not in ("id", "truncated")}
            for one in found["results"]] == printed["results"]  # fmt: skip
    assert (len(found["results"]), found["folded"], found["ranked"], found["passed"]) == (
        2,
        1,
        2,
        3,
    )
    assert found["confirmed"] == printed["confirmed"]
    by_name = {one["file"]: one["id"] for one in found["results"]}
    entries = {entry.name: entry.id for entry in people.service.pools["people"].entries()}
    assert by_name == {name: entries[name] for name in by_name}
    every = people.form("/v1/pool/search", job(), ("all_versions", "true")).json
    assert len(every["results"]) == 3
