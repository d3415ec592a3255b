"""The browser app as a folder, and the server that hands it out."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from conftest import Run
from rolefit.bundle import FILES, MAPPER_FILES, Bundle, rewrite_manifest
from rolefit.cli.serve_web import own_page, server
from rolefit.errors import BundleError, InputError
from rolefit.export import web
from rolefit.reader import MODEL, SETTINGS

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]


@pytest.fixture
def app(tmp_path: Path) -> Path:
    """A page as the build leaves it, small."""
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html>")
    (folder / "sw.js").write_text("self.x = 1;\n")
    (folder / "sw.js.br").write_bytes(b"old")
    (folder / "assets" / "main.js").write_text("let a = 1;")
    (folder / "assets" / "main.js.br").write_bytes(b"packed")
    return folder


def site_of(out: Path) -> dict[str, object]:
    first = (out / "sw.js").read_text().splitlines()[0]
    content = json.loads(first.removeprefix("self.ROLEFIT_SITE = ").removesuffix(";"))
    assert isinstance(content, dict)
    return content


@pytest.mark.parametrize(
    ("file", "value"), [(web.SHARED, web.shared), (web.LANGUAGE, web.language)]
)
def test_what_the_typescript_rooms_share_is_what_the_python_rooms_say(
    file: Path, value: Callable[[], dict[str, object]]
) -> None:
    recorded = json.loads(file.read_text(encoding="utf-8"))
    assert recorded == json.loads(web.to_json(value())), "run python -m rolefit.export.web"


def test_a_site_holds_the_page_and_the_files_that_inference_loads(
    app: Path, tiny_bundle: Bundle, tmp_path: Path
) -> None:
    out = tmp_path / "site"
    sizes = web.export_web(out, tiny_bundle.folder, app)
    assert {f.name for f in (out / "model").iterdir()} == {
        name for name in web.LOADED if tiny_bundle.path(name).is_file()
    }
    assert (out / "model" / FILES.encoder).read_bytes() == tiny_bundle.path(
        FILES.encoder
    ).read_bytes()
    assert sizes["model"] == sum(file.stat().st_size for file in (out / "model").iterdir())
    assert site_of(out)["files"] == ["assets/main.js", "index.html"]
    assert not (out / "sw.js.br").exists()


def test_of_two_mappers_the_page_gets_the_one_that_reads_all_features(
    app: Path, tiny_bundle: Bundle, tmp_path: Path
) -> None:
    folder, out = tmp_path / "bundle", tmp_path / "site"
    shutil.copytree(tiny_bundle.folder, folder)
    for name in MAPPER_FILES:
        shutil.copyfile(folder / name, folder / (FILES.cosine_prefix + name))
    for name in (FILES.background, FILES.domains, FILES.tiers, FILES.parts):
        (folder / name).write_text("{}")
    rewrite_manifest(folder)
    web.export_web(out, folder, app)
    assert {f.name for f in (out / "model").iterdir()} == {*web.LOADED}


def test_the_reader_lies_beside_the_model_with_its_hashes_and_is_kept_by_no_worker(
    app: Path, tmp_path: Path
) -> None:
    out = tmp_path / "site"
    sizes = web.export_web(out, None, app)
    manifest = json.loads((out / "reader" / FILES.manifest).read_text())
    for name, entry in manifest["files"].items():
        data = (out / "reader" / name).read_bytes()
        assert entry == {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    assert set(manifest["files"]) == {SETTINGS, MODEL}
    assert sizes["model"] <= web.MODEL_LIMIT  # which the reader is not part of
    assert sizes["reader"] == sum(file.stat().st_size for file in (out / "reader").iterdir())
    assert site_of(out)["files"] == ["assets/main.js", "index.html"]


def test_a_bundle_with_word_pieces_of_its_own_gets_no_reader(
    app: Path, tiny_bundle: Bundle, tmp_path: Path
) -> None:
    out = tmp_path / "site"
    web.export_web(out, None, app)
    assert web.export_web(out, tiny_bundle.folder, app)["reader"] == 0
    assert not (out / "reader").exists()  # not even one of an earlier export


def test_the_worker_changes_with_any_file_and_only_then(
    app: Path, tiny_bundle: Bundle, tmp_path: Path
) -> None:
    out = tmp_path / "site"
    versions = []
    for code in ("let a = 1;", "let a = 1;", "let a = 2;"):
        (app / "assets" / "main.js").write_text(code)
        web.export_web(out, tiny_bundle.folder, app)
        versions.append(site_of(out)["version"])
    assert versions[0] == versions[1] != versions[2]


def test_a_folder_with_other_things_in_it_is_left_alone(
    app: Path, tiny_bundle: Bundle, tmp_path: Path
) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "thesis.txt").write_text("mine")
    with pytest.raises(InputError, match="empty folder"):
        web.export_web(tmp_path / "site", tiny_bundle.folder, app)
    assert (tmp_path / "site" / "thesis.txt").read_text() == "mine"


def test_without_a_built_page_it_says_how_to_build_it(tiny_bundle: Bundle, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="make web"):
        web.export_web(tmp_path / "site", tiny_bundle.folder, tmp_path / "nothing")


@pytest.fixture
def installed(app: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """As in an installation: no checkout around, the page packed as the build packs it."""
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    pytest.importorskip("hatchling", reason="packing is hatchling's: pip install hatchling")
    build = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build)
    build.pack(app, tmp_path / "page.zip")
    monkeypatch.setattr(web, "PACKED", tmp_path / "page.zip")
    monkeypatch.setattr(web, "APP", tmp_path / "no checkout")
    return tmp_path / "page.zip"


def test_an_installation_exports_the_page_that_it_was_built_with(
    installed: Path, tiny_bundle: Bundle, tmp_path: Path
) -> None:
    out = tmp_path / "site"
    web.export_web(out, tiny_bundle.folder)
    assert (out / "assets" / "main.js").read_text() == "let a = 1;"
    assert all(map(json.loads, (out / "taxonomy.json").read_text(encoding="utf-8").splitlines()))
    assert site_of(out)["files"] == ["assets/main.js", "index.html", "taxonomy.json"]
    with zipfile.ZipFile(installed) as packed:
        assert set(packed.namelist()) == {"assets/main.js", "index.html", "sw.js"}


def test_serving_without_a_folder_serves_the_own_page_and_cleans_up(installed: Path) -> None:
    with own_page() as folder:
        assert (folder / "index.html").is_file()
        assert (folder / "model" / FILES.encoder).is_file()
    assert not folder.exists()


def test_an_installation_without_a_page_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    monkeypatch.setattr(web, "PACKED", tmp_path / "none.zip")
    monkeypatch.setattr(web, "APP", tmp_path / "no checkout")
    said = run("serve-web", model=False)
    assert said.status == 2
    assert "make web" in said.err
    assert "Node 20" in said.err


def test_exporting_the_page_loads_nothing_of_the_workshop(environment: dict[str, str]) -> None:
    code = (
        "import sys, rolefit.export.web; print(sorted({m.partition('.')[0] for m in sys.modules} "
        "& {'torch', 'onnx', 'sklearn', 'safetensors', 'transformers', 'scipy'}))"
    )
    said = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True)
    assert said.stdout.split() == [b"[]"]


def test_an_altered_bundle_is_not_exported(app: Path, tiny_bundle: Bundle, tmp_path: Path) -> None:
    copy = tmp_path / "bundle"
    copy.mkdir()
    for file in tiny_bundle.folder.iterdir():
        (copy / file.name).write_bytes(file.read_bytes())
    encoder = copy / FILES.encoder
    encoder.write_bytes(encoder.read_bytes()[:-1] + b"!")
    with pytest.raises(BundleError, match="altered"):
        web.export_web(tmp_path / "site", copy, app)


def test_a_page_beyond_its_budget_is_refused(
    app: Path, tiny_bundle: Bundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "REST_LIMIT", 10)
    with pytest.raises(InputError, match="compressed"):
        web.export_web(tmp_path / "site", tiny_bundle.folder, app)


@pytest.fixture
def port(app: Path) -> Iterator[int]:
    running = server(app, "127.0.0.1", 0)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield running.server_address[1]
    running.shutdown()
    running.server_close()
    thread.join()


def get(port: int, path: str, **headers: str) -> HTTPResponse:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})
    answer = connection.getresponse()
    answer.body = answer.read()  # type: ignore[attr-defined]
    connection.close()
    return answer


def test_every_answer_isolates_the_page_and_forbids_other_hosts(port: int) -> None:
    for path in ("/", "/assets/main.js", "/nothing"):
        answer = get(port, path)
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert answer.headers["Cross-Origin-Embedder-Policy"] == "require-corp"
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


def test_brotli_copies_go_to_those_who_take_them(port: int) -> None:
    packed = get(port, "/assets/main.js", Accept_Encoding="gzip, br")
    assert (packed.headers["Content-Encoding"], packed.body) == ("br", b"packed")  # type: ignore[attr-defined]
    assert packed.headers["Content-Type"] == "text/javascript"
    plain = get(port, "/assets/main.js", Accept_Encoding="gzip")
    assert (plain.headers["Content-Encoding"], plain.body) == (None, b"let a = 1;")  # type: ignore[attr-defined]


def test_folders_are_not_listed_and_nothing_outside_is_served(port: int) -> None:
    assert get(port, "/assets/").status == 404
    assert get(port, "/../../../../etc/hostname").status == 404


def test_a_folder_without_a_page_or_a_taken_port_is_refused_in_words(
    app: Path, port: int, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match="export web"):
        server(tmp_path / "nothing", "127.0.0.1", 0)
    with pytest.raises(InputError, match="--port"):
        server(app, "127.0.0.1", port)
