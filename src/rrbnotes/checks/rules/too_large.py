"""too-large: a file far too large for a note, or one that says far too much."""

from collections.abc import Iterator
from datetime import date as Date

from rrbnotes.checks.book import Book
from rrbnotes.diagnostics import Finding


def too_large(book: Book, today: Date) -> Iterator[Finding]:
    """A file is too large, or one of its lines too long, to be a note; or a note holds thousands of actions or names.

    A file that is too large is not read at all, of actions and names no more than the first two thousand. Most often something else has got into the notes folder: an export, a log, a picture as text.

    Mend:
        Move it elsewhere, split it, or name it under `exclude` in the settings.
    """
    yield from book.told("too-large")
