"""--blind: no name, contact, age or sex on the screen or page. A score never reads them anyway."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from rolefit.cli.command import option
from rolefit.cli.console import note

if TYPE_CHECKING:
    from rolefit.records import Explanation

Blind = Annotated[
    bool,
    option("--blind", metavar="", help="Show blocks for names, contacts, age, sex."),
]


def say(wanted: bool) -> None:
    """What --blind means where nothing of a resume is quoted."""
    if wanted:
        note("scores never read names, contacts, addresses, age or sex; file names are shown")


def shown(explanation: Explanation, wanted: bool) -> Explanation:
    """The explanation with blocks where the resume tells who the person is."""
    if not wanted:
        return explanation
    from rolefit import blind

    return blind.shown(explanation)
