"""The journal, `.rrb/journal.jsonl`: one line for each command that wrote, oldest first."""

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from rrbnotes.store import JOURNAL, STATE
from rrbnotes.store.disk import BYTES, DISK, NO_LINK, Disk, telling
from rrbnotes.store.files import contents, replace_whole, write_all

CAP = 1000
"""So many commands are remembered."""
_SLACK = 100  # above the cap, before the journal is written anew
_SHAS_AND_NAMES = ("before", "after", "before_backup", "after_backup")
_DAMAGES = (ValueError, TypeError, KeyError, RecursionError)


@dataclass(frozen=True, slots=True)
class FileChange:
    """What a command did to one file."""

    path: str
    """Relative to the root, with `/`."""
    before: str | None
    """SHA-256 of the text; `None` where there was no file."""
    after: str | None
    """The same; `None` where the file was removed."""
    before_backup: str | None
    """The name in `.rrb/backup/` under which that text is kept."""
    after_backup: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One command that wrote."""

    id: str
    """Counts up from `1`."""
    command: str
    stamp: datetime
    files: tuple[FileChange, ...]
    undoes: str | None = None
    """The id of the entry that this one takes back."""


@dataclass(frozen=True, slots=True)
class Journal:
    """Everything that the file says."""

    entries: tuple[Entry, ...]
    """Newest first."""
    damaged: tuple[int, ...]
    """The lines, counted from 1, that cannot be read; they are passed over."""

    @property
    def undone(self) -> frozenset[str]:
        """The ids of the entries that are taken back, by an entry that is not taken back itself."""
        undone: set[str] = set()
        for entry in self.entries:  # a later one first: it decides whether an earlier one counts
            if entry.undoes and entry.id not in undone:
                undone.add(entry.undoes)
        return frozenset(undone)

    def has_left(self, root: Path, file: Path) -> bool:
        """Whether the last command that touched a file left one."""
        return self.left(root, file) is not None

    def left(self, root: Path, file: Path) -> str | None:
        """SHA-256 of the text that the last command which touched a file left there; None where it left none."""
        path = file.relative_to(root).as_posix()
        touched = (change for entry in self.entries for change in entry.files if change.path == path)
        last = next(touched, None)
        return last.after if last else None

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is wrong with the journal, in words."""
        return tuple(f"{STATE}/{JOURNAL}:{line}: cannot be read, passed over" for line in self.damaged)


def history(root: Path) -> tuple[Entry, ...]:
    """The commands that wrote, newest first. What is damaged is passed over: `read_journal` says which lines."""
    return read_journal(root).entries


def read_journal(root: Path, disk: Disk = DISK) -> Journal:
    """The journal of a root; an empty one where there is none."""
    entries, damaged = [], []
    for number, line in enumerate(read_lines(root, disk), 1):
        try:
            entries.append(_entry(line))
        except _DAMAGES:
            damaged.append(number)
    return Journal(tuple(reversed(entries))[:CAP], tuple(damaged))


def read_lines(root: Path, disk: Disk) -> list[bytes]:
    """The lines as they stand, with their ends: all that `append` needs."""
    with telling(f"{STATE}/{JOURNAL}: cannot be read"):
        return (contents(disk, root / STATE / JOURNAL) or b"").splitlines(keepends=True)


def next_id(lines: list[bytes]) -> str:
    """Not used by any entry, a damaged one neither."""
    for after, line in enumerate(reversed(lines), 1):
        with suppress(*_DAMAGES):
            return str(int(_entry(line).id) + after)
    return str(len(lines) + 1)


def append(disk: Disk, root: Path, lines: list[bytes], entry: Entry, durable: bool) -> None:
    """Add a line to these; all of it or nothing. Far above the cap the oldest ones are left out."""
    path, line = root / STATE / JOURNAL, _line(entry)
    if lines and not lines[-1].endswith(b"\n"):
        line = b"\n" + line  # the line before was cut off by a kill
    if len(lines) >= CAP + _SLACK:
        replace_whole(disk, path, b"".join([*lines[1 - CAP :], line]), None, durable)
        return
    fd = disk.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | NO_LINK | BYTES, 0o666)
    try:
        try:
            write_all(disk, fd, line)
            if durable:
                disk.fsync(fd)
        finally:
            disk.close(fd)
    except BaseException:
        with suppress(OSError):
            disk.truncate(path, sum(map(len, lines)))
        raise


def _line(entry: Entry) -> bytes:
    return json.dumps(asdict(entry) | {"stamp": entry.stamp.isoformat()}).encode() + b"\n"


def _entry(line: bytes) -> Entry:
    """Fails with one of `_DAMAGES` where the line is not one that we wrote."""
    raw = json.loads(line)
    files = tuple(
        FileChange(_words(one["path"]), *(_maybe(one[key]) for key in _SHAS_AND_NAMES))
        for one in raw["files"]
    )
    undoes = None if raw["undoes"] is None else _id(raw["undoes"])
    return Entry(_id(raw["id"]), _words(raw["command"]), datetime.fromisoformat(raw["stamp"]), files, undoes)


def _id(value: object) -> str:
    return str(int(_words(value)))


def _maybe(value: object) -> str | None:
    return None if value is None else _words(value)


def _words(value: object) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise TypeError(value)
    return value
