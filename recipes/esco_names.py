"""Names that mean the same, from ESCO: what `rolefit train finetune --names` reads.

    python recipes/esco_names.py WHEELS OUT

WHEELS is the folder that docs/taxonomy.md fills; OUT gets JSON lines `{"names": [...]}`, one skill
each with all its English names.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from rolefit.language.sources import from_wheels


def main(wheels: Path, out: Path) -> None:
    skills, _ = from_wheels(wheels)
    groups = [[skill.label, *skill.alternatives] for skill in skills if skill.alternatives]
    text = "".join(json.dumps({"names": group}) + "\n" for group in groups)
    out.write_text(text, encoding="utf-8")
    print(f"{len(groups):,} skills, {sum(map(len, groups)):,} names")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*map(Path, sys.argv[1:]))
