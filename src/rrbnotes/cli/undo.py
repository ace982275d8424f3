"""`rrb undo`."""

from typing import Annotated

import typer

from rrbnotes.cli.options import Dry, Format, Output
from rrbnotes.cli.run import Run

Number = Annotated[
    str | None,
    typer.Argument(metavar="[NO.]", help="Of the command, by --list; else the latest.", show_default=False),
]
Listed = Annotated[bool, typer.Option("--list", help="List the commands that wrote, newest first.")]


def undo(
    ctx: typer.Context,
    number: Number = None,
    listed: Listed = False,
    dry: Dry = False,
    format: Format = None,
    output: Output = None,
) -> None:
    """Take back the last command that wrote.

    An undo can be undone too. What others have changed since stays. Where both changed the same value, nothing
    is undone, and it is said.
    """
    from rrbnotes.cli import out
    from rrbnotes.cli.desk import hold
    from rrbnotes.cli.taking_back import take_back
    from rrbnotes.errors import RrbError
    from rrbnotes.home import locate
    from rrbnotes.store.disk import DISK
    from rrbnotes.store.journal import read_journal
    from rrbnotes.store.session import Store
    from rrbnotes.views.commands import listing

    run: Run = ctx.obj
    out.check(run, format, output)
    home = locate(run.directory, run.config)
    journal = read_journal(home.root)
    if listed:
        out.emit(run, listing(journal), format, output)
    elif not journal.entries:
        raise RrbError("there is nothing to undo; no command has written here yet")
    elif dry:
        take_back(run, home, Store(home.root, DISK, durable=False), number, dry=True)
    else:
        with hold(run, home, "undo") as store:
            take_back(run, home, store, number, dry=False)
