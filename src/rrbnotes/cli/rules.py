"""`rrb rules`."""

from typing import Annotated

import typer

from rrbnotes.cli.options import Format, Output
from rrbnotes.cli.run import Run

Name = Annotated[
    str | None, typer.Argument(metavar="[NAME]", help="Of the rule to explain.", show_default=False)
]


def rules(ctx: typer.Context, name: Name = None, format: Format = None, output: Output = None) -> None:
    """List the rules of `rrb check`, or explain one."""
    import shutil

    from rrbnotes.checks.rules import RULES
    from rrbnotes.cli import out
    from rrbnotes.cli.talk import put_lines
    from rrbnotes.views import rules as view

    run: Run = ctx.obj
    out.check(run, format, output)
    if name is None:
        out.emit(run, view.listing(RULES), format, output)
        return
    rule = view.the_rule(name, RULES)
    if format or output:
        out.emit(run, view.listing([rule]), format, output)
    else:
        put_lines(view.page(rule, min(100, shutil.get_terminal_size((100, 24)).columns)))
