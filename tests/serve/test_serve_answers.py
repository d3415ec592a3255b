"""What the service answers is what the command line prints."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from serving import Client

from conftest import ADVERT, CHEF, CODER, NURSE, Run

EXAMPLES = Path(__file__).parents[2] / "examples"
PDF = EXAMPLES / "resumes" / "lucia-ferreira-icu-nurse.pdf"
CUT = {"truncated", "job-truncated"}
JOB = EXAMPLES / "jobs" / "staff-nurse-icu.html"


def renamed(record: Any, names: dict[str, str]) -> Any:
    """The record with the names of files that the command line was given as paths."""
    text = json.dumps(record)
    for path, name in names.items():
        text = text.replace(json.dumps(path)[1:-1], name)
    return json.loads(text)


def without_truncated(record: dict[str, Any]) -> dict[str, Any]:
    """The record without what the command says in a notice alone."""
    about_job = {notice["code"] for notice in record["job_notices"]}
    for one in (record, *record.get("results", ())):
        codes = about_job | {notice["code"] for notice in one.get("notices", ())}
        assert ("results" in one) or one["truncated"] == bool(codes & CUT)
        del one["truncated"]
    return record


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    made = {"nurse.txt": NURSE, "chef.md": CHEF, "coder.html": CODER, "job.txt": ADVERT}
    for name, text in made.items():
        (tmp_path / name).write_text(text)
    return {name: tmp_path / name for name in made}


def test_a_score_of_files_is_the_record_of_the_command(
    client: Client, run: Run, files: dict[str, Path]
) -> None:
    answer = client.form(
        "/v1/score",
        ("resume", ("nurse.txt", NURSE.encode())),
        ("job", ("job.txt", ADVERT.encode())),
    )
    printed = run("score", files["nurse.txt"], files["job.txt"], "--json", "--no-cache").json
    names = {str(files["nurse.txt"]): "nurse.txt", str(files["job.txt"]): "job.txt"}
    assert without_truncated(answer.json) == renamed(printed, names)
    assert len(answer.json["results"][0]["band"]) == 2


def test_a_score_of_texts_is_that_of_files_with_the_same_texts(client: Client) -> None:
    texts = client.post("/v1/score", {"resume": NURSE, "job": {"text": ADVERT, "name": "ward"}})
    files = client.form(
        "/v1/score", ("resume", ("a.txt", NURSE.encode())), ("job", ("b.txt", ADVERT.encode()))
    )
    assert texts.status == files.status == 200
    assert texts.json["results"][0]["score"] == files.json["results"][0]["score"]
    assert (texts.json["job"], texts.json["results"][0]["file"]) == ("ward", "resume")


def test_a_ranking_of_files_is_the_record_of_the_command_with_what_was_not_read(
    client: Client, run: Run, files: dict[str, Path], tmp_path: Path
) -> None:
    (tmp_path / "odd.bin").write_bytes(b"\x7fELF" + bytes(200))
    files["odd.bin"] = tmp_path / "odd.bin"
    order = ("chef.md", "nurse.txt", "odd.bin", "coder.html")
    answer = client.form(
        "/v1/rank", ("job", ("job.txt", files["job.txt"].read_bytes())), ("top", "2"),
        *(("resumes", (name, files[name].read_bytes())) for name in order),
    )  # fmt: skip
    printed = run(
        "rank", files["job.txt"], *(files[name] for name in order), "--json", "--top", 2,
        "--no-cache",
    ).json  # fmt: skip
    names = {str(path): name for name, path in files.items()}
    assert without_truncated(answer.json) == renamed(printed, names)
    assert (answer.json["ranked"], len(answer.json["results"])) == (3, 2)
    assert [one["file"] for one in answer.json["not_read"]] == ["odd.bin"]


def test_texts_without_names_are_called_by_their_places(client: Client) -> None:
    answer = client.post("/v1/rank", {"job": ADVERT, "resumes": [CHEF, {"text": NURSE}, " "]})
    assert answer.status == 200
    found = {one["file"] for one in answer.json["results"]}
    assert (found, answer.json["job"]) == ({"resumes[0]", "resumes[1]"}, "job")
    assert [(one["file"], one["error"]) for one in answer.json["not_read"]] == [
        ("resumes[2]", "EmptyDocumentError")
    ]


@pytest.mark.parametrize("command", ["explain", "improve"])
def test_reasons_and_advice_are_the_records_of_the_commands(
    client: Client, run: Run, command: str
) -> None:
    answer = client.form(
        f"/v1/{command}",
        ("resume", (PDF.name, PDF.read_bytes())),
        ("job", (JOB.name, JOB.read_bytes())),
    )
    printed = run(command, PDF, JOB, "--json", "--no-cache").json
    record = answer.json
    assert len(record["band"]) == 2
    names = {str(PDF): PDF.name, str(JOB): JOB.name}
    if command == "improve":
        for extra in ("band", "truncated"):  # the command prints neither
            record.pop(extra)
    else:
        record = without_truncated(record)
    assert record == renamed(printed, names)


def test_an_explanation_can_be_blind_and_do_without_the_reader(client: Client) -> None:
    fields = (("resume", (PDF.name, PDF.read_bytes())), ("job", (JOB.name, JOB.read_bytes())))
    answer = client.form("/v1/explain", *fields, ("blind", "true"), ("fast", "true"))
    assert answer.status == 200
    assert b"Ferreira" not in answer.body.replace(PDF.name.encode(), b"")
    assert "blind" in [notice["code"] for notice in answer.json["notices"]]


def test_what_is_read_of_a_document_is_the_record_of_the_command(client: Client, run: Run) -> None:
    answer = client.form(
        "/v1/inspect", ("document", (PDF.name, PDF.read_bytes())), ("as", "resume")
    )
    assert answer.json == run("inspect", PDF, "--as", "resume", "--json", model=False).json
    told = client.post("/v1/inspect", {"document": ADVERT, "as": "job"})
    assert (told.json["as"], told.json["file"]) == ("job", "document")


def test_what_was_cut_off_is_said_in_every_answer_that_has_a_score(client: Client) -> None:
    long = "ward " * 2000  # the tiny bundle reads 512 tokens
    for path in ("/v1/score", "/v1/explain", "/v1/improve"):
        for resume, job in ((long, ADVERT), (NURSE, long)):
            answer = client.post(path, {"resume": resume, "job": job})
            assert (path, answer.status, answer.json["truncated"]) == (path, 200, True)
    ranked = client.post("/v1/rank", {"job": ADVERT, "resumes": [long, NURSE]}).json
    cut = {one["file"]: one["truncated"] for one in ranked["results"]}
    assert (cut, ranked["truncated"]) == ({"resumes[0]": True, "resumes[1]": False}, True)


def test_a_name_that_leads_somewhere_is_only_a_name(client: Client, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("Nurse nobody may read. " * 20)
    for name in (str(secret), f"../../../..{secret}", "file://" + str(secret), "/etc/passwd"):
        answer = client.form(
            "/v1/explain", ("resume", (name, CHEF.encode())), ("job", ("j.txt", ADVERT.encode()))
        )
        assert answer.status == 200
        assert answer.json["resume"] == name
        assert b"nobody may read" not in answer.body
        assert b"root:" not in answer.body


def test_hidden_words_of_an_uploaded_file_are_weighed_as_those_of_a_file(
    client: Client, run: Run, tmp_path: Path
) -> None:
    page = f'<p>{CHEF}</p><p style="display:none">{NURSE}</p>'
    (tmp_path / "cv.html").write_text(page)
    (tmp_path / "job.txt").write_text(ADVERT)
    answer = client.form(
        "/v1/score", ("resume", ("cv.html", page.encode())), ("job", ("job.txt", ADVERT.encode()))
    )
    printed = run("score", tmp_path / "cv.html", tmp_path / "job.txt", "--json", "--no-cache").json
    notices = answer.json["results"][0]["notices"]
    assert notices == printed["results"][0]["notices"]
    assert {"hidden-text", "hidden-text-score"} <= {notice["code"] for notice in notices}


def test_an_archive_among_the_resumes_counts_as_what_it_holds(client: Client) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("ana.txt", NURSE)
        archive.writestr("bo.txt", CHEF)
    answer = client.form(
        "/v1/rank", ("job", ADVERT), ("resumes", ("people.zip", packed.getvalue()))
    )
    found = {one["file"] for one in answer.json["results"]}
    assert found == {"people.zip/ana.txt", "people.zip/bo.txt"}
