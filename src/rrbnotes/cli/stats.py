"""`rrb stats`."""

import typer

from rrbnotes.cli.options import AsAt, Boards, Format, Output
from rrbnotes.cli.run import Run


def stats(
    ctx: typer.Context, board: Boards = None, as_at: AsAt = None, format: Format = None, output: Output = None
) -> None:
    """Show the figures of each board: what is outstanding, how long it takes, how old it is, whose it is."""
    from rrbnotes.cli import books, out
    from rrbnotes.views.names import boards
    from rrbnotes.views.stats import stats as view

    run: Run = ctx.obj
    out.check(run, format, output)
    today = as_at or run.today
    book = books.open_book(run, as_at)
    gone = () if board else (action.board for action in book.register.actions)
    wanted = boards(book, board or ()).union(gone)
    answer = view(wanted, books.stand(book, today), book.meetings, today)
    out.emit(run, answer, format, output)
    run.repeat.is_sure = output is None
    books.close(run, book.diagnostics)
