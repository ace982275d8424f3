"""One file, read whole and replaced whole: the new text is made beside it, then takes its name in one step."""

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path

from rrbnotes.errors import RrbError
from rrbnotes.store.disk import Disk

CLOSE_ON_EXEC = getattr(os, "O_CLOEXEC", 0)
NO_LINK = getattr(os, "O_NOFOLLOW", 0)
BYTES = getattr(os, "O_BINARY", 0) | CLOSE_ON_EXEC
_NO_WAITING = getattr(os, "O_NONBLOCK", 0)  # opening a pipe would wait for its other end
_PAUSES = (0.05, 0.1, 0.2, 0.4, 0.75, 1.0)
"""Seconds; on Windows a virus scanner or an editor holds a file for a moment."""
_HELD = frozenset({5, 32, 33})
"""Windows' numbers for: access denied, sharing violation, lock violation."""


def read_whole(disk: Disk, path: Path) -> tuple[bytes, os.stat_result] | None:
    """The bytes of a file and what the system knows of it; `None` where there is none."""
    try:
        fd = disk.open(path, os.O_RDONLY | BYTES | _NO_WAITING, 0)
    except FileNotFoundError:
        return None
    try:
        status = os.fstat(fd)
        if not stat.S_ISREG(status.st_mode):
            raise RrbError(f"{path}: not a regular file; move it away")
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
    for pause in (*_PAUSES, None):
        try:
            disk.replace(temp, target)
            return
        except PermissionError as why:
            if pause is None or getattr(why, "winerror", None) not in _HELD:
                raise
            disk.sleep(pause)


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


def sync_folder(disk: Disk, folder: Path) -> None:
    """Make the names in a folder survive a power cut; Windows has no such call."""
    if sys.platform != "win32":
        fd = disk.open(folder, os.O_RDONLY | CLOSE_ON_EXEC, 0)
        try:
            disk.fsync(fd)
        finally:
            disk.close(fd)
