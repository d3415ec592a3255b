"""What Python takes the texts of tests/kinds for.

    python tests/golden/web/kinds.py

Writes kinds.json; web/tests/kinds.test.ts must find the same.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from rolefit.language.kinds import kinds, verdict

FILE = Path(__file__).with_name("kinds.json")
TEXTS = Path(__file__).parents[2] / "kinds"


def main() -> None:
    entries = []
    for file in sorted(TEXTS.glob("*.txt")):
        found = re.split(r"^=== .*\n", file.read_text(encoding="utf-8"), flags=re.M)[1:]
        for text in found:
            seen = [round(value, 6) for value in kinds(text)]
            verdicts = [list(verdict(text, side)) for side in ("resume", "job")]
            entries.append({"text": text, "kinds": seen, "verdicts": verdicts})
    FILE.write_text(json.dumps(entries, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{FILE.name}: {len(entries)} texts")


if __name__ == "__main__":
    main()
