"""rolefit model info, rolefit model verify"""

from __future__ import annotations

from rolefit.cli import options
from rolefit.cli.command import Group, echo
from rolefit.cli.console import out

app = Group(help="Look at the model.")


@app.command()
def info(model: options.Model = None) -> None:
    """Show what the model is, its files, and what the score is made of."""
    from rich.table import Table

    from rolefit.bundle import Bundle
    from rolefit.score import Mapper

    bundle = Bundle.open(model)
    mapper = Mapper.load(bundle.folder)
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim")
    table.add_column(overflow="fold")
    table.add_row("model", f"{bundle.name} {bundle.version}")
    table.add_row("folder", str(bundle.folder))
    table.add_row("sha256", bundle.sha256)
    table.add_row("encoder", f"{bundle.hidden_size} numbers a vector")
    table.add_row("longest text", f"{bundle.max_tokens:,} tokens")
    table.add_row("features", ", ".join(mapper.feature_names))
    for name, entry in bundle.files.items():
        table.add_row("file", f"{entry['bytes']:>12,} bytes  {name}")
    out().print(table)


@app.command()
def verify(model: options.Model = None) -> None:
    """Check every file of the model against its SHA-256."""
    from rolefit.bundle import Bundle

    bundle = Bundle.open(model)
    bundle.verify()
    echo(f"{bundle.name} {bundle.version}: {len(bundle.files)} files unaltered")
