"""The whole way of a note: read, reconciled, checked by every rule, and shown."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date as Date
from pathlib import Path
from tempfile import TemporaryDirectory

from rrbnotes.checks.book import Book, open_book
from rrbnotes.checks.run import Selection, run
from rrbnotes.home import Home
from rrbnotes.model import Kind
from rrbnotes.render.formats import FORMATS
from rrbnotes.render.page import Page
from rrbnotes.render.reports import REPORTS
from rrbnotes.settings import Settings
from rrbnotes.views import actions
from rrbnotes.views.check_report import report_of
from rrbnotes.views.entries import entries

TODAY = Date(2026, 6, 1)
KEYS = ("2026-01-12", "2026-02-09")
NEXT_NOTE = "\x1e"
"""Parts a text into the notes of two meetings."""
_SHOWN_AS, _REPORTED_AS = ("table", "csv"), ("full", "github")


def go_whole_way(text: str, next_note: str = NEXT_NOTE) -> Book:
    """Take a note, or two, all the way; whatever is wrong on it raises."""
    notes = dict(zip(KEYS, text.split(next_note, 1), strict=False))
    with TemporaryDirectory() as name:
        return go_with(Path(name), {f"notes/{key}.md": words for key, words in notes.items()})


def go_with(root: Path, texts: Mapping[str, str]) -> Book:
    """The same for notes by their paths below a folder; those not among the texts are read from it."""
    book = open_book(Home(root, root / "notes", Settings()), root, TODAY, texts)
    outcome = run(book, TODAY, Selection())
    for crash in outcome.crashes:
        raise AssertionError(f"the rule {crash.name} failed") from crash.error
    everyone_once(book)
    lines = {path: len(of_file) for path, of_file in book.lines().items()}
    for path, line in _places(book):
        assert 1 <= line <= max(1, lines[path]), f"{path}:{line} is not in it"
    for one in outcome.diagnostics:
        assert one.at.line <= max(1, lines.get(one.path, one.at.line)), f"{one.at} is not in it"
    page = Page(80, today=TODAY)
    shown = actions.listing({"": entries(book.actions, book.standing, TODAY)}, (), TODAY)
    for format in _SHOWN_AS:
        FORMATS[format].write(shown, page)
    report = report_of(book, outcome.diagnostics, allowed=len(outcome.allowed))
    for format in _REPORTED_AS:
        REPORTS[format].write(report, page)
    return book


def everyone_once(book: Book) -> None:
    """Every mention belongs to one action; a raised action has one that raises it, another has none."""
    said = Counter(mention for meeting in book.notebook.meetings for mention in meeting.mentions)
    owned = Counter(mention for action in book.actions for mention in action.mentions)
    assert said == owned, "a mention is nobody's, or of two actions"
    for action in book.actions:
        assert sum(mention.kind is Kind.RAISED for mention in action.mentions) == action.is_raised
    refs = [action.ref for action in book.actions]
    assert len(set(refs)) == len(refs), "two actions have one ref"


def _places(book: Book) -> Iterator[tuple[str, int]]:
    """Every line that the book points at."""
    for one in book.minutes:
        yield from ((seen.at.path, seen.at.line) for seen in (*one.candidates, *one.passing))
        yield from ((seen.at.path, seen.at.line) for seen in one.meeting.mentions)
        yield from ((seen.at.path, seen.at.line) for seen in one.diagnostics)
        yield from ((one.source.path, item.line) for item in one.meeting.items)
        if one.meeting.next_meeting and one.meeting.next_meeting.line:
            yield one.source.path, one.meeting.next_meeting.line


def text_in(data: bytes) -> str:
    """A text that is made from any bytes, so that a fuzzer's bytes come to something: what is no UTF-8 is Windows-1252."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return re.sub(r"[\x81\x8d\x8f\x90\x9d]", "\ufffd", data.decode("cp1252", "replace"))
