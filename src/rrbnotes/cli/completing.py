"""What a press of Tab may offer: refs, owners, meetings, boards and statuses, each with what it stands for.

Read at every start; where to look is in `cli.offers`, which these import when they run.
"""

from collections.abc import Callable, Iterable

import typer

Offers = list[tuple[str, str]]
"""Words, each with what it stands for."""
_STATUSES = {
    "open": "no progress said yet",
    "ongoing": "begun",
    "rolled over": "to the next meeting",
    "complete": "done",
    "closed": "ended undone",
}


def refs(ctx: typer.Context, incomplete: str) -> Offers:
    """The actions, those still to be done first."""
    from rrbnotes.cli import offers

    return offers.of_book(ctx, incomplete, "refs")


def owners(ctx: typer.Context, incomplete: str) -> Offers:
    """Everybody who is known or owns something."""
    from rrbnotes.cli import offers

    return offers.of_book(ctx, incomplete, "owners")


def meetings(ctx: typer.Context, incomplete: str) -> Offers:
    """The meetings, the latest first."""
    from rrbnotes.cli import offers

    return offers.of_book(ctx, incomplete, "meetings")


def boards(ctx: typer.Context, incomplete: str) -> Offers:
    """The boards."""
    from rrbnotes.cli import offers

    return offers.of_book(ctx, incomplete, "boards")


def statuses(ctx: typer.Context, incomplete: str) -> Offers:
    """The statuses; they need no book."""
    return [(word, help) for word, help in _STATUSES.items() if word.startswith(incomplete)]


def refs_then_status(ctx: typer.Context, incomplete: str) -> Offers:
    """For REF… STATUS: a status as soon as there is a ref, and never a ref twice."""
    named = ctx.params.get("words") or ()
    more = [offer for offer in refs(ctx, incomplete) if offer[0] not in named]
    return [*(statuses(ctx, incomplete) if named else ()), *more]


def names(known: Iterable[str]) -> Callable[[str], list[str]]:
    """The names of a table's rows."""

    def offer(incomplete: str) -> list[str]:
        return [name for name in known if name.startswith(incomplete)]

    return offer
