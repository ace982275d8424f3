"""missing-meeting: an announced meeting of which no note is here."""

from collections.abc import Iterator
from datetime import date as Date

from rrbnotes.british import long_day
from rrbnotes.checks.book import Book
from rrbnotes.checks.evidence.announcements import missed
from rrbnotes.checks.evidence.whereabouts import date_at
from rrbnotes.diagnostics import Finding, Related
from rrbnotes.source import Location


def missing_meeting(book: Book, today: Date) -> Iterator[Finding]:
    """A meeting was announced, and no note of it is here.

    What was agreed there is unknown, and so is what became of the actions that were due at it.

    Bad:
        == 2026-01-12.md
        # Board meeting, 12 January 2026

        Next meeting: 9 February 2026
        == 2026-03-09.md
        # Board meeting, 9 March 2026

    Good:
        == 2026-01-12.md
        # Board meeting, 12 January 2026

        Next meeting: 9 February 2026
        == 2026-02-09.md
        # Board meeting, 9 February 2026
        == 2026-03-09.md
        # Board meeting, 9 March 2026

    Mend:
        Put its note beside the others. Where it did not take place, let the next note say so, or:
        `<!-- rrb: allow missing-meeting: cancelled for want of a quorum -->`.
    """
    for one in missed(book, today):
        if not one.has_moved:
            what = f"a meeting was announced for {long_day(one.day)}, and no note of it is here"
            at = one.announced_at
            related = Related(Location(at.path, at.line, at.column), "announced here")
            todo = f"add its note, or say here: 'The meeting of {long_day(one.day)} did not take place.'"
            yield Finding(date_at(one.after, one.after.meeting.date), what, todo, (related,))
