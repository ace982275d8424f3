"""What `rrb init --demo` does: write the board of eight meetings that comes with the package. Imported when it runs."""

import os
import shlex
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from rrbnotes.cli.given import make_folder
from rrbnotes.cli.run import Run
from rrbnotes.cli.talk import answer, hint
from rrbnotes.cli.writing import NoteChange, save_notes
from rrbnotes.errors import RrbError
from rrbnotes.home import FILES, Home, find
from rrbnotes.quoting import count, listed
from rrbnotes.settings import Settings
from rrbnotes.shelf import shown

DAY = "2026-06-01"
"""The day on which the demo is to be looked at: between its seventh meeting and its eighth."""
_NEXT = (
    ("actions --open", "what is outstanding"),
    ("show 2025-12-04.3", "one action's life, meeting by meeting"),
    ("check", "what is wrong in the notes, on purpose"),
)
"""The first commands to try, and what each shows."""
_MOST_NAMED = 3


def set_up(run: Run) -> None:
    """Write the demo board into the folder of the run, in one step; raises where anything of a board is there."""
    home = Home(run.directory, run.directory / Settings().notes, Settings())
    _refuse(run, home)
    make_folder(home.root, str(home.root))
    changes = [NoteChange(shown(home.root / path, run.directory), None, text) for path, text in demo_files()]
    save_notes(run, home, "init --demo", changes)
    notes = sum(one.path.endswith(".md") for one in changes)
    others = listed([one.path for one in changes if not one.path.endswith(".md")])
    answer(
        run, [f"a demo board: {count(notes, 'note')} in {shown(home.notes, run.directory)}, with {others}"]
    )
    back = f"`{_rrb(run)} undo`"  # from here, where an undo alone may be another board's
    hint(run, f"its dates are fixed, so say --today {DAY}; try these, or take it all back by {back}:")
    commands = [f"{_rrb(run)} {words} --today {DAY}" for words, _ in _NEXT]
    width = max(map(len, commands))
    for command, (_, what) in zip(commands, _NEXT, strict=True):
        hint(run, f"  {command:{width}}  # {what}")


def demo_files() -> Iterator[tuple[str, str]]:
    """The texts of the demo by their paths below the folder that they are for, in the order of these."""
    yield from sorted(_below(files("rrbnotes").joinpath("demo"), ""))


def _below(folder: Traversable, path: str) -> Iterator[tuple[str, str]]:
    for one in folder.iterdir():
        if one.is_dir():
            yield from _below(one, f"{path}{one.name}/")
        else:
            yield f"{path}{one.name}", one.read_text(encoding="utf-8")


def _refuse(run: Run, home: Home) -> None:
    """Refuse a place that is a board's, or that would become part of one."""
    if run.config:
        raise RrbError("--demo brings settings of its own; leave --config out")
    todo = "name an empty folder or a new one: rrb init --demo FOLDER"
    there = list(_there(home))
    if there:
        raise RrbError(f"{listed(there)} in {os.path.abspath(home.root)}: there already; {todo}")
    board = find(home.root)
    if board is None:
        return
    here, theirs = home.root.resolve(), board.notes.resolve()
    if here.is_relative_to(theirs) or (here == board.root.resolve() and theirs != home.notes.resolve()):
        raise RrbError(
            f"{os.path.abspath(home.root)}: belongs to the board with its notes in {theirs}; {todo}"
        )


def _there(home: Home) -> Iterator[str]:
    """What of a board's own is in the folder: settings, and what is in the notes folder; one that is empty is nothing."""
    if os.path.lexists(home.root / FILES[0]):
        yield FILES[0]
    if home.notes.is_dir() and not home.notes.is_symlink():
        names = sorted(one.name for one in home.notes.iterdir())
        more = [count(len(names) - _MOST_NAMED, "other")] if len(names) > _MOST_NAMED else []
        if names:
            yield f"{home.notes.name} (with {listed([*names[:_MOST_NAMED], *more])})"
    elif os.path.lexists(home.notes):
        yield home.notes.name


def _rrb(run: Run) -> str:
    """The command, as it is to be typed from here."""
    return "rrb" if run.directory == Path() else f"rrb -C {shlex.quote(str(run.directory))}"
