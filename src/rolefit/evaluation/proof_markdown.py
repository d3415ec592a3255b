"""A proof as Markdown: the tables of the page, for a model card or a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rolefit.evaluation.proof import Proof


def markdown(proof: Proof) -> str:
    """GitHub's Markdown, ending with a line break."""
    model = proof.model
    bars = [(bar.name, bar.wanted, bar.got, "met" if bar.met else "MISSED") for bar in proof.bars]
    parts = [f"# {proof.title}", *proof.about, "## Bars",
             _table(("bar", "wanted", "measured", ""), bars)]  # fmt: skip
    for table in proof.tables:
        parts += [
            f"## {table.title}",
            *filter(None, [table.about]),
            _table(table.heads, table.rows),
        ]
    parts += ["## Limits", "\n".join(f"- {line}" for line in proof.limits)]
    parts.append(
        f"{proof.made_by}, model {model['name']} {model['version']} ({model['sha256'][:12]})"
    )
    return "\n\n".join(parts) + "\n"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    def row(cells: Sequence[str]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"

    return "\n".join([row(heads), row(["---"] * len(heads)), *map(row, rows)])
