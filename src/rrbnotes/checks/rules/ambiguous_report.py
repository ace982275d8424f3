"""ambiguous-report: a line that may speak of an earlier action, too doubtful to join."""

from collections.abc import Iterator
from datetime import date as Date

from rrbnotes.checks.book import Book
from rrbnotes.checks.evidence.outstanding import first_at, named
from rrbnotes.diagnostics import Finding, Related
from rrbnotes.model import Proposal
from rrbnotes.quoting import quoted
from rrbnotes.source import line_of


def ambiguous_report(book: Book, today: Date) -> Iterator[Finding]:
    """A line may speak of an earlier action, but its words leave that open.

    Until a person says so they are two actions: what is reported here does not count for the earlier one, which goes on
    looking as if nothing had been done.

    Bad:
        == 2026-01-12.md
        # Board meeting, 12 January 2026

        ## Actions

        - NPS to write to the prisons in the north about housing
        - NPS to write to the prisons in the south about housing
        == 2026-02-09.md
        # Board meeting, 9 February 2026

        ## Actions from previous meeting

        - NPS to write to the prisons about housing - done

    Good:
        == 2026-01-12.md
        # Board meeting, 12 January 2026

        ## Actions

        - NPS to write to the prisons in the north about housing
        - NPS to write to the prisons in the south about housing
        == 2026-02-09.md
        # Board meeting, 9 February 2026

        ## Actions from previous meeting

        - NPS to write to the prisons in the north about housing - done
        - NPS to write to the prisons in the south about housing - ongoing

    Mend:
        Say which it is: `rrb link EARLIER same LATER`, or `rrb link EARLIER different LATER`; `rrb link --review` goes
        through them all. Or use the words of the action, or its ref, in the note.
    """
    actions = {action.ref: action for action in book.actions}
    for proposal in () if book.wrong else book.notebook.register.proposals:
        near = [actions[ref] for ref, _ in proposal.candidates if ref in actions]
        what = f"{quoted(proposal.mention.action)} may be {_which(proposal)}"
        related = tuple(Related(first_at(book, action), named(action)) for action in near)
        first = proposal.candidates[0][0]
        todo = f"say so: rrb link {first} same {proposal.ref} (or: different)"
        yield Finding(line_of(proposal.mention.at), what, todo, related)


def _which(proposal: Proposal) -> str:
    first, *others = (ref for ref, _ in proposal.candidates)
    if not others:
        return f"the earlier action {first}"
    return f"one of {len(others) + 1} earlier actions, most likely {first}"
