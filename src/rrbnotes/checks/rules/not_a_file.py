"""not-a-file: a note that cannot be opened."""

from collections.abc import Iterator
from datetime import date as Date

from rrbnotes.checks.book import Book
from rrbnotes.diagnostics import Finding


def not_a_file(book: Book, today: Date) -> Iterator[Finding]:
    """A note cannot be opened.

    Nothing of it is read. It may be a broken link, a link to somewhere else, a pipe with the name of a note, or a file or
    folder that you may not read.

    Mend:
        Allow reading it, or move it out of the notes folder.
    """
    yield from book.told("not-a-file")
