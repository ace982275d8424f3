"""`rrb report`."""

import sys

import typer

from rrbnotes.cli.options import AsAt, Boards, Output
from rrbnotes.cli.run import Run
from rrbnotes.errors import RrbError

_ENDINGS = ("", ".html", ".htm")


def report(ctx: typer.Context, board: Boards = None, as_at: AsAt = None, output: Output = None) -> None:
    """Write one HTML page for the board: what is outstanding, overdue, rolled over and closed, and how it went.

    The page needs no network and no other file; it can be mailed, put on a website and printed as a paper.
    """
    if output is None and sys.stdout.isatty():
        raise RrbError(
            "a page of HTML is for a browser, not for a terminal; name a file: --output report.html"
        )
    from rrbnotes.cli import books, out
    from rrbnotes.cli.talk import put, say_written, suggest
    from rrbnotes.render.html.page import write
    from rrbnotes.views.board_report.build import board_report
    from rrbnotes.views.names import boards

    run: Run = ctx.obj
    if output:
        out.refuse_notes(run, "--output", output)
        if output.suffix.casefold() not in _ENDINGS:
            raise RrbError(f"--output {output}: the report is a page; give the file the ending .html")
    book, today = books.open_book(run, as_at), as_at or run.today
    page = write(board_report(book, books.stand(book, today), boards(book, board or ()), today))
    if output:
        out.write_file(run, "--output", output, page)
        say_written(run, output)
        suggest(run, f"open {output} in a browser; it can be mailed and printed as it is")
    else:
        put(page)
    books.close(run, book.diagnostics)
