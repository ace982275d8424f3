"""Where the offers of a press of Tab come from. `cli.completing` imports it when it runs.

Shells call this while somebody types: the book is opened in silence, and nothing is offered where that cannot be done. What
comes from notes is hostile here too: zsh runs what it reads in a help text, and typer takes it for markup.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stderr
from datetime import date as Date
from io import StringIO
from itertools import chain
from pathlib import Path

import typer

from rrbnotes.cli.books import open_book
from rrbnotes.cli.run import Run
from rrbnotes.errors import RrbError
from rrbnotes.notebook import Notebook
from rrbnotes.quoting import count
from rrbnotes.render.safe import one_line

Offer = tuple[str, str]
"""A word, and what it stands for."""
_MOST = 60
_ACTING = str.maketrans({"\\": "/", "$": "＄", "`": "’", "'": "’", '"': "”", "[": "(", "]": ")"})
_NEVER = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\\$`\"!]")
_NEVER_IN_ZSH = re.compile(f"{_NEVER.pattern}|'")
"""No word with one of these is offered: on a command line it would not stand for itself."""


def of_book(ctx: typer.Context, incomplete: str, look: Callable[[Notebook], Iterator[Offer]]) -> list[Offer]:
    """What is found in the book of the line so far and begins with what is typed."""
    try:
        with redirect_stderr(StringIO()):
            return _fitting(look(_book(ctx)), incomplete)
    except (Exception, KeyboardInterrupt):  # the person is only typing; what is wrong, the command will say
        return []


def _fitting(offers: Iterable[Offer], incomplete: str) -> list[Offer]:
    """The offers that begin with what is typed, each word once and none that acts."""
    never = _NEVER_IN_ZSH if os.environ.get("_RRB_COMPLETE") == "complete_zsh" else _NEVER
    found: dict[str, str] = {}
    for word, help in offers:
        if word.startswith(incomplete) and not never.search(word):
            found.setdefault(word, help)
    return [(word, _harmless(help)) for word, help in found.items()]


def _harmless(help: str) -> str:
    """A help text on one line, in which nothing acts."""
    plain = one_line(" ".join(help.split()).translate(_ACTING)).translate(_ACTING)
    return plain if len(plain) <= _MOST else f"{plain[: _MOST - 1].rstrip()}…"


def _book(ctx: typer.Context) -> Notebook:
    """The book of the folder that the line names so far."""
    said = ctx.find_root().params
    if said["directory"] is None:
        raise RrbError("-C names no folder")
    directory = Path(said["directory"])  # typer makes paths of words only where a command runs
    settings = directory / said["config"] if said["config"] else None
    return open_book(Run(directory, settings, said["today"] or Date.today(), "never", True, False))


def refs(book: Notebook) -> Iterator[Offer]:
    """The actions, those still to be done first."""
    actions = sorted(book.register.actions, key=lambda action: not action.status.outstanding)
    for action in actions:
        who = ", ".join(action.owners)
        yield action.ref, f"{who}: {action.action}" if who else action.action


def owners(book: Notebook) -> Iterator[Offer]:
    """The owners by their short forms, each with another name."""
    for directory in book.directories.values():
        for party in directory.parties:
            yield party.short, next((form for form in party.forms if form != party.short), "")
    for owner in chain.from_iterable(action.owners for action in book.register.actions):
        yield owner, ""


def meetings(book: Notebook) -> Iterator[Offer]:
    """The meetings, the latest first."""
    yield "latest", "the latest held meeting of each board"
    for meeting in sorted(book.meetings, key=lambda meeting: meeting.order, reverse=True):
        yield meeting.key, f"{meeting.title or ''} {meeting.date or ''}".strip()


def boards(book: Notebook) -> Iterator[Offer]:
    """The boards, each with its number of meetings."""
    for board in sorted({meeting.board for meeting in book.meetings if meeting.board}):
        yield board, count(sum(meeting.board == board for meeting in book.meetings), "meeting")
