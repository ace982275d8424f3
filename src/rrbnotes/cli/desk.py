"""Where a command that writes works: the lock, the ledger, one save. Commands import it when they run."""

import os
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime

from rrbnotes.book import HALF_READ, Notebook
from rrbnotes.cli.asking import memory_of, say_none
from rrbnotes.cli.books import readers_of
from rrbnotes.cli.run import Run
from rrbnotes.cli.talk import answer, hint, put, say, warn
from rrbnotes.errors import RrbError
from rrbnotes.home import Home, locate
from rrbnotes.keeping.changes import Changes, changes
from rrbnotes.keeping.ledger import Ledger, check_text, open_ledger, register_path, shown_path
from rrbnotes.keeping.merging import healed
from rrbnotes.keeping.recalling import recall_ledger
from rrbnotes.memory import Memory
from rrbnotes.notebook import load, load_minutes
from rrbnotes.store.disk import DISK
from rrbnotes.store.journal import read_journal
from rrbnotes.store.look import look
from rrbnotes.store.session import Saved, Store, locked
from rrbnotes.views import changes as view

_ACCEPTED = "without-line"
"""The store's name for the refs that are known to have lost their line."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One command's work on the register."""

    run: Run
    home: Home
    store: Store | None
    """None where nothing is to be written."""
    ledger: Ledger
    memory: Memory | None = None

    def save(self, ledger: Ledger, command: str) -> Saved | None:
        """Write what the register should say, as one step; None where it says so already. A dry run shows the diff."""
        before, after = self.ledger.data, ledger.bytes
        if after is None or after == before:
            return None
        if self.store is None:
            put(view.difference(ledger.shown, (before or b"").decode("utf-8-sig"), ledger.text or ""))
            return None
        saved = self.store.commit(
            command, {ledger.path: after}, lambda _, data: check_text(ledger, data), now=now()
        )
        warn(*saved.warnings)
        return saved

    def synced(self, forced: bool = False) -> Changes:
        """What the notes change by themselves; raises where that is so much that something is likely wrong. Where nothing
        is written it is only said."""
        done = changes(self.ledger, self.run.today)
        records = len(self.ledger.file.records) if self.ledger.file else 0
        store = self.store or Store(self.home.root, DISK, durable=False)
        accepted = frozenset(store.recall(_ACCEPTED).decode(errors="replace").split("\n"))
        if not forced and done.is_too_many(accepted, records):
            if self.store:
                raise RrbError(view.too_many(done, accepted, records))
            warn(view.too_many(done, accepted, records))
        return done

    def finish(self, ledger: Ledger, synced: Changes, lines: Iterable[str], command: str) -> None:
        """Save, say what was done, what came along from the notes, and how to take it back."""
        was_behind = self.ledger.is_behind
        saved = self.save(ledger, command)
        self.accept(synced)
        answer(self.run, lines)
        if was_behind:
            hint(self.run, f"also from the notes: {view.summary(synced, ledger.book.register, True)}")
            for line in view.details(synced):
                hint(self.run, f"  {line}")
        if saved:
            hint(self.run, f"{ledger.shown}: saved; `rrb undo` takes it back")
        elif self.store is None:
            hint(self.run, "nothing was written")

    def accept(self, done: Changes) -> None:
        """From now on it is known which records have no line."""
        if self.store:
            self.store.remember(_ACCEPTED, "\n".join(sorted(done.without_line)).encode())


@contextmanager
def at_desk(
    run: Run,
    command: str,
    *,
    dry: bool = False,
    forced: bool = False,
    resolve: bool = False,
    with_minutes: bool = False,
) -> Iterator[Desk]:
    """Hold the lock, unless nothing is to be written, and read the notes with their register.

    Refuses where a note cannot be read, or where the register is gone that was written here: refs are not given on half
    the evidence. `forced` does it anyway. `resolve` merges the two sides of a conflict in the register first.
    `with_minutes` is for those who write into notes.
    """
    home = locate(run.directory, run.config)
    path = register_path(home)
    held = nullcontext(None) if dry else hold(run, home, command)
    with held as store:
        data = store.read(path) if store else look(DISK, home.root, path).data
        text = _healed(run, home, data) if resolve else None
        memory = None
        if with_minutes:
            ledger = open_ledger(home, run.directory, data, run.today, healed=text, load=load_minutes)
        else:
            memory = memory_of(run, home)
            readers = readers_of(run, home)
            ledger = recall_ledger(home, run.directory, data, run.today, memory, readers, healed=text)
        if not with_minutes:  # who writes into notes begins one, or says itself which is missing
            _tell_if_none(run, home, ledger.book)
        yield _desk(run, home, store, ledger, memory, forced)


def _healed(run: Run, home: Home, data: bytes | None) -> str | None:
    """The register's text with the two sides of a conflict merged; says what a person should know of it."""
    if data is None:
        return None
    book = load(home.notes, run.directory, home.settings)
    merged = healed(data, shown_path(home, run.directory), book.meetings)
    for line in merged.said:
        say(line)
    return merged.text


def _desk(
    run: Run, home: Home, store: Store | None, ledger: Ledger, memory: Memory | None, forced: bool
) -> Desk:
    if not forced:
        refuse_unread(ledger.book)
    if ledger.data is None and not forced and read_journal(home.root).has_left(home.root, ledger.path):
        raise RrbError(
            f"{ledger.shown}: gone, but rrb has written it here; `rrb doctor --restore` brings it back, "
            "`rrb sync --force` begins a new one with new refs"
        )
    return Desk(run, home, store, ledger, memory)


def _tell_if_none(run: Run, home: Home, book: Notebook) -> None:
    if not book.meetings and not unread_notes(book):
        say_none(run, home)


def unread_notes(book: Notebook) -> list[str]:
    """What keeps notes from being read, a line each."""
    return [str(one) for one in book.diagnostics if one.name in HALF_READ]


def refuse_unread(book: Notebook) -> None:
    """Refuse to write where a note could not be read."""
    unread = unread_notes(book)
    if unread:
        raise RrbError("\n".join([*unread, "nothing was written; mend these, or name them under `exclude`"]))


def hold(run: Run, home: Home, command: str) -> AbstractContextManager[Store]:
    """Hold the lock of a home; those who wait for it are told the command. Tests do without forcing writes to the disk."""
    durable = not os.environ.get("RRB_NO_FSYNC")
    return locked(home.root, timeout=run.patience, command=f"rrb {command}", durable=durable)


def now() -> datetime:
    """The moment of a write."""
    return datetime.now(UTC)
