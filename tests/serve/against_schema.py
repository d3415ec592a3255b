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
    from rolefit.matcher import Matcher
    from rolefit.pool import Pool

    with tempfile.TemporaryDirectory() as folder:
        matcher = Matcher(make_tiny_bundle(Path(folder)))
        pool = Pool.open(Path(folder, "people.pool"), matcher, create=True)
        pools = {"people": pool}
        with pool, serving(matcher.bundle, matcher=matcher, pools=pools, changes=True) as client:
            return _asked(command, client.url, folder, options)


def _asked(command: str, url: str, folder: str, options: tuple[str, ...]) -> int:
    return subprocess.run(
            [command, "--config-file", str(HERE / "schemathesis.toml"), "run",
             f"{url}/openapi.json", "--phases", "examples,coverage,fuzzing",
             "--max-examples", "50", *options],
            cwd=folder, check=False,
        ).returncode  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
