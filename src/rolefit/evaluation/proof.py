"""What `rolefit evaluate grid`, `long` and `robust` find: bars that were met or missed, and tables.

A proof is measured on documents that come with the package, so anybody can run it again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from rolefit import __version__
from rolefit.bundle import Bundle
from rolefit.files import make_folder, to_bytes, write_files


@dataclass(frozen=True, slots=True)
class Bar:
    """A claim that can fail."""

    name: str
    wanted: str
    got: str
    met: bool


@dataclass(frozen=True, slots=True)
class Table:
    """Cells as people read them; the numbers themselves are in `Proof.data`."""

    title: str
    about: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """One run of one of the three commands."""

    name: str  # "grid", "long" or "robust"; the reports are called so
    title: str
    about: tuple[str, ...]  # what was measured, a paragraph each
    model: dict[str, str]
    bars: tuple[Bar, ...]
    tables: tuple[Table, ...]
    limits: tuple[str, ...]  # what the figures do not show
    data: dict[str, Any] = field(default_factory=dict)  # every number, for JSON
    picture: str = ""  # HTML that stands above the tables

    @property
    def met(self) -> bool:
        return all(bar.met for bar in self.bars)

    @property
    def made_by(self) -> str:
        return f"rolefit {__version__}"

    def to_json(self) -> str:
        """Everything but the picture, ending with a line break."""
        content = {
            "schema": f"rolefit/{self.name}/1", "made_by": self.made_by, "model": self.model,
            "met": self.met, "bars": [asdict(bar) for bar in self.bars], **self.data,
            "limits": list(self.limits),
        }  # fmt: skip
        return json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def model_of(bundle: Bundle) -> dict[str, str]:
    return {"name": bundle.name, "version": bundle.version, "sha256": bundle.sha256}


def points(value: float) -> str:
    """A score or a difference as people read it; a hundredth never rounds over a bar.

    Bars are whole points, so two digits stand wherever one would show a whole number that it is
    not: 44.96 is no 45.0.
    """
    near_a_bar = f"{value:.1f}".endswith(".0") and f"{value:.2f}"[-2:] != "00"
    return f"{value:.2f}" if abs(value) < 10 or near_a_bar else f"{value:.1f}"


def write(proof: Proof, folder: Path, **others: bytes) -> list[Path]:
    """NAME.json, .html and .md in `folder`, which is made, and `others` by suffix: all or none.

    Raises InputError if that cannot be written.
    """
    from rolefit.evaluation.proof_html import page
    from rolefit.evaluation.proof_markdown import markdown

    contents = {
        "json": to_bytes(proof.to_json()), "html": to_bytes(page(proof)),
        "md": to_bytes(markdown(proof)), **others,
    }  # fmt: skip
    make_folder(folder)
    files = {folder / f"{proof.name}.{suffix}": content for suffix, content in contents.items()}
    write_files(files)
    return list(files)


def percentile(values: Sequence[float], share: float) -> float:
    """Linear between the two nearest, as numpy does; 0 of no values."""
    ordered = sorted(values)
    if not ordered:
        return 0.0
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])
