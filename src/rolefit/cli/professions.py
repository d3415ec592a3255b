"""rolefit rank --domain: only resumes that read like one profession."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from rolefit.cli.command import option
from rolefit.cli.console import note
from rolefit.errors import BundleError, InputError

if TYPE_CHECKING:
    from rolefit.matcher import Matcher
    from rolefit.records import Match

Wanted = Annotated[
    str,
    option(
        "--domain", metavar="NAME",
        help="Only resumes that read like this profession, such as healthcare.",
        show_default=False,
    ),
]  # fmt: skip


def wanted(matcher: Matcher, name: str) -> str:
    """`name` as the bundle writes it; "" for "". Raises InputError and BundleError."""
    if not name:
        return ""
    if matcher.domains is None:
        raise BundleError(
            f"{matcher.bundle.folder}: --domain needs a bundle with professions, and this one has "
            "none. Fit them (rolefit train domains), or leave --domain out"
        )
    plain = " ".join(name.replace("-", " ").split()).casefold()
    for known in matcher.domains.names:
        if known.casefold() == plain:
            return known
    names = ", ".join(matcher.domains.names)
    raise InputError(f"--domain: expected one of {names}; got {name!r}")


def kept(matches: Sequence[Match], name: str) -> tuple[list[Match], int]:
    """(matches of resumes one of whose likely professions is `name`, how many others there are)."""
    from rolefit.records import likely

    if not name:
        return list(matches), 0
    own = [m for m in matches if any(d.name == name for d in likely(m.resume_domains))]
    others = len(matches) - len(own)
    note(f"{others:,} of {len(matches):,} resumes left out: {name} is not among their likely ones")
    return own, others
