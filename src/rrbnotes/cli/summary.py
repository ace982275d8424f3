"""`rrb summary`."""

from typing import Annotated

import typer

from rrbnotes.cli import completing
from rrbnotes.cli.options import Board, Output, choice
from rrbnotes.cli.papers import PaperFormat
from rrbnotes.cli.run import Run

_ORDERS = dict.fromkeys(("owner", "item", "due"))
MeetingWord = Annotated[
    str | None,
    typer.Argument(
        metavar="[MEETING]",
        help="Its key, the end of one, or its date; else the latest that agreed any action.",
        autocompletion=completing.meetings,
        show_default=False,
    ),
]
By = Annotated[str | None, choice("--by", _ORDERS, "Else in the order of the discussion.")]
Write = Annotated[
    bool, typer.Option("--write", help="Put it into the meeting's note, between markers of its own.")
]
Check = Annotated[
    bool,
    typer.Option(
        "--check",
        help="Exit with 1 where the summary in a note is not up to date; without MEETING look at all.",
    ),
]
Adopt = Annotated[
    bool, typer.Option("--adopt", help="Also take the place of a summary in the note that people wrote.")
]
For = Annotated[
    str | None,
    choice(
        "--for",
        {"chair": ""},
        "One page of what is overdue, was put off or left unsaid, or waits to be agreed.",
    ),
]


def summary(
    ctx: typer.Context,
    meeting: MeetingWord = None,
    by: By = None,
    format: PaperFormat = None,
    output: Output = None,
    write: Write = False,
    check: Check = False,
    adopt: Adopt = False,
    for_: For = None,
    board: Board = None,
) -> None:
    """Give a meeting's action summary, or put it into its note.

    Each action as the meeting left it, in the words `OWNER to ACTION`, with its deadline and its ref.
    """
    from rrbnotes.cli import summarising
    from rrbnotes.errors import RrbError

    run: Run = ctx.obj
    if check and (write or adopt):
        raise RrbError(f"--check only looks; leave it away, or {'--write' if write else '--adopt'}")
    wish = summarising.Wish(meeting, board, by, format, output, for_ is not None)
    if write or adopt or check:
        raise typer.Exit(summarising.keep(run, wish, check=check, adopt=adopt))
    summarising.show(run, wish)
