"""rolefit normalize"""

from __future__ import annotations

import json as to_json
from pathlib import Path
from typing import Annotated

from rolefit.cli import options, sources
from rolefit.cli.command import argument, option
from rolefit.cli.console import note, write_stdout


def normalize(
    file: Annotated[Path, argument(metavar="FILE", help="A resume or job, or - for stdin.")],
    json: options.Json = False,
    esco: Annotated[
        bool, option("--esco", metavar="", help="Rewrite ESCO's alternative labels too.")
    ] = False,
    max_mb: options.MaxMb = options.MAX_MB,
    max_pages: options.MaxPages = options.MAX_PAGES,
    timeout: options.Timeout = options.TIMEOUT,
) -> None:
    """Print a document's canonical text: cleaned, each known name in one form.

    With --json also every replacement, with its place in the canonical and in the original text.
    """
    document = sources.read_document(file, options.limits(max_mb, max_pages, timeout))

    from rolefit.language import canonical

    result = canonical(document.text, esco=esco)
    notices = (*document.notices, *result.notices)
    if not json:
        write_stdout(result.text + "\n")
        for notice in notices:
            note(notice.message)
        return
    replacements = []
    for replacement in result.replacements:
        start, end = result.original(replacement.start, replacement.end)
        replacements.append(
            {
                "before": replacement.before,
                "after": replacement.after,
                "original": [start, end],
                "canonical": [replacement.start, replacement.end],
            }
        )
    content = {
        "document": document.name,
        "taxonomy": result.taxonomy,
        "text": result.text,
        "replacements": replacements,
        "notices": [{"code": n.code, "message": n.message} for n in notices],
    }
    write_stdout(to_json.dumps(content, ensure_ascii=False, indent=2) + "\n")
