"""Whole processes as a user starts them: seconds until the answer is on the screen.

    python benchmarks/startup.py --bundle FOLDER [--documents 1000] [--repeats 5]

Also a part of `encoders.py`.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from systems import clean_environment

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
RESUME = EXAMPLES / "resumes" / "renzo-albrecht-chef.txt"
JOB = EXAMPLES / "jobs" / "backend-engineer.txt"
WORDS = """accounting analysis backend budget care chef children classes clients code customers data
design engineer experience finance hospital kitchen ledger manager marketing nurse patients planning
python resume safety sales school senior server site software sql staff teacher team ward""".split()
IMPORT = (
    "import time; t = time.perf_counter(); import rolefit.matcher; print(time.perf_counter() - t)"
)


def rolefit(cache: Path, *arguments: str) -> float:
    """Seconds of one `rolefit` process."""
    environment = {**clean_environment(), "ROLEFIT_CACHE": str(cache)}
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "rolefit", *arguments],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=True,
    )
    return time.perf_counter() - started


def python(code: str) -> tuple[float, str]:
    """Seconds of one `python -c` process, and what it printed."""
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=clean_environment(),
        capture_output=True,
        check=True,
        text=True,
    )
    return time.perf_counter() - started, done.stdout


def start_up(bundle: str, repeats: int) -> dict[str, float]:
    """Medians in seconds. The cases take turns, so that a slow minute hits all of them."""
    times: dict[str, list[float]] = {}

    def add(name: str, seconds: float) -> None:
        times.setdefault(name, []).append(seconds)

    pair = ("score", str(RESUME), str(JOB), "--model", bundle)
    with tempfile.TemporaryDirectory() as place:
        cache = Path(place) / "cache.sqlite"
        rolefit(cache, *pair)  # fills the cache, and the system's file cache for all cases
        for _ in range(repeats):
            add("python alone", python("pass")[0])
            add("import rolefit.matcher", float(python(IMPORT)[1]))
            add("rolefit score --no-cache", rolefit(cache, *pair, "--no-cache"))
            add("rolefit score, both cached", rolefit(cache, *pair))
    return {name: statistics.median(values) for name, values in times.items()}


def cached_rank(bundle: str, documents: int, repeats: int) -> dict[str, float]:
    """Seconds to rank a folder of small texts: the first time, and the median once cached."""
    rng = random.Random(1)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "resumes"
        folder.mkdir()
        for index in range(documents):
            text = f"Resume {index}\n" + "\n".join(
                " ".join(rng.choices(WORDS, k=9)) for _ in "1234"
            )
            (folder / f"{index:06}.txt").write_text(text, encoding="utf-8")
        cache = Path(place) / "cache.sqlite"
        arguments = ("rank", str(JOB), str(folder), "--top", "10", "--model", bundle)
        first = rolefit(cache, *arguments)
        later = statistics.median(rolefit(cache, *arguments) for _ in range(repeats))
    return {
        f"rolefit rank, {documents:,} resumes, first time": first,
        f"rolefit rank, {documents:,} resumes, cached": later,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Start-up and cached ranking as whole processes.")
    parser.add_argument("--bundle", required=True)
    parser.add_argument("--documents", type=int, default=1_000)
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    found = start_up(options.bundle, options.repeats)
    found |= cached_rank(options.bundle, options.documents, options.repeats)
    for name, seconds in found.items():
        print(f"{name:45} {seconds:8.3f} s")


if __name__ == "__main__":
    main()
