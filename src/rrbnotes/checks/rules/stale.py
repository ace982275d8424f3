"""stale: an outstanding action of which nobody has said for long how it stands."""

from collections.abc import Iterator
from datetime import date as Date

from rrbnotes.checks.book import Book
from rrbnotes.checks.evidence.customs import held
from rrbnotes.checks.evidence.outstanding import left_out, newest_at
from rrbnotes.diagnostics import Finding
from rrbnotes.model import Action
from rrbnotes.quoting import quoted

_DAYS = 180
"""Two meetings of a board that meets each quarter."""


def stale(book: Book, today: Date) -> Iterator[Finding]:
    """Nobody has said for half a year how an outstanding action stands.

    It may be listed in every note; but where nobody says anything of it, either it was done long ago or nobody is at it.

    Bad:
        == 2025-01-13.md
        # Board meeting, 13 January 2025

        **Action:** NPS to draft the plan for women leaving custody.
        == 2026-05-11.md
        # Board meeting, 11 May 2026

        ## Actions from previous meeting

        - NPS to draft the plan for women leaving custody

    Good:
        == 2025-01-13.md
        # Board meeting, 13 January 2025

        **Action:** NPS to draft the plan for women leaving custody.
        == 2026-05-11.md
        # Board meeting, 11 May 2026

        ## Actions from previous meeting

        - NPS to draft the plan for women leaving custody - ongoing, second draft is out

    Mend:
        Ask its owner, and say in the next note how it stands; or close it: `rrb update REF closed -m REASON`.
        Where it simply takes that long: `<!-- rrb: allow stale: waits for the new Act -->`.
    """
    told = {action.ref for one in left_out(book, today) for action in one.actions}
    latest = {one.meeting.board: one.meeting.date for own in book.boards() for one in held(own, today)}
    for action in book.actions if book.is_whole else ():
        moved = _moved(action)
        is_old = moved is not None and (today - moved).days >= _DAYS
        if (
            action.status.outstanding
            and is_old
            and action.ref not in told
            and moved != latest.get(action.board)
        ):
            what = f"nobody has said since {moved} how {quoted(action.action)} stands"
            todo = f"ask for it, or close it: rrb update {action.ref} closed -m REASON"
            yield Finding(newest_at(book, action), what, todo)


def _moved(action: Action) -> Date | None:
    """The last day on which it was raised or given a status."""
    days = (action.first_seen.date, *(said.date for said in action.history if said.status))
    return max((day for day in days if day), default=None)
