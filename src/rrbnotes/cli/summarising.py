"""What `rrb summary` does, step by step."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from shlex import quote

from rrbnotes.book import Notebook
from rrbnotes.checks.book import Book, book_of, open_book
from rrbnotes.checks.facts import actions as what_became
from rrbnotes.checks.facts import frame
from rrbnotes.cli import books, papers
from rrbnotes.cli.desk import at_desk, unread_notes
from rrbnotes.cli.run import Run
from rrbnotes.cli.talk import answer, hint, say, suggest
from rrbnotes.cli.writing import NoteChange, save_note_with_register
from rrbnotes.edits import Edit, apply
from rrbnotes.errors import RrbError
from rrbnotes.home import Home, locate
from rrbnotes.keeping.adopting import adopted
from rrbnotes.keeping.generated import SUMMARY, find, keeps_the_rest
from rrbnotes.keeping.summaries import only_in, rows_in, written
from rrbnotes.model import Meeting
from rrbnotes.notebook import Minutes
from rrbnotes.quoting import count, quoted
from rrbnotes.reconciling.standing import held_meetings
from rrbnotes.render.documents.markdown import part
from rrbnotes.views import chair, names
from rrbnotes.views.summary import agreed, latest_with_actions, paper, part_of_note

_BEHIND = 1


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks for."""

    meeting: str | None
    board: str | None
    by: str | None
    format: str | None
    output: Path | None
    for_chair: bool


def show(run: Run, wish: Wish) -> None:
    """Give the summary, or the page for the chair."""
    papers.check(run, wish.format, wish.output)
    book = books.open_book(run)
    if wish.for_chair:
        _refuse(wish, "--for chair", "by", "meeting")
        board = names.the_board(book, wish.board)
        mine = [entry for entry in books.stand(book, run.today) if entry.action.board == board]
        document = chair.paper(board, book.meetings, mine, run.today)
    else:
        meeting = _meeting(run, book, wish)
        found = agreed(meeting, books.stand(book, run.today))
        document = paper(meeting, found, wish.by, run.today)
        if any(one.entry.action.provisional for one in found):
            hint(run, "the refs are provisional until `rrb sync` writes them down")
    papers.emit(run, document, wish.format, wish.output)
    if wish.output is None:
        suggest(run, _then(wish))
    books.close(run, book.diagnostics)


def _then(wish: Wish) -> str:
    board = f" --board {quote(wish.board)}" if wish.board else ""
    if wish.for_chair:
        return f"rrb summary --for chair{board} --output chair.docx for a paper to hand over"
    same = f"rrb summary{f' {quote(wish.meeting)}' if wish.meeting else ''}{board}"
    return f"{same} --write to put it into its note, or --output summary.docx"


def keep(run: Run, wish: Wish, check: bool, adopt: bool) -> int:
    """Put the summary into the note, or see whether the one there is up to date; returns the exit code."""
    option = "--check" if check else "--adopt" if adopt else "--write"
    _refuse(wish, option, "by", "format", "output", "for_chair")
    if check:
        return _look(run, wish)
    command = f"summary {option}"
    with at_desk(run, command, with_minutes=True) as desk:
        synced = desk.synced()
        book = book_of(desk.ledger, run.today)
        minutes = _minutes(run, book, wish)
        after = _with_summary(run, desk.home, book, minutes, adopt)
        if after is None:
            answer(run, [f"{minutes.source.path}: its summary is up to date"])
            return 0
        source = minutes.source
        change = NoteChange(source.path, source, after.source.text, source.encoding)
        size = len(agreed(minutes.meeting, books.stand(book.notebook, run.today)))
        save_note_with_register(run, desk, synced, f"{command} {minutes.meeting.key}", change)
        answer(run, [f"{change.path}: a summary of {count(size, 'action')}"])
        for row in rows_in(after) if adopt else ():
            hint(run, f"{row.at}: kept, for the discussion does not say all of it: {quoted(row.text)}")
    return 0


def _look(run: Run, wish: Wish) -> int:
    """Whether the summaries in the notes are up to date; all of them where no meeting is named."""
    book = open_book(locate(run.directory, run.config), run.directory, run.today)
    told = [*book.wrong, *unread_notes(book.notebook)]
    if told:
        raise RrbError("\n".join(told))
    asked = [_minutes(run, book, wish)] if wish.meeting else _summarised(book, wish.board, run)
    behind = [one for one in asked if _text_with(run, book, one, written) != one.source.text]
    return _tell_behind(run, [one.source.path for one in behind], len(asked))


_WAYS = tuple(partial(written, at_end=end, in_bold=bold) for bold in (False, True) for end in (False, True))
"""The places for a summary and its titles, the best first."""


def _with_summary(run: Run, home: Home, book: Book, minutes: Minutes, adopt: bool) -> Minutes | None:
    """The note with its summary at the first place where it changes nothing of what the note says; None where it is there
    and up to date."""
    source = minutes.source
    ways = (adopted,) if adopt else _WAYS
    for text in dict.fromkeys(_text_with(run, book, minutes, way) for way in ways):
        if text == source.text:
            return None
        after = open_book(home, run.directory, run.today, {source.path: text})
        found = after.by_path()[source.path]
        is_kept = adopt or keeps_the_rest(source, found.source, SUMMARY)
        if is_kept and _says_the_same(book, after) and _is_read_back(run, after, found):
            return found
    raise RrbError("\n".join(_lost(book, minutes)))


def _refuse(wish: Wish, option: str, *others: str) -> None:
    """Refuse options that make no sense beside one."""
    spelt = {
        "by": "--by",
        "format": "--format",
        "output": "--output",
        "meeting": "MEETING",
        "for_chair": "--for",
    }
    given = [spelt[name] for name in others if getattr(wish, name)]
    if given:
        raise RrbError(f"{given[0]} makes no sense beside {option}; leave one of them away")


def _meeting(run: Run, book: Notebook, wish: Wish) -> Meeting:
    """The meeting that is meant: the latest held one of its board that agreed anything, where none is named."""
    if wish.meeting is None:
        board = names.the_board(book, wish.board)
        held = held_meetings(book.meetings, board, run.today)
        found = latest_with_actions(held, book.register.actions) or (held[-1] if held else None)
        if found is None:
            raise RrbError("no meeting was held yet; name the one that is meant")
        return found
    return names.the_meeting(book, wish.meeting, wish.board, run.today)


def _minutes(run: Run, book: Book, wish: Wish) -> Minutes:
    return book.by_key()[_meeting(run, book.notebook, wish).key]


def _summarised(book: Book, board: str | None, run: Run) -> list[Minutes]:
    """The notes that have a summary of rrb's, of one board where it is named."""
    boards = names.board(book.notebook, board, run.today) if board else None
    mine = (one for one in book.minutes if boards is None or one.meeting.board in boards)
    return [one for one in mine if find(one.source, SUMMARY)]


def _text_with(run: Run, book: Book, minutes: Minutes, way: Callable[..., Iterable[Edit]]) -> str:
    """The note's text with its summary brought up to date."""
    text = part(part_of_note(agreed(minutes.meeting, books.stand(book.notebook, run.today))))
    return apply(minutes.source.text, way(minutes, book.actions, text))


def _says_the_same(book: Book, after: Book) -> bool:
    """Whether the notes say of all meetings and actions what they said before."""
    pairs = zip(book.minutes, after.minutes, strict=True)
    is_same = list(what_became(after)) == list(what_became(book))
    return is_same and all(frame(one.meeting) == frame(other.meeting) for one, other in pairs)


def _is_read_back(run: Run, after: Book, minutes: Minutes) -> bool:
    """Whether the summary is found again, and each of its rows repeats its action."""
    found = agreed(minutes.meeting, books.stand(after.notebook, run.today))
    rows = sum(mention.echoes for mention in minutes.meeting.mentions)
    return find(minutes.source, SUMMARY) is not None and rows == len(found)


def _lost(book: Book, minutes: Minutes) -> Iterator[str]:
    """Why a summary was not written: most likely it held what no other place of the note says."""
    rows = only_in(minutes, book.actions)
    for row in rows:
        yield f"{row.at}: only the summary says {quoted(row.action)}; mark it in the discussion first: **Action:** …"
    if not rows:
        yield f"{minutes.source.path}: not written, for with the summary the note would be read as saying something else"


def _tell_behind(run: Run, behind: Sequence[str], looked_at: int) -> int:
    for path in behind:
        say(f"{path}: its action summary is not up to date; `rrb summary --write` brings it up to date")
    if not looked_at:
        hint(run, "no note has a summary of rrb's yet; `rrb summary --write` puts one in")
    elif not behind:
        hint(run, f"{count(looked_at, 'summary', 'summaries')} up to date")
    return _BEHIND if behind else 0
