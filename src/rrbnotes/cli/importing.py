"""What `rrb import` does: read the files, name their notes, write them in one step. Commands import it when they run."""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath

from rrbnotes.british import long_day
from rrbnotes.cli.run import Run
from rrbnotes.cli.talk import answer, hint, put_verbatim, warn
from rrbnotes.cli.writing import NoteChange, save_notes
from rrbnotes.errors import RrbError
from rrbnotes.filenames import fits_everywhere
from rrbnotes.home import Home, find, is_inside
from rrbnotes.importing.notes import Imported, imported
from rrbnotes.model import Kind, Meeting
from rrbnotes.quoting import count, listed
from rrbnotes.shelf import notes_in, shown
from rrbnotes.single import Parsed, parse
from rrbnotes.spelling import slashed

_MOST_NAMED = 3


def bring_in(run: Run, files: Sequence[Path], to: str | None, board: str | None, dry: bool) -> None:
    """Import files; nothing is written unless all of them can be."""
    home = find(run.directory, run.config)
    if home is None:
        raise RrbError("no folder 'notes' here or above; `rrb init` makes one")
    if to and (len(files) > 1 or board):
        raise RrbError("--to names one note; give one FILE, and no --board")
    read = [(file, imported(run.path(file), str(file), home, run.today)) for file in files]
    targets: dict[Path, Imported] = {}
    there: set[Path] = set()  # an earlier run was ended before it had all of them
    for file, one in read:
        path = _named(run, home, to) if to else _dated(home, file, one, board)
        if len(files) > 1 and _says(path, one):
            there.add(path)
        _refuse(run, home, path, file, path in targets, path in there)
        targets[path] = one
    if dry:
        for path, one in targets.items():
            put_verbatim(one.text)
            hint(run, f"{shown(path, run.directory)}: {_told(one.meeting)}; nothing was written")
            _talk(run, one)
        return
    new = {path: one for path, one in targets.items() if path not in there}
    if not new:
        raise RrbError(f"{_names(files)}: their notes are there already, word for word; nothing was written")
    changes = [NoteChange(shown(path, run.directory), None, one.text) for path, one in new.items()]
    save_notes(run, home, f"import {_names(files)}", changes)
    for path, one in targets.items():
        again = parse(path, home.notes, run.directory, home.settings)
        meeting = again.meeting if isinstance(again, Parsed) else one.meeting
        answer(run, [f"{shown(path, run.directory)}: {_told(meeting)}"])
        _talk(run, one)
    names = " ".join(shown(path, run.directory) for path in targets)
    hint(run, f"`rrb check {names}` names what is left to mend; `rrb undo` takes the import back")


def _dated(home: Home, file: Path, one: Imported, board: str | None) -> Path:
    """The place of a note by its meeting's date."""
    if one.meeting.date is None:
        raise RrbError(
            f"{file}: no date of the meeting is read in it; say what its note is to be called: --to 2019-09-09"
        )
    return home.notes / _folder(home, board) / f"{one.meeting.date.isoformat()}.md"


def _folder(home: Home, board: str | None) -> Path:
    """The folder of a board: the one that is there in whatever case, else a new one."""
    if not board:
        return Path()
    parts = _parts(board, f"--board {board}")
    folder = Path()
    for part in parts:
        here = home.notes / folder
        there = [one.name for one in here.iterdir() if one.is_dir()] if here.is_dir() else []
        folder /= next((name for name in there if name.casefold() == part.casefold()), part)
    return folder


def _named(run: Run, home: Home, to: str) -> Path:
    """The place of a note by its key, or by its path where that leads into the notes folder."""
    path = Path(os.path.abspath(run.path(Path(to))))  # as the notes folder's: links stay as they stand
    here = Path(os.path.abspath(home.notes))
    if not is_inside(path, home.notes):
        path = home.notes.joinpath(*_parts(to, f"--to {to}"))
    elif path.is_relative_to(here):
        _checked(path.relative_to(here).parts, f"--to {to}")
    return path if path.suffix.casefold() == ".md" else path.with_name(f"{path.name}.md")


def _parts(words: str, option: str) -> tuple[str, ...]:
    """The names in a path below the notes folder."""
    return _checked(PurePosixPath(slashed(words)).parts, option)


def _checked(parts: tuple[str, ...], option: str) -> tuple[str, ...]:
    if not parts or not all(map(fits_everywhere, parts)):
        raise RrbError(
            f"{option} leads out of the notes folder, or is no name that every system can have; name it as board/2026-03-12"
        )
    return parts


def _says(path: Path, one: Imported) -> bool:
    """Whether a note is there already, word for word."""
    with suppress(OSError):
        return not path.is_symlink() and path.read_bytes() == one.text.encode()
    return False


def _refuse(run: Run, home: Home, path: Path, file: Path, is_twice: bool, may_be_there: bool) -> None:
    """Refuse a place that is taken, or where no note would be seen."""
    name = shown(path, run.directory)
    if not is_inside(path, home.notes):
        raise RrbError(f"{name} is not in the notes folder; name a note in it")
    if is_twice:
        raise RrbError(f"{file}: another file of these is of the same day ({name}); import it with --to")
    if not may_be_there and (path.exists() or path.is_symlink()):
        raise RrbError(
            f"{file}: its note is there already: {name}; name another with --to, or move that one away"
        )
    seen = {one.path for one in notes_in(home.notes, run.directory, home.settings, [path])}
    if path not in seen:
        raise RrbError(f"{name} would not be read as a note; name another with --to")


def _told(meeting: Meeting) -> str:
    """What was read, in a line."""
    return ", ".join(_facts(meeting))


def _facts(meeting: Meeting) -> Iterator[str]:
    kinds = [mention.kind for mention in meeting.mentions]
    yield count(kinds.count(Kind.RAISED), "action")
    if Kind.REPORTED in kinds:
        yield f"{kinds.count(Kind.REPORTED)} reported of earlier meetings"
    yield f"{len(meeting.attended)} present"
    following = meeting.next_meeting
    yield f"next meeting {long_day(following.date)}" if following and following.date else "no next meeting"


def _talk(run: Run, one: Imported) -> None:
    """What whoever imports should know of it; that a date was read is part of the name."""
    warn(*one.remarks)
    if one.pictures:
        left_out = "picture left out" if one.pictures == 1 else "pictures left out"
        hint(run, f"[{one.pictures} {left_out}]")


def _names(files: Sequence[Path]) -> str:
    """The files, for the list of commands that can be undone."""
    names = [file.name for file in files]
    more = len(names) - _MOST_NAMED
    return listed([*names[:_MOST_NAMED], count(more, "other")] if more > 0 else names)
