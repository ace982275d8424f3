"""Where a file really is, and what it holds: the state that a write must find again."""

import os
from dataclasses import dataclass
from pathlib import Path

from rrbnotes.errors import RrbError, WriteError
from rrbnotes.store.disk import DISK, Disk, telling
from rrbnotes.store.files import read_whole

_GIT = ".git"
"""What stands there git may carry out."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as it was read."""

    shown: str
    """Its path relative to the root, with `/`."""
    real: Path
    """Where it is once links are followed."""
    data: bytes | None
    """`None` where there is no file."""
    status: os.stat_result | None


def look(disk: Disk, root: Path, path: Path) -> Seen:
    """Read a file inside the root; a link may stand for it, but not lead out."""
    here, top = absolute(path), absolute(root)
    real, real_top = Path(os.path.realpath(here)), Path(os.path.realpath(top))
    if not real.is_relative_to(real_top):
        raise RrbError(f"{path}: leads out of {root}; rrb reads and writes only inside it")
    if _GIT in (part.casefold() for part in real.relative_to(real_top).parts):
        raise RrbError(f"{path}: is git's own; rrb neither reads nor writes there")
    below = here.relative_to(top) if here.is_relative_to(top) else real.relative_to(real_top)
    with telling(f"{below.as_posix()}: cannot be read"):
        data, status = read_whole(disk, real) or (None, None)
    return Seen(below.as_posix(), real, data, status)


def bytes_of(root: Path, path: Path) -> bytes | None:
    """What a file inside the root holds, for who only reads; `None` where there is no file."""
    try:
        return look(DISK, root, path).data
    except WriteError as why:
        raise RrbError(str(why)) from why


def absolute(path: Path) -> Path:
    """The one name by which a file is known, however the caller wrote its path; links stay."""
    return Path(os.path.abspath(path))
