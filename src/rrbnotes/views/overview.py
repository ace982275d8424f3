"""What there is to know before any question: how the boards stand, when they meet, and what to do next."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date as Date
from operator import itemgetter

from rrbnotes.book import Notebook
from rrbnotes.british import long_day
from rrbnotes.diagnostics import Severity
from rrbnotes.model import Meeting, NextMeeting
from rrbnotes.quoting import count
from rrbnotes.reconciling.coming import next_meeting
from rrbnotes.reconciling.standing import held_meetings
from rrbnotes.views.actions import talk
from rrbnotes.views.entries import Entry
from rrbnotes.views.outstanding import Totals, totals

_SOON, _NEAR = 7, 21
"""Days before a meeting in which its note is begun, and in which the owners are asked."""
_MOST_BOARDS = 12


@dataclass(frozen=True, slots=True)
class Affairs:
    """What the next step depends on."""

    outstanding: int
    provisional: int
    totals: Totals
    days: int | None
    """To the next meeting of any board; None where none is announced."""
    is_begun: bool
    """Whether that meeting has a note already."""
    to_mend: bool = False
    """Whether something in the latest note of a board could not be read, such as a status mistyped."""


STEPS: tuple[tuple[Callable[[Affairs], bool], str], ...] = (
    (lambda one: not one.totals.actions, "`rrb parse NOTE --explain` says what is read in a note, and why"),
    (lambda one: one.to_mend, "`rrb check` names what could not be read in the latest note"),
    (lambda one: bool(one.provisional), "`rrb sync` writes down what the notes say, and gives each action its ref"),
    (lambda one: bool(one.totals.proposals), "`rrb link --review` asks about lines that may speak of earlier actions"),
    (lambda one: one.days is not None and one.days <= _SOON and one.is_begun, "`rrb new` brings its note's table up to date, `rrb review` fills it in"),
    (lambda one: one.days is not None and one.days <= _SOON, "`rrb new` begins its note, with all that is outstanding"),
    (lambda one: one.days is not None and one.days <= _NEAR, "`rrb chase` writes to the owners, each about what is theirs"),
    (lambda one: bool(one.outstanding), "`rrb actions --open` lists what is outstanding"),
    (lambda one: True, "`rrb check` looks whether the notes are well formed"),
)  # fmt: skip
"""The first that fits is said."""


def overview(book: Notebook, stands: Sequence[Entry], today: Date) -> Iterator[str]:
    """A line for all actions, one for each board, and one on what to do next; `stands` are all actions as they stand."""
    mine = tuple(entry for entry in stands if entry.outstanding)
    all_of_them = totals(book.register)
    yield next(talk(mine, all_of_them, "open", ""))
    boards = sorted({meeting.board for meeting in book.meetings}, key=lambda name: name or "")
    coming = {name: _day(next_meeting(book.meetings, name, today)) for name in boards}
    held = {name: held_meetings(book.meetings, name, today) for name in boards}
    for name in boards[:_MOST_BOARDS]:
        yield (f"{name}: " if name else "") + _meetings(held[name], coming[name], today)
    if len(boards) > _MOST_BOARDS:
        yield f"and {len(boards) - _MOST_BOARDS} more boards: rrb meetings"
    latest = {meetings[-1].path for meetings in held.values() if meetings}
    is_wrong = any(one.severity is Severity.ERROR and one.path in latest for one in book.diagnostics)
    found = replace(_affairs(book, mine, all_of_them, coming, today), to_mend=is_wrong)
    yield f"next: {next(words for fits, words in STEPS if fits(found))}"


def _day(meeting: NextMeeting | None) -> Date | None:
    return meeting.date if meeting else None


def _meetings(held: Sequence[Meeting], coming: Date | None, today: Date) -> str:
    last = f"last met on {long_day(held[-1].date)}" if held and held[-1].date else "has not met yet"
    if coming is None:
        return f"{last}; no next meeting is announced"
    return f"{last}; meets on {long_day(coming)}, {_away((coming - today).days)}"


def _away(days: int) -> str:
    return {0: "today", 1: "tomorrow"}.get(days) or f"in {count(days, 'day')}"


def _affairs(
    book: Notebook,
    mine: Sequence[Entry],
    all_of_them: Totals,
    coming: Mapping[str | None, Date | None],
    today: Date,
) -> Affairs:
    """What the next step depends on, at the meeting that comes first."""
    day, board = min(
        ((day, name) for name, day in coming.items() if day), key=itemgetter(0), default=(None, None)
    )
    return Affairs(
        outstanding=len(mine),
        provisional=sum(entry.action.provisional for entry in mine),
        totals=all_of_them,
        days=(day - today).days if day else None,
        is_begun=any(day and (one.date, one.board) == (day, board) for one in book.meetings),
    )
