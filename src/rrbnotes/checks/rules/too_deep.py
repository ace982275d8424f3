"""too-deep: lists within lists beyond all bounds."""

from collections.abc import Iterator
from datetime import date as Date

from rrbnotes.checks.book import Book
from rrbnotes.diagnostics import Finding


def too_deep(book: Book, today: Date) -> Iterator[Finding]:
    """Lists or quotations nest so deeply that the rest is not read.

    What lies deeper than a hundred levels is left out, actions too. Such notes come out of converters.

    Mend:
        Move the inner lists up.
    """
    yield from book.told("too-deep")
