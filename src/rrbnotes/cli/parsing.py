"""Single notes, read by what their neighbours teach."""

from collections.abc import Iterable
from pathlib import Path

from rrbnotes.cli import books
from rrbnotes.cli.run import Run
from rrbnotes.diagnostics import Diagnostic, unreadable
from rrbnotes.errors import RrbError, did_you_mean
from rrbnotes.home import Home, find
from rrbnotes.settings import Settings
from rrbnotes.single import Parsed, parse
from rrbnotes.source import Unreadable
from rrbnotes.views.names import Ambiguous, meeting


def read(run: Run, notes: Iterable[Path]) -> tuple[tuple[Parsed, ...], tuple[Diagnostic, ...]]:
    """Single notes, each with what its neighbours teach, and what is wrong with them."""
    home = find(run.directory, run.config)
    read = [_read(run, home, path) for note in notes for path in _paths(run, home, note)]
    parsed = tuple(one for one in read if isinstance(one, Parsed))
    unread = (unreadable(one) for one in read if isinstance(one, Unreadable))
    return parsed, (*unread, *(diagnostic for one in parsed for diagnostic in one.diagnostics))


def _paths(run: Run, home: Home | None, note: Path) -> list[Path]:
    """The files that a word means: a file by its path, else the notes of meetings."""
    path = run.path(note)
    if path.is_dir():
        raise RrbError(f"{note}: a folder; name the notes in it")
    if path.exists():
        return [path]
    named = _of_meetings(run, note) if home else []
    if named:
        return named
    neighbours = (str(note.with_name(one.name)) for one in path.parent.glob("*.md"))
    raise RrbError(f"no such note: {note}{did_you_mean(str(note), neighbours) or '; check its name'}")


def _of_meetings(run: Run, note: Path) -> list[Path]:
    """The notes of the meetings that a word means; none where it can only be meant as a path."""
    book = books.open_book(run)
    try:
        keys = meeting(book, note.as_posix(), run.today)
    except RrbError as why:
        if isinstance(why, Ambiguous) or not note.suffix[1:].isalpha():
            raise
        return []
    return [run.path(Path(one.path)) for one in book.meetings if one.key in keys]


def _read(run: Run, home: Home | None, path: Path) -> Parsed | Unreadable:
    if home is None:
        return parse(path, None, run.directory, Settings())
    return parse(path, home.notes, run.directory, home.settings)
