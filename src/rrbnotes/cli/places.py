"""Which notes `rrb check` is to look at and to report on: a folder, some of its notes, or a text on standard input."""

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rrbnotes.cli.run import Run
from rrbnotes.errors import RrbError, did_you_mean
from rrbnotes.home import Home, find, locate
from rrbnotes.readers import Texts
from rrbnotes.settings import Settings
from rrbnotes.shelf import shown
from rrbnotes.source import MAX_NOTE_BYTES, Unreadable, source_of

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Places:
    """Where to look."""

    home: Home
    named: tuple[Path, ...] = ()
    """Only what stands in or below these is reported; empty for everything."""
    texts: Texts = field(default_factory=dict)
    """A note that came on standard input, by its shown path."""
    unread: Unreadable | None = None
    """Why that note cannot be read; an empty text stands for it."""

    def holds(self, run: Run) -> Callable[[str], bool]:
        """Tells of a shown path whether it is to be reported on."""
        if not self.named:
            return lambda path: True
        named = [_real(path) for path in self.named]
        return lambda path: any(_real(run.path(Path(path))).is_relative_to(one) for one in named)


def places(run: Run, paths: Sequence[str], stdin_name: str | None) -> Places:
    """The places that a command line names."""
    if STDIN in paths:
        if len(paths) > 1:
            raise RrbError("`-` stands for one note on standard input; name no other beside it")
        return _from_stdin(run, stdin_name)
    if stdin_name:
        raise RrbError(
            "--stdin-filename is for a note on standard input; write rrb check - --stdin-filename NAME"
        )
    named = tuple(_existing(run, path) for path in paths)
    if not named:
        return Places(locate(run.directory, run.config))
    home = find(run.directory, run.config)
    if home is None or not all(_meets(path, home) for path in named):
        home = _apart(run, named)
    return Places(home, named)


def _from_stdin(run: Run, name: str | None) -> Places:
    data = sys.stdin.buffer.read(MAX_NOTE_BYTES + 1)
    home = find(run.directory, run.config)
    path = run.path(Path(name)) if name else (home.notes if home else run.directory) / "stdin.md"
    if home is None or not _meets(path, home):
        home = Home(path.parent, path.parent, Settings())
    label = shown(path, run.directory)
    source = source_of(data, label)
    if isinstance(source, Unreadable):
        return Places(home, (path,), {label: ""}, source)
    return Places(home, (path,), {label: source.text})


def _existing(run: Run, given: str) -> Path:
    path = run.path(Path(given))
    if not path.exists():
        beside = [str(Path(given).with_name(one.name)) for one in path.parent.glob("*")]
        raise RrbError(f"no such note or folder: {given}{did_you_mean(given, beside) or '; check its name'}")
    return path


def _meets(path: Path, home: Home) -> bool:
    """Whether a place is in the notes folder, or holds it."""
    here, notes = _real(path), _real(home.notes)
    return here.is_relative_to(notes) or notes.is_relative_to(here)


def _apart(run: Run, named: Sequence[Path]) -> Home:
    """Notes outside the notes folder are read with what lies beside them."""
    folders = {_real(path if path.is_dir() else path.parent) for path in named}
    if len(folders) > 1:
        raise RrbError("these are not in one notes folder; check them one after the other")
    folder = folders.pop()
    own = find(folder) if not run.config else None
    if own and folder.is_relative_to(_real(own.notes)):
        return own
    return own if own and _real(own.notes).is_relative_to(folder) else Home(folder, folder, Settings())


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))
