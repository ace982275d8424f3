"""`rrb show`."""

from typing import Annotated

import typer

from rrbnotes.cli import completing
from rrbnotes.cli.options import AsAt, Format, Output
from rrbnotes.cli.run import Run

Ref = Annotated[
    str,
    typer.Argument(
        metavar="REF",
        help="The action's ref, the end of it, or the board's own number.",
        autocompletion=completing.refs,
    ),
]


def show(
    ctx: typer.Context, ref: Ref, as_at: AsAt = None, format: Format = None, output: Output = None
) -> None:
    """Show the life of one action, meeting by meeting."""
    from rrbnotes.cli import books, out
    from rrbnotes.views.life import life
    from rrbnotes.views.meetings import meeting_records
    from rrbnotes.views.names import action

    run: Run = ctx.obj
    out.check(run, format, output)
    book = books.open_book(run, as_at)
    wanted = action(book, ref)
    today = as_at or run.today
    entry = next(entry for entry in books.stand(book, today) if entry.action is wanted)
    answer = life(
        entry,
        book.meetings,
        book.register.proposals,
        beside=lambda: (meeting_records(book.meetings, book.register.actions, today),),
    )
    out.emit(run, answer, format, output)
    run.repeat.is_sure = output is None
    books.close(run, book.diagnostics)
