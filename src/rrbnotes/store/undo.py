"""Undo: give the files of a command their former texts back. An undo is a command too, and can be undone."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path, PurePosixPath

from rrbnotes.errors import RrbError
from rrbnotes.store import backups
from rrbnotes.store.journal import Entry, FileChange, Journal, read_journal
from rrbnotes.store.look import absolute
from rrbnotes.store.session import Saved, Store

Merge = Callable[[bytes, bytes, bytes], bytes]
"""Base, ours, theirs to one text; raises `RrbError` on a clash."""


def undo(
    store: Store, entry_id: str | None = None, merges: Mapping[Path, Merge] | None = None, *, now: datetime
) -> Saved:
    """Take a command back, in all its files or in none.

    A file that has changed since is merged (base: what the command wrote, ours: the file, theirs: what was before)
    where `merges` has a way for it, else refused.
    """
    journal = read_journal(store.root, store.disk)
    entry = to_undo(journal, entry_id)
    new = former_texts(store, journal, entry, merges)
    saved = store.commit(f"undo {entry.id}", new, now=now, undoes=entry.id)
    return replace(saved, warnings=(*journal.warnings, *saved.warnings))


def former_texts(
    store: Store, journal: Journal, entry: Entry, merges: Mapping[Path, Merge] | None = None
) -> dict[Path, bytes | None]:
    """What the files of a command shall hold once it is taken back; `None` for one that it made."""
    ways = {absolute(path): merge for path, merge in (merges or {}).items()}
    new = {}
    for file in entry.files:
        path = store.root / file.path
        later = _later(journal, entry, file.path)
        new[path] = _former(store, path, entry.command, file, ways.get(absolute(path)), later)
    return new


def to_undo(journal: Journal, entry_id: str | None = None) -> Entry:
    """The entry of this id; without one, the newest that is not undone and is no undo itself."""
    undone = journal.undone
    if entry_id is None:
        for entry in journal.entries:
            if entry.id not in undone and not entry.undoes:
                return entry
        if undone:
            raise RrbError("there is nothing to undo; all is undone already (`rrb undo --list`)")
        raise RrbError("there is nothing to undo; no command has written here yet")
    for entry in journal.entries:
        if entry.id == entry_id:
            if entry_id not in undone:
                return entry
            by = next(one.id for one in journal.entries if one.undoes == entry_id and one.id not in undone)
            raise RrbError(f"'{entry.command}' ({entry_id}) is undone already; to redo it, undo {by}")
    raise RrbError(f"no command {entry_id} in the journal; `rrb undo --list` shows them")


def _former(
    store: Store, path: Path, command: str, file: FileChange, merge: Merge | None, later: Iterable[Entry]
) -> bytes | None:
    """What the file shall hold: its former text, or a merge of it with what has changed since."""
    drawer = backups.Drawer(store.disk, store.root, PurePosixPath(file.path).name)
    current = store.read(path)
    sha = None if current is None else backups.digest(current)
    if sha == file.before:
        return current
    former = None if file.before is None else drawer.text(file.before_backup, file.before)
    if sha == file.after:
        return former
    if merge and current is not None and former is not None and file.after is not None:
        merged = merge(drawer.text(file.after_backup, file.after), current, former)
        if merged != current:
            return merged
        raise RrbError(
            f"{file.path}: what '{command}' wrote has been changed again since; nothing was undone; "
            "say by hand what is to stand there"
        )
    who = ", ".join(f"'{entry.command}' ({entry.id})" for entry in later)
    todo = "undo that first" if who else "take out by hand what you do not want"
    raise RrbError(
        f"{file.path}: changed since by {who or 'hand or by another program'}; nothing was undone; {todo}"
    )


def _later(journal: Journal, entry: Entry, path: str) -> Iterator[Entry]:
    """What else has written this file since and still stands; an undo of something later only cancels that."""
    undone = journal.undone
    for one in journal.entries:
        if one is entry:
            return
        stands = one.id not in undone and (one.undoes is None or int(one.undoes) < int(entry.id))
        if stands and any(file.path == path for file in one.files):
            yield one
