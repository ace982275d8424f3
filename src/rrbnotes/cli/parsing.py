"""Single notes, read by what their neighbours teach."""

from collections.abc import Iterable
from pathlib import Path

from rrbnotes.cli.run import Run
from rrbnotes.diagnostics import Diagnostic, unreadable
from rrbnotes.errors import RrbError, did_you_mean
from rrbnotes.home import Home, find
from rrbnotes.settings import Settings
from rrbnotes.single import Parsed, parse
from rrbnotes.source import Unreadable


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
        raise RrbError(f"no such note: {note}{did_you_mean(str(note), neighbours) or '; check its name'}")
    if path.is_dir():
        raise RrbError(f"{note}: a folder; name the notes in it")
    if home is None:
        return parse(path, None, run.directory, Settings())
    return parse(path, home.notes, run.directory, home.settings)
