"""Average the weights of several encoders of one line of descent: better than any of them.

    python recipes/average.py OUT FOLDER=SHARE ...

FOLDER is a weight folder, or a checkpoint of `rolefit train finetune`, which has the weights of a
step that was not the best one. OUT is a copy of the first folder with the weighted mean as weights,
in float16. Models that were fine-tuned one from another lie in one basin, and the mean of their
weights is nearer to its middle (Wortsman et al. 2022, "Model soups").
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

PREFIX = "encoder."  # of the encoder's weights in a checkpoint
FILE = "model.safetensors"


def weights(folder: Path) -> dict[str, torch.Tensor]:
    found = load_file(folder / FILE)
    if any(name.startswith(PREFIX) for name in found):
        found = {n.removeprefix(PREFIX): w for n, w in found.items() if n.startswith(PREFIX)}
    return {name: tensor.float() for name, tensor in found.items()}


def main(out: Path, parts: list[str]) -> None:
    shares = {Path(name): float(share) for name, _, share in (p.rpartition("=") for p in parts)}
    total = sum(shares.values())
    mean: dict[str, torch.Tensor] = {}
    for folder, share in shares.items():
        for name, tensor in weights(folder).items():
            mean[name] = mean.get(name, torch.zeros_like(tensor)) + tensor * (share / total)
    shutil.copytree(next(iter(shares)), out, ignore=shutil.ignore_patterns("checkpoints", FILE))
    halves = {name: tensor.half().contiguous() for name, tensor in mean.items()}
    save_file(halves, out / FILE, metadata={"format": "pt"})


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("parts", nargs="+", metavar="FOLDER=SHARE")
    main(**vars(parser.parse_args()))
