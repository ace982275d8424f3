"""next-meeting-moved: a meeting on another day than was announced."""

from collections.abc import Iterator
from datetime import date as Date

from rrbnotes.british import long_day
from rrbnotes.checks.book import Book
from rrbnotes.checks.evidence.announcements import Missed, missed
from rrbnotes.checks.evidence.whereabouts import date_at
from rrbnotes.diagnostics import Finding, Related
from rrbnotes.quoting import count
from rrbnotes.source import Location


def next_meeting_moved(book: Book, today: Date) -> Iterator[Finding]:
    """A meeting took place on another day than the note before it announced.

    What was due "at the next meeting" is still due on the announced day, and may count as overdue before the board could
    hear of it. It may also be a slip in one of the two dates.

    Bad:
        == 2026-01-12.md
        # Board meeting, 12 January 2026

        Next meeting: 9 February 2026
        == 2026-02-11.md
        # Board meeting, 11 February 2026

    Good:
        == 2026-01-12.md
        # Board meeting, 12 January 2026

        Next meeting: 9 February 2026
        == 2026-02-09.md
        # Board meeting, 9 February 2026

    Mend:
        Where it moved, give the actions that were due at it a new day (`rrb update REF --due …`), and say so:
        `<!-- rrb: allow next-meeting-moved: the room was not free -->`. Else correct the date.
    """
    for one in missed(book, today):
        day = one.after.meeting.date
        if one.has_moved and day:
            what = f"this meeting was announced for {long_day(one.day)}, and was on {long_day(day)}"
            at = one.announced_at
            related = Related(Location(at.path, at.line, at.column), "announced here")
            yield Finding(date_at(one.after, day), what, _todo(book, one), (related,))


def _todo(book: Book, one: Missed) -> str:
    due = [
        action
        for action in book.actions
        if action.board == one.after.meeting.board
        and action.status.outstanding
        and action.due
        and action.due.date == one.day
    ]
    return (
        f"re-date what was due then ({count(len(due), 'action')})"
        if due
        else "check that both days are right"
    )
