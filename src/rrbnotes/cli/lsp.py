"""`rrb lsp`."""

from datetime import date as Date

import typer

from rrbnotes.cli.run import Run
from rrbnotes.errors import needs


def lsp(ctx: typer.Context) -> None:
    """Serve an editor: findings as you type, fixes, histories.

    It speaks the Language Server Protocol over standard input and output; editors start it themselves.
    """
    with needs("rrb lsp", "pygls 2 or later", "lsp", "pygls", "lsprotocol"):
        from rrbnotes.editor.server import serve

    run: Run = ctx.obj
    # a server runs for days: it asks what day it is, unless the command line says
    fixed: Date | None = ctx.find_root().params.get("today")
    config = run.config.absolute() if run.config else None
    if not serve(run.directory.absolute(), config, lambda: fixed or Date.today()):
        raise typer.Exit(1)
