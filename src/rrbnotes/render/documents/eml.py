"""A paper as the draft of a mail: as text and as a page, with the sheet to fill in. Nothing in it sends it.

A draft has neither a day nor a message id: the program that sends it gives it both.
"""

from collections.abc import Sequence
from dataclasses import replace
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256

from rrbnotes.render import csv
from rrbnotes.render.documents import html, text
from rrbnotes.render.page import Page
from rrbnotes.render.safe import one_line
from rrbnotes.views.document import Document, Paragraph, line

SHEET = "replies.csv"
"""The attachment's name."""
_OR_THE_SHEET = f"If you prefer a spreadsheet, the same table is attached as {SHEET}."
_LINE = 72
"""Longer lines are broken by programs that quote them."""


def write(document: Document, name: str, addresses: Sequence[str]) -> bytes:
    """The draft, to these addresses under a receiver's name; to nobody where there are none."""
    document = replace(document, parts=(*document.parts, Paragraph(line(_OR_THE_SHEET))))
    words = text.write(document, Page(_LINE))
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = one_line(document.title)
    if addresses:
        mail["To"] = [Address(one_line(name), addr_spec=address) for address in addresses]
    mail["X-Unsent"] = "1"  # mail programs open it as a draft
    mail.set_content(_encodable(words), cte="quoted-printable")
    mail.add_alternative(_encodable(html.write(document, Page())), subtype="html", cte="quoted-printable")
    mail.add_attachment(
        sheet(document),
        maintype="text",
        subtype="csv",
        filename=SHEET,
        params={"charset": "utf-8"},
    )
    _set_boundaries(mail, sha256(words.encode(errors="backslashreplace")).hexdigest()[:24])
    return mail.as_bytes()


def sheet(document: Document) -> bytes:
    """The sheet to fill in; with the mark by which spreadsheets know UTF-8, and keep it."""
    return csv.write(document.listing(), Page()).encode("utf-8-sig", errors="backslashreplace")


def _set_boundaries(mail: EmailMessage, mark: str) -> None:
    """The same for the same text. `=_` stands in no line of a quoted-printable or a base64 part."""
    parts = [part for part in mail.walk() if part.is_multipart()]
    for number, part in enumerate(parts, 1):
        part.set_boundary(f"=_{mark}_{number}")


def _encodable(words: str) -> str:
    return words.encode(errors="backslashreplace").decode()
