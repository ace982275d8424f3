"""Bytes as text, where nobody says for certain how they were encoded."""

import codecs
import re

from rrbnotes.errors import RrbError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESSED = "not UTF-8; read as Windows-1252: look whether letters with accents are right"
_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w-]{1,40})", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w-]{1,40})", re.IGNORECASE)


def decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text, and a remark where its encoding was guessed."""
    mark = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        words, is_guessed = data.decode(mark), False
    except UnicodeDecodeError as why:
        if mark != "utf-8":
            raise RrbError(f"not valid {mark.upper()}: it is damaged or no text; save it anew") from why
        words, is_guessed = data.decode("cp1252", "replace"), True
    if "\0" in words:
        raise RrbError("holds bytes that no text has; save it as text")
    return words, (_GUESSED,) if is_guessed else ()


def decoded_html(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The same for HTML, which may say its encoding."""
    head = data[:4096]
    named = _META.search(head) or _XML.match(head)
    if named and not any(data.startswith(mark) for mark, _ in _MARKS):
        name = named[1].decode("ascii")
        name = "cp1252" if name.casefold() in ("iso-8859-1", "latin1", "us-ascii") else name  # as browsers do
        try:
            if codecs.lookup(name).name not in ("utf-16", "utf-32", "utf-16-le", "utf-16-be"):
                return data.decode(name), ()
        except (LookupError, UnicodeDecodeError, ValueError):
            pass
    return decoded(data)
