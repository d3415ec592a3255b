"""RTF: striprtf turns the control words into text; this file smooths its way in and out."""

from __future__ import annotations

import re

from striprtf.striprtf import font_table_group, rtf_to_text

from rolefit.errors import DamagedFileError, LimitError
from rolefit.reading.common import Extract
from rolefit.reading.limits import MIB, Allowance
from rolefit.reading.rtfgroups import with_all_text, without_raw

_BRACE = re.compile(rb"\\[\\{}]|[{}]")
_HEX = re.compile(r"(?:[0-9a-fA-F]{32,}\s*){2,}")  # pictures and fonts; no text looks like that
_COLUMN = re.compile(r"\\column(?![a-z])")
_CELL = re.compile(r"\\(?:nest)?cell(?![a-z])")
# Character sets of old Macs that Python has no codec for; striprtf would end with a LookupError.
_NO_CODEC = re.compile(r"\\fcharset(?:78|79|80|82|85|86|87|88|89)(?![0-9])")
_FIELD = re.compile(r"\\fldinst\{", re.IGNORECASE)
_FONT = re.compile(r"\\f\d")
_MOST = 4 * MIB  # characters without pictures; striprtf looks at no clock
_FONTS = 100_000_000  # fonts times characters of the font table: striprtf's pattern takes that long
_TAIL = 300  # characters of the table behind its last ";", where the pattern tries every split
_DRAWN = str.maketrans({"\xad": None, "\u2011": "-"})  # an optional hyphen is not drawn in a line
_AGAIN = "Fetch or export it once more, or save it as DOCX."


def extract(data: bytes, allowance: Allowance) -> Extract:
    """The text of an RTF file, one paragraph or table row a line, cells parted by a tab.

    Raises DamagedFileError if groups stay open at its end or a control word makes no sense, and
    LimitError.
    """
    data = without_raw(data, allowance)
    braces = [m.group() for m in _BRACE.finditer(data)]
    if braces.count(b"{") > braces.count(b"}"):
        raise DamagedFileError(
            allowance.name, "the RTF breaks off: groups are still open at its end", _AGAIN
        )
    source = _HEX.sub("", data.decode("cp1252", "replace"))
    _check_length(source, allowance)
    source = with_all_text(_COLUMN.sub(r"\\par", source), allowance)
    # striprtf writes cells as "|", which a line may hold anyway, and addresses of links, for which
    # it looks through the rest of the line; a line break means nothing in RTF.
    source = _FIELD.sub(r"\g<0>\n", _CELL.sub(r"\\tab", source))
    source = _NO_CODEC.sub(r"\\fcharset0", source)
    _check_fonts(source, allowance)
    try:
        text: str = rtf_to_text(source, errors="replace")  # type: ignore[no-untyped-call]
    except (ValueError, OverflowError, TypeError) as error:
        # striprtf passes on what int() and chr() say about an impossible number.
        cause = f"the RTF holds a control word that makes no sense ({error})"
        raise DamagedFileError(allowance.name, cause, _AGAIN) from error
    # \u writes characters beyond U+FFFF as two halves.
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return Extract((text.translate(_DRAWN),))


def _check_length(source: str, allowance: Allowance) -> None:
    """Refuse what would keep striprtf busy beyond all limits: nothing can interrupt it."""
    allowance.check_clock()
    if len(source) > _MOST:
        cause = f"it has {len(source):,} characters without its pictures, the limit is {_MOST:,}"
        raise LimitError(allowance.name, cause, "Save it as DOCX or plain text.")


def _check_fonts(source: str, allowance: Allowance) -> None:
    allowance.check_clock()
    table: str = font_table_group(source)  # type: ignore[no-untyped-call]
    tail = len(table) - table.rfind(";")
    if (table and tail > _TAIL) or len(_FONT.findall(table)) * len(table) > _FONTS:
        raise DamagedFileError(allowance.name, "its table of fonts makes no sense", _AGAIN)
