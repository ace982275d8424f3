"""unreported: outstanding actions that a board's latest note says nothing of."""

from collections.abc import Iterator, Sequence
from datetime import date as Date

from rrbnotes.checks.book import Book, place
from rrbnotes.checks.evidence.outstanding import first_at, left_out, named, perhaps_at
from rrbnotes.checks.evidence.reviews import review_of
from rrbnotes.checks.evidence.whereabouts import title_at
from rrbnotes.diagnostics import Finding, Related, Severity
from rrbnotes.model import Action, Kind, Mention
from rrbnotes.notebook import Minutes
from rrbnotes.quoting import count, listed, quoted


def unreported(book: Book, today: Date) -> Iterator[Finding]:
    """The latest note of a board says nothing of actions that are still to be done.

    An action that no note speaks of is forgotten without anybody having decided so: its owner thinks that it is off the
    list, and the board cannot tell what is done and what has been dropped. Only the latest note of each board is looked
    at, and no draft. It is an error where that note says that it goes through earlier actions, a warning where it does not.

    With a register all of them are listed. Without one only those that the meeting before spoke of, since what older notes
    have let drop may well have been done; and none that a line of the note may speak of in other words.

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
        Say in a line for each of them how it stands, best behind its ref: `- 2026-01-12.3: ongoing`. `rrb new`
        begins the next note with a table to fill in. Or tell the register what is known: `rrb update REF STATUS`. Where the meeting left them out on purpose, say so above the line:
        `<!-- rrb: allow unreported: there was no time for the actions -->`.
    """
    action_of = book.action_of()
    for one in left_out(book, today):
        near = perhaps_at(one)
        actions = [a for a in one.actions if a.ref not in near and (book.ledger or one.is_recent(a))]
        if actions:
            strange = [m.at.line for m in _reports(one.minutes) if action_of[place(m)].first_seen.at == m.at]
            yield _finding(book, one.minutes, actions, len(one.actions) - len(actions), strange)


def _reports(minutes: Minutes) -> Iterator[Mention]:
    return (one for one in minutes.meeting.mentions if one.kind is Kind.REPORTED)


def _finding(
    book: Book, minutes: Minutes, actions: Sequence[Action], further: int, strange: Sequence[int]
) -> Finding:
    review = review_of(minutes)
    who = quoted(review.words.rstrip(".:")) if review else "the note"
    message = f"{who} leaves out {count(len(actions), 'outstanding action')}: {_refs(actions)}"
    todo = "say in a line how each stands, or tell the register: rrb update REF STATUS"
    if strange:
        lines = listed(map(str, [*strange[:_FEW], *(["…"] if len(strange) > _FEW else [])]))
        which = f"line {lines}, begin it" if len(strange) == 1 else f"lines {lines}, begin each"
        todo = f"no earlier action is found for {which} with its ref; {todo}"
    if further:
        todo += f"; `rrb actions --unreported` lists {further} more that may be done"
    related = tuple(Related(first_at(book, action), named(action)) for action in actions)
    weight = Severity.ERROR if review else Severity.WARNING
    return Finding(review.at if review else title_at(minutes), message, todo, related, weight=weight)


_FEW = 5
_MOST = 20
"""More refs than these make a message that nobody reads to its end; all of them stand beside it."""


def _refs(actions: Sequence[Action]) -> str:
    refs = [action.ref for action in actions]
    return listed(refs if len(refs) <= _MOST else [*refs[:_MOST], f"{len(refs) - _MOST} more"])
