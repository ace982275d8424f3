"""`rrb doctor`."""

from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from rrbnotes.cli.run import Run
from rrbnotes.cli.talk import answer, hint, put_lines, warn
from rrbnotes.errors import RrbError

Name = Annotated[
    str | None,
    typer.Argument(
        metavar="[NAME]",
        help="Of a former text, by --backups; else the newest good one.",
        show_default=False,
    ),
]
Restore = Annotated[bool, typer.Option("--restore", help="Put a former text of the register back.")]
Backups = Annotated[
    bool, typer.Option("--backups", help="List the former texts of the register, newest first.")
]

Locking = Annotated[
    Path | None,
    typer.Option(
        "--check-locking",
        metavar="DIR",
        help="Try whether two people could write in DIR at once, as on some shared drives.",
        show_default=False,
    ),
]


def doctor(
    ctx: typer.Context,
    name: Name = None,
    restore: Restore = False,
    backups: Backups = False,
    check_locking: Locking = None,
) -> None:
    """Find what is damaged, and restore it.

    Nothing is changed but by --restore, and `rrb undo` takes that back. Exit code 1 where there is an error.
    """
    run: Run = ctx.obj
    if restore and backups:
        raise RrbError("--restore and --backups do not go together; look first, then restore")
    if name is not None and not restore:
        raise RrbError(f"'{name}' is for --restore; write rrb doctor --restore {name}")
    if check_locking and (restore or backups):
        raise RrbError("--check-locking goes alone; look at the rest afterwards")
    if check_locking:
        _try(run, check_locking)
    elif restore:
        _restore(run, name)
    elif backups:
        _list(run)
    else:
        _look(run)


def _look(run: Run) -> None:
    """Every finding, or that all is well."""
    from rrbnotes.home import locate
    from rrbnotes.keeping.doctor import findings
    from rrbnotes.keeping.health import Patient, examine, homeless
    from rrbnotes.views import health as view

    patient: Patient | None = None
    try:
        patient = examine(locate(run.directory, run.config), run.directory, run.today)
    except (RrbError, OSError) as why:
        found = list(homeless(why, run.directory, run.config))
    else:
        found = findings(patient)
    put_lines(map(str, found))
    if patient:
        answer(run, view.well(found, patient))
    if found:
        hint(run, view.summary(found))
    if view.is_bad(found):
        raise typer.Exit(1)


def _try(run: Run, folder: Path) -> None:
    """Whether the lock holds in a folder."""
    from rrbnotes.store.trial import try_locks
    from rrbnotes.views import health as view

    trial = try_locks(run.path(folder))
    put_lines([view.locking(trial, folder.as_posix())])
    if not trial.is_safe:
        raise typer.Exit(1)


def _list(run: Run) -> None:
    """The former texts of the register."""
    from rrbnotes.home import locate
    from rrbnotes.keeping.ledger import register_path
    from rrbnotes.keeping.restoring import NOTHING_KEPT, kept_texts
    from rrbnotes.store.disk import DISK
    from rrbnotes.store.look import look
    from rrbnotes.views import health as view

    home = locate(run.directory, run.config)
    present = None
    with suppress(RrbError):  # it may be what is damaged
        present = look(DISK, home.root, register_path(home)).data
    lines = list(view.kept(kept_texts(home.root), present))
    put_lines(lines)
    hint(run, "`rrb doctor --restore NAME` puts one back" if lines else NOTHING_KEPT)


def _restore(run: Run, name: str | None) -> None:
    """Put a former text in the place of the present one, which is kept too."""
    from rrbnotes.cli.desk import hold, now
    from rrbnotes.home import locate
    from rrbnotes.keeping.ledger import register_path, shown_path
    from rrbnotes.keeping.restoring import NOTHING_KEPT, choose, difference, must_read
    from rrbnotes.store.backups import backups
    from rrbnotes.views import health as view

    home = locate(run.directory, run.config)
    path = register_path(home)
    if not backups(home.root, path.name):
        raise RrbError(NOTHING_KEPT)
    with hold(run, home, "doctor --restore") as store:
        present = store.read(path)
        text = choose(home.root, present, name)
        saved = store.commit(f"doctor --restore {text.name}", {path: text.data}, must_read, now=now())
    warn(*saved.warnings)
    where = shown_path(home, run.directory)
    answer(run, view.restored(where, text, difference(present, text), bool(saved.entry)))
    if saved.entry:
        hint(run, f"{where}: saved; `rrb undo` takes it back, `rrb sync` brings it up to date with the notes")
