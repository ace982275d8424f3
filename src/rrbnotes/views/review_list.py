"""What a review goes through: which board, where its answers go, which of its actions, and what was said of them so far."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date as Date

from rrbnotes.book import Notebook
from rrbnotes.errors import RrbError
from rrbnotes.keeping.progress import Row, row_of
from rrbnotes.model import Action, Meeting, Progress, Status
from rrbnotes.reconciling.standing import held_meetings, standings
from rrbnotes.statuses import Words
from rrbnotes.views.entries import Entry, entries
from rrbnotes.views.names import owning, the_board, the_meeting
from rrbnotes.views.new_note import Outlook, outlook
from rrbnotes.views.review import Answer, Change, Item

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
        note = the_meeting(book, word, board, today)
        _day(note)
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
    """The rows of the meeting's table, in its order; else the actions that were outstanding after the latest meeting, in the
    order of the register."""
    pairs = set().union(*(owning(book, word, today) for word in owners))
    return tuple(
        Item(one.ref, answer := answers.get(one.ref), answer is not None and not with_answered)
        for one in (entry.action for entry in begun_with(book, aim, today))
        if not pairs or any((one.board, name) in pairs for name in one.owners or ("",))
    )


def begun_with(book: Notebook, aim: Aim, today: Date) -> tuple[Entry, ...]:
    """The actions of the review: for a note those of its table, as they stood when the meeting began."""
    if aim.note:
        found = _outlook(book, aim.note)
        return (*found.outstanding, *found.for_agreement)
    before = _since(book, aim.board, today)
    every = entries(book.register.actions, standings(book.meetings, book.register, today), today)
    return tuple(one for one in every if one.action.board == aim.board and before(one.action).outstanding)


def meetings_before(book: Notebook, aim: Aim) -> tuple[Meeting, ...]:
    """The meetings that count in the lives of those actions."""
    if aim.note is None:
        return book.meetings
    day = _day(aim.note)
    return tuple(one for one in book.meetings if one.date and one.date < day)


def _outlook(book: Notebook, note: Meeting) -> Outlook:
    return outlook(_day(note), note.key, note.board, book.meetings, book.register.actions)


def _day(note: Meeting) -> Date:
    if note.date is None:
        raise RrbError(f"{note.path}: no date is read in it, so nothing comes before it; write one into it")
    return note.date


def as_of(book: Notebook, aim: Aim) -> Notebook:
    """The notes as those at the table know them, for whom the next meeting is the one after theirs."""
    if aim.note is None:
        return book
    mine = (replace(one, unfilled=False) for one in book.meetings if one.key == aim.note.key)
    later = (one for one in book.meetings if one.order > aim.note.order)
    return replace(book, meetings=(*mine, *later))


def said_in_note(book: Notebook, note: Meeting, rows: Sequence[Row]) -> dict[str, Answer]:
    """What the rows of a note say, by the refs of the actions that they speak of."""
    known = Words(book.settings.statuses)
    found = {}
    for action in book.register.actions:
        row = row_of(rows, (action.ref, *action.also))
        if row and row.said:
            said = known.cell(row.said)
            mine = (one for one in action.history if one.meeting == note.key)
            found[action.ref] = Answer(said.status, said.reason, _with(row.said, next(mine, None)))
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
                found[action.ref] = Answer(one.status, one.reason, _with(words, one))
    return found


def _with(words: str, said: Progress | None) -> str:
    """The words with the new date and the new owners that were said along with them."""
    return ", ".join(filter(None, (words, Change(said.due, said.owners).words if said else "")))


def _since(book: Notebook, board: str | None, today: Date) -> Callable[[Action], Status]:
    """How an action stood when the latest meeting was over."""
    held = held_meetings(book.meetings, board, today)

    def status(action: Action) -> Status:
        said = [one for one in action.history if one.status]
        if held:
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
