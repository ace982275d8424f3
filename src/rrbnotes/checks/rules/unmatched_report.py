"""unmatched-report: a report on an action that no earlier note has."""

from collections.abc import Iterator
from datetime import date as Date

from rrbnotes.checks.book import Book
from rrbnotes.checks.evidence.unfitting import unfitting
from rrbnotes.diagnostics import Finding
from rrbnotes.quoting import quoted
from rrbnotes.source import line_of


def unmatched_report(book: Book, today: Date) -> Iterator[Finding]:
    """A note reports on an action that no earlier note has.

    Either the action was agreed and never written down, or it is reported in words in which nobody will know it again; the
    one that is meant then looks as if it had been forgotten. Looked for only where the same list goes through actions that
    the earlier notes do have; a line without a word on progress may be something else, and is left in peace.

    Bad:
        == 2026-01-12.md
        # Board meeting, 12 January 2026

        ## Actions

        - NPS to draft the plan for women leaving custody
        - CRC to find a room for the workshop
        == 2026-02-09.md
        # Board meeting, 9 February 2026

        ## Actions from previous meeting

        - NPS to draft the plan for women leaving custody - ongoing
        - CRC to find a room for the workshop - complete
        - MPS to send figures on burglary - complete

    Good:
        == 2026-01-12.md
        # Board meeting, 12 January 2026

        ## Actions

        - NPS to draft the plan for women leaving custody
        - CRC to find a room for the workshop
        - MPS to send figures on burglary
        == 2026-02-09.md
        # Board meeting, 9 February 2026

        ## Actions from previous meeting

        - NPS to draft the plan for women leaving custody - ongoing
        - CRC to find a room for the workshop - complete
        - MPS to send figures on burglary - complete

    Mend:
        If it is an earlier action in other words, say so: `rrb link EARLIER same REF`. If it was agreed and not written down,
        write it into the note of that meeting. If it is only news: `<!-- rrb: allow unmatched-report: agreed by mail -->`.
    """
    for action in unfitting(book) if book.is_whole else ():
        what = f"no earlier note has {quoted(action.action)}, which is reported here"
        todo = f"if it was agreed in other words: rrb link EARLIER same {action.ref}"
        yield Finding(line_of(action.mentions[0].at), what, todo)
