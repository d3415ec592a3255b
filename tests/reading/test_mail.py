"""Mails: what is attached is the candidate, the greeting is not."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

import makers
import pytest

from rolefit.errors import (
    DamagedFileError,
    EmptyDocumentError,
    LimitError,
    ReadError,
    SeveralDocumentsError,
    UnknownFormatError,
)
from rolefit.reading import read, read_all

PDF = makers.pdf(makers.lines_at(["Ida Moen", "Welder, MIG and TIG, since 2011"], 60))
GREETING = "Dear hiring team,\n\nplease find my resume attached.\n\nIda"


def mail(body: str = GREETING, *attached: tuple[str, str, bytes]) -> EmailMessage:
    """`attached` are (MIME type, file name, bytes)."""
    message = EmailMessage()
    message["From"] = "Ida Moen <ida@example.org>"
    message["To"] = "jobs@example.com"
    message["Subject"] = "Application"
    message["Message-ID"] = "<1@example.org>"
    message.set_content(body)
    for kind, name, data in attached:
        main, _, sub = kind.partition("/")
        message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return message


def opened(data: bytes) -> tuple[dict[str, str], list[ReadError]]:
    unread: list[ReadError] = []
    found = read_all(data, name="mail.eml", unread=unread)
    return {document.name: document.text for document in found}, unread


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_is_attached_is_read_and_named_by_the_mail(newline: str) -> None:
    message = mail(
        GREETING, ("application/pdf", "cv.pdf", PDF), ("text/plain", "b.txt", b"Bo, cook")
    )
    data = message.as_bytes(policy=SMTP if newline == "\r\n" else message.policy)
    texts, unread = opened(data)
    assert list(texts) == ["mail.eml/cv.pdf", "mail.eml/b.txt"]
    assert "Welder" in texts["mail.eml/cv.pdf"]
    assert unread == []


def test_a_mail_with_nothing_attached_is_read_itself() -> None:
    document = read(mail("Ida Moen\nWelder since 2011").as_bytes(), name="mail.eml")
    assert (document.name, document.kind) == ("mail.eml", "text")
    assert document.text.strip() == "Ida Moen\nWelder since 2011"


def test_of_a_mail_in_two_forms_the_plain_one_is_read_and_else_the_page() -> None:
    both = mail("Ida Moen, welder")
    both.add_alternative("<p>Ida <b>Moen</b>, welder in HTML", subtype="html")
    assert read(both.as_bytes(), name="m").text.strip() == "Ida Moen, welder"
    page = mail("   ")
    page.add_alternative(
        '<meta charset="latin-1"><p>J\u00f8rgen, <b>welder</b></p><p>Oslo', subtype="html"
    )
    document = read(page.as_bytes(), name="m")
    assert (document.text, document.kind) == ("J\u00f8rgen, welder\nOslo", "html")


def test_pictures_of_a_signature_keys_and_calendars_are_no_resumes() -> None:
    message = mail(GREETING, ("application/pdf", "cv.pdf", PDF))
    for kind, name in (
        ("text/calendar", "invite.ics"),
        ("text/vcard", "ida.vcf"),
        ("application/pkcs7-signature", "smime.p7s"),
        ("application/pgp-signature", "signature.asc"),
    ):
        main, _, sub = kind.partition("/")
        message.add_attachment(b"BEGIN", maintype=main, subtype=sub, filename=name)
    message.add_attachment(makers.PNG, "image", "png", filename="logo.png", cid="<logo>")
    message.add_attachment(makers.PNG, "image", "png", filename="x.png", disposition="inline")
    texts, unread = opened(message.as_bytes())
    assert (list(texts), unread) == (["mail.eml/cv.pdf"], [])


def test_an_attachment_that_cannot_be_read_is_named_and_the_greeting_is_not_taken_for_it() -> None:
    texts, unread = opened(
        mail(GREETING, ("application/zip", "cv.7z", b"7z\xbc\xaf'\x1c")).as_bytes()
    )
    assert texts == {}
    assert [(type(error), error.file) for error in unread] == [
        (UnknownFormatError, "mail.eml/cv.7z")
    ]
    assert "Unpack it" in unread[0].remedy


def test_a_mail_that_was_passed_on_is_opened_too() -> None:
    inner = mail("Hello", ("application/pdf", "cv.pdf", PDF))
    outer = mail("Have a look at her")
    outer.add_attachment(inner)
    texts, _ = opened(outer.as_bytes())
    assert list(texts) == ["mail.eml/mail.eml/cv.pdf"]


def test_an_attached_archive_is_opened() -> None:
    pile = makers.archive({"ida.pdf": PDF, "bo.txt": b"Bo, cook"})
    texts, _ = opened(mail(GREETING, ("application/zip", "all.zip", pile)).as_bytes())
    assert list(texts) == ["mail.eml/all.zip/ida.pdf", "mail.eml/all.zip/bo.txt"]


def test_two_attachments_of_one_name_are_both_read() -> None:
    message = mail(
        GREETING, ("text/plain", "cv.txt", b"Ida, welder"), ("text/plain", "cv.txt", b"Bo")
    )
    assert opened(message.as_bytes())[0] == {
        "mail.eml/cv.txt": "Ida, welder",
        "mail.eml/cv (2).txt": "Bo",
    }


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/cv.txt", "cv.txt"),
        ("C:\\Users\\ida\\cv.txt", "cv.txt"),
        ("Lebenslauf J\u00f8rgen.txt", "Lebenslauf J\u00f8rgen.txt"),
        ("cv\x07.txt", "cv.txt"),
        ("..", "attachment 1"),
    ],
)
def test_an_attachment_is_named_by_the_last_step_of_its_name(given: str, shown: str) -> None:
    message = mail(GREETING, ("text/plain", given, b"Ida, welder"))
    assert list(opened(message.as_bytes())[0]) == [f"mail.eml/{shown}"]


def test_a_name_in_the_old_spelling_of_mails_is_read() -> None:
    data = mail(GREETING, ("text/plain", "cv.txt", b"Ida")).as_bytes()
    data = data.replace(b'"cv.txt"', b'"=?utf-8?B?TGViZW5zbGF1Zi50eHQ=?="')
    assert list(opened(data)[0]) == ["mail.eml/Lebenslauf.txt"]


def test_the_mail_says_in_which_encoding_its_text_is() -> None:
    attached = mail(GREETING)
    attached.add_attachment("Zofia Łoś, spawaczka", charset="iso-8859-2", filename="cv.txt")
    assert opened(attached.as_bytes())[0]["mail.eml/cv.txt"].strip() == "Zofia Łoś, spawaczka"


def test_a_mailbox_is_all_its_mails() -> None:
    first = mail(GREETING, ("application/pdf", "cv.pdf", PDF)).as_bytes()
    second = mail("Bo Lind, cook\n\n>From 2012 on head chef\nFrom 2019 at sea").as_bytes()
    start = b"From ida@example.org Mon Nov 30 10:00:00 2026\n"
    texts, _ = opened(start + first + b"\n" + start + second + b"\n")
    assert list(texts) == ["mail.eml/mail 1/cv.pdf", "mail.eml/mail 2"]
    assert "\nFrom 2012 on head chef\nFrom 2019 at sea" in texts["mail.eml/mail 2"]


def test_a_saved_page_in_the_form_of_a_mail_is_read_as_the_page() -> None:
    data = (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/\r\n"
        b"Subject: Welder\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
        b'\tboundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\nContent-Location: x\r\n\r\n'
        b"<html><body><h1>Welder</h1><p>MIG and TIG\r\n--b\r\nContent-Type: image/png\r\n"
        b"Content-Location: y\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0=\r\n--b--\r\n"
    )
    assert read(data, name="page.mhtml").text == "Welder\nMIG and TIG"


@pytest.mark.parametrize(
    "text",
    [
        "From: 2012\nTo: 2019\nSubject: mathematics teacher, Lyc\u00e9e Nord",
        "Name: Ida Moen\nEmail: ida@example.org\nSubject: Application\n\nDear team",
        "From 2012 until 2019 I welded ships. From 10:00 to 2024",
        "Date: 2026-11-30\nTo: the hiring manager\nFrom: Ida Moen\n\nI weld.",
    ],
)
def test_a_letter_is_no_mail(text: str) -> None:
    assert read(text.encode(), name="letter.txt").text == text


def test_a_mail_without_text_and_attachment_is_empty() -> None:
    with pytest.raises(EmptyDocumentError, match="neither text nor"):
        read(mail("").as_bytes(), name="mail.eml")


def test_a_mail_of_endless_parts_is_refused() -> None:
    message = mail(GREETING, *(("text/plain", f"{n}.txt", b"x") for n in range(1100)))
    with pytest.raises(LimitError, match="more parts"):
        read(message.as_bytes(), name="mail.eml")


def test_a_mail_of_parts_inside_parts_is_refused() -> None:
    head = b"From: a\nTo: b\nMIME-Version: 1.0\n"
    nest = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(3000)
    )
    with pytest.raises((LimitError, DamagedFileError)):
        read(head + nest + b"\ntext", name="mail.eml")


def test_a_mail_with_several_attachments_is_refused_where_one_document_is_wanted() -> None:
    two = mail(
        GREETING, ("application/pdf", "cv.pdf", PDF), ("text/plain", "letter.txt", b"Dear all")
    )
    with pytest.raises(SeveralDocumentsError, match=r"mail\.eml/cv\.pdf"):
        read(two.as_bytes(), name="mail.eml")
