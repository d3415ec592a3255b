"""What is built for others: a wheel and a source distribution hold what belongs, and say it."""

from __future__ import annotations

import email
import email.message
import os
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow
SOURCES = {
    "CHANGELOG.md", "LICENSE", "MODEL_CARD.md", "NOTICE", "PKG-INFO", "README.md", "examples",
    "hatch_build.py", "pyproject.toml", "src", "web", ".gitignore",
}  # fmt: skip
WEB = {
    "src", "public", "scripts", "index.html", "package.json", "package-lock.json", "tsconfig.json",
    "vite.config.ts",
}  # fmt: skip
RELATIVE = re.compile(r"\]\((?!https?://)")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with both, without the page: that takes Node, and test_web packs it."""
    pytest.importorskip("hatchling", reason="building needs it: pip install hatchling")
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(out)], cwd=ROOT, check=True,
        env={**os.environ, "ROLEFIT_WITHOUT_PAGE": "1"}, capture_output=True, timeout=300,
    )  # fmt: skip
    return out


@pytest.fixture(scope="module")
def wheel(built: Path) -> zipfile.ZipFile:
    return zipfile.ZipFile(next(built.glob("*.whl")))


@pytest.fixture(scope="module")
def sdist(built: Path) -> tarfile.TarFile:
    return tarfile.open(next(built.glob("*.tar.gz")))


def metadata(wheel: zipfile.ZipFile) -> email.message.Message:
    (name,) = (n for n in wheel.namelist() if n.endswith(".dist-info/METADATA"))
    return email.message_from_bytes(wheel.read(name))


def test_a_wheel_holds_the_package_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"rolefit"}
    endings = {Path(name).suffix for name in wheel.namelist() if name.startswith("rolefit/")}
    assert endings <= {
        ".py",
        ".typed",
        ".json",
        ".onnx",
        ".md",
        ".gz",
        ".txt",
        ".csv",
        ".zip",
        ".js",
        ".css",
    }


def test_the_notice_in_a_wheel_has_the_terms_of_what_is_in_it(wheel: zipfile.ZipFile) -> None:
    (name,) = (n for n in wheel.namelist() if n.endswith("licenses/NOTICE"))
    notice = wheel.read(name).decode()
    for said in ("This product uses the ESCO classification of the European Commission",
                 "all-MiniLM-L6-v2", "Apache License, Version 2.0",
                 "Copyright (c) 2018, Joshy Cyriac",
                 "Redistributions in binary form must reproduce"):  # fmt: skip
        assert said in notice


def test_the_metadata_says_who_and_for_whom_and_no_address_that_is_not_known(
    wheel: zipfile.ZipFile,
) -> None:
    found = metadata(wheel)
    assert (found["License-Expression"], found["Author"]) == ("Apache-2.0", "The rolefit authors")
    classifiers = found.get_all("Classifier") or []
    for version in ("3.10", "3.14"):
        assert f"Programming Language :: Python :: {version}" in classifiers
    assert "Operating System :: OS Independent" in classifiers
    for field in ("Home-page", "Project-URL", "Download-URL", "Author-email"):
        assert found[field] is None


def test_the_readme_reads_well_without_the_repository(
    wheel: zipfile.ZipFile, sdist: tarfile.TarFile
) -> None:
    (name,) = (n for n in sdist.getnames() if re.fullmatch(r"[^/]+/README\.md", n))
    member = sdist.extractfile(name)
    assert member is not None
    for text in (str(metadata(wheel).get_payload()), member.read().decode()):
        assert text.startswith("# rolefit\n\nPages named in brackets")
        assert not RELATIVE.search(text)
        assert "![" not in text
        assert "<!--" not in text
        assert "the browser app (docs/web.md)" in text


def test_a_source_distribution_holds_what_the_package_is_made_from(sdist: tarfile.TarFile) -> None:
    inside = [name.split("/", 1)[1] for name in sdist.getnames()]
    assert {name.split("/")[0] for name in inside} <= SOURCES
    assert {name.split("/")[1] for name in inside if name.startswith("web/")} <= WEB
    size = sum(member.size for member in sdist.getmembers())
    models = sum(member.size for member in sdist.getmembers() if member.name.endswith(".onnx"))
    assert size - models < 15 * 2**20
