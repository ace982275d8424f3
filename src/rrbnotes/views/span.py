"""The two meetings between which changes are looked for, as a person names them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date as Date

from rrbnotes.book import Notebook
from rrbnotes.errors import RrbError
from rrbnotes.model import Meeting
from rrbnotes.reconciling.past import held_at
from rrbnotes.reconciling.standing import held_meetings
from rrbnotes.views.names import the_board, the_meeting


@dataclass(frozen=True, slots=True)
class Span:
    """From the end of one meeting of a board to the end of a later one."""

    start: Meeting
    end: Meeting
    held: tuple[Meeting, ...]
    """The board's held meetings up to its end."""

    @property
    def between(self) -> tuple[Meeting, ...]:
        """The held meetings after its start and before its end."""
        inside = (one for one in self.held if held_at(self.start) < held_at(one))
        return tuple(one for one in inside if one.key != self.end.key)


def span(book: Notebook, first: str | None, second: str | None, board: str | None, today: Date) -> Span:
    """From the first to the second; without a second to the next held one of its board; without both from the last but
    one to the latest."""
    mine = _of(book, the_board(book, board)) if board or first is None else book
    if first is None:
        return _latest(mine, today)
    start = the_meeting(mine, first, None, today)
    held = held_meetings(book.meetings, start.board, today)
    end = _end(book, start, second, today) if second else _following(start, held, today)
    _ordered(start, end)
    return _span(start, end, held)


def _ordered(start: Meeting, end: Meeting) -> None:
    """Refuse two meetings that nothing leads from one to the other."""
    if start.board != end.board:
        boards = f"{start.key} is one of {_name(start)}, {end.key} one of {_name(end)}"
        raise RrbError(f"{boards}; name two meetings of one board")
    for one in (start, end):
        if one.date is None:
            raise RrbError(f"{one.path} has no date: nothing is before or after it; write one into the note")
    if start.key == end.key:
        raise RrbError(f"both are {start.key}; name two meetings")
    if held_at(start) > held_at(end):
        raise RrbError(f"{start.key} is later than {end.key}; write rrb diff {end.key} {start.key}")


def _latest(mine: Notebook, today: Date) -> Span:
    board = next((one.board for one in mine.meetings), None)
    held = held_meetings(mine.meetings, board, today)
    if len(held) < 2:
        number = "only one meeting" if held else "no meeting"
        only = f" ({held[0].key})" if held else ""
        raise RrbError(f"{number} with a date was held up to {today}{only}; a comparison needs two")
    return _span(held[-2], held[-1], held)


def _following(start: Meeting, held: Sequence[Meeting], today: Date) -> Meeting:
    """The next held one; one without a date has none, which is said later."""
    later = [one for one in held if held_at(one) > held_at(start)]
    earlier = [one for one in held if held_at(one) < held_at(start)]
    if start.date is None or later:
        return later[0] if start.date and later else start
    of = f" of {start.board}" if start.board else ""
    led = (
        f"; for what led up to it write rrb diff {earlier[-1].key} {start.key}"
        if earlier
        else "; a comparison needs two"
    )
    raise RrbError(f"no meeting{of} was held after {start.key} up to {today}{led}")


def _end(book: Notebook, start: Meeting, word: str, today: Date) -> Meeting:
    """The second, looked for at the board of the first before anywhere else."""
    try:
        return the_meeting(_of(book, start.board), word, None, today)
    except RrbError:
        return the_meeting(book, word, None, today)


def _of(book: Notebook, board: str | None) -> Notebook:
    return replace(book, meetings=tuple(one for one in book.meetings if one.board == board))


def _name(one: Meeting) -> str:
    return one.board or "the board at the top"


def _span(start: Meeting, end: Meeting, held: Sequence[Meeting]) -> Span:
    return Span(start, end, tuple(one for one in held if held_at(one) <= held_at(end)))
