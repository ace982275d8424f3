"""register-behind: a register that does not say yet what the notes say."""

from collections.abc import Iterator
from datetime import date as Date

from rrbnotes.checks.book import Book
from rrbnotes.diagnostics import Finding, Related
from rrbnotes.keeping.changes import Changes
from rrbnotes.quoting import count, listed
from rrbnotes.source import Location, line_of


def register_behind(book: Book, today: Date) -> Iterator[Finding]:
    """The register does not say yet what the notes say.

    New actions have no refs that stay until they are in the register, and whoever reads it sees an old state of things.

    Bad:
        == 2026-01-12.md
        # Board meeting, 12 January 2026

        **Action:** NPS to draft the plan for women leaving custody - done
        == actions.yaml
        version: 1
        actions:
        # end of actions

    Good:
        == 2026-01-12.md
        # Board meeting, 12 January 2026

        **Action:** NPS to draft the plan for women leaving custody
        == actions.yaml
        version: 1
        actions:
          2026-01-12.1:
            action: "draft the plan for women leaving custody"
            owners: ["NPS"]
            raised: {date: 2026-01-12}
            status: open
          # end 2026-01-12.1

        # end of actions

    Mend:
        `rrb sync` brings it up to date, `rrb sync -n` shows what that changes.
    """
    if book.ledger and book.changes and book.ledger.is_behind and book.is_whole:
        said = listed(_said(book.changes)) or "it is not written as rrb would"
        todo = "`rrb sync` brings it up to date"
        at = line_of(Location(book.register, 1))
        yield Finding(at, f"behind the notes: {said}", todo, tuple(_places(book.changes)))


def _said(changes: Changes) -> Iterator[str]:
    """What a sync would write: `3 new actions`, `1 report`."""
    counts = (
        (len(changes.new), "new action", ""),
        (len(changes.said) + len(changes.restated), "report", ""),
        (len(changes.edited), "action worded anew", "actions worded anew"),
        (len(changes.by_hand), "change by hand", "changes by hand"),
        (len(changes.dropped), "report that is gone", "reports that are gone"),
    )
    return (count(number, one, more) for number, one, more in counts if number)


_MOST = 10


def _places(changes: Changes) -> Iterator[Related]:
    """Where the first of what is new stands."""
    new = [(action.first_seen.at, f"new: {action.ref}") for action in changes.new]
    said = [(progress.at, f"a report on {action.ref}") for action, progress in changes.said]
    for at, what in (*new, *said)[:_MOST]:
        if at:
            yield Related(at, what)
