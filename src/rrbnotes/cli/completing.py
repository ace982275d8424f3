"""What a press of Tab may offer: refs, owners, meetings, boards and statuses, each with what it stands for.

Shells call these while somebody types: they open the book in silence, and offer nothing where that cannot be done. What comes
from notes is hostile here too: zsh runs what it reads in a help text, and typer takes it for markup.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import redirect_stderr
from datetime import date as Date
from io import StringIO
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from rrbnotes.errors import RrbError

if TYPE_CHECKING:
    from rrbnotes.notebook import Notebook

Offer = tuple[str, str]
"""A word, and what it stands for."""
_MOST = 60
_ACTING = str.maketrans({"\\": "/", "$": "＄", "`": "’", "'": "’", '"': "”", "[": "(", "]": ")"})
_NEVER = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\\$`\"!]")
_NEVER_IN_ZSH = re.compile(f"{_NEVER.pattern}|'")
"""No word with one of these is offered: on a command line it would not stand for itself."""


def refs(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """The actions, those still to be done first."""
    return _offered(ctx, incomplete, _refs)


def owners(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Everybody who is known or owns something."""
    return _offered(ctx, incomplete, _owners)


def meetings(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """The meetings, the latest first."""
    return _offered(ctx, incomplete, _meetings)


def boards(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """The boards."""
    return _offered(ctx, incomplete, _boards)


def statuses(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """The statuses; they need no book."""
    return _fitting(_STATUSES.items(), incomplete)


def refs_then_status(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """For REF… STATUS: a status as soon as there is a ref, and never a ref twice."""
    named = ctx.params.get("words") or ()
    more = [offer for offer in refs(ctx, incomplete) if offer[0] not in named]
    return [*(statuses(ctx, incomplete) if named else ()), *more]


def names(known: Iterable[str]) -> Callable[[str], list[str]]:
    """The names of a table's rows."""

    def offer(incomplete: str) -> list[str]:
        return [name for name in known if name.startswith(incomplete)]

    return offer


_STATUSES: Mapping[str, str] = {
    "open": "no progress said yet",
    "ongoing": "begun",
    "rolled over": "to the next meeting",
    "complete": "done",
    "closed": "ended undone",
}


def _offered(
    ctx: typer.Context, incomplete: str, look: Callable[["Notebook"], Iterator[Offer]]
) -> list[Offer]:
    try:
        with redirect_stderr(StringIO()):
            return _fitting(look(_book(ctx)), incomplete)
    except (Exception, KeyboardInterrupt):  # the person is only typing; what is wrong, the command will say
        return []


def _fitting(offers: Iterable[Offer], incomplete: str) -> list[Offer]:
    never = _NEVER_IN_ZSH if os.environ.get("_RRB_COMPLETE") == "complete_zsh" else _NEVER
    found: dict[str, str] = {}
    for word, help in offers:
        if word.startswith(incomplete) and not never.search(word):
            found.setdefault(word, help)
    return [(word, _harmless(help)) for word, help in found.items()]


def _harmless(help: str) -> str:
    """A help text on one line, in which nothing acts."""
    from rrbnotes.render.safe import one_line

    plain = one_line(" ".join(help.split()).translate(_ACTING)).translate(_ACTING)
    return plain if len(plain) <= _MOST else f"{plain[: _MOST - 1].rstrip()}…"


def _book(ctx: typer.Context) -> "Notebook":
    """The book of the folder that the line names so far."""
    from rrbnotes.cli.books import open_book
    from rrbnotes.cli.run import Run

    said = ctx.find_root().params
    if said["directory"] is None:
        raise RrbError("-C names no folder")
    directory = Path(said["directory"])  # typer makes paths of words only where a command runs
    settings = directory / said["config"] if said["config"] else None
    return open_book(Run(directory, settings, said["today"] or Date.today(), "never", True, False))


def _refs(book: "Notebook") -> Iterator[Offer]:
    actions = sorted(book.register.actions, key=lambda action: not action.status.outstanding)
    for action in actions:
        who = ", ".join(action.owners)
        yield action.ref, f"{who}: {action.action}" if who else action.action


def _owners(book: "Notebook") -> Iterator[Offer]:
    for directory in book.directories.values():
        for party in directory.parties:
            yield party.short, next((form for form in party.forms if form != party.short), "")
    for owner in chain.from_iterable(action.owners for action in book.register.actions):
        yield owner, ""


def _meetings(book: "Notebook") -> Iterator[Offer]:
    yield "latest", "the latest held meeting of each board"
    for meeting in sorted(book.meetings, key=lambda meeting: meeting.order, reverse=True):
        yield meeting.key, f"{meeting.title or ''} {meeting.date or ''}".strip()


def _boards(book: "Notebook") -> Iterator[Offer]:
    for board in sorted({meeting.board for meeting in book.meetings if meeting.board}):
        yield board, f"{sum(meeting.board == board for meeting in book.meetings)} meetings"
