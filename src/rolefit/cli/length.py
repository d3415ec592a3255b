"""Documents longer than the model reads at once: an error, or windows."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from rolefit.cli.command import option
from rolefit.errors import InputError, LimitError

if TYPE_CHECKING:
    from rolefit.matcher import Matcher
    from rolefit.records import Match

Strict = Annotated[
    bool,
    option("--strict", metavar="", help="A document too long to be read whole is an error."),
]
Windows = Annotated[
    bool, option("--windows", metavar="", help="Read such a document in overlapping windows.")
]


def by_windows(matcher: Matcher) -> None:
    """Let `matcher` read long documents in windows. Not for one with a cache: its keys do not know.

    Documents within the limit keep their scores.
    """
    from rolefit.bundle import FILES
    from rolefit.encode import TextEncoder
    from rolefit.tokens import Tokenizer

    uncut = Tokenizer(matcher.bundle.path(FILES.tokenizer), sys.maxsize)
    matcher.intake.encoder = TextEncoder(matcher.bundle, uncut, matcher.encoder.jobs)


def whole(matches: Sequence[Match]) -> tuple[list[Match], list[LimitError]]:
    """The matches of resumes that were read whole, and an error for each other one.

    Raises InputError if the job was not.
    """
    for notice in (n for match in matches for n in match.notices if n.code == "job-truncated"):
        raise InputError(
            f"the job is longer than the model reads: {notice.message}. Shorten it, or use "
            "--windows"
        )
    kept, errors = [], []
    for match in matches:
        cut = [notice.message for notice in match.notices if notice.code == "truncated"]
        if cut:
            cause = f"it is longer than the model reads: {cut[0]}"
            errors.append(LimitError(match.resume, cause, "Shorten it, or use --windows"))
        else:
            kept.append(match)
    return kept, errors
