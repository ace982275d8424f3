"""`rrb add`."""

from typing import Annotated

import typer

from rrbnotes.cli.options import Board, Dry, Due, On, Owners
from rrbnotes.cli.run import Run

Words = Annotated[
    list[str], typer.Argument(metavar="ACTION", help="What is to be done, as a note would say it.")
]


def add(
    ctx: typer.Context,
    words: Words,
    owner: Owners = None,
    due: Due = None,
    on: On = None,
    board: Board = None,
    dry: Dry = False,
) -> None:
    """Add an action agreed between meetings.

    `rrb add "MOPAC to share the plan by 10 March"`: owner and date are read as in a note, unless options say them.
    """
    from rrbnotes.cli.desk import at_desk
    from rrbnotes.keeping.saying import added, has_come
    from rrbnotes.views import words as view
    from rrbnotes.views.names import the_board

    run: Run = ctx.obj
    day = on or run.today
    with at_desk(run, "add", dry=dry) as desk:
        synced = desk.synced()
        book = desk.ledger.book
        has_come(day, run.today)
        new = added(book, " ".join(words), owner or [], due, the_board(book, board), day)
        ledger = desk.ledger.with_records([*book.register.actions, new])
        desk.finish(ledger, synced, view.welcome(new, book.register.actions), f"add {new.ref}")
