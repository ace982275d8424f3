"""Former texts of the register: which are kept, which are good, and which one to put back."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rrbnotes.errors import RrbError
from rrbnotes.keeping.ledger import read_bytes, records_in
from rrbnotes.memory import REGISTER
from rrbnotes.model import Action
from rrbnotes.source import split_lines
from rrbnotes.store.backups import Drawer, digest
from rrbnotes.store.disk import DISK
from rrbnotes.store.files import contents

NOTHING_KEPT = (
    "rrb has kept no text of the register here; take it from version control or from a backup of your own"
)
_REF = re.compile(r".+\.[pm]?\d+")


@dataclass(frozen=True, slots=True)
class Kept:
    """A former text of the register."""

    path: Path
    stamp: datetime
    data: bytes
    actions: tuple[Action, ...] = ()
    wrong: str = ""
    """Why it cannot be put back; empty where it can."""

    @property
    def name(self) -> str:
        """By which a person names it: texts of one name are one text."""
        return self.path.name.rpartition("-")[2]

    @property
    def when(self) -> str:
        """When it was kept, by the clock on the wall."""
        return f"{self.stamp.astimezone():%Y-%m-%d %H:%M}"


def kept_texts(root: Path) -> Iterator[Kept]:
    """The former texts, newest first, each read only when its turn comes."""
    for stamp, path in Drawer(DISK, root, REGISTER).dated():
        data = contents(DISK, path)
        if data is not None:
            yield _read(path, stamp, data)


def _read(path: Path, stamp: datetime, data: bytes) -> Kept:
    if not digest(data).startswith(path.name.rpartition("-")[2]):
        return Kept(path, stamp, data, wrong="damaged: not the text that was kept")
    try:
        return Kept(path, stamp, data, read_bytes(data, "").actions)
    except RrbError as why:
        return Kept(
            path, stamp, data, wrong=f"no good register: {str(why).split(chr(10))[0].removeprefix(':')}"
        )


def newest_good(root: Path, present: bytes | None) -> Kept | None:
    """The newest former text that is a register and another one than the present one."""
    return next((kept for kept in kept_texts(root) if not kept.wrong and kept.data != present), None)


def choose(root: Path, present: bytes | None, name: str | None) -> Kept:
    """The text to put back: the one that is named, else the newest good one, and that only for a damaged register."""
    if name is not None:
        return _named(root, name)
    if present is not None and _reads(present):
        raise RrbError(
            "the register is healthy, so nothing was put back; to have an older one, name it: rrb doctor --restore NAME, "
            "`rrb doctor --backups` lists them"
        )
    found = newest_good(root, present)
    if found is None:
        raise RrbError(
            "rrb has kept no good text of the register; take it from version control or a backup of your own, or move "
            "the damaged one away and begin a new one with `rrb sync --force`"
        )
    return found


def _named(root: Path, name: str) -> Kept:
    word = Path(name).name
    found = {kept.name: kept for kept in reversed(list(kept_texts(root))) if word and word in kept.path.name}
    if not found:
        raise RrbError(f"no former text '{name}'; `rrb doctor --backups` lists them")
    if len(found) > 1:
        raise RrbError(f"'{name}' stands for {len(found)} former texts: {', '.join(found)}; name one")
    kept = next(iter(found.values()))
    if kept.wrong:
        raise RrbError(f"{kept.name}: {kept.wrong}; `rrb doctor --backups` lists the others")
    return kept


def _reads(data: bytes) -> bool:
    try:
        records_in(data)
    except RrbError:
        return False
    return True


def must_read(path: Path, data: bytes) -> None:
    """The last look at a text before it is written."""
    read_bytes(data, path.name)


def refs_in(data: bytes) -> list[str]:
    """The refs of a register's records; of a damaged one as far as its lines look like records."""
    try:
        return [action.ref for action in records_in(data)]
    except RrbError:
        lines = (line.rstrip() for line in split_lines(data.decode(errors="replace")))
        keys = (line[:-1].strip(" \t\"'") for line in lines if line[:1] in " \t" and line[-1:] == ":")
        return list(dict.fromkeys(key for key in keys if _REF.fullmatch(key)))


@dataclass(frozen=True, slots=True)
class Difference:
    """What a restored text has and has not, against the one that was there."""

    more: Sequence[str]
    """Refs of records that were missing."""
    less: Sequence[str]
    """Refs of records that were there."""
    other: Sequence[str]
    """Refs of records that say something else; none where the text that was there could not be read."""


def difference(present: bytes | None, kept: Kept) -> Difference:
    """Compare the text that was there with the one that was put back; where there was none, all is there again."""
    if present is None:
        return Difference((), (), ())
    before, after = dict.fromkeys(refs_in(present)), {action.ref: action for action in kept.actions}
    was = {action.ref: action for action in records_in(present)} if _reads(present) else {}
    return Difference(
        [ref for ref in after if ref not in before],
        [ref for ref in before if ref not in after],
        [ref for ref, action in after.items() if ref in was and was[ref] != action],
    )
