"""What earlier runs found out about a folder of notes, for as long as nothing has changed that it was found out from."""

import os
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rrbnotes import __version__
from rrbnotes.errors import reason
from rrbnotes.home import Home
from rrbnotes.shelf import File, file_of, files_in, shown
from rrbnotes.store import cache

REGISTER = "actions.yaml"
"""The file in the notes folder that keeps refs and history."""
_GRAIN = 2_000_000_000
"""Nanoseconds within which a file system may give two changes one time; the coarsest known grain is that of FAT."""
_UNREAD = "!"
"""Begins what stands for the digest of a file that cannot be read; it is tried again each time."""
_MOST_NAMES = 4
"""So many settings, places and versions are remembered side by side."""
_MOST_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Inventory:
    """The files that everything is found out from, each with what the system knew of it and the digest of its bytes."""

    files: Mapping[str, tuple[File, str]]
    state: str
    """A digest of all their names and bytes."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What may be recalled of a folder as it is now, and kept of it."""

    root: Path
    name: str
    """Tells apart what was found out from other places, by other settings or by another rrb."""
    notes: Path
    inventory: Inventory
    _doubts: list[str] = field(default_factory=list, compare=False)
    """The files that could be read and then could not."""

    def doubt(self, below: str) -> None:
        """A file could not be read. Where its bytes are known all the same, the system has failed for a moment, and what is
        found out without them must not be remembered as what they say."""
        file, digest = self.inventory.files.get(below, (None, _UNREAD))
        if file and file.size >= 0 and digest[:1] != _UNREAD:
            self._doubts.append(below)

    def digest(self, below: str) -> str:
        """Of the bytes of a file, by its path below the notes folder; empty where it was not there."""
        return self.inventory.files[below][1] if below in self.inventory.files else ""

    def recall(self, what: str) -> Any:
        """What was kept; what it holds for is for the asker to know."""
        found = cache.recall(self.root, f"{self.name}-{what}")
        return found.value if found else None

    def keep(self, what: str, value: Any, of: Iterable[str]) -> None:
        """Remember something that was found out from these files, and says so itself; not if one changed meanwhile."""
        files = self.inventory.files
        if not self._doubts and all(
            below in files and _file(self.notes, below) == files[below][0] for below in of
        ):
            cache.keep(self.root, f"{self.name}-{what}", value, _MOST_NAMES)

    def recall_now(self, what: str) -> Any:
        """What was kept of the folder as it is now; None where nobody has asked yet."""
        return held(self.recall(what), self.inventory.state)

    def keep_now(self, what: str, value: Any) -> None:
        """Remember something of the folder as it is now."""
        files = {below: file for below, (file, _) in self.inventory.files.items()}
        if not self._doubts and {file.below: file for file in _files(self.notes)} == files:
            cache.keep(self.root, f"{self.name}-{what}", (self.inventory.state, value), _MOST_NAMES)


def held(kept: Any, holds: object) -> Any:
    """The value of a pair that says what it holds for; None where it holds for something else, or is no such pair."""
    is_pair = isinstance(kept, tuple) and len(kept) == 2
    return kept[1] if is_pair and kept[0] == holds else None


def remember(home: Home, shown_from: Path) -> Memory:
    """What is known of a home's notes, as messages show them from a folder."""
    prefix = shown(home.notes, shown_from)
    name = f"{zlib.crc32(repr((prefix, home.settings, *_program())).encode()):08x}"
    before = cache.recall(home.root, f"{name}-files")
    is_known = before is not None and isinstance(before.value, Inventory)
    known, at = (before.value, before.at) if before and is_known else (Inventory({}, ""), 0)
    files, is_sure = {}, True
    for file in _files(home.notes):
        was, digest = known.files.get(file.below, (None, ""))
        # where it changed so shortly before it was written down that it may have changed again at the same time, look
        is_same = file == was and max(file.modified, file.changed) < at - _GRAIN and digest[:1] != _UNREAD
        files[file.below] = (file, digest if is_same else _digest(home.notes / file.below, file))
        is_sure = is_sure and is_same
    inventory = known if files == known.files else Inventory(files, _state(files))
    if not is_sure or inventory is not known:
        cache.keep(home.root, f"{name}-files", inventory, _MOST_NAMES)
    return Memory(home.root, name, home.notes, inventory)


def _program() -> tuple[object, ...]:
    """The program that finds things out: its version, Python's, when its own files and what is installed beside it were last
    changed, and when this machine was given it. No other machine can know the last, so nobody can make a cache for it."""
    here = os.path.dirname(__file__)
    with suppress(OSError):
        own, beside = os.stat(here), os.stat(os.path.dirname(here))
        times = (own.st_ctime_ns, own.st_ino, beside.st_mtime_ns)
        return __version__, sys.version, *times, max(_times(here), default=0)
    return __version__, sys.version  # as out of an archive


def _times(folder: str) -> Iterator[int]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                yield entry.stat().st_mtime_ns
            elif entry.is_dir() and entry.name != "__pycache__":
                yield from _times(entry.path)


def _files(notes: Path) -> Iterator[File]:
    """The notes and their register."""
    yield from files_in(notes)
    register = _file(notes, REGISTER)
    if register:
        yield register


def _file(notes: Path, below: str) -> File | None:
    try:
        return file_of(below, os.stat(notes / below))
    except OSError:
        return None


def _digest(path: Path, file: File) -> str:
    """The digest of a file's bytes; of one that is no note, what the system says of it will do."""
    from hashlib import blake2b

    if 0 <= file.size <= _MOST_BYTES:
        try:
            return blake2b(path.read_bytes(), digest_size=16).hexdigest()
        except OSError as why:
            return f"{_UNREAD}{reason(why)}"
    return repr(file)


def _state(files: Mapping[str, tuple[File, str]]) -> str:
    return digest_of((below, digest) for below, (_, digest) in sorted(files.items()))


def digest_of(parts: Iterable[object]) -> str:
    """A digest of values that print as what they are."""
    from hashlib import blake2b

    return blake2b(repr(list(parts)).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
