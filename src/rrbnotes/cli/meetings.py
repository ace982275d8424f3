"""`rrb meetings`."""

import typer

from rrbnotes.cli.options import Boards, Format, Output
from rrbnotes.cli.run import Run


def meetings(ctx: typer.Context, board: Boards = None, format: Format = None, output: Output = None) -> None:
    """List the meetings with their counts."""
    from rrbnotes.cli import books, out
    from rrbnotes.views.meetings import listing
    from rrbnotes.views.names import boards

    run: Run = ctx.obj
    out.check(run, format, output)
    book = books.open_book(run)
    wanted = boards(book, board or ())
    held = tuple(meeting for meeting in book.meetings if meeting.board in wanted)
    out.emit(run, listing(held, book.register.actions, run.today), format, output)
    run.repeat.is_sure = output is None
    books.close(run, book.diagnostics)
