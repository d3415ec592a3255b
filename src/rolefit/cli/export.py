"""rolefit export onnx, rolefit export web"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from rolefit import __version__
from rolefit.cli import options
from rolefit.cli.command import Group, argument, echo, option
from rolefit.cli.console import progress_bar

app = Group(help="Write a model bundle or the browser app.",)  # fmt: skip


@app.command()
def onnx(
    weights: Annotated[Path, argument(metavar="WEIGHTS", help="config, safetensors, tokenizer.")],
    texts: Annotated[
        list[Path], argument(metavar="TEXTS", help="JSON lines with text, for parity.")
    ],
    out: Annotated[Path, option("-o", "--out", metavar="BUNDLE", help="Bundle folder.")],
    fp32: Annotated[
        Path | None, option(metavar="FILE.onnx", help="Keep the float32 graph here too.")
    ] = None,
    name: Annotated[str, option(metavar="NAME", help="Of the bundle.")] = "rolefit-default",
    version: Annotated[str, option(metavar="V", help="Of the bundle.")] = __version__,
    any_size: Annotated[
        bool, option("--any-size", metavar="", help="Allow more bytes than a browser should load.")
    ] = False,
) -> None:
    """Export to ONNX float32 and int8, compare both with torch on 200 texts, refuse a bad one.

    WEIGHTS is a folder of this project, or one of jina-embeddings-v2-small-en or a model fine-tuned
    from it, as published: config.json, model.safetensors, tokenizer.json.
    """
    with options.extra("Exporting", "train"):
        from rolefit.export.onnx import export_onnx
        from rolefit.training.corpus import read_texts
    sample = read_texts(texts)
    with progress_bar("Comparing") as show:
        bundle, full, small = export_onnx(
            weights, out, sample, name=name, version=version, fp32=fp32, any_size=any_size,
            **({"progress": show} if callable(show) else {}),
        )  # fmt: skip
    for kind, parity in (("float32", full), ("int8", small)):
        echo(
            f"{kind:8} least cosine {parity.min_cosine:.6f}   "
            f"rank correlation {parity.rank_correlation:.6f}   on {parity.texts} texts"
        )
    echo(f"{bundle.folder}: {sum(f['bytes'] for f in bundle.files.values()):,} bytes")


@app.command()
def web(
    out: Annotated[Path, option("-o", "--out", metavar="DIR", help="Folder of the site.")],
    model: options.Model = None,
    page: Annotated[
        Path | None,
        option(metavar="FOLDER", help="The built page.", show_default="the shipped one"),
    ] = None,
) -> None:
    """Write the browser app with its model: static files that any web server can hand out."""
    from rolefit.export.web import export_web

    sizes = export_web(out, model, page)
    echo(
        f"{out}: model {sizes['model'] / 2**20:.1f} MiB, "
        f"reader, loaded with the first evidence, {sizes['reader'] / 2**20:.1f} MiB, "
        f"everything else {sizes['rest'] / 2**20:.1f} MiB compressed"
    )
    echo(f"Look at it with: rolefit serve-web {out}")
