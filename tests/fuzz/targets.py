"""What is fuzzed, as functions of plain values; each returns a digest of what it made.

The promise of all of them: a value of the right form or a child of RolefitError, the same one each
time. `child.py` calls them by name.
"""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from rolefit import receipts
from rolefit.bundle import FILES, Bundle
from rolefit.cache import Cache
from rolefit.domains import Domains
from rolefit.explain import read_background
from rolefit.language import find_skills, taxonomy
from rolefit.language.canonical import canonical
from rolefit.language.clean import clean, without_lookalikes
from rolefit.language.english import share
from rolefit.language.job_facts import job_facts
from rolefit.language.personal import find_masks, impersonal
from rolefit.language.units import units
from rolefit.reading import Limits, from_text, read
from rolefit.records import Document, Encoding, Profile
from rolefit.score import Mapper
from rolefit.stuffing import shingles
from rolefit.tokens import Tokenizer


def reading(data: bytes, limits: Limits | None = None) -> str:
    """Read twice, then once more with what a person does not see."""
    first = read(data, name="fuzzed", limits=limits)
    check(first)
    again = read(data, name="fuzzed", limits=limits)
    assert first == again, "read twice, and not the same"
    check(read(data, name="fuzzed", limits=limits, with_hidden=True))
    return hashlib.sha256(first.text.encode()).hexdigest()


def once(data: bytes, limits: Limits | None = None) -> str:
    """Read once, as a user does: what bombs are measured with."""
    document = read(data, name="bomb", limits=limits)
    check(document)
    return f"{document.kind}, {len(document.text)} characters"


def sealed(data: bytes) -> str:
    """Read it where a look at the disk, the network or another program would be noticed."""
    once(data)  # imports what it needs
    seen: list[str] = []
    watching = [True]

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if watching and event.split(".")[0] in ("open", "os", "socket", "subprocess", "shutil"):
            seen.append(f"{event} {arguments}")

    sys.addaudithook(hook)
    try:
        document = read(data, name="sealed")
    finally:
        watching.clear()
        assert not seen, seen
    return document.text


def check(document: Document) -> None:
    """The promises that Document makes about its lines and its text."""
    document.text.encode()  # no half of a surrogate pair
    end, page = -1, 1
    for line in document.lines:
        text = document.line_text(line)
        assert text == text.strip() != "", text[:80]
        assert text.splitlines() == [text], text[:80]
        assert line.start > end
        assert page <= line.page <= document.pages
        end, page = line.end, line.page
    assert end <= len(document.text)


def rooms(text: str) -> dict[str, float]:
    """Seconds that each of the language rooms' ways in takes for a text."""
    document = from_text(text, "fuzzed")
    found = {}
    for name, room in _ROOMS.items():
        started = time.perf_counter()
        room(document)
        found[name] = time.perf_counter() - started
    return found


def understanding(text: str) -> str:
    """What the rooms say of a text, twice."""
    document = from_text(text, "fuzzed")
    first, again = ([repr(room(document)) for room in _ROOMS.values()] for _ in range(2))
    assert first == again, "understood twice, and not the same"
    return hashlib.sha256("".join(first).encode("utf-8", "replace")).hexdigest()


def bundle(files: dict[str, bytes]) -> str:
    """Open a model folder of these files, with everything in it that JSON gives shape to."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        for file, content in files.items():
            (folder / file).write_bytes(content)
        opened = Bundle.open(folder)
        opened.check_taxonomy("")
        opened.verify()
        mapper = Mapper.load(folder)
        scores = mapper.score(np.array([[0.5] * len(mapper.feature_names)]))
        band = mapper.band(scores)
        assert 0 <= scores[0] <= 100
        assert 0 <= band[0, 0] <= band[0, 1] <= 100
        rows, weights = read_background(opened, mapper)
        assert len(rows) == len(weights)
        if (folder / FILES.domains).exists():
            found = Domains.load(folder)
            assert len(found.names) == len(found.weights)
        tokens = Tokenizer(opened.path(FILES.tokenizer), opened.max_tokens)("Jane Doe")
        assert len(tokens.ids) <= max(1, opened.max_tokens)
    return f"{opened.name} {scores}"


def receipt(data: bytes) -> str:
    with _as_file(data, "receipt.json") as path:
        loaded = receipts.load(path)
        assert loaded["digest"] == receipts.digest(loaded)
    return str(loaded["digest"])


def a_taxonomy(data: bytes) -> str:
    return taxonomy.read(data, "fuzzed").sha256


def cache(data: bytes, also: bytes | None = None) -> str:
    """A cache never raises for its file's sake: it is begun anew, or this run goes on without."""
    vector = np.zeros(4, np.float32)
    rows = np.zeros((0, 4), np.float16)
    profile = Profile(Encoding(vector, rows, 3, 0), rows, (), None, -1, -1, ())
    with _as_file(data, "cache.sqlite") as path:
        if also is not None:
            Path(f"{path}-wal").write_bytes(also)
        with Cache.open(path) as opened:
            before = opened.get("a")
            opened.put("a", (), profile)
            after = opened.get("a")
            assert (after is None) == (opened.problem is not None)
    return f"{before} {after is not None}"


def an_old_cache() -> bytes:
    """A cache file with an entry, for others to spoil."""
    with TemporaryDirectory() as name:
        path = Path(name) / "cache.sqlite"
        vector = np.zeros(4, np.float32)
        rows = np.zeros((0, 4), np.float16)
        with Cache.open(path) as opened:
            profile = Profile(Encoding(vector, rows, 3, 0), rows, (), None, -1, -1, ())
            opened.put("a", (), profile)
        return path.read_bytes()


def table(data: bytes, name: str) -> str:
    """Pairs as `train` and `evaluate` read them."""
    from rolefit.training.pairs import read_pairs

    with _as_file(data, name) as path:
        pairs = read_pairs([path], skip_bad_rows=True, min_pairs=1)
        assert len(pairs.rows) == len(pairs.scores) == len(pairs.weights) == len(pairs.blocks)
        assert ((pairs.scores >= 0) & (pairs.scores <= 100)).all()
    return pairs.fingerprint


@contextmanager
def _as_file(data: bytes, name: str) -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        yield path


_ROOMS: dict[str, Callable[[Document], Any]] = {
    "resume": impersonal,
    "masks": find_masks,
    "job": job_facts,
    "units": units,
    "skills": lambda document: find_skills(document.text),
    "clean": lambda document: clean(document.text),
    "lookalikes": lambda document: without_lookalikes(document.text),
    "canonical": lambda document: canonical(document.text),
    "shingles": lambda document: shingles(document.text).tolist(),
    "english": lambda document: share(document.text),
}


def eat(size: int) -> int:
    """What the tests of the measuring ask for."""
    return len(bytearray(size))


def unsealed() -> str:
    """What `sealed` must notice: a reader that opens another file."""
    global read
    kept = read
    try:
        read = _opening  # type: ignore[assignment]
        return sealed(b"Jane")
    finally:
        read = kept


def _opening(data: bytes, **options: Any) -> Document:
    Path(__file__).read_bytes()
    return from_text("Jane", "opening")
