"""Which files are notes, and to which board each belongs."""

import os
import re
import stat
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from rrbnotes.settings import Settings


@dataclass(frozen=True, slots=True)
class Note:
    """A file to be read as a note."""

    path: Path
    shown: str
    """Its path as messages print it."""
    key: str
    """Its path below the notes folder without `.md`."""
    board: str | None

    @property
    def below(self) -> str:
        """Its path below the notes folder."""
        return self.key + self.path.suffix


_ENDING = ".md"
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


def notes_in(folder: Path, shown_from: Path, settings: Settings, unsaved: Iterable[Path] = ()) -> list[Note]:
    """The notes below a folder, in order of their keys; `unsaved` are files that may not be on disk yet."""
    root = Path(os.path.abspath(folder))
    absolute = (Path(os.path.abspath(path)) for path in unsaved if path.suffix.casefold() == ".md")
    new = {path.relative_to(root).as_posix() for path in absolute if path.is_relative_to(root)}
    files = sorted({*(file.below for file in files_in(folder)), *new})
    in_folder = Counter(map(_folder, files))
    above = shown(folder, shown_from)
    prefix = "" if above == "." else f"{above}/"
    found = []
    for below in files:
        key, stem = below[: -len(_ENDING)], _name(below)[: -len(_ENDING)].casefold()
        beside = in_folder[_folder(below)]
        is_alone = beside == 1 and stem in ("readme", "index")
        is_page = (stem in _PAGES or _TEMPLATE.search(stem) is not None) and not is_alone
        if not is_page and not any(fnmatchcase(below, glob) for glob in settings.exclude):
            found.append(Note(folder / below, prefix + below, key, _board(key, beside, settings)))
    return found


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
    """The markdown files below a folder, in no order; hidden folders are left alone, and links that lead out of it."""
    root, found, waiting = os.path.realpath(folder), [], [("", str(folder))]
    while waiting:
        above, path = waiting.pop()
        try:
            with os.scandir(path) as entries:
                for entry in entries:
                    name = entry.name
                    if name.startswith("."):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append((f"{above}{name}/", entry.path))
                    elif name.casefold().endswith(_ENDING) and _is_inside(entry, root):
                        found.append(_file(f"{above}{name}", entry))
        except OSError:
            continue  # as of a folder that may not be looked into: its notes are not here
    return found


def file_of(below: str, status: os.stat_result) -> File:
    """A file by what the system says of it; only of a regular one, its size."""
    size = status.st_size if stat.S_ISREG(status.st_mode) else -1
    return File(below, size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def _file(below: str, entry: "os.DirEntry[str]") -> File:
    try:
        return file_of(below, entry.stat())
    except OSError:  # a link to nothing; whoever reads it says so
        return File(below, -1, -1, -1, -1)


def _is_inside(entry: "os.DirEntry[str]", root: str) -> bool:
    """Whether a file is where it seems to be, or is a link to one below the root; no folder is one."""
    if not entry.is_symlink():
        return True
    real = os.path.realpath(entry.path)
    return not os.path.isdir(real) and (real == root or real.startswith(root.rstrip(os.sep) + os.sep))


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _board(key: str, notes_beside: int, settings: Settings) -> str | None:
    """The folders that say who met: neither years and the like, nor a folder made for one note."""
    for glob, board in settings.boards.items():
        if fnmatchcase(f"{key}.md", glob) or fnmatchcase(key, glob):
            return board or None
    *folders, name = key.split("/")
    if folders and notes_beside == 1 and not _DATED.search(name):
        folders.pop()  # the folder was made for this one note; a dated note is rather the first of its board
    return "/".join(name for name in folders if not _WHEN_OR_WHAT.fullmatch(name)) or None
