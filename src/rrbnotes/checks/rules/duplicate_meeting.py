"""duplicate-meeting: two notes that record one meeting."""

from collections.abc import Iterator
from datetime import date as Date

from rrbnotes.checks.book import Book
from rrbnotes.checks.evidence.whereabouts import title_at
from rrbnotes.diagnostics import Finding, Related
from rrbnotes.notebook import Minutes
from rrbnotes.quoting import quoted
from rrbnotes.source import Location


def duplicate_meeting(book: Book, today: Date) -> Iterator[Finding]:
    """Two notes of one board have the same title and the same day.

    Its actions are all there twice, and each of the two notes seems to be a meeting that says nothing of the other's.

    Bad:
        == 2026-01-12.md
        # Board meeting, 12 January 2026

        **Action:** MPS to book the hall.
        == 2026-01-12-final.md
        # Board meeting, 12 January 2026

        **Action:** MPS to book the hall.

    Good:
        == 2026-01-12.md
        # Board meeting, 12 January 2026

        **Action:** MPS to book the hall.
        == 2026-02-09.md
        # Board meeting, 9 February 2026

        **Action:** NPS to send the list.

    Mend:
        Keep one of the two, or name the other under `exclude` in the settings. Where there were two meetings on one day, say so
        in their titles.
    """
    for own in book.boards():
        first: dict[tuple[str, Date], Minutes] = {}
        for one in sorted(own, key=lambda minutes: minutes.meeting.key):
            title, day = one.meeting.title, one.meeting.date
            if not title or not day:
                continue
            other = first.setdefault((" ".join(title.casefold().split()), day), one)
            if other is not one and _may_be_one(other, one):
                what = f"another note records this meeting as well: {quoted(title)}"
                at = title_at(other)
                related = Related(Location(at.path, at.line), "the other note")
                yield Finding(title_at(one), what, "keep one of them", (related,))


def _may_be_one(one: Minutes, other: Minutes) -> bool:
    """Whether two notes give no different hours."""
    return not (one.meeting.start and other.meeting.start) or one.meeting.start == other.meeting.start
