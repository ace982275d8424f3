"""Which files are notes, and to which board each belongs."""

import os
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

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


def notes_in(folder: Path, shown_from: Path, settings: Settings, unsaved: Iterable[Path] = ()) -> list[Note]:
    """The notes below a folder, in order of their keys; `unsaved` are files that may not be on disk yet."""
    root = Path(os.path.abspath(folder))
    absolute = (Path(os.path.abspath(path)) for path in unsaved if path.suffix.casefold() == ".md")
    new = {folder / path.relative_to(root) for path in absolute if path.is_relative_to(root)}
    files = sorted({*_markdown(folder), *new}, key=lambda path: path.relative_to(folder).as_posix())
    in_folder = Counter(path.parent for path in files)
    found = []
    for path in files:
        below = path.relative_to(folder).as_posix()
        key = below[: -len(path.suffix)]
        stem = path.stem.casefold()
        is_alone = in_folder[path.parent] == 1 and stem in ("readme", "index")
        is_page = (stem in _PAGES or _TEMPLATE.search(stem) is not None) and not is_alone
        if not is_page and not any(fnmatchcase(below, glob) for glob in settings.exclude):
            board = _board(PurePosixPath(key), in_folder[path.parent], settings)
            found.append(Note(path, shown(path, shown_from), key, board))
    return found


def shown(path: Path, start: Path) -> str:
    """A path as seen from a folder, with `/`."""
    try:
        return Path(os.path.relpath(path, start)).as_posix()
    except ValueError:  # another drive of Windows
        return path.as_posix()


def board_of(key: str, keys: Collection[str], settings: Settings) -> str | None:
    """The board of a note that is not here, by its key and those of the notes that are."""
    folder = PurePosixPath(key).parent
    beside = sum(PurePosixPath(other).parent == folder for other in keys)
    return _board(PurePosixPath(key), beside + 1, settings)


def _markdown(folder: Path) -> Iterator[Path]:
    """The markdown files below a folder; hidden folders are left alone, and links that lead out of it."""
    root = folder.resolve()
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in files:
            path = Path(here, name)
            if (
                name.casefold().endswith(".md")
                and not name.startswith(".")
                and path.resolve().is_relative_to(root)
            ):
                yield path


def _board(key: PurePosixPath, notes_beside: int, settings: Settings) -> str | None:
    """The folders that say who met: neither years and the like, nor a folder made for one note."""
    for glob, board in settings.boards.items():
        if fnmatchcase(f"{key}.md", glob) or fnmatchcase(str(key), glob):
            return board or None
    folders = list(key.parts[:-1])
    if folders and notes_beside == 1 and not _DATED.search(key.name):
        folders.pop()  # the folder was made for this one note; a dated note is rather the first of its board
    return "/".join(name for name in folders if not _WHEN_OR_WHAT.fullmatch(name)) or None
