"""`rrb` without a command: how things stand and what to do next; where there are no notes, how to begin."""

import os

import typer

from rrbnotes.cli.run import Run
from rrbnotes.cli.talk import put, put_lines

_BEGIN = (
    "",
    "No notes are here or above. `rrb init` makes a folder for them,",
    "`rrb init --demo` a board to try everything on; -C DIR says where else to look.",
    "`rrb help tutorial` begins at the beginning.",
)
_MORE = "`rrb --help` lists the commands, `rrb help` the manual"
_FIRST_STEPS = "`rrb help tutorial` begins at the beginning, `rrb --help` lists the commands"


def show(ctx: typer.Context) -> None:
    """Say it; the options are those of all commands."""
    from rrbnotes.cli import books
    from rrbnotes.home import find
    from rrbnotes.views.overview import overview

    run: Run = ctx.obj
    home = find(run.directory, run.config)
    if home is None:
        put(f"{ctx.get_help()}\n")
        put_lines(_BEGIN)
        return
    book = books.open_book(run)
    if not (book.meetings or book.diagnostics):  # and that, with what to do, is said already
        put_lines([] if run.quiet else [_FIRST_STEPS])
        return
    is_above = os.path.abspath(home.root) != os.path.abspath(run.directory)
    put_lines([f"about the notes in {os.path.abspath(home.notes)}"] if is_above else [])
    put_lines([*overview(book, books.stand(book, run.today), run.today), *([] if run.quiet else ["", _MORE])])
    books.close(run, book.diagnostics)
