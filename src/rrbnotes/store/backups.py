"""The former texts of the files that were written, in `.rrb/backup/` as `NAME.UTCSTAMP-SHA8`."""

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from rrbnotes.errors import RrbError
from rrbnotes.store import STATE
from rrbnotes.store.disk import DISK, Disk, telling
from rrbnotes.store.files import contents, replace_whole
from rrbnotes.store.lock import own_folder

KEPT = 20
"""So many of each name are kept, and all that are younger than `KEPT_FOR`; so the last one never goes."""
KEPT_FOR = timedelta(days=30)
BACKUP = "backup"
_TEMP = ".rrb-tmp"
_STAMP = "%Y%m%dT%H%M%S.%fZ"
_TICK = timedelta(microseconds=1)
_NAME = re.compile(r"(?P<name>[^/\\]+)\.(?P<stamp>\d{8}T\d{6}\.\d{6}Z)-(?P<sha>[0-9a-f]{8})")


def backups(root: Path, name: str) -> tuple[Path, ...]:
    """The kept texts of the files of this name (`actions.yaml`, without folders), newest first."""
    return tuple(path for _, path in Drawer(DISK, root, name).dated())


def digest(data: bytes) -> str:
    """What tells texts apart: SHA-256 in hex."""
    return sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class Drawer:
    """The kept texts of one name."""

    disk: Disk
    root: Path
    name: str

    @property
    def folder(self) -> Path:
        """The texts of all names lie in it."""
        return self.root / STATE / BACKUP

    def dated(self) -> list[tuple[datetime, Path]]:
        """Newest first."""
        found = []
        is_ours = self.folder.is_dir() and not self.folder.is_symlink()
        for path in self.folder.iterdir() if is_ours else ():
            parts = _NAME.fullmatch(path.name)
            if parts and parts["name"] == self.name:
                with suppress(ValueError):  # digits that are no time: not ours
                    found.append((datetime.fromisoformat(parts["stamp"]), path))
        return sorted(found, reverse=True)

    def newest(self, data: bytes) -> str | None:
        """The name of the newest text, if it is this one: the usual case, where only `rrb` wrote."""
        for _, path in self.dated()[:1]:
            if contents(self.disk, path) == data:
                return path.name
        return None

    def add(self, data: bytes, like: os.stat_result | None, now: datetime, durable: bool) -> str:
        """Keep a text as the newest, with the mode of `like`; says under which name."""
        own_folder(self.disk, self.folder)
        stamp = now.astimezone(UTC)
        for newest, _ in self.dated()[:1]:
            stamp = max(stamp, newest + _TICK)  # the order holds even where a clock went back
        path = self.folder / f"{self.name}.{stamp.strftime(_STAMP)}-{digest(data)[:8]}"
        replace_whole(self.disk, path, data, like, durable, temp=self.folder / _TEMP)
        return path.name

    def text(self, backup: str | None, sha: str) -> bytes:
        """What was kept under this name, if it is still there and still the same."""
        path = self.folder / (backup or "")
        data = None
        if backup and _NAME.fullmatch(backup):
            with telling(f"{path}: cannot be read"):
                data = contents(self.disk, path)
        if data is None or digest(data) != sha:
            raise RrbError(
                f"{path}: this text of {self.name} is not kept any more; take it from version control"
            )
        return data

    def prune(self, now: datetime) -> None:
        """Remove what is neither young nor among the newest; a stamp in the future is not young."""
        for stamp, path in self.dated()[KEPT:]:
            if not timedelta() <= now - stamp < KEPT_FOR:
                self.disk.unlink(path)
