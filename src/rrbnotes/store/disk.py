"""What writing asks of the operating system, as one table: tests put their faults, and Windows, in its place."""

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rrbnotes.errors import WriteError, reason, todo

CLOSE_ON_EXEC = getattr(os, "O_CLOEXEC", 0)
NO_LINK = getattr(os, "O_NOFOLLOW", 0)
BYTES = getattr(os, "O_BINARY", 0) | CLOSE_ON_EXEC
NO_WAITING = getattr(os, "O_NONBLOCK", 0)
"""Opening a pipe would wait for its other end. What a system does not have, Windows most of these, is left out."""

if sys.platform == "win32":
    import msvcrt

    _LOCKED_BYTE = 1 << 30  # far behind the holder's words, which others must be able to read

    def _lock(fd: int) -> bool:
        os.lseek(fd, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

    def _unlock(fd: int) -> None:
        os.lseek(fd, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(fd, msvcrt.LK_UNLCK, 1)

    def _keep_mode(_fd: int, _like: os.stat_result) -> None:
        """A file takes its rights from its folder."""

    def _keep_names(_folder: Path) -> None:
        """There is no such call."""

else:
    import fcntl

    def _lock(fd: int) -> bool:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_UN)

    def _keep_mode(fd: int, like: os.stat_result) -> None:
        """Owner and group are tried, for only root may give a file away; the mode comes last, as they clear bits of it."""
        for owner in (like.st_uid, -1):
            try:
                os.fchown(fd, owner, like.st_gid)
                break
            except PermissionError:
                continue
        os.fchmod(fd, like.st_mode & 0o7777)

    def _keep_names(folder: Path) -> None:
        fd = os.open(folder, os.O_RDONLY | CLOSE_ON_EXEC)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)


@dataclass(frozen=True, slots=True)
class Disk:
    """The calls, each as in `os` but for the last four."""

    open: Callable[[Path, int, int], int] = os.open
    close: Callable[[int], None] = os.close
    read: Callable[[int, int], bytes] = os.read
    write: Callable[[int, memoryview], int] = os.write
    truncate: Callable[[int | Path, int], None] = os.truncate
    fsync: Callable[[int], None] = os.fsync
    replace: Callable[[Path, Path], None] = os.replace
    unlink: Callable[[Path], None] = os.unlink
    mkdir: Callable[[Path], None] = os.mkdir
    sleep: Callable[[float], None] = time.sleep
    lock: Callable[[int], bool] = _lock
    """Whether the lock could be had; never waits."""
    unlock: Callable[[int], None] = _unlock
    keep_mode: Callable[[int, os.stat_result], None] = _keep_mode
    """Gives an open file the mode of another, and its owner and group where that is allowed."""
    keep_names: Callable[[Path], None] = _keep_names
    """Makes the names in a folder survive a power cut."""


DISK = Disk()
"""The real one."""

_TODO = {
    errno.EACCES: "allow it",
    errno.EPERM: "allow it",
    errno.EROFS: "allow writing to it",
    errno.ENOLCK: "keep the notes on a disk of the computer's own",
    errno.EOPNOTSUPP: "keep the notes on a disk of the computer's own",
}
"""What to do about a file that can stand in one place only."""


@contextmanager
def telling(what: str) -> Iterator[None]:
    """Turns a refusal of the operating system into a `WriteError`: `notes/actions.yaml: not written: no permission`."""
    try:
        yield
    except OSError as why:
        raise WriteError(f"{what}: {reason(why)}; {_TODO.get(why.errno or 0) or todo(why)}") from why
