"""The lock: a file of its own in `.rrb/`, never deleted; the system frees it when its holder dies."""

import os
import platform
from contextlib import suppress
from pathlib import Path

from rrbnotes.errors import RrbError, WriteError
from rrbnotes.store import STATE
from rrbnotes.store.disk import BYTES, NO_LINK, Disk
from rrbnotes.store.files import contents, replace_whole, write_all

_LONGEST_PAUSE = 0.02
_HOLDER_CHARS = 200
_PATIENCE = 12
"""So many timeouts are waited for while the lock goes from hand to hand."""


def state_folder(disk: Disk, root: Path) -> Path:
    """`.rrb/`, made where it is missing; it hides itself from git."""
    folder = own_folder(disk, root / STATE)
    ignore = folder / ".gitignore"
    if contents(disk, ignore) is None:
        replace_whole(disk, ignore, b"*\n", None, durable=False)
    return folder


def own_folder(disk: Disk, folder: Path) -> Path:
    """A folder of ours, made where it is missing; a link in its place could lead anywhere."""
    try:
        disk.mkdir(folder)
    except FileExistsError:
        if folder.is_symlink() or not folder.is_dir():
            raise RrbError(f"{folder}: not a folder of its own; remove it") from None
    return folder


def acquire(disk: Disk, path: Path, timeout: float, command: str) -> int:
    """The open lock file, once the lock is ours; after the timeout (seconds) an error that says who holds it.

    While others come and go the work goes on, so the time counts anew for each holder, up to `_PATIENCE` times in all.
    """
    fd = disk.open(path, os.O_RDWR | os.O_CREAT | NO_LINK | BYTES, 0o666)
    try:
        waited, pause, in_all, who = 0.0, 0.001, 0.0, ""
        while not disk.lock(fd):
            holder = _holder(disk, fd)
            in_all += waited if holder != who else 0.0
            waited, who = (0.0 if holder != who else waited), holder
            if waited >= timeout or in_all >= _PATIENCE * timeout:
                raise WriteError(
                    f"{path}: waited {timeout:g} s for {who} to finish writing; run this again when it has, "
                    "wait longer (--lock-timeout 60), or end that process if it hangs"
                )
            disk.sleep(pause)
            waited, pause = waited + pause, min(2 * pause, _LONGEST_PAUSE)
        words = f"'{command}' (process {os.getpid()} on {platform.node()})\n"
        with suppress(OSError):  # they are only for those who wait
            disk.truncate(fd, 0)
            write_all(disk, fd, words.encode(errors="replace"))
    except BaseException:
        with suppress(OSError):
            disk.close(fd)
        raise
    return fd


def release(disk: Disk, fd: int) -> None:
    """Give the lock back. What was saved is saved: no failure here may say otherwise."""
    with suppress(OSError):
        disk.truncate(fd, 0)
    with suppress(OSError):
        disk.unlock(fd)
    with suppress(OSError):
        disk.close(fd)


def _holder(disk: Disk, fd: int) -> str:
    with suppress(OSError):
        os.lseek(fd, 0, os.SEEK_SET)
        words = disk.read(fd, 4 * _HOLDER_CHARS).decode(errors="replace").strip()
        return words[:_HOLDER_CHARS] or "another rrb"
    return "another rrb"
