"""The model folder: what each file is called, what it must hash to, and refusing it otherwise.

A bundle is what the workshop writes and the corridor reads:

    manifest.json          format, name, version, encoder facts, SHA-256 and size of every file
    encoder.int8.onnx      the encoder
    tokenizer.json         its tokenizer
    poly_features.json, ridge_weights.json, neural_weights.json, mapper.json   the score mapper
    cosine_*.json          the same four for the cosine alone
    background.json        features of ordinary pairs, which an explanation measures against
    parts.json             the head that reads function, needs, seniority and credentials
    domains.json           the 13 professions, read from a document's vector; may be missing
    tiers.json             how far apart scores must lie to be told apart; may be missing
    CARD.md                what the model is, for people
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rolefit.errors import BundleError, InputError

FORMAT = 1
MOST = 1_000_000  # tokens or numbers that a model may take or give
LINE_SCALE = (0.35, 0.75)  # of a bundle that names none
DEFAULT = Path(__file__).parent / "models" / "default"


@dataclass(frozen=True, slots=True)
class Files:
    """The layout is data: change it here and nowhere else."""

    manifest: str = "manifest.json"
    encoder: str = "encoder.int8.onnx"
    tokenizer: str = "tokenizer.json"
    poly: str = "poly_features.json"
    ridge: str = "ridge_weights.json"
    neural: str = "neural_weights.json"
    mapper: str = "mapper.json"
    background: str = "background.json"
    domains: str = "domains.json"
    tiers: str = "tiers.json"
    parts: str = "parts.json"
    cosine_prefix: str = "cosine_"  # of the mapper files that read the cosine alone
    card: str = "CARD.md"


FILES = Files()
MAPPER_FILES = (FILES.poly, FILES.ridge, FILES.neural, FILES.mapper)


@dataclass(frozen=True, slots=True)
class Bundle:
    """An opened model folder. `sha256` names the whole of it: the hash of its manifest."""

    folder: Path
    name: str
    version: str
    max_tokens: int
    hidden_size: int
    files: dict[str, dict[str, Any]]  # name -> {"sha256": hex, "bytes": int}
    sha256: str
    encoder_sha256: str  # of encoder, tokenizer, max_tokens: what an encoding depends on
    taxonomy: str = ""  # hash of the taxonomy that the mapper's features came from; "" if none did
    as_of: int | None = None  # the month "present" stands for: 12 * year + month - 1
    line_scale: tuple[float, float] = LINE_SCALE  # see evidence.assess

    @classmethod
    def open(cls, folder: str | Path | None = None) -> Bundle:
        """Read the manifest of `folder` (default: the shipped bundle) and check file sizes.

        Sizes are checked always, hashes by `verify`: hashing 27 MB at every start would cost more
        than loading them. Raises BundleError.
        """
        folder = Path(folder) if folder is not None else DEFAULT
        path = folder / FILES.manifest
        try:
            raw = path.read_bytes()
            manifest = json.loads(raw)
        except OSError as error:
            raise BundleError(
                f"{folder}: expected a model bundle with a {FILES.manifest}: {error.strerror}"
            ) from error
        except (ValueError, RecursionError) as error:
            raise BundleError(f"{path}: expected JSON: {error}") from error
        bundle = cls._from_manifest(folder, manifest, hashlib.sha256(raw).hexdigest())
        for name, entry in bundle.files.items():
            size = _size(folder / name)
            if size != entry["bytes"]:
                raise BundleError(
                    f"{folder / name}: expected {entry['bytes']:,} bytes, "
                    f"{'it is missing' if size is None else f'got {size:,}'}. "
                    f"Copy or install the bundle again"
                )
        return bundle

    @classmethod
    def _from_manifest(cls, folder: Path, manifest: dict[str, Any], sha256: str) -> Bundle:
        if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
            got = manifest.get("format") if isinstance(manifest, dict) else type(manifest).__name__
            raise BundleError(
                f"{folder}: bundle format {FORMAT} expected, got {got!r}. "
                f"Install the rolefit version the bundle was made with, or export it again"
            )
        try:
            files = manifest["files"]
            _check_entries(files)
            max_tokens, hidden_size = (
                _whole(manifest["encoder"], name) for name in ("max_tokens", "hidden_size")
            )
            hashes = [files[name]["sha256"] for name in (FILES.encoder, FILES.tokenizer)]
            if wrong := [name for name in files if Path(name).name != name]:
                raise BundleError(f"{folder}: expected a plain file name, got {wrong[0]!r}")
            encoding = "".join([*hashes, str(max_tokens)])
            return cls(
                folder=folder,
                name=str(manifest["name"]),
                version=str(manifest["version"]),
                max_tokens=max_tokens,
                hidden_size=hidden_size,
                files=files,
                sha256=sha256,
                encoder_sha256=hashlib.sha256(encoding.encode()).hexdigest(),
                taxonomy=str(manifest.get("taxonomy", "")),
                as_of=as_of_month(manifest.get("as_of", "document")),
                line_scale=_rising(manifest.get("line_scale", LINE_SCALE)),
            )
        except (KeyError, TypeError, ValueError, OverflowError, InputError) as error:
            raise BundleError(
                f"{folder / FILES.manifest}: field missing or of the wrong type: {error}"
            ) from error

    def path(self, name: str) -> Path:
        return self.folder / name

    def check_taxonomy(self, installed: str) -> None:
        """Raises BundleError if features were fitted with another taxonomy than `installed`."""
        if self.taxonomy and self.taxonomy != installed:
            raise BundleError(
                f"{self.folder}: made with taxonomy {self.taxonomy[:12]}, but {installed[:12]} is "
                f"used here; scores would not be the bundle's. Take the taxonomy it was made with "
                f"(another version of rolefit, or the file that ROLEFIT_TAXONOMY names), or fit "
                f"its mapper again: rolefit train mapper PAIRS --model {self.folder}"
            )

    def verify(self) -> None:
        """Hash every file and compare. Raises BundleError naming all files that differ."""
        wrong = [
            name
            for name, entry in self.files.items()
            if _sha256(self.path(name)) != entry["sha256"]
        ]
        if wrong:
            raise BundleError(
                f"{self.folder}: altered since it was made: {', '.join(wrong)}. "
                f"Copy or install the bundle again"
            )


def write_manifest(
    folder: Path,
    *,
    name: str,
    version: str,
    max_tokens: int,
    hidden_size: int,
    encoder: dict[str, Any],
) -> Bundle:
    """List every file that lies in `folder` with size and hash, and open the result.

    `encoder` adds facts for people (architecture, parity) to the manifest.
    """
    encoder = {"max_tokens": max_tokens, "hidden_size": hidden_size, **encoder}
    return _write(folder, {"format": FORMAT, "name": name, "version": version, "encoder": encoder})


def rewrite_manifest(folder: Path, **facts: Any) -> Bundle:
    """Hash the files anew after one was written or added; name and facts stay but for `facts`."""
    path = folder / FILES.manifest
    return _write(folder, {**json.loads(path.read_text(encoding="utf-8")), **facts})


def _check_entries(files: Any) -> None:
    """Raises TypeError, KeyError."""
    for name, entry in files.items() if isinstance(files, dict) else [("files", None)]:
        if not isinstance(entry, dict):
            raise TypeError(f"{name}: expected an object, got {type(entry).__name__}")
        if type(entry["bytes"]) is not int or type(entry["sha256"]) is not str:
            raise TypeError(f"{name}: expected a number of bytes and a sha256")


def _whole(facts: Any, name: str) -> int:
    """Raises TypeError, KeyError, ValueError."""
    value = int(facts[name])
    if not 2 <= value <= MOST:
        raise ValueError(f"{name}: expected a number from 2 to {MOST:,}, got {value}")
    return value


def _rising(pair: Any) -> tuple[float, float]:
    low, high = map(float, pair)
    if not -1 <= low < high <= 1:
        raise ValueError(f"line_scale: expected two rising cosines, got {pair}")
    return low, high


def as_of_month(text: str) -> int | None:
    """ "2026-11" -> 12 * 2026 + 10; "document" -> None. Raises InputError for anything else."""
    if text == "document":
        return None
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        raise InputError(f"as of: expected a month such as 2026-11, or `document`, got {text!r}")
    return 12 * int(text[:4]) + int(text[5:]) - 1


def _write(folder: Path, manifest: dict[str, Any]) -> Bundle:
    files = {
        path.name: {"sha256": _sha256(path), "bytes": path.stat().st_size}
        for path in sorted(folder.iterdir())
        if path.is_file() and _is_part(path.name)
    }
    partial = folder / (FILES.manifest + ".partial")
    text = json.dumps({**manifest, "files": files}, indent=2)
    partial.write_text(text + "\n", encoding="utf-8")
    partial.replace(folder / FILES.manifest)
    return Bundle.open(folder)


def _is_part(name: str) -> bool:
    """Not what an interrupted command left behind, which nobody should have to install."""
    return name != FILES.manifest and not name.startswith(".") and not name.endswith(".partial")


def _size(path: Path) -> int | None:
    """None if there is no such file, nor could be: a name may be too long for the disk."""
    try:
        return path.stat().st_size if path.is_file() else None
    except OSError:
        return None


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return (
            hashlib.file_digest(file, "sha256").hexdigest()
            if hasattr(hashlib, "file_digest")
            else hashlib.sha256(file.read()).hexdigest()
        )
