"""Options of commands that read scored pairs: one layout of a table, whoever reads it."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from rolefit.cli.command import option

if TYPE_CHECKING:
    from rolefit.training.pairs import PairFormat

PAIRS = "JSONL, CSV, Parquet or datasets folder: resume, job, score."


class ScoreRange(str, Enum):
    """What the scores of a table run from and to."""

    PERCENT = "0-100"
    UNIT = "0-1"


Resumes = Annotated[
    Path | None,
    option("--resumes", metavar="FILE", help="PAIRS hold ids: id and text, or a folder or ZIP."),
]
Adverts = Annotated[
    Path | None, option("--adverts", metavar="FILE", help="The jobs' texts, likewise.")
]
Columns = Annotated[
    str, option("--columns", metavar="MAP", help="Column names: resume=cv,job=jd,score=label.")
]
Separator = Annotated[
    str | None,
    option("--separator", metavar="SEP", help="Column `text` holds `resume SEP job`."),
]
Range = Annotated[ScoreRange, option("--score-range", help="What scores run from and to.")]
SkipBadRows = Annotated[
    bool, option("--skip-bad-rows", metavar="", help="Leave them out and list them.")
]


def layout(columns: str, separator: str | None, scores: ScoreRange) -> PairFormat:
    """Raises InputError for columns that make no sense. Needs the extra `train`."""
    from rolefit.training.pairs import PairFormat

    top = 1.0 if scores is ScoreRange.UNIT else 100.0
    return PairFormat(separator=separator, top=top).with_columns(columns)
