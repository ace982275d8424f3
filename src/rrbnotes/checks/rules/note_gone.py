"""note-gone: a note that the register names and that is not here."""

from collections.abc import Iterator, Mapping
from datetime import date as Date

from rrbnotes.book import UNREADABLE
from rrbnotes.checks.book import Book
from rrbnotes.checks.evidence.outstanding import record_at
from rrbnotes.diagnostics import Finding
from rrbnotes.keeping.ledger import Ledger
from rrbnotes.quoting import count


def note_gone(book: Book, today: Date) -> Iterator[Finding]:
    """The register names a note that is not here.

    What it said of its actions stays as the register has it, but nobody can look it up, and no later check can tell whether
    it is right. A note is lost in a merge or a tidy-up more easily than one thinks.

    Bad:
        == 2026-02-09.md
        # Board meeting, 9 February 2026

        Nothing was agreed.
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
        == actions.yaml
        version: 1
        actions:
          2026-01-12.1:
            action: "draft the plan for women leaving custody"
            raised: {date: 2026-01-12}
        # end of actions

    Mend:
        Put the note back. If it was a copy that should not have been there, `rrb undo` takes back the sync that read it.
        Where old notes are kept elsewhere on purpose, leave this rule out in the settings: `ignore = ["note-gone"]` below
        `[check]`.
    """
    if book.changes and book.ledger:
        unread = {one.path for one in book.notebook.diagnostics if one.name in UNREADABLE}
        naming = _naming(book.ledger)
        for key, records in book.changes.absent.items():
            if f"{book.above}{key}.md" not in unread:
                named = f"{count(records, 'record')} {'names' if records == 1 else 'name'} it"
                todo = "put it back, if it was not taken away on purpose"
                yield Finding(
                    record_at(book, naming.get(key, "")), f"no note '{key}' is here, but {named}", todo
                )


def _naming(ledger: Ledger) -> Mapping[str, str]:
    """The first record that names each note."""
    found: dict[str, str] = {}
    for action in ledger.file.actions if ledger.file else ():
        for key in (action.first_seen.meeting, *(progress.meeting for progress in action.history)):
            found.setdefault(key or "", action.ref)
    return found
