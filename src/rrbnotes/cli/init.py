"""`rrb init`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rrbnotes.cli.run import Run

if TYPE_CHECKING:
    from rrbnotes.home import Home

Folder = Annotated[
    Path | None,
    typer.Argument(metavar="[FOLDER]", help="Which one; else where you are.", show_default=False),
]
Git = Annotated[bool, typer.Option("--git", help="Have git merge the register by ref and field.")]

Demo = Annotated[
    bool,
    typer.Option(
        "--demo", help="Write a board of eight meetings to try everything on, into an empty folder."
    ),
]


def init(ctx: typer.Context, folder: Folder = None, git: Git = False, demo: Demo = False) -> None:
    """Make a folder ready for notes, or say how those in it are read.

    Where settings could teach more, they are proposed.
    """
    run: Run = ctx.obj
    if folder:
        run = run._replace(directory=run.path(folder))
    if demo:
        _demo(run, git)
    else:
        _init(run, git, is_named=folder is not None)


def _demo(run: Run, git: bool) -> None:
    from rrbnotes.cli.demo import set_up
    from rrbnotes.errors import RrbError

    if git:
        raise RrbError("--demo goes alone; `rrb init --git` may follow it")
    set_up(run)


_TO_READ = "`rrb sync` writes the register, `rrb actions --open` lists what is outstanding"


def _init(run: Run, git: bool, is_named: bool) -> None:
    from rrbnotes.cli.git import set_up
    from rrbnotes.cli.given import make_folder
    from rrbnotes.cli.talk import answer, hint
    from rrbnotes.home import Home, find
    from rrbnotes.keeping.ledger import register_path
    from rrbnotes.keeping.overlooked import TO_BEGIN
    from rrbnotes.settings import Settings

    home = find(run.directory, run.config)
    if home and is_named and not _is_within(run.directory, home):
        home = None  # a board of its own, whoever has notes above
    if home is None:
        home = Home(run.directory, run.directory / Settings().notes, Settings())
        make_folder(home.notes, str(home.notes))
        then = TO_BEGIN
        lines = [f"{home.notes}: made; each meeting's note goes into it, such as 2019-09-09.md"]
    else:
        then, lines = _surveyed(run, home)
    if git:
        lines += set_up(register_path(home))
    answer(run, lines)
    hint(run, f"in {run.directory}: {then}" if is_named else then)


def _is_within(folder: Path, home: "Home") -> bool:
    """Whether a folder is where a board's notes are found, or one of these."""
    here = folder.resolve()
    return here == home.root.resolve() or here.is_relative_to(home.notes.resolve())


def _surveyed(run: Run, home: "Home") -> tuple[str, list[str]]:
    """What to do next; what the notes show, what there is besides, and the settings that it would take to read more of them."""
    from rrbnotes.keeping.overlooked import TO_BEGIN, overlooked
    from rrbnotes.notebook import survey
    from rrbnotes.views.surveys import found, proposed

    seen = survey(home.notes, home.root, home.settings)
    others = [kind.said for kind in overlooked(home, run.directory)]
    then = _TO_READ if seen.notes else TO_BEGIN
    return then, [f"{home.notes}: {found(seen)}", *others, *proposed(seen)]
