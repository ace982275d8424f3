"""The cache, `.rrb/cache/`: what was found out about the notes, kept for the next run. Without it all is only slower.

Each file is a checksum and a pickle that can name nothing but rrb's own values, dates and counters, so that reading it makes
values and does nothing else. A damaged file gives nothing, nor does one of another user, or one behind a link. The names are
not to be guessed by whoever makes a folder for others (see `memory`), so none that comes with one is ever asked for.
"""

import io
import os
import pickle
import re
import stat
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

from rrbnotes.errors import RrbError
from rrbnotes.store import LOCK, STATE

CACHE = "cache"
_CHECKSUM_BYTES = 4
_MOST_BYTES = 512 * 1024 * 1024
_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
_FIRST = 8
_LONG = 90 * 24 * 3600 * 1_000_000_000
"""Nanoseconds."""
_NAME = re.compile(r"[0-9a-f]{8}-")
_WRITABLE = 0o222
_OURS = frozenset(
    f"rrbnotes.{module}"
    for module in "model status source diagnostics edits settings statuses shelf memory book boards owners.directory views.outstanding "
    "reading.entries reading.habits reading.lessons reading.lore reading.roles".split()
)
"""The modules whose classes a kept value may be made of."""
_OTHERS = frozenset({("datetime", "date"), ("collections", "Counter")})


class Kept(NamedTuple):
    """A value that an earlier run kept."""

    value: Any
    at: int
    """When, in nanoseconds of the file system's clock."""


def recall(root: Path, name: str) -> Kept | None:
    """What was kept under a name below a root; None where that is nothing that can be used."""
    folder = root / STATE / CACHE
    try:
        if folder.parent.is_symlink() or folder.is_symlink():
            return None
        fd = os.open(folder / name, os.O_RDONLY | _NO_LINK)
        with open(fd, "rb") as file:
            status = os.fstat(fd)
            if not stat.S_ISREG(status.st_mode) or status.st_uid != _user():
                return None
            data = file.read(_MOST_BYTES)
        checksum, body = data[:_CHECKSUM_BYTES], memoryview(data)[_CHECKSUM_BYTES:]
        if checksum != _checksum(body):
            return None
        return Kept(_Reader(io.BytesIO(body)).load(), status.st_mtime_ns)
    except Exception:  # whatever is wrong with it, the notes themselves are there to be read
        return None


def keep(root: Path, name: str, value: Any, most: int) -> None:
    """Keep a value under a name, for later runs; where that cannot be done, they only take longer. Names begin with eight hex
    digits and a dash: of all first parts only the `most` that were written last stay."""
    with suppress(OSError, RrbError, TypeError, RecursionError, MemoryError):
        if os.stat(root).st_mode & _WRITABLE and os.access(root, os.W_OK):
            _write(root, name, written(value), most)


def _write(root: Path, name: str, data: bytes, most: int) -> None:
    """One run writes at a time: another one that comes meanwhile keeps nothing. Nobody else is to read what notes say."""
    from rrbnotes.store.disk import BYTES, DISK, NO_LINK
    from rrbnotes.store.files import replace_whole
    from rrbnotes.store.lock import own_folder, state_folder

    folder = own_folder(DISK, state_folder(DISK, root) / CACHE)
    os.chmod(folder, 0o700)
    fd = DISK.open(folder / LOCK, os.O_RDWR | os.O_CREAT | NO_LINK | BYTES, 0o600)
    try:
        if DISK.lock(fd):
            is_new = not (folder / name).exists()
            replace_whole(DISK, folder / name, data, None, durable=False)
            if is_new:
                _tidy(folder, most)
    finally:
        DISK.close(fd)  # which frees the lock


def _tidy(folder: Path, most: int) -> None:
    """Remove what was kept under all first parts of names but those that were written last, and what has long stayed as it is:
    most likely its board is there no more, else it is soon found out again."""
    times = {
        entry.name: entry.stat(follow_symlinks=False).st_mtime_ns
        for entry in os.scandir(folder)
        if _NAME.match(entry.name)
    }
    last: dict[str, int] = {}
    for name, time in times.items():
        last[name[:_FIRST]] = max(last.get(name[:_FIRST], 0), time)
    stay = frozenset(sorted(last, key=lambda first: -last[first])[:most])
    for name, time in times.items():
        if name[:_FIRST] not in stay or last[name[:_FIRST]] - time > _LONG:
            os.unlink(folder / name)


def _user() -> int:
    """Who runs this; on Windows all files seem to be of one user."""
    return os.geteuid() if hasattr(os, "geteuid") else 0


def pack(value: Any) -> bytes:
    """A value in little room, for as long as a run lasts."""
    return zlib.compress(_pickled(value), 1)


def unpack(data: bytes) -> Any:
    """The value that was packed."""
    return _Reader(io.BytesIO(zlib.decompress(data))).load()


def written(value: Any) -> bytes:
    """A value as it is kept; raises `TypeError` where it is made of what could not be read back."""
    body = _pickled(value)
    return b"".join((_checksum(body), body))


def _pickled(value: Any) -> memoryview:
    out = io.BytesIO()
    _Writer(out, pickle.HIGHEST_PROTOCOL).dump(value)
    return out.getbuffer()


def _checksum(body: memoryview) -> bytes:
    return zlib.crc32(body).to_bytes(_CHECKSUM_BYTES, "big")


def _is_other(kind: type) -> bool:
    return (kind.__module__, kind.__qualname__) in _OTHERS


class _Writer(pickle.Pickler):
    """Writes our values as what they are made of: a frozen value is then made as anybody makes it."""

    def reducer_override(self, value: Any) -> Any:
        """A dataclass by its fields, a member of an enumeration by its value; all else as usual. A class that could not be
        read back is a mistake of ours."""
        kind: Any = type(value)
        parts = _parts(kind)
        if parts:
            return kind, parts(value)
        if isinstance(value, Enum):  # by its value: what Python does of itself differs between its releases
            return kind, (value.value,)
        if kind is type and value.__module__ not in _OURS and not _is_other(value):
            raise TypeError(f"{value.__module__}.{value.__qualname__} may not be kept")
        return NotImplemented


@cache
def _parts(kind: Any) -> Callable[[Any], tuple[Any, ...]] | None:
    """Takes the fields out of a value of a dataclass; None for what is none."""
    if not is_dataclass(kind):
        return None
    names = [field.name for field in fields(kind)]
    return attrgetter(*names) if len(names) > 1 else lambda value: (getattr(value, names[0]),)


class _Reader(pickle.Unpickler):
    """Reads our own values and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        """A class that a kept value may be made of."""
        if "." not in name and (module in _OURS or (module, name) in _OTHERS):
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no value of ours")
