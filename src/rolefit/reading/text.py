"""Plain text and Markdown: bytes -> str.

The rules in order: a byte order mark; UTF-16 if every second byte is mostly zero; UTF-8 if all of
it is valid; else Windows-1252, or Latin-1 where a byte has no meaning in Windows-1252. The last
step is a guess, and says so: any single-byte text is also valid in a dozen other encodings. It is
the guess that browsers make, so Python and the web page read the same text.
"""

from __future__ import annotations

import codecs

from rolefit.reading.charsets import CODECS
from rolefit.reading.common import Extract
from rolefit.records import Notice

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: it begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 4096  # bytes looked at to tell UTF-16 without a mark


def extract(data: bytes) -> Extract:
    text, notices = decode(data)
    return Extract((text,), notices)


def decode(data: bytes, declared: str | None = None) -> tuple[str, tuple[Notice, ...]]:
    """Text and notices; `declared` is the encoding that the document itself names, if any.

    A name that browsers do not know is ignored. Never fails: what an encoding cannot express
    becomes U+FFFD and a notice.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict_or_marked(data[len(mark) :], encoding)
    if (wide := _wide(data)) is not None:
        return _strict_or_marked(data, wide)
    if declared is not None and (codec := CODECS.get(declared.lower())) is not None:
        return _strict_or_marked(data, _western(data) if codec == "cp1252" else codec, declared)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _guess(data)


def _strict_or_marked(
    data: bytes, encoding: str, declared: str = ""
) -> tuple[str, tuple[Notice, ...]]:
    try:
        return data.decode(encoding), ()
    except UnicodeError as error:
        text = data.decode(encoding, "replace")
        message = (
            f"The text calls itself {declared or encoding}, but byte "
            f"{getattr(error, 'start', 0):,} does not fit; such bytes read as U+FFFD."
        )
        return text, (Notice("encoding-damaged", message),)


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: Western text has a zero in every second byte."""
    sample = data[:_SAMPLE]
    half = len(sample) // 2
    if half < 2 or len(data) % 2:
        return None
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.6 and even < 0.1:
        return "utf-16-le"
    if even > 0.6 and odd < 0.1:
        return "utf-16-be"
    return None


def _western(data: bytes) -> str:
    """Windows-1252, or Latin-1 where a byte has no meaning in it."""
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return "latin-1"
    return "cp1252"


def _guess(data: bytes) -> tuple[str, tuple[Notice, ...]]:
    codec = _western(data)
    name = "Windows-1252" if codec == "cp1252" else "Latin-1"
    message = f"The text names no encoding and is not UTF-8; it was read as {name}."
    return data.decode(codec), (Notice("encoding-guessed", message),)
