"""unknown-ref: a ref in a note that no action has."""

from collections.abc import Iterator, Set
from datetime import date as Date

from rrbnotes.checks.book import Book
from rrbnotes.diagnostics import Finding
from rrbnotes.errors import did_you_mean
from rrbnotes.notebook import Minutes


def unknown_ref(book: Book, today: Date) -> Iterator[Finding]:
    """A note names a ref that no action has.

    What the note says then joins no action: the one that was meant looks as if nobody had reported on it, and a second
    one comes up that nobody agreed. Looked for only where there is a register, since without one refs are not kept.

    Bad:
        == 2026-01-12.md
        # Board meeting, 12 January 2026

        **Action:** NPS to draft the plan for women leaving custody
        == 2026-02-09.md
        # Board meeting, 9 February 2026

        ## Actions from previous meeting

        - NPS to draft the plan for women leaving custody (2026-01-12.7) - ongoing
        == actions.yaml
        version: 1
        actions:
          2026-01-12.1:
            action: "draft the plan for women leaving custody"
            raised: {date: 2026-01-12}
        # end of actions

    Good:
        == 2026-01-12.md
        # Board meeting, 12 January 2026

        **Action:** NPS to draft the plan for women leaving custody
        == 2026-02-09.md
        # Board meeting, 9 February 2026

        ## Actions from previous meeting

        - NPS to draft the plan for women leaving custody (2026-01-12.1) - ongoing
        == actions.yaml
        version: 1
        actions:
          2026-01-12.1:
            action: "draft the plan for women leaving custody"
            raised: {date: 2026-01-12}
        # end of actions

    Mend:
        Write the ref that is meant, or take it out. If it is none: `<!-- rrb: allow unknown-ref: a form's number -->`.
    """
    known = {ref for action in book.actions for ref in (action.ref, *action.also)}
    for minutes in book.minutes if book.ledger else ():
        yield from _unknown(minutes, known)


def _unknown(minutes: Minutes, known: Set[str]) -> Iterator[Finding]:
    for mention in minutes.meeting.mentions:
        if mention.ref and mention.ref not in known:
            near = did_you_mean(mention.ref, known).removeprefix("; ")
            todo = near or "`rrb actions --all` lists the refs"
            at = minutes.source.words_at(mention.at.line, mention.ref)
            yield Finding(at, f"no action has the ref '{mention.ref}'", todo)
