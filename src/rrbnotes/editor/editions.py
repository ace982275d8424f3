"""The notes of a folder as they stand in an editor: open ones by its text, the others by the disk; and what rules find."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date as Date
from functools import lru_cache, partial
from pathlib import Path

from rrbnotes.checks.book import Book, open_book
from rrbnotes.checks.fixing import Asked, proved
from rrbnotes.checks.run import Outcome, Selection, run
from rrbnotes.diagnostics import Diagnostic
from rrbnotes.errors import RrbError
from rrbnotes.home import Home, find
from rrbnotes.keeping.ledger import register_path
from rrbnotes.readers import Texts
from rrbnotes.shelf import Note, notes_in
from rrbnotes.source import split_lines

Prove = Callable[[tuple[Diagnostic, ...]], tuple[Diagnostic, ...]]
"""The same diagnostics, of which only those keep a fix that may be made."""


@dataclass(frozen=True, slots=True)
class Buffer:
    """A file that an editor has open."""

    uri: str
    path: Path
    text: str
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """What an editor shows to its server."""

    roots: tuple[Path, ...] = ()
    """The folders that it works in."""
    config: Path | None = None
    """Settings that hold for all files, whatever lies beside them."""
    buffers: Mapping[str, Buffer] = field(default_factory=dict)
    """By their addresses."""


@dataclass(frozen=True, slots=True)
class Folder:
    """All that the reading of one notes folder depends on; equal ones read the same."""

    home: Home
    today: Date
    texts: Texts
    """Of the open notes."""
    files: tuple[tuple[str, int, int], ...]
    """The register and the notes that are not open, each with its time and size on disk."""


@dataclass(frozen=True, slots=True)
class Look:
    """What there is to be read."""

    folders: tuple[Folder, ...] = ()
    notes: Mapping[str, tuple[Home, str]] = field(default_factory=dict)
    """By the address of an open note: where it belongs, and its shown path."""
    problems: tuple[str, ...] = ()
    """Settings that cannot be read."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A folder, read and checked."""

    folder: Folder
    book: Book
    outcome: Outcome
    prove: Prove = field(compare=False)

    def found(self, path: str) -> tuple[Diagnostic, ...]:
        """What is wrong with a note; fixes in it are not proved yet."""
        return tuple(one for one in self.outcome.diagnostics if one.path == path)

    def lines(self, path: str) -> Sequence[str]:
        """The lines of a file that a finding may stand in or speak of."""
        lines = self.book.lines().get(path)
        return split_lines(self.folder.texts.get(path, "")) if lines is None else lines

    def file(self, path: str) -> Path:
        """Where a shown path leads."""
        return Path(os.path.abspath(self.folder.home.root / path))


def look(opened: Opened, today: Date) -> Look:
    """What there is to be read for the open files; those outside of any notes folder are left aside."""
    notes: dict[str, tuple[Home, str]] = {}
    shelves: list[tuple[Home, list[Note]]] = []
    problems: dict[str, None] = {}
    for buffer in opened.buffers.values():
        try:
            home = home_of(buffer.path, opened)
        except RrbError as why:
            problems[str(why)] = None
            continue
        if home is None:
            continue
        shelf = next((shelf for known, shelf in shelves if known == home), None)
        if shelf is None:
            new = (one.path for one in opened.buffers.values() if not one.path.exists())
            shelf = notes_in(home.notes, home.root, home.settings, new)
            shelves.append((home, shelf))
        note = next((note for note in shelf if _is_same(note.path, buffer.path)), None)
        if note:
            notes[buffer.uri] = home, note.shown
    texts = {(known.notes, path): opened.buffers[uri].text for uri, (known, path) in notes.items()}
    folders = (_folder(home, shelf, today, texts) for home, shelf in shelves)
    return Look(tuple(one for one in folders if one.texts), notes, tuple(problems))


def home_of(path: Path, opened: Opened) -> Home | None:
    """The notes folder that a file belongs to: that of a folder of the editor, else the one nearest to the file."""
    if path.suffix.casefold() != ".md":
        return None
    roots = (root for root in opened.roots if _is_in(path, root))
    for start in (path.parent,) if opened.config else (*roots, path.parent):
        home = find(start, opened.config)
        if home and _is_in(path, home.notes):
            return home
    return None


def read(wanted: Look, former: Iterable[Edition]) -> tuple[Edition, ...]:
    """The folders, read; what has not changed since a former reading is taken from there."""
    known = list(former)
    return tuple(
        next((one for one in known if one.folder == folder), None) or edition(folder)
        for folder in wanted.folders
    )


def edition(folder: Folder) -> Edition:
    """Read and check a folder."""
    reopen = partial(_open, folder)
    book = reopen({})
    settings = folder.home.settings
    selection = Selection(settings.select, settings.ignore, settings.ignore_at)

    def rules(book: Book) -> tuple[Diagnostic, ...]:
        return run(book, folder.today, selection).diagnostics

    outcome = run(book, folder.today, selection)
    prove = partial(
        proved, book, reopen=partial(reopen, before=book), asked=Asked(rules, outcome.diagnostics)
    )
    return Edition(folder, book, outcome, lru_cache(maxsize=200)(prove))


def _open(folder: Folder, texts: Texts, before: Book | None = None) -> Book:
    return open_book(folder.home, folder.home.root, folder.today, {**folder.texts, **texts}, before)


def _folder(home: Home, shelf: Sequence[Note], today: Date, texts: Mapping[tuple[Path, str], str]) -> Folder:
    own = {path: text for (notes, path), text in texts.items() if notes == home.notes}
    return Folder(home, today, own, tuple(_on_disk(home, shelf, own)))


def _on_disk(home: Home, shelf: Sequence[Note], texts: Texts) -> Iterator[tuple[str, int, int]]:
    files = ((note.shown, note.path) for note in shelf)
    for shown, path in (("", register_path(home)), *files):
        if shown in texts:
            yield shown, 0, 0
            continue
        try:
            status = path.stat()
            yield shown, status.st_mtime_ns, status.st_size
        except OSError:
            yield shown, 0, -1


def _is_in(path: Path, folder: Path) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def _is_same(one: Path, other: Path) -> bool:
    if one.name.casefold() != other.name.casefold():
        return False
    try:
        return one.samefile(other)
    except OSError:  # one that is not saved yet
        return os.path.abspath(one) == os.path.abspath(other)
