"""`rrb init`."""

from typing import TYPE_CHECKING, Annotated

import typer

from rrbnotes.cli.run import Run

if TYPE_CHECKING:
    from rrbnotes.home import Home

Git = Annotated[bool, typer.Option("--git", help="Have git merge the register by ref and field.")]

Demo = Annotated[
    bool,
    typer.Option(
        "--demo", help="Write a board of eight meetings to try everything on, into an empty folder."
    ),
]


def init(ctx: typer.Context, git: Git = False, demo: Demo = False) -> None:
    """Make a folder ready for notes, or say how those in it are read.

    Where settings could teach more, they are proposed.
    """
    if demo:
        _demo(ctx.obj, git)
    else:
        _init(ctx.obj, git)


def _demo(run: Run, git: bool) -> None:
    from rrbnotes.cli.demo import set_up
    from rrbnotes.errors import RrbError

    if git:
        raise RrbError("--demo goes alone; `rrb init --git` may follow it")
    set_up(run)


def _init(run: Run, git: bool) -> None:
    from rrbnotes.cli.desk import answer, hint
    from rrbnotes.cli.git import set_up
    from rrbnotes.errors import WriteError, cannot_be
    from rrbnotes.home import Home, find
    from rrbnotes.keeping.ledger import register_path
    from rrbnotes.settings import Settings

    home = find(run.directory, run.config)
    lines = []
    if home is None:
        home = Home(run.directory, run.directory / Settings().notes, Settings())
        try:
            home.notes.mkdir()
        except OSError as why:
            raise WriteError(f"{home.notes}: {cannot_be('made', why)}") from why
        lines.append(f"{home.notes}: made; each meeting's note goes into it, such as 2019-09-09.md")
    else:
        lines += _surveyed(home)
    if git:
        lines += set_up(register_path(home))
    answer(run, lines)
    hint(run, "`rrb sync` writes the register, `rrb actions --open` lists what is outstanding")


def _surveyed(home: "Home") -> list[str]:
    """What the notes show, and the settings that it would take to read more of them."""
    from rrbnotes.notebook import survey
    from rrbnotes.views.surveys import found, proposed

    seen = survey(home.notes, home.root, home.settings)
    return [f"{home.notes}: {found(seen)}", *proposed(seen)]
