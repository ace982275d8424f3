"""What the rules look at: the notes with everything that was seen in them, beside their register."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date as Date
from functools import partial
from itertools import groupby
from pathlib import Path

from rrbnotes.book import UNREADABLE, Notebook
from rrbnotes.diagnostics import Finding
from rrbnotes.errors import RrbError
from rrbnotes.home import Home
from rrbnotes.keeping.changes import Changes, changes
from rrbnotes.keeping.ledger import Ledger, open_ledger, register_path, shown_path
from rrbnotes.model import Action, Mention
from rrbnotes.notebook import MinuteBook, Minutes, load_minutes
from rrbnotes.readers import AS_ON_DISK, Texts
from rrbnotes.reconciling.standing import Standing, standings
from rrbnotes.register.nodes import RegisterError
from rrbnotes.source import split_lines
from rrbnotes.store.look import bytes_of


@dataclass(frozen=True, slots=True)
class Book:
    """A folder of notes and its register, as they stand on a day."""

    notebook: MinuteBook
    register: str
    """The register's path as messages print it."""
    register_lines: tuple[str, ...] = ()
    ledger: Ledger | None = None
    """None where there is no register, or none that can be read."""
    changes: Changes | None = None
    """What a sync would do, where there is a register."""
    wrong: tuple[str, ...] = ()
    """What keeps the register from being read, a line each: `PATH:LINE:COLUMN: what is wrong; what to do`."""
    standing: Mapping[str, Standing] = field(default_factory=dict)
    """How each action stands, by ref."""

    @property
    def minutes(self) -> tuple[Minutes, ...]:
        """Of all notes that can be read, in order of board, date and key."""
        return self.notebook.minutes

    @property
    def actions(self) -> tuple[Action, ...]:
        """The reconciled actions, in order of board, raising and ref."""
        return self.notebook.register.actions

    @property
    def is_whole(self) -> bool:
        """Whether every note and the register can be read. Else nobody knows how an action stands, and that is said
        already."""
        return not self.wrong and not any(one.name in UNREADABLE for one in self.notebook.diagnostics)

    @property
    def above(self) -> str:
        """What stands before the paths of all notes: the notes folder as messages print it, with its `/`."""
        folder = self.register.rpartition("/")[0]
        return f"{folder}/" if folder else ""

    def boards(self) -> Iterator[tuple[Minutes, ...]]:
        """The minutes of each board, in order of date and key."""
        for _, own in groupby(self.minutes, key=lambda one: one.meeting.board or ""):
            yield tuple(own)

    def by_key(self) -> Mapping[str, Minutes]:
        """The minutes by the key of their meeting."""
        return {one.meeting.key: one for one in self.minutes}

    def by_path(self) -> Mapping[str, Minutes]:
        """The minutes by the path of their note."""
        return {one.source.path: one for one in self.minutes}

    def told(self, name: str) -> Iterator[Finding]:
        """What reading the notes has found under a rule's name."""
        return (one.finding for one in self.notebook.diagnostics if one.name == name)

    def lines(self) -> Mapping[str, tuple[str, ...]]:
        """The lines of every file that a finding may stand in, by path."""
        notes = {one.source.path: one.source.lines for one in self.minutes}
        return {self.register: self.register_lines, **notes}

    def action_of(self) -> Mapping[tuple[str, int, str], Action]:
        """The action that a mention speaks of; look it up by `place(mention)`."""
        return {place(mention): action for action in self.actions for mention in action.mentions}


def place(mention: Mention) -> tuple[str, int, str]:
    """What tells one mention of a folder from all others."""
    return mention.at.path, mention.at.line, mention.text


def open_book(
    home: Home, shown_from: Path, today: Date, texts: Texts = AS_ON_DISK, before: Book | None = None
) -> Book:
    """The book of a folder. A register that cannot be read is left aside, and what is wrong with it is kept. With the book
    of a moment `before`, which no other texts stood for, only what is another now is read."""
    reading = partial(load_minutes, texts=texts, before=before.notebook if before else None)
    path, shown = register_path(home), shown_path(home, shown_from)
    ledger: Ledger | None = None
    wrong: tuple[str, ...] = ()
    data: bytes | None = None
    try:
        data = bytes_of(home.root, path)
        if data is not None:
            ledger = open_ledger(home, shown_from, data, today, load=reading)
    except RegisterError as why:
        wrong = tuple(str(why).split("\n"))
    except RrbError as why:
        wrong = (f"{shown}:1:1: {why}",)
    notebook = ledger.book if ledger else reading(home.notes, shown_from, home.settings)
    return _book(notebook, shown, data, ledger, today, wrong)


def book_of(ledger: Ledger, today: Date) -> Book:
    """The book of notes that were read already, with their minutes."""
    return _book(ledger.book, ledger.shown, ledger.data, ledger if ledger.file else None, today)


def _book(
    notebook: Notebook,
    shown: str,
    data: bytes | None,
    ledger: Ledger | None,
    today: Date,
    wrong: tuple[str, ...] = (),
) -> Book:
    if not isinstance(notebook, MinuteBook):
        raise TypeError("rules look at minutes: read the notes with `load_minutes`")
    return Book(
        notebook,
        shown,
        tuple(split_lines((data or b"").decode("utf-8", "replace"))),
        ledger,
        changes(ledger, today) if ledger else None,
        wrong,
        standings(notebook.meetings, notebook.register, today),
    )
