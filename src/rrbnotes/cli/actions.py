"""`rrb actions`."""

from typing import Annotated, Any

import typer

from rrbnotes.cli.filtering import chosen, in_words, with_filters
from rrbnotes.cli.options import AsAt, Format, Output, choice
from rrbnotes.cli.run import Run
from rrbnotes.views.filters import kept
from rrbnotes.views.orders import GROUPINGS, SORTS, grouped, ordered

By = Annotated[str | None, choice("--by", GROUPINGS, "In groups; a joint action stands under each owner.")]
Sort = Annotated[str | None, choice("--sort", SORTS, "Else by board, date of raising and ref.")]


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
    from rrbnotes.cli import books, out
    from rrbnotes.views import actions as view
    from rrbnotes.views.names import understood
    from rrbnotes.views.outstanding import totals as totals_of

    run: Run = ctx.obj
    out.check(run, format, output)
    (scope, wanted), today = chosen(options), as_at or run.today
    if scope == "open" and "owner" not in wanted and as_at is None:
        book, totals = books.open_outstanding(run)
    else:
        book = books.open_book(run, as_at)
        totals = totals_of(book.register)
    shown = kept(books.stand(book, today), scope, understood(book, wanted, today))
    footer = view.talk(shown, totals, scope, in_words(wanted))
    answer = view.listing(
        grouped(ordered(shown, sort), by),
        tuple(footer),
        today,
        beside=lambda: books.meetings_of(run, as_at, today),
    )
    out.emit(run, answer, format, output)
    run.repeat.is_sure = output is None
    books.close(run, book.diagnostics)
