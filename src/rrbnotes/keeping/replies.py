"""Replies of owners, a ref, a status and a reason a row: as a sheet, or as a table of bars in a text or a mail."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from rrbnotes.errors import RrbError, did_you_mean
from rrbnotes.formulas import unguarded
from rrbnotes.keeping.bars import Row, tables
from rrbnotes.keeping.mails import is_mail, texts
from rrbnotes.source import split_lines

FIELDS: Mapping[str, tuple[str, ...]] = {
    "ref": ("ref", "reference", "no", "number", "id", "action ref"),
    "status": ("status", "progress", "state"),
    "reason": ("reason", "comment", "comments", "update", "note", "notes", "remarks"),
}
"""The columns that are read, by the titles they may have; others are let be."""
_DELIMITERS = ",;\t|"
_OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How files of office programs begin."""
_SAVE_OR_COPY = (
    "save its table as 'CSV UTF-8', or copy it into a text with a ref, a status and a reason on each line"
)
_MOST_WRONG = 10


@dataclass(frozen=True, slots=True)
class Reply:
    """One row; what is empty was not answered."""

    line: int
    ref: str
    status: str = ""
    reason: str = ""


def read_replies(data: bytes, shown: str) -> list[Reply]:
    """The rows of a sheet, comma, semicolon or tab between the cells, with or without a row of titles; or those of the
    tables of replies in a text; or both in a mail."""
    if is_mail(data):
        return _in_mail(data, shown)
    if data.startswith(_OFFICE):
        raise RrbError(f"{shown}: a file of an office program; {_SAVE_OR_COPY}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as why:
        line = data.count(b"\n", 0, why.start) + 1
        raise RrbError(f"{shown}:{line}: not UTF-8; save the sheet as 'CSV UTF-8'") from why
    if "\0" in text:
        raise RrbError(f"{shown}: a NUL byte: no sheet of text")
    answers = _in_tables(text, shown)
    if not answers and text.lstrip().startswith("<"):
        raise RrbError(f"{shown}: a page of HTML; {_SAVE_OR_COPY}")
    return answers or list(_replies(_sheet(text, shown), shown))


def _in_mail(data: bytes, shown: str) -> list[Reply]:
    """What is answered in a mail, in its text and in attached sheets."""
    found: list[Reply] = []
    for text, is_sheet in texts(data):
        found += _replies(_sheet(text, shown), shown) if is_sheet else _in_tables(text, shown)
    if not found:
        raise RrbError(f"{shown}: a mail without a table of replies as plain text; {_SAVE_OR_COPY}")
    return found


def _in_tables(text: str, shown: str) -> list[Reply]:
    """The rows of the tables of replies. Where one has room for reasons, others only tell how the actions stand."""
    answers = list(tables(text, _asks))
    full = [table for table in answers if "reason" in map(_field, table[0][1])]
    return [reply for table in full or answers for reply in _replies(table, shown)]


def _asks(titles: list[str]) -> bool:
    """Whether a table is for replies, by its titles."""
    return {"ref", "status"} <= set(map(_field, titles))


def _sheet(text: str, shown: str) -> list[Row]:
    """The rows of a sheet that say anything."""
    first = next((line for line in split_lines(text) if line.strip()), "")
    rows = csv.reader(StringIO(text, newline=""), delimiter=max(_DELIMITERS, key=first.count))
    try:
        return [(rows.line_num, [_plain(cell) for cell in row]) for row in rows if any(map(str.strip, row))]
    except csv.Error as why:
        raise RrbError(f"{shown}:{rows.line_num}: {why}") from why


def each_or_all(replies: Sequence[Reply], shown: str, read: Callable[[Reply], None]) -> None:
    """Take every row; what is wrong with them is raised at once."""
    wrong = []
    for reply in replies:
        try:
            read(reply)
        except RrbError as why:
            wrong.append(f"{shown}:{reply.line}: {why}")
    if wrong:
        more = [f"{shown}: {len(wrong) - _MOST_WRONG} more rows like these"] * (len(wrong) > _MOST_WRONG)
        raise RrbError("\n".join([*wrong[:_MOST_WRONG], *more, "nothing was written"]))


def _plain(cell: str) -> str:
    return unguarded(cell.strip()).strip()


def _replies(rows: Sequence[Row], shown: str) -> Iterator[Reply]:
    if not rows:
        raise RrbError(f"{shown}: empty; a row is a ref, a status and a reason")
    titles = [_field(cell) for cell in rows[0][1]]
    has_titles = "ref" in titles
    if not has_titles and any(titles[1:]):
        raise RrbError(f"{shown}:{rows[0][0]}: no column 'ref'{did_you_mean('ref', rows[0][1])}")
    columns = titles if has_titles else list(FIELDS)
    for line, cells in rows[has_titles:]:
        yield Reply(
            line, **{"ref": "", **{name: cell for name, cell in zip(columns, cells, strict=False) if name}}
        )


def _field(title: str) -> str:
    """The field of a title; nothing for a column that is not read."""
    folded = " ".join(title.casefold().replace("_", " ").split())
    return next((name for name, titles in FIELDS.items() if folded in titles), "")
