"""What a review goes through: which board, where its answers go, which of its actions, and what was said of them so far."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date as Date

from rrbnotes.errors import RrbError
from rrbnotes.keeping.progress import Row, row_of
from rrbnotes.model import Action, Meeting, Status
from rrbnotes.notebook import Notebook
from rrbnotes.quoting import listed
from rrbnotes.reconciling.past import held_at, said_at, seen_at
from rrbnotes.reconciling.standing import held_meetings
from rrbnotes.statuses import Words
from rrbnotes.views.names import board as board_named
from rrbnotes.views.names import meeting as meeting_named
from rrbnotes.views.names import owner as owner_named
from rrbnotes.views.names import the_board
from rrbnotes.views.review import Answer, Item

Rows = Callable[[Meeting], Sequence[Row]]
"""The rows of a note's tables of earlier actions."""


@dataclass(frozen=True, slots=True)
class Aim:
    """Where the answers go."""

    board: str | None
    note: Meeting | None
    """None for the register, as said between meetings."""
    why: str = ""
    """Where nobody said it."""


def aim(
    book: Notebook, word: str | None, board: str | None, is_between: bool, rows: Rows, today: Date
) -> Aim:
    """The note that a word names; without a word the board's draft with a table of earlier actions, if there is one."""
    if word:
        note = _the_meeting(book, word, board, today)
        if note.date is None:
            raise RrbError(
                f"{note.path}: no date is read in it, so nothing comes before it; write one into it"
            )
        return Aim(note.board, note)
    mine = the_board(book, board)
    if is_between:
        return Aim(mine, None)
    draft = _draft(book, mine, rows, today)
    if draft is None:
        return Aim(
            mine, None, "no draft note has a table of earlier actions, so answers count between meetings"
        )
    return Aim(mine, draft, f"{draft.path} has a table to fill in; --between leaves it alone")


def to_review(
    book: Notebook,
    aim: Aim,
    owners: Iterable[str],
    answers: Mapping[str, Answer],
    with_answered: bool,
    today: Date,
) -> tuple[Item, ...]:
    """The actions that were outstanding before the meeting, or after the latest one, in the order of the register."""
    before = _since(book, aim, today)
    pairs = set().union(*(owner_named(book, word, today) for word in owners))
    found = (
        action
        for action in book.register.actions
        if action.board == aim.board
        and (not pairs or any((action.board, name) in pairs for name in action.owners))
        and (aim.note is None or seen_at(action) < held_at(aim.note))
    )
    return tuple(
        Item(one.ref, answer := answers.get(one.ref), answer is not None and not with_answered)
        for one in found
        if before(one).outstanding
    )


def said_in_note(book: Notebook, rows: Sequence[Row]) -> dict[str, Answer]:
    """What the rows of a note say, by the refs of the actions that they speak of."""
    known = Words(book.settings.statuses)
    found = {}
    for action in book.register.actions:
        row = row_of(rows, (action.ref, *action.also))
        if row and row.said:
            said = known.cell(row.said)
            found[action.ref] = Answer(said.status, said.reason, row.said)
    return found


def said_between(book: Notebook, board: str | None, today: Date) -> dict[str, Answer]:
    """What was said since the latest meeting of a board, on its day too, by ref."""
    held = held_meetings(book.meetings, board, today)
    start = held[-1].date if held else None
    found = {}
    for action in book.register.actions:
        for one in action.history:
            is_since = start is None or bool(one.date and one.date >= start)
            if one.meeting is None and is_since and one.status and action.board == board:
                words = f"{one.status} - {one.reason}" if one.reason else one.status
                found[action.ref] = Answer(one.status, one.reason, words)
    return found


def _since(book: Notebook, aim: Aim, today: Date) -> Callable[[Action], Status]:
    """How an action stood when the meeting began, or when the latest one was over."""
    held = held_meetings(book.meetings, aim.board, today)

    def status(action: Action) -> Status:
        said = [one for one in action.history if one.status]
        if aim.note:
            said = [one for one in said if said_at(one) < held_at(aim.note)]
        elif held:
            said = [
                one for one in said if one.meeting or (one.date or Date.min) < (held[-1].date or Date.min)
            ]
        else:
            said = [one for one in said if one.meeting]
        return next((one.status for one in reversed(said) if one.status), Status.OPEN)

    return status


def _draft(book: Notebook, board: str | None, rows: Rows, today: Date) -> Meeting | None:
    """The first meeting to come whose note has a table that rrb wrote; else the last note, while such a table in it waits
    for answers."""
    mine = sorted((m for m in book.meetings if m.board == board and m.date), key=lambda one: one.order)
    for note in mine:
        if note.date and note.date >= today and any(row.is_ours for row in rows(note)):
            return note
    waits = mine and any(row.is_ours and not row.said for row in rows(mine[-1]))
    return mine[-1] if waits else None


def _the_meeting(book: Notebook, word: str, board: str | None, today: Date) -> Meeting:
    of_boards = board_named(book, board, today) if board else None
    mine = tuple(m for m in book.meetings if of_boards is None or m.board in of_boards)
    keys = meeting_named(replace(book, meetings=mine), word, today)
    found = [one for one in mine if one.key in keys]
    if len(found) > 1:
        every = listed(one.key for one in found)
        raise RrbError(f"'{word}' is one of each board: {every}; say which with --board")
    return found[0]
