"""The tables of a document, cell by cell, for what people fill in: as they stand there, whatever they may be about."""

from collections.abc import Iterator
from datetime import date as Date
from datetime import datetime
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from rrbnotes.errors import RrbError, needs
from rrbnotes.importing.archives import packed, parts
from rrbnotes.importing.decoding import decoded_html
from rrbnotes.importing.docx import as_html
from rrbnotes.importing.tree import BLOCKS, Element, read_tree

Rows = list[list[str]]
_BOOK, _PICTURES = "xl/workbook.xml", "xl/media/"
_MOST_TABLES = 500
_MOST_ROWS, _MOST_COLUMNS = 5_000, 50
"""Of a sheet; one may say of itself that it has a million."""


def tables(data: bytes) -> list[Rows]:
    """The tables of a Word document, a workbook or a page of HTML."""
    if _is_book(data):
        return _sheets(data)
    html = decoded_html(data)[0] if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else as_html(data)
    found = [one for one in read_tree(html).root.walk() if one.tag == "table"]
    if len(found) > _MOST_TABLES:
        raise RrbError(f"more than {_MOST_TABLES} tables; cut the replies out of it")
    return [_rows(one) for one in found]


def _rows(table: Element) -> Rows:
    return [
        [" ".join("".join(_words(cell)).split()) for cell in _inside(row, "td", "th")]
        for row in _inside(table, "tr")
    ]


def _inside(element: Element, *tags: str) -> Iterator[Element]:
    """The elements of some kinds, but none that stand in another of them."""
    for child in element.children:
        if isinstance(child, Element) and child.tag in tags:
            yield child
        elif isinstance(child, Element):
            yield from _inside(child, *tags)


def _words(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, str):
            yield child
        else:
            apart = " " * (child.tag in BLOCKS or child.tag == "br")
            yield from (apart, *_words(child), apart)


def _is_book(data: bytes) -> bool:
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _BOOK in archive.namelist()
    except (BadZipFile, OSError, ValueError):
        return False


def _sheets(data: bytes) -> list[Rows]:
    """The sheets of a workbook: what is sent as CSV often comes back as one."""
    with needs("reading a workbook", "openpyxl", "xlsx"):
        from openpyxl import load_workbook
    try:
        with ZipFile(BytesIO(data)) as archive:
            light = packed(dict(parts(archive, lambda name: not name.startswith(_PICTURES))))
        book = load_workbook(BytesIO(light), read_only=True, data_only=True)
        return [
            [
                [_said(cell) for cell in row]
                for row in sheet.iter_rows(max_row=_MOST_ROWS, max_col=_MOST_COLUMNS, values_only=True)
            ]
            for sheet in book.worksheets
        ]
    except RrbError:
        raise
    except Exception as why:  # whatever a damaged or hostile file makes a library do
        raise RrbError("cannot be read as a workbook; open it and save it again") from why


def _said(value: object) -> str:
    """A cell as people write it."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, Date):
        return value.isoformat()
    return "" if value is None else " ".join(str(value).split())
