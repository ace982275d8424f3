"""`rrb diff`."""

from typing import Annotated

import typer

from rrbnotes.cli import completing
from rrbnotes.cli.options import Board, Format, Output
from rrbnotes.cli.run import Run

First = Annotated[
    str | None,
    typer.Argument(
        metavar="[M1]",
        help="From this meeting: its key, the end of it, its date, or 'latest'. Without it the last two are compared.",
        autocompletion=completing.meetings,
        show_default=False,
    ),
]
Second = Annotated[
    str | None,
    typer.Argument(
        metavar="[M2]",
        help="To this one; else to the next one of the same board.",
        autocompletion=completing.meetings,
        show_default=False,
    ),
]


def diff(
    ctx: typer.Context,
    first: First = None,
    second: Second = None,
    board: Board = None,
    format: Format = None,
    output: Output = None,
) -> None:
    """Show what changed from one meeting to another.

    All that was said after the first up to and with the second counts, updates between meetings too.
    """
    from rrbnotes.cli import books, out
    from rrbnotes.views.diff import diff as changes
    from rrbnotes.views.span import span

    run: Run = ctx.obj
    out.check(run, format, output)
    book = books.open_book(run)
    wanted = span(book, first, second, board, run.today)
    out.emit(run, changes(book.register.actions, wanted, run.today), format, output)
    run.repeat.is_sure = output is None
    books.close(run, book.diagnostics)
