"""reopened: an action that is outstanding again after it was finished."""

from collections.abc import Iterator
from datetime import date as Date
from itertools import pairwise

from rrbnotes.checks.book import Book
from rrbnotes.checks.outstanding import first_at, is_whole, record_at, start
from rrbnotes.checks.quoting import quoted
from rrbnotes.diagnostics import Finding, Related
from rrbnotes.model import Action, Progress
from rrbnotes.source import Location, line_of


def reopened(book: Book, today: Date) -> Iterator[Finding]:
    """An action that was finished is outstanding again.

    One of the two is a slip, or the board has changed its mind; who reads only one of the notes cannot tell.

    Bad:
        == 2026-01-12.md
        # Board meeting, 12 January 2026

        **Action:** NPS to draft the plan for women leaving custody.
        == 2026-02-09.md
        # Board meeting, 9 February 2026

        ## Actions from previous meeting

        - NPS to draft the plan for women leaving custody - complete
        == 2026-03-09.md
        # Board meeting, 9 March 2026

        ## Actions from previous meeting

        - NPS to draft the plan for women leaving custody - ongoing

    Good:
        == 2026-01-12.md
        # Board meeting, 12 January 2026

        **Action:** NPS to draft the plan for women leaving custody.
        == 2026-02-09.md
        # Board meeting, 9 February 2026

        ## Actions from previous meeting

        - NPS to draft the plan for women leaving custody - ongoing
        == 2026-03-09.md
        # Board meeting, 9 March 2026

        ## Actions from previous meeting

        - NPS to draft the plan for women leaving custody - complete

    Mend:
        Correct whichever note is wrong. If what is still to be done is something else, write that as an action of its own.
        If the board has taken it up again, say so: `<!-- rrb: allow reopened: the first draft was sent back -->`.
    """
    for action in book.actions if is_whole(book) else ():
        turn = _turn(action) if action.status.outstanding else None
        if turn:
            before, after = turn
            earlier = before.meeting or "an update"
            what = f"{quoted(action.action)} is {after.status}, though {earlier} has it as {before.status}"
            todo = f"correct one of them; {action.ref} counts as outstanding"
            at = after.at or first_at(book, action)
            yield Finding(
                line_of(at), what, todo, (Related(_said_at(book, action, before), f"{before.status}"),)
            )


def _turn(action: Action) -> tuple[Progress, Progress] | None:
    """The last time that a note had it as outstanding after it was finished; what a person reopened was meant."""
    said = [progress for progress in action.history if progress.status]
    turns = ((a, b) for a, b in pairwise(said) if _is_finished(a) and not _is_finished(b) and b.meeting)
    return next(reversed(list(turns)), None)


def _is_finished(progress: Progress) -> bool:
    return bool(progress.status and not progress.status.outstanding)


def _said_at(book: Book, action: Action, progress: Progress) -> Location:
    return progress.at or start(record_at(book, action.ref))
