"""`rrb sync`."""

from collections.abc import Iterable
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
    run: Run = ctx.obj
    if not (dry or resolve or force) and _is_known_to_be_in_step(run):
        return
    from rrbnotes.cli.desk import at_desk
    from rrbnotes.cli.talk import hint
    from rrbnotes.views import changes as view

    with at_desk(run, "sync", dry=dry or check, forced=force, resolve=resolve) as desk:
        ledger = desk.ledger
        done = desk.synced(forced=force)
        is_behind = ledger.is_behind
        if not check:
            desk.save(ledger, "sync")
        desk.accept(done)
    register = ledger.book.register
    news = {action.ref for action in done.new}
    warnings = list(view.warnings(done))
    lines = [view.summary(done, register, is_behind), *view.details(done), *view.proposals(register, news)]
    _tell(run, warnings, lines)
    is_plain = not (check or dry or resolve or force or is_behind or ledger.is_of_today)
    if desk.memory and ledger.book.meetings and is_plain:
        desk.memory.keep_now(_IN_STEP, (run.today, (warnings, lines)))
    if check and is_behind:
        hint(run, f"{ledger.shown} is behind the notes; `rrb sync` brings it up to date")
        raise typer.Exit(1)
    if dry:
        hint(run, "nothing was written")
    elif is_behind:
        hint(run, f"{ledger.shown}: saved; `rrb undo` takes it back")


_IN_STEP = "in-step"
"""What a sync said that found nothing to do, with the day on which it did."""


def _is_known_to_be_in_step(run: Run) -> bool:
    """Whether a sync has found today that the register says what the notes say, and neither has changed since; it is then
    said again."""
    from rrbnotes.cli.asking import memory_of
    from rrbnotes.home import locate
    from rrbnotes.memory import held

    memory = memory_of(run, locate(run.directory, run.config))
    said = held(memory.recall_now(_IN_STEP), run.today) if memory else None
    if said is None:
        return False
    _tell(run, *said)
    return True


def _tell(run: Run, warnings: Iterable[str], lines: Iterable[str]) -> None:
    from rrbnotes.cli.talk import answer, warn

    warn(*warnings)
    answer(run, lines)
