"""The note that a file becomes: its text with what our own rules would mend, and what is read in it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date as Date
from pathlib import Path

from rrbnotes.checks.book import Book, open_book
from rrbnotes.checks.fixing import Asked, proved, rounds
from rrbnotes.checks.run import Selection
from rrbnotes.checks.run import run as ask
from rrbnotes.diagnostics import Diagnostic
from rrbnotes.errors import RrbError
from rrbnotes.home import Home
from rrbnotes.importing.markdown import written
from rrbnotes.importing.reading import read_page
from rrbnotes.model import Meeting
from rrbnotes.readers import Texts
from rrbnotes.shelf import shown

_FORM = Selection(select=("tab-table", "fake-heading", "heading-level"))
"""The rules whose fixes only give a note its form."""
_ALONE = Path(".rrb", "import")
"""A folder that is not there, so that a text in it is read by itself."""


@dataclass(frozen=True, slots=True)
class Imported:
    """One file as a note."""

    text: str
    meeting: Meeting
    """As the note says it by itself."""
    pictures: int
    remarks: tuple[str, ...]


def imported(file: Path, shown: str, home: Home, today: Date) -> Imported:
    """The note that a file becomes, read with the settings of a home."""
    page = read_page(file, shown)
    text = _mended(written(page.blocks), home, today)
    book = _book(home, today, text)
    if not book.minutes:
        wrong = next((str(one) for one in book.notebook.diagnostics), "cannot be read as a note")
        raise RrbError(f"{shown}: {wrong.partition(': ')[2] or wrong}")
    return Imported(text, book.minutes[0].meeting, page.pictures, page.remarks)


def _mended(text: str, home: Home, today: Date) -> str:
    """The text with the fixes of the rules on form, each proved by reading the result again."""

    def look(texts: Texts) -> tuple[Book, Sequence[Diagnostic]]:
        book = _book(home, today, text, texts)
        found = ask(book, today, _FORM).diagnostics
        asked = Asked(lambda other: ask(other, today, _FORM).diagnostics, found)
        return book, proved(book, found, lambda other: _book(home, today, text, other), asked)

    book, found = look({})
    return next(iter(rounds(book, found, look).texts.values()), text)


def _book(home: Home, today: Date, text: str, texts: Texts | None = None) -> Book:
    """The text, or another for it, as the one note of a board."""
    alone = home.notes / _ALONE
    settings = replace(home.settings, exclude=(), boards={}, ignore_at={})
    name = shown(alone / "note.md", home.root)
    return open_book(Home(home.root, alone, settings), home.root, today, {name: text, **(texts or {})})
