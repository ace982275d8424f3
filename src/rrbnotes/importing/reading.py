"""Which files can be imported, and what is read in them."""

from collections.abc import Callable, Mapping
from pathlib import Path

from rrbnotes.errors import RrbError, cannot_be
from rrbnotes.importing import docx, html, pdf, plain
from rrbnotes.importing.house import housed
from rrbnotes.importing.pages import Page

MAX_BYTES = 100 * 1024 * 1024
READERS: Mapping[str, Callable[[bytes], Page]] = {
    ".docx": docx.read,
    ".html": html.read,
    ".htm": html.read,
    ".pdf": pdf.read,
    ".txt": plain.read,
}
"""By the endings of their files."""
_WORD = "open it in a word processor and save it as .docx"
_OTHERS = {
    **dict.fromkeys((".doc", ".odt", ".rtf", ".docm", ".dotx", ".pages", ".wpd"), _WORD),
    **dict.fromkeys((".xlsx", ".xls", ".ods", ".csv"), "copy its rows into a note as a table"),
    **dict.fromkeys(
        (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".heic"), "run it through text recognition first"
    ),
    **dict.fromkeys((".eml", ".msg"), "save the minutes out of it as .html or .txt"),
    **dict.fromkeys((".md", ".markdown"), "it is markdown already: copy it into the notes folder"),
}


def read_page(file: Path, shown: str) -> Page:
    """The pages of a file in house form; all that is wrong with it is an error that names it."""
    try:
        data = _bytes(file)  # first, for what is a folder or not there has no wrong ending
        page = housed(_reader(file)(data))
    except RrbError as why:
        raise RrbError(f"{shown}: {why}") from why
    except RecursionError as why:
        raise RrbError(
            f"{shown}: its parts lie too deep within each other; save it anew as plain text"
        ) from why
    if not page.blocks:
        raise RrbError(f"{shown}: no text in it; look whether it is the right file")
    return page


def _reader(file: Path) -> Callable[[bytes], Page]:
    ending = file.suffix.casefold()
    if ending not in READERS:
        todo = _OTHERS.get(ending, f"these can be: {', '.join(READERS)}")
        raise RrbError(f"'{ending or 'no ending'}' cannot be imported; {todo}")
    return READERS[ending]


def _bytes(file: Path) -> bytes:
    if not file.exists():
        raise RrbError("no such file; check its name")
    if not file.is_file():
        raise RrbError("not a file; name the files in it")
    try:
        with file.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
    except OSError as why:
        raise RrbError(cannot_be("read", why)) from why
    if len(data) > MAX_BYTES:
        raise RrbError(f"more than {MAX_BYTES // 2**20} MB; split it")
    if not data.strip():
        raise RrbError("the file is empty; look whether it is the right one")
    return data
