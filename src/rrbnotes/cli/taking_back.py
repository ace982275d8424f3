"""Taking back a command: what `rrb undo` does. Imported when it runs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rrbnotes.cli.desk import now
from rrbnotes.cli.run import Run
from rrbnotes.cli.talk import answer, hint, put, warn
from rrbnotes.errors import RrbError
from rrbnotes.home import Home
from rrbnotes.keeping.ledger import records_in, register_path
from rrbnotes.keeping.merging import merge_bytes
from rrbnotes.shelf import shown
from rrbnotes.source import Source, source_of
from rrbnotes.store.journal import read_journal
from rrbnotes.store.session import Store
from rrbnotes.store.undo import former_texts, to_undo
from rrbnotes.views import changes as view


@dataclass(frozen=True, slots=True)
class Turn:
    """What becomes of one file."""

    path: Path
    shown: str
    """Its path as messages print it."""
    before: bytes | None
    """As it stands; None where there is none."""
    after: bytes | None
    """As it is to stand; None where it is removed."""

    @property
    def goes(self) -> bool:
        """Whether there is no such file any more."""
        return self.before is not None and self.after is None

    @property
    def comes(self) -> bool:
        """Whether there was no such file."""
        return self.before is None and self.after is not None

    @property
    def stays(self) -> bool:
        """Whether it says something else, before and after."""
        return None not in (self.before, self.after) and self.before != self.after


def take_back(run: Run, home: Home, store: Store, number: str | None, dry: bool) -> None:
    """Give the files of a command their former texts, and say what that means for the actions."""
    journal = read_journal(store.root, store.disk)
    entry = to_undo(journal, number)
    register = register_path(home)
    texts = former_texts(store, journal, entry, {register: merge_bytes})
    turns = [Turn(path, shown(path, run.directory), store.read(path), after) for path, after in texts.items()]
    lines = [f"{'would be undone' if dry else 'undone'}: {entry.command}", *_told(turns, register)]
    if dry:
        for turn in turns:
            put(_difference(turn))
        answer(run, lines)
        hint(run, "nothing was written")
        return
    saved = store.commit(f"undo {entry.id}: {entry.command}", texts, now=now(), undoes=entry.id)
    warn(*journal.warnings, *saved.warnings)
    answer(run, lines)
    if saved.entry:
        hint(run, f"`rrb undo {saved.entry.id}` brings it back")


def _told(turns: Sequence[Turn], register: Path) -> Iterator[str]:
    """Which files go, come back or change, and what becomes of the actions."""
    yield from view.files_turned([turn.shown for turn in turns if turn.goes], "removed")
    yield from view.files_turned([turn.shown for turn in turns if turn.comes], "put back")
    stay = (turn for turn in turns if turn.stays and turn.path != register)  # of this its actions are told
    yield from view.files_turned([turn.shown for turn in stay], "put back as it was")
    yield from (line for turn in turns if turn.path == register for line in _actions(turn))


def _actions(turn: Turn) -> Iterator[str]:
    """What becomes of the actions, where both texts can be read: one that was damaged may well come back."""
    try:
        yield from view.reverted(records_in(turn.before), records_in(turn.after))
    except RrbError as why:
        yield f"one of the two texts cannot be read: {why}"


def _difference(turn: Turn) -> str:
    """The lines that change in a file that stays; one that goes or comes is only named."""
    return (
        view.difference(turn.shown, _words(turn, turn.before), _words(turn, turn.after)) if turn.stays else ""
    )


def _words(turn: Turn, data: bytes | None) -> str:
    """What a file says; of one that cannot be read as a note, as much as can be shown."""
    source = source_of(data or b"", turn.shown)
    return source.text if isinstance(source, Source) else (data or b"").decode(errors="replace")
