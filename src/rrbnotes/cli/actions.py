"""`rrb actions`."""

from datetime import date as Date
from typing import Annotated, Any

import typer

from rrbnotes.cli.filtering import chosen, in_words, with_filters
from rrbnotes.cli.options import Format, Output, day
from rrbnotes.cli.run import Run
from rrbnotes.views.choice import pick
from rrbnotes.views.orders import GROUPINGS, SORTS

By = Annotated[
    str | None,
    typer.Option("--by", metavar="|".join(GROUPINGS), help="Group them; a joint action stands under each owner.", show_default=False),
]
Sort = Annotated[
    str | None,
    typer.Option("--sort", metavar="|".join(SORTS), help="Else by board, date of raising and ref.", show_default=False),
]
AsAt = Annotated[
    Date | None,
    typer.Option("--as-at", metavar="DATE", parser=day, help="As it stood on DATE, by the notes up to then.", show_default=False),
]


@with_filters
def actions(
    ctx: typer.Context,
    *,
    by: By = None,
    sort: Sort = None,
    as_at: AsAt = None,
    format: Format = None,
    output: Output = None,
    **options: Any,
) -> None:
    """List the actions; without filters those still to be done.

    Filters narrow together. One that takes a word may be repeated: any of its words will do.
    """
    from rrbnotes.cli import books, listings, output as out

    run: Run = ctx.obj
    by and pick("grouping", by, GROUPINGS)


