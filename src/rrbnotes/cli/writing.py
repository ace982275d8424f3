"""Writes notes: all of one command in one step, each only where it still says what was read. Commands import it when they run."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rrbnotes.cli.desk import Desk, hold, now
from rrbnotes.cli.run import Run
from rrbnotes.cli.talk import hint, warn
from rrbnotes.errors import Slip, WriteError
from rrbnotes.home import Home
from rrbnotes.keeping.changes import Changes
from rrbnotes.keeping.ledger import check_text
from rrbnotes.source import Source, Unreadable, encoded, source_of
from rrbnotes.store.session import Saved
from rrbnotes.views import changes as view


@dataclass(frozen=True, slots=True)
class NoteChange:
    """A note's new text."""

    path: str
    """As messages print it."""
    before: Source | None
    """As it was read; None for a note that is not there yet."""
    text: str
    encoding: str = "utf-8"

    @property
    def bytes(self) -> bytes:
        """As it is to be written."""
        return encoded(self.text, self.encoding)


def save_notes(run: Run, home: Home, command: str, changes: Iterable[NoteChange]) -> Saved:
    """Write notes; raises, and writes none, where one has changed since it was read or would not read back."""
    by_path = {run.path(Path(one.path)): one for one in changes}
    with hold(run, home, command) as store:
        for path, one in by_path.items():
            _refuse_changed(store.read(path), one)
        saved = store.commit(
            command,
            {path: one.bytes for path, one in by_path.items()},
            lambda path, data: _check(by_path[path], data),
            now=now(),
        )
    warn(*saved.warnings)
    return saved


def save_note_with_register(run: Run, desk: Desk, synced: Changes, command: str, change: NoteChange) -> None:
    """Write a note that names actions by their refs, and the register that gives them, in one step."""
    path, ledger = run.path(Path(change.path)), desk.ledger
    if desk.store is None:
        raise ValueError("a dry run writes nothing")
    _refuse_changed(desk.store.read(path), change)
    register = {ledger.path: ledger.bytes} if ledger.is_behind else {}

    def check(file: Path, data: bytes) -> None:
        if file == path:
            _check(change, data)
        else:
            check_text(ledger, data)

    warn(*desk.store.commit(command, {**register, path: change.bytes}, check, now=now()).warnings)
    desk.accept(synced)
    if register:
        hint(run, f"{ledger.shown}: {view.summary(synced, ledger.book.register, True)}")
    hint(run, f"{change.path}: saved; `rrb undo` takes it back")


def _check(change: NoteChange, data: bytes) -> None:
    again = source_of(data, change.path)
    if isinstance(again, Unreadable) or again.text != change.text:
        raise Slip(f"{change.path}: not written, for it would not read back as meant; please report it")


def _refuse_changed(data: bytes | None, change: NoteChange) -> None:
    if change.before is None:
        if data is not None:
            raise WriteError(f"{change.path}: is there already; nothing was written")
        return
    source = source_of(data or b"", change.path)
    if isinstance(source, Unreadable) or source.text != change.before.text:
        raise WriteError(f"{change.path}: changed by another program since it was read; run this again")
