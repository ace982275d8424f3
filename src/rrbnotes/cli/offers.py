"""Where the offers of a press of Tab come from. `cli.completing` imports it when it runs.

Shells call this while somebody types: the book is opened in silence, and nothing is offered where that cannot be done. What
comes from notes is hostile here too: zsh runs what it reads in a help text, and typer takes it for markup.
"""

import os
import re
from collections.abc import Iterable
from contextlib import redirect_stderr
from functools import partial
from io import StringIO

import typer

from rrbnotes.cli.asking import Answer, ask
from rrbnotes.cli.run import Run, run_of
from rrbnotes.errors import RrbError
from rrbnotes.home import Home
from rrbnotes.memory import Memory
from rrbnotes.render.safe import one_line

Offer = tuple[str, str]
"""A word, and what it stands for."""
_MOST = 60
_ACTING = str.maketrans({"\\": "/", "$": "＄", "`": "’", "'": "’", '"': "”", "[": "(", "]": ")"})
_NEVER = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\\$`\"!]")
_NEVER_IN_ZSH = re.compile(f"{_NEVER.pattern}|'")
"""No word with one of these is offered: on a command line it would not stand for itself."""


def of_book(ctx: typer.Context, incomplete: str, what: str) -> list[Offer]:
    """What there is of this kind (`refs`, `owners`, `meetings`, `boards`) and begins with what is typed."""
    try:
        with redirect_stderr(StringIO()):
            run = _run(ctx)
            return _fitting(ask(run, f"offers-{what}", partial(_find, run, what)), incomplete)
    except (Exception, KeyboardInterrupt):  # the person is only typing; what is wrong, the command will say
        return []


def _find(run: Run, what: str, home: Home, memory: Memory | None) -> Answer:
    """What the notes have to offer."""
    from rrbnotes.book import Question
    from rrbnotes.cli import books
    from rrbnotes.views.offers import OFFERS

    return books.find(run, Question(what, lambda book: tuple(OFFERS[what](book))), None, home, memory)


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


def _run(ctx: typer.Context) -> Run:
    """The run that the line means so far."""
    said = ctx.find_root().params
    if said["directory"] is None:
        raise RrbError("-C names no folder; name one that is there")
    return run_of({**said, "color": "never", "quiet": True, "verbose": False})
