"""What hatchling cannot take from the repository as it lies there: hatchling runs this.

    src/rolefit/export/page.zip   what `npm run build` makes of web/, without what the package has
    README.md                     with links that say where in the repository a page is, and without
                                  pictures: no address is known that a link could lead to

The page is built here and not kept in the repository, whose history would hold every version of it.
Building needs Node 20 with npm; without them, or with ROLEFIT_WITHOUT_PAGE set, the package has no
page, and `rolefit serve-web` says so. An editable install serves web/dist (`make web`).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

PAGE = "rolefit/export/page.zip"
NODE = 20
# Compressed copies, made for hosts from what is there; and the package has the taxonomy itself.
NOT_PACKED = (".br", "taxonomy.json")
SOURCES = ("src", "public", "scripts", "index.html", "vite.config.ts", "package-lock.json")


_PICTURE = re.compile(r"^!\[[^\]]*\]\((?!https?:)[^)]*\)\n+", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]+)\]\((?!https?:)(#?)([^)#]*)(?:#[^)]*)?\)")
_REMARK = re.compile(r"^<!--.*?-->\n+", re.MULTILINE)
_WHERE = "Pages named in brackets, such as (docs/web.md), are in rolefit's repository."


def readme(text: str) -> str:
    """README.md for readers who see it alone. One that was made so stays as it is."""
    if _WHERE in text:
        return text
    text = _LINK.sub(_said, _REMARK.sub("", _PICTURE.sub("", text)))
    title, _, rest = text.partition("\n\n")
    return f"{title}\n\n{_WHERE}\n\n{rest}"


def _said(link: re.Match[str]) -> str:
    words, inside, page = link.groups()
    return words if inside or page in words else f"{words} ({page})"


class ReadmeHook(MetadataHookInterface):
    """The description in the metadata of wheels and source distributions."""

    def update(self, metadata: dict[str, Any]) -> None:
        text = readme(Path(self.root, "README.md").read_text(encoding="utf-8"))
        metadata["readme"] = {"content-type": "text/markdown", "text": text}


class PageHook(BuildHookInterface):  # type: ignore[type-arg]
    """`pip install .` and `python -m build` come by here."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name == "sdist":
            alone = Path(self.root, "build", "README.md")
            alone.parent.mkdir(exist_ok=True)
            text = readme(Path(self.root, "README.md").read_text(encoding="utf-8"))
            alone.write_text(text, encoding="utf-8", newline="\n")
            build_data["force_include"][str(alone)] = "README.md"
        web = Path(self.root, "web")
        if version == "editable" or Path(self.root, "src", PAGE).is_file() or not web.is_dir():
            return  # served from web/dist; or packed already, in a source distribution
        if os.environ.get("ROLEFIT_WITHOUT_PAGE"):
            return
        try:
            built = self.built(web)
        except (OSError, subprocess.CalledProcessError) as error:
            self.app.display_warning(f"The package gets no browser app: {error}")
            return
        packed = Path(self.root, "build", "page.zip")
        packed.parent.mkdir(exist_ok=True)
        pack(built, packed)
        place = PAGE if self.target_name == "wheel" else f"src/{PAGE}"
        build_data["force_include"][str(packed)] = place

    def built(self, web: Path) -> Path:
        """web/dist, made anew if anything that it is made from is younger."""
        index = web / "dist" / "index.html"
        inputs = [web / name for name in SOURCES]
        youngest = max(
            file.stat().st_mtime
            for each in inputs
            for file in ([each] if each.is_file() else each.rglob("*"))
        )
        if index.is_file() and index.stat().st_mtime >= youngest:
            return index.parent
        npm, node = shutil.which("npm"), shutil.which("node")
        if not npm or not node:
            raise FileNotFoundError("building it needs Node 20 with npm, which are not here")
        said = subprocess.check_output([node, "--version"], text=True).strip()
        if int(said.lstrip("v").split(".")[0]) < NODE:
            raise FileNotFoundError(f"building it needs Node {NODE}, this is {said}")
        if not (web / "node_modules" / "installed").is_file():
            subprocess.run([npm, "ci", "--no-audit", "--no-fund"], cwd=web, check=True)
        subprocess.run([npm, "run", "build"], cwd=web, check=True)
        return index.parent


def pack(built: Path, out: Path) -> None:
    """The same bytes for the same files: no times, an order of its own."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for file in sorted(built.rglob("*")):
            if file.is_file() and not file.name.endswith(NOT_PACKED):
                entry = zipfile.ZipInfo(file.relative_to(built).as_posix())
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                packed.writestr(entry, file.read_bytes())
