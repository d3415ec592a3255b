"""How much arithmetic the encoder does, and how much this machine could do.

Run as a script it prints the machine's peak as JSON: `python benchmarks/flops.py CORES`.
"""

from __future__ import annotations

import json
import math
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from rolefit.encoder.config import EncoderConfig
from systems import clean_environment

REPEATS = 12


def linear_flops(config: EncoderConfig, tokens: int) -> int:
    """Two for each weight of a linear layer and token. Words are looked up, not multiplied."""
    width, inner = config.hidden_size, config.intermediate_size
    weights = config.num_hidden_layers * (4 * width**2 + 3 * width * inner)
    return 2 * weights * tokens


def attention_flops(config: EncoderConfig, tokens: int) -> int:
    """Of the products queries x keys and weights x values, as `export/graph.py` computes them.

    Counted are the padded query rows of every block and, for every group of heads, the keys from
    `reach` before the block to `reach` behind it; not counted are keys that no head looks at.
    """
    from rolefit.export import graph

    blocks = math.ceil(tokens / graph.BLOCK)
    block = math.ceil(tokens / blocks)
    products = 0
    for first, end, farthest in graph.head_groups(config):
        reach = min(tokens, farthest)
        for start in range(0, blocks * block, block):
            keys = min(start + block + reach, tokens) - max(start - reach, 0)
            products += (end - first) * block * keys
    return 2 * 2 * config.head_size * config.num_hidden_layers * products


def full_attention_flops(config: EncoderConfig, tokens: int) -> int:
    """Of the same products if every query met every key."""
    return 4 * config.hidden_size * config.num_hidden_layers * tokens**2


def shapes(config: EncoderConfig) -> list[tuple[int, int, int]]:
    """(m, k, n) of the products measured: a large cube, then 1,024 tokens in the encoder."""
    width, inner = config.hidden_size, config.intermediate_size
    encoder = [(1_024, width, width), (1_024, width, inner), (1_024, inner, width)]
    return [(2_048, 2_048, 2_048), *encoder]


def measure(cores: int) -> dict[str, float]:
    """Best GFLOP/s of each shape, float32, in numpy and in torch, on `cores` threads."""
    import numpy as np
    import torch
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    torch.set_num_threads(cores)
    found = {}
    rng = np.random.default_rng(0)
    for m, k, n in shapes(EncoderConfig()):
        left = rng.standard_normal((m, k), dtype=np.float32)
        right = rng.standard_normal((k, n), dtype=np.float32)
        out = np.empty((m, n), dtype=np.float32)
        tensors = [torch.from_numpy(array) for array in (left, right, out)]

        def with_numpy(left: Any = left, right: Any = right, out: Any = out) -> None:
            np.matmul(left, right, out=out)

        def with_torch(tensors: Any = tensors) -> None:
            torch.mm(tensors[0], tensors[1], out=tensors[2])

        with threadpool_limits(cores):
            rate = 2e-9 * m * k * n
            found[f"numpy {m}x{k}x{n}"] = rate / best(with_numpy)
            found[f"torch {m}x{k}x{n}"] = rate / best(with_torch)
    return found


def best(run: Callable[[], None]) -> float:
    """Least seconds of several runs: a peak is what nothing disturbed."""
    run()
    times = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        run()
        times.append(time.perf_counter() - started)
    return min(times)


def peak(cores: int) -> dict[str, float]:
    """`measure` in a process of its own, in which nothing is forced on the libraries."""
    done = subprocess.run(
        [sys.executable, __file__, str(cores)],
        env=clean_environment(),
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
