"""A mail as a mail program saves it: the texts in it, as people see them, and the files that came with it."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default

_HEADERS = re.compile(rb"(?:[!-9;-~]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)+\r?\n")
_MIME = re.compile(rb"^(?:MIME-Version|Content-Type):", re.IGNORECASE | re.MULTILINE)
_MOST = (
    (re.compile(rb"boundary|message/rfc822", re.IGNORECASE), 100),
    (re.compile(rb"^--", re.MULTILINE), 2_000),
    (re.compile(rb"^[!-9;-~]{1,80}:", re.MULTILINE), 10_000),
)
"""What no mail of people has so often: parts within parts, parts, headers."""
_FIELD = re.compile(rb"^content-[a-z-]{1,40}:[^\n]*(?:\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE)
_LONGEST_FIELD = 4_000
_SHEETS = (".csv", ".tsv", ".txt")
"""How attached sheets are named, whatever kind the program that attached them takes them for."""
_FILES = (".docx", ".xlsx")
"""How attached files are named that another program has to open."""


def is_mail(data: bytes) -> bool:
    """Whether it is more than a text: whoever reads it has to know how its parts are written."""
    head = _HEADERS.match(data)
    return bool(head and _MIME.search(head[0]))


def is_overdone(data: bytes) -> bool:
    """Whether reading it would take a time that grows with the square of what stands in it."""
    is_much = any(sum(1 for _ in sign.finditer(data)) > most for sign, most in _MOST)
    return is_much or any(len(field[0]) > _LONGEST_FIELD for field in _FIELD.finditer(data))


def texts(data: bytes) -> Iterator[tuple[str, bool]]:
    """The plain texts of a mail, each with whether it is an attached sheet."""
    for part in message_from_bytes(data, policy=default).walk():
        if not isinstance(part, EmailMessage) or part.is_multipart():
            continue
        is_sheet = part.get_content_type() == "text/csv" or (part.get_filename() or "").lower().endswith(
            _SHEETS
        )
        if is_sheet or part.get_content_type() == "text/plain":
            yield _text(part), is_sheet


def files(data: bytes) -> Iterator[bytes]:
    """The files of office programs that are attached."""
    for part in message_from_bytes(data, policy=default).walk():
        if (part.get_filename() or "").lower().endswith(_FILES):
            yield _payload(part)


def pages(data: bytes) -> Iterator[bytes]:
    """The same words as pages of HTML: a mail program may have spoilt the tables of its plain text."""
    for part in message_from_bytes(data, policy=default).walk():
        if isinstance(part, EmailMessage) and part.get_content_type() == "text/html":
            yield _text(part).encode("utf-8-sig", errors="replace")


def _payload(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _text(part: EmailMessage) -> str:
    data = _payload(part)
    try:
        return data.decode(part.get_content_charset("utf-8")).removeprefix("\ufeff")
    except (LookupError, ValueError):  # whatever it calls its letters
        return data.decode("utf-8-sig", errors="replace")
