"""register-invalid: a register that cannot be read."""

import re
from collections.abc import Iterator
from datetime import date as Date

from rrbnotes.checks.book import Book
from rrbnotes.diagnostics import Finding
from rrbnotes.source import Location, Range, line_of


def register_invalid(book: Book, today: Date) -> Iterator[Finding]:
    """The register cannot be read.

    Until it can, no command goes on: nobody can see what was closed between meetings, and nothing new is kept. Most often
    a slip of the keyboard or two branches that both changed it are to blame.

    Bad:
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
            status: nearly done
          # end 2026-01-12.1

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
            status: ongoing
          # end 2026-01-12.1

        # end of actions

    Mend:
        Mend it at the place that is named; `rrb sync --resolve` heals what a merge left behind, `rrb doctor --restore`
        brings back a backup. No comment allows this, since no other command could go on.
    """
    for line in book.wrong:
        found = _PLACE.match(line.removeprefix(book.register))
        number, column = (int(found[1]), int(found[2])) if found else (1, 1)
        message, _, todo = (found[3] if found else line).partition("; ")
        yield Finding(_place(book, number, column), message, todo)


_PLACE = re.compile(r":(\d{1,9}):(\d{1,9}): (.*)", re.DOTALL)


def _place(book: Book, line: int, column: int) -> Range:
    """From a column to the end of its line; the whole line, or the last one, where nothing stands there."""
    lines = book.register_lines
    if line > len(lines):
        return line_of(Location(book.register, max(1, len(lines))))
    return Range(book.register, line, column, line, max(column, len(lines[line - 1].rstrip()) + 1))
