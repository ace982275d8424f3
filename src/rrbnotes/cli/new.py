"""`rrb new`."""

from typing import Annotated

import typer

from rrbnotes.cli.run import Run

Which = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[BOARD/]DATE",
        help="The day of the meeting; else the one that the latest note announces.",
        show_default=False,
    ),
]
DryRun = Annotated[bool, typer.Option("-n", "--dry-run", help="Show the note, and write nothing.")]
PrintTemplate = Annotated[
    bool,
    typer.Option(
        "--print-template",
        help="Show the template; `template.md` in the notes folder, or in a board's, replaces it.",
    ),
]


def new(
    ctx: typer.Context, which: Which = None, dry: DryRun = False, print_template: PrintTemplate = False
) -> None:
    """Begin the note of the next meeting, or bring its table of earlier actions up to date.

    Attendance and agenda come from the last notes, and all that is outstanding stands in a table to be filled in. Run
    again, only that table changes, and what was typed into it stays.
    """
    from rrbnotes.cli import beginning

    run: Run = ctx.obj
    words = " ".join(which or ())  # `6 July 2026` needs no quotation marks
    if print_template:
        beginning.show_template()
    else:
        beginning.begin(run, words, dry)
