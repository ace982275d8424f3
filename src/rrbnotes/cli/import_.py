"""`rrb import`."""

from pathlib import Path
from typing import Annotated

import typer

from rrbnotes.cli import completing
from rrbnotes.cli.run import Run

Files = Annotated[
    list[Path],
    typer.Argument(metavar="FILE...", help="Minutes: .docx, .html, .pdf or .txt.", show_default=False),
]
To = Annotated[
    str | None,
    typer.Option(
        "--to", metavar="NOTE", help="The new note's name, such as lcrb/2019-09-09; else by its date."
    ),
]
Board = Annotated[
    str | None,
    typer.Option(
        "--board",
        metavar="B",
        help="Put it into the folder of board B.",
        autocompletion=completing.boards,
        show_default=False,
    ),
]
Dry = Annotated[bool, typer.Option("-n", "--dry-run", help="Show the note, and write nothing.")]


def import_(ctx: typer.Context, files: Files, to: To = None, board: Board = None, dry: Dry = False) -> None:
    """Make notes of minutes that came as Word, HTML, PDF or plain text.

    Headings, lists, tables, bold words and links stay; pictures, comments, headers and footers do not. Of tracked changes the
    deleted text goes, the inserted stays. What is left to mend, `rrb check` names.
    """
    from rrbnotes.cli.importing import bring_in

    run: Run = ctx.obj
    bring_in(run, files, to, board, dry)


import_.__name__ = "import"  # the command's name, which no function can be defined with
