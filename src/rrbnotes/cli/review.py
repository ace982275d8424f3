"""`rrb review`."""

from typing import Annotated

import typer

from rrbnotes.cli import completing
from rrbnotes.cli.options import Board
from rrbnotes.cli.run import Run

Meeting = Annotated[
    str | None,
    typer.Argument(
        metavar="[MEETING]",
        help="Whose note takes the answers; else the draft of the coming one.",
        autocompletion=completing.meetings,
        show_default=False,
    ),
]
Owner = Annotated[
    list[str] | None,
    typer.Option(
        "--owner",
        metavar="O",
        help="Only those of O; repeatable.",
        autocompletion=completing.owners,
        show_default=False,
    ),
]
Between = Annotated[
    bool, typer.Option("--between", help="Keep the answers in the register, as said between meetings.")
]
All = Annotated[bool, typer.Option("--all", help="Also those that were answered already.")]


def review(
    ctx: typer.Context,
    meeting: Meeting = None,
    board: Board = None,
    owner: Owner = None,
    between: Between = False,
    all: All = False,
) -> None:
    """Go through the outstanding actions one by one, on a terminal.

    One key says how an action stands; `d` gives it a new date and `w` a new owner. For a note it goes through the rows of its
    table, those too that were finished between meetings and wait for the board to agree. Each answer is saved at once, so a
    review can be left and gone on with at any time; `rrb undo` takes back answer by answer.
    """
    from rrbnotes.cli import keys
    from rrbnotes.cli.clerk import Clerk
    from rrbnotes.cli.reviewing import Session
    from rrbnotes.errors import RrbError
    from rrbnotes.home import locate
    from rrbnotes.views.review import begun
    from rrbnotes.views.review_list import aim, to_review

    run: Run = ctx.obj
    if meeting and between:
        raise RrbError(
            "--between is for answers outside of meetings; name a meeting or say --between, not both"
        )
    keys.check("rrb review", "`rrb update REF… STATUS` and `rrb update --from FILE` need none")
    clerk = Clerk(run, locate(run.directory, run.config))
    target = aim(clerk.book, meeting, board, between, clerk.rows, run.today)
    items = to_review(clerk.book, target, owner or (), clerk.answers(target), all, run.today)
    Session(clerk, target, begun(items, target.note is not None, target.why)).hold()
