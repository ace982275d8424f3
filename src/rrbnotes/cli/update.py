"""`rrb update`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from rrbnotes.cli import completing
from rrbnotes.cli.options import Dry, Due, On, Owners, Reason
from rrbnotes.cli.run import Run

Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="REF… STATUS",
        help="Refs, then the new status: its name, a synonym, or the start of one.",
        autocompletion=completing.refs_then_status,
    ),
]
Sheet = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="FILE",
        help="Rows of ref, status, new date, reason: CSV; or a text, a mail, a docx, html or xlsx with such a table in it; - is standard input.",
    ),
]


def update(
    ctx: typer.Context,
    words: Words = None,
    reason: Reason = "",
    on: On = None,
    due: Due = None,
    owner: Owners = None,
    sheet: Sheet = None,
    dry: Dry = False,
) -> None:
    """Say how actions stand, between meetings.

    `rrb update 2019-09-09.3 2019-09-09.5 complete -m "sent"`; the status may be left out where only the date or the owner
    changes. A finish is for agreement until a later note mentions the action. Notes are never changed.
    """
    from rrbnotes.cli.desk import at_desk
    from rrbnotes.errors import RrbError
    from rrbnotes.keeping.saying import says_nothing, told
    from rrbnotes.views import words as view

    run: Run = ctx.obj
    if bool(words) is bool(sheet):
        raise RrbError(
            "say either REF… STATUS, or --from FILE with a row for each; `rrb update --help` shows how"
        )
    if sheet and (reason or due or owner):
        raise RrbError("-m, --due and --owner go with refs; a sheet has a reason and a new date in each row")
    day, reason = on or run.today, " ".join(reason.split())
    rows = _sheet(run, sheet) if sheet else None
    with at_desk(run, "update", dry=dry) as desk:
        synced = desk.synced()
        book = desk.ledger.book
        if rows is None:
            said = view.spoken(book, words or [], reason, due, owner or [], day)
        else:
            said = view.replied(book, rows, sheet or "", day, _tables)
        before = {action.ref: action for action in book.register.actions}
        news = {ref: word for ref, word in said.items() if not says_nothing(word, before[ref])}
        ledger = desk.ledger.with_records(told(book.register.actions, news, day, run.today))
        outcome = view.outcome(before, ledger.book.register.actions, said)
        desk.finish(ledger, synced, outcome, view.command(news, sheet))


def _tables(data: bytes) -> list[list[list[str]]]:
    """What stands in the tables of a file that is no text."""
    from rrbnotes.importing.tables import tables  # only where one comes back

    return tables(data)


def _sheet(run: Run, sheet: str) -> bytes:
    """The bytes of a sheet, read before the lock is taken: a person may still be typing them."""
    from rrbnotes.cli.given import bytes_of

    return sys.stdin.buffer.read() if sheet == "-" else bytes_of(run, Path(sheet))
