"""From a run to its notebook, and what is said of notes that could not be read. Commands import it when they run."""

from collections.abc import Iterable
from datetime import date as Date
from pathlib import Path

import typer

from rrbnotes.cli.run import Run
from rrbnotes.cli.talk import say
from rrbnotes.diagnostics import Diagnostic, unreadable
from rrbnotes.errors import RrbError, did_you_mean
from rrbnotes.notebook import REGISTER, UNREADABLE, Notebook, Parsed, load, parse
from rrbnotes.reconciling.standing import standings
from rrbnotes.settings import Home, Settings, find, locate
from rrbnotes.source import Unreadable
from rrbnotes.views.entries import Entry, entries


def open_book(run: Run, as_at: Date | None = None) -> Notebook:
    """The notebook of the folder that the run works in."""
    home = locate(run.directory, run.config)
    book = _kept(run, home, as_at)
    if not book.meetings and not book.diagnostics:
        until = f" up to {as_at}" if as_at else ""
        say(f"rrb: no notes in {home.notes}{until}: is it the right folder?")
    return book


def _kept(run: Run, home: Home, as_at: Date | None) -> Notebook:
    """The notes, reconciled with their register where they have one."""
    path = home.notes / REGISTER
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        _tell_of_loss(home, path)
        return load(home.notes, run.directory, home.settings, as_at)
    except OSError as why:
        raise RrbError(f"{path}: cannot be read ({why.strerror})") from why
    from rrbnotes.keeping.ledger import open_ledger

    ledger = open_ledger(home, run.directory, data, run.today, as_at)
    if as_at is None and not run.quiet and ledger.is_behind:
        from rrbnotes.keeping.changes import changes  # only for who has to hear of it
        from rrbnotes.views.changes import summary

        news = summary(changes(ledger, run.today), ledger.book.register, True)
        say(f"rrb: {ledger.shown} is not up to date ({news}); `rrb sync` brings it up to date")
    return ledger.book


def _tell_of_loss(home: Home, register: Path) -> None:
    """Say it where the register is gone that was written here: the refs are then those of today's notes alone."""
    from rrbnotes.store.journal import read_journal

    if read_journal(home.root).has_left(home.root, register):
        say(f"rrb: {register} is gone; `rrb doctor --restore` brings it back")


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
    unread = (unreadable(one) for one in read if isinstance(one, Unreadable))
    return parsed, (*unread, *(diagnostic for one in parsed for diagnostic in one.diagnostics))


def _read(run: Run, home: Home | None, note: Path) -> Parsed | Unreadable:
    path = run.path(note)
    if not path.exists():
        neighbours = (str(note.with_name(one.name)) for one in path.parent.glob("*.md"))
        raise RrbError(f"no such note: {note}{did_you_mean(str(note), neighbours)}")
    if home is None:
        return parse(path, None, run.directory, Settings())
    return parse(path, home.notes, run.directory, home.settings)
