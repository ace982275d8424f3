"""Replies of owners as a sheet: a ref, a status and a reason a row."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from rrbnotes.errors import RrbError, did_you_mean
from rrbnotes.source import split_lines

FIELDS: Mapping[str, tuple[str, ...]] = {
    "ref": ("ref", "reference", "no", "number", "id", "action ref"),
    "status": ("status", "progress", "state"),
    "reason": ("reason", "comment", "comments", "update", "note", "notes", "remarks"),
}
"""The columns that are read, by the titles they may have; others are let be."""
_DELIMITERS = ",;\t|"
_GUARDED = "=+-@\t\r"
"""What a sheet may begin a cell with only behind an apostrophe, for it would be taken for a formula."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One row; what is empty was not answered."""

    line: int
    ref: str
    status: str = ""
    reason: str = ""


def read_replies(data: bytes, shown: str) -> list[Reply]:
    """The rows of a sheet, comma, semicolon or tab between the cells, with or without a row of titles."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as why:
        line = data.count(b"\n", 0, why.start) + 1
        raise RrbError(f"{shown}:{line}: not UTF-8; save the sheet as 'CSV UTF-8'") from why
    if "\0" in text:
        raise RrbError(f"{shown}: a NUL byte: no sheet of text")
    first = next((line for line in split_lines(text) if line.strip()), "")
    rows = csv.reader(StringIO(text, newline=""), delimiter=max(_DELIMITERS, key=first.count))
    try:
        filled = [(rows.line_num, [_plain(cell) for cell in row]) for row in rows if any(map(str.strip, row))]
    except csv.Error as why:
        raise RrbError(f"{shown}:{rows.line_num}: {why}") from why
    return list(_replies(filled, shown))


def each_or_all(replies: Sequence[Reply], shown: str, read: Callable[[Reply], None]) -> None:
    """Take every row; all that is wrong with them is raised at once."""
    wrong = []
    for reply in replies:
        try:
            read(reply)
        except RrbError as why:
            wrong.append(f"{shown}:{reply.line}: {why}")
    if wrong:
        raise RrbError("\n".join([*wrong, "nothing was written"]))


def _plain(cell: str) -> str:
    cell = cell.strip()
    return cell[1:] if cell[:1] == "'" and cell[1:2] and cell[1] in _GUARDED else cell


def _replies(rows: Sequence[tuple[int, list[str]]], shown: str) -> Iterator[Reply]:
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
