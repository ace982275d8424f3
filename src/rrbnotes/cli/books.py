"""From a run to its notebook, and what is said of notes that could not be read. Commands import it when they run."""

from collections.abc import Iterable
from datetime import date as Date
from pathlib import Path

import typer

from rrbnotes.cli.run import Run
from rrbnotes.cli.talk import say
from rrbnotes.diagnostics import Diagnostic, Severity
from rrbnotes.errors import RrbError, did_you_mean
from rrbnotes.notebook import UNREADABLE, Notebook, Parsed, load, parse
from rrbnotes.reconciling.standing import standings
from rrbnotes.settings import Home, Settings, find, locate
from rrbnotes.source import Unreadable
from rrbnotes.views.entries import Entry, entries


def open_book(run: Run, as_at: Date | None = None) -> Notebook:
    """The notebook of the folder that the run works in."""
    home = locate(run.directory, run.config)
    book = load(home.notes, run.directory, home.settings, as_at)
    if not book.meetings and not book.diagnostics:
        until = f" up to {as_at}" if as_at else ""
        say(f"rrb: no notes in {home.notes}{until}: is it the right folder?")
    return book


def stand(book: Notebook, today: Date) -> tuple[Entry, ...]:
    """Its actions, as they stand on a day."""
    return entries(book.register.actions, standings(book.meetings, book.register, today), today)


def close(run: Run, diagnostics: Iterable[Diagnostic]) -> None:
    """Name the notes that could not be read, and leave with 2 if there are any; with `-v` say every doubt."""
    found = tuple(diagnostics)
    for diagnostic in found:
        if run.verbose or diagnostic.name in UNREADABLE:
            say(str(diagnostic))
    if any(diagnostic.name in UNREADABLE for diagnostic in found):
        raise typer.Exit(RrbError.exit_code)


def read(run: Run, notes: Iterable[Path]) -> tuple[tuple[Parsed, ...], tuple[Diagnostic, ...]]:
    """Single notes, each with what its neighbours teach, and what is wrong with them."""
    home = find(run.directory, run.config)
    read = [_read(run, home, note) for note in notes]
    parsed = tuple(one for one in read if isinstance(one, Parsed))
    unread = (Diagnostic(u.at, u.name, Severity.ERROR, u.message) for u in read if isinstance(u, Unreadable))
    return parsed, (*unread, *(diagnostic for one in parsed for diagnostic in one.diagnostics))


def _read(run: Run, home: Home | None, note: Path) -> Parsed | Unreadable:
    path = run.path(note)
    if not path.exists():
        neighbours = (str(note.with_name(one.name)) for one in path.parent.glob("*.md"))
        raise RrbError(f"no such note: {note}{did_you_mean(str(note), neighbours)}")
    if home is None:
        return parse(path, None, run.directory, Settings())
    return parse(path, home.notes, run.directory, home.settings)
