"""too-large: a file far too large for a note."""

from collections.abc import Iterator
from datetime import date as Date

from rrbnotes.checks.book import Book
from rrbnotes.diagnostics import Finding


def too_large(book: Book, today: Date) -> Iterator[Finding]:
    """A file is too large, or one of its lines too long, to be a note.

    It is not read at all. Most often something else has got into the notes folder: an export, a log, a picture as text.

    Mend:
        Move it elsewhere, split it, or name it under `exclude` in the settings.
    """
    yield from book.told("too-large")
