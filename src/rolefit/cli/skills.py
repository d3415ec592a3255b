"""rolefit skills"""

from __future__ import annotations

import json as to_json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from rolefit.cli import options, sources
from rolefit.cli.command import argument
from rolefit.cli.console import note, out, write_stdout

if TYPE_CHECKING:
    from rolefit.records import Document, Skill


def skills(
    file: Annotated[Path, argument(metavar="FILE", help="A resume or job, or - for stdin.")],
    json: options.Json = False,
    max_mb: options.MaxMb = options.MAX_MB,
    max_pages: options.MaxPages = options.MAX_PAGES,
    timeout: options.Timeout = options.TIMEOUT,
) -> None:
    """List the skills that a document names, as ESCO calls them, and where.

    Years are given only where the document says them beside the skill.
    """
    document = sources.read_document(file, options.limits(max_mb, max_pages, timeout))

    from rolefit.language import find_skills

    found = find_skills(document.text)
    if json:
        write_stdout(to_json.dumps(_content(document, found), ensure_ascii=False, indent=2) + "\n")
        return
    _show(document, found)
    if not found:
        note(f"{document.name}: no skill that the taxonomy knows is named in it")


def _content(document: Document, found: tuple[Skill, ...]) -> dict[str, object]:
    from rolefit.language import taxonomy

    return {
        "document": document.name,
        "taxonomy": taxonomy.shipped().sha256,
        "skills": [
            {
                "id": skill.id,
                "label": skill.label,
                "group": skill.group,
                "kind": skill.kind,
                "years": skill.years,
                "mentions": [
                    {
                        "text": document.text[mention.start : mention.end],
                        "start": mention.start,
                        "end": mention.end,
                        "page": _page(document, mention.start),
                        "section": mention.section,
                        "manner": mention.manner,
                        "years": mention.years,
                    }
                    for mention in skill.mentions
                ],
            }
            for skill in found
        ],
    }


def _page(document: Document, offset: int) -> int:
    from bisect import bisect_right

    at = bisect_right(document.lines, offset, key=lambda line: line.start) - 1
    return document.lines[max(0, at)].page


def _show(document: Document, found: tuple[Skill, ...]) -> None:
    from rich.table import Table

    from rolefit.report.names import printable

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for column in ("skill", "as written", "seen", "years", "group"):
        table.add_column(column, overflow="fold", justify="right" if column == "years" else "left")
    for skill in found:
        written = dict.fromkeys(document.text[m.start : m.end] for m in skill.mentions)
        seen = dict.fromkeys(f"{m.manner} {m.section}".strip() for m in skill.mentions)
        years = "" if skill.years is None else f"{skill.years:g}"
        cells = (skill.label, ", ".join(written), ", ".join(seen), years, skill.group)
        table.add_row(*map(printable, cells))
    out().print(table)
