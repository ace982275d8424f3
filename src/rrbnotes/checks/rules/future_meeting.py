"""future-meeting: a note of a meeting that is still to come, with what came out of it."""

from collections.abc import Iterator
from datetime import date as Date

from rrbnotes.british import long_day
from rrbnotes.checks.book import Book
from rrbnotes.checks.evidence.whereabouts import date_at
from rrbnotes.diagnostics import Finding
from rrbnotes.model import Kind, Mention
from rrbnotes.notebook import Minutes
from rrbnotes.quoting import quoted


def future_meeting(book: Book, today: Date) -> Iterator[Finding]:
    """A note is dated after today, and already tells what the meeting decided or how actions stand.

    Most often its year is a slip. Until that day it counts as a draft, so what it leaves out is not missed, and its actions
    come behind those of all other meetings.

    Bad:
        # Board meeting, 12 January 2062

        **Action:** MPS to book the hall.

    Good:
        # Board meeting, 12 January 2026

        **Action:** MPS to book the hall.

    Mend:
        Correct the date. An empty draft of the next note is fine; where one is filled in ahead:
        `<!-- rrb: allow future-meeting: prepared by the secretariat -->`.
    """
    for one in book.minutes:
        day, telling = one.meeting.date, _telling(one)
        if day and day > today and telling:
            does = "raises" if telling.kind is Kind.RAISED else "reports on"
            what = f"{long_day(day)} is still to come, yet the note {does} {quoted(telling.action)}"
            yield Finding(date_at(one, day), what, "correct the date; is its year right?")


def _telling(minutes: Minutes) -> Mention | None:
    """The first action that the note raises or says something of."""
    tell = (one for one in minutes.meeting.mentions if one.kind is Kind.RAISED or one.status)
    return next(tell, None)
