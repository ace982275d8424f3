"""`rrb check`."""

from pathlib import Path
from typing import Annotated

import typer

from rrbnotes.cli.options import choice
from rrbnotes.cli.run import Run
from rrbnotes.settings import FAIL_ON

Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PATHS]...",
        help="Notes or folders to report on, or `-` for a note on standard input; else all notes.",
        show_default=False,
    ),
]
_RULES = "repeatable, or several with commas."
Select = Annotated[
    list[str] | None,
    typer.Option("--select", metavar="RULE", help=f"Ask only RULE; {_RULES}", show_default=False),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option("--ignore", metavar="RULE", help=f"Do not ask RULE; {_RULES}", show_default=False),
]
Fix = Annotated[bool, typer.Option("--fix", help="Mend what a machine can mend; `rrb undo` takes it back.")]
Diff = Annotated[bool, typer.Option("--diff", help="Show what --fix would change, and write nothing.")]
Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="full, concise, json, github, gitlab, sarif or junit; else full on a terminal, concise off it.",
        show_default=False,
    ),
]
Output = Annotated[
    list[str] | None,
    typer.Option(
        "--output",
        metavar="FORMAT[:FILE]",
        help="Write in FORMAT, to FILE; repeatable: one run, several formats.",
        show_default=False,
    ),
]
FailOn = Annotated[
    str | None,
    choice("--fail-on", dict.fromkeys(FAIL_ON), "The least weight that fails the check; error by default."),
]
Known = Annotated[
    Path | None,
    typer.Option(
        "--baseline", metavar="FILE", help="Leave out the findings that FILE knows.", show_default=False
    ),
]
WriteKnown = Annotated[
    Path | None,
    typer.Option(
        "--write-baseline", metavar="FILE", help="Write all findings to FILE, to be left out from now on."
    ),
]
Since = Annotated[
    str | None,
    typer.Option(
        "--since", metavar="REV", help="Only what changed since REV, a revision of git.", show_default=False
    ),
]
Statistics = Annotated[bool, typer.Option("--statistics", help="Count the findings of each rule.")]
NoAllows = Annotated[bool, typer.Option("--no-allows", help="Report also what comments in the notes allow.")]
Name = Annotated[
    str | None,
    typer.Option(
        "--stdin-filename",
        metavar="FILE",
        help="Where the note on standard input belongs.",
        show_default=False,
    ),
]


def check(
    ctx: typer.Context,
    paths: Paths = None,
    select: Select = None,
    ignore: Ignore = None,
    fix: Fix = False,
    diff: Diff = False,
    format: Format = None,
    output: Output = None,
    fail_on: FailOn = None,
    baseline: Known = None,
    write_baseline: WriteKnown = None,
    since: Since = None,
    statistics: Statistics = False,
    no_allows: NoAllows = False,
    stdin_filename: Name = None,
) -> None:
    """Check the notes: their form, and that no action has vanished.

    Exit code 1 where there is an error. `rrb rules` lists the rules, `rrb rules NAME` explains one.
    """
    from rrbnotes.cli.checking import Wish, checked

    run: Run = ctx.obj
    wish = Wish(
        tuple(paths or ()), _split(select), _split(ignore), fix, diff, format, tuple(output or ()), fail_on,
        baseline, write_baseline, since, statistics, not no_allows, stdin_filename,
    )  # fmt: skip
    code = checked(run, wish)
    if code:
        raise typer.Exit(code)


def _split(names: list[str] | None) -> tuple[str, ...]:
    """The names in `a,b` and `c`."""
    return tuple(name for given in names or () for name in given.replace(",", " ").split())
