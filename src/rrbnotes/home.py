"""Where a board keeps its notes: found by its settings, or by a folder `notes`, here or above."""

import os
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rrbnotes.errors import RrbError
from rrbnotes.settings import Settings, read, settings_of

FILES = ("rrb.toml", "pyproject.toml")
"""Where settings stand; the first of one folder counts."""

_LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class Home:
    """Where a board keeps its notes, and how it wants them read."""

    root: Path
    """The folder that the settings' paths start from; nothing outside it is read as a note."""
    notes: Path
    settings: Settings


def locate(start: Path, config: Path | None = None) -> Home:
    """The notes of `start`: settings or a folder `notes`, here or above, as far as the top of a git checkout."""
    home = find(start, config)
    if home is None:
        raise RrbError(
            f"no folder 'notes' in {os.path.abspath(start)} or above; "
            'make one with `rrb init`, name another in rrb.toml (notes = "minutes"), or say where to look with -C DIR'
        )
    return home


def find(start: Path, config: Path | None = None) -> Home | None:
    """As `locate`, or None where there are no notes."""
    if config:
        return _home(config.parent, read(config, config.name), config.name)
    for folder in _upwards(start):
        home = _look(folder)
        if home:
            return home
        if (folder / Settings().notes).is_dir():  # a link that leads out
            if folder == Path(os.path.abspath(start)):
                raise _leads_out(folder / Settings().notes)
            return None  # somebody's above us, and no reason to refuse a board here
    return None


def _leads_out(notes: Path) -> RrbError:
    """Why the notes behind a link are not read, and how they can be."""
    there = shlex.quote(os.path.realpath(notes))
    todo = f'put a file rrb.toml with the line notes = "." there, and say -C {there}'
    return RrbError(f"{notes}: a link that leads out of {notes.parent}; {todo}")


def _upwards(start: Path) -> Iterator[Path]:
    folder = Path(os.path.abspath(start))  # not resolve(): a linked folder belongs where it stands
    for place in (folder, *folder.parents):
        yield place
        if (place / ".git").exists():
            return


def _look(folder: Path) -> Home | None:
    for name in FILES:
        values = read(folder / name, name) if (folder / name).is_file() else None
        if values is not None:
            return _home(folder, values, name)
    notes = folder / Settings().notes
    return Home(folder, notes, Settings()) if notes.is_dir() and is_inside(notes, folder) else None


def _is_name(words: str) -> bool:
    """Whether every system can have a folder of this name."""
    return words.isprintable() and all(len(part.encode()) <= _LONGEST_NAME for part in words.split("/"))


def is_inside(path: Path, folder: Path) -> bool:
    """Whether a path stays below a folder, links followed."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def _home(folder: Path, values: Mapping[str, object] | None, shown: str) -> Home:
    settings = settings_of(values or {}, shown)
    notes = folder / settings.notes
    if not _is_name(settings.notes):
        raise RrbError(f"{shown}: 'notes' is no name that a folder can have; name a folder beside {shown}")
    if not is_inside(notes, folder):
        if notes.is_symlink() and notes.is_dir():
            raise _leads_out(notes)
        raise RrbError(
            f"{shown}: notes = '{settings.notes}' leads out of the folder of {shown}; name a folder in it"
        )
    if not notes.is_dir():
        raise RrbError(f"{shown}: notes = '{settings.notes}': no such folder; make it, or name another")
    return Home(folder, notes, settings)
