"""What `rrb new` does, step by step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date
from importlib.resources import files
from pathlib import PurePosixPath
from shlex import quote

import typer

from rrbnotes.checks.book import Book, book_of, open_book
from rrbnotes.checks.facts import actions as what_became
from rrbnotes.cli.desk import at_desk
from rrbnotes.cli.options import day as read_day
from rrbnotes.cli.run import Run
from rrbnotes.cli.talk import answer, hint, put, say, suggest
from rrbnotes.cli.writing import NoteChange, save_note_with_register
from rrbnotes.edits import apply
from rrbnotes.errors import RrbError, did_you_mean
from rrbnotes.home import Home, is_inside
from rrbnotes.keeping.generated import PREVIOUS, SUMMARY, find, framed, keeps_the_rest
from rrbnotes.keeping.invited import invited
from rrbnotes.keeping.ledger import Ledger
from rrbnotes.keeping.naming import key_of_note
from rrbnotes.keeping.previous import Sheet, refreshed, table
from rrbnotes.model import Action
from rrbnotes.notebook import Minutes
from rrbnotes.quoting import count
from rrbnotes.reconciling.coming import next_meeting
from rrbnotes.render.documents.markdown import cells, part
from rrbnotes.render.template import filled, names_list, title
from rrbnotes.shelf import shown
from rrbnotes.source import Unreadable, read_source
from rrbnotes.spelling import slashed
from rrbnotes.views.names import TOP
from rrbnotes.views.new_note import HEADS, Outlook, ever_printed, outlook, rows
from rrbnotes.views.summary import part_of_note

TEMPLATE = "template.md"
_NOTHING = "No actions are outstanding."


@dataclass(frozen=True, slots=True)
class Wanted:
    """The meeting whose note is to be begun."""

    day: Date
    board: str | None
    key: str


def show_template() -> None:
    """The template as the package has it."""
    put(_bundled())


def begin(run: Run, which: str, dry: bool) -> None:
    """Write the note, or the table in it anew."""
    with at_desk(run, "new", dry=dry, with_minutes=True) as desk:
        synced = desk.synced()
        book = book_of(desk.ledger, run.today)
        wanted = _wanted(run, desk.home, book, which)
        there = _there(book, wanted)
        key = there.meeting.key if there else wanted.key
        found = outlook(wanted.day, key, wanted.board, book.notebook.meetings, book.actions)
        sheet = _sheet(found, desk.ledger, book.actions)
        change, remarks = (
            _again(run, desk.home, book, there, sheet)
            if there
            else (_first(run, desk.home, book, wanted, found, sheet), ())
        )
        for remark in remarks:
            say(remark)
        if dry:
            put(change.text)
        elif there and change.text == there.source.text:
            answer(run, [f"{change.path}: its table of earlier actions is up to date"])
            suggest(run, _then(key, change.path, found))
        else:
            save_note_with_register(run, desk, synced, f"new {wanted.day}", change)
            answer(run, [f"{change.path}: {_counts(found)}"])
            hint(run, f"next: {_then(key, change.path, found)}")


def _then(key: str, path: str, found: Outlook) -> str:
    if not (found.outstanding or found.for_agreement):
        return f"write the note, then rrb check {quote(path)}"
    return f"rrb review {quote(key)}, or fill in the table; then rrb check {quote(path)}"


def _wanted(run: Run, home: Home, book: Book, which: str) -> Wanted:
    """The day and the board that a person names; without a day the one that the latest note announces."""
    board, _, word = ("", "", which) if _is_day(which) else slashed(which).rpartition("/")
    of = _named_board(home, book, board) if board else _only_board(book, word)
    day = _day(word) if word else _announced(run, book, of)
    return Wanted(day, of, key_of_note(book.notebook, of, day))


def _only_board(book: Book, word: str) -> str | None:
    """The board where none is named: that of the notes at the top, or the only one."""
    known = {one.board for one in book.notebook.meetings}
    if None in known or not known:
        return None
    first, *others = sorted(name for name in known if name)
    if others:
        raise RrbError(
            f"these notes are of {len(known)} boards; say which: rrb new {first}/{word if _is_day(word) else ''}"
        )
    return first


def _named_board(home: Home, book: Book, word: str) -> str | None:
    """A board that has notes, or a folder for them."""
    if word == TOP:
        return None
    known = sorted({one.board for one in book.notebook.meetings if one.board})
    same = next((name for name in known if name.casefold() == word.casefold()), None)
    is_inside = all(part not in ("", ".", "..") for part in word.split("/"))
    if same or (is_inside and (home.notes / word).is_dir()):
        return same or word
    near = (
        did_you_mean(word, known) or f"; for a new board make its folder first: {home.settings.notes}/{word}"
    )
    raise RrbError(f"unknown board '{word}'{near if is_inside else '; a board is a folder of the notes'}")


def _is_day(word: str) -> bool:
    """Whether a word with slashes is a day, and no board's."""
    try:
        return bool(read_day(word))
    except typer.BadParameter:
        return False


def _day(word: str) -> Date:
    try:
        return read_day(word)
    except typer.BadParameter as why:
        raise RrbError(str(why)) from why


def _announced(run: Run, book: Book, board: str | None) -> Date:
    after = next_meeting(book.notebook.meetings, board, run.today)
    if after is None or after.date is None:
        which = f"{board}/DATE" if board else "DATE"
        raise RrbError(f"no note announces a meeting that is still to come; say its day: rrb new {which}")
    return after.date


def _there(book: Book, wanted: Wanted) -> Minutes | None:
    """The note of that board and that day, if there is one."""
    of_day = [
        one for one in book.minutes if one.meeting.board == wanted.board and one.meeting.date == wanted.day
    ]
    return book.by_key().get(wanted.key) or next(iter(of_day), None)


def _again(
    run: Run, home: Home, book: Book, there: Minutes, sheet: Sheet
) -> tuple[NoteChange, tuple[str, ...]]:
    """The note with its table of earlier actions brought up to date, and what a person should look at in it."""
    source = there.source
    old = find(source, PREVIOUS)
    if old is None:
        raise RrbError(
            f"{source.path}: is there already, without a table of earlier actions; put the lines "
            "<!-- rrb:previous --> and <!-- /rrb:previous --> where it is to stand, and run this again"
        )
    done = refreshed(source, old, sheet, _NOTHING)
    text = apply(source.text, done.edits)
    if text != source.text:
        after = open_book(home, run.directory, run.today, {source.path: text})
        found = after.by_path()[source.path].source
        is_kept = keeps_the_rest(source, found, PREVIOUS)
        if not is_kept or list(what_became(after)) != list(what_became(book)):
            raise RrbError(
                f"{source.path}: not written, for with the table anew the note would be read as saying something else; look at what stands around its markers"
            )
    return NoteChange(source.path, source, text, source.encoding), done.remarks


def _first(run: Run, home: Home, book: Book, wanted: Wanted, found: Outlook, sheet: Sheet) -> NoteChange:
    """A new note from the template."""
    path = home.notes / f"{wanted.key}.md"
    name = shown(path, run.directory)
    if path.exists():
        raise RrbError(f"{name}: is there already; nothing was written")
    template, where = _template(run, home, wanted)
    last = book.by_key().get(found.last) if found.last else None
    words = {
        "title": title(found.title),
        "when": found.when,
        "date": found.when.partition(" | ")[0],
        "attendees": names_list(invited(last, found.names)),
        "previous": framed(PREVIOUS, table(sheet, _NOTHING)),
        "summary": framed(SUMMARY, part(part_of_note(()))),
    }
    return NoteChange(name, None, filled(template, where, words, found.items))


def _sheet(found: Outlook, ledger: Ledger, actions: Sequence[Action]) -> Sheet:
    """The table as it would be begun, with what is known of its rows; the register on disk has what they said before."""
    printed: dict[str, frozenset[str]] = {}
    for action in (*actions, *(ledger.file.actions if ledger.file else ())):
        printed[action.ref] = printed.get(action.ref, frozenset()).union(*cells(ever_printed(action)))
    heads = tuple(head.title for head in HEADS)
    refs = {ref: action.ref for action in actions for ref in (action.ref, *action.also)}
    return Sheet(heads, tuple(map(tuple, cells(rows(found)))), refs, printed)


def _template(run: Run, home: Home, wanted: Wanted) -> tuple[str, str]:
    """The template of the note's folder or the nearest one above it in the notes folder, else the package's."""
    for folder in PurePosixPath(wanted.key).parents:
        path = home.notes / folder / TEMPLATE
        if path.is_file():
            if not is_inside(path, home.root):
                raise RrbError(
                    f"{shown(path, run.directory)}: a link that leads out of {home.root}; put the file in its place"
                )
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
