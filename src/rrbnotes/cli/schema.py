"""`rrb schema`."""

from typing import Annotated

import typer

from rrbnotes.cli import completing
from rrbnotes.cli.run import Run

NAMES = (
    "settings register actions show meetings owners diff stats parse summary chase check rules undo".split()
)
Name = Annotated[
    str,
    typer.Argument(
        metavar="[NAME]",
        help=f"Of what: {', '.join(NAMES)}. Else of the settings.",
        show_default=False,
        autocompletion=completing.names(dict.fromkeys(NAMES)),
    ),
]
Write = Annotated[
    bool,
    typer.Option(
        "--write",
        help="Put the register's into a file beside it, and lead editors there by the register's first line.",
    ),
]


def schema(ctx: typer.Context, name: Name = "settings", write: Write = False) -> None:
    """Print a JSON Schema: of the settings, of the register, or of what a command prints as JSON.

    Editors check a file by its schema while somebody types, and programs check what they are given.
    """
    from rrbnotes.cli.talk import put
    from rrbnotes.errors import RrbError
    from rrbnotes.views.schema import schema_text

    if not write:
        put(schema_text(name))
    elif name == "register":
        _write(ctx.obj)
    else:
        raise RrbError("--write is for the schema of the register; say: rrb schema register --write")


def _write(run: Run) -> None:
    """Write the schema and the register's first line in one step, with what the notes have to say by then: a register
    that is behind them may hold what somebody wrote by hand, which only a sync keeps."""
    from rrbnotes.cli.desk import at_desk, now
    from rrbnotes.cli.talk import answer, hint, warn
    from rrbnotes.errors import RrbError
    from rrbnotes.keeping.leading import SCHEMA, check_led, led_bytes
    from rrbnotes.views import changes as view
    from rrbnotes.views.schema import schema_text

    command = "schema register --write"
    with at_desk(run, command) as desk:
        synced, ledger, store = desk.synced(), desk.ledger, desk.store
        after, beside = led_bytes(ledger), ledger.path.with_name(SCHEMA)
        if after is None or store is None:
            raise RrbError(
                f"{ledger.shown}: there is no action to write into it yet; begin with a note that has one"
            )
        store.read(beside)
        new = {beside: schema_text("register").encode(), ledger.path: after}
        saved = store.commit(command, new, lambda path, data: check_led(ledger, path, data), now=now())
        warn(*saved.warnings)
        desk.accept(synced)
    if ledger.is_behind:
        hint(run, f"{ledger.shown}: {view.summary(synced, ledger.book.register, True)}")
    answer(run, [f"{ledger.shown}: editors that know YAML find its schema, {SCHEMA}, by its first line"])
    hint(run, "saved; `rrb undo` takes it back" if saved.written else "nothing to do")
