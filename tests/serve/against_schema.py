"""Schemathesis against the service's own OpenAPI document, with the tiny bundle:

    python tests/serve/against_schema.py path/to/schemathesis [its options]

`make serve-schema` installs schemathesis and runs this. Ends with schemathesis' status.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]


def main(command: str, *options: str) -> int:
    from serving import serving

    from conftest import make_tiny_bundle

    with tempfile.TemporaryDirectory() as folder, serving(make_tiny_bundle(Path(folder))) as client:
        return subprocess.run(
            [command, "--config-file", str(HERE / "schemathesis.toml"), "run",
             f"{client.url}/openapi.json", "--phases", "examples,coverage,fuzzing",
             "--max-examples", "50", *options],
            cwd=folder, check=False,
        ).returncode  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
