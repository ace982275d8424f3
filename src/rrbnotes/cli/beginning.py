"""What `rrb new` does, step by step."""

from dataclasses import dataclass
from datetime import date as Date
from importlib.resources import files
from pathlib import PurePosixPath

import typer

from rrbnotes.checks.book import Book, open_book
from rrbnotes.cli.desk import answer, at_desk, hint
from rrbnotes.cli.options import day as read_day
from rrbnotes.cli.run import Run
from rrbnotes.cli.talk import put
from rrbnotes.cli.writing import NoteChange, save_note_with_register
from rrbnotes.edits import apply
from rrbnotes.errors import RrbError, did_you_mean
from rrbnotes.keeping.generated import PREVIOUS, SUMMARY, find, framed, replaced
from rrbnotes.keeping.naming import key_of_note
from rrbnotes.keeping.previous import Sheet, refreshed, table
from rrbnotes.notebook import Minutes
from rrbnotes.quoting import count
from rrbnotes.reconciling.standing import held_meetings
from rrbnotes.render.documents.markdown import cells, part
from rrbnotes.render.template import filled, names_list, title
from rrbnotes.settings import Home
from rrbnotes.shelf import shown
from rrbnotes.source import Unreadable, read_source
from rrbnotes.views.new_note import HEADS, Outlook, outlook, rows
from rrbnotes.views.summary import part_of_note

TEMPLATE = "template.md"
_NOTHING = "No actions are outstanding."


@dataclass(frozen=True, slots=True)
class Wanted:
    """The meeting whose note is to be begun."""

    day: Date
    board: str | None
    key: str


def show_template(run: Run) -> None:
    """The template as the package has it."""
    put(_bundled())


def begin(run: Run, which: str, dry: bool) -> None:
    """Write the note, or the table in it anew."""
    with at_desk(run, "new", dry=dry) as desk:
        synced = desk.synced()
        book = open_book(desk.home, run.directory, run.today)
        wanted = _wanted(run, desk.home, book, which)
        there = _there(book, wanted)
        key = there.meeting.key if there else wanted.key
        found = outlook(wanted.day, key, wanted.board, book.notebook.meetings, book.actions)
        change = _again(there, found) if there else _first(run, desk.home, wanted, found)
        if dry:
            put(change.text)
        elif there and change.text == there.source.text:
            answer(run, [f"{change.path}: its table of earlier actions is up to date"])
        else:
            save_note_with_register(run, desk, synced, f"new {wanted.day}", change)
            answer(run, [f"{change.path}: {_counts(found)}"])
            hint(run, f"next: rrb review {key}, or fill in the table; then rrb check {change.path}")


def _wanted(run: Run, home: Home, book: Book, which: str) -> Wanted:
    """The day and the board that a person names; without a day the one that the latest note announces."""
    board, _, word = which.rpartition("/")
    known = sorted({one.board or "" for one in book.notebook.meetings})
    if not board and len(known) > 1 and "" not in known:
        raise RrbError(
            f"these notes are of {len(known)} boards; say which: rrb new {known[0]}/{word or 'DATE'}"
        )
    of = _board(home, book, board) if board else None if "" in known else next(iter(known), None)
    day = _day(word) if word else _announced(run, book, of)
    return Wanted(day, of, key_of_note(book.notebook, of, day))


def _board(home: Home, book: Book, word: str) -> str:
    """A board that has notes, or a folder for them."""
    known = sorted({one.board for one in book.notebook.meetings if one.board})
    same = next((name for name in known if name.casefold() == word.casefold()), None)
    if same or (home.notes / word).is_dir():
        return same or word
    near = (
        did_you_mean(word, known) or f"; for a new board make its folder first: {home.settings.notes}/{word}"
    )
    raise RrbError(f"unknown board '{word}'{near}")


def _day(word: str) -> Date:
    try:
        return read_day(word)
    except typer.BadParameter as why:
        raise RrbError(str(why)) from why


def _announced(run: Run, book: Book, board: str | None) -> Date:
    held = held_meetings(book.notebook.meetings, board, run.today)
    after = held[-1].next_meeting if held else None
    if after is None or after.date is None or after.date < run.today:
        raise RrbError("no note announces a meeting that is still to come; say its day: rrb new 2026-03-12")
    return after.date


def _there(book: Book, wanted: Wanted) -> Minutes | None:
    """The note of that board and that day, if there is one."""
    of_day = [
        one for one in book.minutes if one.meeting.board == wanted.board and one.meeting.date == wanted.day
    ]
    return book.by_key().get(wanted.key) or next(iter(of_day), None)


def _again(there: Minutes, found: Outlook) -> NoteChange:
    """The note with its table of earlier actions written anew."""
    source = there.source
    old = find(source, PREVIOUS)
    if old is None:
        raise RrbError(
            f"{source.path}: is there already, and has no table of earlier actions of rrb's; nothing was written"
        )
    text = refreshed(source, old, _sheet(found), _NOTHING)
    new = apply(source.text, [replaced(source, old, PREVIOUS, text)])
    return NoteChange(source.path, source, new, source.encoding)


def _first(run: Run, home: Home, wanted: Wanted, found: Outlook) -> NoteChange:
    """A new note from the template."""
    path = home.notes / f"{wanted.key}.md"
    name = shown(path, run.directory)
    if path.exists():
        raise RrbError(f"{name}: is there already; nothing was written")
    template, where = _template(run, home, wanted)
    words = {
        "title": title(found.title),
        "when": found.when,
        "date": found.when.partition(" | ")[0],
        "attendees": names_list(found.names),
        "previous": framed(PREVIOUS, table(_sheet(found), _NOTHING)),
        "summary": framed(SUMMARY, part(part_of_note(()))),
    }
    return NoteChange(name, None, filled(template, where, words, found.items))


def _sheet(found: Outlook) -> Sheet:
    return Sheet(tuple(head.title for head in HEADS), tuple(map(tuple, cells(rows(found)))))


def _template(run: Run, home: Home, wanted: Wanted) -> tuple[str, str]:
    """The template of the note's folder or the nearest one above it in the notes folder, else the package's."""
    for folder in PurePosixPath(wanted.key).parents:
        path = home.notes / folder / TEMPLATE
        if path.is_file():
            source = read_source(path, shown(path, run.directory))
            if isinstance(source, Unreadable):
                raise RrbError(f"{source.at}: {source.message}; {source.help}")
            return source.text, source.path
    return _bundled(), TEMPLATE


def _bundled() -> str:
    return files("rrbnotes.render").joinpath(TEMPLATE).read_text(encoding="utf-8")


def _counts(found: Outlook) -> str:
    waiting = f", {len(found.for_agreement)} finished for agreement" if found.for_agreement else ""
    return f"{count(len(found.outstanding), 'action')} outstanding{waiting}"
