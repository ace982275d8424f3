"""One file, read whole and replaced whole: the new text is made beside it, then takes its name in one step."""

import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from rrbnotes.errors import RrbError
from rrbnotes.store.disk import BYTES, DISK, NO_LINK, NO_WAITING, Disk

MAX_BYTES = 256 * 1024 * 1024
_PAUSES = (0.05, 0.1, 0.2, 0.4, 0.75, 1.0)
"""Seconds; on Windows a virus scanner or an editor holds a file for a moment."""
_HELD = frozenset({5, 32, 33, None})
"""Windows' numbers for: access denied, sharing violation, lock violation; what opens a file does not say which."""
_NO_WINDOWS = 0
_T = TypeVar("_T")


def patiently(disk: Disk, call: Callable[[], _T]) -> _T:
    """What a call gives; where another program has the file open on Windows, it is tried again for a while."""
    for pause in _PAUSES:
        try:
            return call()
        except PermissionError as why:
            if getattr(why, "winerror", _NO_WINDOWS) not in _HELD:
                raise
            disk.sleep(pause)
    return call()


def read_whole(disk: Disk, path: Path) -> tuple[bytes, os.stat_result] | None:
    """The bytes of a file and what the system knows of it; `None` where there is none."""
    try:
        fd = patiently(disk, lambda: disk.open(path, os.O_RDONLY | BYTES | NO_WAITING, 0))
    except FileNotFoundError:
        return None
    try:
        status = os.fstat(fd)
        if not stat.S_ISREG(status.st_mode):
            raise RrbError(f"{path}: not a regular file; move it away")
        if status.st_size > MAX_BYTES:
            raise RrbError(f"{path}: {status.st_size:,} bytes, more than any file of rrb's; move it away")
        return b"".join(iter(lambda: disk.read(fd, 1 << 20), b"")), status
    finally:
        disk.close(fd)


def contents(disk: Disk, path: Path) -> bytes | None:
    """The bytes of a file; `None` where there is none."""
    found = read_whole(disk, path)
    return found[0] if found else None


def write_all(disk: Disk, fd: int, data: bytes) -> None:
    """Write every byte, however few the system takes at once."""
    rest = memoryview(data)
    while rest:
        rest = rest[disk.write(fd, rest) :]


def beside(target: Path) -> Path:
    """Where the new text of a file is made: a fixed name, so that kills cannot pile them up."""
    return target.with_name(f".{target.name}.rrb-tmp")


def stage(disk: Disk, temp: Path, data: bytes, like: os.stat_result | None, durable: bool) -> None:
    """Make a text under another name, with the mode of `like`, else as the umask says."""
    with suppress(FileNotFoundError):
        disk.unlink(temp)  # left over by a run that was killed
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | NO_LINK | BYTES
    fd = disk.open(temp, flags, 0o600 if like else 0o666)
    try:
        write_all(disk, fd, data)
        if like:
            disk.keep_mode(fd, like)
        if durable:
            disk.fsync(fd)
    finally:
        disk.close(fd)


def swap(disk: Disk, temp: Path, target: Path) -> None:
    """Let the staged text take the file's name: before it the file is the old one, after it the new one."""
    patiently(disk, lambda: disk.replace(temp, target))


def discard(disk: Disk, temp: Path) -> None:
    """Remove what may be staged."""
    with suppress(OSError):
        disk.unlink(temp)


def replace_whole(
    disk: Disk,
    target: Path,
    data: bytes,
    like: os.stat_result | None,
    durable: bool,
    temp: Path | None = None,
) -> None:
    """Stage and swap in one."""
    temp = temp or beside(target)
    try:
        stage(disk, temp, data, like, durable)
        swap(disk, temp, target)
    except BaseException:
        discard(disk, temp)
        raise


def put_whole(path: Path, data: bytes) -> None:
    """Give a file that nobody locks its text, whole or not at all. What is no file, such as a pipe, is written into; so is
    a file where nothing can be made beside it."""
    real = Path(os.path.realpath(path))
    try:
        status = os.stat(path)
    except FileNotFoundError:
        status = None
    if status and not (stat.S_ISREG(status.st_mode) and _may_replace(real)):
        path.write_bytes(data)
        return
    own = real.with_name(f".{real.name}.{os.getpid()}.rrb-tmp")  # two runs must not write into one
    replace_whole(DISK, real, data, status, durable=False, temp=own)


def _may_replace(file: Path) -> bool:
    """Whether a file may be written, and its folder too."""
    return os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)
