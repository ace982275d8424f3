"""From a run to its notebook, and what is said of notes that could not be read. Commands import it when they run."""

from collections.abc import Iterable
from datetime import date as Date

import typer

from rrbnotes.cli.run import Run
from rrbnotes.cli.talk import say
from rrbnotes.diagnostics import Diagnostic
from rrbnotes.errors import RrbError
from rrbnotes.notebook import UNREADABLE, Notebook, load
from rrbnotes.reconciling.standing import standings
from rrbnotes.settings import locate
from rrbnotes.views.entries import Entry, entries


def open_book(run: Run, as_at: Date | None = None) -> Notebook:
    """The notebook of the folder that the run works in."""
    home = locate(run.directory, run.config)
    return load(home.notes, run.directory, home.settings, as_at)


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
