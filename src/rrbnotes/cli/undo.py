"""`rrb undo`."""

from typing import TYPE_CHECKING, Annotated

import typer

from rrbnotes.cli.options import Dry, Format, Output
from rrbnotes.cli.run import Run

if TYPE_CHECKING:
    from rrbnotes.settings import Home
    from rrbnotes.store.session import Store

Number = Annotated[
    str | None,
    typer.Argument(metavar="[NO.]", help="Of the command, by --list; else the latest.", show_default=False),
]
Listed = Annotated[bool, typer.Option("--list", help="List the commands that wrote, newest first.")]


def undo(
    ctx: typer.Context,
    number: Number = None,
    listed: Listed = False,
    dry: Dry = False,
    format: Format = None,
    output: Output = None,
) -> None:
    """Take back the last command that wrote.

    An undo can be undone too. What others have changed since stays. Where both changed the same value, nothing is undone, and it is said.
    """
    from rrbnotes.cli import out
    from rrbnotes.cli.desk import durable
    from rrbnotes.errors import RrbError
    from rrbnotes.settings import locate
    from rrbnotes.store.disk import DISK
    from rrbnotes.store.journal import read_journal
    from rrbnotes.store.session import Store, locked
    from rrbnotes.views.commands import listing

    run: Run = ctx.obj
    out.check(run, format, output)
    home = locate(run.directory, run.config)
    journal = read_journal(home.root)
    if listed:
        out.emit(run, listing(journal), format, output)
    elif not journal.entries:
        raise RrbError("there is nothing to undo: no command has written here yet")
    elif dry:
        _take_back(run, home, Store(home.root, DISK, durable=False), number, dry=True)
    else:
        with locked(home.root, command="rrb undo", durable=durable()) as store:
            _take_back(run, home, store, number, dry=False)


def _take_back(run: Run, home: "Home", store: "Store", number: str | None, dry: bool) -> None:
    """Give the files of a command their former texts, and say what that means for the actions."""
    from rrbnotes.cli.desk import answer, hint, now
    from rrbnotes.cli.talk import put, say
    from rrbnotes.keeping.ledger import register_path
    from rrbnotes.keeping.merging import merge_bytes
    from rrbnotes.store.journal import read_journal
    from rrbnotes.store.undo import former_texts, to_undo
    from rrbnotes.views import changes as view

    journal = read_journal(store.root, store.disk)
    entry = to_undo(journal, number)
    path = register_path(home)
    texts = former_texts(store, journal, entry, {path: merge_bytes})
    before, after = store.read(path), texts.get(path)
    lines = [f"{'would be undone' if dry else 'undone'}: {entry.command}"]
    if path in texts:
        lines += _told(before, after)
    if dry:
        put(view.difference(path.name, *((data or b"").decode(errors="replace") for data in (before, after))))
        answer(run, lines)
        hint(run, "nothing was written")
        return
    saved = store.commit(f"undo {entry.id}: {entry.command}", texts, now=now(), undoes=entry.id)
    for warning in (*journal.warnings, *saved.warnings):
        say(f"rrb: {warning}")
    answer(
        run,
        lines if saved.written else [*lines, "nothing changes: its files have their former texts already"],
    )
    if saved.written and saved.entry:
        hint(run, f"`rrb undo {saved.entry.id}` brings it back")


def _told(before: bytes | None, after: bytes | None) -> list[str]:
    """What becomes of the actions, where both texts can be read: one that was damaged may well come back."""
    from rrbnotes.errors import RrbError
    from rrbnotes.keeping.ledger import records_in
    from rrbnotes.views.changes import reverted

    try:
        return list(reverted(records_in(before), records_in(after)))
    except RrbError as why:
        return [f"one of the two texts cannot be read: {why}"]
