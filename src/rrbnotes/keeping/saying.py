"""What a person says of actions between meetings: progress of known ones, and new ones."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date as Date
from pathlib import PurePosixPath

from rrbnotes.book import Notebook
from rrbnotes.dates import read_due, read_due_cell
from rrbnotes.errors import RrbError
from rrbnotes.model import Action, Due, Progress, Sighting, Status
from rrbnotes.owners import NOBODY, Directory, cell_owners, cut_owners, fold_name
from rrbnotes.reconciling.coming import next_meeting
from rrbnotes.reconciling.history import is_other_due
from rrbnotes.reconciling.refs import BETWEEN, Numbering
from rrbnotes.reconciling.wording import wording
from rrbnotes.shelf import board_of
from rrbnotes.spelling import bare

BY_UPDATE = "update"
"""Who said a progress that came by a command."""


@dataclass(frozen=True, slots=True)
class Word:
    """What a person says of one action; what is left out stays as it is."""

    status: Status | None = None
    reason: str = ""
    due: Due | None = None
    owners: tuple[str, ...] | None = None


def says_nothing(word: Word, action: Action) -> bool:
    """Whether it is all as the action stands already."""
    return (
        word.status in (None, action.status)
        and not word.reason
        and (word.due is None or not _re_dates(word.due, action.due))
        and word.owners in (None, action.owners)
    )


def has_come(day: Date, today: Date) -> None:
    """Refuses a day that is still to come."""
    if day > today:
        raise RrbError(f"--on {day} is later than today ({today}); say what has happened")


def told(actions: Sequence[Action], words: Mapping[str, Word], day: Date, today: Date) -> list[Action]:
    """The records with what a person said on a day; raises where that day cannot be."""
    has_come(day, today)
    return [_told(action, words[action.ref], day) if action.ref in words else action for action in actions]


def _told(action: Action, word: Word, day: Date) -> Action:
    first = action.first_seen.date
    if first and day < first:
        raise RrbError(
            f"{action.ref}: --on {day} is before it was first seen ({first}); say a day from then on"
        )
    progress = Progress(
        day,
        by=BY_UPDATE,
        status=word.status,
        reason=word.reason,
        due=word.due if word.due and _re_dates(word.due, action.due) else None,
        owners=word.owners if word.owners != action.owners else None,
    )
    return replace(action, history=(*action.history, progress))


def _re_dates(due: Due, before: Due | None) -> bool:
    """Whether it is another date, or takes one away."""
    is_withdrawn = due.text == _WITHDRAWN and before is not None and before.text != _WITHDRAWN
    return is_withdrawn or is_other_due(due, before)


def due_of(words: str, board: str | None, book: Notebook, day: Date) -> Due:
    """The deadline that a person gives: a day, or words as in a note; `next meeting` is the one announced last."""
    if words.strip().casefold() in _NO_DATE:
        return Due(_WITHDRAWN)
    words = _MONTHS.sub(lambda found: found[0].capitalize(), words)
    due = read_due_cell(words, day, _next_meeting(book, board, day))
    if due is None or not any(due.bounds):
        if "meeting" in words.casefold():
            raise RrbError(f"'{words}': no note says when that is; write its date")
        raise RrbError(f"no date in '{words}'; write 2019-11-19, 'end of March' or 'next meeting'")
    return due


def owners_of(names: Sequence[str], board: str | None, book: Notebook) -> tuple[str, ...]:
    """The short forms of owners; a name that no note has stays as typed, `none` is nobody."""
    directory = book.directories.get(board) or Directory()
    mine = (action for action in book.register.actions if action.board == board)
    owning = {fold_name(owner): owner for action in mine for owner in action.owners}
    found: list[str] = []
    for name in names:
        if not name.strip():
            raise RrbError("an owner without a name; write it, or 'none' for nobody")
        known = owning.get(fold_name(name))
        if fold_name(name) not in NOBODY:
            parts = [known] if known else cell_owners(name, directory) or (name.strip(),)
            spelled = [_spelled(part, directory, owning) for part in parts]
            found += [owning.get(fold_name(part), part) for part in spelled]
    return tuple(dict.fromkeys(map(directory.short, found)))


def _spelled(name: str, directory: Directory, owning: Mapping[str, str]) -> str:
    """A name with the accents that notes print it with, where nobody has it as it was typed."""
    if fold_name(name) in owning or directory.knows(name):
        return name
    known, typed = {**directory.by_form, **owning}, bare(fold_name(name))
    return next((short for form, short in known.items() if bare(form) == typed), name)


_WITHDRAWN = "no date"
_MONTHS = re.compile(r"\b(?:march|may)\b")
"""Months that a note's running text has as other words too; a person who gives a date means the months."""
_NO_DATE = ("none", _WITHDRAWN, "-")


def added(
    book: Notebook, words: str, owners: Sequence[str], due: str | None, board: str | None, day: Date
) -> Action:
    """An action agreed between meetings; its owners and its date may stand in its words, as they would in a note."""
    directory = book.directories.get(board) or Directory()
    cut = cut_owners(" ".join(words.split()), directory)
    text = cut.rest.strip() if cut.owners else " ".join(words.split())
    if not wording(text).joined:
        raise RrbError(f"'{words}' says nothing that could be done; write it in words")
    named = (
        owners_of(owners, board, book) if owners else tuple(dict.fromkeys(map(directory.short, cut.owners)))
    )
    until = due_of(due, board, book, day) if due else read_due(text, day, _next_meeting(book, board, day))
    given = [ref for action in book.register.actions for ref in (action.ref, *action.also)]
    return Action(
        ref=Numbering(given).next(_key(book, board, day), BETWEEN),
        board=board,
        action=text,
        owners=named,
        status=Status.OPEN,
        due=until,
        first_owners=named,
        first_due=until,
        first_seen=Sighting(None, day, None, None),
        is_raised=True,
    )


def _key(book: Notebook, board: str | None, day: Date) -> str:
    """What stands before the mark in its ref: the day, in the folder by which its board is known."""
    keys = [meeting.key for meeting in book.meetings]
    folders = [PurePosixPath(m.key).parent for m in book.meetings if m.board == board]
    tops = [
        PurePosixPath(board or ""),
        *(top for folder in folders for top in (*reversed(folder.parents), folder)),
    ]
    made = (str(top / day.isoformat()) for top in dict.fromkeys(tops))
    return next((key for key in made if board_of(key, keys, book.settings) == board), day.isoformat())


def _next_meeting(book: Notebook, board: str | None, day: Date) -> Date | None:
    following = next_meeting(book.meetings, board, day)
    return following.date if following else None
