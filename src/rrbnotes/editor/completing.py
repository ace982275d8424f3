"""What may be written at a place of a note: the board's owners, the statuses, the refs of its actions."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from rrbnotes.checks.book import Book
from rrbnotes.editor.contexts import Context, Wanted, context
from rrbnotes.model import Action, Status
from rrbnotes.owners import Directory, fold_name
from rrbnotes.reading.roles import Vocabulary
from rrbnotes.views.cells import owners_text
from rrbnotes.views.orders import NO_OWNER

_MOST = 100
"""Suggestions at a time; who wants another types more of it."""
_STATUSES = (Status.COMPLETE, Status.ONGOING, Status.ROLLED_OVER, Status.CLOSED, Status.OPEN)
"""As a meeting says them most often."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing that may be written."""

    label: str
    detail: str
    text: str
    """What is put in the place of what is typed so far."""
    sought: str
    """What goes on from what is typed so far, for editors that narrow the list themselves."""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What may be written instead of the last characters before a place."""

    wanted: Wanted
    typed: str
    found: tuple[Suggestion, ...]


def suggestions(book: Book, path: str, text: str, line: int, column: int) -> Suggestions | None:
    """What may come next at a place; `text` is the note's as it stands now, the book may be older."""
    settings = book.notebook.settings
    vocabulary = Vocabulary(settings.sections, settings.markers)
    here = context(text, line, column, vocabulary, settings.owners_stand != "behind")
    if here is None:
        return None
    found = tuple(_SUGGESTED[here.wanted](book, path, here))[:_MOST]
    return Suggestions(here.wanted, here.typed, found) if found else None


def _owners(book: Book, path: str, here: Context) -> Iterator[Suggestion]:
    """Who attended first, then who has most to do."""
    minutes = book.by_path().get(path)
    board = minutes.meeting.board if minutes else None
    known = book.notebook.directories.get(board, Directory())
    attended = {one.short or one.name for one in minutes.meeting.attended} if minutes else set()
    busy = Counter(
        owner for a in book.actions if a.board == board and a.status.outstanding for owner in a.owners
    )
    names = {party.short: party.forms for party in known.parties} | {
        name: () for name in busy if not known.knows(name)
    }
    for short in sorted(names, key=lambda one: (one not in attended, -busy[one], one.casefold())):
        others = tuple(form for form in names[short] if form != short and not form.endswith(f"({short})"))
        sought = _fitting(here.typed, (short, *others))
        if sought:
            yield Suggestion(short, ", ".join(others), short, sought)


def _statuses(book: Book, path: str, here: Context) -> Iterator[Suggestion]:
    """The five, and the board's own words for them."""
    own = book.notebook.settings.statuses
    words = [(status.value, "") for status in _STATUSES]
    words += [(word, status) for status, further in own.items() for word in further]
    for word, meant in words:
        printed = word[:1].upper() + word[1:]
        if printed.casefold().startswith(here.typed.casefold()):
            yield Suggestion(printed, meant, printed, printed)


def _refs(book: Book, path: str, here: Context) -> Iterator[Suggestion]:
    """The board's outstanding actions first; found by their refs, their words or their owners."""
    minutes = book.by_path().get(path)
    key, board = (minutes.meeting.key, minutes.meeting.board) if minutes else (None, None)

    def order(action: Action) -> tuple[bool, bool, bool]:
        return action.board != board, action.first_seen.meeting == key, not action.status.outstanding

    for action in sorted(book.actions, key=order):
        owners = owners_text(action.owners) or NO_OWNER
        names = (action.ref, action.ref.rpartition("/")[2], action.action, *action.owners)
        sought = _fitting(here.typed, names)
        if sought:
            state = "" if action.status.outstanding else f" ({action.status})"
            text = f"{action.ref}]" if here.is_unclosed else action.ref
            yield Suggestion(action.ref, f"{owners}: {action.action}{state}", text, sought)


_SUGGESTED: Mapping[Wanted, Callable[[Book, str, Context], Iterator[Suggestion]]] = {
    Wanted.OWNER: _owners,
    Wanted.STATUS: _statuses,
    Wanted.REF: _refs,
}


def _fitting(typed: str, names: tuple[str, ...]) -> str:
    """The rest of the first name from the word on that begins with what is typed; empty where none does."""
    start = fold_name(typed) + (" " if typed[-1:] == " " and typed.strip() else "")
    if not start:
        return names[0]
    for name in (one for one in names if start in fold_name(one)):
        words = name.split()
        for n in range(len(words)):
            rest = " ".join(words[n:])
            if fold_name(rest).startswith(start):
                return rest
    return ""
