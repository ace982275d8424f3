"""overdue: an outstanding action whose date has passed."""

from collections.abc import Iterator
from datetime import date as Date

from rrbnotes.checks.book import Book
from rrbnotes.checks.evidence.outstanding import newest_at
from rrbnotes.diagnostics import Finding
from rrbnotes.quoting import quoted


def overdue(book: Book, today: Date) -> Iterator[Finding]:
    """An action is still to be done though its date has passed.

    A date that passes without a word teaches everybody that dates mean nothing.

    Bad:
        **Action:** NPS to draft the plan for women leaving custody by 9 February 2026.

    Good:
        == 2026-01-12.md
        # Board meeting, 12 January 2026

        **Action:** NPS to draft the plan for women leaving custody by 9 February 2026.
        == 2026-02-09.md
        # Board meeting, 9 February 2026

        ## Actions from previous meeting

        - NPS to draft the plan for women leaving custody - complete

    Mend:
        Report on it at the next meeting, or say what is known now: `rrb update REF STATUS`, `rrb update REF --due DATE`.
        Where the date no longer matters: `<!-- rrb: allow overdue: waits for the ministry -->`.
    """
    for action in book.actions if book.is_whole else ():
        deadline = action.due.deadline if action.due else None
        if deadline and book.standing[action.ref].overdue:
            what = f"{quoted(action.action)} was to be done by {deadline}"
            todo = f"say in the next note how it stands, or record a new date: rrb update {action.ref} --due DATE"
            yield Finding(newest_at(book, action), what, todo)
