"""conflict-marker: a note that git left with both sides of a conflict."""

from collections.abc import Iterator
from datetime import date as Date

from rrbnotes.checks.book import Book
from rrbnotes.diagnostics import Finding


def conflict_marker(book: Book, today: Date) -> Iterator[Finding]:
    """Both sides of a merge stand in a note.

    Nothing of the note is read until somebody has decided: both sides would otherwise count, and actions stand twice.

    Bad:
        <<<<<<< HEAD
        **Action:** MPS to book the hall
        =======
        **Action:** NPS to book the hall
        >>>>>>> minutes

    Good:
        **Action:** NPS to book the hall

    Mend:
        Keep the lines that are right, and delete the three marker lines.
    """
    yield from book.told("conflict-marker")
