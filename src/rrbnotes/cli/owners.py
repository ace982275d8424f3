"""`rrb owners`."""

import typer

from rrbnotes.cli.options import Boards, Format, Output
from rrbnotes.cli.run import Run


def owners(ctx: typer.Context, board: Boards = None, format: Format = None, output: Output = None) -> None:
    """List the owners, with what each still has to do."""
    from rrbnotes.cli import books, out
    from rrbnotes.views.names import boards
    from rrbnotes.views.owners import listing

    run: Run = ctx.obj
    out.check(run, format, output)
    book = books.open_book(run)
    wanted = boards(book, board or ())
    directories = {name: known for name, known in book.directories.items() if name in wanted}
    out.emit(run, listing(directories, books.stand(book, run.today)), format, output)
    run.repeat.is_sure = output is None
    books.close(run, book.diagnostics)
