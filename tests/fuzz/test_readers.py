"""Whatever a file holds, reading gives a document or an error of ours, twice the same."""

from __future__ import annotations

from collections.abc import Iterator

import mutate
import pytest
import seeds
from fuzzing import fuzz
from hypothesis import strategies as st
from workers import Worker


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.close()


@pytest.mark.slow
@pytest.mark.parametrize("kind", seeds.FILES)
def test_a_spoilt_file_is_read_or_refused(worker: Worker, kind: str) -> None:
    fuzz(worker, "reading", st.tuples(mutate.spoilt(seeds.FILES[kind])))


@pytest.mark.slow
def test_a_docx_with_spoilt_parts_is_read_or_refused(worker: Worker) -> None:
    fuzz(worker, "reading", st.tuples(mutate.docx()))


@pytest.mark.slow
def test_a_page_with_its_tags_and_styles_in_disorder_is_read_or_refused(worker: Worker) -> None:
    pages = mutate.xml(seeds.HTML) | mutate.pieces(seeds.HTML, r"[{};:@<>]")
    fuzz(worker, "reading", st.tuples(pages.map(lambda page: page.encode("utf-8"))))


@pytest.mark.slow
def test_rtf_with_its_groups_and_words_in_disorder_is_read_or_refused(worker: Worker) -> None:
    files = mutate.pieces(seeds.RTF, r"\\\w+|[{}]").map(lambda rtf: rtf.encode("cp1252"))
    fuzz(worker, "reading", st.tuples(files))


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["pdf", "packed pdf", "form pdf"])
def test_a_pdf_with_its_objects_in_disorder_is_read_or_refused(worker: Worker, kind: str) -> None:
    fuzz(worker, "reading", st.tuples(mutate.pdf(seeds.FILES[kind])))


@pytest.mark.slow
def test_any_text_is_understood_the_same_twice(worker: Worker) -> None:
    texts = mutate.pieces(seeds.TEXT * 3, r"\W|\d") | st.text(min_size=1)
    fuzz(worker, "understanding", st.tuples(texts.map(lambda text: "Jane\n" + text)))
