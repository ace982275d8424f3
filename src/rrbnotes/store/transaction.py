"""All files of one command, or none."""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath

from rrbnotes.errors import RrbError, WriteError, reason
from rrbnotes.store import JOURNAL, STATE, backups
from rrbnotes.store.disk import Disk, telling
from rrbnotes.store.files import beside, contents, discard, patiently, replace_whole, stage, swap
from rrbnotes.store.journal import Entry, FileChange, append, next_id, read_lines
from rrbnotes.store.look import Seen, look

_WRITABLE = 0o222


@dataclass(frozen=True, slots=True)
class Change:
    """A file that gets another text."""

    path: Path
    """As the caller named it."""
    seen: Seen
    after: bytes | None
    """`None` removes the file."""


@dataclass(slots=True)
class Transaction:
    """The steps by which changes reach the disk, and the way back."""

    disk: Disk
    root: Path
    durable: bool
    now: datetime
    changes: Sequence[Change]
    _kept: list[FileChange] = field(default_factory=list)
    _swapped: list[Change] = field(default_factory=list)

    def run(self, command: str, undoes: str | None) -> tuple[Entry, tuple[str, ...]]:
        """The line in the journal, and warnings. Nearly all that can fail comes before the first swap."""
        journal = read_lines(self.root, self.disk)
        try:
            for step in (self._keep, self._stage, self._compare, self._swap):
                for change in self.changes:
                    step(change)
            warnings = [*self._sync(), *self._other_names()]
            entry = Entry(next_id(journal), command, self.now, tuple(self._kept), undoes)
            with telling(f"{STATE}/{JOURNAL}: cannot be written"):
                append(self.disk, self.root, journal, entry, self.durable)
        except BaseException as why:
            self._put_back(why)
            raise
        return entry, (*warnings, *self._prune())

    def _keep(self, change: Change) -> None:
        """Both texts: the former one for `undo`, the new one so that later edits can be told from ours."""
        seen, drawer, before, after = change.seen, self._drawer(change), None, None
        with telling(f"{seen.shown}: not written, for its former text cannot be kept"):
            if seen.data is not None:
                before = drawer.newest(seen.data) or drawer.add(
                    seen.data, seen.status, self.now, self.durable
                )
            if change.after is not None:
                after = drawer.add(change.after, seen.status, self.now, self.durable)
        self._kept.append(FileChange(seen.shown, _digest(seen.data), _digest(change.after), before, after))

    def _stage(self, change: Change) -> None:
        if change.after is not None:
            with telling(f"{change.seen.shown}: not written"):
                for folder in reversed([one for one in change.seen.real.parents if not one.exists()]):
                    self.disk.mkdir(folder)
                stage(self.disk, beside(change.seen.real), change.after, change.seen.status, self.durable)

    def _compare(self, change: Change) -> None:
        """The last look before the swap: an editor, a sync client or git may have written in between."""
        seen, found = change.seen, look(self.disk, self.root, change.path)
        if (found.real, found.data) != (seen.real, seen.data):
            raise WriteError(f"{seen.shown}: changed by another program since it was read; run this again")
        if found.status and not (found.status.st_mode & _WRITABLE and os.access(seen.real, os.W_OK)):
            raise WriteError(f"{seen.shown}: the file is read-only; allow writing first")

    def _swap(self, change: Change) -> None:
        self._swapped.append(change)
        with telling(f"{change.seen.shown}: not written"):
            if change.after is None:
                patiently(self.disk, lambda: self.disk.unlink(change.seen.real))
            else:
                swap(self.disk, beside(change.seen.real), change.seen.real)

    def _sync(self) -> Iterator[str]:
        for folder in dict.fromkeys(change.seen.real.parent for change in self.changes if self.durable):
            try:
                self.disk.keep_names(folder)
            except OSError as why:
                yield f"{folder}: saved, but a power cut may still undo it ({reason(why)})"

    def _other_names(self) -> Iterator[str]:
        for seen in (change.seen for change in self.changes):
            if seen.status and seen.status.st_nlink > 1:
                yield f"{seen.shown}: saved; its other name (a hard link) keeps the former text"

    def _prune(self) -> Iterator[str]:
        for drawer in dict.fromkeys(map(self._drawer, self.changes)):
            try:
                drawer.prune(self.now)
            except OSError as why:
                yield f"{drawer.folder}: old texts of {drawer.name} cannot be removed ({reason(why)})"

    def _drawer(self, change: Change) -> backups.Drawer:
        return backups.Drawer(self.disk, self.root, PurePosixPath(change.seen.shown).name)

    def _put_back(self, why: BaseException) -> None:
        """Take back what was begun, as far as the system lets us, and say where it did not."""
        for change in self.changes:
            discard(self.disk, beside(change.seen.real))
        for change in reversed(self._swapped):
            with suppress(OSError, RrbError):
                self._restore(change)
        remaining = [change for change in self._swapped if self._is_new(change)]
        if remaining:
            states = (
                f"{c.seen.shown} has its {'new' if c in remaining else 'former'} text" for c in self.changes
            )
            raise WriteError(f"{str(why) or 'interrupted'}; {', '.join(states)}") from why
        for after in (file.after_backup for file in self._kept):
            if after:
                with suppress(OSError):
                    self.disk.unlink(self.root / STATE / backups.BACKUP / after)
        if isinstance(why, WriteError):
            raise WriteError(f"{why}; nothing was changed") from why

    def _restore(self, change: Change) -> None:
        """Only what is still ours: another program may have written since."""
        if contents(self.disk, change.seen.real) == change.after:
            if change.seen.data is None:
                self.disk.unlink(change.seen.real)
            else:
                replace_whole(self.disk, change.seen.real, change.seen.data, change.seen.status, self.durable)

    def _is_new(self, change: Change) -> bool:
        """Where the file cannot be read, it is said to be new: better a false alarm."""
        with suppress(OSError, RrbError):
            return contents(self.disk, change.seen.real) == change.after
        return True


def _digest(data: bytes | None) -> str | None:
    return None if data is None else backups.digest(data)
