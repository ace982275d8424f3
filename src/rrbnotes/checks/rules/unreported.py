"""unreported: outstanding actions that a board's latest note says nothing of."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date as Date

from rrbnotes.checks.book import Book
from rrbnotes.checks.evidence.outstanding import LeftOut, first_at, left_out, named, perhaps_at
from rrbnotes.checks.evidence.reviews import review_of
from rrbnotes.checks.evidence.whereabouts import title_at
from rrbnotes.checks.quoting import listed, quoted, several
from rrbnotes.diagnostics import Finding, Related, Severity
from rrbnotes.model import Action


def unreported(book: Book, today: Date) -> Iterator[Finding]:
    """The latest note of a board says nothing of actions that are still to be done.

    An action that no note speaks of is forgotten without anybody having decided so: its owner thinks that it is off the
    list, and the board cannot tell what is done and what has been dropped. Only the latest note of each board is looked
    at, and no draft. It is an error where that note says that it goes through earlier actions, a warning where it does not,
    or where lines of it may speak of every one that is left out.

    Bad:
        == 2026-01-12.md
        # Board meeting, 12 January 2026

        **Action:** NPS to draft the plan for women leaving custody.
        == 2026-02-09.md
        # Board meeting, 9 February 2026

        Actions from the previous meeting were covered.

    Good:
        == 2026-01-12.md
        # Board meeting, 12 January 2026

        **Action:** NPS to draft the plan for women leaving custody.
        == 2026-02-09.md
        # Board meeting, 9 February 2026

        ## Actions from the previous meeting

        - NPS to draft the plan for women leaving custody - ongoing

    Mend:
        Say in a line for each of them how it stands (`rrb new` makes the table), or tell the register what is known:
        `rrb update REF STATUS`. Where the meeting left them out on purpose, say so above the line:
        `<!-- rrb: allow unreported: there was no time for the actions -->`.
    """
    for one in left_out(book, today):
        yield _finding(book, one)


def _finding(book: Book, one: LeftOut) -> Finding:
    review, near = review_of(one.minutes), perhaps_at(one)
    what = several(len(one.actions), "outstanding action")
    who = quoted(review.words.rstrip(".:")) if review else "the note"
    todo = "say in a line how each stands, or tell the register: rrb update REF STATUS"
    related = tuple(Related(first_at(book, action), _words(action, near)) for action in one.actions)
    is_sure = review is not None and len(near) < len(one.actions)
    at = review.at if review else title_at(one.minutes)
    message = f"{who} leaves out {what}: {_refs(one.actions)}"
    return Finding(at, message, todo, related, weight=Severity.ERROR if is_sure else Severity.WARNING)


def _words(action: Action, near: Mapping[str, int]) -> str:
    """The action, and the line that may speak of it after all."""
    return f"{named(action)}{f' (line {near[action.ref]} may speak of it)' if action.ref in near else ''}"


_MOST = 20
"""More refs than these make a message that nobody reads to its end; all of them stand beside it."""


def _refs(actions: Sequence[Action]) -> str:
    refs = [action.ref for action in actions]
    return listed(refs if len(refs) <= _MOST else [*refs[:_MOST], f"{len(refs) - _MOST} more"])
