"""Asking the notes, and remembering what they answered. An answer that is remembered is had without reading any module that
knows how to find it out."""

import os
from collections.abc import Callable
from datetime import date as Date
from typing import Any, NamedTuple

from rrbnotes.cli.run import Run
from rrbnotes.cli.talk import warn
from rrbnotes.home import Home, locate
from rrbnotes.memory import REGISTER, Memory, remember
from rrbnotes.store import JOURNAL, STATE


class Answer(NamedTuple):
    """Something that was found out about the notes."""

    value: Any
    notes: int
    """How many notes there are, those that cannot be read too."""
    news: str = ""
    """What is to be said of a register that is behind."""
    day: Date | str | None = None
    """The only day that it holds for; None for any."""


NO_DAY = "no day"
"""For an answer that is not to be remembered at all."""
Find = Callable[[Home, Memory | None], Answer]
"""Finds an answer out."""


def ask(run: Run, what: str, find: Find, as_at: Date | None = None) -> Any:
    """The answer, remembered or found out; of another day it is always found out."""
    home = locate(run.directory, run.config)
    memory = memory_of(run, home) if as_at is None else None
    known = memory.recall_now(what) if memory else None
    answer = Answer(*known) if known else Answer(None, 0, day=NO_DAY)
    if answer.day not in (None, run.today):
        answer = find(home, memory)
        if memory and answer.day in (None, run.today):
            memory.keep_now(what, tuple(answer))
    _tell_of_loss(home)
    if answer.news and not run.quiet:
        warn(answer.news)
    if not answer.notes:
        say_none(run, home, as_at)
    return answer.value


def say_none(run: Run, home: Home, until: Date | None = None) -> None:
    """Say that there are no notes, `until` a day or at all, and what there is in their place."""
    from rrbnotes.keeping.overlooked import why_none

    run.repeat.looks_elsewhere = True
    warn(why_none(home, run.directory, until))


def _tell_of_loss(home: Home) -> None:
    """Say it where the register is gone that was written here: the refs are then those of today's notes alone."""
    register = home.notes / REGISTER
    if not os.path.lexists(register) and (home.root / STATE / JOURNAL).exists():
        from rrbnotes.store.journal import read_journal

        if read_journal(home.root).has_left(home.root, register):
            warn(f"{register} is gone; `rrb doctor --restore` brings it back")


def memory_of(run: Run, home: Home) -> Memory | None:
    """What may be recalled of a home's notes; None where the run is to find out all anew."""
    if not run.recalls:
        return None
    known: Memory | None = run.repeat.memory  # what was looked at to find whether this was asked before
    return known if known and known.notes == home.notes else remember(home, run.directory)
