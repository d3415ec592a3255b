"""What a file is, judged by its bytes alone: names lie."""

from __future__ import annotations

import codecs
import io
import re
import struct
import zipfile

from rolefit.errors import DamagedFileError, EncryptedError, LimitError, UnknownFormatError
from rolefit.reading import linkedin, text, written

SAVE_AS = "Save it as PDF, DOCX, HTML, RTF or plain text and try again."
UNPACK = "Unpack it and give its files, or pack them as ZIP."
_AGAIN = "Fetch or export it once more; if Word still opens it, save a copy from there."
_HEAD = 4096  # bytes; a multiple of 4, so a cut falls between the characters of UTF-16 and UTF-32
_MEMBERS = 10_000  # of an archive; listing them costs memory
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNATURES = (
    (b"L\0\0\0\x01\x14\x02\0", "a Windows shortcut (.lnk)"),
    (b"bplist00", "a binary property list (a .webloc link, perhaps)"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"BM", "a BMP picture"),
    (b"RIFF", "a WebP, WAV or AVI file"),
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a Linux program"),
    (b"\xcf\xfa\xed\xfe", "a macOS program"),
    (b"\xca\xfe\xba\xbe", "a macOS program or Java class"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"SQLite format 3", "an SQLite database"),
    (b"AT&TFORM", "a DjVu document"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
)
# No text begins with these, however much of what follows looks like text.
_CERTAIN = tuple(
    signature
    for signature, _ in _SIGNATURES
    if not signature.isascii() or b"\0" in signature or signature == b"bplist00"
)
_PICTURES = ("a PNG picture", "a JPEG picture", "a TIFF picture")  # that are recognised
_PACKED = ("7-Zip", "RAR", "bzip2", "xz", "Zstandard")
GZIP = b"\x1f\x8b\x08"
# Files that only say where something is, as they begin.
_LINKS = (
    (re.compile(r"\s*\[InternetShortcut\]", re.I), "a link (.url)"),
    (re.compile(r"\s*\[Desktop Entry\](?=[^\0]{0,2000}?\bType\s?=\s?Link)"), "a link (.desktop)"),
    (
        re.compile(
            r"\s*(?:<\?xml[^>]*>\s*)?(?:<!DOCTYPE plist[^>]*>\s*)?<plist\b[^\0]{0,900}?<key>URL<"
        ),
        "a link (.webloc)",
    ),
    (
        re.compile(
            r'\s*\{[^{}]{0,900}?"(?:doc_id|resource_id|resource_key)"\s*:[^{}]{0,900}\}\s*$'
        ),
        "a link to a document in the cloud (.gdoc)",
    ),
    (re.compile(r'\s*\{\s*"url"\s*:\s*"https?:[^"{}]{1,900}"\s*\}\s*$'), "a link"),
    (re.compile(r"\s*(?:https?|ftp|file)://\S{1,2000}\s*$"), "a link"),
)
_OPEN_IT = (
    "Open it, and save the document that it leads to as a file (in Google Docs: File > Download)."
)
_ZIP_MEMBERS = (
    ("ppt/presentation.xml", "a PowerPoint presentation (PPTX)"),
    ("Index/Document.iwa", "an Apple Pages document"),
    ("META-INF/MANIFEST.MF", "a Java archive"),
)
_ODT = b"application/vnd.oasis.opendocument.text"
_MIME = {
    b"application/vnd.oasis.opendocument.spreadsheet": "an OpenDocument spreadsheet (ODS)",
    b"application/vnd.oasis.opendocument.presentation": "an OpenDocument presentation (ODP)",
    b"application/epub+zip": "an EPUB book",
}
_OLE_STREAMS = (
    ("WordDocument", "an old binary Word document (.doc)", "Save it as DOCX or PDF and try again."),
    ("Workbook", "an old binary Excel workbook (.xls)", SAVE_AS),
    ("PowerPoint Document", "an old binary PowerPoint presentation (.ppt)", SAVE_AS),
    ("__substg1.0", "an Outlook message (.msg)", SAVE_AS),
)
_TAG = (
    r"(?:a|abbr|address|article|aside|b|blockquote|body|br|button|center|code|dd|div|dl|dt|em|font"
    r"|footer|form|h[1-6]|header|hr|i|img|input|label|li|main|nav|ol|p|pre|section|small|span"
    r"|strong|sub|sup|table|tbody|td|th|thead|tr|u|ul)(?:\s[^<>]*)?/?>"
)
_HTML = re.compile(
    # No two ways to read a comment: tried one after the other they would double with each comment.
    r"\s*(?:<\?xml[^>]*>\s*|<!--(?:[^-]|-(?!->))*-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|link|style"
    r"|script|base|div|p|h[1-6]|table|ul|ol|dl|section|article|main|header|span|font|br|b|strong)"
    r"[\s>/]"
    # Or three tags, one of which ends something: a text that speaks of tags names those that begin.
    # Markdown, which may hold tags too, has a heading, code, something bold or a link.
    r"|(?!(?:.*\n)?(?:#{1,6} |```)|.*\*\*\w|.*\]\(http)"
    rf"(?=.*?(?:</{_TAG}|<br\s*/?>))(?:.*?</?{_TAG}){{3}}",
    re.IGNORECASE | re.DOTALL,
)

_JSON = re.compile(r'\s*(?:\{\s*"|\[\s*[{"\[])')  # it may hold tags, and is no page for that

_INK = re.compile(rb"\S")


def kind_of(data: bytes, name: str) -> str:
    """What it is: "pdf", "docx", "doc", "odt", "html", "rtf", "text", "linkedin", or a kind of
    `written.kind_of`; "zip", "tar", "gzip" and "xlsx" for what holds documents.

    Raises UnknownFormatError for anything else, saying what it seems to be; EncryptedError,
    DamagedFileError and LimitError where the container already tells.
    """
    if data.startswith(_OLE):
        return _ole_kind(data, name)
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _zip_kind(data, name)
    start = data[:1024].find(b"%PDF-")
    if start == 0 or (start > 0 and b" obj" in data):
        return "pdf"
    if data.lstrip()[:5] == b"{\\rtf":
        return "rtf"
    if data.startswith(GZIP):
        return "gzip"
    if data[257:262] == b"ustar":
        return "tar"
    if _is_binary(data):
        what = _binary_name(data)
        if what in _PICTURES:
            return "picture"
        remedy = UNPACK if any(packer in what for packer in _PACKED) else SAVE_AS
        raise UnknownFormatError(name, f"it seems to be {what}", remedy)
    if data.startswith(b"%!PS"):
        raise UnknownFormatError(name, "it seems to be PostScript", SAVE_AS)
    start = _ink(data)
    head = text.decode(data[start : start + _HEAD])[0]
    for link, what in _LINKS:
        if link.match(head) and len(data) < _HEAD:
            raise UnknownFormatError(name, f"it is {what}, and holds no document itself", _OPEN_IT)
    return written.kind_of(head, data) or ("html" if is_page(head) else "text")


def is_page(head: str) -> bool:
    """Whether a text that begins like this is HTML."""
    return bool(_HTML.match(head)) and not _JSON.match(head)


def _ink(data: bytes) -> int:
    """Where anything but blanks and comments of HTML begins; 0 if letters are two bytes wide."""
    if b"\0" in data[:_HEAD]:
        return 0
    start = _past_blanks(data, 3 if data.startswith(codecs.BOM_UTF8) else 0)
    while data.startswith(b"<!--", start) and (end := data.find(b"-->", start)) >= 0:
        start = _past_blanks(data, end + 3)
    return start


def _past_blanks(data: bytes, start: int) -> int:
    found = _INK.search(data, start)
    return found.start() if found else len(data)


def _is_binary(data: bytes) -> bool:
    """Whether the bytes begin as no text does, or decode to characters that no text holds."""
    if data.startswith(_CERTAIN):
        return True
    head = text.decode(data[:_HEAD])[0]
    odd = sum(c < " " and c not in "\t\n\r\x0b\x0c\x1a\x1b" for c in head)
    return "\0" in head or odd > len(head) / 20


def _binary_name(data: bytes) -> str:
    if data[4:8] == b"ftyp":
        return "a video or HEIC picture"
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            return what
    return "binary data"


def _ole_kind(data: bytes, name: str) -> str:
    """ "doc". Raises EncryptedError, UnknownFormatError."""
    if _utf16("EncryptedPackage") in data:
        raise EncryptedError(
            name,
            "it is a password-protected Office file",
            "Open it in Word, remove the password under File > Info, and save it again.",
        )
    for stream, what, remedy in _OLE_STREAMS:
        if _utf16(stream) in data:
            if stream == "WordDocument":
                return "doc"
            raise UnknownFormatError(name, f"it seems to be {what}", remedy)
    raise UnknownFormatError(name, "it seems to be an old Microsoft Office file", SAVE_AS)


def _utf16(stream: str) -> bytes:
    return stream.encode("utf-16-le")


def _zip_kind(data: bytes, name: str) -> str:
    if (count := data.count(b"PK\x01\x02")) > _MEMBERS:
        raise LimitError(
            name,
            f"it is an archive of {count:,} files, the limit is {_MEMBERS:,}",
            "A DOCX holds some twenty: check where the file comes from.",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error) as error:
        # The first entries still tell a DOCX that breaks off from any other broken archive.
        if b"word/" in data or data[30:49] == b"[Content_Types].xml":
            raise DamagedFileError(
                name, "it is a DOCX file that breaks off or is damaged", _AGAIN
            ) from error
        raise UnknownFormatError(name, "it seems to be a damaged ZIP archive", SAVE_AS) from error
    for member, what in _ZIP_MEMBERS:
        if member in members:
            raise UnknownFormatError(name, f"it seems to be {what}", SAVE_AS)
    if "xl/workbook.xml" in members:
        return "xlsx"
    if "[Content_Types].xml" in members and any(m.startswith("word/") for m in members):
        return "docx"
    if "content.xml" in members and _ODT in data[:200]:
        return "odt"
    for mime, what in _MIME.items():
        if mime in data[:200]:
            raise UnknownFormatError(name, f"it seems to be {what}", SAVE_AS)
    return "linkedin" if linkedin.is_export(members) else "zip"


def may_hold(head: bytes) -> bool:
    """Whether what begins like this may hold documents, and so be larger than one."""
    return head.startswith((b"PK", GZIP)) or head[257:262] == b"ustar" or written.may_hold(head)
