"""unknown-status: a status that the board's words do not have."""

from collections.abc import Iterator
from datetime import date as Date

from rrbnotes.checks.book import Book
from rrbnotes.diagnostics import Finding


def unknown_status(book: Book, today: Date) -> Iterator[Finding]:
    """The status beside an action is a word that nobody knows.

    An action with an unknown status keeps its former one, so a finished action stays on the list.

    Bad:
        ## Actions from previous meeting

        | Action | Owner | Status |
        | --- | --- | --- |
        | Book the hall | MPS | Compleet |
        | Send the list | NPS | Ongoing |

    Good:
        ## Actions from previous meeting

        | Action | Owner | Status |
        | --- | --- | --- |
        | Book the hall | MPS | Complete |
        | Send the list | NPS | Ongoing |

    Mend:
        Write one of open, ongoing, rolled over, complete, closed, or a word for one of them; a board's own words go into
        `[statuses]` in `rrb.toml`.
    """
    yield from book.told("unknown-status")
