"""rolefit's encoder beside torch and all-MiniLM-L6-v2: speed, memory, share of peak, start-up.

    python benchmarks/encoders.py --bundle FOLDER --fp32 FILE --weights FOLDER \
        --texts resumes.jsonl --optimum FOLDER --out benchmarks/results/encoders

See README.md for what the options want and how the numbers come about.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import random
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

import flops
import startup
from rolefit.bundle import FILES
from rolefit.encoder.config import EncoderConfig
from systems import SYSTEMS, Settings, System, Worker
from tables import markdown

PARTS = ("speed", "mixed", "memory", "peak", "startup", "rank")
DOCUMENTS = {256: 32, 1_024: 16, 4_096: 4, 8_192: 2}
LONGEST = 8_192
TORCH = ("torch, batch 32", "torch, batch 1")


@dataclass(frozen=True)
class Case:
    """Texts that every system encodes; `tokens` where all of them have the same number."""

    name: str
    texts: tuple[str, ...]
    tokens: int | None = None


def exact_texts(bundle: Path, tokens: int, documents: int) -> tuple[str, ...]:
    """Different texts of exactly `tokens` tokens, special ones included, for every system.

    They consist of whole words of rolefit's vocabulary, a subset of MiniLM's.
    """
    tokenizer = Tokenizer.from_file(str(bundle / FILES.tokenizer))
    words = sorted(w for w in tokenizer.get_vocab() if w.isascii() and w.isalpha() and len(w) > 2)
    rng = random.Random(tokens)
    texts = tuple(" ".join(rng.choices(words, k=tokens - 2)) for _ in range(documents))
    tokenizer.no_truncation()
    assert all(len(tokenizer.encode(text).ids) == tokens for text in texts)
    return texts


def sampled_texts(files: Sequence[Path], count: int) -> tuple[str, ...]:
    """`count` texts of JSONL files with a field `text`, drawn with a fixed seed."""
    texts = []
    for path in files:
        raw = path.read_bytes()
        raw = gzip.decompress(raw) if path.suffix == ".gz" else raw
        texts += [json.loads(line)["text"] for line in raw.splitlines()]
    return tuple(random.Random(7).sample(texts, min(count, len(texts))))


def cases(options: argparse.Namespace) -> list[Case]:
    found = []
    if "speed" in options.parts:
        for tokens in options.lengths:
            documents = DOCUMENTS.get(tokens, 2)
            documents = max(2, documents // 4) if options.quick else documents
            name = f"{documents} x {tokens:,}"
            found.append(Case(name, exact_texts(options.bundle, tokens, documents), tokens))
    if "mixed" in options.parts and options.texts:
        texts = sampled_texts(options.texts, 20 if options.quick else 200)
        found.append(Case(f"{len(texts)} texts", texts))
    return found


def compare(
    found: list[Case], systems: list[System], workers: dict[str, Worker], repeats: int
) -> list[dict[str, Any]]:
    """For each case and system the median of `repeats` rounds; in a round all take their turn."""
    rows = []
    for case in found:
        seconds: dict[str, list[float]] = {system.name: [] for system in systems}
        for turn in range(repeats):
            for system in systems:
                time = workers[system.worker].encode(case.texts, system.batch_size)
                seconds[system.name].append(time)
                print(
                    f"{case.name:14} round {turn + 1}  {system.name:18} {time:8.2f} s", flush=True
                )
        row: dict[str, Any] = {"name": case.name, "tokens": case.tokens, "systems": {}}
        for system in systems:
            median = statistics.median(seconds[system.name])
            row["systems"][system.name] = {
                "seconds": seconds[system.name],
                "documents_per_s": len(case.texts) / median,
                "tokens_per_s": workers[system.worker].tokens(case.texts) / median,
            }
        rates = [row["systems"][name]["documents_per_s"] for name in TORCH if name in seconds]
        row["reference"] = max(rates, default=None)
        rows.append(row)
    return rows


def shares(rows: list[dict[str, Any]], peak: dict[str, float], config: EncoderConfig) -> list[Any]:
    """What rolefit INT8 achieved in matrix products, and of the highest rate the machine showed."""
    found = []
    for row in rows:
        cell = row["systems"].get("rolefit INT8")
        if not cell or row["tokens"] is None:
            continue
        tokens = row["tokens"]
        linear, attention = (
            flops.linear_flops(config, tokens) / 1e9,
            flops.attention_flops(config, tokens) / 1e9,
        )
        rate = (linear + attention) * cell["documents_per_s"]
        found.append(
            {
                "tokens": tokens,
                "linear_gflop": linear,
                "attention_gflop": attention,
                "full_attention_gflop": flops.full_attention_flops(config, tokens) / 1e9,
                "gflop_per_s": rate,
                "share": rate / max(peak.values()),
            }
        )
    return found


def memory(options: argparse.Namespace, systems: list[System], settings: Settings) -> Any:
    """Peak MB of a fresh process for each system: loaded, after one document, after `cores`."""
    texts = exact_texts(options.bundle, LONGEST, settings.cores)
    found: dict[str, dict[str, float]] = {}
    for system in systems:
        worker = Worker(system.worker, settings)
        peaks = {"loaded": worker.peak_megabytes()}
        worker.encode(texts[:1], system.batch_size)
        peaks["one"] = worker.peak_megabytes()
        worker.encode(texts, system.batch_size)
        peaks["all"] = worker.peak_megabytes()
        worker.close()
        found[system.name] = peaks
        print(
            f"memory {system.name:18} " + " ".join(f"{v:,.0f}" for v in peaks.values()), flush=True
        )
    return found


def chosen(options: argparse.Namespace) -> tuple[list[System], list[str]]:
    """The systems whose files were given, and a sentence about each that is left out."""
    missing = {
        "rolefit-fp32": None if options.fp32 else "rolefit fp32 (no --fp32)",
        "torch": None if options.weights else "torch (no --weights)",
        "minilm-int8": None if options.optimum else "MiniLM ONNX INT8 (no --optimum)",
    }
    wanted = [s for s in SYSTEMS if not options.systems or s.worker in options.systems]
    left_out = sorted({m for s in wanted if (m := missing.get(s.worker))})
    return [s for s in wanted if not missing.get(s.worker)], left_out


def given(path: Path | None) -> str | None:
    return str(path.resolve()) if path else None


def machine(cores: int) -> dict[str, Any]:
    name = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        models = [x for x in info.read_text().splitlines() if x.startswith("model name")]
        name = models[0].split(":", 1)[1].strip() if models else name
    load = os.getloadavg()[0]
    return {"processor": name, "cores": cores, "system": platform.platform(), "load": load}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--bundle", type=Path, required=True, help="rolefit's INT8 bundle")
    parser.add_argument("--fp32", type=Path, help="the same encoder as an fp32 ONNX file")
    parser.add_argument("--weights", type=Path, help="the same weights as a safetensors folder")
    parser.add_argument("--optimum", type=Path, help="folder with optimum-onnx, see README.md")
    parser.add_argument("--texts", type=Path, nargs="*", help="JSONL files with a field 'text'")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--systems", nargs="+", choices=sorted({s.worker for s in SYSTEMS}))
    parser.add_argument("--lengths", type=int, nargs="+", default=list(DOCUMENTS))
    parser.add_argument("--repeats", type=int, default=5, help="rounds (default 5)")
    parser.add_argument("--documents", type=int, default=1_000, help="resumes in the part 'rank'")
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    parser.add_argument("--cores", type=int, default=usable, help="threads of every system")
    parser.add_argument(
        "--quick", action="store_true", help="a quarter of the documents, one round"
    )
    parser.add_argument("--out", type=Path, help="writes OUT.json and OUT.md")
    return parser.parse_args()


def speed(
    options: argparse.Namespace, systems: list[System], settings: Settings, result: dict[str, Any]
) -> None:
    """Parts speed, mixed and peak."""
    measured = cases(options)
    # The peak is taken before and after: a machine that is disturbed once may rest later.
    peak = flops.peak(settings.cores) if "peak" in options.parts else {}
    if measured:
        workers = {
            kind: Worker(kind, settings) for kind in dict.fromkeys(s.worker for s in systems)
        }
        result["versions"] = {kind: worker.versions for kind, worker in workers.items()}
        result["speed"] = compare(measured, systems, workers, result["repeats"])
        for worker in workers.values():
            worker.close()
    if peak:
        again = flops.peak(settings.cores)
        result["peak"] = {name: max(peak[name], again[name]) for name in peak}
        config = EncoderConfig()
        if options.weights:
            config = EncoderConfig.from_json(options.weights / "config.json")
        result["share"] = shares(result["speed"], result["peak"], config)


def main() -> None:
    options = arguments()
    systems, left_out = chosen(options)
    settings = Settings(
        bundle=str(options.bundle.resolve()),
        fp32=given(options.fp32),
        weights=given(options.weights),
        optimum=given(options.optimum),
        cores=options.cores,
    )
    repeats = 1 if options.quick else options.repeats
    result: dict[str, Any] = {
        "machine": machine(options.cores),
        "repeats": repeats,
        "systems": {system.name: system.note for system in systems},
        "left_out": left_out,
        "versions": {},
        "speed": [],
    }
    speed(options, systems, settings, result)
    if "memory" in options.parts:
        result["memory"] = memory(options, systems, settings)
    processes: dict[str, float] = {}
    if "startup" in options.parts:
        processes |= startup.start_up(settings.bundle, repeats)
    if "rank" in options.parts:
        processes |= startup.cached_rank(settings.bundle, options.documents, repeats)
    result["processes"] = processes
    text = markdown(result)
    print("\n" + text)
    if options.out:
        options.out.parent.mkdir(parents=True, exist_ok=True)
        base = (
            options.out.with_suffix("") if options.out.suffix in (".json", ".md") else options.out
        )
        base.with_suffix(".json").write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
        base.with_suffix(".md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
