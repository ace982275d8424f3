"""`rrb parse`."""

from pathlib import Path
from typing import Annotated

import typer

from rrbnotes.cli.options import Format, Output
from rrbnotes.cli.run import Run

Notes = Annotated[
    list[Path],
    typer.Argument(
        metavar="NOTE...",
        help="Meetings: the key, the end of it, the date, or 'latest'; or markdown files, from anywhere.",
    ),
]
Explain = Annotated[
    bool, typer.Option("--explain", help="Every place that was looked at, and why it is an action or not.")
]


def parse(
    ctx: typer.Context, notes: Notes, explain: Explain = False, format: Format = None, output: Output = None
) -> None:
    """Show what is read in a note, mention by mention."""
    from rrbnotes.cli import books, out
    from rrbnotes.cli.parsing import read
    from rrbnotes.views.notes import listing

    run: Run = ctx.obj
    out.check(run, format, output)
    parsed, diagnostics = read(run, notes)
    out.emit(run, listing(parsed, explain, run.today), format, output)
    books.close(run, diagnostics)
