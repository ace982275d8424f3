"""When a board meets next, as far as its notes say."""

from collections.abc import Sequence
from datetime import date as Date

from rrbnotes.model import Meeting, NextMeeting
from rrbnotes.reconciling.standing import held_meetings


def next_meeting(meetings: Sequence[Meeting], board: str | None, today: Date) -> NextMeeting | None:
    """A board's next meeting, today or later: by its own note where it has one already, else as it was announced last."""
    mine = [meeting for meeting in meetings if meeting.board == board]
    held = held_meetings(mine, board, today)
    to_come = [one for one in mine if one.date and one.date >= today and one not in held]
    if to_come:
        own = min(to_come, key=lambda meeting: meeting.order)
        return NextMeeting(own.date, own.start, own.end, own.venue)
    announced = (one.next_meeting for one in reversed(held))
    return next((one for one in announced if one and one.date and one.date >= today), None)
