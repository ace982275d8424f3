"""What the note of a meeting is called: as the board's notes are."""

import re
from datetime import date as Date
from pathlib import PurePosixPath

from rrbnotes.book import Notebook
from rrbnotes.model import Meeting
from rrbnotes.shelf import board_of


def key_of_note(book: Notebook, board: str | None, day: Date) -> str:
    """The key for the note of a meeting: that of the board's last note with this day in the place of its own, in the folder
    of this year where folders are for years; else the day alone, in the board's folder."""
    dated = [one for one in book.meetings if one.board == board and one.date]
    last = max(dated, key=lambda one: one.order, default=None)
    keys = [one.key for one in book.meetings]
    plain = str(PurePosixPath(board or "", day.isoformat()))
    tried = [key for key in (_like(last, day) if last else None, plain) if key]
    return next((key for key in tried if board_of(key, keys, book.settings) == board), plain)


def _like(last: Meeting, day: Date) -> str | None:
    """The last key with another day; None where its name gives none."""
    then = last.date
    if then is None:
        return None
    *folders, name = PurePosixPath(last.key).parts
    for form in ("%Y-%m-%d", "%Y%m%d", "%Y_%m_%d", "%Y.%m.%d", "%d-%m-%Y"):
        if then.strftime(form) in name:
            new = name.replace(then.strftime(form), day.strftime(form))
            return str(PurePosixPath(*(_in_time(folder, then, day) for folder in folders), new))
    return str(PurePosixPath(*(_in_time(folder, then, day) for folder in folders), day.isoformat()))


def _in_time(folder: str, then: Date, day: Date) -> str:
    """`2019` and `2019-09` as this meeting's; other folders as they are."""
    for form in ("%Y-%m", "%Y"):
        if re.search(rf"(?<!\d){re.escape(then.strftime(form))}(?!\d)", folder):
            return folder.replace(then.strftime(form), day.strftime(form))
    return folder
