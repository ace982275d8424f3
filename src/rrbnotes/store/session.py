"""Where a command that writes begins: take the lock, read, commit."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from rrbnotes.errors import Interrupted, RrbError
from rrbnotes.store import LOCK, STATE
from rrbnotes.store.disk import DISK, Disk, telling
from rrbnotes.store.files import contents, replace_whole
from rrbnotes.store.journal import Entry
from rrbnotes.store.lock import acquire, release, state_folder
from rrbnotes.store.look import Seen, absolute, look
from rrbnotes.store.stopping import stoppable
from rrbnotes.store.transaction import Change, Transaction

Check = Callable[[Path, bytes], None]
"""Reads a text again before it is written; raises where it must not be."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What a commit did."""

    written: tuple[Path, ...]
    """The files that changed or went, as the caller named them."""
    entry: Entry | None
    """Its line in the journal; `None` where there was nothing to do."""
    warnings: tuple[str, ...]
    """What went wrong without harm to the files."""


@dataclass(slots=True)
class Store:
    """What may be done below a root: reading and recalling at any time, `commit` and `remember` while the lock is held."""

    root: Path
    disk: Disk
    durable: bool
    _seen: dict[Path, Seen] = field(default_factory=dict)
    _begun: list[Change] = field(default_factory=list)

    def read(self, path: Path) -> bytes | None:
        """The bytes of a file inside the root; `None` where there is none. `commit` compares the disk with them."""
        seen = look(self.disk, self.root, path)
        self._seen[absolute(path)] = seen
        return seen.data

    def recall(self, name: str) -> bytes:
        """What was remembered under this name; nothing where that is lost, for it only spares a question."""
        with suppress(OSError, RrbError):
            return contents(self.disk, self.root / STATE / name) or b""
        return b""

    def remember(self, name: str, data: bytes) -> None:
        """Keep something for later runs in this folder; where that fails they only ask again."""
        with suppress(OSError):
            if self.recall(name) != data:
                replace_whole(self.disk, self.root / STATE / name, data, None, durable=False)

    def commit(
        self,
        command: str,
        new: Mapping[Path, bytes | None],
        check: Check | None = None,
        *,
        now: datetime,
        undoes: str | None = None,
    ) -> Saved:
        """Give files new texts (`None` removes one) in this order; each must have been read here before.

        Files whose bytes stay are left alone. Raises `WriteError` where a file is not on disk as it was read, or where
        the system refuses; the files are then as they were, or the message says which are not.
        """
        seen = {path: self._seen[absolute(path)] for path in new}
        changes = [Change(path, seen[path], data) for path, data in new.items() if data != seen[path].data]
        if not changes and not undoes:
            return Saved((), None, ())
        for change in changes:
            if check and change.after is not None:
                check(change.path, change.after)
        self._begun += changes
        entry, warnings = Transaction(self.disk, self.root, self.durable, now, changes).run(command, undoes)
        for change in changes:
            status = None if change.after is None else change.seen.status
            self._seen[absolute(change.path)] = replace(change.seen, data=change.after, status=status)
        return Saved(tuple(change.path for change in changes), entry, warnings)

    @property
    def outcome(self) -> str:
        """What is written by now, looked up on the disk: for who was interrupted."""
        shown = [one.seen.shown for one in self._begun if contents(self.disk, one.seen.real) == one.after]
        return f"written by then: {', '.join(dict.fromkeys(shown))}" if shown else "nothing was written"


@contextmanager
def locked(
    root: Path, timeout: float = 10.0, *, command: str = "rrb", durable: bool = True, disk: Disk = DISK
) -> Iterator[Store]:
    """Hold the lock of a root, an existing folder; waits for `timeout` seconds, then says who holds it.

    Those who wait for us are told `command`. Without `durable` nothing is forced to the disk: a power cut may lose it.
    """
    with telling(f"{root / STATE}: cannot be locked"):
        fd = acquire(disk, state_folder(disk, root) / LOCK, timeout, command)
    store = Store(root, disk, durable)
    try:
        with stoppable():
            yield store
    except KeyboardInterrupt as why:
        code = why.exit_code if isinstance(why, Interrupted) else Interrupted().exit_code
        raise Interrupted(f"interrupted; {store.outcome}", code) from why
    finally:
        release(disk, fd)
