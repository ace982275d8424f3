"""next-meeting-past: an announced day that has gone by without a note."""

from collections.abc import Iterator
from datetime import date as Date

from rrbnotes.british import long_day
from rrbnotes.checks.book import Book
from rrbnotes.checks.evidence.announcements import announced, days_of
from rrbnotes.diagnostics import Finding


def next_meeting_past(book: Book, today: Date) -> Iterator[Finding]:
    """The day that the latest note announces is past, and no note of that meeting is here.

    It was held and nobody has written it up, or it was cancelled and the board waits for a new day.

    Bad:
        == 2026-01-12.md
        # Board meeting, 12 January 2026

        Next meeting: 9 February 2026

    Good:
        == 2026-01-12.md
        # Board meeting, 12 January 2026

        Next meeting: 9 February 2026
        == 2026-02-09.md
        # Board meeting, 9 February 2026

    Mend:
        Add the note; `rrb new DATE` begins it. Where the meeting fell out:
        `<!-- rrb: allow next-meeting-past: cancelled -->`.
    """
    for own in book.boards():
        held = [one for one in own if one.meeting.date and one.meeting.date <= today]
        for day, one in announced(held[-1:]).items():
            after = one.meeting.next_meeting
            if after and day < today and day not in days_of(own):
                what = f"the next meeting was announced for {long_day(day)}, and no note of it is here"
                yield Finding(
                    one.source.whole_line(after.line), what, "add its note, or announce another day"
                )
