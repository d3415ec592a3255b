"""Which library finds the words of a PDF or DOCX, and how fast: prints a Markdown table.

    python benchmarks/readers.py FOLDER

FOLDER is searched for .pdf and .docx files. The yardstick is poppler's `pdftotext`; a DOCX is first
printed to PDF by LibreOffice (`soffice`). Both must be on the PATH. "Lost" are words of the
yardstick that a reader does not give, "odd" are words that the yardstick does not have (two words
glued make two lost and one odd). Order is not looked at. Seconds are processor time.

Candidates that are not installed are named and left out. All of them:
    pip install pypdf pdfminer.six pdf_oxide pdf-inspector python-docx docx2python docx2txt mammoth
"""

from __future__ import annotations

import argparse
import importlib
import re
import subprocess
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rolefit.reading import read
from rolefit.reading.spaced import joined

Reader = Callable[[Path], str]
_WORD = re.compile(r"\w+")


def words(text: str) -> Counter[str]:
    """Letters set apart count as the word that they are, whoever read them."""
    whole, _ = joined(unicodedata.normalize("NFKC", text).replace("\xad", ""))
    return Counter(_WORD.findall(whole.lower()))


def measure(reader: Reader, truths: dict[Path, str]) -> str:
    """One row's cells: words found, lost and odd per 1,000, seconds a document."""
    total = found = lost = odd = 0
    started = time.process_time()
    texts = {path: reader(path) for path in truths}
    seconds = (time.process_time() - started) / len(truths)
    for path, truth in truths.items():
        want, have = words(truth), words(texts[path])
        total += want.total()
        found += have.total()
        lost += (want - have).total()
        odd += (have - want).total()
    share = f"{1000 * lost / total:.1f} | {1000 * odd / max(found, 1):.1f}"
    return f"{found:,} of {total:,} | {share} | {seconds:.3f}"


def pdftotext(path: Path) -> str:
    command = ["pdftotext", "-enc", "UTF-8", str(path), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def printed(paths: list[Path], folder: Path) -> dict[Path, str]:
    """What each DOCX says on paper."""
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, *map(str, paths)], capture_output=True, check=True)
    return {path: pdftotext(folder / f"{path.stem}.pdf") for path in paths}


def ours(path: Path) -> str:
    return read(path).text


def pdf_readers() -> dict[str, Callable[[Any, Path], str]]:
    """Module -> how to read with it."""

    def pypdfium2(module: Any, path: Path) -> str:
        with module.PdfDocument(path) as document:
            return "\n".join(page.get_textpage().get_text_range() for page in document)

    def pdf_oxide(module: Any, path: Path) -> str:
        document = module.PdfDocument(str(path))
        return "\n".join(document.extract_text(i) for i in range(document.page_count()))

    def pypdf(module: Any, path: Path) -> str:
        return "\n".join(page.extract_text() for page in module.PdfReader(path).pages)

    return {
        "pypdfium2": pypdfium2,
        "pdf_inspector": lambda module, path: str(module.extract_text(str(path))),
        "pdf_oxide": pdf_oxide,
        "pypdf": pypdf,
        "pdfminer.high_level": lambda module, path: str(module.extract_text(path)),
    }


def docx_readers() -> dict[str, Callable[[Any, Path], str]]:
    def python_docx(module: Any, path: Path) -> str:
        return "\n".join(paragraph.text for paragraph in module.Document(str(path)).paragraphs)

    def mammoth(module: Any, path: Path) -> str:
        with path.open("rb") as file:
            return str(module.extract_raw_text(file).value)

    return {
        "docx": python_docx,
        "docx2python": lambda module, path: str(module.docx2python(path).text),
        "docx2txt": lambda module, path: str(module.process(str(path))),
        "mammoth": mammoth,
    }


def table(
    truths: dict[Path, str], candidates: dict[str, Callable[[Any, Path], str]], title: str
) -> None:
    print(f"\n| {title} | words found | lost per 1,000 | odd per 1,000 | s a document |")
    print("|---|---|---|---|---|")
    print(f"| rolefit.reading | {measure(ours, truths)} |", flush=True)
    for name, reader in candidates.items():
        try:
            module = importlib.import_module(name)
        except ModuleNotFoundError:
            print(f"| {name} | not installed | | | |")
            continue

        def bound(path: Path, module: Any = module, reader: Any = reader) -> str:
            return str(reader(module, path))

        print(f"| {name} | {measure(bound, truths)} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, help="where the .pdf and .docx files lie")
    folder = parser.parse_args().folder
    pdfs, docxs = (sorted(folder.rglob(f"*.{kind}")) for kind in ("pdf", "docx"))
    if pdfs:
        table({path: pdftotext(path) for path in pdfs}, pdf_readers(), f"{len(pdfs)} PDFs")
    if docxs:
        with tempfile.TemporaryDirectory() as place:
            table(printed(docxs, Path(place)), docx_readers(), f"{len(docxs)} DOCX")
    if not pdfs and not docxs:
        parser.error(f"{folder} holds no .pdf and no .docx")


if __name__ == "__main__":
    main()
