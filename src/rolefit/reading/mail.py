"""Mails and mailboxes -> what is attached to them; the text of a mail where nothing is attached.

Whoever applies by mail sends the resume along and a greeting above it: the greeting is nobody's
resume. Left out are the pictures of signatures, keys, calendars and visiting cards.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message

from rolefit.errors import DamagedFileError, EmptyDocumentError, LimitError, ReadError
from rolefit.reading import text
from rolefit.reading.archives import is_litter
from rolefit.reading.parts import Opening, Part

_BEGINS = re.compile(
    rb"(?:\A|(?<=\n\n)|(?<=\r\n\r\n))From [^\r\n]*\d\d:\d\d[^\r\n]*\r?\n(?=[!-9;-~]+:)"
)
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_NO_RESUME = frozenset(
    "application/pgp-signature application/pkcs7-signature application/x-pkcs7-signature "
    "application/pgp-keys text/calendar application/ics text/vcard text/x-vcard "
    "message/delivery-status message/disposition-notification text/rfc822-headers".split()
)
_DEPTH = 50  # parts inside parts; the parser of the standard library recurses
_PARTS = 1000  # of one mail
_AGAIN = "Save the attachment from the mail program and give that."
_PLAIN = ("text/plain", "text/csv", "text/tab-separated-values", "text/markdown")
_LONGEST = 200  # characters of a name


def from_mbox(part: Part, opening: Opening) -> Iterator[Part | ReadError]:
    """Each mail of it, named by its place: "mail 3"."""
    starts = list(_BEGINS.finditer(part.data))
    ends = [match.start() for match in starts[1:]] + [len(part.data)]
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), start=1):
        opening.count()
        name = f"{part.name}/mail {number}"
        if opening.wants(name):
            data = _QUOTED.sub(rb"\1", part.data[start.end() : end])
            opening.took(len(data))
            yield Part(name, data, "mail")


def from_mail(part: Part, opening: Opening) -> Iterator[Part | ReadError]:
    try:
        # Under the older policy: the newer one parses every header, and long ones for minutes.
        message = message_from_bytes(part.data)
        pieces = list(_pieces(message, part.name))
    except (MessageError, LookupError, ValueError, RecursionError) as error:
        raise DamagedFileError(part.name, f"the mail makes no sense ({error})", _AGAIN) from error
    attached = [piece for piece in pieces if piece is not message and _hangs(piece)]
    if not attached:
        yield _body(pieces, part)
        return
    seen: set[str] = set()
    for number, piece in enumerate(attached, start=1):
        opening.count()
        label = f"{part.name}/{_free(_label(piece, number), seen)}"
        if not opening.wants(label):
            continue
        try:
            data = _content(piece, label)
            opening.took(len(data))
            yield Part(label, data)
        except DamagedFileError as error:
            yield error


def _pieces(message: Message, name: str) -> Iterator[Message]:
    """What a mail is made of, in order; a mail that was passed on is one piece."""
    waiting: list[tuple[Message, int]] = [(message, 0)]
    seen = 0
    while waiting:
        piece, depth = waiting.pop()
        seen += 1
        if seen > _PARTS or depth > _DEPTH:
            raise LimitError(name, "the mail has more parts than a mail has", _AGAIN)
        if piece.get_content_maintype() == "multipart":
            payload = piece.get_payload()
            inner = [one for one in payload if isinstance(one, Message)]
            waiting += [(one, depth + 1) for one in reversed(inner)]
        else:
            yield piece


def _hangs(piece: Message) -> bool:
    """Whether the sender attached it, as far as one can tell."""
    kind = piece.get_content_type()
    apart = piece.get_content_disposition() == "attachment"
    if kind in _NO_RESUME:
        return False
    if piece.get_content_maintype() == "image":  # with an address it stands in the text
        return apart and not piece["Content-ID"]
    name = _name(piece)
    return (apart or bool(name) or kind == "message/rfc822") and not is_litter(name)


def _name(piece: Message) -> str:
    """Of the attachment, or ""; only the last step of a path, as mail programs save it."""
    given = piece.get_filename() or ""
    with suppress(LookupError, ValueError, MessageError):  # an encoding that nobody knows
        given = str(make_header(decode_header(given)))
    step = given.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in step if c.isprintable()).strip(" .")[-_LONGEST:]


def _label(piece: Message, number: int) -> str:
    kind = piece.get_content_type()
    name = _name(piece) or ("mail.eml" if kind == "message/rfc822" else "")
    return name or f"attachment {number}"


def _free(name: str, seen: set[str]) -> str:
    """Two attachments may well have one name: the second is "resume (2).pdf"."""
    stem, dot, ending = name.rpartition(".")
    free, copy = name, 1
    while free in seen:
        copy += 1
        free = f"{stem} ({copy}).{ending}" if dot and stem else f"{name} ({copy})"
    seen.add(free)
    return free


def _content(piece: Message, name: str) -> bytes:
    """The attachment's bytes; plain text as UTF-8, as only the mail says what it is written in."""
    if piece.get_content_type() == "message/rfc822":
        inner = piece.get_payload()
        return (
            inner[0].as_bytes()
            if isinstance(inner, list) and isinstance(inner[0], Message)
            else b""
        )
    data = _decoded(piece)
    if data is None:
        raise DamagedFileError(name, "the attachment cannot be decoded", _AGAIN)
    charset = piece.get_content_charset()
    if piece.get_content_type() in _PLAIN and charset:
        return text.decode(data, charset)[0].encode("utf-8", "surrogatepass")
    return data


def _decoded(piece: Message) -> bytes | None:
    data = piece.get_payload(decode=True)
    return data if isinstance(data, bytes) else None


def _body(pieces: list[Message], part: Part) -> Part:
    """What the mail says itself, under the mail's own name: its plain text, else its page."""
    for wanted, kind in (("text/plain", "text"), ("text/html", "html")):
        for piece in pieces:
            if piece.get_content_type() != wanted:
                continue
            content, notices = text.decode(_decoded(piece) or b"", piece.get_content_charset())
            if content.strip():
                # The mark outweighs what the page says of itself.
                data = BOM_UTF8 + content.encode("utf-8", "surrogatepass")
                return Part(part.name, data, kind, notices)
    cause = "the mail has neither text nor an attachment that could be a resume"
    raise EmptyDocumentError(part.name, cause, "Check that it was saved whole.")
