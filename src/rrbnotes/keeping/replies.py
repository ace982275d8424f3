"""Replies of owners, a ref, a status, a new date and a reason a row: as a sheet, or as a table in a text, a mail or a page."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from rrbnotes.errors import RrbError, did_you_mean
from rrbnotes.formulas import unguarded
from rrbnotes.keeping import bars, mails, tabs
from rrbnotes.keeping.bars import Row
from rrbnotes.reading.columns import ref_in
from rrbnotes.source import split_lines

FIELDS: Mapping[str, tuple[str, ...]] = {
    "ref": ("ref", "reference", "no", "number", "id", "action ref"),
    "status": ("status", "progress", "state"),
    "due": (
        "new date", "new due", "new due date", "new deadline", "date", "by when", "revised date", "revised due",
        "revised due date", "revised deadline", "date needed",
    ),
    "reason": ("reason", "comment", "comments", "update", "note", "notes", "remarks"),
    "stated": ("due", "due date", "deadline"),
}  # fmt: skip
"""The columns that are read, by the titles they may have; others are let be."""
_UNTITLED = ("ref", "status", "reason")
_UNTITLED_WITH_DATE = ("ref", "status", "due", "reason")
"""What stands in rows without titles, by their number of cells: as a sheet of ours has them, cut to its answers or whole."""
_WITH_DATE = (4, 8)
_DELIMITERS = ",;\t|"
_REF_LIKE = re.compile(r"\.[pm]?\d+\W*$")
_OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How files of office programs begin."""
_SAVE_OR_COPY = "save its table as 'CSV UTF-8', or copy it into a text of lines such as: 2019-09-09.3, done, sent on Monday"
_MOST_WRONG = 10
_MOST_LINES, _LONGEST_LINE = 20_000, 16 * 1024

Unpack = Callable[[bytes], Iterable[Sequence[list[str]]]]
"""Gives the tables in a page of HTML or in a file of an office program, row by row; raises where it cannot be opened."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One row; what is empty was not answered."""

    line: int
    """In a page or a file of an office program the row of its table."""
    ref: str
    status: str = ""
    reason: str = ""
    due: str = ""
    """The new date, in whatever words."""
    stated: str = ""
    """Of a column that may only tell when the action is due."""


def _never(data: bytes) -> Iterable[Sequence[list[str]]]:
    """For those who open no files."""
    return ()


def read_replies(data: bytes, shown: str, unpack: Unpack = _never) -> list[Reply]:
    """The rows of a sheet, comma, semicolon or tab between the cells, with or without a row of titles; or those of the
    tables of replies in a text, a page or a file of an office program; or all of these in a mail."""
    if mails.is_mail(data):
        return _in_mail(data, shown, unpack)
    if data.startswith(_OFFICE):
        return _needed(_unpacked(data, shown, unpack), f"{shown}: a file of an office program")
    is_page = data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")
    text = data.decode("utf-8-sig", errors="replace") if is_page else _decoded(data, shown)
    answers = [] if is_page and _is_overlong(text) else _in_tables(text, shown)
    if is_page and not answers:
        return _needed(_unpacked(data, shown, unpack), f"{shown}: a page of HTML")
    found = answers or list(_replies(_sheet(text, shown), shown))
    if not found:
        raise RrbError(f"{shown}: empty; a row is a ref, a status and a reason")
    return found


def _needed(answers: list[Reply], what: str) -> list[Reply]:
    if not answers:
        raise RrbError(f"{what} without a table of replies that can be read; {_SAVE_OR_COPY}")
    return answers


def _decoded(data: bytes, shown: str) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as why:
        line = data.count(b"\n", 0, why.start) + 1
        raise RrbError(f"{shown}:{line}: not UTF-8; save the sheet as 'CSV UTF-8'") from why
    if "\0" in text:
        raise RrbError(f"{shown}: a NUL byte, so no sheet of text; {_SAVE_OR_COPY}")
    return text


def _in_mail(data: bytes, shown: str, unpack: Unpack) -> list[Reply]:
    """What is answered in a mail; whatever a damaged or hostile one makes the library do."""
    try:
        if mails.is_overdone(data):
            raise RrbError(f"{shown}: a mail of more parts than people write; {_SAVE_OR_COPY}")
        return _in_parts(data, shown, unpack)
    except RrbError:
        raise
    except Exception as why:
        raise RrbError(f"{shown}: a mail that cannot be read; {_SAVE_OR_COPY}") from why


def _in_parts(data: bytes, shown: str, unpack: Unpack) -> list[Reply]:
    """What stands in its text and in attached files; where all of that is empty, in its page."""
    found: list[Reply] = []
    for text, is_sheet in mails.texts(data):
        _refuse_overlong(text, shown)
        found += _replies(_sheet(text, shown), shown) if is_sheet else _in_tables(text, shown)
    for file in mails.files(data):
        found += _unpacked(file, shown, unpack)
    if not any(reply.status or reply.reason or reply.due for reply in found):
        found = [reply for page in mails.pages(data) for reply in _unpacked(page, shown, unpack)] or found
    return _needed(found, f"{shown}: a mail")


def _in_tables(text: str, shown: str) -> list[Reply]:
    """The rows of the tables of replies in a text; none where all of it is one sheet."""
    _refuse_overlong(text, shown)
    found = list(bars.tables(text, _asks))
    if not found and not _is_sheet(text, shown):
        found = list(tabs.tables(text, _asks))
    return _answers(found, shown)


def _is_overlong(text: str) -> bool:
    lines = split_lines(text)
    return len(lines) > _MOST_LINES or max(map(len, lines), default=0) > _LONGEST_LINE


def _refuse_overlong(text: str, shown: str) -> None:
    if _is_overlong(text):
        raise RrbError(f"{shown}: more lines, or longer ones, than replies have; {_SAVE_OR_COPY}")


def _unpacked(data: bytes, shown: str, unpack: Unpack) -> list[Reply]:
    try:
        grids = [[*enumerate(rows, 1)] for rows in unpack(data)]
    except RrbError as why:
        raise RrbError(f"{shown}: {why}") from why
    heads = [next((n for n, (_, cells) in enumerate(rows) if _asks(cells)), None) for rows in grids]
    return _answers([rows[n:] for rows, n in zip(grids, heads, strict=True) if n is not None], shown)


def _answers(found: Sequence[list[Row]], shown: str) -> list[Reply]:
    """The rows of tables. Where one has room for reasons, others only tell how the actions stand."""
    full = [table for table in found if "reason" in map(_field, table[0][1])]
    rows = ([(line, cells) for line, cells in table if any(cells)] for table in full or found)
    return [reply for table in rows for reply in _replies(table, shown)]


def _asks(titles: list[str]) -> bool:
    """Whether a table is for replies, by its titles."""
    return {"ref", "status"} <= set(map(_field, titles))


def _is_sheet(text: str, shown: str) -> bool:
    """Whether a text is a sheet from its first line to its last: there a program quotes what it has to."""
    rows = _sheet(text, shown)
    begins = bool(rows) and (_asks(rows[0][1]) or ref_in(rows[0][1][0], is_ours=False) is not None)
    return begins and all(len(cells) > 1 for _, cells in rows)


def _sheet(text: str, shown: str) -> list[Row]:
    """The rows of a sheet that say anything."""
    first = next((line for line in split_lines(text) if line.strip()), "")
    rows = csv.reader(StringIO(text, newline=""), delimiter=max(_DELIMITERS, key=first.count))
    try:
        return [(rows.line_num, [_plain(cell) for cell in row]) for row in rows if any(map(str.strip, row))]
    except csv.Error as why:
        raise RrbError(f"{shown}:{rows.line_num}: {why}; mend that row") from why


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
        raise RrbError(
            f"{shown}:{rows[0][0]}: no column 'ref'{did_you_mean('ref', rows[0][1]) or '; give it one'}"
        )
    if not has_titles and not any(_REF_LIKE.search(cells[0]) for _, cells in rows):
        raise RrbError(f"{shown}: no table of replies in it; {_SAVE_OR_COPY}")
    has_date = max(len(cells) for _, cells in rows) in _WITH_DATE
    columns = titles if has_titles else _UNTITLED_WITH_DATE if has_date else _UNTITLED
    for line, cells in rows[has_titles:]:
        yield Reply(
            line, **{"ref": "", **{name: cell for name, cell in zip(columns, cells, strict=False) if name}}
        )


def _field(title: str) -> str:
    """The field of a title; nothing for a column that is not read."""
    folded = " ".join(title.casefold().replace("_", " ").split())
    return next((name for name, titles in FIELDS.items() if folded in titles), "")
