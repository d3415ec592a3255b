"""What `rolefit inspect --json` says of documents of many formats.

    PYTHONPATH=tests:tests/reading python tests/golden/web/inspected.py

Writes inspected.json.gz: web/tests/inspected.test.ts inspects the same files (the examples, some of
documents.zip, hidden.zip and formats.zip, and the texts below) and must say the same.
"""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rolefit.errors import ReadError
from rolefit.inspection import inspect
from rolefit.report.inspect_json import to_json

HERE = Path(__file__).parent
FILE = HERE / "inspected.json.gz"
EXAMPLES = HERE.parents[2] / "examples"
STEP = 4  # every so many files of documents.zip
FORMATS = ("resume.odt", "hidden.odt", "resume.json", "linkedin.zip", "people.csv", "ana.txt.gz")
TEXTS = {
    # Beyond the first plane a sign is one character here and two in a browser.
    "signs.txt": "\U0001f4c8 Ada Byron \U0001f680\nada@example.org\n\nEXPERIENCE\n"
    "\U0001f3e2 Head Baker, Northwind Foods\nMay 2019 - Present\n- Excel \U0001f4ca and SQL\n"
    "Baker, Contoso Ltd\nMar 2044 - Feb 2015\nClerk, Fabrikam\n\nTHINGS I LEARNED\n"
    "Bachelor of Arts in History, 2012\nSpanish (fluent)\n\ue000 call me\nE D U C A T I O N\nx\n",
    "advert.txt": "Head Baker\nNorthwind Foods \U0001f35e\nRequirements\n- At least 3 years of "
    "experience as a baker\n- Must hold a food handler card\n- Bachelor's degree\nNice to have\n"
    "- Spanish\n- Excel\nYou will\n- Train four bakers\n",
    "bare.txt": "Dear all,\nthe meeting is on Monday.\n",
}


def files() -> dict[str, bytes]:
    found = {
        f"{folder}/{path.name}": path.read_bytes()
        for folder in ("resumes", "jobs")
        for path in sorted((EXAMPLES / folder).iterdir())
    }
    with zipfile.ZipFile(HERE / "documents.zip") as archive:
        good = [name for name in archive.namelist() if not name.startswith("not-read/")]
        found |= {name: archive.read(name) for name in good[::STEP]}
    with zipfile.ZipFile(HERE / "hidden.zip") as archive:
        found |= {name: archive.read(name) for name in archive.namelist()[::STEP]}
    with zipfile.ZipFile(HERE / "formats.zip") as archive:
        found |= {name: archive.read(name) for name in FORMATS}
    return found | {name: text.encode() for name, text in TEXTS.items()}


def record(path: Path, side: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(to_json(inspect(path, side)))
    except ReadError as error:
        return {"error": type(error).__name__, "cause": error.cause}
    return found


def main() -> None:
    entries = []
    with TemporaryDirectory() as folder:
        for name, data in files().items():
            path = Path(folder) / name.rpartition("/")[2]
            path.write_bytes(data)
            entries.append({"file": name, "as": "", "found": record(path, "")})
            if name in TEXTS:
                entries.append({"file": name, "as": "job", "found": record(path, "job")})
        content = {"texts": TEXTS, "entries": entries}
    packed = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    FILE.write_bytes(gzip.compress(packed, 9, mtime=0))
    print(f"wrote {FILE}, {FILE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
