"""What there is to look at where something may be damaged, read as far as it can be, and what a look may find."""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date as Date
from pathlib import Path
from typing import TypeVar

from rrbnotes.book import Notebook
from rrbnotes.diagnostics import Severity
from rrbnotes.errors import RrbError, reason
from rrbnotes.home import FILES, Home
from rrbnotes.keeping.changes import Changes, changes
from rrbnotes.keeping.ledger import Ledger, open_ledger, register_path
from rrbnotes.model import Action, Register
from rrbnotes.notebook import load
from rrbnotes.register.nodes import RegisterError
from rrbnotes.register.records import Placed
from rrbnotes.shelf import shown
from rrbnotes.store import JOURNAL, STATE
from rrbnotes.store.disk import DISK
from rrbnotes.store.journal import Journal, read_journal
from rrbnotes.store.look import look

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, at one place."""

    severity: Severity
    where: str
    """A path, with line and column where there are some."""
    what: str
    todo: str = ""
    """Empty where `what` says it already."""

    def __str__(self) -> str:
        """`path:line:col: error: what is wrong; what to do`."""
        return f"{self.where}: {self.severity}: {self.what}" + (f"; {self.todo}" if self.todo else "")


@dataclass(frozen=True, slots=True)
class Patient:
    """A board's notes, their register, and what rrb keeps for itself."""

    home: Home
    shown_from: Path
    data: bytes | None
    """The register as it stands on disk; None where there is none."""
    wrong: tuple[str, ...]
    """What keeps the register from being read, a line each with its place."""
    ledger: Ledger | None
    """None where the register cannot be read."""
    changes: Changes | None
    """What a sync would do."""
    book: Notebook
    """The notes; reconciled with the register where that can be read."""
    files: tuple[Path, ...]
    """All that lie below the notes folder; hidden folders are left alone."""
    journal: Journal
    unseen: tuple[Finding, ...]
    """What could not be looked at."""

    @property
    def register(self) -> Path:
        """Where the register is, or should be."""
        return register_path(self.home)

    @property
    def state(self) -> Path:
        """The folder of what rrb keeps for itself, or where it should be."""
        return self.home.root / STATE

    @property
    def said(self) -> Mapping[str, Action]:
        """What the records of the register say, by ref; nothing where it cannot be read."""
        return self.ledger.file.said if self.ledger and self.ledger.file else {}

    @property
    def was_written(self) -> bool:
        """Whether the last command that touched the register left one."""
        return self.journal.has_left(self.home.root, self.register)

    def shown(self, path: Path) -> str:
        """A path as messages print it."""
        return shown(path, self.shown_from)

    @property
    def _records(self) -> Mapping[str, Placed]:
        return self.ledger.file.records if self.ledger and self.ledger.file else {}

    def at(self, ref: str, field: str = "", entry: int = 0) -> str:
        """Where the register has a record, or an entry of one of its lists."""
        placed = self._records[ref]
        node = placed.fields.get(field, placed.key)
        node = node.items[entry] if node.items and entry < len(node.items) else node
        return f"{self.shown(self.register)}:{node.line}:{node.column}"


def unseen(path: Path, start: Path, why: Exception) -> Finding:
    """That something could not be looked at."""
    if isinstance(why, OSError):
        where, what, todo = Path(why.filename or path), f"cannot be read: {reason(why)}", "allow reading it"
    elif isinstance(why, RrbError):
        name, _, rest = str(why).replace("\n", "; ").partition(": ")
        is_named = bool(rest) and Path(name).name == path.name
        where, what = path, rest if is_named else f"{name}: {rest}" if rest else name
        todo = "allow reading it" if "cannot be read" in what else "" if ";" in what else "mend it there"
    else:
        what = f"not looked at: internal error: {type(why).__name__}: {why}"
        where, todo = path, "please report"
    return Finding(Severity.ERROR, shown(where, start), what, todo)


@dataclass(frozen=True, slots=True)
class Probe:
    """Looks at one thing after another: whatever is damaged, be it rrb itself, the rest is still looked at."""

    shown_from: Path
    failures: list[Finding] = field(default_factory=list)

    def at(self, where: Path, look_at: Callable[[], T]) -> T | None:
        """What is there; None where it cannot be looked at, and that is noted."""
        try:
            return look_at()
        except Exception as why:
            self.failures.append(unseen(where, self.shown_from, why))
            return None


def homeless(why: RrbError | OSError, start: Path, config: Path | None) -> Iterator[Finding]:
    """Why there are no notes to look at: settings name their file first; else it is the folder that is missing."""
    if isinstance(why, OSError):
        yield unseen(start, start, why)
        return
    for line in str(why).split("\n"):
        file, _, rest = line.partition(": ")
        is_settings = bool(rest) and file in (*FILES, config.name if config else FILES[0])
        where, what = (file, rest) if is_settings else (start.as_posix(), line)
        yield Finding(Severity.ERROR, where, what, "" if ";" in what else "correct it there")


def examine(home: Home, shown_from: Path, today: Date) -> Patient:
    """Read all that can be read; nothing is written, and no lock is held."""
    probe, register, state = Probe(shown_from), register_path(home), home.root / STATE
    seen = probe.at(register, lambda: look(DISK, home.root, register))
    data = seen.data if seen else None
    opened = probe.at(register, lambda: _opened(home, shown_from, data, today)) if seen else None
    ledger, wrong = opened or (None, ())
    book = (
        ledger.book if ledger else probe.at(home.notes, lambda: load(home.notes, shown_from, home.settings))
    )
    has_state = state.is_dir() and not state.is_symlink()
    journal = probe.at(state / JOURNAL, lambda: read_journal(home.root)) if has_state else None
    return Patient(
        home=home,
        shown_from=shown_from,
        data=data,
        wrong=wrong,
        ledger=ledger,
        changes=probe.at(register, lambda: changes(ledger, today)) if ledger else None,
        book=book or Notebook((), Register()),
        files=tuple(_below(home.notes, probe)),
        journal=journal or Journal((), ()),
        unseen=tuple(probe.failures),
    )


def _opened(
    home: Home, shown_from: Path, data: bytes | None, today: Date
) -> tuple[Ledger | None, tuple[str, ...]]:
    """The register beside its notes, or what is wrong with it."""
    try:
        return open_ledger(home, shown_from, data, today), ()
    except RegisterError as why:
        return None, tuple(str(why).split("\n"))


def _below(folder: Path, probe: Probe) -> Iterator[Path]:
    """The files below a folder; a folder that cannot be read is noted, for its notes are left out without a word."""
    barred: list[OSError] = []
    for here, folders, files in os.walk(folder, onerror=barred.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(here, name) for name in sorted(files))
    for why in barred:
        probe.failures.append(unseen(folder, probe.shown_from, why))
