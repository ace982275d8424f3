"""not-utf8: a note whose bytes are not text in UTF-8."""

from collections.abc import Iterator
from datetime import date as Date

from rrbnotes.checks.book import Book
from rrbnotes.diagnostics import Finding


def not_utf8(book: Book, today: Date) -> Iterator[Finding]:
    """Bytes of a note are not UTF-8 text.

    Nothing of the note is read, so all of its actions are missing everywhere. `rrb` does not guess at letters: a wrong guess changes names.
    Nor is it read where the file's name, or its folder's, is not UTF-8 or holds control characters: no ref could be written down.

    Mend:
        Save the note as UTF-8 in your editor (`File`, `Save as`, `Encoding`), or rename the file.
    """
    yield from book.told("not-utf8")
