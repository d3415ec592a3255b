"""Path tricks in a DOCX: nothing is written or fetched, no other file is read."""

from __future__ import annotations

import io
import stat
import warnings
import zipfile
from collections.abc import Iterator

import pytest
import seeds
from seeds import PARTS, archive, paragraph, part, relations
from workers import Worker


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.close()


def header(target: str, **members: str) -> bytes:
    """A DOCX whose header lies at `target`."""
    rels = relations(("h", "header", target))
    return archive({**PARTS, "word/_rels/document.xml.rels": rels, **members})


HEADER = part(paragraph("Reached"), "hdr")
OUTSIDE = [
    "../../../../etc/passwd", "/etc/passwd", "..\\..\\header1.xml", "C:\\Windows\\win.ini",
    "file:///etc/passwd", "http://127.0.0.1:9/x.xml", "\\\\host\\share\\header1.xml", "HEADER1.XML",
    "header1.xml\0", "", ".", "//127.0.0.1/header1.xml",
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("target", OUTSIDE)
def test_a_relation_that_points_outside_is_not_followed(worker: Worker, target: str) -> None:
    data = header(target.replace("\0", "&#9;"))
    answer = worker.ask("sealed", data)
    assert answer.outcome == "ok", answer
    assert "Jane Doe" in answer.value
    assert "Head" not in answer.value


def test_a_relation_that_is_external_is_not_followed(worker: Worker) -> None:
    rels = relations(("h", "header", "header1.xml")).replace("/>", ' TargetMode="External"/>')
    answer = worker.ask("sealed", archive({**PARTS, "word/_rels/document.xml.rels": rels}))
    assert (answer.outcome, "Head" in answer.value) == ("ok", False), answer


@pytest.mark.parametrize("target", ["header1.xml", "/word/header1.xml", "../word/./header1.xml"])
def test_a_relation_that_stays_inside_is_followed(worker: Worker, target: str) -> None:
    assert "Head" in worker.ask("sealed", header(target)).value


@pytest.mark.parametrize("name", ["../out.xml", "/tmp/out.xml", "word\\h.xml", "word/../../o"])
def test_a_member_with_a_name_that_climbs_is_never_written(worker: Worker, name: str) -> None:
    answer = worker.ask("sealed", header(name, **{name: HEADER}))
    assert answer.outcome == "ok", answer


def test_of_two_members_of_one_name_the_same_is_read_each_time(worker: Worker) -> None:
    buffer = io.BytesIO(archive(PARTS))
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "a") as file:
        warnings.simplefilter("ignore")
        file.writestr("word/document.xml", part(f"<w:body>{paragraph('Second')}</w:body>"))
    answers = {worker.ask("sealed", buffer.getvalue()).value for _ in range(3)}
    assert len(answers) == 1
    assert "Second" in answers.pop()  # as Word does: the last entry of the list counts


def test_a_member_that_is_a_symbolic_link_is_read_as_what_it_holds(worker: Worker) -> None:
    link = zipfile.ZipInfo("word/header1.xml")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, content in seeds.PARTS.items():
            if name != link.filename:
                file.writestr(name, content)
        file.writestr(link, "/etc/passwd")
    answer = worker.ask("sealed", buffer.getvalue())
    assert (answer.outcome, "root:" in answer.value) == ("DamagedFileError", False), answer


def test_a_look_at_the_disk_would_be_noticed(worker: Worker) -> None:
    assert worker.ask("unsealed").outcome == "unexpected"
