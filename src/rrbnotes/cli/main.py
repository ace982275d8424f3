"""The command `rrb`: where it begins, and the options that all its commands share; what each command is stands in
`cli.commands`."""

import gc
import os
import sys
from datetime import date as Date
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Annotated, TextIO

import typer

from rrbnotes.cli import shells
from rrbnotes.cli.color import CHOICES
from rrbnotes.cli.ending import EXIT_CODES
from rrbnotes.cli.group import Group
from rrbnotes.cli.options import choice, count, day, folder
from rrbnotes.cli.run import PATIENCE
from rrbnotes.cli.talk import put_lines

_RARELY = (100_000, 20, 50)
"""When Python looks for circles of values that nobody holds: there are hardly any, and many values to look through."""

app = typer.Typer(
    cls=Group,
    invoke_without_command=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=f"Exit codes: {'; '.join(f'{code} {means}' for code, means in EXIT_CODES.items())}.",
)

Directory = Annotated[
    Path,
    typer.Option("-C", metavar="DIR", parser=folder, help="Work in DIR.", show_default=False),
]
Config = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="Settings; else rrb.toml or pyproject.toml here or above."),
]
Today = Annotated[
    Date | None,
    typer.Option("--today", metavar="DATE", parser=day, envvar="RRB_TODAY", help="Take DATE for today."),
]
Color = Annotated[str, choice("--color", dict.fromkeys(CHOICES), "Whether to write colours.")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Only the answer and errors.")]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help="Also every doubt about the notes.")]
NoCache = Annotated[
    bool, typer.Option("--no-cache", help="Find out all anew, and keep nothing of it in .rrb/cache.")
]
LockTimeout = Annotated[
    int | None,
    typer.Option(
        "--lock-timeout",
        metavar="SECONDS",
        parser=count,
        envvar="RRB_LOCK_TIMEOUT",
        help=f"Wait so long while another rrb writes; else {PATIENCE}.",
        show_default=False,
    ),
]
Version = Annotated[
    bool,
    typer.Option(
        "--version", help="Say the version; with -v also those of all libraries, for a report of a mistake."
    ),
]


@app.callback()
def rrb(
    ctx: typer.Context,
    directory: Directory = Path(),
    config: Config = None,
    today: Today = None,
    color: Color = "auto",
    quiet: Quiet = False,
    verbose: Verbose = False,
    no_cache: NoCache = False,
    lock_timeout: LockTimeout = None,
    version: Version = False,
) -> None:
    """Track the actions of a board from its meeting notes.

    The notes are markdown files in a folder `notes`, here or above. These options may also stand after the command.
    """  # what they come to is a `Run`, which the group makes of them
    if version:
        from rrbnotes.cli.versions import versions

        put_lines(versions(verbose))
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        from rrbnotes.cli.overview import show  # it reads the notes, which a command may not need

        show(ctx)


def main() -> None:
    """Run `rrb` on the arguments of the process."""
    gc.set_threshold(*_RARELY)
    sys.stdin = sys.stdin or TextIOWrapper(BytesIO())  # closed: there is nothing to read
    sys.stdout, sys.stderr = map(_prepared, (sys.stdout, sys.stderr))
    if shells.is_completing():
        shells.complete_in_bash(app)
    app()


def _prepared(stream: TextIO | None) -> TextIO:
    """Never fail on a character; off a terminal always UTF-8 and the line ends that a format wrote. A stream that was
    closed before we began takes what it is given, and nobody reads it."""
    if stream is None:
        return open(os.devnull, "w", encoding="utf-8")
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
        if not stream.isatty():
            stream.reconfigure(encoding="utf-8", newline="\n")
    return stream
