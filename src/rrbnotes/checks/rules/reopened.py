"""reopened: an action that is outstanding again after it was finished."""

from collections.abc import Iterator
from datetime import date as Date

from rrbnotes.checks.book import Book
from rrbnotes.checks.evidence.outstanding import first_at, record_at, start
from rrbnotes.diagnostics import Finding, Related
from rrbnotes.model import Action, Progress
from rrbnotes.quoting import quoted
from rrbnotes.source import line_of


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
    for action in book.actions if book.is_whole else ():
        turn = _turn(action) if action.status.outstanding else None
        if turn:
            yield _finding(book, action, *turn)


def _finding(book: Book, action: Action, before: Progress, after: Progress) -> Finding:
    earlier = before.meeting or "an update"
    what = f"{quoted(action.action)} is {after.status}, though {earlier} has it as {before.status}"
    todo = f"correct one of them; {action.ref} counts as outstanding"
    at = after.at or first_at(book, action)
    said = Related(before.at or start(record_at(book, action.ref)), f"{before.status}")
    return Finding(line_of(at), what, todo, (said,))


def _turn(action: Action) -> tuple[Progress, Progress] | None:
    """The last finish of an outstanding action and what was said next, if a note said it; a person's word was meant."""
    said = [progress for progress in action.history if progress.status]
    finished = [n for n, progress in enumerate(said) if progress.status and not progress.status.outstanding]
    if not finished or finished[-1] + 1 == len(said):
        return None
    before, after = said[finished[-1] : finished[-1] + 2]
    return (before, after) if after.meeting else None
