"""From a run to its notebook, and what is said of notes that could not be read. Commands import it when they run."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date as Date
from functools import partial
from typing import Any, TypeVar

import typer

from rrbnotes.book import HALF_READ, THE_BOOK, UNREADABLE, Notebook, Question
from rrbnotes.cli import asking
from rrbnotes.cli.asking import NO_DAY, Answer
from rrbnotes.cli.run import Run
from rrbnotes.cli.talk import say
from rrbnotes.diagnostics import Diagnostic
from rrbnotes.errors import RrbError
from rrbnotes.home import Home
from rrbnotes.memory import REGISTER, Memory
from rrbnotes.reconciling.standing import standings
from rrbnotes.views.entries import Entry, entries
from rrbnotes.views.listing import Records
from rrbnotes.views.outstanding import Totals, joined, outstanding

_T = TypeVar("_T")
_OUTSTANDING = Question("outstanding", outstanding, joined)


def open_book(run: Run, as_at: Date | None = None) -> Notebook:
    """The notebook of the folder that the run works in."""
    return ask(run, THE_BOOK, as_at)


def open_outstanding(run: Run) -> tuple[Notebook, Totals]:
    """The same with nothing in it but the outstanding actions and when there were meetings, and the totals of the whole."""
    return ask(run, _OUTSTANDING)


def ask(run: Run, question: Question[_T], as_at: Date | None = None) -> _T:
    """An answer of the notebook, from memory where it was given before and the notes are the same."""
    value: _T = asking.ask(run, question.name, partial(find, run, question, as_at), as_at)
    return value


def readers_of(run: Run, home: Home) -> Any:
    """Who reads a home's notes: as many as the machine has processors for."""
    from rrbnotes.cli.progress import bar
    from rrbnotes.readers import Readers

    return Readers(home.settings, run.hands, bar(run, "reading notes"))


def find(run: Run, question: Question[Any], as_at: Date | None, home: Home, memory: Memory | None) -> Answer:
    """The answer of the notes, reconciled with their register where they have one."""
    from rrbnotes.notebook import load
    from rrbnotes.store.look import bytes_of

    path, readers = home.notes / REGISTER, readers_of(run, home)
    data = bytes_of(home.root, path)
    if data is None:
        if question.together and as_at is None:
            return _by_groups(run, home, memory, question, question.together)
        book = load(home.notes, run.directory, home.settings, as_at, memory=memory, readers=readers)
        return _answer(question, book)
    from rrbnotes.keeping.recalling import recall_ledger

    ledger = recall_ledger(home, run.directory, data, run.today, memory, readers, as_at)
    answer = _answer(question, ledger.book)
    if as_at is None and ledger.is_behind:
        from rrbnotes.keeping.changes import changes  # only for who has to hear of it
        from rrbnotes.views.changes import summary

        news = summary(changes(ledger, run.today), ledger.book.register, True)
        what = f"{ledger.shown} is not up to date ({news}); `rrb sync` brings it up to date"
        answer = answer._replace(news=what, day=run.today)
    return answer._replace(day=NO_DAY) if ledger.is_of_today else answer


def _by_groups(
    run: Run,
    home: Home,
    memory: Memory | None,
    question: Question[_T],
    together: Callable[[Sequence[_T]], _T],
) -> Answer:
    """The answer put together from those of boards that have nothing to do with each other."""
    from rrbnotes.notebook import ask as ask_each
    from rrbnotes.shelf import notes_in

    shelf = notes_in(home.notes, run.directory, home.settings)
    return Answer(together(ask_each(question, shelf, readers_of(run, home), memory)), len(shelf))


def _answer(question: Question[Any], book: Notebook) -> Answer:
    unread = sum(one.name in UNREADABLE for one in book.diagnostics)
    return Answer(question.of(book), len(book.meetings) + unread)


def meetings_of(run: Run, as_at: Date | None, today: Date) -> tuple[Records, ...]:
    """What a format that holds several tables tells of the meetings."""
    from rrbnotes.views.meetings import meeting_records

    book = open_book(run, as_at)
    return (meeting_records(book.meetings, book.register.actions, today),)


def stand(book: Notebook, today: Date) -> tuple[Entry, ...]:
    """Its actions, as they stand on a day."""
    return entries(book.register.actions, standings(book.meetings, book.register, today), today)


def close(run: Run, diagnostics: Iterable[Diagnostic]) -> None:
    """Name the notes that could not be read, and leave with 2 if there are any; with `-v` say every doubt."""
    found = tuple(diagnostics)
    for diagnostic in found:
        if run.verbose or diagnostic.name in HALF_READ:
            say(str(diagnostic))
    if any(diagnostic.name in HALF_READ for diagnostic in found):
        raise typer.Exit(RrbError.exit_code)
