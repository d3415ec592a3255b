"""The service under load: errors, times, memory; and what sending texts together brings.

    python benchmarks/serve.py [--clients 64] [--seconds 60]

Starts `rolefit serve` with the shipped model and no cache. Clients run in this process, on the same
cores. Each asks one thing after the other: 8 texts' vectors (8 of 10 times), a score of two texts
(1 of 10), a ranking of 4 (1 of 10). Batches: texts of some 16 tokens, one in a request and 64.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import numpy as np

EXAMPLES = Path(__file__).parents[1] / "examples"
WORDS = "nurse ward python sql ledger audit kitchen staff lessons data sales site".split()
KINDS = {"embeddings": 8, "score": 1, "rank": 1}  # of ten requests
TEXTS = 128  # whose vectors are asked for, one by one and together


@contextmanager
def service() -> Iterator[int]:
    command = [sys.executable, "-m", "rolefit", "serve", "--port", "0", "--no-cache"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield int(process.stdout.readline().split("/")[2].rpartition(":")[2])
    finally:
        process.terminate()
        process.wait(180)


def ask(connection: HTTPConnection, path: str, content: Any) -> tuple[int, Any]:
    body = json.dumps(content)
    connection.request("POST", path, body, {"Content-Type": "application/json"})
    got = connection.getresponse()
    return got.status, json.loads(got.read())


def metric(port: int, name: str) -> float:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/metrics")
    text = connection.getresponse().read().decode()
    connection.close()
    found = re.search(rf"^{name} (\S+)$", text, re.M)
    return float(found[1]) if found else float("nan")


def memory(port: int) -> float:
    """MB that the service holds."""
    return metric(port, "process_resident_memory_bytes") / 1e6


def short(seed: int) -> str:
    return f"Experienced {' '.join(random.Random(seed).choices(WORDS, k=10))} {seed % 97}."


def batches(port: int) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=600)
    texts = [short(seed) for seed in range(TEXTS)]

    def vectors(size: int) -> tuple[np.ndarray[Any, Any], float, float]:
        """The vectors, texts a second, and the service's CPU milliseconds for one."""
        started, cpu = time.perf_counter(), metric(port, "process_cpu_seconds_total")
        rows: list[list[float]] = []
        for first in range(0, TEXTS, size):
            asked = {"model": "rolefit", "input": texts[first : first + size]}
            rows += [
                one["embedding"] for one in ask(connection, "/v1/embeddings", asked)[1]["data"]
            ]
        rate = TEXTS / (time.perf_counter() - started)
        cpu = metric(port, "process_cpu_seconds_total") - cpu
        return np.array(rows), rate, 1000 * cpu / TEXTS

    vectors(64)  # once, unmeasured
    rates: dict[int, list[float]] = {1: [], 64: []}
    costs: dict[int, list[float]] = {1: [], 64: []}
    for _ in range(2):  # taking turns
        found = {size: vectors(size) for size in rates}
        assert np.array_equal(found[1][0], found[64][0])
        for size, (_, rate, cost) in found.items():
            rates[size].append(rate)
            costs[size].append(cost)
    one, many = (max(rates[size]) for size in (1, 64))
    print(f"texts a second: {one:.0f} one by one, {many:.0f} by 64, equal: {many / one:.2f} times")
    print(
        "all rounds:", {size: [round(rate, 1) for rate in found] for size, found in rates.items()}
    )
    print(f"CPU, ms a text: {min(costs[1]):.1f} one by one, {min(costs[64]):.1f} by 64")
    connection.close()


class Load:
    def __init__(self, port: int, seconds: float) -> None:
        self.port = port
        self.end = time.monotonic() + seconds
        self.times: dict[str, list[float]] = defaultdict(list)
        self.wrong: list[str] = []

    def client(self, seed: int) -> None:
        choice = random.Random(seed)
        connection = HTTPConnection("127.0.0.1", self.port, timeout=180)
        while time.monotonic() < self.end:
            (kind,) = choice.choices(list(KINDS), list(KINDS.values()))
            started = time.perf_counter()
            try:
                status, _ = ask(connection, f"/v1/{kind}", self.content(kind, choice))
                if status != 200:
                    self.wrong.append(f"{kind}: {status}")
            except OSError as error:
                self.wrong.append(f"{kind}: {type(error).__name__}")
                connection.close()
            self.times[kind].append(time.perf_counter() - started)
        connection.close()

    def content(self, kind: str, choice: random.Random) -> dict[str, Any]:
        seeds = [choice.randrange(10**6) for _ in range(8)]
        if kind == "embeddings":
            return {"model": "rolefit", "input": [short(seed) for seed in seeds]}
        resume = (EXAMPLES / "resumes" / "renzo-albrecht-chef.txt").read_text(encoding="utf-8")
        job = (EXAMPLES / "jobs" / "backend-engineer.txt").read_text(encoding="utf-8")[:1500]
        people = [f"{resume[:800]}\n{short(seed)}" for seed in seeds]
        if kind == "score":
            return {"resume": people[0], "job": job}
        return {"job": job, "resumes": people[:4]}


def load(port: int, clients: int, seconds: float) -> None:
    run = Load(port, seconds)
    held = [memory(port)]
    threads = [threading.Thread(target=run.client, args=(seed,)) for seed in range(clients)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        time.sleep(min(seconds / 6, 10))
        held.append(memory(port))
    print(f"{clients} clients, {seconds:g} s: {len(run.wrong)} errors {run.wrong[:3] or ''}")
    print("| asked | answers | p50, s | p99, s | longest |\n|---|---|---|---|---|")
    for kind, times in sorted(run.times.items()):
        p50, p99 = np.percentile(times, [50, 99])
        print(f"| {kind} | {len(times):,} | {p50:.2f} | {p99:.2f} | {max(times):.2f} |")
    print("memory, MB:", ", ".join(f"{value:.0f}" for value in held))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=60.0)
    options = parser.parse_args()
    with service() as port:
        batches(port)
        load(port, options.clients, options.seconds)


if __name__ == "__main__":
    main()
