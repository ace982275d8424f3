"""Which files are notes, and to which board each belongs."""

import os
import re
import stat
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from rrbnotes.errors import reason
from rrbnotes.settings import Settings
from rrbnotes.spelling import composed


@dataclass(frozen=True, slots=True)
class Note:
    """A file to be read as a note."""

    path: Path
    shown: str
    """Its path as messages print it."""
    key: str
    """Its path below the notes folder without `.md`, its letters as keyboards type them."""
    board: str | None
    below: str = ""
    """Its path below the notes folder, as the disk has it."""
    trouble: str = ""
    """Why it is not even opened, if so; it may then be a whole folder, with a `/` at its end."""


_ENDING = ".md"
OTHER_MARKDOWN = frozenset((".markdown", ".mdown", ".mdwn", ".mkd", ".mkdn"))
DOCUMENTS = frozenset((".doc", ".docx", ".htm", ".html", ".odt", ".pdf", ".rtf", ".txt"))
"""Endings of files that people take for notes."""
_LEFT_ALONE = (".", "~$")
"""How the names begin of hidden files, and of what Word lays beside a file that it has open."""
_LEADS_OUT = "a link that leads out of the notes folder, and is not followed"
_PAGES = frozenset({"readme", "index", "_index", "contributing", "changelog", "licence", "license"})
"""Pages beside the notes; `README` and `index` are the note where they are alone in their folder."""
_TEMPLATE = re.compile(r"(?:^|[-_. ])template(?:$|[-_. ])|yyyy|(?<![a-z])xx[-_.]xx")
"""Names of forms to be filled in: `meeting-template`, `YYYY-MM-DD`, `2024-xx-xx`."""
_WHEN_OR_WHAT = re.compile(
    r"(?:\d{4}|q[1-4]|\d{1,2}|\d{4}[-_ ]?q[1-4]|\d{4}[-_ ]\d{2}(?:[-_ ]\d{2})?.*|\d{4}[-_ ].*|"
    r"(?:meetings?|minutes|notes|_posts|archived?|past)(?:[-_ ](?:notes|minutes|\d{4}))*|\d{8})",
    re.IGNORECASE,
)
"""Folders that say when or what, not who."""
_DATED = re.compile(r"\d{4}[-_. ]?\d{2}[-_. ]?\d{2}")


class File(NamedTuple):
    """A markdown file as the system knows it, without looking inside."""

    below: str
    """Its path below the notes folder, with `/`."""
    size: int
    modified: int
    """Nanoseconds, as the next one."""
    changed: int
    """When anything about it last changed; on Windows when it was made."""
    inode: int
    trouble: str = ""
    """Why it is not to be opened: a link that leads out; or a folder that nobody may look into."""


def notes_in(folder: Path, shown_from: Path, settings: Settings, unsaved: Iterable[Path] = ()) -> list[Note]:
    """The notes below a folder, in order of their keys; `unsaved` are files that may not be on disk yet."""
    root = Path(os.path.abspath(folder))
    absolute = (Path(os.path.abspath(path)) for path in unsaved if path.suffix.casefold() == ".md")
    new = {path.relative_to(root).as_posix() for path in absolute if path.is_relative_to(root)}
    troubles = dict.fromkeys(new, "") | {file.below: file.trouble for file in files_in(folder)}
    files = _keys(sorted(troubles))
    in_folder = Counter(map(_folder, files))
    above = shown(folder, shown_from)
    prefix = "" if above == "." else f"{above}/"
    found = []
    for below, key in files.items():
        stem = _name(below).casefold().removesuffix(_ENDING)
        beside = in_folder[_folder(below)]
        is_alone = beside == 1 and stem in ("readme", "index")
        is_page = (stem in _PAGES or _TEMPLATE.search(stem) is not None) and not is_alone
        if not is_page and not any(_fits(below, glob) for glob in settings.exclude):
            place, board = prefix + below or "./", _board(key, beside, settings)
            found.append(Note(folder / below, place, key, board, below, troubles[below]))
    return found


def _keys(files: Iterable[str]) -> dict[str, str]:
    """The key of each file. A Mac may spell a name with its accents as letters of their own; two computers that share notes
    must give one ref. Where two files would have one key, the odd one keeps its whole name."""
    every = list(files)
    plain = {below for below in every if below == composed(below) and below.endswith(_ENDING)}
    keys: dict[str, str] = {}
    taken = {below.removesuffix(_ENDING) for below in plain}
    for below in every:
        key = below if not below.casefold().endswith(_ENDING) else composed(below)[: -len(_ENDING)]
        keys[below] = below if key in taken and below not in plain else key
        taken.add(keys[below])
    return keys


def _fits(name: str, glob: str) -> bool:
    return fnmatchcase(composed(name), composed(glob))


def shown(path: Path, start: Path) -> str:
    """A path as seen from a folder, with `/`."""
    try:
        return Path(os.path.relpath(path, start)).as_posix()
    except ValueError:  # another drive of Windows
        return path.as_posix()


def board_of(key: str, keys: Collection[str], settings: Settings) -> str | None:
    """The board of a note that is not here, by its key and those of the notes that are."""
    beside = sum(_folder(other) == _folder(key) for other in keys)
    return _board(key, beside + 1, settings)


def files_in(folder: Path) -> list[File]:
    """The markdown files below a folder, in no order. Hidden folders are left alone; links that lead out of it, and folders
    that may not be looked into, are named and nothing more."""
    root, waiting = os.path.realpath(folder), [("", str(folder))]
    found: list[File] = []
    while waiting:
        above, path = waiting.pop()
        try:
            with os.scandir(path) as entries:
                for entry in entries:
                    name = entry.name
                    if name.startswith(_LEFT_ALONE):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append((f"{above}{name}/", entry.path))
                    elif entry.is_symlink():
                        found += _linked(above, entry, root)
                    elif name.casefold().endswith(_ENDING):
                        found.append(_file(f"{above}{name}", entry))
        except FileNotFoundError:
            continue  # it went while we looked
        except OSError as why:
            found.append(_closed(above, f"a folder that cannot be looked into ({reason(why)})"))
    return found


def overlooked_in(folder: Path, settings: Settings) -> Iterator[str]:
    """The files that may be minutes and are not read, for they do not end in `.md`; those under `exclude` are not meant."""
    for here, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(_LEFT_ALONE)]
        for name in files:
            stem, ending = os.path.splitext(name.casefold())
            below = Path(here, name).relative_to(folder).as_posix()
            is_meant = ending in OTHER_MARKDOWN or ending in DOCUMENTS
            is_left = name.startswith(_LEFT_ALONE) or stem in _PAGES
            if is_meant and not is_left and not any(_fits(below, glob) for glob in settings.exclude):
                yield below


def file_of(below: str, status: os.stat_result) -> File:
    """A file by what the system says of it; only of a regular one, its size."""
    size = status.st_size if stat.S_ISREG(status.st_mode) else -1
    return File(below, size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def _file(below: str, entry: "os.DirEntry[str]") -> File:
    try:
        status = entry.stat()
        if not status.st_ino:  # what a folder of Windows says is not all
            status = os.stat(entry.path)
        return file_of(below, status)
    except OSError:  # a link to nothing; whoever reads it says so
        return File(below, -1, -1, -1, -1)


def _linked(above: str, entry: "os.DirEntry[str]", root: str) -> Iterator[File]:
    """What a link stands for: a note below the root, or a note or folder of notes elsewhere, which is not read. What leads
    to a folder below the root leads to nothing new."""
    real, below = os.path.realpath(entry.path), f"{above}{entry.name}"
    is_note = entry.name.casefold().endswith(_ENDING)
    is_inside = real == root or real.startswith(root.rstrip(os.sep) + os.sep)
    if os.path.isdir(real):
        if not is_inside and _holds_notes(real):
            yield _closed(f"{below}/", _LEADS_OUT)
    elif is_note:
        yield _file(below, entry) if is_inside else _closed(below, _LEADS_OUT)


def _holds_notes(folder: str) -> bool:
    try:
        return any(name.casefold().endswith(_ENDING) for name in os.listdir(folder))
    except OSError:
        return False


def _closed(below: str, trouble: str) -> File:
    return File(below, -1, -1, -1, -1, trouble)


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _board(key: str, notes_beside: int, settings: Settings) -> str | None:
    """The folders that say who met: neither years and the like, nor a folder made for one note."""
    for glob, board in settings.boards.items():
        if _fits(f"{key}.md", glob) or _fits(key, glob):
            return board or None
    *folders, name = key.split("/")
    if folders and notes_beside == 1 and not _DATED.search(name):
        folders.pop()  # the folder was made for this one note; a dated note is rather the first of its board
    return "/".join(name for name in folders if not _WHEN_OR_WHAT.fullmatch(name)) or None
