"""XML -> a stream of its elements, under limits. expat; nothing recurses, no document type."""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

from rolefit.errors import DamagedFileError
from rolefit.reading.limits import Allowance

_CHUNK = 1 << 16  # bytes between two looks at the clock
Start = Callable[[str, dict[str, str]], None]


def parse(
    data: bytes, allowance: Allowance, start: Start, end: Callable[[str], None],
    characters: Callable[[str], None],
) -> None:  # fmt: skip
    """Calls back for each element, named "namespace local". Raises DamagedFileError, LimitError."""
    depth = 0

    def enter(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        allowance.check_nesting(depth)
        start(tag, attributes)

    def leave(tag: str) -> None:
        nonlocal depth
        depth -= 1
        end(tag)

    def refuse(*declaration: object) -> None:
        cause = "its XML declares a document type, which resumes have no use for"
        raise DamagedFileError(allowance.name, cause, "Check where the file comes from.")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = enter
    parser.EndElementHandler = leave
    parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = refuse
    try:
        for at in range(0, len(data), _CHUNK):
            parser.Parse(data[at : at + _CHUNK], False)
            allowance.check_clock()
        parser.Parse(b"", True)
    # LookupError, ValueError: an encoding that Python or expat does not know.
    except (expat.ExpatError, LookupError, ValueError) as error:
        cause = f"its XML breaks off or makes no sense ({error})"
        raise DamagedFileError(allowance.name, cause, "Export it once more.") from error


def local(tag: str) -> str:
    """The name without its namespace."""
    return tag.rsplit(" ", 1)[-1]
