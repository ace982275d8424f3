"""`rrb sync`."""

from typing import Annotated

import typer

from rrbnotes.cli.options import Dry
from rrbnotes.cli.run import Run

Check = Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 when the register is behind.")]
Resolve = Annotated[
    bool, typer.Option("--resolve", help="Merge the two sides of a conflict in the register first.")
]
Force = Annotated[
    bool,
    typer.Option("--force", help="Also where notes cannot be read, or many records would lose their line."),
]


def sync(
    ctx: typer.Context, check: Check = False, dry: Dry = False, resolve: Resolve = False, force: Force = False
) -> None:
    """Write what the notes say into the register.

    New actions get their refs, known ones their progress. What a person has to look at is said, and nothing is merged in
    silence. A second sync changes nothing.
    """
    from rrbnotes.cli.desk import answer, at_desk, hint
    from rrbnotes.cli.talk import say
    from rrbnotes.views import changes as view

    run: Run = ctx.obj
    with at_desk(run, "sync", dry=dry or check, forced=force, resolve=resolve) as desk:
        ledger = desk.ledger
        done = desk.synced(forced=force)
        is_behind = ledger.is_behind
        if not check:
            desk.save(ledger, "sync")
        desk.accept(done)
    for warning in view.warnings(done):
        say(f"rrb: {warning}")
    register = ledger.book.register
    news = {action.ref for action in done.new}
    answer(
        run, [view.summary(done, register, is_behind), *view.details(done), *view.proposals(register, news)]
    )
    if check and is_behind:
        hint(run, f"{ledger.shown} is behind the notes; `rrb sync` brings it up to date")
        raise typer.Exit(1)
    if dry:
        hint(run, "nothing was written")
    elif is_behind:
        hint(run, f"{ledger.shown}: saved; `rrb undo` takes it back")
