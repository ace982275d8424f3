"""The cache, `.rrb/cache/`: what was found out about the notes, kept for the next run. Without it all is only slower.

Each file is a checksum and a pickle that can name nothing but rrb's own values, dates and counters: a file that is damaged, or
that came with a folder from elsewhere, gives nothing, and does nothing.
"""

import io
import os
import pickle
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import fields, is_dataclass
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

from rrbnotes.errors import RrbError
from rrbnotes.store import LOCK, STATE

CACHE = "cache"
_CHECKSUM_BYTES = 4
_MOST_BYTES = 512 * 1024 * 1024
_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
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
    try:
        fd = os.open(root / STATE / CACHE / name, os.O_RDONLY | _NO_LINK)
        with open(fd, "rb") as file:
            data, status = file.read(_MOST_BYTES), os.fstat(fd)
        checksum, body = data[:_CHECKSUM_BYTES], memoryview(data)[_CHECKSUM_BYTES:]
        if checksum != _checksum(body):
            return None
        return Kept(_Reader(io.BytesIO(body)).load(), status.st_mtime_ns)
    except Exception:  # whatever is wrong with it, the notes themselves are there to be read
        return None


def keep(root: Path, name: str, value: Any) -> None:
    """Keep a value under a name, for later runs; where that cannot be done, they only take longer."""
    with suppress(OSError, RrbError):
        if os.stat(root).st_mode & _WRITABLE and os.access(root, os.W_OK):
            _write(root, name, _written(value))


def _write(root: Path, name: str, data: bytes) -> None:
    """One run writes at a time: another one that comes meanwhile keeps nothing."""
    from rrbnotes.store.disk import DISK
    from rrbnotes.store.files import BYTES, NO_LINK, replace_whole
    from rrbnotes.store.lock import own_folder, state_folder

    folder = own_folder(DISK, state_folder(DISK, root) / CACHE)
    fd = DISK.open(folder / LOCK, os.O_RDWR | os.O_CREAT | NO_LINK | BYTES, 0o666)
    try:
        if DISK.lock(fd):
            replace_whole(DISK, folder / name, data, None, durable=False)
    finally:
        DISK.close(fd)  # which frees the lock


def pack(value: Any) -> bytes:
    """A value in little room, for as long as a run lasts."""
    return zlib.compress(_pickled(value), 1)


def unpack(data: bytes) -> Any:
    """The value that was packed."""
    return _Reader(io.BytesIO(zlib.decompress(data))).load()


def tidy(root: Path, separator: str, most: int) -> None:
    """Remove what was kept under all first parts of names but those that were written last."""
    with suppress(OSError):
        files = [entry for entry in os.scandir(root / STATE / CACHE) if separator in entry.name]
        last: dict[str, int] = {}
        for file in files:
            first = file.name.partition(separator)[0]
            last[first] = max(last.get(first, 0), file.stat().st_mtime_ns)
        old = frozenset(sorted(last, key=lambda first: -last[first])[most:])
        for file in files:
            if file.name.partition(separator)[0] in old:
                os.unlink(file.path)


def _written(value: Any) -> bytes:
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
        """A dataclass by its fields; all else as usual. A class that could not be read back is a mistake of ours."""
        kind: Any = type(value)
        parts = _parts(kind)
        if parts:
            return kind, parts(value)
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
            if isinstance(found, type):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no value of ours")
