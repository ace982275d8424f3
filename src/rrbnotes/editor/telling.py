"""What an editor shows where the pointer rests: the lives of actions, and the pages of rules that are broken there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date as Date

from rrbnotes.checks.book import Book
from rrbnotes.checks.rules import RULES
from rrbnotes.diagnostics import Diagnostic
from rrbnotes.editor.pointing import pointed
from rrbnotes.render import markdown
from rrbnotes.render.page import Page
from rrbnotes.source import Range
from rrbnotes.views.entries import Entry
from rrbnotes.views.life import life

_MOST = 3
"""Actions of one line whose lives are told."""
_RULES = {rule.name: rule for rule in RULES}


@dataclass(frozen=True, slots=True)
class Told:
    """Markdown, and the words that it tells of."""

    at: Range
    text: str


def told(
    book: Book, found: Iterable[Diagnostic], path: str, line: int, column: int, today: Date
) -> Told | None:
    """What there is to say of a place; `found` are the findings of its note."""
    there = [one for one in found if _holds(one.at, line, column)]
    about = pointed(book, path, line, column)
    lives = [_life(book, Entry(one, book.standing[one.ref], today)) for one in about.actions] if about else []
    parts = [*lives[:_MOST], *_pages(there)]
    if not parts:
        return None
    return Told(about.at if about else there[0].at, "\n---\n\n".join(parts))


def _life(book: Book, entry: Entry) -> str:
    listing = life(entry, book.notebook.meetings, book.notebook.register.proposals)
    return markdown.write(listing, Page())


def _pages(found: Iterable[Diagnostic]) -> Iterator[str]:
    """What rules ask for, once each."""
    for name in dict.fromkeys(one.name for one in found):
        if name in _RULES:
            page = _RULES[name].manual
            yield f"**{name}**: {page.summary} {page.mend}\n"


def _holds(at: Range, line: int, column: int) -> bool:
    return (at.line, at.column) <= (line, column) <= (at.end_line, at.end_column)
