"""The browser app as a folder of static files: the built page, the model bundle, nothing else.

    OUT/index.html, assets/...   the page, built from web/ by npm
    OUT/taxonomy.json            what skills are called; the build puts it there
    OUT/sw.js                    its offline copy; begins with the list of the page's files
    OUT/model/...                the model bundle
    OUT/reader/...               what reads requirements, which a page loads when it is first needed

The page's rooms are TypeScript, but what can be data is not written twice: `shared` collects it
from the Python rooms (`web_reading.py` from some of the reading rooms, `web_report.py` from the
reports), and web/src/shared.json is that value; `web_language.py` does the same for the language
rooms (`python -m rolefit.export.web` writes both anew, a test compares).
"""

from __future__ import annotations

import dataclasses
import gzip
import hashlib
import json
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

from rolefit import __version__, bundle, prepare, report
from rolefit.bundle import FILES, MAPPER_FILES, Bundle
from rolefit.errors import InputError
from rolefit.export.web_language import language
from rolefit.export.web_reading import reading
from rolefit.export.web_report import decided, explained, improved, inspected, tiered
from rolefit.language.taxonomy import SHIPPED, installed, shipped_sha256
from rolefit.reader import MODEL as READER_MODEL
from rolefit.reader import SETTINGS as READER_SETTINGS
from rolefit.reader import Reader
from rolefit.reading import docx, html, layout, limits, pieces, sniff, wordml
from rolefit.report import as_csv, as_json
from rolefit.tokens.characters import characters

CHECKOUT = Path(__file__).parents[3]
SHARED = CHECKOUT / "web" / "src" / "shared.json"
LANGUAGE = CHECKOUT / "web" / "src" / "language" / "data.json"
APP = CHECKOUT / "web" / "dist"
PACKED = Path(__file__).with_name("page.zip")  # the same, put into wheels by hatch_build.py
MODEL, READER = "model", "reader"
TAXONOMY = "taxonomy.json"
# What a browser loads; the card is for people, who find a link to it on the page.
LOADED = (
    FILES.manifest, FILES.encoder, FILES.tokenizer, *MAPPER_FILES, FILES.background, FILES.domains,
    FILES.tiers, FILES.parts,
)  # fmt: skip
MODEL_LIMIT = 28 * 2**20  # bytes
REST_LIMIT = 25 * 2**18  # bytes, compressed
_COMPRESSED = (".br", ".gz")
_NUMBERS = re.compile(r"\[((?:\s+[-\d.e+]+,){8,}\s+[-\d.e+]+)\s+\]")
_REMEDY = (
    "In a clone of the repository build it with: make web (or: cd web, npm ci, npm run build); it "
    "needs Node 20 with npm. An installation has the page if Node was there when it was made: "
    "install Node, then pip install --force-reinstall --no-deps . in the clone"
)


def shared() -> dict[str, Any]:
    """What the TypeScript rooms take from the Python rooms, as JSON."""
    return {
        "version": __version__,
        "schema": as_json.SCHEMA,
        "decimals": as_json.DECIMALS,
        "bundle": {
            "format": bundle.FORMAT,
            "files": dataclasses.asdict(FILES),
            "line_scale": list(bundle.LINE_SCALE),
        },
        "limits": {**dataclasses.asdict(limits.Limits()), "ratio_floor": limits.RATIO_FLOOR},
        "short_tokens": prepare.SHORT_TOKENS,
        "characters": {name: str(kind) for name, kind in characters()._asdict().items()},
        "verdicts": [list(entry) for entry in report.VERDICTS],
        "meaning": report.MEANING,
        "explained": explained(),
        "improved": improved(),
        "decided": decided(),
        "inspection": inspected(),
        "tiers": tiered(),
        "csv": {
            "columns": list(as_csv.COLUMNS),
            "decided": list(as_csv.DECIDED),
            "tier": list(as_csv.TIER),
            "formula": list(as_csv.FORMULA),
        },
        "sniff": _sniff(),
        "html": {
            "left_out": sorted(html._LEFT_OUT),
            "blocks": sorted(html._BLOCKS),
            "western": sorted(html._WESTERN),
            "nesting": html._NESTING.pattern,
        },
        "docx": {
            "word": list(wordml._W),
            "math": wordml._MATH,
            "compatibility": wordml._COMPATIBILITY,
            "reference_ids": list(wordml._REFERENCE_IDS),
            "removed": sorted(wordml._REMOVED),
            "breaks": wordml._BREAKS,
            "pictures": list(docx._PICTURES),
            "names": docx._NAMES,
            "covered": {"code": docx._COVERED.code, "message": docx._COVERED.message},
        },
        "layout": {
            name.lower(): getattr(module, name)
            for module, names in (
                (pieces, (
                    "WORD_GAP", "PIECE_GAP", "BACKSTEP", "SAME_ROW", "BUCKET", "SINGLE", "NEAR",
                    "SPREAD",
                )),
                (layout, (
                    "GUTTER", "COLUMN_ROWS", "MAIN_WIDTH", "NAME_HEIGHT", "PARTED", "MAX_DEPTH",
                    "MAX_PIECES",
                )),
            )
            for name in names
        },
        **reading(),
    }  # fmt: skip


def _sniff() -> dict[str, Any]:
    return {
        "save_as": sniff.SAVE_AS,
        "again": sniff._AGAIN,
        "head": sniff._HEAD,
        "signatures": [[signature.hex(), what] for signature, what in sniff._SIGNATURES],
        "zip_members": [list(entry) for entry in sniff._ZIP_MEMBERS],
        "mime": [[mime.decode("ascii"), what] for mime, what in sniff._MIME.items()],
        "ole_streams": [list(entry) for entry in sniff._OLE_STREAMS],
        "html": sniff._HTML.pattern,
        "pictures": list(sniff._PICTURES),
        "packed": list(sniff._PACKED),
        "unpack": sniff.UNPACK,
    }


def to_json(value: dict[str, Any]) -> str:
    """Indented, but rows of many numbers stay in one line: weights have thousands of them."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    return (
        _NUMBERS.sub(lambda row: "[" + ", ".join(row[1].replace(",", " ").split()) + "]", text)
        + "\n"
    )


def export_web(out: Path, model: Path | None = None, app: Path | None = None) -> dict[str, int]:
    """Write the site to `out` (made if need be) and return the bytes of its parts.

    `app` is the built page, by default the one in a checkout (web/dist) or in this installation.
    Files of an earlier export are replaced; anything else in `out` is an error, because the site is
    served as it lies there. Raises InputError, BundleError.
    """
    app = app or (PACKED if PACKED.is_file() and not (APP / "index.html").is_file() else APP)
    if app != PACKED and not (app / "index.html").is_file():
        raise InputError(f"{app}: expected the built page, there is no index.html. {_REMEDY}")
    opened = Bundle.open(model)
    opened.verify()
    opened.check_taxonomy(shipped_sha256())
    _make_room(out)
    if app == PACKED:
        with zipfile.ZipFile(PACKED) as packed:
            packed.extractall(out)
    else:
        shutil.copytree(app, out, dirs_exist_ok=True)
    if app == PACKED or installed() != SHIPPED:
        _write_taxonomy(out)
    (out / MODEL).mkdir()
    for name in LOADED:
        if opened.path(name).is_file():
            shutil.copyfile(opened.path(name), out / MODEL / name)
    _copy_reader(out / READER, opened)
    _write_worker(out, opened)
    sizes = measure(out)
    # A page from a wheel has no compressed copies; it was measured when it was packed.
    if sizes["model"] > MODEL_LIMIT or (app != PACKED and sizes["rest"] > REST_LIMIT):
        raise InputError(
            f"{out}: expected at most {MODEL_LIMIT:,} bytes of model and {REST_LIMIT:,} compressed "
            f"bytes beside it, got {sizes['model']:,} and {sizes['rest']:,}"
        )
    return sizes


def _copy_reader(out: Path, opened: Bundle) -> None:
    """With a manifest as the bundle has one. None where a bundle has word pieces of its own: the
    page says that it has no reader."""
    reader = Reader.open()
    if not reader or reader.tokenizer_sha256 != opened.files[FILES.tokenizer]["sha256"]:
        return
    out.mkdir()
    entries = {}
    for name in (READER_SETTINGS, READER_MODEL):
        data = (reader.folder / name).read_bytes()
        (out / name).write_bytes(data)
        entries[name] = {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    manifest = {"format": bundle.FORMAT, "name": "rolefit-reader", "files": entries}
    (out / FILES.manifest).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def measure(site: Path) -> dict[str, int]:
    """Bytes to download: "model", and "reader" once that is needed, as they are; "rest" as
    compressed by the build, if it was."""
    rest = sum(_smallest(file) for file in _page(site))
    return {"model": _bytes(site / MODEL), "reader": _bytes(site / READER), "rest": rest}


def _bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.iterdir()) if folder.is_dir() else 0


def _page(site: Path) -> list[Path]:
    """The page's own files, without the models, compressed copies and the worker."""
    return sorted(
        file
        for file in site.rglob("*")
        if file.is_file()
        and file.suffix not in _COMPRESSED
        and file.relative_to(site).parts[0] not in (MODEL, READER)
    )


def _smallest(file: Path) -> int:
    copies = [file.with_name(file.name + ending) for ending in ("", *_COMPRESSED)]
    return min(copy.stat().st_size for copy in copies if copy.is_file())


def _make_room(out: Path) -> None:
    if out.is_file():
        raise InputError(f"{out}: expected a folder to write to, got a file")
    if out.is_dir() and any(out.iterdir()):
        if not (out / MODEL / FILES.manifest).is_file() or not (out / "sw.js").is_file():
            raise InputError(f"{out}: expected an empty folder or an earlier export; name another")
        shutil.rmtree(out)
    out.mkdir(parents=True, exist_ok=True)


def _write_taxonomy(out: Path) -> None:
    """The one in use here. Copies that the build compressed are of the package's."""
    for ending in ("", *_COMPRESSED):
        (out / (TAXONOMY + ending)).unlink(missing_ok=True)
    (out / TAXONOMY).write_bytes(gzip.decompress(installed().read_bytes()))


def _write_worker(out: Path, opened: Bundle) -> None:
    """Put the list of the page's files in front of the service worker.

    Browsers compare this one file, byte by byte, to learn that there is a new version.
    """
    worker = out / "sw.js"
    code = worker.read_text(encoding="utf-8")
    hashes = {
        file.relative_to(out).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in _page(out)
        if file != worker
    }
    whole = json.dumps([hashes, opened.sha256, code]).encode()
    site = {"version": hashlib.sha256(whole).hexdigest()[:16], "files": list(hashes)}
    for copy in (worker.with_name(worker.name + ending) for ending in _COMPRESSED):
        copy.unlink(missing_ok=True)  # made before the list was there
    worker.write_text(f"self.ROLEFIT_SITE = {json.dumps(site)};\n{code}", encoding="utf-8")


if __name__ == "__main__":
    for file, value in ((SHARED, shared()), (LANGUAGE, language())):
        file.write_text(to_json(value), encoding="utf-8")
        print(f"wrote {file}")
