"""rolefit export onnx"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rolefit.cli import options
from rolefit.cli.console import progress_bar

app = typer.Typer(help="Turn trained weights into a model bundle (extra: train).",
                  no_args_is_help=True)  # fmt: skip


@app.callback()
def _group() -> None:
    """Keeps `export` a group while it has one command."""


@app.command()
def onnx(
    weights: Annotated[
        Path, typer.Argument(metavar="WEIGHTS", help="config, safetensors, tokenizer.")
    ],
    texts: Annotated[
        list[Path], typer.Argument(metavar="TEXTS", help="JSON lines with text, for parity.")
    ],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="BUNDLE", help="Bundle folder.")],
    fp32: Annotated[
        Path | None, typer.Option(metavar="FILE.onnx", help="Keep the float32 graph here too.")
    ] = None,
    name: Annotated[str, typer.Option(metavar="NAME", help="Of the bundle.")] = "rolefit-default",
    version: Annotated[str, typer.Option(metavar="V", help="Of the bundle.")] = "0.1.0",
) -> None:
    """Export to ONNX float32 and int8, compare both with torch on 200 texts, refuse a bad one."""
    with options.extra("Exporting", "train"):
        from rolefit.export import export_onnx
        from rolefit.training.corpus import read_texts
    sample = read_texts(texts)
    with progress_bar("Comparing") as show:
        bundle, full, small = export_onnx(
            weights, out, sample, name=name, version=version, fp32=fp32,
            **({"progress": show} if callable(show) else {}),
        )  # fmt: skip
    for kind, parity in (("float32", full), ("int8", small)):
        typer.echo(
            f"{kind:8} least cosine {parity.min_cosine:.6f}   "
            f"rank correlation {parity.rank_correlation:.6f}   on {parity.texts} texts"
        )
    typer.echo(f"{bundle.folder}: {sum(f['bytes'] for f in bundle.files.values()):,} bytes")
