"""The compiled taxonomy: one gzip file of one JSON object, in columns, so that it loads at once.

    format     must be FORMAT; another one is refused with the command that rebuilds it
    sha256     of the file's `body` as it stands; names the taxonomy in bundles and results
    sources    name, version, licence, attribution and SHA-256 of what it was built from
    body       concepts (id, label, group, kind), phrases (key, concept, rule, surface, form)
               and starts (words, lengths: see `Taxonomy.starts`); texts are joined by line breaks

A phrase's key is its words in lower case, stemmed if there are several and the phrase is not exact.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from rolefit.errors import TaxonomyError
from rolefit.settings import own_taxonomy

FORMAT = 1
SHIPPED = Path(__file__).parent / "data" / "taxonomy.json.gz"
REBUILD = "Rebuild it with: python -m rolefit.language.build --esco FOLDER -o {path}"
COLUMNS = {
    "concepts": ("id", "label", "group", "kind"),
    "phrases": ("key", "concept", "rule", "surface", "form"),
}
# How a phrase may be written. NEVER hides what it covers; COMPANY needs another skill beside it.
ANY, EXACT, COMPANY, EXACT_COMPANY, NEVER = range(5)

_HEAD = 1_000
_LOADING = Lock()
MAX_WORDS = 9  # a longer label is a sentence; nobody writes it in a resume
# LENGTHS[bits] are the numbers of words that `Taxonomy.starts` means by them, longest first.
LENGTHS = tuple(
    tuple(n for n in range(MAX_WORDS, 1, -1) if bits >> n & 1) for bits in range(2 << MAX_WORDS)
)


@dataclass(frozen=True, slots=True)
class Concept:
    id: str
    label: str
    group: str
    kind: str


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """Made by `load`."""

    sha256: str
    sources: tuple[dict[str, str], ...]
    phrases: dict[str, int]  # key -> number of the phrase
    concepts: tuple[int, ...]  # of each phrase; -1 for what is never a skill
    rules: tuple[int, ...]  # of each phrase
    surfaces: dict[int, tuple[str, ...]]  # of the exact phrases
    forms: dict[int, str]  # what the canonical text says for a phrase, if not what stands there
    starts: dict[str, int]  # first two words of a key -> the lengths it can have, one bit each
    columns: dict[str, list[str]]

    def concept(self, number: int) -> Concept:
        return Concept(*(self.columns[name][number] for name in COLUMNS["concepts"]))

    def __len__(self) -> int:
        return len(self.columns["id"])


def installed() -> Path:
    """The file that is read: the one that ROLEFIT_TAXONOMY names, or the package's."""
    return own_taxonomy() or SHIPPED


def shipped() -> Taxonomy:
    """The taxonomy of this installation, loaded once, whichever threads ask for it first."""
    with _LOADING:
        return _loaded(installed())


@cache
def _loaded(path: Path) -> Taxonomy:
    return load(path)


def shipped_sha256() -> str:
    """The installed taxonomy's hash as its head names it, without reading the rest."""
    return _head_sha256(installed())


@cache
def _head_sha256(path: Path) -> str:
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            head = file.read(_HEAD)
    except (OSError, EOFError, zlib.error, UnicodeDecodeError):
        return load(path).sha256  # says what is wrong with it
    found = re.search(r'"sha256": ?"([0-9a-f]{64})"', head)
    return found.group(1) if found else load(path).sha256


def load(path: Path | str) -> Taxonomy:
    """Raises TaxonomyError if the file is missing, altered, or of another format."""
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or error
        raise TaxonomyError(
            f"{path}: cannot be read: {reason}. {REBUILD.format(path=path)}"
        ) from error
    return read(data, str(path))


def read(data: bytes, name: str) -> Taxonomy:
    rebuild = REBUILD.format(path=name)
    try:
        head, _, body = gzip.decompress(data).partition(b"\n")
        header = json.loads(head)
        version = header["format"]
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError) as error:
        raise TaxonomyError(
            f"{name}: expected a compiled taxonomy, got other data. {rebuild}"
        ) from (error)
    if version != FORMAT:
        raise TaxonomyError(
            f"{name}: expected a taxonomy of version {FORMAT}, got {version!r}. {rebuild}"
        )
    if hashlib.sha256(body).hexdigest() != header.get("sha256"):
        raise TaxonomyError(
            f"{name}: its content does not fit its SHA-256; it was altered. {rebuild}"
        )
    try:
        return _assemble(header, json.loads(body))
    except (LookupError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise TaxonomyError(f"{name}: a part of it is missing or wrong. {rebuild}") from error


def _assemble(header: dict[str, Any], body: dict[str, Any]) -> Taxonomy:
    keys: list[str] = body["phrases"]["key"].split("\n")
    starts = zip(body["starts"]["words"].split("\n"), body["starts"]["lengths"], strict=True)
    return Taxonomy(
        sha256=header["sha256"],
        sources=tuple(header["sources"]),
        phrases=dict(zip(keys, range(len(keys)), strict=True)),
        concepts=tuple(body["phrases"]["concept"]),
        rules=tuple(body["phrases"]["rule"].encode().translate(_DIGITS)),
        surfaces={int(k): tuple(v) for k, v in body["phrases"]["surface"].items()},
        forms={int(k): v for k, v in body["phrases"]["form"].items()},
        starts=dict(starts),
        columns={name: column.split("\n") for name, column in body["concepts"].items()},
    )


_DIGITS = bytes((byte - 48) % 256 for byte in range(256))


def pack(body: dict[str, Any], sources: list[dict[str, str]]) -> bytes:
    """The file of `body`; the same body makes the same bytes."""
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    header = {
        "format": FORMAT,
        "sha256": hashlib.sha256(content).hexdigest(),
        "sources": sources,
    }
    head = json.dumps(header, ensure_ascii=False, sort_keys=True).encode()
    return gzip.compress(head + b"\n" + content, compresslevel=9, mtime=0)
